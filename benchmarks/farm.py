"""A small web server full of feeds, for measuring: ``python -m benchmarks.farm --feeds 1000``.

It serves ``/feed/<number>.xml`` on the loopback address (RSS for even numbers, Atom for odd ones), answers conditional
requests with 304, and is told what to do by two more addresses:

    /publish?share=0.05     half of that share of the feeds gets a new entry, half an edited one; answers how many
    /stats                  answers by status, and the processor seconds used

The same arguments serve the same entries. Bodies are made before it listens, so that they cost nothing while others are
measured. It prints one line of JSON with its port when it is ready.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from urllib.parse import parse_qs, urlsplit

SENTENCES = (
    "Reconsider travel due to civil unrest; protests near government buildings may turn violent without warning.",
    "Exercise normal precautions, enrol with your embassy and keep copies of your documents in a safe place.",
    "Les ressortissants sont invités à différer tout déplacement non essentiel dans les zones frontalières.",
    "Von Reisen in die Grenzgebiete wird dringend abgeraten; Flüge können kurzfristig gestrichen werden.",
    "Se recomienda extremar la precaución por la temporada de huracanes en las provincias del sur.",
    "外務省は同地域に対する危険情報を更新しました。不要不急の渡航は止めてください。",
    "تنصح الوزارة المواطنين بتجنب السفر غير الضروري إلى المناطق الحدودية ومتابعة الأخبار المحلية.",
    "Гражданам рекомендуется воздержаться от поездок в приграничные районы; аэропорты могут быть закрыты.",
    "外交部提醒中国公民近期暂勿前往该国边境地区，密切关注当地安全形势，提高安全防范意识。",
    "Dengue activity has increased: use insect repellent and seek medical advice six weeks before departure.",
)
PLACES = ("Japan", "Peru", "Kenya", "Jordan", "Norway", "Vietnam", "Chile", "Ghana", "Nepal", "Malta", "Fiji")

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Travel advice {number}</title>
<link>https://feed{number}.example/</link><description>Advice of ministry {number}</description><language>en</language>
{entries}</channel></rss>
"""
RSS_ENTRY = """<item><title>{title}</title><link>https://feed{number}.example/{entry}</link>
<guid isPermaLink="false">tag:feed{number}.example,2026:{entry}</guid><pubDate>{date}</pubDate>
<dc:creator>Consular desk</dc:creator><category>{place}</category><description><![CDATA[{text}]]></description></item>
"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Travel advice {number}</title>
<id>tag:feed{number}.example,2026:feed</id><updated>{date}</updated>
{entries}</feed>
"""
ATOM_ENTRY = """<entry><title>{title}</title><link rel="alternate" href="https://feed{number}.example/{entry}"/>
<id>tag:feed{number}.example,2026:{entry}</id><updated>{date}</updated><published>{date}</published>
<author><name>Consular desk</name></author><category term="{place}"/><summary type="html">{text}</summary></entry>
"""


@dataclass
class Feed:
    """What one feed lists, newest first, and how often it changed. ``edits`` counts those of each entry."""

    number: int
    entries: list[int]
    edits: Counter[int] = field(default_factory=Counter)
    version: int = 0
    body: bytes = b""


class Farm:
    """All feeds. Dates count back from this hour, an hour an entry, so that every entry is news."""

    def __init__(self, feeds: int, entries: int, entry_bytes: int = 1400, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._today = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        self._texts = [self._text(entry_bytes) for _ in range(251)]
        self._first = entries
        self.feeds = [Feed(number, list(range(entries, 0, -1))) for number in range(feeds)]
        for feed in self.feeds:
            feed.body = self._body(feed)

    def publish(self, share: float) -> dict[str, int]:
        """Change that share of the feeds. Returns how many entries are new and how many edited."""
        chosen = self._chance.sample(self.feeds, round(len(self.feeds) * share))
        half = len(chosen) // 2
        for feed in chosen[:half]:
            feed.entries = [feed.entries[0] + 1, *feed.entries[:-1]]
        for feed in chosen[half:]:
            feed.edits[self._chance.choice(feed.entries)] += 1
        for feed in chosen:
            feed.version += 1
            feed.body = self._body(feed)
        return {"new": half, "edited": len(chosen) - half}

    def _text(self, size: int) -> str:
        text = ""
        while len(text.encode()) < size:
            link = f' <a href="https://example.org/{len(text)}">More</a>' if self._chance.random() < 0.3 else ""
            text += f"<p>{self._chance.choice(SENTENCES)}{link}</p>\n"
        return text

    def _body(self, feed: Feed) -> bytes:
        whole, part = (ATOM, ATOM_ENTRY) if feed.number % 2 else (RSS, RSS_ENTRY)
        write: Callable[[datetime], str] = datetime.isoformat if feed.number % 2 else format_datetime
        entries = "".join(self._entry(part, feed, entry, write) for entry in feed.entries)
        return whole.format(number=feed.number, date=write(self._today), entries=entries).encode()

    def _entry(self, part: str, feed: Feed, entry: int, write: Callable[[datetime], str]) -> str:
        place = PLACES[(feed.number + entry) % len(PLACES)]
        text = self._texts[(feed.number * 31 + entry) % len(self._texts)]
        edition = f", edition {feed.edits[entry]}" if feed.edits[entry] else ""
        return part.format(
            number=feed.number,
            entry=entry,
            place=place,
            title=f"{place}: advice {entry} of ministry {feed.number}{edition}",
            text=escape(text, quote=False) if feed.number % 2 else text,
            date=write(self._today - timedelta(hours=max(0, self._first - entry))),
        )


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes = b""
    kind: str = "application/json"
    etag: str = ""

    def bytes(self) -> bytes:
        """On the wire."""
        lines = [f"HTTP/1.1 {self.status} {'Not Modified' if self.status == 304 else 'Here'}"]
        if self.etag:
            lines.append(f"ETag: {self.etag}")
        if self.status != 304:
            lines += [f"Content-Type: {self.kind}", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


class Site:
    """Answers for a farm."""

    def __init__(self, farm: Farm) -> None:
        self.farm = farm
        self.statuses: Counter[int] = Counter()

    def answer(self, path: str, condition: str) -> Answer:
        """The answer to a GET of ``path`` with ``condition`` in If-None-Match."""
        address = urlsplit(path)
        if address.path == "/publish":
            share = float(parse_qs(address.query)["share"][0])
            return Answer(200, json.dumps(self.farm.publish(share)).encode())
        if address.path == "/stats":
            seen = {"statuses": self.statuses, "cpu": time.process_time()}
            return Answer(200, json.dumps(seen).encode())
        found = self._feed(address.path, condition)
        self.statuses[found.status] += 1
        return found

    def _feed(self, path: str, condition: str) -> Answer:
        number = path.removeprefix("/feed/").removesuffix(".xml")
        if not number.isdecimal() or int(number) >= len(self.farm.feeds):
            return Answer(404, b"no such feed", "text/plain")
        feed = self.farm.feeds[int(number)]
        etag = f'"{feed.number}-{feed.version}"'
        if condition == etag:
            return Answer(304, etag=etag)
        kind = "application/atom+xml" if feed.number % 2 else "application/rss+xml"
        return Answer(200, feed.body, f"{kind}; charset=utf-8", etag)


class Connection(asyncio.Protocol):
    """One connection, kept open. Requests have no bodies."""

    def __init__(self, site: Site) -> None:
        self._site, self._read = site, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        *whole, self._read = (self._read + data).split(b"\r\n\r\n")
        for head in whole:
            first, *lines = head.decode("latin-1").split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            answer = self._site.answer(first.split(" ")[1], fields.get("if-none-match", ""))
            self._transport.write(answer.bytes())


async def serve(farm: Farm, port: int = 0) -> asyncio.Server:
    """A running server on the loopback address."""
    site = Site(farm)
    return await asyncio.get_running_loop().create_server(lambda: Connection(site), "127.0.0.1", port, backlog=1024)


async def _main(farm: Farm, port: int) -> None:
    server = await serve(farm, port)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any that is free")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=30, help="in each feed")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    farm = Farm(chosen.feeds, chosen.entries, seed=chosen.seed)
    asyncio.run(_main(farm, chosen.port))


if __name__ == "__main__":
    main()
