"""Recorded streams for tests: some written down beside this file, some cut out of real ones, some made up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from advisoryd.service.recorded import Served, Snapshot, as_utc, snapshots

RECORDINGS = Path(__file__).parent / "recordings"


def made(path: Path, issuer: str, kind: str, moments: Iterable[tuple[datetime, Mapping[str, str]]]) -> Path:
    """A stream of all that stood at each moment: URL to body, each of media type ``kind``."""
    held: dict[str, str] = {}
    lines = []
    for moment, bodies in moments:
        fresh = {url: Served(body, kind) for url, body in bodies.items() if held.get(url) != body}
        lines.append(Snapshot(moment, issuer, fresh, tuple(held.keys() - bodies.keys())))
        held = dict(bodies)
    return _written(path, lines)


def cut(whole: Path, first: datetime, last: datetime, path: Path) -> Path:
    """A stream from ``first`` to ``last``; its first line is the complete state of then."""
    served: dict[str, Served] = {}
    issuer, rest = "", []
    for snapshot in snapshots(whole):
        issuer = snapshot.issuer
        if as_utc(snapshot.time) > last:
            break
        if as_utc(snapshot.time) > first:
            rest.append(snapshot)
            continue
        served = {url: body for url, body in {**served, **snapshot.set}.items() if url not in snapshot.gone}
    return _written(path, [Snapshot(first, issuer, served), *rest])


def _written(path: Path, lines: Iterable[Snapshot]) -> Path:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(_plain(line), ensure_ascii=False) + "\n" for line in lines)
    return path


def _plain(snapshot: Snapshot) -> dict[str, object]:
    served = {url: {"type": body.type, "body": body.body} for url, body in snapshot.set.items()}
    return {
        "time": as_utc(snapshot.time).isoformat(),
        "issuer": snapshot.issuer,
        "set": served,
        "gone": list(snapshot.gone),
    }
