"""China's advice on Japan, November 2025 to January 2026, through the true daemon, without network.

Recorded pages are served on loopback; the true client asks for them, the true reader reads them, the true deciders
decide, the true outbox delivers to the console. Only the clock is virtual, so that ten weeks pass in a few seconds.
"""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from html import escape
from importlib.resources import files
from tempfile import TemporaryDirectory

from advisoryd.fetch.client import Client
from advisoryd.model.config import ChannelSpec, Config, Http, Subscription
from advisoryd.model.event import Kind
from advisoryd.model.source import Source
from advisoryd.service.house import House, open_house
from advisoryd.service.rounds import Rounds
from advisoryd.sources import catalogue
from advisoryd.store import outbox, sources

LOOPBACK = ("127.0.0.0/8",)
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Notice:
    """A reminder as the site shows it from ``listed`` on."""

    listed: datetime
    day: str
    title: str
    body: Sequence[str]

    @property
    def path(self) -> str:
        """Where its page is, below the list."""
        return f"{self.listed:%Y%m}/t{self.listed:%Y%m%d}_{self.listed:%H%M}{len(self.title)}.html"


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which the daemon looks, and what a narrator says before."""

    at: datetime
    says: str


@dataclass(frozen=True, slots=True)
class Recording:
    """The notices and the moments of the demonstration."""

    notices: tuple[Notice, ...]
    steps: tuple[Step, ...]


def recording() -> Recording:
    """The recording that is part of the package."""
    text = files("advisoryd.service").joinpath("recordings/china-japan.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Recording(
        tuple(Notice(**notice) for notice in data["notice"]),
        tuple(Step(**step) for step in data["step"]),
    )


class Site:
    """The consular site as it stood at ``now``: a list of reminders and a page for each."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self._notices = notices
        self.now = datetime(1970, 1, 1, tzinfo=UTC)

    def page(self, path: str) -> str | None:
        """The page at ``path`` below the list, or ``None``."""
        shown = [notice for notice in self._notices if notice.listed <= self.now]
        if path in ("", "index_1.html"):
            return _list_page(sorted(shown, key=lambda notice: notice.day, reverse=True))
        return next((_notice_page(notice) for notice in shown if notice.path == path), None)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, request after request."""
        while line := await reader.readline():
            while (await reader.readline()).strip():
                pass
            path = line.split(b" ")[1].decode().removeprefix("/aqtx/")
            writer.writelines(_answer(self.page(path)))
            await writer.drain()
        writer.close()


def _answer(page: str | None) -> Iterator[bytes]:
    body = (page or "<html><body>404</body></html>").encode()
    yield f"HTTP/1.1 {'200 OK' if page else '404 Not Found'}\r\nContent-Type: text/html\r\n".encode()
    yield f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def _list_page(notices: Sequence[Notice]) -> str:
    rows = "\n".join(
        f'<li><img class="icon"><a href="./{notice.path}">{escape(notice.title)}</a><span>{notice.day}</span></li>'
        for notice in notices
    )
    head = '<html lang="zh-CN"><head><meta charset="UTF-8"><title>安全提醒</title></head>'
    return f'<!DOCTYPE html>{head}<body><h1>中国领事服务网</h1><ul class="news-list">{rows}</ul></body></html>'


def _notice_page(notice: Notice) -> str:
    minute = f"{notice.day} {notice.listed.astimezone(CHINA):%H:%M}"
    body = "".join(f"<p>{escape(text)}</p>" for text in notice.body)
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"></head><body><h1>中国领事服务网</h1>'
        f'<h1 class="article-title">{escape(notice.title)}</h1>'
        f'<div class="article-meta"><span>发布时间：{minute}</span></div>'
        f'<div class="article-content"><div class="TRS_UEDITOR">{body}</div></div></body></html>'
    )


def demo(say: Callable[[str], None], locale: str = "en") -> None:
    """Run the demonstration; ``say`` gets the narrator's lines, messages go to the console channel."""
    asyncio.run(_demo(recording(), say, locale))


async def _demo(recorded: Recording, say: Callable[[str], None], locale: str) -> None:
    site = Site(recorded.notices)
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with TemporaryDirectory(prefix="advisoryd-demo-") as folder:
        config = _config(folder, f"http://127.0.0.1:{port}/aqtx/", locale)
        with open_house(config) as house:
            async with Client(config.http) as client:
                await _play(House(config, house.store, chance=lambda: 0.0), client, site, recorded.steps, say)
    server.close()


async def _play(house: House, client: Client, site: Site, steps: Sequence[Step], say: Callable[[str], None]) -> None:
    rounds = Rounds(house.config, house.store, house.poller(client))
    housekeeper = house.housekeeper()
    couriers = house.couriers(client)
    house.register(steps[0].at)
    for step in steps:
        site.now = step.at
        say(f"{step.at:%A, %d %B %Y %H:%M} UTC. {step.says}")
        with house.store.begin() as tx:
            sources.make_due(tx, step.at)
        await rounds.run(step.at)
        housekeeper.announce_baselines(step.at)
        with house.store.reading() as tx:
            due = outbox.due_channels(tx, step.at)
        for name in due:
            await asyncio.to_thread(couriers[name].deliver, partial(_same, step.at))


def _same(moment: datetime) -> datetime:
    """A clock that stands still while one step is delivered."""
    return moment


def _config(folder: str, url: str, locale: str) -> Config:
    source: Source = catalogue.entries()["cn-mfa"]
    return Config(
        state_dir=folder,
        http=Http(allow_networks=LOOPBACK),
        sources=(replace(source, spacing=0.0, options={**source.options, "url": url}),),
        channels=(ChannelSpec(name="console", kind="console"),),
        subscriptions=(
            Subscription(
                name="japan-desk",
                channels=("console",),
                destinations=frozenset({"JP"}),
                events=frozenset({Kind.ISSUED, Kind.RAISED, Kind.LOWERED, Kind.LIFTED}),
                locale=locale,
                zone="Asia/Tokyo",
            ),
        ),
    )
