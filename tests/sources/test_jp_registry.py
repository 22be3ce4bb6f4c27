"""Japan's register of danger levels: the index and the pages of countries, beside the bulletins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from advisoryd.model.ladder import Action, Level, Track
from advisoryd.model.reading import Document, FindingKind, Parsed, Unreadable
from advisoryd.model.record import Area, Record, Region, Stamp
from advisoryd.sources import catalogue, jp_levels
from advisoryd.sources.jp_mofa import CONTRACT, INDEX, NEWS, PAGES

from .asia import hear, small

READER = small("jp-mofa")
SITE = "https://www.anzen.mofa.go.jp"
CLASSES = {1: "chuui", 2: "kentou", 3: "enki", 4: "taihi"}
WHOLE = "【危険レベル】\n●マリ全土\nレベル４：退避してください。（継続）\n\n【ポイント】\n●戦闘が続いています。"


def index(*names: str, first: int = 200) -> Document:
    links = "".join(
        f'<li><a href="..{PAGES}{number:03}.html#ad-image-0">{name}</a></li>'
        for number, name in enumerate(names, first)
    )
    return Document(INDEX, f"<!doctype html><meta charset=utf-8><ul>{links}</ul>".encode())


def unit(text: str, day: str = "2026年07月09日", steps: tuple[int, ...] = ()) -> str:
    marks = "".join(f'<div class="kiken_level_base kiken_level_{CLASSES[step]}"></div>' for step in steps)
    told = text.replace("\n", "<br>")
    return f'<div class="kiken_unit"><p>{day}</p>{marks}<p><a class="underline" href="/info/x">{told}</a></p></div>'


def page(*units: str, name: str = "マリ", number: int = 200, calm: bool = False) -> Document:
    said = "<p>現在、危険情報は出ておりません。</p>" if calm else ""
    body = (
        f'<h1 class="prefName">{name}<br>危険・スポット・広域情報</h1>{said}'
        f'<div id="kikendetail">{"".join(units)}</div>'
        "<div class='infectionContents'><p>現在、感染症危険情報は出ておりません。</p></div>"
    )
    return Document(f"{SITE}{PAGES}{number}.html", f"<!doctype html><meta charset=utf-8>{body}".encode())


def records(*documents: Document) -> tuple[Record, ...]:
    return hear(READER, documents).records


def only(*units: str, calm: bool = False) -> Record:
    (found,) = records(index("マリ"), page(*units, calm=calm))
    return found


def kinds(parsed: Parsed) -> list[FindingKind]:
    return [finding.kind for finding in parsed.findings]


def test_the_feeds_lead_to_the_index_and_the_index_to_the_pages() -> None:
    feed = (
        "<rss version='2.0'><channel><item><title>お知らせ</title><link>a_2026T001.html</link></item></channel></rss>"
    )
    (to_index,) = READER.parse(Document(NEWS, feed.encode())).follow
    assert (to_index.request.url, to_index.stamp) == (INDEX, "")
    (to_page,) = READER.parse(index("マリ")).follow
    assert (to_page.request.url, to_page.key) == (f"{SITE}{PAGES}200.html", "page ML")


def test_a_page_that_was_not_read_makes_no_record() -> None:
    assert records(index("マリ")) == ()


def test_a_page_tells_the_level_in_force_and_its_day() -> None:
    found = only(unit(WHOLE, steps=(4,)))
    assert (found.key, found.destination, found.track) == ("page ML", "ML", Track.SECURITY)
    assert (found.level, found.native_level) == (Level.AVOID, jp_levels.WORDS[4])
    assert found.actions == {Action.LEAVE, Action.AVOID_ALL}
    assert found.issued_at == Stamp(datetime(2026, 7, 8, 15, tzinfo=UTC), "2026年07月09日", day=True)


def test_a_page_is_older_than_the_bulletin_of_its_day() -> None:
    bulletin = datetime(2026, 7, 9, 8, 45, tzinfo=UTC)
    issued = only(unit(WHOLE)).issued_at
    assert issued is not None
    assert issued.at < bulletin


@pytest.mark.parametrize(("step", "level"), [(1, 2), (2, 3), (3, 4), (4, 4)])
def test_a_level_is_also_told_by_the_class_of_its_mark(step: int, level: int) -> None:
    found = only(unit("詳しくは本文をご覧ください。", steps=(step,)))
    assert (found.level, found.native_level) == (level, jp_levels.WORDS[step])


def test_marks_beyond_the_page_of_advice_do_not_count() -> None:
    document = page(unit(WHOLE))
    body = document.body + b'<aside><div class="kiken_level_base kiken_level_chuui"></div></aside>'
    assert records(index("マリ"), Document(document.url, body)) == records(index("マリ"), document)


def test_the_rest_of_the_country_is_the_country() -> None:
    text = (
        "【危険レベル】\n●北部州\nレベル３：渡航は止めてください。\n●上記以外の地域\nレベル１：十分注意してください。\n"
    )
    found = only(unit(text, steps=(3, 1)))
    assert (found.level, found.scope.regional) == (Level.CAUTION, True)
    assert found.scope.regions == (Region("北部州", Level.AVOID, Area.AREA),)


def test_notices_side_by_side_are_one_standing() -> None:
    north = "【危険レベル】\n●北部州\nレベル３：渡航は止めてください。\n【ポイント】"
    rest = "【危険レベル】\n●上記以外の地域\nレベル２：不要不急の渡航は止めてください。\n【ポイント】"
    found = only(unit(north, "2026年07月09日"), unit(rest, "2026年01月01日"))
    assert (found.level, found.issued_at and found.issued_at.text) == (Level.RECONSIDER, "2026年07月09日")
    assert [region.name for region in found.scope.regions] == ["北部州"]


def test_a_page_is_calm_only_when_it_says_so() -> None:
    found = only(calm=True)
    assert (found.level, found.native_level, found.issued_at) == (Level.NORMAL, "", None)
    assert records(index("マリ"), page()) == ()
    assert kinds(READER.parse(page())) == [FindingKind.UNKNOWN_LEVEL]


def test_the_words_that_there_is_no_health_advice_are_not_the_words_that_there_is_none_at_all() -> None:
    assert "感染症危険情報は出ておりません" in page().body.decode()
    assert records(index("マリ"), page()) == ()


def test_advice_without_its_day_says_nothing_because_it_cannot_be_put_in_order() -> None:
    assert records(index("マリ"), page(unit(WHOLE, day=""))) == ()


def test_a_level_in_words_that_nobody_knows_is_told() -> None:
    strange = page(unit("【危険レベル】\n●マリ全土\nレベル５：帰国してください。"))
    assert kinds(READER.parse(strange)) == [FindingKind.UNKNOWN_LEVEL]
    (found,) = records(index("マリ"), strange)
    assert found.level is None


def test_renumbered_pages_count_under_the_name_that_they_bear() -> None:
    """The numbers were once given anew: number 200 was Mali's and is now Niger's."""
    listed = index("ニジェール", "マリ", first=200)
    old, new = page(unit(WHOLE), number=200), page(unit(WHOLE), number=201)
    assert records(listed, old) == ()
    assert [record.destination for record in records(listed, old, new)] == ["ML"]


def test_a_page_that_bears_no_countrys_name_is_unreadable() -> None:
    for name in ("", "エラー", "自由国"):
        with pytest.raises(Unreadable) as refusal:
            READER.parse(page(unit(WHOLE), name=name))
        assert refusal.value.kind == "wrong-shape"


def test_a_name_of_the_index_that_nobody_knows_is_told_and_passed_over() -> None:
    parsed = READER.parse(index("マリ", "自由国"))
    assert kinds(parsed) == [FindingKind.UNKNOWN_PLACE]
    assert list(parsed.pieces) == ["page ML"]


def test_a_country_that_is_linked_to_twice_is_one_country() -> None:
    assert len(READER.parse(index("マリ", "マリ")).follow) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [("", "empty-list"), ("<h1>ページが見つかりません</h1>", "empty-list"), ("<ul></ul>", "empty-list")],
)
def test_an_index_without_countries_is_unreadable(body: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        READER.parse(Document(INDEX, body.encode()))
    assert refusal.value.kind == kind


def test_half_an_index_is_unreadable() -> None:
    whole = catalogue.reader_for(catalogue.entries()["jp-mofa"])
    assert CONTRACT.min_rows == 150
    with pytest.raises(Unreadable) as refusal:
        whole.parse(index("マリ", "ニジェール", "ネパール"))
    assert refusal.value.kind == "short-list"


# Level blocks as they are written: each with its areas, their levels, and whether one is the country as a whole.

BLOCKS = {
    "a province's rest beside the country's": (
        (
            "●シュニク州全域及びアララト州のレベル４地域と接する地域\nレベル２：不要不急（継続）\n"
            "●アララト州のレベル４、レベル２以外の地域\nレベル１：十分注意（引下げ）\n"
            "●上記以外の地域（首都エレバンを含む。）\nレベル１：十分注意（継続）"
        ),
        [(2, False), (1, False), (1, True)],
    ),
    "areas inside an area": (
        (
            "●ジャンム・カシミール準州\n・管理ライン付近\nレベル4：退避（継続）\n・その周辺\nレベル3：渡航は（継続）\n"
            "●上記以外のインド全域（デリーなどの大都市を含む地域）\nレベル1：十分注意（継続）"
        ),
        [(4, False), (3, False), (1, True)],
    ),
    "a strip, and the country without it": (
        "●ウクライナとの国境周辺地域\nレベル4：退避（継続）\n●ウクライナとの国境周辺地域を除く地域\nレベル3：渡航は（継続）",
        [(4, False), (3, True)],
    ),
    "a rest that is stricter than its parts": (
        (
            "●南東部８県\nレベル３：渡航は止めて《引き下げ》\nただし、レベル３地域へ渡航・滞在することは妨げません。\n"
            "●上記以外の地域\nレベル４：退避《継続》"
        ),
        [(3, False), (4, True)],
    ),
    "a province without its city": (
        "●バロチスタン州全域（クエッタ市を除く）\nレベル３：渡航は《引き上げ》",
        [(3, False)],
    ),
    "the capital in the rest": (
        "●上記を除くゼムール州、タガント州\nレベル3：渡航は《継続》\n●首都ヌアクショットを含む上記以外の地域\nレベル1：十分《継続》",
        [(3, False), (1, True)],
    ),
    "the country without some districts": (
        "●ネパール全土（フムラ郡及びクンブ地区を除く）\nレベル1：十分《継続》",
        [(1, True)],
    ),
    "islands that are a country": ("●マーシャル諸島全土\nレベル１：十分注意", [(1, True)]),
    "an island that is none": (
        "●ミンダナオ島全域\nレベル３：渡航は\n●その他の地域\nレベル１：十分",
        [(3, False), (1, True)],
    ),
}


@pytest.mark.parametrize(("text", "steps"), BLOCKS.values(), ids=list(BLOCKS))
def test_a_level_block_is_read_line_by_line(text: str, steps: list[tuple[int, bool]]) -> None:
    for headed in (f"【危険レベル】\n{text}\n\n【ポイント】\n●その他", f"【危険度】\n{text}", text):
        assert [(step.level, step.whole) for step in jp_levels.block(headed).steps] == steps


def test_a_level_that_is_spoken_of_is_not_given() -> None:
    text = (
        "【危険レベル】\n●レベル４地域に接する地域\nレベル３：渡航は止めてください。《継続》\n※レベル２については別紙。"
    )
    assert [step.level for step in jp_levels.block(text).steps] == [3]


def test_the_remarks_of_blocks_side_by_side_are_kept_in_order() -> None:
    blocks = [jp_levels.block(f"●州\nレベル１：十分{mark}") for mark in ("《継続》", "（引下げ）", "（継続）")]
    joined = jp_levels.joined(blocks)
    assert (joined.marks, len(joined.steps)) == (("継続", "引下げ"), 3)
