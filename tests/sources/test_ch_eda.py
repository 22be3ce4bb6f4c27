"""Switzerland's Reisehinweise: a block for each country, opened by a set phrase."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.reading import FindingKind, Unreadable
from advisoryd.model.record import Record, Stamp
from advisoryd.sources.ch_eda import CRISIS
from tests.sources import european


def record(text: str, heading: str = "Grundsätzliche Einschätzung") -> Record:
    head = "<h2>Oman</h2><p>Zuletzt editiert: 1/2/2026 12:15:00 AM</p>"
    html = f'<div id="_ta_OM">{head}<h3>{heading}</h3><p>{text}</p></div>'
    parsed = european.parse("ch-eda", CRISIS, html)
    return european.reader("ch-eda").records("OM", [parsed.pieces["OM"]])[0]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Reisen nach Oman gelten grundsätzlich als sicher.", 1),
        ("Oman kann grundsätzlich als sicher gelten.", 1),
        ("Der persönlichen Sicherheit ist grosse Aufmerksamkeit zu schenken.", 2),
        ("Der persönlichen Sicherheit ist höchste Aufmerksamkeit zu schenken.", 2),
        ("Von touristischen und anderen nicht dringenden Reisen nach Oman wird abgeraten.", 3),
        ("Von nicht dringend notwendigen Reisen nach Oman wird abgeraten.", 3),
        ("Von Reisen nach Oman und von Aufenthalten jeder Art wird abgeraten.", 4),
        ("Von Reisen in den Oman wird abgeraten.", 4),
        ("Die Lage ist erfunden. Von Reisen nach Oman wird abgeraten.", 4),
    ],
)
def test_the_set_phrase_gives_the_level(text: str, level: int) -> None:
    assert record(f"{text} Mehr Text.").level == level


@pytest.mark.parametrize(
    "text",
    [
        "Die Lage ist angespannt; von Reisen in die Grenzregionen wird abgeraten.",
        "Von Reisen in einzelne Landesteile wird generell abgeraten.",
        "Politische Spannungen sind möglich.",
    ],
)
def test_any_other_opening_is_unknown_and_never_calm(text: str) -> None:
    assert record(text).level is None
    assert record(text).native_level == text


def test_advice_against_parts_is_a_step_of_theirs() -> None:
    care = "Der persönlichen Sicherheit ist grosse Aufmerksamkeit zu schenken."
    found = record(f"{care} Von Reisen in gewisse Landesteile wird abgeraten.")
    assert (found.level, found.scope.regional, found.scope.levels) == (Level.CAUTION, True, {Level.AVOID})


def test_the_phrase_may_stand_under_the_latest_news() -> None:
    assert record("Von Reisen nach Oman wird abgeraten.", heading="Aktuelles").level is Level.AVOID


def test_under_any_other_heading_it_does_not_count() -> None:
    assert record("Von Reisen nach Oman wird abgeraten.", heading="Verkehr").level is None


def test_the_crisis_page_prints_the_month_first() -> None:
    issued = record("Reisen nach Oman gelten grundsätzlich als sicher.").issued_at
    assert issued == Stamp(datetime(2026, 1, 1, 23, 15, tzinfo=UTC), "1/2/2026 12:15:00 AM")


def test_a_general_page_in_place_of_a_country_is_unreadable() -> None:
    general = "<h1>Willkommen beim EDA</h1><h2>Grundsätzliche Einschätzung</h2><p>Allgemeines.</p>"
    with pytest.raises(Unreadable):
        european.parse("ch-eda", "https://www.eda.admin.ch/eda/de/home/oman.html", general)
    with pytest.raises(Unreadable):
        european.parse("ch-eda", CRISIS, general)


def test_the_page_of_a_country_begins_at_its_heading() -> None:
    url = "https://www.eda.admin.ch/eda/de/home/oman.html"
    (record_,) = european.reader("ch-eda").records(
        "OM", [european.parse("ch-eda", url, european.body("ch-eda", "oman.html")).pieces["OM"]]
    )
    assert record_.sections[0].heading == "Reisehinweise für Oman"
    assert record_.note == "Diese Reisehinweise wurden überprüft (erfunden)."


def test_a_code_nobody_knows_is_told() -> None:
    html = '<div id="_ta_QQ"><h2>Freedonia</h2><h3>Aktuelles</h3><p>Reisen gelten grundsätzlich als sicher.</p></div>'
    assert [found.kind for found in european.parse("ch-eda", CRISIS, html).findings] == [FindingKind.UNKNOWN_PLACE]


def test_a_date_that_does_not_exist_is_none() -> None:
    head = "<h2>Oman</h2><p>Zuletzt editiert: 13/45/2026 12:15:00 AM</p>"
    html = f"<div id='_ta_OM'>{head}<h3>Aktuelles</h3><p>Text.</p></div>"
    assert european.parse("ch-eda", CRISIS, html).pieces["OM"]["issued"] is None
