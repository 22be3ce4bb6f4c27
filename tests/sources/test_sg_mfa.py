"""Singapore's pages of prose: advice where there is some, and nothing where there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Record, Stamp
from advisoryd.sources import catalogue
from advisoryd.sources.sg_mfa import CONTRACT, SITEMAP

from .asia import CASES, SG_PAGES, hear, small

READER = small("sg-mfa")
CASE = next(case for case in CASES if case.source == "sg-mfa")
DEFER = "Singaporeans should defer all non-essential travel to Thailand."


def html(*paragraphs: str, name: str = "Kingdom of Thailand", style: str = "prose-body-base") -> bytes:
    told = "".join(f'<p class="mt-4 {style}">{text}</p>' for text in paragraphs)
    return f"<!DOCTYPE html><meta charset=utf-8><h1>{name}</h1>{told}<p class='footer'>Contact</p>".encode()


def page(*paragraphs: str, slug: str = "kingdom-of-thailand", name: str = "Kingdom of Thailand") -> Parsed:
    return READER.parse(Document(f"{SG_PAGES}/{slug}/", html(*paragraphs, name=name)))


def record(*paragraphs: str) -> Record:
    ((key, piece),) = page(*paragraphs).pieces.items()
    (found,) = READER.records(key, [piece])
    return found


def sitemap(*slugs: str) -> Document:
    urls = "".join(f"<url><loc>{SG_PAGES}/{slug}/</loc></url>" for slug in slugs)
    return Document(SITEMAP, f"<urlset>{urls}</urlset>".encode())


def test_the_sitemap_names_the_pages_of_countries_only() -> None:
    parsed = READER.parse(Document(SITEMAP, CASE.body("sitemap.xml")))
    assert {follow.key for follow in parsed.follow} >= {"islamic-republic-of-iran", "kingdom-of-thailand", "japan"}
    assert not {"", "travel-advisories-notices-and-visa-information"} & {follow.key for follow in parsed.follow}
    assert all(follow.request.url.startswith(SG_PAGES) for follow in parsed.follow)
    assert (parsed.pieces, parsed.complete) == ({}, False)


def test_the_words_are_the_level_and_stand_in_the_record_as_they_are() -> None:
    found = record(DEFER, "Those in Thailand should remain vigilant.")
    assert (found.destination, found.level, found.actions) == ("TH", Level.RECONSIDER, {Action.AVOID_NON_ESSENTIAL})
    assert found.native_level == "defer all non-essential travel"
    assert found.scope.regional is None


def test_a_no_break_space_in_a_phrase_is_a_space() -> None:
    assert record(DEFER.replace("all ", "all&nbsp;")).level is Level.RECONSIDER


def test_a_page_without_advice_lists_nothing_and_says_so() -> None:
    parsed = page("Singaporeans do not need a visa for 30 days.", "Take care of your belongings.")
    assert (parsed.pieces, parsed.complete, parsed.findings) == ({}, True, ())


def test_a_page_with_advice_lists_itself() -> None:
    assert (list(page(DEFER).pieces), page(DEFER).complete) == (["kingdom-of-thailand"], True)


def test_notes_on_entry_are_no_advice_and_no_part_of_the_text() -> None:
    found = record(DEFER, "Without a visa you must not travel to Thailand.")
    assert found.level is Level.RECONSIDER
    assert [block for section in found.sections for block in section.blocks] == [DEFER]


def test_the_day_is_the_one_printed_in_singapore() -> None:
    found = record("Last updated on 16 November 2026", DEFER)
    assert found.issued_at == Stamp(datetime(2026, 11, 15, 16, tzinfo=UTC), "16 November 2026", day=True)
    assert record(DEFER).issued_at is None


def test_a_new_day_alone_is_no_change_of_the_text() -> None:
    one, two = (record(f"Last updated on {day} November 2026", DEFER) for day in (16, 17))
    assert one.sections == two.sections


def test_a_page_of_another_country_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="is the page of Japan"):
        page(DEFER, name="Japan")


def test_an_unknown_place_is_told_by_the_sitemap_and_quarantined() -> None:
    assert [finding.kind for finding in READER.parse(sitemap("freedonia")).findings] == [FindingKind.UNKNOWN_PLACE]
    parsed = page("Defer all travel there.", slug="freedonia", name="Freedonia")
    assert READER.records("freedonia", [parsed.pieces["freedonia"]])[0].destination == ""


def test_new_words_for_advice_are_advice_of_an_unknown_level_and_not_its_end() -> None:
    words = "Singaporeans should put off visits to Thailand."
    assert (record(words).level, record(words).native_level) == (None, "should put off visits")
    assert [finding.kind for finding in page(words).findings] == [FindingKind.UNKNOWN_LEVEL]
    assert page("Singaporeans should take out travel insurance.").pieces == {}


@pytest.mark.parametrize(
    ("reason", "document", "kind"),
    [
        ("an empty sitemap", sitemap(), "empty-list"),
        ("a page without a text", Document(f"{SG_PAGES}/japan/", html(name="Japan")), "wrong-shape"),
        ("a renamed class", Document(f"{SG_PAGES}/japan/", html(DEFER, style="body-text")), "wrong-shape"),
        ("an error page", Document(f"{SG_PAGES}/japan/", b"<h1>Access denied</h1>"), "wrong-shape"),
        ("a wrong charset", Document(f"{SG_PAGES}/japan/", html("x").decode().encode("utf-16")), "wrong-shape"),
    ],
)
def test_a_document_in_another_shape_is_unreadable(reason: str, document: Document, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.parse(document)
    assert refusal.value.kind in (kind, "garbled"), reason


def test_half_a_sitemap_is_unreadable() -> None:
    whole = catalogue.reader_for(catalogue.entries()["sg-mfa"])
    with pytest.raises(Unreadable) as refusal:
        whole.parse(sitemap(*(f"a{number}" for number in range(149))))
    assert refusal.value.kind == "short-list"


def test_pages_together_are_the_register() -> None:
    found = {record.destination: record.level for record in hear(READER, CASE.documents()).records}
    assert found == {"IR": Level.RECONSIDER, "TH": Level.CAUTION}


def test_the_contract_is_that_of_a_register_of_advice_only() -> None:
    assert (CONTRACT.shape, CONTRACT.lists_calm, CONTRACT.grace) == (Shape.REGISTER, False, timedelta(days=2))
