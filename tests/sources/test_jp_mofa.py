"""Japan's danger information: its own scale, its two feeds, its level blocks and flags."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd import codec
from advisoryd.model.ladder import Action, Level, Reason, Track
from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.record import Area, Record, Region
from advisoryd.model.source import Source
from advisoryd.sources import jp_countries, jp_levels, jp_mofa, options

GOLDEN = Path(__file__).parent / "golden" / "jp-mofa"
SOURCE = Source(id="jp-mofa", issuer="JP", name="n", reader="jp_mofa", language="ja")
READER = jp_mofa.reader(SOURCE)
NOW = datetime(2026, 11, 16, tzinfo=UTC)
WORDS = jp_levels.WORDS


def page(name: str) -> str:
    return (GOLDEN / name).read_text("utf-8")


def parse(body: str | bytes, url: str = "https://www.anzen.mofa.go.jp/rss/news.xml") -> Parsed:
    return READER.parse(Document(url, body.encode() if isinstance(body, str) else body))


def joined(*parsed: Parsed) -> dict[str, list[Record]]:
    """The records of all bulletins, joined from the documents given."""
    keys = dict.fromkeys(key for one in parsed for key in one.pieces)
    return {key: list(READER.records(key, [one.pieces[key] for one in parsed if key in one.pieces])) for key in keys}


NEWS, DATA = parse(page("news.xml")), parse(page("newarrival.xml"))
BOTH = joined(NEWS, DATA)


def news(title: str, text: str, kind: str = "危険情報", code: str = "2026T001") -> Parsed:
    """An RSS with one bulletin."""
    return parse(
        f"<rss version='2.0'><channel><item><title>{title}</title><description>{text}</description>"
        f"<link>https://www.anzen.mofa.go.jp/info/pchazardspecificinfo_{code}.html</link><category>{kind}</category>"
        "<pubDate>Mon, 16 Nov 2026 17:45:10 +0900</pubDate></item></channel></rss>"
    )


def data(flags: str = "0000", name: str = "マリ", code: str = "0223", kind: str = "T40", text: str = "") -> Parsed:
    """Open data with one bulletin; ``flags`` are those of the levels 4 to 1."""
    risk, infection = (flags, "0000") if kind == "T40" else ("0000", flags)
    levels = "".join(
        f"<riskLevel{step}>{one}</riskLevel{step}><infectionLevel{step}>{two}</infectionLevel{step}>"
        for step, one, two in zip((4, 3, 2, 1), risk, infection, strict=True)
    )
    return parse(
        f"<opendata><mail><keyCd>2026T001</keyCd><infoType>{kind}</infoType><leaveDate>2026/11/16 00:00:00</leaveDate>"
        f"<country areaCd='60'><cd>{code}</cd><name>{name}</name></country><title>{name}の危険情報</title>"
        f"<subText>{text}</subText><infoUrl>https://a.example</infoUrl>{levels}</mail></opendata>"
    )


def only(*parsed: Parsed) -> Record:
    ((record,),) = joined(*parsed).values()
    return record


def test_the_recorded_feeds_give_the_recorded_records() -> None:
    expected = json.loads(page("records.json"))
    assert codec.plain(codec.canonical(BOTH)) == expected
    assert NEWS.findings == DATA.findings == ()


def test_every_record_says_what_its_bulletin_said() -> None:
    told = [
        (record.destination, record.track, record.level, record.editorial)
        for found in BOTH.values()
        for record in found
    ]
    assert told == [
        ("NG", Track.SECURITY, Level.RECONSIDER, False),
        ("AF", Track.SECURITY, Level.AVOID, True),
        ("TH", Track.SECURITY, Level.NORMAL, False),
        ("ML", Track.SECURITY, Level.CAUTION, False),
        ("CD", Track.HEALTH, Level.RECONSIDER, False),
        ("UG", Track.HEALTH, Level.CAUTION, False),
        ("HT", Track.SECURITY, Level.AVOID, True),
    ]


@pytest.mark.parametrize(
    ("step", "level", "actions"),
    [
        (1, Level.CAUTION, {Action.CAUTION}),
        (2, Level.RECONSIDER, {Action.AVOID_NON_ESSENTIAL}),
        (3, Level.AVOID, {Action.AVOID_ALL}),
        (4, Level.AVOID, {Action.AVOID_ALL, Action.LEAVE}),
    ],
)
def test_japans_levels_are_one_step_off_the_ladder(step: int, level: Level, actions: set[Action]) -> None:
    found = only(
        news("マリの危険情報【危険レベルの引き上げ】", f"【危険レベル】\n●マリ全土\n{WORDS[step]}《引き上げ》")
    )
    assert (found.level, found.native_level, found.actions) == (level, WORDS[step], actions)
    assert found.scope.regional is False


def test_the_rest_of_the_country_is_the_country_and_the_others_are_its_parts() -> None:
    (nigeria,) = BOTH["2026T901"]
    assert (nigeria.level, nigeria.native_level) == (Level.RECONSIDER, WORDS[2])
    assert nigeria.scope.regions == (
        Region("北部2州", Level.AVOID),
        Region("ラゴス市", Level.CAUTION, Area.CITY, "NG-LA"),
    )
    assert nigeria.note == "一部地域の危険情報のレベル引き下げ"
    assert nigeria.reasons == {Reason.ARMED_CONFLICT, Reason.KIDNAPPING}


def test_levels_of_parts_only_make_the_whole_take_care() -> None:
    (mali,) = BOTH["2026T897"]
    assert (mali.level, mali.native_level, mali.highest) == (Level.CAUTION, WORDS[4], Level.AVOID)
    assert [region.kind for region in mali.scope.regions] == [Area.CITY, Area.STRIP]


def test_a_lifted_level_is_explicitly_none() -> None:
    (thailand,) = BOTH["2026T898"]
    assert (thailand.level, thailand.native_level, thailand.advises) == (Level.NORMAL, "", False)
    assert thailand.note == "危険レベル解除"


def test_a_part_that_was_lifted_lifts_nothing_else() -> None:
    text = "【危険レベル】\n●南部\n危険レベル解除《引き下げ》"
    told = news("マリの危険情報【一部地域の危険レベル解除】", text)
    assert only(told).level is None
    assert only(told, data("0110")).level is Level.RECONSIDER
    assert only(told, data("0000")).level is Level.NORMAL


def test_each_country_of_a_common_bulletin_has_its_own_line() -> None:
    congo, uganda = BOTH["2026T896"]
    assert (congo.destination, congo.native_level) == ("CD", WORDS[2])
    assert (uganda.destination, uganda.native_level) == ("UG", WORDS[1])
    assert congo.scope.regions == uganda.scope.regions == ()
    assert Reason.HEALTH in congo.reasons


def test_flags_stand_in_where_there_is_no_level_block() -> None:
    (haiti,) = BOTH["2026T900"]
    assert (haiti.level, haiti.native_level, haiti.scope.regional) == (Level.AVOID, WORDS[4], False)


@pytest.mark.parametrize(
    ("flags", "level", "words", "levels"),
    [
        ("0000", Level.NORMAL, "", frozenset()),
        ("0010", Level.RECONSIDER, WORDS[2], frozenset()),
        ("1111", Level.CAUTION, WORDS[1], {Level.CAUTION, Level.RECONSIDER, Level.AVOID}),
        ("1100", Level.AVOID, WORDS[3], {Level.AVOID}),
    ],
)
def test_the_lowest_flag_is_the_country_and_the_highest_its_worst_part(
    flags: str, level: Level, words: str, levels: frozenset[Level]
) -> None:
    found = only(data(flags))
    assert (found.level, found.native_level, found.scope.levels) == (level, words, levels)
    assert found.scope.regional is (len(levels) > 0)


def test_the_flags_of_the_other_family_do_not_count() -> None:
    found = only(data("0100", kind="T81"))
    assert (found.track, found.level) == (Track.HEALTH, Level.AVOID)


def test_a_level_block_that_was_cut_off_gives_way_to_the_flags() -> None:
    cut = f"【危険レベル】\n●北部\n{WORDS[4]}《継続》\n" + "●長い地域名" * 200
    assert only(news("マリの危険情報【継続】", cut)).level is Level.CAUTION
    assert only(news("マリの危険情報【継続】", cut), data("1110")).level is Level.RECONSIDER


def test_a_bulletin_reads_the_same_when_one_feed_has_let_go_of_it() -> None:
    (both,), (alone,) = BOTH["2026T901"], joined(NEWS)["2026T901"]
    assert both == alone


def test_the_minute_comes_from_the_rss_and_the_day_from_the_open_data() -> None:
    (nigeria,), (haiti,) = BOTH["2026T901"], BOTH["2026T900"]
    assert nigeria.issued_at is not None
    assert haiti.issued_at is not None
    assert (nigeria.issued_at.at, nigeria.issued_at.day) == (datetime(2026, 11, 16, 8, 45, 10, tzinfo=UTC), False)
    assert (haiti.issued_at.at, haiti.issued_at.day) == (datetime(2026, 11, 15, 15, tzinfo=UTC), True)


def test_a_date_without_a_zone_is_japans() -> None:
    parsed = parse(page("news.xml").replace(" +0900", ""))
    (nigeria,) = joined(parsed)["2026T901"]
    assert nigeria.issued_at is not None
    assert nigeria.issued_at.at == datetime(2026, 11, 16, 8, 45, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("remark", "mark", "editorial"),
    [
        ("危険レベル継続】（内容の更新）", "継続", True),
        ("危険レベル継続】", "継続", True),
        ("一部地域の危険レベル引き下げ】（内容の更新）", "引き下げ", False),
        ("危険レベル継続】", "引き上げ", False),
        ("新規】", "新規", False),
    ],
)
def test_only_a_refresh_of_an_unchanged_level_is_editorial(remark: str, mark: str, editorial: bool) -> None:
    found = only(news(f"マリの危険情報【{remark}", f"【危険レベル】\n●マリ全土\n{WORDS[3]}《{mark}》"))
    assert found.editorial is editorial


def test_notices_without_level_are_bulletins_with_their_countries() -> None:
    assert [(item.key, item.destinations) for item in NEWS.items] == [("2026C901", ("PH",)), ("2026C902", ())]
    assert [(item.key, item.destinations) for item in DATA.items] == [("2026C902", ("AE", "YE"))]


def test_both_feeds_make_the_same_words_of_a_bulletin_so_that_it_is_not_told_twice() -> None:
    one, two = NEWS.items[1], DATA.items[0]
    assert (one.key, one.title, one.summary, one.url) == (two.key, two.title, two.summary, two.url)


def test_consular_mail_is_passed_over() -> None:
    assert "999001" not in DATA.pieces
    assert "999001" not in [item.key for item in DATA.items]


def test_open_data_full_of_consular_mail_says_nothing_and_is_no_failure() -> None:
    mail = "<mail><keyCd>1</keyCd><infoType>R10</infoType></mail>"
    parsed = parse(f"<opendata>{mail * 30}</opendata>")
    assert (parsed.pieces, parsed.items, parsed.findings) == ({}, (), ())


def test_sections_follow_the_headings_in_brackets() -> None:
    (nigeria,) = BOTH["2026T901"]
    assert [section.heading for section in nigeria.sections] == ["危険レベル", "ポイント"]
    assert nigeria.sections[1].blocks[1] == "●誘拐の危険は続いています。"


def test_one_line_holds_a_block_as_well_as_many() -> None:
    north, south = f"●北部 {WORDS[3]}《継続》", f"●南部 ●西部 {WORDS[2]}《継続》"
    block = jp_levels.block(f"【危険レベル】 {north} {south} ●上記以外の地域 {WORDS[1]}《継続》 【ポイント】")
    assert [(step.area, step.level) for step in block.steps] == [
        ("北部", 3),
        ("南部", 2),
        ("西部", 2),
        ("上記以外の地域", 1),
    ]
    assert (block.complete, block.marks) == (True, ("継続",))


def test_a_remark_about_an_earlier_level_is_no_line_of_its_own() -> None:
    north = f"●北部\n{WORDS[2]}《引き下げ》（レベル３からの引き下げ）"
    block = jp_levels.block(f"【危険レベル】\n{north}\n●南部\n{WORDS[1]}")
    assert [(step.area, step.level) for step in block.steps] == [("北部", 2), ("南部", 1)]


def test_a_level_without_an_area_is_the_whole_countrys() -> None:
    found = only(news("マリの危険情報【新規】", f"【危険レベル】{WORDS[2]}《新規》"))
    assert (found.level, found.scope.regional) == (Level.RECONSIDER, False)


def test_a_bulletin_without_any_level_is_of_unknown_level_and_is_told() -> None:
    parsed = news("マリの危険情報【更新】", "本文のみ")
    found = only(parsed)
    assert (found.level, found.native_level) == (None, "マリの危険情報【更新】")
    assert [finding.kind for finding in parsed.findings] == [FindingKind.UNKNOWN_LEVEL]


def test_an_unknown_country_is_quarantined_and_told() -> None:
    parsed = news("甲国の危険情報【新規】", f"【危険レベル】\n●甲国全土\n{WORDS[3]}《新規》")
    found = only(parsed)
    assert (found.destination, found.name, found.level) == ("", "甲国", Level.AVOID)
    assert [finding.kind for finding in parsed.findings] == [FindingKind.UNKNOWN_PLACE]


def test_a_code_stands_in_for_a_name_that_is_missing_or_unknown() -> None:
    assert only(data("0100", name="", code="0223")).destination == "ML"
    assert jp_countries.place("1000") == "US"
    assert jp_countries.place("9999") == ""


def test_the_same_bulletin_twice_is_told() -> None:
    text = page("news.xml")
    start, end = text.index("        <item>"), text.index("</item>") + len("</item>\n")
    parsed = parse(text[:start] + text[start:end] * 2 + text[end:])
    assert [(finding.kind, finding.keys) for finding in parsed.findings] == [(FindingKind.DUPLICATE, ("2026T901",))]
    assert len(parsed.pieces) == 5


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("an error page with 200", page("blocked.html"), "wrong-shape"),
        ("nothing", "", "wrong-shape"),
        ("an empty feed", "<rss version='2.0'><channel></channel></rss>", "empty-list"),
        ("empty open data", "<opendata mailCount='0'></opendata>", "empty-list"),
        (
            "renamed rows",
            page("newarrival.xml").replace("<mail>", "<post>").replace("</mail>", "</post>"),
            "empty-list",
        ),
        ("half of the open data", page("newarrival.xml")[:2500], "wrong-shape"),
        ("another document", "<urlset><url/></urlset>", "wrong-shape"),
    ],
)
def test_a_document_in_another_shape_is_unreadable(reason: str, body: str, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        parse(body)
    assert refusal.value.kind == kind, reason


def test_a_wrong_charset_is_refused() -> None:
    body = page("news.xml").encode("cp932", "replace")
    with pytest.raises(Unreadable) as refusal:
        parse(body)
    assert refusal.value.kind == "garbled"


def test_renamed_flags_leave_the_level_unknown_and_not_lifted() -> None:
    parsed = parse(page("newarrival.xml").replace("riskLevel", "dangerLevel"))
    (haiti,) = joined(parsed)["2026T900"]
    assert haiti.level is None
    assert FindingKind.UNKNOWN_LEVEL in {finding.kind for finding in parsed.findings}


def test_both_feeds_are_asked_for_and_the_contract_is_a_stream() -> None:
    assert [request.url.rpartition("/")[2] for request in READER.endpoints(NOW)] == ["news.xml", "newarrival.xml"]
    assert (READER.contract.shape, READER.contract.usual_gap) == (Shape.STREAM, timedelta(days=3))
    assert READER.records("2026T001", []) == ()


def test_wrong_options_are_told() -> None:
    wrong = Source(id="jp-mofa", issuer="JP", name="n", reader="jp_mofa", options={"news_url": "x", "rss": 1})
    assert len(jp_mofa.check_options(wrong)) == 2
    with pytest.raises(options.OptionError, match="jp-mofa"):
        jp_mofa.reader(wrong)


@given(st.binary(max_size=60), st.integers(0, 6000), st.integers(0, 300))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise_anything_but_unreadable(noise: bytes, at: int, gone: int) -> None:
    for name in ("news.xml", "newarrival.xml"):
        whole = page(name).encode()
        try:
            parsed = parse(whole[:at] + noise + whole[at + gone :])
        except Unreadable:
            continue
        assert all(record.issuer == "JP" for found in joined(parsed).values() for record in found)


@given(st.text(st.sampled_from("【】危険レベル解除●１２３４1234：《》引き上げ継続全土上記以外の地域\n "), max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_level_block_is_read_into_steps_of_japans_scale(text: str) -> None:
    assert all(0 <= step.level <= 4 for step in jp_levels.block(f"【危険レベル】{text}").steps)
