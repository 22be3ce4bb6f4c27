"""Recorded history through the true readers, deciders and store, on a virtual clock."""

from __future__ import annotations

import json
import lzma
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisoryd.cli import main
from advisoryd.model.config import Config, Thresholds
from advisoryd.model.event import Event
from advisoryd.model.reading import Document, Parsed, Reader
from advisoryd.model.source import Source, SourceKind
from advisoryd.service.house import reader_for
from advisoryd.service.recorded import NotAStream, Snapshot, first_of, snapshots, streams
from advisoryd.service.replay import NothingReads, Replayed, replay, replay_all, sources_for
from advisoryd.service.score import DOWN, UP, Score, read_truth, score
from advisoryd.sources import catalogue

from .recording import RECORDINGS, cut

HONG_KONG = RECORDINGS / "hongkong.jsonl"
PLAIN = Config(state_dir="")
DAYS = {
    "raised": "2026-06-11T02:00",
    "lowered": "2026-06-13T02:30",
    "widened": "2026-06-14T02:00",
    "lifted": "2026-06-18T02:30",
}
"""When each event is told: what is stricter in its own poll, what is looser in the next."""


@pytest.fixture(scope="module")
def hong_kong() -> Replayed:
    return replay(HONG_KONG, PLAIN, catalogue.entries())


def told(events: tuple[Event, ...]) -> dict[str, str]:
    return {str(event.kind): f"{event.at:%Y-%m-%dT%H:%M}" for event in events if event.destination}


def test_history_is_told_as_the_daemon_would_have_told_it(hong_kong: Replayed) -> None:
    assert told(hong_kong.events) == DAYS
    assert [event.destination for event in hong_kong.events] == ["", "IN", "IN", "PH", "EG"]
    assert (hong_kong.issuer, hong_kong.sources, len(hong_kong.snapshots)) == ("HK", ("hk-ota",), 7)


def test_the_clock_stops_where_a_reading_waits_for_its_second_one(hong_kong: Replayed) -> None:
    between = sorted(set(hong_kong.polls) - set(hong_kong.snapshots))
    assert between == [datetime(2026, 6, day, 2, 30, tzinfo=UTC) for day in (13, 18)]


def test_a_list_that_broke_off_brings_no_event(hong_kong: Replayed) -> None:
    assert [event for event in hong_kong.events if event.first_seen.day in (16, 17)] == []


def test_every_reason_is_counted(hong_kong: Replayed) -> None:
    assert hong_kong.decisions["stricter-first-reading"] == 2
    assert hong_kong.decisions["looser-confirmed"] == 2
    assert hong_kong.decisions["date-only"] == 1


def test_history_twice_is_the_same_history(hong_kong: Replayed) -> None:
    assert replay(HONG_KONG, PLAIN, catalogue.entries()) == hong_kong


def test_the_limits_of_a_configuration_hold_in_a_replay() -> None:
    slow = replace(PLAIN, thresholds=Thresholds(confirm_after=timedelta(hours=5)))
    events = replay(HONG_KONG, slow, catalogue.entries()).events
    assert told(events)["lowered"] == "2026-06-13T07:00"


def test_progress_is_told_after_each_snapshot() -> None:
    seen: list[tuple[str, int]] = []
    replay(HONG_KONG, PLAIN, catalogue.entries(), lambda name, number: seen.append((name, number)))
    assert seen == [("hongkong.jsonl", number) for number in range(1, 8)]


def test_streams_side_by_side_are_what_each_is_alone(hong_kong: Replayed, tmp_path: Path) -> None:
    packed = tmp_path / "again.jsonl.xz"
    packed.write_bytes(lzma.compress(HONG_KONG.read_bytes()))
    finished: list[int] = []
    found = replay_all([HONG_KONG, packed], PLAIN, catalogue.entries(), finished.append)
    assert found == [hong_kong, hong_kong]
    assert finished == [1, 2]


def test_a_body_is_parsed_once_however_often_it_is_looked_at() -> None:
    parsed: Counter[bytes] = Counter()

    class Counting:
        def __init__(self, reader: Reader) -> None:
            self._reader = reader
            self.version, self.contract = reader.version, reader.contract
            self.endpoints, self.records = reader.endpoints, reader.records

        def parse(self, document: Document) -> Parsed:
            parsed[document.body] += 1
            return self._reader.parse(document)

    replay(HONG_KONG, PLAIN, catalogue.entries(), reader=lambda source: Counting(reader_for(source)))
    readable = [count for body, count in parsed.items() if b"EG" in body]
    assert readable == [1] * 6


def test_only_official_sources_that_ask_for_what_was_recorded_take_part(hong_kong: Replayed) -> None:
    first = Snapshot(hong_kong.first, "HK", {"https://www.sb.gov.hk/json/ota_index/ota_index.json": None})  # type: ignore[dict-item]
    known = catalogue.entries()["hk-ota"]
    others = [replace(known, id="press", kind=SourceKind.NEWS), replace(known, id="abroad", issuer="MO")]
    assert [source.id for source in sources_for(first, [*others, known], reader_for)] == ["hk-ota"]
    assert sources_for(replace(first, set={}), [known], reader_for) == []


def test_sources_are_freed_of_politeness_and_of_nothing_else() -> None:
    known: Source = catalogue.entries()["hk-ota"]
    body = json.loads(HONG_KONG.read_text(encoding="utf-8").splitlines()[0])
    first = Snapshot(datetime(2026, 6, 10, tzinfo=UTC), "HK", body["set"])
    [chosen] = sources_for(first, [known], reader_for)
    assert (
        replace(chosen, every=known.every, detail_every=known.detail_every, details_per_poll=known.details_per_poll)
        == known
    )


def test_a_stream_that_no_source_reads_is_named(tmp_path: Path) -> None:
    path = tmp_path / "atlantis.jsonl"
    path.write_text('{"time": "2026-01-01T00:00:00Z", "issuer": "HK", "set": {"https://a.example/": {"body": ""}}}\n')
    with pytest.raises(NothingReads, match=r"no source of the catalogue reads what atlantis\.jsonl recorded of HK"):
        replay(path, PLAIN, catalogue.entries())


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("not JSON", "line 2 is not a snapshot"),
        ('{"issuer": "HK"}', r"line 2 is not a snapshot: .*time"),
        ('{"time": "yesterday", "issuer": "HK"}', "line 2 is not a snapshot"),
        ('{"time": "2026-01-01T00:00:00Z", "issuer": "HK", "set": []}', "line 2 is not a snapshot"),
    ],
)
def test_a_line_that_is_no_snapshot_is_named_with_its_file(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "hongkong.jsonl"
    path.write_text(HONG_KONG.read_text(encoding="utf-8").splitlines()[0] + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(NotAStream, match=rf"hongkong\.jsonl {problem}"):
        replay(path, PLAIN, catalogue.entries())


SNAPSHOT = {"time": "2026-06-20T00:00:00Z", "issuer": "HK", "set": {"https://a.example/": {"body": ""}}}


def lines(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        (b"", "stream.jsonl is empty"),
        (lines(SNAPSHOT) + b"\xff", "stream.jsonl cannot be read after line"),
        (lines(SNAPSHOT, {**SNAPSHOT, "time": "2026-06-19T00:00:00Z"}), "stream.jsonl is not in order of time"),
        (lines(SNAPSHOT, {**SNAPSHOT, "issuer": "MO"}), "stream.jsonl holds more than one issuer: HK and MO"),
    ],
)
def test_a_file_that_is_no_history_is_named(tmp_path: Path, made: bytes, problem: str) -> None:
    path = tmp_path / "stream.jsonl"
    path.write_bytes(made)
    with pytest.raises(NotAStream, match=problem):
        list(snapshots(path)) or first_of(path)


def test_only_files_that_begin_with_payloads_are_streams(tmp_path: Path) -> None:
    for name in ("hongkong.jsonl", "truth.jsonl"):
        shutil.copy(RECORDINGS / name, tmp_path)
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "broken.jsonl.xz").write_bytes(b"no archive")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    assert [path.name for path in streams(tmp_path)] == ["hongkong.jsonl"]


# the verb


def test_the_verb_counts_events_and_compares_them_with_the_truth(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["replay", str(RECORDINGS), "--truth", str(RECORDINGS / "truth.jsonl"), "--misses"])
    said = capsys.readouterr().out
    assert status == 0
    rows = [line.split() for line in said.splitlines()]
    assert ["raised", "1", "1"] in rows
    assert ["all", "level", "and", "scope", "4", "4", "0", "0", "100.0%", "100.0%"] in rows
    assert "HK: 7 snapshots over 8 days, 9 polls, hk-ota" in said
    assert "missed" not in said


def test_events_are_json_lines_on_paper_and_on_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "events.jsonl"
    assert main(["replay", str(HONG_KONG), "--json", "--out", str(out)]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["kind"] for event in shown] == ["baseline", *DAYS]
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == shown


CONFIGURATION = """
[daemon]
state_dir = "state"
[sources]
enable = {sources}
[[channel]]
name = "screen"
type = "console"
[[subscription]]
name = "everything"
channels = ["screen"]
[[subscription]]
name = "egypt"
destinations = ["EG"]
channels = ["screen"]
"""


def test_a_configuration_tells_what_it_would_have_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "my.toml"
    config.write_text(CONFIGURATION.format(sources='["hk-ota"]'))
    assert main(["replay", str(RECORDINGS), "--config", str(config), "--by-day"]) == 0
    rows = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "everything 4 4 15.2 1 raised, 1 lowered, 1 widened, 1 lifted" in rows
    assert "egypt 1 1 3.8 1 lifted" in rows
    assert "1 egypt lifted looser-confirmed hk-ota" in rows
    assert rows[-2:] == ["2026-06-18 egypt 1 lifted", "2026-06-18 everything 1 lifted"]
    assert not any("not watched" in row for row in rows)


def test_a_source_that_the_configuration_does_not_watch_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "my.toml"
    config.write_text(CONFIGURATION.format(sources='["cn-mfa"]'))
    assert main(["replay", str(RECORDINGS), "--config", str(config)]) == 0
    said = capsys.readouterr().out
    assert "not watched by this configuration, so not counted: hk-ota" in said
    assert "looser-confirmed" not in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "there is no folder or file nowhere"),
        ([str(RECORDINGS.parent)], "holds no recorded payloads"),
        ([str(RECORDINGS), "--issuer", "xx"], "holds no recorded payloads"),
        ([str(RECORDINGS), "--truth", str(HONG_KONG)], "hongkong.jsonl line 1 is not a true event: "),
        ([str(RECORDINGS / "truth.jsonl")], "no source of the catalogue reads what truth.jsonl recorded of HK"),
    ],
)
def test_what_cannot_be_replayed_is_one_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", *words]) in (1, 3)
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


# real history


def test_no_level_change_of_a_real_month_is_missed_or_late(shared: Path, tmp_path: Path) -> None:
    """Australia from the tenth of June to the tenth of July 2025: war between Israel and Iran, and its end."""
    first, last = datetime(2025, 6, 10, tzinfo=UTC), datetime(2025, 7, 10, tzinfo=UTC)
    path = cut(shared / "replay/australia.jsonl.xz", first, last, tmp_path / "australia.jsonl")
    found = replay(path, PLAIN, catalogue.entries())
    truth = [row for row in read_truth(shared / "replay/truth.jsonl.xz") if first < row.time <= last]
    scored = score(found, truth)
    assert delays(scored, UP) == {"IL": 0, "QA": 0, "OM": 0}
    assert delays(scored, DOWN) == {"TM": 1, "MZ": 1, "IL": 1, "OM": 1}
    assert scored.extra == {}


def delays(scored: Score, name: str) -> dict[str, int | None]:
    """How many polls late each true event was found; ``None`` where it was not."""
    matches = scored.matches[name]
    return {match.truth.destination_iso2: match.polls if match.event else None for match in matches}
