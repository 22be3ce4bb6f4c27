"""No message is ever longer than its channel takes, and what matters most goes last."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from advisoryd.model.event import Kind
from advisoryd.model.message import Form, Limits
from advisoryd.render import Bundle, Passage, Telling, render
from advisoryd.render.samples import sample_bundles, samples
from advisoryd.render.voice import LOCALES

FORMS = (Form.PLAIN, Form.SHORT, Form.MARKDOWN, Form.SLACK, Form.HTML, Form.EMAIL, Form.JSON)
TAGS = tuple(locale.replace("_", "-") for locale in LOCALES)


@pytest.fixture
def long() -> Telling:
    """An amendment with a great deal to say."""
    telling = samples()[Kind.AMENDED]
    event = replace(telling.event, native_after="Level 3. " + "Be careful. " * 100, summary="Updated. " * 100)
    added = tuple(Passage("Safety", f"Sentence number {number} of the new advice.") for number in range(100))
    return replace(telling, event=event, added=added)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("limit", [1, 5, 30, 80, 160, 280, 500, 1024, 2000, 4096, 7800])
def test_nothing_is_longer_than_its_limit_nor_empty(long: Telling, form: Form, limit: int) -> None:
    some = [samples()[kind] for kind in (Kind.VANISHED, Kind.FIRST_REPORTED, Kind.SOURCE_DEGRADED)]
    for telling in (long, *some, *sample_bundles().values()):
        message = render(telling, form=form, limits=Limits(title=limit, body=limit))
        assert len(message.body) <= limit
        assert len(message.title) <= limit
        assert message.body or (form is Form.JSON and limit == 1)


@pytest.mark.parametrize("tag", TAGS)
def test_a_push_message_fits_a_lock_screen_and_has_its_link(tag: str) -> None:
    for telling in samples().values():
        message = render(telling, form=Form.SHORT, locale=tag)
        assert len(message.body) <= 250
        assert telling.event.url in message.body


def test_first_line_and_link_stay_whatever_else_goes(long: Telling) -> None:
    whole = render(long, form=Form.PLAIN).body
    for limit in range(240, 3000, 120):
        body = render(long, form=Form.PLAIN, limits=Limits(body=limit)).body
        assert body.split("\n")[0] == whole.split("\n")[0]
        assert long.event.url in body


def test_the_diff_goes_first_then_the_wording_then_the_changes(long: Telling) -> None:
    def kept(limit: int) -> tuple[bool, bool, bool]:
        body = render(long, form=Form.PLAIN, limits=Limits(body=limit)).body
        return "Sentence number 0" in body, "Be careful." in body, "Reason added: natural hazards" in body

    seen = [kept(limit) for limit in range(6000, 200, -200)]
    assert seen[0] == (True, True, True)
    assert seen[-1] == (False, False, False)
    assert sorted(set(seen), reverse=True) == list(dict.fromkeys(seen))
    assert set(seen) == {(True, True, True), (False, True, True), (False, False, True), (False, False, False)}


def test_what_was_left_out_is_counted(long: Telling) -> None:
    body = render(long, form=Form.PLAIN, limits=Limits(body=3000)).body
    shown = body.count("\n+ ") + body.count("\n- ")
    assert f"… and {101 - shown} more sentences" in body


def test_a_bundle_keeps_the_most_serious_and_counts_the_rest() -> None:
    raised = samples()[Kind.RAISED]
    places = ("JP", "KR", "TH", "VN", "PH", "MY", "ID", "SG", "KH", "LA", "MM", "IN", "NP", "LK")
    tellings = [replace(raised, event=replace(raised.event, id=place, destination=place)) for place in places]
    lowered = samples()[Kind.LOWERED]
    calmer = replace(lowered, event=replace(lowered.event, destination="BD", id="BD"))
    body = render(Bundle(tellings=(calmer, *tellings)), form=Form.PLAIN, limits=Limits(body=900)).body
    assert "Digest: 15 changes" in body
    assert "Bangladesh" not in body
    shown = body.count("raised from")
    assert f"… and {15 - shown} more changes" in body


def test_a_very_long_title_is_cut_at_a_word() -> None:
    telling = samples()[Kind.BULLETIN]
    wordy = replace(telling, event=replace(telling.event, destination="", name="Land of " + "many words " * 40))
    message = render(wordy, form=Form.PLAIN, limits=Limits(title=60))
    assert len(message.title) <= 60
    assert message.title.endswith(("words…", "many…"))


def test_a_channel_without_titles_gets_none(raised: Telling) -> None:
    assert render(raised, form=Form.PLAIN, limits=Limits(title=0)).title == ""


def test_an_e_mail_page_is_not_cut_off_by_webmail(long: Telling) -> None:
    added = tuple(Passage("Safety", f"Sentence {number} " + "goes on " * 20) for number in range(2000))
    message = render(replace(long, added=added), form=Form.EMAIL)
    assert len(message.html) <= 90_000
    assert "more sentences" in message.html
    assert "Sentence 1999 " in message.body


def test_json_that_is_too_long_loses_its_long_parts_and_says_so(long: Telling) -> None:
    data = json.loads(render(long, form=Form.JSON, limits=Limits(body=4000)).body)
    assert data["truncated"] is True
    assert "diff" not in data
    assert data["levels"]["after"] == 3
    assert json.loads(render(long, form=Form.JSON, limits=Limits(body=100)).body)["id"] == long.event.id
