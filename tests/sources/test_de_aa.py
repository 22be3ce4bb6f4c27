"""Germany's Reise- und Sicherheitshinweise: flags in a list, level 3 in the prose of the pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from advisoryd import codec
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, FindingKind, Unreadable
from advisoryd.model.record import Area, Record, Region
from advisoryd.sources import catalogue, de_prose, markup
from advisoryd.sources.de_aa import LIST, DeAa

GOLDEN = Path(__file__).parent / "golden" / "de-aa"
SOURCE = catalogue.entries()["de-aa"]
READER = DeAa(SOURCE, contract=Contract(min_rows=1))
JAPAN, OMAN, YEMEN, HONG_KONG, KOREA = "213032", "999001", "999002", "999003", "999004"
BODIES = {
    LIST: (GOLDEN / "list.json").read_bytes(),
    **{f"{LIST}/{key}": (GOLDEN / f"{key}.json").read_bytes() for key in (JAPAN, OMAN, HONG_KONG)},
}

Read = Callable[..., dict[str, Record]]


def with_flags(url: str, key: str, **flags: object) -> dict[str, bytes]:
    """The golden bodies with some fields of one country replaced in one of them."""
    body = json.loads(BODIES[url])
    body["response"][key] |= flags
    return {**BODIES, url: json.dumps(body).encode()}


def everywhere(key: str, **flags: object) -> dict[str, bytes]:
    """The same fields replaced in the list and on the page."""
    return {
        **with_flags(LIST, key, **flags),
        f"{LIST}/{key}": with_flags(f"{LIST}/{key}", key, **flags)[f"{LIST}/{key}"],
    }


def test_list_and_pages_give_the_recorded_records(read: Read) -> None:
    expected = json.loads((GOLDEN / "records.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(read(READER, BODIES).values()))) == expected


def test_the_list_is_asked_for_and_names_the_pages_with_their_dates() -> None:
    assert [request.url for request in READER.endpoints(datetime(2026, 11, 23, tzinfo=UTC))] == [LIST]
    parsed = READER.parse(Document(LIST, BODIES[LIST]))
    assert parsed.complete
    first = parsed.follow[0]
    assert (first.request.url, first.key, first.stamp) == (f"{LIST}/{JAPAN}", JAPAN, "1790000000")


def test_before_its_page_was_read_only_a_country_under_warning_has_a_record(read: Read) -> None:
    records = read(READER, {LIST: BODIES[LIST]})
    assert {key: record.level for key, record in records.items()} == {YEMEN: Level.AVOID}


@pytest.mark.parametrize(
    ("flags", "level", "regional", "steps"),
    [
        ({}, 1, False, []),
        ({"partialWarning": True}, 2, True, [4]),
        ({"situationPartWarning": True}, 2, True, [3]),
        ({"situationWarning": True}, 3, False, []),
        ({"situationWarning": True, "partialWarning": True}, 3, True, [4]),
        ({"warning": True}, 4, False, []),
        ({"warning": 1, "partialWarning": 0}, 4, False, []),
    ],
)
def test_the_flags_give_the_level(
    read: Read, flags: Mapping[str, object], level: int, regional: bool, steps: list[int]
) -> None:
    record = read(READER, everywhere(HONG_KONG, **flags))[HONG_KONG]
    assert (record.level, record.scope.regional, sorted(record.scope.levels)) == (level, regional, steps)


def test_whether_a_country_under_warning_has_regions_is_open_until_its_page_was_read(read: Read) -> None:
    warned = everywhere(JAPAN, warning=True, partialWarning=False)
    assert read(READER, {LIST: warned[LIST]})[JAPAN].scope.regional is None
    assert read(READER, warned)[JAPAN].scope.regional is False


def test_advice_in_the_prose_is_stricter_than_silent_flags(read: Read) -> None:
    oman = read(READER, BODIES)[OMAN]
    assert oman.level is Level.RECONSIDER
    assert oman.native_level == "Von nicht notwendigen Reisen nach Oman wird derzeit abgeraten."


def test_the_native_words_name_the_flags_and_the_deciding_sentence(read: Read) -> None:
    records = read(READER, everywhere(OMAN, partialWarning=True))
    assert records[OMAN].native_level.startswith("Teilreisewarnung; Von nicht notwendigen Reisen")
    assert records[YEMEN].native_level == "Reisewarnung"
    assert records[HONG_KONG].native_level == ""


def test_a_warning_lifted_in_the_list_leaves_the_level_unknown_until_the_page_is_read(read: Read) -> None:
    warned = everywhere(OMAN, warning=True)
    assert read(READER, warned)[OMAN].level is Level.AVOID
    lifted = {**warned, LIST: BODIES[LIST]}
    assert read(READER, lifted)[OMAN].level is None
    assert read(READER, {**lifted, f"{LIST}/{OMAN}": BODIES[f"{LIST}/{OMAN}"]})[OMAN].level is Level.RECONSIDER


def test_a_warning_in_the_list_counts_at_once(read: Read) -> None:
    assert read(READER, with_flags(LIST, OMAN, warning=True))[OMAN].level is Level.AVOID


def test_a_page_that_was_only_saved_again_keeps_its_level(read: Read) -> None:
    assert read(READER, with_flags(LIST, OMAN, lastModified=1795100999))[OMAN].level is Level.RECONSIDER


def test_a_missing_flag_is_an_unknown_level_and_is_told(read: Read) -> None:
    body = BODIES[LIST].replace(b'"partialWarning"', b'"partWarning"')
    findings = READER.parse(Document(LIST, body)).findings
    assert (findings[0].kind, findings[0].keys) == (FindingKind.UNKNOWN_FIELD, (JAPAN,))
    records = read(READER, {**BODIES, LIST: body})
    assert (records[HONG_KONG].level, records[YEMEN].level) == (None, Level.AVOID)


def test_places_are_told_by_their_codes_or_their_german_names(read: Read) -> None:
    records = read(READER, with_flags(LIST, OMAN, countryCode="XX"))
    assert {record.name: record.destination for record in records.values()} == {
        "Japan": "JP",
        "Oman": "OM",
        "Jemen": "YE",
        "Hongkong": "HK",
    }


def test_an_unknown_place_is_quarantined_and_told(read: Read) -> None:
    bodies = with_flags(LIST, YEMEN, countryCode="", countryName="Atlantis")
    assert read(READER, bodies)[YEMEN].destination == ""
    assert [found.kind for found in READER.parse(Document(LIST, bodies[LIST])).findings] == [FindingKind.UNKNOWN_PLACE]


@pytest.mark.parametrize(
    ("note", "editorial"),
    [
        ("Letzte Änderungen:<br><span>Redaktionelle Änderungen</span>", True),
        ("Letzte Änderungen: Aktualität, redaktionelle Änderungen.", True),
        ("Letzte Änderungen:<br>Aktuelles, Redaktionelle Änderungen", False),
        ("", False),
    ],
)
def test_the_last_change_says_whether_anything_material_moved(read: Read, note: str, editorial: bool) -> None:
    record = read(READER, with_flags(f"{LIST}/{OMAN}", OMAN, lastChanges=note))[OMAN]
    assert record.editorial is editorial
    assert not record.note.startswith("Letzte")


def test_seconds_since_1970_are_read_as_such(read: Read) -> None:
    issued = read(READER, BODIES)[OMAN].issued_at
    assert issued is not None
    assert issued.at == datetime(2026, 11, 19, 14, 53, 20, tzinfo=UTC)


def test_stamps_that_change_every_day_are_no_text(read: Read) -> None:
    headings = [(section.heading, len(section.blocks)) for section in read(READER, BODIES)[OMAN].sections]
    assert headings == [("Aktuelles", 1), ("Sicherheit", 1)]


def test_a_list_that_does_not_match_its_contents_is_told() -> None:
    body = json.loads(BODIES[LIST])
    body["response"]["contentList"] += ["999999"]
    findings = READER.parse(Document(LIST, json.dumps(body).encode())).findings
    assert [(found.kind, found.keys) for found in findings] == [(FindingKind.SHORT, ("999999",))]


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("the service is switched off", b"{}", "empty-list"),
        ("a list of contents only", b'{"response": {"contentList": ["1"]}}', "empty-list"),
        ("half a list", BODIES[LIST], "short-list"),
        ("a renamed field", BODIES[LIST].replace(b'"response"', b'"answer"'), "wrong-shape"),
        ("an error page with 200", b"<html><body>Wartung</body></html>", "wrong-shape"),
        ("a bare list", b"[]", "wrong-shape"),
    ],
)
def test_what_is_not_the_whole_list_is_unreadable(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        DeAa(SOURCE).parse(Document(LIST, body))
    assert refusal.value.kind == kind, reason


def test_a_page_without_a_country_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        READER.parse(Document(f"{LIST}/{OMAN}", b'{"response": {"contentList": []}}'))


def test_a_wrong_charset_label_changes_nothing() -> None:
    url = f"{LIST}/{OMAN}"
    right = READER.parse(Document(url, BODIES[url]))
    assert READER.parse(Document(url, BODIES[url], charset="iso-8859-15")) == right


def advice(text: str, name: str, place: str) -> de_prose.Advice:
    return de_prose.read(markup.outline(text), name, place)


@pytest.mark.parametrize(
    ("sentence", "name", "place"),
    [
        ("Von Reisen nach Kuwait wird dringend abgeraten.", "Kuwait", "KW"),
        ("Von nicht unbedingt erforderlichen Reisen wird abgeraten.", "Kuba", "CU"),
        ("Von touristischen Reisen wird derzeit abgeraten.", "Kuba", "CU"),
        ("Von Reisen in dieses Land wird abgeraten.", "Kuba", "CU"),
        ("Es wird von nicht notwendigen Reisen nach Oman derzeit abgeraten.", "Oman", "OM"),
        ("Das Auswärtige Amt rät von Reisen nach Oman dringend ab.", "Oman", "OM"),
        ("Von Reisen in den Libanon wird abgeraten.", "Libanon", "LB"),
        ("Von Reisen in die Vereinigten Arabischen Emirate wird abgeraten.", "Vereinigte Arabische Emirate", "AE"),
        ("Von Reisen nach Nordkorea wird abgeraten.", "Demokratische Volksrepublik Korea (Nordkorea)", "KP"),
        ("Von Reisen in andere Landesteile Jordaniens wird abgeraten.", "Jordanien", "JO"),
        ("Von Reisen in die übrigen Landesteile von Israel sowie nach Haifa wird abgeraten.", "Israel", "IL"),
        ("Von Reisen in alle weiteren Regionen und Provinzen Tschads wird abgeraten.", "Tschad", "TD"),
        (
            "Von Reisen in Hua und in alle übrigen Gebiete Äthiopiens, außer Addis Abeba, wird abgeraten.",
            "Äthiopien",
            "ET",
        ),
        ("Von Reisen in die übrigen Landesteile einschließlich der Hauptstadt wird abgeraten.", "Tschad", "TD"),
        ("Von Reisen nach Kuwait, Bahrain und Katar wird abgeraten.", "Kuwait", "KW"),
    ],
)
def test_prose_about_the_country_or_the_rest_of_it_sets_level_3(sentence: str, name: str, place: str) -> None:
    found = advice(f"<h2>Aktuelles</h2><p>Die Lage ist ernst. {sentence}</p>", name, place)
    assert (found.level, found.native) == (Level.RECONSIDER, sentence)


@pytest.mark.parametrize(
    ("sentence", "name", "place"),
    [
        ("Von der Einreise nach Serbien mit altem Pass wird abgeraten.", "Serbien", "RS"),
        ("Von der Nutzung von Drohnen wird abgeraten.", "Oman", "OM"),
        ("Von Reisen über Land nach Oman wird abgeraten.", "Oman", "OM"),
        ("Von Reisen bei Dunkelheit wird abgeraten.", "Oman", "OM"),
        ("Von Überlandreisen nach Oman wird abgeraten.", "Oman", "OM"),
        ("Von Reisen in die Russische Föderation wird abgeraten.", "Belarus", "BY"),
        ("Von Reisen in die anderen Regionen von Mindanao wird abgeraten.", "Philippinen", "PH"),
        ("Von Reisen in das Grenzgebiet zu Syrien wird abgeraten.", "Jordanien", "JO"),
        ("Von Reisen in fünf der sechs Provinzen des Landes wird abgeraten.", "Indonesien", "ID"),
        ("Von Reisen nach Oman wird nicht mehr abgeraten.", "Oman", "OM"),
        ("Vor Reisen in die Sahelregion wird gewarnt.", "Burkina Faso", "BF"),
    ],
)
def test_prose_about_anything_else_sets_no_level(sentence: str, name: str, place: str) -> None:
    assert advice(f"<h2>Aktuelles</h2><p>{sentence}</p>", name, place).level is None


def test_other_chapters_are_not_advice() -> None:
    text = (
        "<h2>Gesundheit</h2><p>Von Reisen nach Oman wird abgeraten.</p><h3>Mücken</h3><p>Von Reisen wird abgeraten.</p>"
    )
    assert advice(text, "Oman", "OM").level is None


def test_text_before_the_first_heading_and_under_headings_of_the_chapter_is_advice() -> None:
    sentence = "Von Reisen nach Oman wird abgeraten."
    for text in (f"<p>{sentence}</p>", f"<h2>Sicherheit</h2><h3>Innenpolitische Lage</h3><p>{sentence}</p>"):
        assert advice(text, "Oman", "OM").level is Level.RECONSIDER


def test_the_strictest_sentence_decides() -> None:
    text = "<p>Von Reisen nach Oman wird abgeraten. Vor Reisen nach Oman wird gewarnt.</p>"
    assert advice(text, "Oman", "OM") == de_prose.Advice(Level.AVOID, "Vor Reisen nach Oman wird gewarnt.", ())


def test_a_warning_for_all_but_some_places_holds_for_the_country() -> None:
    text = "<p>Vor Reisen nach Burkina Faso - mit Ausnahme von Ouagadougou - wird gewarnt.</p>"
    assert advice(text, "Burkina Faso", "BF").level is Level.AVOID


def test_regions_are_named_by_sentences_and_lists() -> None:
    text = (
        "<h2>Sicherheit - Teilreisewarnung</h2><p>Vor Reisen in folgende Gebiete wird gewarnt:</p>"
        "<ul><li>Provinz Hua</li><li>das Grenzgebiet zu Mali;</li></ul>"
        "<p>Von Reisen in die Provinz Tua wird abgeraten.</p>"
    )
    assert advice(text, "Niger", "NE").regions == (
        Region("Provinz Hua", Level.AVOID),
        Region("Grenzgebiet zu Mali", Level.AVOID, Area.STRIP),
        Region("Provinz Tua", Level.RECONSIDER),
    )


@pytest.mark.parametrize("url", list(BODIES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(
    mangled: Callable[[bytes], SearchStrategy[bytes]], url: str, data: st.DataObject
) -> None:
    body = data.draw(mangled(BODIES[url]))
    with suppress(Unreadable):
        parsed = READER.parse(Document(url, body))
        assert all(len(READER.records(key, [piece])) <= 1 for key, piece in parsed.pieces.items())


@given(st.text(alphabet=" .,:-(" + "abdeginorstuvwRVN", max_size=120))
def test_any_prose_is_read(text: str) -> None:
    found = advice(f"Von Reisen nach {text} wird abgeraten. Vor Reisen {text} gewarnt", "Oman", "OM")
    assert found.level in (None, Level.RECONSIDER, Level.AVOID)
