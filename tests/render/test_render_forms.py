"""The shape of each form: what stands where, and what a bare event leaves out without leaving gaps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from advisoryd.model.event import Event, Kind
from advisoryd.model.message import Form
from advisoryd.render import Gathering, Telling, render
from advisoryd.render.samples import sample_bundles, samples

TEXT_FORMS = (Form.PLAIN, Form.SHORT, Form.MARKDOWN, Form.SLACK, Form.HTML)


@pytest.fixture
def bare(raised: Telling) -> Telling:
    """An event of which nothing is known but that it happened."""
    event = raised.event
    return Telling(
        event=Event(
            id="bare",
            kind=Kind.ISSUED,
            issuer="CN",
            destination="JP",
            source="cn-mfa",
            at=event.at,
            first_seen=event.first_seen,
            reason="",
        )
    )


@pytest.mark.parametrize("form", TEXT_FORMS)
def test_no_form_leaves_gaps_or_blanks_at_line_ends(form: Form, bare: Telling) -> None:
    for telling in (bare, *samples().values(), *sample_bundles().values()):
        body = render(telling, form=form).body
        assert body == body.strip()
        assert "\n\n\n" not in body
        assert " \n" not in body


@pytest.mark.parametrize("form", TEXT_FORMS)
def test_the_parts_stand_in_their_order(form: Form) -> None:
    telling = replace(samples()[Kind.AMENDED], unsubscribe_url="https://a.example/bye")
    body = render(telling, form=form).body
    parts = ["advice for", "Reason added", "Level unchanged", "Level 3: Reconsider", "Wildfires are burning"]
    parts += ["Published", "First seen", "Reliability", "turkey", "bye", "public domain", "You receive this"]
    if form is Form.SHORT:
        parts = ["advice for", "Reason added", "turkey"]
    places = [body.index(part) for part in parts]
    assert places == sorted(places)


def test_a_bare_event_is_told_in_a_few_lines(bare: Telling) -> None:
    assert render(bare, form=Form.PLAIN).body == (
        "China – foreign ministry: new advice for Japan, level unknown\n"
        "! The level could not be told from what the issuer wrote. Unknown does not mean safe.\n"
        "\n"
        "• Level: unknown\n"
        "\n"
        "First seen: 14 Nov 2025, 13:30 UTC\n"
        "Reliability: official, read at the issuer's own source"
    )


def test_markdown_is_what_its_readers_expect() -> None:
    tokens = MarkdownIt().parse(render(samples()[Kind.AMENDED], form=Form.MARKDOWN).body)
    kinds = [token.type for token in tokens]
    assert kinds.count("blockquote_open") == 2
    assert kinds.count("bullet_list_open") == 2
    assert "strong_open" in [token.type for token in tokens[1].children or []]


def test_a_markdown_digest_is_one_numbered_list() -> None:
    tokens = MarkdownIt().parse(render(sample_bundles()[Gathering.DIGEST], form=Form.MARKDOWN).body)
    assert [token.type for token in tokens].count("ordered_list_open") == 1
    assert [token.type for token in tokens if token.level == 1].count("list_item_open") == 3


def test_slack_links_have_a_label() -> None:
    body = render(samples()[Kind.RAISED], form=Form.SLACK).body
    assert "<https://www.example.org/advice/japan?lang=zh&amp;view=full|Official page>" in body


def test_added_and_removed_sentences_have_signs_in_every_form() -> None:
    amended = samples()[Kind.AMENDED]
    plain = render(amended, form=Form.PLAIN).body
    assert "\n+ Wildfires are burning" in plain
    assert "\n- There is a low risk" in plain
    assert ":heavy_plus_sign: Wildfires" in render(amended, form=Form.SLACK).body
    assert "- ➖ There is a low risk" in render(amended, form=Form.MARKDOWN).body
    assert "➕ Wildfires" in render(amended, form=Form.HTML).body


def test_a_push_message_says_the_first_changes_and_no_more(raised: Telling) -> None:
    lines = render(raised, form=Form.SHORT).body.split("\n")
    assert lines[0].startswith("China – foreign ministry: advice for Japan raised")
    assert lines[1] == "Now advised: avoid non-essential travel"
    assert lines[-1] == raised.event.url


def test_a_push_message_about_a_night_names_each_advisory_once() -> None:
    lines = render(sample_bundles()[Gathering.BURST], form=Form.SHORT).body.split("\n")
    assert lines == [
        "3 changes at once",
        "Raised: Japan, level 2 → 3 (China)",
        "Raised: South Korea, level 2 → 3 (China)",
        "Raised: Thailand, level 2 → 3 (China)",
    ]


def test_a_link_that_is_no_web_address_is_left_out(raised: Telling) -> None:
    event = replace(raised.event, url="javascript:alert(1)")
    message = render(replace(raised, event=event), form=Form.HTML)
    assert "href" not in message.body
    assert message.url == ""


@pytest.mark.parametrize("kind", [Kind.SOURCE_DEGRADED, Kind.SOURCE_FINDING, Kind.CHANNEL_FAILING, Kind.RELABELLED])
def test_operator_notices_keep_to_the_matter(kind: Kind) -> None:
    body = render(samples()[kind], form=Form.PLAIN).body
    assert "Reliability" not in body
    assert "Level" not in body
    assert samples()[kind].event.source in render(samples()[kind], form=Form.PLAIN).title


def test_a_degraded_source_says_what_happens_to_its_levels() -> None:
    body = render(samples()[Kind.SOURCE_DEGRADED], form=Form.PLAIN).body
    assert "Source ie-dfa cannot be relied on: 20 of 20 rows of the highest level are missing" in body
    assert "Nothing is reported as eased or lifted." in body


def test_a_first_sight_is_counted_by_level() -> None:
    body = render(samples()[Kind.BASELINE], form=Form.PLAIN).body
    assert "Now watching: Canada – foreign ministry" in body
    assert "• 212 destinations" in body
    assert "• Level 4 of 4 (do not travel): 19 destinations" in body
    assert "• Level unknown: 1 destination" in body


def test_a_notice_quotes_its_text_and_names_its_language() -> None:
    body = render(samples()[Kind.BULLETIN], form=Form.PLAIN).body
    assert "China – foreign ministry, notice for Japan: 提醒在日中国公民防范地震灾害" in body
    assert "From the notice · Chinese (Simplified)\n  近期日本多地发生有感地震" in body


def test_wording_that_did_not_change_is_quoted_once() -> None:
    body = render(samples()[Kind.WIDENED], form=Form.PLAIN).body
    assert body.count("Level 3: Reconsider Travel") == 1
    assert "Before, in the issuer's words" not in body


def test_wording_that_changed_is_quoted_before_and_after(raised: Telling) -> None:
    body = render(raised, form=Form.PLAIN).body
    assert body.index("Before, in the issuer's words") < body.index("谨慎前往") < body.index("近期避免前往日本")


def test_a_report_names_its_outlet_and_not_the_ministry_as_source() -> None:
    telling = replace(samples()[Kind.FIRST_REPORTED], source_name="News search")
    body = render(telling, form=Form.PLAIN).body
    assert "Reported by: Example Shimbun" in body
    assert "Source: News search" in body
    assert "Article: https://news.example.jp/" in body
