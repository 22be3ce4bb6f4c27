"""The page behind an acknowledge link, served for real on loopback: only its button acknowledges."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from advisoryd.model.config import ChannelSpec, Config, Escalation, Subscription, Web
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.secret import plain
from advisoryd.model.standing import DeliveryState
from advisoryd.service.acknowledge import link
from advisoryd.service.announce import Announcer
from advisoryd.service.house import House, open_house
from advisoryd.store import acknowledgements, outbox
from advisoryd.store.errors import StoreError
from advisoryd.web.server import CannotListen, bound

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@dataclass
class Answer:
    """What a browser got."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass
class Site:
    """The running server, and the alert that its link is about."""

    port: int
    house: House
    event: Event
    path: str

    def ask(self, method: str, path: str | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, self.path if path is None else path)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        found = Answer(answer.status, headers, answer.read().decode())
        connection.close()
        return found

    def given(self) -> list[str]:
        """Who has acknowledged, by which way."""
        with self.house.store.reading() as tx:
            return [f"{one.subscription} by {one.by}" for one in acknowledgements.of_event(tx, self.event.id).values()]


def configured(folder: Path, port: int, locale: str = "en") -> Config:
    reader = Subscription(
        name="desk", channels=("chat",), locale=locale, zone="Asia/Tokyo", escalation=Escalation(channels=("phone",))
    )
    return Config(
        state_dir=str(folder),
        channels=(ChannelSpec(name="chat", kind="console"), ChannelSpec(name="phone", kind="console")),
        subscriptions=(reader,),
        web=Web(host="127.0.0.1", port=port, url="https://advice.example.org", secret=plain("sixteen characters")),
    )


def alert() -> Event:
    return Event(
        id="", kind=Kind.RAISED, issuer="CN", destination="JP", source="cn-mfa", at=NOON, first_seen=NOON,
        reason="stricter-first-reading", name="<b>Japan</b>", level_before=Level.CAUTION, level_after=Level.AVOID,
    )  # fmt: skip


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Serving:
    """The server on a loop of its own, with one thread as the desk."""

    def __init__(self, house: House, work: Callable[..., Any] | None = None) -> None:
        assert house.config.web
        self._serve, self._desk = bound(house.config.web), ThreadPoolExecutor(1)
        self._house, self._work = house, work
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Serving:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(20)
        self._desk.shutdown()
        assert not self._thread.is_alive()

    def _run(self) -> None:
        self._task = self._loop.create_task(self._serve(self._ask))
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._task)
        self._loop.close()

    async def _ask(self, work: Callable[[House, datetime], Any]) -> Any:
        answer = self._work or work
        return await self._loop.run_in_executor(self._desk, answer, self._house, NOON)


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    given = configured(tmp_path, free_port(), getattr(request, "param", "en"))
    with open_house(given) as house, Serving(house):
        with house.store.begin() as tx:
            event = Announcer(given).announce(tx, alert(), NOON)
        assert given.web
        path = link(given.web, event.id, "desk").removeprefix("https://advice.example.org")
        yield Site(given.web.port, house, event, path)


def test_looking_at_the_page_acknowledges_nothing(site: Site) -> None:
    for method in ("GET", "HEAD", "GET"):
        assert site.ask(method).status == 200
    assert site.given() == []


def test_the_button_acknowledges_and_stops_the_escalation(site: Site) -> None:
    page = site.ask("POST")
    assert page.status == 200
    assert "Acknowledged: 1 Jun 2026, 21:00 JST" in page.body
    assert "<button" not in page.body
    assert site.given() == ["desk by link"]
    with site.house.store.reading() as tx:
        chat, phone = outbox.of_event(tx, site.event.id)
    assert chat.state is DeliveryState.WAITING
    assert (phone.state, phone.last_reason) == (DeliveryState.DROPPED, "acknowledged by link")


def test_the_first_acknowledgement_counts(site: Site) -> None:
    assert site.ask("POST").body == site.ask("POST").body == site.ask("GET").body
    assert site.given() == ["desk by link"]


def test_the_page_works_without_scripts_and_by_keyboard(site: Site) -> None:
    page = site.ask("GET")
    assert '<form method="post"><button>Acknowledge</button></form>' in page.body
    assert "<script" not in page.body
    assert re.search(r'<html lang="en">', page.body)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "server" not in page.headers


def test_nothing_a_stranger_wrote_becomes_markup(site: Site) -> None:
    assert "<b>" not in site.ask("GET").body


@pytest.mark.parametrize("site", ["ja"], indirect=True)
def test_the_page_speaks_the_readers_language(site: Site) -> None:
    page = site.ask("GET")
    assert '<html lang="ja">' in page.body
    assert "<button>確認済みにする</button>" in page.body


def test_a_link_that_was_tampered_with_does_nothing(site: Site) -> None:
    event, subscription, signature = site.path.split("/")[2:]
    for words in (
        (event, "operator", signature),
        ("0" * len(event), subscription, signature),
        (event, subscription, signature[:-1]),
        (event, subscription, "ü%00"),
        (event[:6], subscription, signature),
    ):
        page = site.ask("POST", quote("/ack/" + "/".join(words)))
        assert (page.status, "This link is not valid" in page.body) == (404, True)
    assert site.given() == []


def test_nothing_else_is_there(site: Site) -> None:
    assert [site.ask("GET", path).status for path in ("/", "/ack", "/../etc/passwd")] == [404] * 3
    assert site.ask("DELETE").status == 405


def test_a_database_that_does_not_answer_is_told_and_nothing_acknowledged(tmp_path: Path) -> None:
    def fails(*_: object) -> None:
        raise StoreError("cannot use the database: locked")

    given = configured(tmp_path, free_port())
    with open_house(given) as house, Serving(house, fails):
        assert given.web
        page = Site(given.web.port, house, alert(), "/ack/e/desk/s").ask("POST")
    assert (page.status, "Nothing was acknowledged" in page.body) == (503, True)
    assert "locked" not in page.body


def test_a_link_of_another_secret_is_not_ours(site: Site) -> None:
    assert site.house.config.web
    other = replace(site.house.config.web, secret=plain("another sixteen characters"))
    path = link(other, site.event.id, "desk").removeprefix("https://advice.example.org")
    assert site.ask("POST", path).status == 404


def test_an_address_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        web = configured(tmp_path, taken.getsockname()[1]).web
        assert web
        with pytest.raises(CannotListen, match=r"cannot listen on 127\.0\.0\.1 port \d+: Address already in use"):
            bound(web)
