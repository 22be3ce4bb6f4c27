"""The open-data service of Korea's foreign ministry: alarms and special advisories as pieces, adjustments as items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b

from advisoryd import codec, places
from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Item
from advisoryd.sources import dates, decode, jsonbody, pieces
from advisoryd.sources.checks import refuse_short, unknown_level, unknown_places
from advisoryd.sources.jsonbody import Row
from advisoryd.sources.kr_levels import WORDS
from advisoryd.sources.kr_mofa import COUNTRIES, HISTORY, SPECIAL

LANGUAGE = "ko"
ZONE = "Asia/Seoul"
SPECIAL_KEY = " special"
"""What the key of a country's special advisory ends in."""

_GOOD = frozenset({"0", "00"})
_FINE = "정상"
_REFUSAL = re.compile(r"<returnAuthMsg>\s*([^<]+?)\s*<")


def read(document: Document, contract: Contract, history: Request | None) -> Parsed:
    """The rows of a service. ``history`` is how its adjustments are asked for, when an alarm has changed.

    Raises :class:`Unreadable`, whose message names the service without its query.
    """
    service = document.url.partition("?")[0]
    rows = _rows(replace(document, url=service))
    if service == HISTORY:
        return Parsed(items=tuple(_adjustment(row) for row in rows if jsonbody.text(row, "title")))
    if service == SPECIAL:
        return _special(rows, service)
    return _alarms(rows, service, contract, history)


def _rows(document: Document) -> list[Row]:
    """All rows, in the frame of today or in that of the guide of old. Raises :class:`Unreadable`."""
    if decode.is_markup(document):
        said = _REFUSAL.search(decode.text(document))
        raise Unreadable("wrong-shape", f"{document.url} refuses: {said[1] if said else 'it answers with a web page'}.")
    body = jsonbody.mapping(jsonbody.load(document), document.url)
    frame = jsonbody.nested(body, "response")
    head, held = (jsonbody.nested(frame, "header"), jsonbody.nested(frame, "body")) if frame else (body, body)
    code, message = str(head.get("resultCode")), jsonbody.text(head, "resultMsg")
    if code not in _GOOD and message != _FINE:
        raise Unreadable("wrong-shape", f"{document.url} refuses with code {code}: {message}.")
    listed = held.get("items", held.get("data"))
    rows = _listed(listed.get("item") if isinstance(listed, dict) else listed)
    total = jsonbody.integer(held, "totalCount")
    if rows is None or total is None:
        raise Unreadable("wrong-shape", f"{document.url} has no rows, or does not say how many there are.")
    if len(rows) < total:
        raise Unreadable("short-list", f"{document.url} promises {total} rows and holds {len(rows)}.")
    return rows


def _listed(value: object) -> list[Row] | None:
    """Rows as a list: one row comes without its list, and none as an empty text."""
    if value == "":
        return []
    if isinstance(value, dict):
        return [value]
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else None


def _place(row: Row) -> str:
    code = jsonbody.text(row, "country_iso_alp2").upper()
    return code if places.known(code) else places.resolve(jsonbody.text(row, "country_nm"), LANGUAGE).place


def _key(row: Row) -> str:
    return _place(row) or jsonbody.text(row, "country_iso_alp2") or jsonbody.text(row, "country_nm")


def _by_country(rows: Sequence[Row]) -> dict[str, list[Row]]:
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        if key := _key(row):
            gathered.setdefault(key, []).append(row)
    return gathered


def _alarms(rows: Sequence[Row], url: str, contract: Contract, history: Request | None) -> Parsed:
    refuse_short(len(rows), contract, url)
    if not any(jsonbody.text(row, "alarm_lvl") for row in rows):
        raise Unreadable("wrong-shape", f'None of the {len(rows)} rows of {url} has the field "alarm_lvl".')
    listing = {key: _alarm_piece(found) for key, found in _by_country(rows).items()}
    stamp = blake2b(codec.canonical(listing), digest_size=8).hexdigest()
    follow = [Follow(Request(COUNTRIES, expect="html"), stamp=stamp)]
    if history:
        follow.append(Follow(history, stamp=stamp))
    findings = (*unknown_places(listing), *_doubts(rows))
    return Parsed(listing, follow=tuple(follow), complete=True, findings=findings)


def _alarm_piece(rows: Sequence[Row]) -> Piece:
    """The alarms of one country. The service has no row ids, so their order means nothing, nor does a row twice."""
    alarms = [list(alarm) for alarm in sorted({_alarm(row) for row in rows})]
    return {**_identity(rows[0], "service"), "alarms": alarms, "written": _written(rows)}


def _alarm(row: Row) -> tuple[str, str, str]:
    """What tells one alarm from another: its level, 전체 or 일부, and where."""
    return jsonbody.text(row, "alarm_lvl"), jsonbody.text(row, "region_ty"), jsonbody.text(row, "remark")


def _identity(row: Row, part: str) -> dict[str, object]:
    return {"part": part, "name": jsonbody.text(row, "country_nm"), "destination": _place(row)}


def _written(rows: Sequence[Row]) -> list[object] | None:
    stamps = [stamp for row in rows if (stamp := dates.day(jsonbody.text(row, "written_dt"), ZONE))]
    return pieces.pack_stamp(max(stamps, key=lambda stamp: stamp.at, default=None))


def _doubts(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        if jsonbody.integer(row, "alarm_lvl") not in WORDS:
            yield unknown_level(_key(row), jsonbody.text(row, "country_nm"), jsonbody.text(row, "alarm_lvl"))
    for (key, *_), times in Counter((_key(row), *_alarm(row)) for row in rows).items():
        if times > 1:
            yield Finding(FindingKind.DUPLICATE, f"An alarm of {key} is listed {times} times.", (key,))


def _special(rows: Sequence[Row], url: str) -> Parsed:
    """The special advisories. Rows of countries without one may be there, with nothing in their fields."""
    if not rows:
        raise Unreadable("empty-list", f"{url} answered with an empty list.")
    if not any("evacuate_rcmnd_remark" in row for row in rows):
        raise Unreadable("wrong-shape", f'None of the {len(rows)} rows of {url} has "evacuate_rcmnd_remark".')
    listing = {key + SPECIAL_KEY: _special_piece(found) for key, found in _by_country(rows).items()}
    return Parsed(listing, complete=True)


def _special_piece(rows: Sequence[Row]) -> Piece:
    told = [entry for row in rows for entry in _advised(row)]
    return {**_identity(rows[0], "service"), "special": sorted(told), "written": _written(rows)}


def _advised(row: Row) -> Iterator[list[str]]:
    """What a row asks for: whether it is the stricter half, 전체 or 일부, and where."""
    for half in ("evacuate", "forbidden"):
        remark, scope = jsonbody.text(row, f"{half}_rcmnd_remark"), jsonbody.text(row, f"{half}_region_ty")
        if remark or scope:
            yield [half, scope or jsonbody.text(row, "region_ty"), remark]


def _adjustment(row: Row) -> Item:
    """One adjustment with its reasons, as a bulletin."""
    title, day = jsonbody.text(row, "title"), jsonbody.text(row, "wrt_dt")
    place = _place(row)
    return Item(
        key=f"{jsonbody.text(row, 'country_iso_alp2')} {day} {title}",
        title=title,
        language=LANGUAGE,
        summary=jsonbody.text(row, "txt_origin_cn"),
        published=dates.day(day, ZONE),
        destinations=(place,) if place else (),
    )
