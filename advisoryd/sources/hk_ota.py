"""Hong Kong: the Outbound Travel Alert of the Security Bureau, read from the file that its index page itself loads.

The file holds one bucket for each level, with the countries in it. What has been learnt about it:

- Superseded alerts stay in it for years with ``showInIndex`` 0; two of 2021 would be red again without a look at it.
- Whether an alert is for a part of a country is told by a parenthesis in its title only. One country can have a
  whole-country alert in one bucket and one for a region in another.
- ``levelExt`` splits a level by its cause (a disease), and is free text.
- ``updateDate`` has no zone; it is Hong Kong time in all likelihood, so seconds are not to be relied on.
- An alert that ends has its row hidden, which is an explicit end: a country all of whose rows are hidden has no alert.
  Of the 85 or so countries that the system covers, those without any row have none either, so a row that vanishes
  altogether says by absence that its alert is over.
- The web page shows nothing without scripts, and once was read as "no alerts".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from advisoryd import places
from advisoryd.model.ladder import Action, Level, Reason, strictest
from advisoryd.model.reading import (
    Contract,
    Document,
    Finding,
    FindingKind,
    Parsed,
    Piece,
    Request,
    Unreadable,
)
from advisoryd.model.record import Record, Region, Scope, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import jsonbody, options
from advisoryd.sources.checks import refuse_short, unknown_level, unknown_places
from advisoryd.sources.jsonbody import Row

REGISTER = "https://www.sb.gov.hk/json/ota_index/ota_index.json"
NOTES = "https://www.sb.gov.hk/eng/ota/"
CONTRACT = Contract(
    lists_calm=False,  # only alerts are listed; where there is none, none is in force
    min_rows=10,  # 25 alerts were active in September 2026; fewer than ten means a broken file
    grace=timedelta(days=2),  # an alert that ends leaves the file for good
)
_SCALE = {"amber": Level.CAUTION, "red": Level.RECONSIDER, "black": Level.AVOID}
_ACTIONS = {
    Level.CAUTION: Action.CAUTION,
    Level.RECONSIDER: Action.AVOID_NON_ESSENTIAL,
    Level.AVOID: Action.AVOID_ALL,
}
_REGION = re.compile(r"\s*[(（](.+)[)）]\s*$")
_OLD = re.compile(r"\s*-\s*old\s*$", re.IGNORECASE)
_DISEASE = re.compile(r"disease|health|virus|epidemic|pandemic|outbreak|covid|ebola", re.IGNORECASE)
_ZONE = ZoneInfo("Asia/Hong_Kong")
_RULES: dict[str, tuple[options.Rule, str]] = {"url": (options.is_address, "the address of the register")}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> HkOta:
    """The reader of the Outbound Travel Alert. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return HkOta(source)


@dataclass(frozen=True, slots=True)
class HkOta:
    """The register of all alerts, those that have ended included."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The register."""
        return (Request(str(self.source.options.get("url", REGISTER)), expect="json"),)

    def parse(self, document: Document) -> Parsed:
        """The alerts of every country. Raises :class:`Unreadable`."""
        body = jsonbody.mapping(jsonbody.load(document), document.url)
        if "otas" not in body:
            raise Unreadable("wrong-shape", f'{document.url} has no "otas", which holds the alerts.')
        rows = list(_rows(jsonbody.rows(body["otas"], f'"otas" of {document.url}')))
        alerts = [row for row in rows if row.shown]
        refuse_short(len(alerts), self.contract, document.url)
        listing = {
            key: _piece([row for row in rows if row.key == key]) for key in dict.fromkeys(row.key for row in rows)
        }
        return Parsed(listing, complete=True, findings=(*_findings(alerts), *unknown_places(listing)))

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The country's alert, or that it has none."""
        return (_record(key, found[-1], self.source),) if found else ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A level for a country, or for a part of it where ``region`` is not ``""``."""

    code: str
    name: str
    region: str
    words: str
    cause: str
    file: str
    updated: str
    shown: bool

    @property
    def key(self) -> str:
        return self.code or self.name

    @property
    def level(self) -> Level | None:
        return _SCALE.get(self.words.lower())


def _rows(buckets: Sequence[Row]) -> Iterator[_Row]:
    for bucket in buckets:
        for country in jsonbody.entries(bucket, "countries"):
            title = jsonbody.text(country, "titleEn")
            name = _OLD.sub("", title)
            region = _REGION.search(name)
            row = _Row(
                code=jsonbody.text(country, "countryCode").upper(),
                name=_REGION.sub("", name),
                region=region[1] if region else "",
                words=jsonbody.text(bucket, "level"),
                cause=jsonbody.text(bucket, "levelExt"),
                file=jsonbody.text(country, "countryFileName"),
                updated=jsonbody.text(country, "updateDate"),
                shown=jsonbody.flag(country, "showInIndex") is True and name == title,
            )
            if row.key:
                yield row


def _piece(rows: Sequence[_Row]) -> Piece:
    """What the register says about one country. The order of its rows means nothing."""
    shown = sorted([row.region, row.words, row.cause, row.updated, row.file] for row in rows if row.shown)
    name = rows[0].name
    code = rows[0].code
    destination = code if places.known(code) else places.resolve(name, "en").place
    return {"name": name, "destination": destination, "alerts": shown}


def _findings(alerts: Sequence[_Row]) -> Iterator[Finding]:
    for row in alerts:
        if row.level is None:
            yield unknown_level(row.key, row.name, row.words)
    for (key, region, words), times in Counter((row.key, row.region, row.words) for row in alerts).items():
        if times > 1:
            where = f"{key} ({region})" if region else key
            yield Finding(FindingKind.DUPLICATE, f"{where} stands {times} times under {words}.", (key,))


def _record(key: str, piece: Piece, source: Source) -> Record:
    alerts = _alerts(piece)
    whole = [alert for alert in alerts if not alert.region]
    parts = [alert for alert in alerts if alert.region]
    dated = [stamp for alert in alerts if (stamp := _stamp(alert.updated))]
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.raw(piece, "destination"),
        name=jsonbody.raw(piece, "name"),
        language=source.language,
        url=urljoin(NOTES, next((alert.file for alert in (*whole, *parts)), "")),
        level=_level(whole, parts),
        native_level=", ".join(dict.fromkeys(alert.words for alert in whole or parts)),
        track=source.track,
        scope=_scope(parts, jsonbody.raw(piece, "destination")),
        actions=frozenset(_ACTIONS[alert.level] for alert in whole if alert.level),
        reasons=frozenset({Reason.HEALTH} if any(_DISEASE.search(alert.cause) for alert in alerts) else ()),
        note="; ".join(dict.fromkeys(alert.cause for alert in alerts if alert.cause)),
        issued_at=max(dated, key=lambda stamp: stamp.at, default=None),
    )


def _level(whole: Sequence[_Row], parts: Sequence[_Row]) -> Level | None:
    """The country's own level; an alert for a part of it makes it "stay alert" at most."""
    if whole:
        return None if any(alert.level is None for alert in whole) else strictest([alert.level for alert in whole])
    if not parts:
        return Level.NORMAL
    return Level.CAUTION if all(alert.level for alert in parts) else None


def _scope(parts: Sequence[_Row], place: str) -> Scope:
    levels = frozenset(alert.level for alert in parts if alert.level)
    regions = (Region(alert.region, alert.level, code=places.resolve_region(place, alert.region)) for alert in parts)
    return Scope(bool(parts), levels, tuple(regions))


def _alerts(piece: Piece) -> list[_Row]:
    """The alerts packed in a piece."""
    packed = piece.get("alerts")
    rows = packed if isinstance(packed, list) else []
    return [_Row("", "", region, words, cause, file, updated, True) for region, words, cause, updated, file in rows]


def _stamp(text: str) -> Stamp | None:
    """``YYYYMMDDHHmmss`` of Hong Kong, to the minute."""
    try:
        return Stamp(datetime.strptime(text[:12], "%Y%m%d%H%M").replace(tzinfo=_ZONE).astimezone(UTC), text)
    except ValueError:
        return None
