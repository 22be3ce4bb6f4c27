"""What every message must say, and what none may ever say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd.model.event import Change, Event, Facet, Kind, Texture
from advisoryd.model.ladder import Grade, Level, Track
from advisoryd.model.message import Form
from advisoryd.model.record import Record, Scope
from advisoryd.render import Telling, render
from advisoryd.render.compose import compose
from advisoryd.render.headline import GONE, STANDING
from advisoryd.render.samples import samples
from advisoryd.render.voice import LOCALES, voice_for

TAGS = tuple(locale.replace("_", "-") for locale in LOCALES)
ENGLISH = voice_for("en", "UTC")
Make = Callable[..., Telling]


def plain(telling: Telling, locale: str = "en") -> str:
    return render(telling, form=Form.PLAIN, locale=locale).body


def first_line(telling: Telling, locale: str = "en") -> str:
    return plain(telling, locale).split("\n")[0]


def test_the_first_line_says_who_what_where_and_from_which_level_to_which(raised: Telling) -> None:
    assert first_line(raised) == (
        "China – foreign ministry: advice for Japan raised "
        "from level 2 (increased caution) to level 3 (reconsider travel)"
    )


@pytest.mark.parametrize("kind", sorted(STANDING | GONE))
@pytest.mark.parametrize("tag", TAGS)
def test_every_notification_names_issuer_place_wording_link_times_and_reliability(kind: Kind, tag: str) -> None:
    telling, voice = samples()[kind], voice_for(tag, "UTC")
    body = plain(telling, tag)
    place = {"JP": "日本", "TR": "", "PE": ""}[telling.event.destination] if tag.startswith(("zh", "ja")) else ""
    assert place in body
    assert telling.event.url in body
    assert (telling.event.native_after or telling.event.native_before) in body
    assert voice.moment(telling.event.first_seen) in body
    assert telling.issuer_name in body
    assert voice.say("official, read at the issuer's own source") in body
    if telling.event.issued_at:
        assert voice.stamp(telling.event.issued_at) in body


def test_the_change_reads_as_a_person_would_say_it(of_kind: Make) -> None:
    changes = (Change(Facet.REGION_ADDED, new="Hatay"), Change(Facet.REASON_ADDED, new="kidnapping"))
    telling = of_kind(Kind.WIDENED, changes=changes, highest_before=None, highest_after=None)
    content = compose(telling, ENGLISH)
    assert content.changes == ("Region added: Hatay", "Reason added: kidnapping")
    assert content.levels == ("Level unchanged: 3 of 4 (reconsider travel)",)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (Change(Facet.REGION_REMOVED, old="Kilis"), "Region removed: Kilis"),
        (Change(Facet.REGION_LEVEL, "Van: 3", "Van: 4"), "Van: 3 of 4 (reconsider travel) → 4 of 4 (do not travel)"),
        (Change(Facet.REGION_LEVEL, "Van: ", "Van: 4"), "Van: unknown → 4 of 4 (do not travel)"),
        (
            Change(Facet.REGION_LEVEL, "A: b: 2", "A: b: 3"),
            "A: b: 2 of 4 (increased caution) → 3 of 4 (reconsider travel)",
        ),
        (Change(Facet.ACTION_ADDED, new="leave"), "Now advised: leave the country"),
        (Change(Facet.ACTION_REMOVED, old="avoid-all"), "No longer advised: avoid all travel"),
        (Change(Facet.REASON_REMOVED, old="health"), "Reason removed: health"),
        (Change(Facet.REASON_ADDED, new="volcano"), "Reason added: volcano"),
        (Change(Facet.SECTION_REMOVED, old="Visas"), "Section removed: Visas"),
        (Change(Facet.NAME, "Turkey", "Türkiye"), "Name: “Turkey” → “Türkiye”"),
        (Change(Facet.EXPIRY, "", "2025-12-31T12:00:00+00:00"), "New end date: 31 Dec 2025, 12:00 UTC"),
        (Change(Facet.EXPIRY, "2025-12-31T12:00:00+00:00", ""), "End date removed: 31 Dec 2025, 12:00 UTC"),
        (Change(Facet.EXPIRY, "mañana", "31 de marzo"), "End date: mañana → 31 de marzo"),
        (Change(Facet.TEXT, "0", "1"), "1 sentence added"),
        (Change(Facet.TEXT, "2", "0"), "2 sentences removed"),
    ],
)
def test_each_facet_has_its_sentence(of_kind: Make, change: Change, line: str) -> None:
    assert compose(of_kind(Kind.AMENDED, changes=(change,)), ENGLISH).changes == (line,)


def test_changes_of_one_facet_share_a_sentence(of_kind: Make) -> None:
    changes = tuple(Change(Facet.REGION_ADDED, new=name) for name in ("Hatay", "Kilis", "Van"))
    assert compose(of_kind(Kind.WIDENED, changes=changes), ENGLISH).changes == ("Regions added: Hatay, Kilis and Van",)


@pytest.mark.parametrize(
    ("kind", "regional", "line"),
    [
        (
            Kind.WIDENED,
            True,
            "Parts of the country are now under stricter advice; the issuer does not state their level.",
        ),
        (Kind.NARROWED, False, "No part of the country is under stricter advice than the whole any more."),
    ],
)
def test_regional_advice_without_a_level_is_told_as_just_that(
    of_kind: Make, kind: Kind, regional: bool, line: str
) -> None:
    telling = of_kind(kind, changes=(Change(Facet.SCOPE),), highest_before=None, highest_after=None)
    assert compose(telling, ENGLISH).changes == (line,)
    record = Record(
        key="", issuer="CA", destination="TR", name="", language="en", url="", level=None, scope=Scope(regional)
    )
    assert compose(replace(telling, after=record), ENGLISH).changes == (line,)


@pytest.mark.parametrize(
    ("texture", "line"),
    [
        (Texture.DATE, "Only the review date moved."),
        (Texture.WORDING, "Sentences were reworded; nothing else changed."),
        (Texture.BOILERPLATE, "The same sentences changed on many pages of this issuer."),
    ],
)
def test_an_amendment_says_what_class_of_change_it_is(of_kind: Make, texture: Texture, line: str) -> None:
    assert line in compose(of_kind(Kind.AMENDED, texture=texture), ENGLISH).changes


def test_country_level_and_strictest_region_are_both_said(of_kind: Make) -> None:
    telling = of_kind(Kind.LOWERED, level_before=Level.RECONSIDER, level_after=Level.CAUTION, highest_after=Level.AVOID)
    message = render(telling, form=Form.SHORT)
    assert "to level 2 (increased caution). Highest anywhere: level 4 (do not travel)" in message.body
    assert message.title == "Lowered: Japan, level 3 → 2, in parts 4 (China)"
    assert "Highest level anywhere in the country: 3 of 4 (reconsider travel) → 4 of 4 (do not travel)" in plain(
        telling
    )


@pytest.mark.parametrize("kind", sorted(STANDING - {Kind.LIFTED}))
@pytest.mark.parametrize("tag", TAGS)
def test_an_unknown_level_is_said_to_be_unknown_and_not_safe(of_kind: Make, kind: Kind, tag: str) -> None:
    telling, voice = of_kind(kind, level_before=None, level_after=None, highest_after=None), voice_for(tag, "UTC")
    content = compose(telling, voice)
    assert (
        voice.say("The level could not be told from what the issuer wrote. Unknown does not mean safe.")
        in content.notes
    )
    assert voice.say("Level: unknown") in content.levels
    assert content.tone == "unknown"
    assert "level-1" not in render(telling, form=Form.EMAIL, locale=tag).html.split("<body")[1]


def test_a_lift_without_a_new_level_says_what_was_known_and_claims_no_more(of_kind: Make) -> None:
    telling = of_kind(Kind.LIFTED, level_after=None, highest_after=None, native_after="")
    content = compose(telling, ENGLISH)
    assert content.headline.endswith("advice for Japan lifted, before: level 4 (do not travel)")
    assert content.levels == ("Last known level: 4 of 4 (do not travel)",)
    assert content.title == "Lifted: Japan (China)"
    assert content.tone == "unknown"
    assert [quote.text for quote in content.quotes] == ["暂勿前往"]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (None, Level.AVOID, "Level: 4 of 4 (do not travel), before: unknown"),
        (Level.AVOID, None, "Level: unknown, before: 4 of 4 (do not travel)"),
    ],
)
def test_half_known_levels_say_which_half_is_missing(
    of_kind: Make, before: Level | None, after: Level | None, line: str
) -> None:
    telling = of_kind(Kind.RAISED, level_before=before, level_after=after, highest_before=None, highest_after=None)
    assert compose(telling, ENGLISH).levels == (line,)


@pytest.mark.parametrize("kind", list(Kind))
def test_green_is_for_an_explicit_level_one_alone(of_kind: Make, kind: Kind) -> None:
    for level in (None, *Level):
        for highest in (None, *Level):
            content = compose(of_kind(kind, level_after=level, highest_after=highest), ENGLISH)
            green = level is Level.NORMAL and highest in (None, Level.NORMAL) and kind in STANDING
            assert (content.tone == "level-1") == green
            assert not green or "normal precautions" in "".join(content.levels)


@pytest.mark.parametrize("tag", TAGS)
def test_vanished_is_never_called_lifted(tag: str) -> None:
    voice = voice_for(tag, "UTC")
    message = render(samples()[Kind.VANISHED], form=Form.PLAIN, locale=tag)
    note = voice.say("No longer listed does not mean lifted: the issuer has not said why.")
    assert note in message.body
    assert voice.say("Lifted") not in message.title + message.body.replace(note, "")


def test_withdrawn_says_that_the_reason_is_unknown() -> None:
    body = plain(samples()[Kind.WITHDRAWN])
    assert "withdrawn, reason unknown" in body
    assert "Do not take this for an all-clear." in body


def test_a_drop_from_the_highest_level_to_the_lowest_asks_to_be_verified(of_kind: Make) -> None:
    telling = of_kind(Kind.LOWERED, level_before=Level.AVOID, level_after=Level.NORMAL)
    assert "Unusual drop from the highest to the lowest level: please verify at the source." in plain(telling)
    odd = of_kind(Kind.LOWERED, changes=(Change(Facet.UNUSUAL),))
    assert "Unusual change: please verify at the source." in plain(odd)


@pytest.mark.parametrize("grade", [Grade.SINGLE, Grade.CORROBORATED])
@pytest.mark.parametrize("form", [Form.PLAIN, Form.SHORT, Form.MARKDOWN, Form.SLACK, Form.HTML, Form.EMAIL])
def test_a_report_is_unconfirmed_in_subject_and_body(of_kind: Make, grade: Grade, form: Form) -> None:
    for kind in (Kind.FIRST_REPORTED, Kind.CORROBORATED, Kind.BULLETIN, Kind.CONSEQUENCE):
        message = render(of_kind(kind, grade=grade), form=form)
        assert message.title.startswith("UNCONFIRMED")
        assert "UNCONFIRMED" in message.body.split("\n")[0]


def test_an_official_confirmation_is_no_longer_unconfirmed(of_kind: Make) -> None:
    message = render(of_kind(Kind.CONFIRMED, grade=Grade.CORROBORATED), form=Form.PLAIN)
    assert "UNCONFIRMED" not in message.title + message.body.split("\n")[0]
    assert "Follow-up to the message of" in message.body


def test_a_disputed_report_says_so_first() -> None:
    message = render(samples()[Kind.DISPUTED], form=Form.SHORT)
    assert message.title.startswith("DISPUTED")
    assert message.body.startswith("DISPUTED")


def test_a_report_without_issuer_or_place_still_has_a_first_line(of_kind: Make) -> None:
    nobody = of_kind(Kind.FIRST_REPORTED, issuer="", destination="", name="", title="A new warning")
    assert first_line(nobody) == "UNCONFIRMED – media report: A new warning"
    somewhere = of_kind(Kind.FIRST_REPORTED, issuer="", title="A new warning")
    assert first_line(somewhere) == "UNCONFIRMED – media report (Japan): A new warning"


def test_a_late_message_says_when_it_happened(raised: Telling) -> None:
    created = datetime(2025, 11, 14, 2, 10, tzinfo=UTC)
    late = replace(raised, created=created, now=created + timedelta(hours=7, minutes=30))
    assert "Late message: recorded 14 Nov 2025, 02:10 UTC, delivered 14 Nov 2025, 09:40 UTC." in plain(late)
    prompt = replace(raised, created=created, now=created + timedelta(minutes=14))
    assert "Late message" not in plain(prompt)


def test_a_possible_duplicate_says_so(raised: Telling) -> None:
    assert "You may have received this message already." in plain(replace(raised, possible_duplicate=True))


def test_a_test_message_cannot_be_taken_for_news(raised: Telling) -> None:
    message = render(replace(raised, test=True), form=Form.SHORT)
    assert message.title.startswith("TEST – ")
    assert message.body.startswith("TEST – ")
    assert message.tags[-1] == "test"


def test_the_reader_learns_why_they_got_it(raised: Telling) -> None:
    assert "You receive this through the subscription “asia-desk”: destination JP" in plain(raised)
    assert "You receive this through the subscription “asia-desk”\n" in plain(replace(raised, why="")) + "\n"
    assert "subscription" not in plain(replace(raised, subscription=""))


def test_action_links_are_offered_where_there_are_any(raised: Telling) -> None:
    urls = {"acknowledge_url": "https://a.example/ack", "unsubscribe_url": "https://a.example/bye"}
    body = plain(replace(raised, **urls))
    assert "Acknowledge: https://a.example/ack\nUnsubscribe: https://a.example/bye" in body


@pytest.mark.parametrize(
    ("issuer", "track", "grade", "name"),
    [
        ("CN", Track.SECURITY, Grade.OFFICIAL, "China – foreign ministry"),
        ("CN", Track.TOURISM, Grade.OFFICIAL, "China – tourism ministry"),
        ("CN", Track.SECURITY, Grade.MISSION, "China – embassy"),
        ("US", Track.SECURITY, Grade.OFFICIAL, "United States – State Department"),
        ("US", Track.HEALTH, Grade.OFFICIAL, "United States – health authority"),
        ("GB", Track.SECURITY, Grade.OFFICIAL, "United Kingdom – Foreign Office"),
        ("HK", Track.SECURITY, Grade.OFFICIAL, "Hong Kong – Security Bureau"),
        ("WHO", Track.HEALTH, Grade.OFFICIAL, "World Health Organization"),
        ("EU", Track.HEALTH, Grade.OFFICIAL, "European Union – health authority"),
        ("UN", Track.HAZARD, Grade.OFFICIAL, "United Nations"),
    ],
)
def test_issuers_are_named_by_country_and_office(
    of_kind: Make, issuer: str, track: str, grade: Grade, name: str
) -> None:
    assert first_line(of_kind(Kind.RAISED, issuer=issuer, track=track, grade=grade)).startswith(f"{name}: advice")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("US", "the United States"),
        ("NL", "the Netherlands"),
        ("JP", "Japan"),
        ("SEA-RED", "the Red Sea"),
        ("WORLD", "the whole world"),
    ],
)
def test_english_sentences_put_the_article_where_it_belongs(of_kind: Make, place: str, name: str) -> None:
    assert f"advice for {name} raised" in first_line(of_kind(Kind.RAISED, destination=place))


def test_a_place_that_nobody_knows_keeps_the_issuers_name_for_it(of_kind: Make) -> None:
    assert "advice for Neuland raised" in first_line(of_kind(Kind.RAISED, destination="", name="Neuland"))


def test_the_end_date_of_an_expiring_advice_has_no_clock_time_that_the_issuer_did_not_give() -> None:
    assert "expires on 31 Dec 2025, now level 3" in first_line(samples()[Kind.EXPIRING])
    assert "expires soon" in first_line(replace(samples()[Kind.EXPIRING], after=None))


def test_the_story_so_far_is_told_in_order(raised: Telling) -> None:
    report = samples()[Kind.FIRST_REPORTED].event
    body = plain(replace(raised, timeline=(report, raised.event)))
    assert body.index("· 14 Nov 2025, 13:30 UTC: UNCONFIRMED") < body.index("· 14 Nov 2025, 13:34 UTC: China")


def test_a_sweep_shows_its_sentences_and_the_places_it_touched() -> None:
    sweep = replace(samples()[Kind.SWEEP], added=(), removed=())
    body = plain(sweep)
    assert "+ Wildfires are burning in the provinces of Izmir and Manisa." in body
    assert "Destinations: Türkiye, Greece, Cyprus, Bulgaria and Romania" in body


LEVELS = st.sampled_from([None, *Level])
WORDS = st.sampled_from(["", "Japan", "日本", "near the border"])


@given(
    kind=st.sampled_from(list(Kind)),
    issuer=st.sampled_from(["", "CN", "US", "EU", "WHO", "XX"]),
    place=st.sampled_from(["", "JP", "IL+PS", "WORLD", "SEA-RED", "nowhere"]),
    track=st.sampled_from([*Track, "another"]),
    grade=st.sampled_from(list(Grade)),
    levels=st.tuples(LEVELS, LEVELS, LEVELS, LEVELS),
    words=st.tuples(WORDS, WORDS, WORDS, WORDS, WORDS),
    changes=st.lists(st.builds(Change, st.sampled_from(list(Facet)), WORDS, WORDS), max_size=4),
    tag=st.sampled_from(TAGS),
    form=st.sampled_from(list(Form)),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_known_of_an_event_there_is_something_to_say(
    kind: Kind,
    issuer: str,
    place: str,
    track: str,
    grade: Grade,
    levels: tuple[Level | None, ...],
    words: tuple[str, ...],
    changes: list[Change],
    tag: str,
    form: Form,
) -> None:
    at = samples()[kind].event.at
    event = Event(
        id="e", kind=kind, issuer=issuer, destination=place, source=words[0], at=at, first_seen=at, reason="",
        track=track, grade=grade, name=words[1], title=words[2], summary=words[3], native_after=words[4],
        level_before=levels[0], level_after=levels[1], highest_before=levels[2], highest_after=levels[3],
        changes=tuple(changes),
    )  # fmt: skip
    message = render(Telling(event=event), form=form, locale=tag)
    assert message.title.strip()
    assert message.body.strip()
    assert "{" not in message.title
    assert "None" not in message.title + (message.body if form is not Form.JSON else "")
