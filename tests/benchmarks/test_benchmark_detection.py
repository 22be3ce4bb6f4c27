"""The figures of detection, and the simpler tools they are compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisoryd.service.recorded import Served, Snapshot
from benchmarks import detection
from benchmarks.watchers import FeedReader, PageWatcher

RECORDINGS = Path(__file__).parents[1] / "service/recordings"
LIST, PAGE, FEED = "https://a.example/list", "https://a.example/jp", "https://a.example/feed"
FIRST, SECOND = "2025-06-01T08:00:00Z", "2025-06-02T08:00:00Z"


def snapshot(served: Mapping[str, str], kind: str) -> Snapshot:
    return Snapshot(datetime(2025, 6, 1, tzinfo=UTC), "GB", {url: Served(body, kind) for url, body in served.items()})


def atom(**entries: str) -> str:
    told = "".join(
        f"<entry><id>{key}</id><title>{key}</title><updated>{day}</updated></entry>" for key, day in entries.items()
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Advice</title>{told}</feed>'


@pytest.mark.parametrize(
    ("body", "alerts"),
    [
        ("<p>Avoid all travel.</p>", 0),
        ('<div class="new"><p>Avoid  all\ntravel.</p></div>', 0),
        ("<p>Avoid all travel!</p>", 1),
    ],
)
def test_a_page_watcher_alerts_on_what_a_visitor_sees(body: str, alerts: int) -> None:
    watcher = PageWatcher([LIST])
    assert watcher.look(snapshot({PAGE: "<p>Avoid all travel.</p>"}, "text/html")) == 0
    assert watcher.look(snapshot({PAGE: body, LIST: "<p>another list</p>"}, "text/html")) == alerts


def test_when_a_file_was_made_is_nothing_that_a_page_watcher_sees() -> None:
    watcher = PageWatcher([])
    watcher.look(snapshot({PAGE: json.dumps({"metadata": 1, "data": "calm"})}, "application/json"))
    assert watcher.look(snapshot({PAGE: json.dumps({"metadata": 2, "data": "calm"})}, "application/json")) == 0
    assert watcher.look(snapshot({PAGE: json.dumps({"metadata": 2, "data": "care"})}, "application/json")) == 1


def test_where_there_are_no_pages_each_row_stands_for_one() -> None:
    watcher = PageWatcher([LIST])
    said = [{"title": name, "level": 1} for name in ("Japan", "Kenya", "Peru")]
    watcher.look(snapshot({LIST: json.dumps(said)}, "application/json"))
    said[0]["level"] = said[2]["level"] = 2
    assert watcher.look(snapshot({LIST: json.dumps([*said, {"title": "new"}])}, "application/json")) == 2


def test_a_feed_reader_alerts_on_new_entries_and_newer_dates() -> None:
    reader = FeedReader([])
    assert reader.look(snapshot({FEED: atom(jp=FIRST, ke=SECOND)}, "application/atom+xml")) == 0
    assert reader.look(snapshot({FEED: atom(jp=FIRST, ke=SECOND)}, "application/atom+xml")) == 0
    assert reader.look(snapshot({FEED: atom(jp=SECOND, ke=FIRST, pe=FIRST)}, "application/atom+xml")) == 2


def test_a_feed_reader_goes_by_the_dates_of_an_index_where_no_feed_was_recorded() -> None:
    def index(stamp: int) -> Snapshot:
        body = {"data": {"JP": {"date-published": {"timestamp": stamp}}}}
        return snapshot({LIST: json.dumps(body)}, "application/json")

    reader = FeedReader([LIST])
    assert [reader.look(index(stamp)) for stamp in (1, 1, 2, 1)] == [0, 0, 1, 0]


def test_the_report_names_figures_and_what_falls_short(capsys: pytest.CaptureFixture[str]) -> None:
    """There are no pages to watch here, so whatever is heard is more than the share allowed, and that is said."""
    assert detection.main([str(RECORDINGS)]) == 1
    said = capsys.readouterr().out
    assert "| all | together | 4 | 4 | 100.0% | 0 | 0 | 100.0% | 100.0% |  |" in said
    assert "| HK | level lowered | 2 | 2 | 100.0% | 0 | 0 | 100.0% | 100.0% | 1: 2 |" in said
    assert "4 of the 4 true changes of a level or scope are among them." in said
    assert [line for line in said.splitlines() if line.startswith("SHORT")] == [
        "SHORT: 4 events heard, 0 alerts of a page watcher"
    ]


def test_without_the_truth_there_is_nothing_to_compare_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        detection.main([str(tmp_path)])
    assert stop.value.code == 2
    assert "holds no truth.jsonl.xz" in capsys.readouterr().err
