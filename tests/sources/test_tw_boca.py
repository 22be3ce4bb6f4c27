"""Taiwan's travel warnings: rows for countries and for parts of them, a feed and a table."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Area, Record, Region, Stamp
from advisoryd.sources import catalogue
from advisoryd.sources.tw_boca import CONTRACT, FEED, TABLE

from .asia import CASES, hear, small

READER = small("tw-boca")
CASE = next(case for case in CASES if case.source == "tw-boca")
GREY, YELLOW, ORANGE, RED = (
    "第一級：灰色提醒",
    "第二級：黃色注意",
    "第三級：橙色避免前往",
    "第四級：紅色儘速離境",
)
Warning_ = tuple[str, str, str]
"""The level's words, where it holds, and the country's English name."""


def feed(*warnings: Warning_, numbers: tuple[int, ...] = (), date: str = "Thu, 24 Sep 2026 01:00:00 GMT") -> Document:
    numbered = zip(numbers or range(9000, 9999), warnings, strict=False)
    items = "".join(
        f"<item><title><![CDATA[{words} - {region} - {english}]]></title><pubDate>{date}</pubDate>"
        f"<link>https://www.boca.gov.tw/sp-trwa-content-{number}-aa000-1.html</link><NewsID>{number}</NewsID></item>"
        for number, (words, region, english) in numbered
    )
    return Document(FEED, f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode())


def table(*rows: tuple[str, str, str, str]) -> Document:
    """Rows of a class of colour, where it holds, and the country's Chinese and English names."""
    cells = "".join(
        f'<tr><td data-title="國家"><a id="{english}" href="/sp-trwa-content-{number}-a-1.html">{name} {english}</a>'
        f'</td><td data-title="國家地區">{region}</td>'
        f'<td data-title="最新警示分級"><span class="square {colour}"></span>色</td></tr>'
        for number, (colour, region, name, english) in enumerate(rows)
    )
    return Document(TABLE, f"<!DOCTYPE html><table>{cells}</table>".encode())


def record(*warnings: Warning_) -> Record:
    (found,) = hear(READER, [feed(*warnings)]).records
    return found


@pytest.mark.parametrize(
    ("words", "level", "actions"),
    [
        (GREY, Level.NORMAL, set()),
        (YELLOW, Level.CAUTION, {Action.CAUTION}),
        (ORANGE, Level.RECONSIDER, {Action.AVOID_NON_ESSENTIAL}),
        (RED, Level.AVOID, {Action.LEAVE, Action.AVOID_ALL}),
    ],
)
def test_the_figure_in_the_title_is_the_level(words: str, level: Level, actions: set[Action]) -> None:
    found = record((words, "日本", "Japan"))
    assert (found.destination, found.level, found.native_level, found.actions) == ("JP", level, words, actions)
    assert found.scope.regional is False


def test_titles_as_they_were_before_2026_are_read_too() -> None:
    item = "<item><title>第三級（橙色避免前往）緬甸</title><NewsID>1</NewsID></item>"
    parsed = READER.parse(Document(FEED, f"<rss version='2.0'><channel>{item}</channel></rss>".encode()))
    (found,) = READER.records("MM", [parsed.pieces["MM"]])
    assert (found.level, found.native_level) == (Level.RECONSIDER, "第三級（橙色避免前往）")


def test_a_red_border_strip_does_not_make_its_country_red() -> None:
    found = record((YELLOW, "以色列", "Israel"), (RED, "以色列－黎巴嫩邊界地區", "Israel"))
    assert (found.destination, found.level, found.native_level) == ("IL", Level.CAUTION, YELLOW)
    assert found.scope.regions == (Region("以色列－黎巴嫩邊界地區", Level.AVOID, Area.STRIP),)
    assert found.scope.levels == {Level.AVOID}


def test_the_row_about_the_rest_is_the_country() -> None:
    found = record(
        (RED, "若開邦北部邊境", "Myanmar"),
        (YELLOW, "仰光及其他未列第三級、第四級以外地區", "Myanmar"),
        (ORANGE, "實皆省、馬圭省", "Myanmar"),
    )
    assert (found.level, found.scope.regional) == (Level.CAUTION, True)
    assert [region.kind for region in found.scope.regions] == [Area.STRIP, Area.REST, Area.AREA]


def test_parts_alone_are_the_country_only_where_they_agree() -> None:
    both = record((ORANGE, "實皆省、馬圭省", "Myanmar"), (ORANGE, "若開邦", "Myanmar"))
    assert both.level is Level.RECONSIDER
    assert record((ORANGE, "實皆省、馬圭省", "Myanmar"), (RED, "若開邦", "Myanmar")).level is None
    assert record((RED, "若開邦北部邊境", "Myanmar")).level is None


def test_the_order_of_the_warnings_means_nothing() -> None:
    one, two = (YELLOW, "以色列", "Israel"), (RED, "以色列－黎巴嫩邊界地區", "Israel")
    first = READER.parse(feed(one, two, numbers=(1, 2)))
    assert first.pieces == READER.parse(feed(two, one, numbers=(2, 1))).pieces


@pytest.mark.parametrize(
    ("region", "english", "place"),
    [
        ("韓國", "Korea", "KR"),
        ("諾魯", "Naoero", "NR"),
        ("象牙海岸", "Cote_d'Ivoire", "CI"),
        ("北韓", "D.P.R. Korea", "KP"),
    ],
)
def test_the_bureaus_own_spellings_lead_to_countries(region: str, english: str, place: str) -> None:
    assert record((GREY, region, english)).destination == place


def test_a_date_moves_with_the_text_and_an_empty_one_is_none() -> None:
    dated = hear(READER, [feed((GREY, "日本", "Japan"))]).records[0]
    assert dated.issued_at == Stamp(datetime(2026, 9, 24, 1, tzinfo=UTC), "Thu, 24 Sep 2026 01:00:00 GMT")
    assert hear(READER, [feed((GREY, "日本", "Japan"), date="")]).records[0].issued_at is None


def test_the_table_tells_what_the_feed_lacks_and_never_stands_against_it() -> None:
    listed = table(("redblock", "日本", "日本", "Japan"), ("orangeblock", "諾魯", "諾魯", "Naoero"))
    found = {
        record.destination: record.level for record in hear(READER, [feed((GREY, "日本", "Japan")), listed]).records
    }
    assert found == {"JP": Level.NORMAL, "NR": Level.RECONSIDER}


def test_the_table_is_asked_for_at_once_when_a_level_has_changed() -> None:
    def stamp(*warnings: Warning_, date: str = "") -> str:
        (follow,) = READER.parse(feed(*warnings, date=date)).follow
        assert follow.request.url == TABLE
        return follow.stamp

    calm = stamp((GREY, "日本", "Japan"))
    assert stamp((GREY, "日本", "Japan"), date="Fri, 25 Sep 2026 01:00:00 GMT") == calm
    assert stamp((YELLOW, "日本", "Japan")) != calm


def kinds(parsed: Parsed) -> list[FindingKind]:
    return [finding.kind for finding in parsed.findings]


def test_an_unknown_level_is_told_and_not_guessed() -> None:
    strange = ("第五級：紫色禁止", "日本", "Japan")
    assert (record(strange, (GREY, "日本", "Japan")).level) is None
    assert kinds(READER.parse(feed(strange, (GREY, "韓國", "Korea")))) == [FindingKind.UNKNOWN_LEVEL]


def test_an_unknown_colour_of_the_table_is_told_and_not_guessed() -> None:
    parsed = READER.parse(table(("purpleblock", "日本", "日本", "Japan"), ("grayblock", "諾魯", "諾魯", "Naoero")))
    assert READER.records("JP", [parsed.pieces["JP"]])[0].level is None
    assert kinds(parsed) == [FindingKind.UNKNOWN_LEVEL]


def test_an_unknown_country_is_quarantined_and_told() -> None:
    parsed = READER.parse(feed((GREY, "自由國", "Freedonia")))
    assert kinds(parsed) == [FindingKind.UNKNOWN_PLACE]
    assert READER.records("Freedonia", [parsed.pieces["Freedonia"]])[0].destination == ""


def test_a_warning_that_is_listed_twice_is_told() -> None:
    twice = feed((GREY, "日本", "Japan"), (GREY, "日本", "Japan"), numbers=(7, 7))
    assert kinds(READER.parse(twice)) == [FindingKind.DUPLICATE]
    assert hear(READER, [twice]).records[0].level is Level.NORMAL


@pytest.mark.parametrize(
    ("reason", "document", "kind"),
    [
        ("an empty feed", feed(), "empty-list"),
        ("an empty table", table(), "empty-list"),
        ("titles in another form", feed(("灰色", "日本", "Japan")), "empty-list"),
        ("levels that nobody knows", feed(("第五級：紫色", "日本", "Japan")), "wrong-shape"),
        ("a renamed class of colours", table(("grey", "日本", "日本", "Japan")), "wrong-shape"),
        ("a wrong charset", Document(FEED, CASE.body("feed.xml").decode().encode("big5hkscs")), "garbled"),
    ],
)
def test_a_list_in_another_shape_is_unreadable(reason: str, document: Document, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.parse(document)
    assert refusal.value.kind == kind, reason


def test_half_a_list_is_unreadable() -> None:
    whole = catalogue.reader_for(catalogue.entries()["tw-boca"])
    with pytest.raises(Unreadable) as refusal:
        whole.parse(feed(*[(GREY, "日本", "Japan")] * 149))
    assert refusal.value.kind == "short-list"


def test_the_contract_is_that_of_a_register_of_all_countries() -> None:
    assert (CONTRACT.shape, CONTRACT.lists_calm, CONTRACT.min_rows) == (Shape.REGISTER, True, 150)
