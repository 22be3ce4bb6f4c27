"""``advisoryd sources probe`` and ``capture``: one look at a source, now, and what came of it in words."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, IMPOSSIBLE, Stop

if TYPE_CHECKING:
    from advisoryd.model.config import Config
    from advisoryd.model.source import Source
    from advisoryd.service.probe import Look, Probe

SHOWN = 20
"""So many of a kind are listed; the rest is counted."""


def show(source: Source, config: Config, chosen: argparse.Namespace) -> int:
    """Look, and tell what was read, what was not understood and what would be decided."""
    from advisoryd.cli.out import print_json, say
    from advisoryd.service.probe import look

    found = look(config, source, datetime.now(UTC), chosen.pages)
    if chosen.json:
        print_json([_as_json(found)])
    else:
        say(*_lines(source, found))
    return DONE if found.idle or found.readable else IMPOSSIBLE


def capture(source: Source, config: Config, path: Path, chosen: argparse.Namespace) -> int:
    """Look, and keep what was answered in a new file."""
    from advisoryd.cli.out import counted, say
    from advisoryd.service.capture import save
    from advisoryd.service.probe import look

    if path.exists():
        raise Stop(f"{path} exists already; give another name", IMPOSSIBLE)
    now = datetime.now(UTC)
    found = look(config, source, now, chosen.pages)
    if not found.bodies:
        reasons = "; ".join(look.trouble for look in found.looks if look.trouble)
        raise Stop(f"{source.id}: nothing was answered ({f'it {found.idle}' if found.idle else reasons})", IMPOSSIBLE)
    save(path, source, found.bodies, now)
    say(f"{path}: {counted(len(found.bodies), 'document')} as they were answered, without keys")
    return DONE


def _lines(source: Source, found: Probe) -> Iterator[str]:
    yield f"{source.id}: {source.name}"
    if found.idle:
        yield f"  off: it {found.idle}"
        return
    yield from (f"  {_answer(look)}" for look in found.looks)
    if found.readable:
        yield from _read(found)
        yield from _not_understood(found)
        yield from _decided(found)
    yield "nothing was stored and nobody was told"


def _answer(look: Look) -> str:
    from advisoryd.cli.out import counted

    if look.trouble:
        return f"{look.url}: {look.trouble}"
    holds = [("row", look.keys), ("entry", look.items), ("page", look.pages)]
    words = ", ".join(counted(number, what) for what, number in holds if number) or "nothing"
    return f"{look.url}: {look.size} bytes of {look.content_type or 'no stated type'}: {words}"


def _read(found: Probe) -> Iterator[str]:
    from advisoryd.cli.out import counted
    from advisoryd.cli.words import level_words

    levels = Counter(level_words(record.level) for record in found.records)
    graded = ", ".join(f"{number} {words}" for words, number in sorted(levels.items()))
    yield f"read: {counted(len(found.records), 'record')}" + (f" ({graded})" if graded else "")
    if found.items:
        yield f"read: {counted(len(found.items), 'entry')}"
        yield from _some([f"{item.title}" for item in found.items])


def _not_understood(found: Probe) -> Iterator[str]:
    if not found.findings:
        yield "not understood: nothing"
        return
    yield f"not understood: {len(found.findings)}"
    yield from _some([f"{finding.kind}: {finding.detail}" for finding in found.findings])


def _decided(found: Probe) -> Iterator[str]:
    from advisoryd.cli.words import line_of

    if found.first:
        yield "would be decided: all of it is baseline, because the source was never read before"
        return
    trust = "" if found.healthy else ", and what is looser is not believed"
    yield f"would be told: {len(found.events)}{trust}"
    yield from _some([f"{line_of(event)} ({event.reason})" for event in found.events])
    reasons = Counter(reason for _, reason in found.decisions)
    if reasons:
        yield "would be decided: " + ", ".join(f"{number} {reason}" for reason, number in sorted(reasons.items()))


def _some(lines: list[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"  and {len(lines) - SHOWN} more"


def _as_json(found: Probe) -> dict[str, object]:
    return {
        "source": found.source,
        "idle": found.idle,
        "documents": found.looks,
        "records": found.records,
        "items": found.items,
        "findings": found.findings,
        "first": found.first,
        "healthy": found.healthy,
        "events": found.events,
        "decisions": [{"destination": place, "reason": reason} for place, reason in found.decisions],
    }
