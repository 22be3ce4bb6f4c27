"""November 2025 as it was heard: ministries' lists and news feeds on loopback, in their true order and times.

Times, issuers and acts are facts; headlines are our own, in the manner of the outlets.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from advisoryd.fetch.client import Client
from advisoryd.model.config import ChannelSpec, Config, Http, Reports, Subscription
from advisoryd.model.event import Event
from advisoryd.model.ladder import Level
from advisoryd.model.message import Channel
from advisoryd.model.source import Source, SourceKind
from advisoryd.service.deliver import Courier, couriers
from advisoryd.service.house import House, open_house
from advisoryd.service.rounds import Rounds
from advisoryd.store import events, outbox, sources
from tests.sources.worlds import cn_mct, cn_mfa, cn_moe, hk_ota
from tests.sources.worlds.loopback import Detour, Web, path_of, serving
from tests.sources.worlds.stage import reader_of
from tests.sources.worlds.world import Row, Served, World, served_xml

from .world import Inbox

FRIDAY = datetime(2025, 11, 14, tzinfo=UTC)
MINISTRIES: tuple[World, ...] = (cn_mfa.WORLD, cn_moe.WORLD, cn_mct.WORLD, hk_ota.WORLD)
HTTP = Http(contact="tests@example.org", allow_networks=("127.0.0.0/8",))


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time of that November, UTC."""
    return datetime(2025, 11, day, hour, minute, tzinfo=UTC)


def outlet(name: str, language: str, *tags: str) -> Source:
    """A news feed."""
    address = f"https://{name}.example/rss.xml"
    return Source(
        id=f"news-{name}",
        issuer="",
        name=name,
        reader="feed",
        kind=SourceKind.NEWS,
        language=language,
        spacing=0.0,
        tags=tags,
        options={"url": address},
    )


FEEDS = (
    outlet("globe", "en", "country:CN", "ownership:state"),
    outlet("tokyo", "ja", "country:JP"),
    outlet("london", "en", "country:GB"),
    outlet("berlin", "de", "country:DE"),
    outlet("seoul", "ko", "country:KR"),
)


@dataclass(frozen=True)
class Entry:
    """What an outlet prints, and when."""

    outlet: str
    at: datetime
    title: str
    summary: str = ""


STORY = (
    Entry("tokyo", at(14, 15, 20), "中国外務省、日本への渡航を当面控えるよう国民に呼びかけ"),
    Entry("london", at(14, 15, 40), "China advises its citizens against travelling to Japan amid Taiwan row"),
    Entry("berlin", at(14, 16, 5), "China rät seinen Bürgern von Reisen nach Japan ab"),
    Entry("globe", at(14, 16, 30), "Chinese foreign ministry urges citizens to avoid travel to Japan in near future"),
    Entry("london", at(15, 9, 0), "Chinese airlines waive fees for Japan flights after Beijing's travel advisory"),
    Entry("seoul", at(15, 10, 0), "중국, 자국민에 일본 여행 자제 권고"),
    Entry("berlin", at(16, 9, 0), "Chinas Bildungsministerium warnt Studierende vor Studium in Japan"),
    Entry("london", at(18, 9, 0), "China reiterates advice to citizens not to travel to Japan"),
)
LOOKALIKES = (
    "Japan protests China's travel advice",
    "Japan asks China to keep people-to-people exchanges open",
    "Japan warns China over Taiwan remarks",
    "Georgia sheriff issues travel advisory as ice covers roads",
    "British Airways issues travel alert to passengers flying to Japan",
    "US to pause immigrant visas for citizens of 75 countries",
    "China grants visa-free entry to Swedish citizens",
    "WHO advises against travel restrictions over Marburg outbreak in Ethiopia",
    "Typhoon: Tokyo residents urged to avoid non-essential travel",
    "Is it safe to travel to Japan right now?",
    "Trump signs travel ban on citizens of 12 countries",
    "NAACP issues travel advisory for Florida",
    "India evacuates 110 students from Iran",
    "Taiwan president says island will not bow to pressure",
    "Jordan scores twice as Turkey beat Spain",
    "China denies lifting ban on Japanese seafood",
    "Thai army warns Cambodian troops to leave disputed border area",
    "How the colour codes of travel advice work",
    "Company bans business trips to China",
    "China bans imports of Japanese seafood",
)


@dataclass
class November:
    """The world of that month at ``now``, and the daemon in it."""

    house: House
    web: Web
    rounds: Rounds
    inbox: Inbox
    courier: Courier
    served: dict[str, Served]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    heard: list[Event] = field(default_factory=list)

    def lists(self, world: World, *rows: Row) -> None:
        """The ministry's list has these rows besides."""
        mine = self.rows.setdefault(world.source.id, [])
        mine += rows
        self._serve(world.serve(mine))

    def prints(self, now: datetime, entries: Sequence[Entry]) -> None:
        """Every outlet has what it printed until ``now``."""
        for feed in FEEDS:
            own = [entry for entry in entries if f"news-{entry.outlet}" == feed.id and entry.at <= now]
            self._serve({str(feed.options["url"]): served_xml(rss(own), "")})

    def _serve(self, answers: Mapping[str, Served]) -> None:
        self.served |= {path_of(url): found for url, found in answers.items()}

    async def looks(self, now: datetime) -> list[Event]:
        """The daemon polls everything and delivers what is due."""
        with self.house.store.begin() as tx:
            sources.make_due(tx, now)
        found = [event for polled in await self.rounds.run(now) for event in polled.events]
        found += self.house.housekeeper().tidy(now)
        self.courier.deliver(lambda: now)
        self.heard += found
        return found

    def story(self, name: str) -> list[Event]:
        """The events of a story."""
        with self.house.store.reading() as tx:
            return events.of_story(tx, name)

    def waiting(self) -> int:
        """How many messages have not gone out."""
        with self.house.store.reading() as tx:
            return len(outbox.listed(tx))


def rss(entries: Sequence[Entry]) -> str:
    """A feed, newest first."""
    items = "".join(map(_item, sorted(entries, key=lambda entry: entry.at, reverse=True)))
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


def _item(entry: Entry) -> str:
    address = f"https://{entry.outlet}.example/{entry.at:%Y%m%d%H%M}"
    return (
        f"<item><title>{escape(entry.title)}</title><link>{address}</link><guid>{address}</guid>"
        f"<description>{escape(entry.summary)}</description>"
        f"<pubDate>{entry.at:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
    )


def settings(folder: Path) -> Config:
    """A desk that watches Japan and hears corroborated reports."""
    ministries = tuple(world.source for world in MINISTRIES)
    return Config(
        state_dir=str(folder),
        http=HTTP,
        sources=(*ministries, *FEEDS),
        channels=(ChannelSpec(name="desk", kind="console"),),
        subscriptions=(
            Subscription(
                name="japan-desk", channels=("desk",), destinations=frozenset({"JP"}), reports=Reports.CORROBORATED
            ),
        ),
        baseline_summary=False,
    )


@asynccontextmanager
async def november(folder: Path) -> AsyncIterator[November]:
    """The month, from its beginning: everything was read once, and nothing has been said."""
    given = settings(folder)
    with open_house(given) as opened:
        house = House(given, opened.store, chance=lambda: 0.0)
        house.register(FRIDAY)
        inbox = Inbox()
        channels: dict[str, Channel] = {"desk": inbox}
        made = couriers(given, house.store, channels, chance=lambda: 0.0)
        served: dict[str, Served] = {}
        async with serving({}) as web, Client(HTTP) as client:
            web.pages = served
            detour = Detour(client, web)
            rounds = Rounds(given, house.store, house.poller(detour, reader_of))
            world = November(house, web, rounds, inbox, made["desk"], served)
            world.lists(cn_mfa.WORLD, *quiet("MX", "ML", "NP", "KE", "PE", "NG", "TD", "SD", "HT"))
            world.lists(cn_moe.WORLD, *quiet("PH"))
            world.lists(cn_mct.WORLD, *quiet("PH"))
            world.lists(hk_ota.WORLD, *quiet("EG", "PK", "TR", "IN", "RU", "ID", "IL", "LB", "SY"))
            world.prints(FRIDAY, STORY)
            await world.looks(FRIDAY)
            yield world


def quiet(*places: str) -> list[Row]:
    """Advice of the weeks before."""
    return [Row(place, Level.CAUTION, FRIDAY - timedelta(days=20 + number)) for number, place in enumerate(places)]
