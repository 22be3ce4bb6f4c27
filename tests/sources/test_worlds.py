"""Every source in its own world: whatever its issuer does wrong, no one is told a wrong thing and the operator sees it.

Each test is one scene, played for every source that has a world (``tests/sources/worlds/``) through the true poller,
store and deciders on a virtual clock: first an ordinary reading, then something happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.source import SourceKind
from advisoryd.service.poll import Polled
from advisoryd.sources import catalogue

from .worlds.stage import PAGES_LOST, Stage, Theatre, cast_of, is_register, reader_of
from .worlds.world import Impossible, Row, World, worlds

NOTHING: set[str] = set()
UNREADABLE = {"unreadable"}
ABSENT = {"not-found", PAGES_LOST}
BROKEN = {"source-degraded"}
UNKNOWN = {"unknown-level", "unknown-field"}
FOREIGN_CHARSETS = {"zh-Hans": "gb18030", "zh-Hant": "big5hkscs", "ja": "cp932", "ko": "cp949"}
HANDFUL = 5
TITLED = {"cn-embassy-jp": "注意安全".encode(), "cz-mzv": "doporučení na cesty".encode(), "ecdc": b"Risk assessment"}
"""A part of every title, by sources whose entries are bulletins."""


def those(wanted: Callable[[World], bool]) -> pytest.MarkDecorator:
    """Play the scene for all worlds of a kind."""
    chosen = [world for world in worlds().values() if wanted(world)]
    return pytest.mark.parametrize("world", chosen, ids=[world.source.id for world in chosen])


def has_levels(world: World) -> bool:
    return len(world.levels) > 1


def is_calm_register(world: World) -> bool:
    return is_register(world) and has_levels(world) and reader_of(world.source).contract.lists_calm


every_source = those(lambda _: True)
every_graded_source = those(has_levels)
every_graded_register = those(lambda world: has_levels(world) and is_register(world))
every_register = those(is_register)
every_calm_register = those(is_calm_register)


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """Where all scenes are played, one after the other."""
    opened = Theatre(tmp_path_factory.mktemp("theatre"))
    yield opened
    opened.closes()


@pytest.fixture
def stage(world: World, theatre: Theatre) -> Stage:
    """The source after its first reading."""
    return theatre.opens(world)


@pytest.fixture
def rows(world: World) -> list[Row]:
    """What the first reading saw."""
    return cast_of(world)[0]


@pytest.fixture
def spare(world: World) -> str:
    """A place that the first reading did not see."""
    return cast_of(world)[1]


def played(scene: Callable[[], object]) -> None:
    """Play a scene that some wire shapes cannot have."""
    try:
        scene()
    except Impossible as reason:
        pytest.skip(f"cannot happen here: {reason}")


def dated(rows: Sequence[Row], stage: Stage) -> list[Row]:
    """The same rows, all of them dated today."""
    return [replace(row, date=stage.now) for row in rows]


def says(rows: Sequence[Row], row: Row, stage: Stage) -> list[Row]:
    """The rows once the issuer says ``row``: in place of what it said before, or in a stream as the newest entry."""
    fresh = replace(row, date=stage.now)
    if is_register(stage.world):
        return [fresh if old.place == row.place else old for old in rows]
    return [*rows, fresh]


def lists_advice_only(stage: Stage) -> bool:
    """Whether a row that stays away is advice that has ended."""
    return is_register(stage.world) and not stage.calm


def told_by(polled: Polled) -> list[str]:
    """The kinds of everything that anybody is told of by a poll, the operator included."""
    return [str(event.kind) for event in polled.events]


def at(rows: Sequence[Row], level: Level) -> Row:
    """The first row at a level."""
    return next(row for row in rows if row.level is level)


def stood_still(stage: Stage, before: object, signals: set[str], rows: Sequence[Row], news: Sequence[str] = ()) -> None:
    """Nobody was told anything but ``news``, the last good state stands, the operator can see why (by one of
    ``signals``, if there are any); and when it is over, that is no news either."""
    assert stage.news() == list(news)
    assert stage.levels() == before
    assert stage.signals() & signals or not signals
    assert stage.keeps_evidence()
    stage.polls(rows)
    assert stage.news() == []
    assert stage.levels() == before


# The first reading.


@every_graded_source
def test_the_first_reading_says_nothing_and_reads_every_level_as_it_was_meant(stage: Stage, rows: list[Row]) -> None:
    assert {row.place: stage.level_of(row.place) for row in rows} == {row.place: row.level for row in rows}


@every_source
def test_a_second_reading_of_the_same_says_nothing(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    stage.polls(rows)
    assert (stage.news(), stage.levels(), stage.signals()) == ([], before, set())


# What goes wrong.


@every_source
def test_an_empty_list_is_a_fault(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    stage.polls([])
    stood_still(stage, before, UNREADABLE | ABSENT if stage.reader.contract.min_rows else NOTHING, rows)


@every_register
def test_half_a_list_is_a_fault(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    stage.polls(rows[: len(rows) // 2])
    stood_still(stage, before, UNREADABLE | BROKEN | ABSENT, rows)


@every_calm_register
def test_a_handful_of_rows_missing_at_once_is_a_fault(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    stage.polls(rows[HANDFUL:])
    stood_still(stage, before, BROKEN | ABSENT, rows)


@every_source
def test_an_error_page_with_200_is_a_fault(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    stage.breaks(rows)
    stood_still(stage, before, UNREADABLE, rows)


@every_source
def test_error_pages_behind_a_good_list_are_a_fault(stage: Stage, rows: list[Row]) -> None:
    if set(stage.world.serve(rows)) <= stage.endpoints:
        pytest.skip("cannot happen here: no page stands behind the list")
    before = stage.levels()
    stage.breaks(rows, but=stage.endpoints)
    stood_still(stage, before, UNREADABLE | UNKNOWN | BROKEN, rows)


@every_graded_source
def test_a_renamed_field_is_noticed_and_lowers_nothing(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    played(lambda: stage.polls(dated(rows, stage), renamed="other"))
    stood_still(stage, before, UNREADABLE | UNKNOWN | BROKEN, rows)


@every_source
def test_another_charset_than_the_declared_one_is_no_news(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    language = stage.source.language
    stage.polls(rows, charset=FOREIGN_CHARSETS.get(language, "cp1252"))
    stood_still(stage, before, UNREADABLE if language in FOREIGN_CHARSETS else NOTHING, rows)


@pytest.mark.parametrize("world", [worlds()[name] for name in TITLED], ids=list(TITLED))
def test_a_bad_byte_in_a_title_today_and_none_tomorrow_is_no_news(stage: Stage, rows: list[Row]) -> None:
    answers = stage.world.serve(rows)
    title = TITLED[stage.world.source.id]
    stage.meets(
        {url: replace(found, body=found.body.replace(title, b"\xff" + title[1:], 1)) for url, found in answers.items()}
    )
    assert stage.news() == []
    assert stage.signals() == set()
    stage.polls(rows)
    assert stage.news() == []


@every_source
def test_a_row_that_stands_there_twice_is_noticed(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    played(lambda: stage.polls(rows, duplicate=True))
    stood_still(stage, before, {"duplicate"}, rows)


@every_register
def test_a_fault_that_lasts_is_told_once_and_its_end_once(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    told = [kind for _ in range(4) for kind in told_by(stage.breaks(rows))]
    assert told.count("source-degraded") == 1
    assert set(told) <= BROKEN | {"source-finding"}
    assert stage.levels() == before
    assert told_by(stage.polls(rows)) == ["source-recovered"]


# What changes without being news.


@every_source
def test_a_row_that_is_missing_for_two_days_and_comes_back(stage: Stage, rows: list[Row]) -> None:
    """Where only advice is listed, absence is the issuer's way of ending it; everywhere else it means nothing yet."""
    gone = max(rows, key=lambda row: row.level or 0)
    told = []
    without = [row for row in rows if row is not gone]
    for shown in (without, without, without, rows):
        stage.polls(shown, after="16h")
        told += stage.news()
    level = int(gone.level or 0)
    assert told == (
        [f"{gone.place} lifted {level}→?", f"{gone.place} issued 1→{level}"] if lists_advice_only(stage) else []
    )


@every_register
def test_new_dates_on_all_rows_are_no_news(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    stage.polls(dated(rows, stage))
    assert (stage.news(), stage.levels(), stage.signals()) == ([], before, set())


@every_source
def test_the_first_sight_of_a_place(stage: Stage, rows: list[Row], spare: str) -> None:
    """A register of everything that lists one place more says nothing new; new advice in a list of advice is issued."""
    level = stage.world.levels[-1] if stage.world.levels else None
    stage.polls([*rows, Row(spare, level, stage.now)])
    if level is None:
        assert stage.news() == [f"{spare} bulletin"]
    else:
        assert stage.news() == ([] if stage.calm else [f"{spare} issued ?→{int(level)}"])


@every_source
def test_a_name_that_nobody_knows_is_set_aside_and_told_to_the_operator(stage: Stage, rows: list[Row]) -> None:
    before = stage.levels()
    played(lambda: stage.polls(rows, unknown_name="Freedonia"))
    if not stage.world.levels:
        assert stage.news() == [" bulletin"]
        return
    stood_still(stage, before, {"unknown-place"}, rows)


@every_graded_source
def test_a_level_that_nobody_knows_lowers_nothing_and_is_told_to_the_operator(stage: Stage, rows: list[Row]) -> None:
    """New words may mean anything: readers of the source hear them once, as they are and without a level."""
    before = stage.levels()
    first = replace(rows[0], date=stage.now)
    others = rows[1:] if is_register(stage.world) else rows
    played(lambda: stage.polls([first, *others], unknown_level="Purple"))
    assert stage.news() in ([], [f"{first.place} amended {int(first.level or 0)}→?"])
    stood_still(stage, before, UNKNOWN, rows, news=stage.news())


# What is news.


@every_graded_source
def test_a_raise_is_told_at_once(stage: Stage, rows: list[Row]) -> None:
    lower, higher = stage.world.levels[-2:]
    row = replace(at(rows, lower), level=higher)
    stage.polls(says(rows, row, stage))
    assert stage.news() == [f"{row.place} raised {int(lower)}→{int(higher)}"]
    assert stage.level_of(row.place) is higher


@every_calm_register
def test_a_raise_is_told_even_while_rows_are_missing(stage: Stage, rows: list[Row]) -> None:
    lower, higher = stage.world.levels[-2:]
    row = replace(at(rows[HANDFUL:], lower), level=higher)
    stage.polls(says(rows[HANDFUL:], row, stage))
    assert stage.news() == [f"{row.place} raised {int(lower)}→{int(higher)}"]
    assert stage.signals() & (BROKEN | ABSENT)


@every_graded_source
def test_a_lowering_is_told_when_a_second_good_reading_confirms_it(stage: Stage, rows: list[Row]) -> None:
    lower, higher = stage.world.levels[-2:]
    row = replace(at(rows, higher), level=lower)
    looser = says(rows, row, stage)
    stage.polls(looser)
    assert (stage.news(), stage.level_of(row.place)) == ([], higher)
    stage.breaks(looser)
    assert (stage.news(), stage.level_of(row.place)) == ([], higher)
    told = []
    for _ in range(2):
        stage.polls(looser)
        told += stage.news()
    assert (told, stage.level_of(row.place)) == ([f"{row.place} lowered {int(higher)}→{int(lower)}"], lower)


@every_graded_register
def test_a_lowering_that_is_taken_back_was_never_news(stage: Stage, rows: list[Row]) -> None:
    lower, higher = stage.world.levels[-2:]
    before = stage.levels()
    stage.polls(says(rows, replace(at(rows, higher), level=lower), stage))
    stage.polls(rows)
    assert (stage.news(), stage.levels()) == ([], before)


# Whose worlds there are.


def test_every_source_of_the_catalogue_has_a_world() -> None:
    """Media speak in ordinary feeds, whose world is played once."""
    told = {source.id for source in catalogue.entries().values() if source.kind is not SourceKind.NEWS}
    assert sorted(told - set(worlds())) == []
