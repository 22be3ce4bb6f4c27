"""Finland's matkustustiedotteet: a step in an element of its own."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import FindingKind, Unreadable
from advisoryd.model.record import Record
from advisoryd.sources.fi_um import INDEX, PAGES
from tests.sources import european

URL = f"{PAGES}/AO"


def record(step: str, more: str = "") -> Record:
    html = (
        f"<h1>Angola: matkustustiedote</h1><div id='safetyLevelMainLevel'><h2>Turvallisuustaso</h2> {step}</div>{more}"
    )
    return european.reader("fi-um").records("AO", [european.parse("fi-um", URL, html).pieces["AO"]])[0]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Noudata tavanomaista varovaisuutta", 1),
        ("Noudata erityistä varovaisuutta", 2),
        ("Vältä tarpeetonta matkustamista", 3),
        ("Vältä kaikkea matkustamista", 4),
        ("Poistu välittömästi maasta", 4),
    ],
)
def test_the_words_give_the_level(words: str, level: int) -> None:
    found = record(words)
    assert (found.level, found.native_level) == (level, words)


def test_a_call_to_leave_is_kept_apart() -> None:
    assert record("Poistu maasta").actions == {Action.LEAVE}
    assert record("Vältä kaikkea matkustamista").actions == frozenset()


def test_other_steps_of_parts_are_regions() -> None:
    found = record("Noudata erityistä varovaisuutta", "<h2>Poikkeava turvallisuustaso</h2><p>Hua: Poistu maasta</p>")
    assert [(region.name, region.level) for region in found.scope.regions] == [("Hua", Level.AVOID)]
    assert (found.level, found.scope.regional) == (Level.CAUTION, True)


def test_wording_nobody_knows_is_told() -> None:
    html = "<h1>Angola</h1><div id='safetyLevelMainLevel'><h2>Turvallisuustaso</h2> Pysy kotona</div>"
    parsed = european.parse("fi-um", URL, html)
    assert (parsed.pieces["AO"]["level"], parsed.pieces["AO"]["native"]) == (None, "Pysy kotona")
    assert [found.kind for found in parsed.findings] == [FindingKind.UNKNOWN_LEVEL]


def test_a_page_without_the_element_is_a_challenge_or_worse() -> None:
    with pytest.raises(Unreadable):
        european.parse("fi-um", URL, "<h1>Angola: matkustustiedote</h1><p>Noudata tavanomaista varovaisuutta</p>")


def test_the_list_names_pages_by_country_code() -> None:
    parsed = european.parse("fi-um", INDEX, european.body("fi-um", "index.html"))
    assert [(page.key, page.request.url) for page in parsed.follow] == [("AO", URL), ("RU", f"{PAGES}/RU")]
    assert parsed.pieces["RU"]["destination"] == "RU"
