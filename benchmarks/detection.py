"""Detection on recorded history: ``python benchmarks/detection.py RECORDINGS``.

RECORDINGS holds streams of payloads (see ``advisoryd replay --help``) and ``truth.jsonl.xz``, the events that are known
to be true. Every stream is replayed; what was found is compared with the truth, and what a subscription without any
condition would hear with what watchers of pages and readers of feeds would have said. Prints Markdown. The exit status
is 1 when a true change of a level or scope was missed or not heard, a raise was late, a lowering came later than the
next poll, or more was sent than ``MOST`` of what a watcher of pages sends.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from advisoryd.cli.words import line_of
from advisoryd.model.config import Config, Subscription
from advisoryd.model.event import UPWARD, Change, Event, Facet, Kind, Texture
from advisoryd.service.backtest import MONTH, Heard, backtest, noisiest
from advisoryd.service.house import reader_for
from advisoryd.service.recorded import as_utc, first_of, snapshots, streams
from advisoryd.service.replay import Replayed, replay_all, sources_for
from advisoryd.service.score import CLASSES, UP, Score, Truth, covers, read_truth, score, totals
from advisoryd.sources import catalogue
from benchmarks.watchers import FeedReader, PageWatcher

MOST = 0.15
"""The share of a page watcher's alerts that the subscription may hear."""

LEVEL_OR_SCOPE = UPWARD | {Kind.CORRECTED, Kind.LOWERED, Kind.NARROWED, Kind.LIFTED}
TRUTH = ("truth.jsonl.xz", "truth.jsonl")
WHERE = frozenset({Facet.REGION_ADDED, Facet.REGION_REMOVED, Facet.REGION_LEVEL})


@dataclass(frozen=True)
class Peers:
    """How many alerts two simpler tools would have given on one stream."""

    pages: int
    feed: int


@dataclass(frozen=True)
class Figures:
    """All that is reported. ``heard`` is what a subscription without any condition hears."""

    replayed: Sequence[Replayed]
    scores: Sequence[Score]
    truth: Sequence[Truth]
    peers: Mapping[str, Peers]
    heard: Heard

    @property
    def watched(self) -> int:
        """The alerts of a page watcher over all issuers."""
        return sum(one.pages for one in self.peers.values())


def main(words: Sequence[str] | None = None) -> int:
    arguments = argparse.ArgumentParser(description="Figures for detection on recorded history.")
    arguments.add_argument("recordings", type=Path, help="a folder of streams with truth.jsonl.xz")
    folder = arguments.parse_args(words).recordings
    labelled = next((path for name in TRUTH if (path := folder / name).is_file()), None)
    if labelled is None:
        arguments.error(f"{folder} holds no {TRUTH[0]}")
    begun = monotonic()
    paths = streams(folder)
    replayed = replay_all(paths, Config(state_dir=""), catalogue.entries())
    took = monotonic() - begun
    truth = read_truth(labelled)
    peers = {first_of(path).issuer: peers_of(path) for path in paths}
    figures = Figures(replayed, [score(one, truth) for one in replayed], truth, peers, heard_by_default(replayed))
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"# Detection on recorded history\n\n{datetime.now(UTC):%Y-%m-%d}, {machine}; replayed in {took:.0f} s.\n")
    print("\n".join(line for part in PARTS for line in part(figures)))
    faults = list(shortcomings(figures))
    print("\n".join(f"SHORT: {fault}" for fault in faults), end="\n" if faults else "")
    return 1 if faults else 0


def heard_by_default(replayed: Sequence[Replayed]) -> Heard:
    """What a subscription without any condition hears: every place, every issuer."""
    everything = Subscription(name="everything", channels=("",))
    config = Config(state_dir="", sources=tuple(catalogue.entries().values()), subscriptions=(everything,))
    days = max((one.last - one.first).total_seconds() / 86400 for one in replayed)
    return next(backtest(config, [event for one in replayed for event in one.events], days))


def peers_of(path: Path) -> Peers:
    """The alerts of simpler tools on one stream."""
    first = first_of(path)
    readers = [reader_for(source) for source in sources_for(first, catalogue.entries().values(), reader_for)]
    lists = {request.url for reader in readers for request in reader.endpoints(as_utc(first.time))}
    pages, feed = PageWatcher(lists), FeedReader(lists)
    counted = [(pages.look(snapshot), feed.look(snapshot)) for snapshot in snapshots(path)]
    return Peers(*map(sum, zip(*counted, strict=True)))


def shortcomings(figures: Figures) -> Iterator[str]:
    """What the figures must not show."""
    heard = set(figures.heard.events)
    for one in figures.scores:
        for name, matches in one.matches.items():
            for match in matches:
                what = f"{name} {match.truth.issuer} {match.truth.destination} {match.truth.time:%Y-%m-%d}"
                if match.event is None:
                    yield f"missed {what}"
                elif match.event not in heard:
                    yield f"not heard {what}"
                elif match.polls > (0 if name in (UP, "scope widened") else 1):
                    yield f"{match.polls} polls late: {what}"
    if len(figures.heard.events) > MOST * figures.watched:
        yield f"{len(figures.heard.events)} events heard, {figures.watched} alerts of a page watcher"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table in Markdown and an empty line."""
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    yield from (f"| {' | '.join(map(str, row))} |" for row in rows)
    yield ""


def sizes(figures: Figures) -> Iterator[str]:
    rows = [(one.issuer, len(one.snapshots), len(one.polls), (one.last - one.first).days) for one in figures.replayed]
    yield from table(("issuer", "snapshots", "polls", "days"), rows)


def against_the_truth(figures: Figures) -> Iterator[str]:
    yield "## Levels and scopes against the truth\n"
    header = ("issuer", "class", "true", "found", "recall", "extra", "finer", "precision", "strictly", "delay in polls")
    named = [(one, name) for one in figures.scores for name in CLASSES]
    rows = [_scored(one.issuer, name, one.counts(name), _delays(one, name)) for one, name in named]
    sums = [totals(figures.scores, name) for name in CLASSES]
    rows += [_scored("all", name, counts, "") for name, counts in zip(CLASSES, sums, strict=True)]
    true, found, extra, finer = map(sum, zip(*sums, strict=True))
    rows.append(_scored("all", "together", (true, found, extra, finer), ""))
    yield from table(header, [row for row in rows if row[2] or row[5] or row[6]])
    yield "*Finer*: a named part of a country came, went or changed its level, which the truth knows only as changed"
    yield "text of the advice, of that place in that poll. *Precision* counts those as right, *strictly* does not.\n"


def _scored(issuer: str, name: str, counts: tuple[int, int, int, int], delays: str) -> tuple[object, ...]:
    true, found, extra, finer = counts
    said = found + extra + finer
    precisions = _share(found + finer, said), _share(found, said)
    return (issuer, name, true, found, _share(found, true), extra, finer, *precisions, delays)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def _delays(one: Score, name: str) -> str:
    delays = Counter(match.polls for match in one.matches.get(name, []) if match.event)
    return ", ".join(f"{polls}: {number}" for polls, number in sorted(delays.items()))


def texts(figures: Figures) -> Iterator[str]:
    yield "## Changes of text\n"
    header = ("issuer", "a page's own", "found", "edited without a new date", "found", "flaps", "told")
    yield from table(header, [_texts(one, figures.truth) for one in figures.replayed])
    yield "*Found*: an event about that place in that poll, whatever its class. The class of what was found:\n"
    names = [texture for texture in Texture if texture is not Texture.DATE]
    counts = [(one.issuer, Counter(event.texture or event.kind for event in one.events)) for one in figures.replayed]
    yield from table(("issuer", *names, "sweeps"), [(who, *(c[n] for n in names), c[Kind.SWEEP]) for who, c in counts])


def _texts(one: Replayed, truth: Iterable[Truth]) -> tuple[object, ...]:
    mine = [row for row in truth if row.issuer == one.issuer and as_utc(row.time) <= one.last]
    told = {(event.first_seen, place) for event in one.events for place in covers(event)}
    own = [row for row in mine if row.kind == "text_changed" and not (row.cosmetic or row.mass_edit)]
    silent = [row for row in own if row.date_unchanged]
    flaps = [row for row in mine if row.flap]
    return (one.issuer, *(number for rows in (own, silent, flaps) for number in (len(rows), _told(rows, told))))


def _told(rows: Iterable[Truth], told: set[tuple[datetime, str]]) -> int:
    return sum((as_utc(row.time), row.destination_iso2) in told for row in rows)


def messages(figures: Figures) -> Iterator[str]:
    heard, watched = figures.heard, figures.watched
    feeds = sum(one.feed for one in figures.peers.values())
    yield "## What is heard, beside simpler tools\n"
    header = ("issuer", "page watcher", "feed reader", "advisoryd", "level or scope", "substance of a text", "sweep")
    yield from table(header, [_heard(one.issuer, figures) for one in figures.replayed])
    true = [match for one in figures.scores for matches in one.matches.values() for match in matches]
    there = sum(match.event in set(heard.events) for match in true)
    monthly = f"{len(heard.events) / heard.days * MONTH:.0f} events and {heard.per_month:.0f} messages"
    yield f"A subscription without any condition hears of {len(heard.events)} events about all countries, in"
    yield f"{len(heard.sent)} messages: {monthly} a month. That is {_share(len(heard.events), watched)} and"
    yield f"{_share(len(heard.sent), watched)} of the {watched} alerts of a page watcher (a feed reader: {feeds})."
    yield f"{there} of the {len(true)} true changes of a level or scope are among them.\n"
    yield "### The ten rules that most was heard by\n"
    rules = [(number, rule.kind, rule.reason, rule.source) for rule, number in noisiest([heard])]
    yield from table(("events", "kind", "reason", "source"), rules)


def _heard(issuer: str, figures: Figures) -> tuple[object, ...]:
    mine = [event for event in figures.heard.events if event.source in _sources(issuer, figures)]
    moved = sum(event.kind in LEVEL_OR_SCOPE for event in mine)
    kinds = Counter(event.kind for event in mine)
    peers = figures.peers[issuer]
    return (issuer, peers.pages, peers.feed or "no feed", len(mine), moved, kinds[Kind.AMENDED], kinds[Kind.SWEEP])


def _sources(issuer: str, figures: Figures) -> set[str]:
    return {name for one in figures.replayed if one.issuer == issuer for name in one.sources}


def operator(figures: Figures) -> Iterator[str]:
    yield "## What the operator was told\n"
    events = [event for one in figures.replayed for event in one.events if event.kind.startswith("source-")]
    yield from (f"- {event.at:%Y-%m-%d} {event.reason}: {event.title}" for event in events)
    yield ""


def disagreements(figures: Figures) -> Iterator[str]:
    yield "## Disagreements with the truth, by name\n"
    for one in figures.scores:
        for label, found in (("extra", one.extra), ("finer", one.finer)):
            yield from (_named(label, event) for events in found.values() for event in events)


def _named(label: str, event: Event) -> str:
    where = "; ".join(_change(change) for change in event.changes if change.facet in WHERE)
    return f"- {label}: {event.first_seen:%Y-%m-%d} {line_of(event)}: {where}"


def _change(change: Change) -> str:
    said = " → ".join(filter(None, (change.old, change.new)))
    return f"{change.facet.replace('-', ' ')}: {said}"


PARTS: Sequence[Callable[[Figures], Iterator[str]]] = (
    sizes,
    against_the_truth,
    texts,
    messages,
    operator,
    disagreements,
)

if __name__ == "__main__":
    sys.exit(main())
