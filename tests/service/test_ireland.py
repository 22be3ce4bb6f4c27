"""Two weeks in which ireland.ie broke, and the days on which countries were renamed: nobody is told anything untrue.

In August 2025 the list lost all twenty countries at the strictest level for four days. On 12 September a redesign moved
the level of all 211 pages out of their header. A small site of the same shape plays both; so do the true pages, where
they are at hand.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest

from advisoryd import places
from advisoryd.model.event import OPERATOR, Event
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Reader
from advisoryd.model.source import Source
from advisoryd.model.standing import DeliveryState, Health, Standing, State
from advisoryd.places.gazetteer import places as gazetteer
from advisoryd.service.house import House, open_house, reader_for
from advisoryd.service.recorded import RecordedServer, as_utc, first_of, snapshots
from advisoryd.service.replay import Remembering, sources_for
from advisoryd.service.rounds import Rounds
from advisoryd.sources import catalogue
from advisoryd.sources.ie_dfa import INDEX
from advisoryd.store import advisories, outbox, sources
from tests.sources import header_only

from .recording import cut, made
from .world import config

AUGUST = datetime(2025, 8, 14, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
CALM, CAREFUL, STRICT = "Normal Precautions", "High Degree of Caution", "Do Not Travel"
NAMES = [places.display_name(place) for place, known in sorted(gazetteer().items()) if known.alpha3 and place != "IE"][
    :210
]
SITE = {name: STRICT if number < 20 else CAREFUL if number % 2 else CALM for number, name in enumerate(NAMES)}
"""A site of as many pages as the true one has, with as many of the strictest level: what is said of each country."""

STRICTEST = [places.resolve(name, "en").place for name in NAMES[:20]]
IRELAND = "replay/ireland.jsonl.xz"


# a site of the same shape


def address(name: str) -> str:
    return INDEX + "-".join("".join(char if char.isalnum() else " " for char in name.casefold()).split()) + "/"


def listing(names: Sequence[str]) -> str:
    links = "".join(
        f'<a href="{address(name).removeprefix("https://www.ireland.ie")}">{escape(name)}</a>' for name in names
    )
    return f"<!DOCTYPE html><html><body><main><h1>Travel Advice</h1>{links}</main></body></html>"


def old_page(name: str, words: str) -> str:
    """The level is below the title."""
    head = f'<div id="main-header"><h1>{escape(name)}</h1><p class="travel-landing--summary">{words}</p></div>'
    return _page(head, words, "Overview")


def new_page(name: str, words: str) -> str:
    """The level is a heading of its own in the text, and the other headings have other names."""
    head = f'<div id="main-header"><h1>{escape(name)}</h1></div><div class="accordion"><h3>{words}</h3></div>'
    return _page(head, words, f"Travel to {escape(name)} overview")


def _page(head: str, words: str, overview: str) -> str:
    advice = f"<h2>{overview}</h2><h3><b>Security Status</b></h3><p>{words}</p><p>Monitor local media.</p>"
    return f"<!DOCTYPE html><html><body><main>{head}{advice}</main></body></html>"


def site(said: Mapping[str, str], page: Callable[[str, str], str] = old_page) -> dict[str, str]:
    return {INDEX: listing(list(said)), **{address(name): page(name, words) for name, words in said.items()}}


# the daemon on recorded days


@dataclass(frozen=True)
class Lived:
    """What came of some days: events by the day on which they were told, who was sent anything, what stands."""

    events: Mapping[str, list[Event]]
    sent: Counter[str]
    standing: Mapping[str, Standing]
    health: Health

    def reasons(self) -> list[str]:
        """Why the operator was told anything."""
        return [event.reason for events in self.events.values() for event in events if event.kind in OPERATOR]

    def kinds(self, *days: str) -> list[str]:
        return [str(event.kind) for day in days or self.events for event in self.events.get(day, [])]


def live(path: Path, folder: Path, reader: Callable[[Source], Reader] = reader_for) -> Lived:
    """Poll at every snapshot, again an hour later, and at least daily, with a reader on all places and an operator."""
    chosen = sources_for(first_of(path), catalogue.entries().values(), reader)
    settings = config(folder, chosen)
    server = RecordedServer()
    told: dict[str, list[Event]] = {}
    with open_house(settings) as opened:
        house = House(settings, opened.store, chance=lambda: 0.0)

        def quick(source: Source) -> Reader:
            return Remembering(reader(source))

        rounds, keeper = Rounds(settings, house.store, house.poller(server, quick)), house.housekeeper()

        def poll(moment: datetime) -> None:
            with house.store.begin() as tx:
                sources.make_due(tx, moment)
            events = [event for polled in asyncio.run(rounds.run(moment)) for event in polled.events]
            told.setdefault(f"{moment:%m-%d}", []).extend([*events, *keeper.tidy(moment)])

        last: datetime | None = None
        for snapshot in snapshots(path):
            moment = as_utc(snapshot.time)
            house.register(moment)
            while last is not None and (last := last + DAY) < moment:
                poll(last)
            server.apply(snapshot)
            poll(moment)
            poll(moment + timedelta(hours=1))
            last = moment + timedelta(hours=1)
        with house.store.reading() as tx:
            deliveries = outbox.listed(tx, tuple(DeliveryState), limit=10_000)
            stands = {
                standing.destination: standing for source in chosen for standing in advisories.of_source(tx, source.id)
            }
            [health] = {state.condition.health for state in sources.states(tx).values()}
    return Lived(told, Counter(one.subscription for one in deliveries), stands, health)


# August: the strictest level is missing for four days


def blackout(path: Path) -> Path:
    """The list loses its strictest twenty for four days; their pages answer 404."""
    rest = {name: words for name, words in SITE.items() if words != STRICT}
    days = ((0, SITE), (1, rest), (2, rest), (5, SITE), (6, SITE))
    return made(path, "IE", "text/html", [(AUGUST + number * DAY, site(said)) for number, said in days])


@pytest.fixture(scope="module")
def august(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("august")
    return live(blackout(folder / "site.jsonl"), folder)


def test_twenty_countries_that_are_missing_for_four_days_were_never_lifted(august: Lived) -> None:
    assert set(august.kinds()) == {"source-degraded", "source-recovered"}
    assert (august.sent["all"], august.health) == (0, Health.HEALTHY)
    assert {august.standing[place].record.level for place in STRICTEST} == {Level.AVOID}


def test_the_operator_is_told_once_what_is_missing_and_once_that_it_is_back(august: Lived) -> None:
    assert august.reasons() == ["source-broken", "good-reading"]
    assert [day for day, events in august.events.items() if events] == ["08-15", "08-19"]
    [notice] = august.events["08-15"]
    assert notice.title == (
        "ie-dfa: 20 of 210 rows are missing at once; 20 of 20 rows at level 4 are missing or unreadable at once"
    )


def test_who_was_missing_is_stale_meanwhile_and_fresh_again_afterwards(august: Lived, tmp_path: Path) -> None:
    first_two_days = blackout(tmp_path / "site.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:2]
    (tmp_path / "site.jsonl").write_text("".join(first_two_days), encoding="utf-8")
    meanwhile = live(tmp_path / "site.jsonl", tmp_path)
    assert meanwhile.health is Health.BROKEN
    assert all(meanwhile.standing[place].stale_since == AUGUST + DAY for place in STRICTEST)
    assert not any(august.standing[place].stale_since for place in STRICTEST)


# September: the level moves


def redesign(path: Path) -> Path:
    days = ((0, old_page), (1, new_page), (2, new_page))
    return made(path, "IE", "text/html", [(AUGUST + number * DAY, site(SITE, page)) for number, page in days])


def test_a_redesign_is_no_news_to_the_reader_that_knows_both_pages(tmp_path: Path) -> None:
    lived = live(redesign(tmp_path / "site.jsonl"), tmp_path)
    assert lived.kinds() == []
    assert (lived.sent, lived.health) == (Counter(), Health.HEALTHY)


def test_a_redesign_breaks_the_source_at_once_for_the_reader_that_knows_one(tmp_path: Path) -> None:
    lived = live(redesign(tmp_path / "site.jsonl"), tmp_path, header_only.reader)
    assert lived.kinds("08-15") == ["source-degraded"]
    assert lived.reasons() == ["source-broken"]
    assert lived.health is Health.BROKEN
    assert lived.sent["all"] == 0
    levels = Counter(standing.record.native_level for standing in lived.standing.values())
    assert levels == Counter(SITE.values())
    assert all(standing.stale_since == AUGUST + DAY for standing in lived.standing.values())


def test_a_layout_that_is_taken_back_mends_the_source_in_that_poll(tmp_path: Path) -> None:
    days = ((0, old_page), (1, new_page), (2, old_page))
    moments = [(AUGUST + number * DAY, site(SITE, page)) for number, page in days]
    lived = live(made(tmp_path / "site.jsonl", "IE", "text/html", moments), tmp_path, header_only.reader)
    assert [event.reason for event in lived.events["08-15"]] == ["source-broken"]
    assert [event.reason for event in lived.events["08-16"]] == ["good-reading"]
    assert (lived.sent["all"], lived.health) == (0, Health.HEALTHY)
    assert not any(standing.stale_since for standing in lived.standing.values())


# renames


MOVING = {"Czechia", "Timor-Leste", "Israel", "Palestine"}
NAMES_OF_2025 = [
    (["Czech Republic"], ["Czechia"]),
    (["Timor Leste"], ["Timor-Leste"]),
    (["The Occupied Palestinian Territories"], ["Palestine"]),
    (["Israel, the West Bank and the Gaza Strip"], ["Israel and Palestine"]),
    (["Israel and Palestine"], ["Israel", "Palestine"]),
]
"""The names under which, and so the addresses at which, places really moved in 2025."""


@pytest.mark.parametrize(("before", "after"), NAMES_OF_2025)
def test_a_country_under_another_name_is_neither_lifted_nor_issued(
    tmp_path: Path, before: list[str], after: list[str]
) -> None:
    rest = {name: words for name, words in SITE.items() if name not in MOVING}
    days = [{**rest, **dict.fromkeys(names, STRICT)} for names in (before, after, after)]
    moments = [(AUGUST + number * DAY, site(said)) for number, said in enumerate(days)]
    lived = live(made(tmp_path / "site.jsonl", "IE", "text/html", moments), tmp_path)
    assert set(lived.kinds()) <= {"source-finding"}
    assert (lived.sent["all"], lived.health) == (0, Health.HEALTHY)
    assert all(lived.standing[places.resolve(name, "en").place].state is State.IN_FORCE for name in after)


# the true pages


def test_the_true_week_of_august(shared: Path, tmp_path: Path) -> None:
    """Twenty countries leave on the 15th and are back on the 19th; the day after, Chile is lowered in earnest."""
    lived = live(cut(shared / IRELAND, AUGUST, datetime(2025, 8, 21, tzinfo=UTC), tmp_path / "ireland.jsonl"), tmp_path)
    assert set(lived.kinds()) == {"source-finding", "source-degraded", "source-recovered", "amended", "lowered"}
    assert [event.destination for event in lived.events["08-20"] if event.kind == "lowered"] == ["CL"]
    assert lived.kinds("08-15", "08-16", "08-17", "08-18").count("source-degraded") == 1
    assert lived.reasons() == ["unusual", "source-broken", "good-reading"]


def test_the_true_twelfth_of_september(shared: Path, tmp_path: Path) -> None:
    """Of 211 pages that changed, Nepal's says something new: curfews."""
    lived = live(september(shared, tmp_path), tmp_path)
    [told] = [event for events in lived.events.values() for event in events]
    assert (told.destination, told.kind, told.reason) == ("NP", "amended", "text-substance")
    assert (len(lived.standing), lived.health) == (211, Health.HEALTHY)


def test_the_true_twelfth_of_september_without_the_new_place_of_the_level(shared: Path, tmp_path: Path) -> None:
    lived = live(september(shared, tmp_path), tmp_path, header_only.reader)
    assert lived.reasons() == ["source-broken"]
    assert (lived.sent["all"], lived.health) == (0, Health.BROKEN)
    assert (
        len([standing for standing in lived.standing.values() if standing.record.level and standing.stale_since]) == 211
    )


def september(shared: Path, folder: Path) -> Path:
    first, last = datetime(2025, 9, 11, 6, tzinfo=UTC), datetime(2025, 9, 12, 6, tzinfo=UTC)
    return cut(shared / IRELAND, first, last, folder / "ireland.jsonl")
