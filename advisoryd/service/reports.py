"""News: what an item claims, weighed beside what is known, told as unconfirmed or not at all.

    fresh item ─read─> claim ─> a report for each issuer and destination ─weigh─> event, or only kept with its story

Nothing here touches an advisory. An official event finds the story that reports opened and confirms it
(:mod:`advisoryd.service.announce`); a story that stays without one is reviewed when its time is up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import product

from advisoryd import news, places
from advisoryd.decide.reports import Known, is_due, outcome, weigh
from advisoryd.decide.stories import Story, matter
from advisoryd.model.config import Config
from advisoryd.model.event import REPORTED, Event, Kind
from advisoryd.model.ladder import Grade
from advisoryd.model.record import Item, Stamp
from advisoryd.model.report import Report
from advisoryd.model.source import Source, SourceKind
from advisoryd.model.standing import Health, Standing
from advisoryd.service.announce import Announcer
from advisoryd.service.bulletins import Fresh
from advisoryd.store import advisories, events, reports, sources
from advisoryd.store.engine import Tx

STATE_OWNED = "ownership:state"
"""The tag of an outlet that speaks for its government: about that government's advice all of them are one voice."""

_LISTS = 3
"""An item about more destinations than this is a list, and one report about all of them."""

_GRADES = {Kind.CORROBORATED: Grade.CORROBORATED, Kind.DISPUTED: Grade.DISPUTED}


@dataclass(slots=True)
class Heard:
    """What the items of one poll came to: the events, and the rule that decided on each report."""

    events: list[Event] = field(default_factory=list)
    decisions: list[tuple[str, str]] = field(default_factory=list)


class Newsroom:
    """Weighs reports, and reviews the stories that rest on them."""

    def __init__(self, config: Config, announcer: Announcer) -> None:
        self._config, self._announcer = config, announcer
        self._official: dict[str, set[str]] = {}
        for source in config.sources:
            if source.kind is SourceKind.OFFICIAL:
                self._official.setdefault(source.issuer, set()).add(source.id)

    def hear(self, tx: Tx, source: Source, entries: Sequence[Fresh], texts: Mapping[str, str], now: datetime) -> Heard:
        """Read the entries, the oldest first. ``texts`` are articles by the entry's key."""
        heard = Heard()
        for report in _in_order(claims(source, entry.item, texts.get(entry.item.key, ""), now) for entry in entries):
            if not reports.known(tx, [report.id]):
                self._take(tx, report, now, heard)
        return heard

    def _take(self, tx: Tx, said: Report, now: datetime, heard: Heard) -> None:
        standing = _stands(tx, said.issuer, said.destination, said.track)
        report = replace(said, destination=standing.destination) if standing else said
        known = self._known(tx, report, standing)
        weight = weigh(report, known, self._config.thresholds, now)
        heard.decisions.append((report.destination, weight.reason))
        story = known.story if weight.joins else None
        if weight.kind is Kind.FIRST_REPORTED:
            event, story = self._open(tx, report, known, weight.reason, now)
            heard.events.append(event)
        elif weight.kind is not None and story is not None:
            heard.events.append(self._tell(tx, told(report, weight.kind, weight.reason, now), story, now))
        reports.add(tx, replace(report, story=story.id if story else ""))

    def _known(self, tx: Tx, report: Report, standing: Standing | None) -> Known:
        """The newest story of the report's pair, whoever opened it, and what belongs to it."""
        about = matter(report.track)
        found = [
            events.latest_story(tx, report.issuer, report.destination, matter=about, confirmed=confirmed)
            for confirmed in (True, False)
        ]
        story = max((one for one in found if one is not None), key=lambda one: one.last_at, default=None)
        own = [event for event in events.of_story(tx, story.id) if event.kind not in REPORTED] if story else []
        return Known(story, own[-1] if own else None, reports.of_story(tx, story.id) if story else (), standing)

    def _open(self, tx: Tx, report: Report, known: Known, reason: str, now: datetime) -> tuple[Event, Story]:
        event = events.identify(tx, told(report, Kind.FIRST_REPORTED, reason, now))
        story = Story(
            id=f"s{event.id}",
            issuer=report.issuer,
            destination=report.destination,
            track=report.track,
            opened_at=now,
            last_at=now,
            parent=known.story.id if known.story else "",
            confirmed=False,
            eased=report.eases,
        )
        return self._tell(tx, event, story, now), story

    def _tell(self, tx: Tx, event: Event, story: Story, now: datetime) -> Event:
        events.save_story(tx, replace(story, last_at=now))
        return self._announcer.announce(tx, replace(event, story=story.id), now)

    def review(self, tx: Tx, now: datetime) -> list[Event]:
        """Stories that rest on reports and whose time is up: confirmed, disputed, or let go without a word."""
        found = []
        for story in events.unconfirmed(tx):
            if is_due(story, self._config.thresholds, now):
                found += self._close(tx, story, now)
        return found

    def _close(self, tx: Tx, story: Story, now: datetime) -> list[Event]:
        kept = reports.of_story(tx, story.id)
        standing = _stands(tx, story.issuer, story.destination, story.track)
        since = self._read_since(tx, story)
        kind = outcome(kept[0], standing, since) if kept else None
        if kind is None and now - story.opened_at < self._config.thresholds.report_expiry:
            return []
        ended = replace(story, closed=True, confirmed=kind is Kind.CONFIRMED)
        if kind is None:
            events.save_story(tx, ended)
            return []
        event = told(kept[0], kind, "official-shows-it" if kind is Kind.CONFIRMED else "official-shows-nothing", now)
        if kind is Kind.CONFIRMED and standing is not None:
            event = _as_it_stands(event, standing)
        return [self._tell(tx, event, ended, now)]

    def _read_since(self, tx: Tx, story: Story) -> bool:
        """Whether a source of the issuer's own is well and was read after the story began."""
        watched = self._official.get(story.issuer, set())
        return any(
            state.condition.health is Health.HEALTHY
            and state.condition.last_good is not None
            and state.condition.last_good > story.opened_at
            for name, state in sources.states(tx).items()
            if name in watched
        )


def _stands(tx: Tx, issuer: str, destination: str, track: str) -> Standing | None:
    """The strictest advice of an issuer about the matter for a place, or for a joint row that covers it."""
    covering = [one for one in advisories.destinations(tx) if destination in (one, *places.members(one))]
    found = [
        one
        for one in advisories.of_destination(tx, covering)
        if one.issuer == issuer and matter(one.track) == matter(track)
    ]
    return max(found, key=lambda one: one.record.highest or 0, default=None)


def claims(source: Source, item: Item, text: str, now: datetime) -> Iterator[Report]:
    """A report for each government and destination that an item speaks of."""
    outlet = item.outlet or source.name
    country = _country(source) or news.home_country(outlet, item.language, item.title)
    piece = news.NewsItem(
        title=item.title,
        summary=item.summary,
        language=item.language,
        published=item.published.at if item.published else None,
        outlet=outlet,
        country=country,
        text=text,
        url=item.url,
    )
    claim = news.read(piece)
    if not claim.is_advisory or claim.happening is None:
        return
    copy = news.syndication_key(piece)
    named = tuple("WORLD" if place == "*" else place for place in claim.destinations)
    for issuer, place in product(claim.issuers, named if 0 < len(named) <= _LISTS else ("",)):
        yield Report(
            source=source.id,
            key=item.key,
            issuer=issuer,
            destination=place,
            places=named if len(named) > 1 else (),
            track=claim.track,
            happening=claim.happening,
            renewed=claim.renewed,
            level=claim.level,
            copy=f"state:{issuer}" if STATE_OWNED in source.tags and country == issuer else copy,
            outlet=outlet,
            language=item.language,
            title=item.title,
            url=item.url,
            published=piece.published,
            first_seen=now,
        )


def _country(source: Source) -> str:
    """The home of a source's outlet, as its entry says."""
    return next((tag.removeprefix("country:").upper() for tag in source.tags if tag.startswith("country:")), "")


def _in_order(found: Iterator[Iterator[Report]]) -> list[Report]:
    return sorted((report for each in found for report in each), key=lambda report: (report.at, report.id))


def told(report: Report, kind: Kind, reason: str, now: datetime) -> Event:
    """An event that says what a report says."""
    return Event(
        id="",
        kind=kind,
        issuer=report.issuer,
        destination=report.destination,
        places=report.places if not report.destination else (),
        source=report.source,
        track=report.track,
        at=now,
        first_seen=report.first_seen,
        reason=reason,
        level_after=report.level,
        after=report.key,
        grade=_GRADES.get(kind, Grade.SINGLE),
        title=report.title,
        url=report.url,
        language=report.language,
        issued_at=Stamp(report.published) if report.published else None,
    )


def _as_it_stands(event: Event, standing: Standing) -> Event:
    """A confirmation speaks with the issuer's own words."""
    record = standing.record
    return replace(
        event,
        source=standing.source,
        grade=Grade.OFFICIAL,
        name=record.name,
        level_after=record.level,
        highest_after=record.highest,
        native_after=record.native_level,
        after=standing.revision,
        title=record.title,
        url=record.url,
        language=record.language,
        issued_at=record.issued_at,
    )
