"""Korea's key, from the configuration to the wire: its server sees it, and nothing that is kept or told ever does."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from advisoryd import codec, logs
from advisoryd.cli import main
from advisoryd.fetch.client import Client
from advisoryd.model.config import Config, Http
from advisoryd.model.event import Kind
from advisoryd.model.ladder import Level
from advisoryd.model.reading import PLACEHOLDER
from advisoryd.model.secret import Secret, plain
from advisoryd.service import capture
from advisoryd.service.house import House
from advisoryd.service.poll import Polled
from advisoryd.service.probe import Probe, probe
from advisoryd.service.rounds import Rounds
from advisoryd.sources import catalogue
from advisoryd.sources.kr_mofa import SERVICES
from advisoryd.store import payloads, sources
from advisoryd.store.engine import Store, open_store

from .worlds.kr_mofa import KEYED, WORLDS
from .worlds.loopback import Detour, serving
from .worlds.stage import NOON, cast_of, hurried, reader_of
from .worlds.world import Row, Served

KEY = "5e+cr/e7KEY=="
FORMS = (KEY, quote(KEY, safe=""), quote(KEY, safe="").lower())
WORLD = WORLDS[0]
ROWS = cast_of(WORLD)[0]
TOLD = f"요청 주소 serviceKey={quote(KEY, safe='')} ({KEY})"


def discloses(text: str) -> bool:
    return any(form in text or form in text.replace("\\/", "/") for form in FORMS)


def answers(rows: list[Row]) -> dict[str, Served]:
    """What the service answers under the true key. It repeats the key, as careless servers do."""
    return {
        url.replace(PLACEHOLDER, quote(KEY, safe="")): Served(
            found.body.replace(b"\xec\xa0\x84 ", f"{TOLD} ".encode()), found.content_type
        )
        for url, found in WORLD.serve(rows).items()
    }


class Play:
    """Korea's service on loopback, with its key, in a house of its own."""

    def __init__(self, folder: Path, secret: Secret) -> None:
        self.folder, self.now = folder, NOON
        self.source = replace(hurried(KEYED), options={"service_key": secret})
        self.store: Store = open_store("sqlite", folder)
        self.config = Config(state_dir=str(folder), sources=(self.source,), http=Http())

    async def polls(self, served: Mapping[str, Served]) -> Polled:
        self.now += timedelta(hours=2)
        house = House(self.config, self.store, chance=lambda: 0.0)
        house.register(self.now)
        with self.store.begin() as tx:
            sources.make_due(tx, self.now)
        async with serving(served) as web, Client(self.config.http) as client:
            rounds = Rounds(self.config, self.store, house.poller(Detour(client, web, keyed=True), reader_of))
            (polled,) = await rounds.run(self.now)
        return polled

    async def probes(self, served: Mapping[str, Served]) -> Probe:
        async with serving(served) as web, Client(self.config.http) as client:
            detour = Detour(client, web, keyed=True)
            return await probe(self.config, self.store, self.source, reader_of(self.source), detour, self.now, 3)

    def kept(self) -> str:
        """All that the database holds, the bodies unpacked."""
        with closing(sqlite3.connect(self.store.name)) as database:
            dumped = "\n".join(database.iterdump())
            names = [name for (name,) in database.execute("select hash from payloads")]
        with self.store.reading() as tx:
            bodies = [payloads.get(tx, name) or b"" for name in names]
        assert bodies
        return dumped + b"\n".join(bodies).decode()


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    made = Play(tmp_path, plain(KEY))
    yield made
    made.store.close()


@pytest.fixture(autouse=True)
def talkative() -> Iterator[None]:
    """Everything that may be logged is."""
    logs.configure("debug", as_json=True)
    yield
    logs.configure("error")


def test_with_the_key_alarms_are_read_and_the_key_is_nowhere_else(play: Play, caplog: pytest.LogCaptureFixture) -> None:
    first = asyncio.run(play.polls(answers(ROWS)))
    assert first.baseline
    assert [failure for failure in first.failures if not failure.follow] == []
    raised = [replace(row, level=Level.AVOID) if row.level is Level.RECONSIDER else row for row in ROWS[:3]]
    second = asyncio.run(play.polls(answers([*raised, *ROWS[3:]])))
    assert Kind.RAISED in {event.kind for event in second.events}
    logged = caplog.text
    assert "source.polled" in logged
    for told in (
        logged,
        play.kept(),
        repr(first),
        repr(second),
        repr(play.config),
        codec.dumps(second.events).decode(),
    ):
        assert not discloses(told)
    assert PLACEHOLDER in play.kept()


@pytest.mark.parametrize("answer", ["refused", "not there"])
def test_what_goes_wrong_is_told_and_kept_without_the_key(
    play: Play, caplog: pytest.LogCaptureFixture, answer: str
) -> None:
    asyncio.run(play.polls(answers(ROWS)))
    page = Served(f"<html><body>SERVICE_KEY_IS_NOT_REGISTERED {TOLD}</body></html>".encode(), "text/html")
    asked = [url for url in answers(ROWS) if url.startswith(SERVICES)]
    broken = dict.fromkeys(asked, page) if answer == "refused" else {"https://other.example/": page}
    polled = [asyncio.run(play.polls(broken)) for _ in range(4)]
    assert polled[-1].failures
    assert Kind.SOURCE_DEGRADED in {event.kind for found in polled for event in found.events}
    for told in (caplog.text, play.kept(), repr(polled)):
        assert not discloses(told)


def test_a_look_and_a_capture_hold_no_key(play: Play, tmp_path: Path) -> None:
    found = asyncio.run(play.probes(answers(ROWS)))
    assert found.readable
    path = tmp_path / "capture.jsonl"
    capture.save(path, play.source, found.bodies, play.now)
    text = path.read_text("utf-8")
    assert "알람" in text or "alarm_lvl" in text
    assert not discloses(repr(found) + text)


def test_a_key_that_cannot_be_had_is_a_failure_that_names_its_file(tmp_path: Path) -> None:
    file = tmp_path / "service.key"
    made = Play(tmp_path, Secret(file.read_text, f"file {file}"))
    polled = asyncio.run(made.polls(answers(ROWS)))
    assert all(f"its key (file {file}) cannot be read" in failure.detail for failure in polled.failures)
    assert polled.failures
    made.store.close()


def test_from_the_configuration_to_the_state_directory_the_key_is_written_nowhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Through the verbs, with a proxy that is not there: the key stays in its file."""
    (tmp_path / "kr.key").write_text(KEY)
    (tmp_path / "kr.key").chmod(0o600)
    path = tmp_path / "advisoryd.toml"
    path.write_text(
        '[daemon]\nstate_dir = "state"\n[http]\nproxy = "http://127.0.0.1:9"\n[sources]\nenable = ["kr-mofa"]\n'
        '[sources.kr-mofa]\nsecrets_file = { service_key = "kr.key" }\n'
        '[[channel]]\nname = "out"\ntype = "file"\npath = "out.jsonl"\n'
        '[[subscription]]\nname = "all"\nchannels = ["out"]\n'
    )
    for words in (["check"], ["once"], ["once", "--all"], ["sources", "kr-mofa"], ["sources", "probe", "kr-mofa"]):
        main([*words, "--config", str(path)])
        main([*words, "--config", str(path), "--json"])
    assert not discloses("".join(capfd.readouterr()))
    kept = [file for file in (tmp_path / "state").rglob("*") if file.is_file()]
    assert kept
    assert not any(form.encode() in file.read_bytes() for file in kept for form in FORMS)


def test_the_entry_itself_holds_no_key() -> None:
    assert catalogue.entries()["kr-mofa"].options == {}
