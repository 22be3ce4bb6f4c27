"""Recorded history through the true readers, deciders and store, on a virtual clock.

DIR holds streams of recorded payloads (JSON lines, plain or xz). With --truth the result is compared with labelled
events; with --config the subscriptions of a configuration say what they would have been sent, and which ten rules
would have sent most of it.

  advisoryd replay recordings
  advisoryd replay recordings --truth recordings/truth.jsonl.xz
  advisoryd replay recordings --config my.toml --out events.jsonl
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, Stop, load_config, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.config import Config
    from advisoryd.model.event import Event
    from advisoryd.service.replay import Replayed
    from advisoryd.service.score import Score, Truth


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to replay and what to compare it with."""
    parser.add_argument("dir", type=Path, help="a folder of streams, or one stream")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="labelled events to compare with")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write every event as a JSON line")
    parser.add_argument("--issuer", metavar="CODES", default="", help="only these governments, with commas")
    parser.add_argument("--misses", action="store_true", help="with --truth: name every disagreement")
    parser.add_argument("--by-day", action="store_true", help="with --config: every day of every subscription")
    with_config(parser)
    with_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Replay, compare, print."""
    paths = _streams(chosen)
    config = _config(chosen)
    replayed = _replay_all(paths, config)
    events = sorted((event for one in replayed for event in one.events), key=lambda event: (event.at, event.issuer))
    if chosen.out:
        _write(chosen.out, events)
    if chosen.json:
        from advisoryd.cli.out import print_json

        print_json(events)
    else:
        _print_events(replayed)
    if chosen.truth:
        _compare(replayed, chosen)
    if chosen.config:
        _print_heard(config, replayed, chosen.by_day)
    return DONE


def _streams(chosen: argparse.Namespace) -> list[Path]:
    from advisoryd.service.recorded import first_of, streams

    if not chosen.dir.exists():
        raise Stop(f"there is no folder or file {chosen.dir}")
    paths = [chosen.dir] if chosen.dir.is_file() else streams(chosen.dir)
    wanted = {code.strip().upper() for code in chosen.issuer.split(",") if code.strip()}
    if wanted:
        paths = [path for path in paths if first_of(path).issuer in wanted]
    if not paths:
        raise Stop(f"{chosen.dir} holds no recorded payloads")
    return paths


def _config(chosen: argparse.Namespace) -> Config:
    from advisoryd.model.config import Config

    return load_config(chosen.config) if chosen.config else Config(state_dir="")


def _replay_all(paths: Sequence[Path], config: Config) -> list[Replayed]:
    """Secrets do not travel to the processes that replay."""
    from advisoryd.cli.out import progress
    from advisoryd.model.config import Config
    from advisoryd.service.replay import replay, replay_all
    from advisoryd.sources import catalogue

    bare = Config(state_dir="", thresholds=config.thresholds, locale=config.locale, zone=config.zone)
    if len(paths) == 1:
        with progress(None, paths[0].name) as done:
            return [replay(paths[0], bare, catalogue.entries(), lambda _, number: done(number))]
    with progress(len(paths), "replaying streams") as done:
        return replay_all(paths, bare, catalogue.entries(), done)


def _write(path: Path, events: Iterable[Event]) -> None:
    from advisoryd import codec

    with path.open("wb") as out:
        for event in events:
            out.write(codec.dumps(event) + b"\n")


def _print_events(replayed: Sequence[Replayed]) -> None:
    from advisoryd.cli.out import print_table

    kinds = sorted({str(event.kind) for one in replayed for event in one.events})
    header = ("kind", *(one.issuer for one in replayed), "all")
    counts = {one.issuer: Counter(str(event.kind) for event in one.events) for one in replayed}
    rows = [
        (kind, *(counts[one.issuer][kind] for one in replayed), sum(c[kind] for c in counts.values())) for kind in kinds
    ]
    print_table(header, rows)
    for one in replayed:
        days = (one.last - one.first).days
        size = f"{len(one.snapshots)} snapshots over {days} days, {len(one.polls)} polls"
        print(f"{one.issuer}: {size}, {', '.join(one.sources)}")


def _compare(replayed: Sequence[Replayed], chosen: argparse.Namespace) -> None:
    from advisoryd.cli.out import print_table
    from advisoryd.service.score import CLASSES, read_truth, score, totals

    truth = read_truth(chosen.truth)
    scores = [score(one, truth) for one in replayed]
    print()
    header = ("issuer", "class", "true", "found", "extra", "finer", "recall", "precision", "late polls")
    rows = [_row(one.issuer, name, one.counts(name), _delays(one, name)) for one in scores for name in CLASSES]
    rows += [_row("all", name, totals(scores, name), "") for name in CLASSES]
    together = [sum(totals(scores, name)[place] for name in CLASSES) for place in range(4)]
    rows.append(_row("all", "level and scope", (together[0], together[1], together[2], together[3]), ""))
    print_table(header, [row for row in rows if row[2] or row[3] or row[4] or row[5]])
    print("finer: a named region came or went, which the truth knows only as changed text about risk in that poll")
    if chosen.misses:
        _print_misses(scores)


def _row(issuer: str, name: str, counts: tuple[int, int, int, int], delays: str) -> tuple[object, ...]:
    true, found, extra, finer = counts
    recall = f"{found / true:.1%}" if true else ""
    said = found + extra + finer
    precision = f"{(found + finer) / said:.1%}" if said else ""
    return (issuer, name, true, found, extra, finer, recall, precision, delays)


def _delays(one: Score, name: str) -> str:
    delays = Counter(match.polls for match in one.matches.get(name, []) if match.event)
    return ", ".join(f"{polls}: {number}" for polls, number in sorted(delays.items()))


def _print_misses(scores: Sequence[Score]) -> None:
    from advisoryd.cli.words import line_of

    for one in scores:
        for name, matches in one.matches.items():
            for match in matches:
                if match.event is None:
                    print(f"missed {name}: {_true_words(match.truth)}")
        for label, found in (("extra", one.extra), ("finer", one.finer)):
            for name, events in found.items():
                for event in events:
                    print(f"{label} {name}: {event.first_seen:%Y-%m-%d} {line_of(event)} ({event.reason})")


def _true_words(row: Truth) -> str:
    return f"{row.time:%Y-%m-%d} {row.issuer} {row.destination}: {row.native_old} -> {row.native_new}"


def _print_heard(config: Config, replayed: Sequence[Replayed], by_day: bool) -> None:
    """What each subscription would have been sent, and the rules that would have sent most of it."""
    from advisoryd.cli.out import print_table
    from advisoryd.service.backtest import backtest, noisiest

    days = max((one.last - one.first).total_seconds() / 86400 for one in replayed)
    heard = list(backtest(config, [event for one in replayed for event in one.events], days))
    print()
    header = ("subscription", "events", "messages", "a month", "by kind")
    sizes = [(one.subscription, len(one.events), len(one.sent), f"{one.per_month:.1f}") for one in heard]
    print_table(header, [(*size, _kinds(one.kinds)) for size, one in zip(sizes, heard, strict=True)])
    print()
    rules = [(number, *astuple(rule)) for rule, number in noisiest(heard)]
    print_table(("events", "subscription", "kind", "reason", "source"), rules)
    if by_day:
        print()
        days_of = [(day, one.subscription, _kinds(kinds)) for one in heard for day, kinds in one.by_day().items()]
        print_table(("day", "subscription", "events"), sorted(days_of))
    unwatched = {name for one in replayed for name in one.sources} - {source.id for source in config.sources}
    if unwatched:
        print(f"not watched by this configuration, so not counted: {', '.join(sorted(unwatched))}")


def _kinds(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in counted.most_common())
