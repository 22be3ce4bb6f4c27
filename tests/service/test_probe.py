"""One look at a source: it shows what a poll would do, and leaves no trace."""

from __future__ import annotations

import asyncio
import json
import lzma
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from advisoryd.model.event import Kind
from advisoryd.model.ladder import Level
from advisoryd.model.outcome import Fetched, Trouble
from advisoryd.model.reading import PLACEHOLDER, FindingKind
from advisoryd.model.source import Source
from advisoryd.service import capture
from advisoryd.service.house import reader_for
from advisoryd.service.probe import Probe, probe
from advisoryd.service.recorded import RecordedServer, snapshots, streams
from advisoryd.sources import catalogue

from .conftest import Play
from .world import COUNTRIES, START, later, register, rows

SOURCE = register()
CALM = dict.fromkeys(COUNTRIES, "calm")


def look(play: Play, source: Source = SOURCE, pages: int = 3) -> Probe:
    given = play.house.config
    return asyncio.run(probe(given, play.house.store, source, reader_for(source), play.server, later(hours=1), pages))


def contents(play: Play) -> list[str]:
    """Everything that the database holds."""
    with sqlite3.connect(f"file:{play.house.store.name}?mode=ro", uri=True) as database:
        found = list(database.iterdump())
    database.close()
    return found


def test_the_first_look_says_that_all_is_baseline(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    found = look(play)
    assert (found.first, found.readable, found.events, found.idle) == (True, True, (), "")
    assert [(seen.keys, seen.page, seen.trouble) for seen in found.looks] == [(len(COUNTRIES), False, "")]
    assert {record.destination for record in found.records} == set(COUNTRIES)


def test_what_a_poll_would_tell_is_shown_and_not_told(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    before = contents(play)
    play.server.serve(SOURCE, rows({**CALM, "JP": "avoid", "FR": "purple", "Atlantis": "calm"}))
    found = look(play)
    (raised,) = (event for event in found.events if event.kind is Kind.RAISED)
    assert (raised.destination, raised.level_after) == ("JP", Level.AVOID)
    assert ("JP", "stricter-first-reading") in found.decisions
    assert {FindingKind.UNKNOWN_PLACE, FindingKind.UNKNOWN_LEVEL} <= {finding.kind for finding in found.findings}
    assert contents(play) == before
    assert [event.destination for event in play.poll(later(hours=2)) if event.kind is Kind.RAISED] == ["JP"]


def test_all_is_read_even_when_nothing_is_new(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    found = look(play)
    assert (len(found.records), found.events, found.decisions, found.first) == (len(COUNTRIES), (), (), False)
    assert len(found.bodies) == 1


def test_what_is_not_believed_is_said(play: Play) -> None:
    play.server.serve(SOURCE, rows(CALM))
    play.poll(START)
    play.server.serve(SOURCE, rows(dict.fromkeys(COUNTRIES[:4], "calm")))
    found = look(play)
    assert not found.healthy
    assert FindingKind.MISSING in {finding.kind for finding in found.findings}


def test_a_server_that_fails_and_a_body_that_cannot_be_read(play: Play) -> None:
    play.server.break_down(SOURCE, Trouble.SERVER)
    found = look(play)
    assert (found.readable, found.looks[0].trouble) == (
        False,
        "server-error: https://r0.example.org/advice.json answers badly",
    )
    play.server.serve(SOURCE, b"<html>Sorry</html>")
    found = look(play)
    assert (found.readable, found.looks[0].trouble.partition(":")[0]) == (False, "wrong-shape")
    assert found.bodies[0].body == b"<html>Sorry</html>"


def test_only_so_many_pages_of_an_index_are_asked_for(play: Play) -> None:
    index = {"links": {"children": [_child(number) for number in range(250)]}}
    source = catalogue.entries()["uk-fcdo"]
    (request,) = reader_for(source).endpoints(START)
    play.server.bodies[request.url] = json.dumps(index).encode()
    play.server.bodies |= {f"https://www.gov.uk/api/content{_path(number)}": b"{}" for number in range(250)}
    found = look(play, source, pages=2)
    assert [seen.page for seen in found.looks] == [False, True, True]
    assert len(play.server.asked) == 3


def _path(number: int) -> str:
    return f"/foreign-travel-advice/place-{number}"


def _child(number: int) -> dict[str, object]:
    path = _path(number)
    return {
        "content_id": f"id-{number}",
        "title": f"Place {number} travel advice",
        "base_path": path,
        "api_path": f"/api/content{path}",
        "api_url": f"https://www.gov.uk/api/content{path}",
        "public_updated_at": "2026-02-01T00:00:00Z",
        "details": {"country": {"name": f"Place {number}", "slug": f"place-{number}"}},
    }


def test_a_source_without_its_setting_says_what_it_waits_for(play: Play) -> None:
    found = look(play, catalogue.entries()["reliefweb"])
    assert found == Probe("reliefweb", idle="needs the option appname, a name that ReliefWeb approves for you")
    assert play.server.asked == []


# What is captured.


def answer(url: str, text: str, content_type: str = "application/json") -> Fetched:
    return Fetched(url, text.encode(), content_type)


@pytest.mark.parametrize("name", ["capture.jsonl", "capture.jsonl.xz"])
def test_a_capture_is_a_stream_that_the_replay_reads(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    capture.save(path, SOURCE, [answer("https://a.example/x", "[1]")], START)
    assert streams(tmp_path) == [path]
    (snapshot,) = snapshots(path)
    assert (snapshot.time, snapshot.issuer) == (START, "NZ")
    server = RecordedServer()
    server.apply(snapshot)
    assert server.serves("https://a.example/x")


def test_a_capture_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "capture.jsonl"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        capture.save(path, SOURCE, [], START)
    assert path.read_text() == "mine"


def test_what_is_named_like_a_key_is_starred_in_addresses_wherever_they_stand(tmp_path: Path) -> None:
    url = "https://me:pw@a.example/x?token=5ecret&page=1"
    path = tmp_path / "capture.jsonl.xz"
    capture.save(path, SOURCE, [answer(url, f'{{"self": "{url}"}}')], START)
    text = lzma.decompress(path.read_bytes()).decode()
    assert "5ecret" not in text
    assert "me:pw" not in text
    assert text.count("https://***@a.example/x?token=***&page=1") == 2


def test_the_place_of_a_key_stays_so_that_the_replay_finds_the_document() -> None:
    url = f"https://a.example/x?serviceKey={PLACEHOLDER}"
    assert list(capture.snapshot(SOURCE, [answer(url, "[]")], START).set) == [url]


def test_bytes_that_are_no_text_are_kept_as_far_as_they_are() -> None:
    body = Fetched("https://a.example/x", b"\xff\xfe" * 50 + b"caf\xe9" * 30, "text/plain", "utf-8")
    (served,) = capture.snapshot(SOURCE, [replace(body, body=b"caf\xe9" * 30)], START).set.values()
    assert served.body == "caf\ufffd" * 30
