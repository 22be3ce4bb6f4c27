"""New Zealand's SafeTravel: a sitemap, and pages with their advice as JSON in an attribute."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html import escape

import pytest

from advisoryd.model.ladder import Level, Reason
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Area, Record, Region, Stamp
from advisoryd.sources import catalogue
from advisoryd.sources.nz_safetravel import CONTRACT, SITEMAP

from .asia import CASES, NZ, hear, small

READER = small("nz-safetravel")
CASE = next(case for case in CASES if case.source == "nz-safetravel")


def item(title: str = "Exercise increased caution", subtitle: str = "in Nepal", **more: str) -> dict[str, object]:
    same = {"lastUpdated": "18 March 2026", "stillCurrentAt": "23 November 2026", "body": "<p>Take care.</p>"}
    return {**same, "title": title, "subtitle": subtitle, "regional": True, "level": "medium", **more}


def html(*items: dict[str, object], name: str = "Nepal") -> str:
    content = escape(json.dumps(items), quote=True)
    return f"<h1>{name}</h1><div id='js-advice-level-accordion' data-content='{content}'></div>"


def page(*items: dict[str, object], name: str = "Nepal", slug: str = "nepal") -> Parsed:
    return READER.parse(Document(f"{NZ}/destinations/{slug}", html(*items, name=name).encode()))


def record(*items: dict[str, object]) -> Record:
    (found,) = READER.records("nepal", [page(*items).pieces["nepal"]])
    return found


def sitemap(*slugs: str) -> Document:
    urls = "".join(f"<url><loc>{NZ}/destinations/{slug}</loc></url>" for slug in slugs)
    return Document(SITEMAP, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode())


def test_the_sitemap_names_the_pages_of_destinations_only_with_their_dates() -> None:
    parsed = READER.parse(Document(SITEMAP, CASE.body("sitemap.xml")))
    assert [(follow.request.url, follow.key, follow.stamp) for follow in parsed.follow] == [
        (f"{NZ}/destinations/nepal", "nepal", "2026-11-20"),
        (f"{NZ}/destinations/oman", "oman", "2026-11-18"),
        (f"{NZ}/destinations/lebanon", "lebanon", ""),
    ]
    assert parsed.complete
    assert set(parsed.pieces) == {"nepal", "oman", "lebanon"}


def test_the_list_alone_makes_no_record() -> None:
    assert hear(READER, [sitemap("nepal", "oman")]).records == ()


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Exercise normal safety and security precautions", 1),
        ("Exercise increased caution", 2),
        ("Avoid non-essential travel", 3),
        ("Avoid non‑essential travel", 3),
        ("Do not travel", 4),
    ],
)
def test_the_words_are_the_level_and_the_field_of_that_name_is_not_read(words: str, level: int) -> None:
    found = record(item(words, level="medium"))
    assert (found.level, found.native_level) == (level, words)


def test_unknown_words_are_an_unknown_level_and_are_told() -> None:
    found = record(item("Stay at home"))
    assert (found.level, found.native_level) == (None, "Stay at home")
    assert [finding.kind for finding in page(item("Stay at home")).findings] == [FindingKind.UNKNOWN_LEVEL]


def test_a_renamed_field_of_the_level_is_told_and_no_level_is_made_up() -> None:
    renamed = {"heading" if name == "title" else name: value for name, value in item().items()}
    assert record(renamed).level is None
    assert FindingKind.UNKNOWN_FIELD in {finding.kind for finding in page(renamed).findings}


def test_a_text_with_another_step_than_the_words_is_not_believed_and_is_told() -> None:
    contradicted = item("Do not travel", body="<p>Avoid travel (level 3 of 4).</p>")
    assert record(contradicted).level is None
    assert [finding.kind for finding in page(contradicted).findings] == [FindingKind.UNUSUAL]


def test_an_only_item_about_the_country_is_for_the_whole_of_it_whatever_the_flag_says() -> None:
    found = record(item(regional="true"))
    assert (found.level, found.scope.regional, found.scope.regions) == (Level.CAUTION, False, ())


@pytest.mark.parametrize(
    ("subtitle", "region"),
    [
        ("to within 10km of the border with Tibet", Region("within 10km of the border with Tibet", 4, Area.STRIP)),
        ("to Mustang District", Region("Mustang District", 4, Area.AREA)),
    ],
)
def test_an_item_about_a_part_is_a_region_and_never_the_country(subtitle: str, region: Region) -> None:
    found = record(item("Do not travel", subtitle), item(subtitle="elsewhere in Nepal"))
    assert (found.level, found.native_level) == (Level.CAUTION, "Exercise increased caution")
    assert found.scope.regions == (region,)
    assert found.scope.regional is True


def test_a_page_with_parts_only_has_no_level_of_the_country_and_is_told() -> None:
    strip = item("Do not travel", "to the border with Tibet")
    assert (record(strip).level, record(strip).native_level) == (None, "")
    assert [finding.kind for finding in page(strip).findings] == [FindingKind.UNKNOWN_FIELD]


def test_the_day_of_the_visit_changes_nothing() -> None:
    assert page(item(stillCurrentAt="24 November 2026")) == page(item())


def test_the_day_is_that_of_the_latest_edit_in_new_zealand() -> None:
    found = record(item(), item("Do not travel", "to the border with Tibet", lastUpdated="2 June 2026"))
    assert found.issued_at == Stamp(datetime(2026, 6, 1, 12, tzinfo=UTC), "2 June 2026", day=True)


def test_reasons_are_those_of_the_item_about_the_country() -> None:
    found = record(
        item(body="<p>Due to the threat of terrorism.</p>"),
        item("Do not travel", "to the border with Tibet", body="<p>Due to armed conflict.</p>"),
    )
    assert found.reasons == {Reason.TERRORISM}


def test_an_address_of_another_name_holds_no_advice_and_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="holds no advice"):
        READER.parse(Document(f"{NZ}/destinations/burma", b"<h1>Burma</h1><p>Choose a destination.</p>"))
    with pytest.raises(Unreadable, match="holds no advice"):
        page()


def test_a_page_of_another_country_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="is the page of Nepal"):
        page(item(), slug="oman")


@pytest.mark.parametrize("content", ["{", "{}", "[1]", '"x"'])
def test_advice_in_another_shape_is_unreadable(content: str) -> None:
    body = f"<h1>Nepal</h1><div id='js-advice-level-accordion' data-content='{content}'></div>"
    with pytest.raises(Unreadable):
        READER.parse(Document(f"{NZ}/destinations/nepal", body.encode()))


def test_a_page_with_two_lists_of_advice_is_unreadable() -> None:
    body = (html(item()) * 2).encode()
    with pytest.raises(Unreadable, match="2 elements"):
        READER.parse(Document(f"{NZ}/destinations/nepal", body))


def test_half_a_sitemap_is_unreadable() -> None:
    with pytest.raises(Unreadable) as refusal:
        catalogue.reader_for(catalogue.entries()["nz-safetravel"]).parse(sitemap(*(f"a{n}" for n in range(149))))
    assert refusal.value.kind == "short-list"


def test_a_page_that_is_named_twice_is_one_page() -> None:
    assert len(READER.parse(sitemap("nepal", "nepal")).follow) == 1


def test_an_unknown_name_is_told_and_quarantined_unless_the_page_has_a_known_one() -> None:
    parsed = READER.parse(sitemap("freedonia"))
    assert [finding.kind for finding in parsed.findings] == [FindingKind.UNKNOWN_PLACE]
    unknown = page(item(subtitle="in Freedonia"), name="Freedonia", slug="freedonia").pieces["freedonia"]
    known = page(item(), name="Nepal", slug="freedonia").pieces["freedonia"]
    places = [READER.records("freedonia", [parsed.pieces["freedonia"], one])[0].destination for one in (unknown, known)]
    assert places == ["", "NP"]


def test_the_contract_is_that_of_a_register_of_all_destinations() -> None:
    assert (CONTRACT.shape, CONTRACT.lists_calm, CONTRACT.min_rows) == (Shape.REGISTER, True, 150)
    assert CONTRACT.grace == timedelta(days=7)
