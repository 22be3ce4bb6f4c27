"""Austria's Sicherheitsstufen: the worst step of each country in the map's data, its base on its page."""

from __future__ import annotations

import json
import re

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.reading import FindingKind, Unreadable
from advisoryd.model.record import Record
from advisoryd.sources import at_pages
from advisoryd.sources.at_bmeia import MAP, PAGES
from advisoryd.sources.markup import outline
from tests.sources import european

HTML = european.body("at-bmeia", "map.html").decode()
ANGOLA = european.body("at-bmeia", "angola.html").decode()


def with_data(**countries: dict[str, object]) -> str:
    return re.sub(r"= \{.*\};", lambda _: f"= {json.dumps(countries)};", HTML)


def entry(security: object, partial: object = 0, title: str = "Angola") -> dict[str, object]:
    link = "/reise-services/reiseinformation/land/angola"
    return {"security": security, "securityPartial": partial, "title": title, "link": link}


def angola(map_html: str, page: str = "") -> Record | None:
    found = [european.parse("at-bmeia", MAP, map_html).pieces["AO"]]
    if page:
        found.append(european.parse("at-bmeia", f"{PAGES}/angola", page).pieces["AO"])
    records = european.reader("at-bmeia").records("AO", found)
    return records[0] if records else None


@pytest.mark.parametrize(("security", "level"), [(1, 1), (2, 2), (3, 3), (4, 4), ("3", 3)])
def test_a_step_for_the_whole_country_is_its_level(security: object, level: int) -> None:
    record = angola(with_data(AO=entry(security)))
    assert record is not None
    assert (record.level, record.scope.regional) == (level, False)


def test_the_flag_for_a_part_is_never_a_level() -> None:
    record = angola(with_data(AO=entry(4, 1)))
    assert record is not None
    assert (record.level, record.scope.regional, record.scope.levels) == (None, True, {Level.AVOID})
    assert record.native_level == "Sicherheitsstufe 4 (regional)"


def test_the_base_of_a_country_with_parts_is_on_its_page() -> None:
    record = angola(with_data(AO=entry(3, 1)), ANGOLA)
    assert record is not None
    assert (record.level, record.highest) == (Level.CAUTION, Level.RECONSIDER)


def test_a_page_that_the_map_has_overtaken_gives_no_base() -> None:
    record = angola(with_data(AO=entry(4, 1)), ANGOLA)
    assert record is not None
    assert record.level is None


@pytest.mark.parametrize("security", [0, 5, 6, None, "hoch"])
def test_a_step_nobody_knows_is_unknown_and_told(security: object) -> None:
    data = with_data(AO=entry(security), YE=entry(4, title="Jemen"))
    record = angola(data, ANGOLA)
    assert record is not None
    assert record.level is None
    findings = european.parse("at-bmeia", MAP, data).findings
    assert [(found.kind, found.keys) for found in findings] == [(FindingKind.UNKNOWN_LEVEL, ("AO",))]


def test_a_country_that_the_map_leaves_out_is_as_its_page_says() -> None:
    calm = ANGOLA.replace("3 (regional)", "1")
    assert angola(with_data(YE=entry(4, title="Jemen"))) is None
    record = angola(with_data(YE=entry(4, title="Jemen")), calm)
    assert record is not None
    assert record.level is Level.NORMAL


def test_a_country_that_map_and_page_tell_differently_of_is_unknown() -> None:
    record = angola(with_data(YE=entry(4, title="Jemen")), ANGOLA.replace("3 (regional)", "3"))
    assert record is not None
    assert record.level is None


def test_a_page_is_asked_for_again_when_its_country_changes_on_the_map() -> None:
    def stamp(security: int) -> str:
        follow = european.parse("at-bmeia", MAP, with_data(AO=entry(security))).follow
        return next(page.stamp for page in follow if page.key == "AO")

    assert stamp(2) != stamp(3)


def test_a_script_without_the_data_is_unreadable() -> None:
    for broken in (HTML.replace("bmeiaCountrySecurityInfos", "infos"), HTML.replace('{"0"', "{'0'")):
        with pytest.raises(Unreadable):
            european.parse("at-bmeia", MAP, broken)


@pytest.mark.parametrize(
    ("text", "step", "rest"),
    [
        ("Hohes Sicherheitsrisiko Sicherheitsstufe 3 (von 4) gilt in der Provinz Hua.", 3, False),
        ("Sicherheitsrisiko (Sicherheitsstufe 2) im Rest des Landes", 2, True),
        ("Sicherheitsrisiko (Sicherheitsstufe 2) in der Stadt Hua und in den übrigen Landesteilen.", 2, True),
        ("Hohes Sicherheitsrisiko (Sicherheitsstufe 3) für die restlichen Landesteile Huas.", 3, True),
        ("Sicherheitsstufe 3 (von 4) gilt in den restlichen Regionen.", 3, True),
        ("Reisewarnung (Sicherheitsstufe 4) für das ganze Land!", 4, True),
    ],
)
def test_the_cards_name_their_areas(text: str, step: int, rest: bool) -> None:
    (found,) = at_pages._statements(outline(f"<p>{text}</p>"))
    assert (found.step, found.rest) == (step, rest)


def test_the_box_is_no_area() -> None:
    assert not list(at_pages._statements(outline("<p>Sicherheitsstufe 3 (regional) seit 17.07.2026</p>")))


def test_todays_date_is_no_text() -> None:
    sections = european.parse("at-bmeia", f"{PAGES}/angola", ANGOLA).pieces["AO"]["sections"]
    assert "23.11.2026" not in json.dumps(sections)
