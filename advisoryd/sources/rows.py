"""Rows of a list or table whose columns the configuration names: what :mod:`table` and :mod:`json_list` share.

With a map of level words the rows are advice, one record each. Without one they are items: dated messages whose level
nobody has told us. A word that the map does not hold is an unknown level, never a safe one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import (
    Contract,
    Document,
    Finding,
    FindingKind,
    Parsed,
    Piece,
    Request,
    Shape,
    Unreadable,
)
from advisoryd.model.record import Item, Record, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import dates, jsonbody, levels, options
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.entries import canonical

Cells = Mapping[str, str]
"""The text of one row's columns by the option that names them."""

COLUMNS = ("key", "name", "title", "level", "date", "link", "text")
_IDENTIFYING = ("key", "link", "name", "title")

RULES: dict[str, tuple[options.Rule, str]] = {
    "url": (options.is_address, "an http or https address"),
    "levels": (options.is_level_map, "a table of the issuer's words and the steps 1 to 4 they mean"),
    "date_format": (
        lambda value: options.is_text(value) and "%z" not in str(value).lower(),
        "a format such as %d/%m/%Y without a zone, or epoch for seconds since 1970",
    ),
    "zone": (options.is_zone, "a time zone such as Asia/Tokyo, for dates that name none"),
    "shape": (lambda value: value in tuple(Shape), "register (everything in force) or stream (the latest messages)"),
    "lists_calm": (lambda value: isinstance(value, bool), "true or false: whether places without advice have rows too"),
    "min_rows": (lambda value: type(value) is int and value > 0, "the least number of rows a whole list has"),
    "usual_gap": (options.is_duration, 'the longest usual time between two rows, such as "30d"'),
}
"""Options that do not name a column."""


def contract(source: Source) -> Contract:
    """A register unless the options say otherwise, or hold no levels."""
    usual = Shape.REGISTER if "levels" in source.options else Shape.STREAM
    return Contract(
        shape=Shape(str(source.options.get("shape", usual))),
        lists_calm=source.options.get("lists_calm") is not False,
        min_rows=cast(int, source.options.get("min_rows", 1)),
        usual_gap=options.duration(str(source.options.get("usual_gap", ""))),
    )


def check(source: Source) -> Iterator[str]:
    """What no single option is to blame for."""
    if not set(_IDENTIFYING) & set(source.options):
        yield f'Source "{source.id}": one of the options {", ".join(_IDENTIFYING)} is needed to tell its rows apart.'
    if "levels" in source.options and "level" not in source.options:
        yield f'Source "{source.id}": the option "levels" needs the option "level", which says where the words stand.'
    if "levels" in source.options and not source.destination and "name" not in source.options:
        yield f'Source "{source.id}": the option "name" or a destination is needed to know which country a row means.'


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows into records or items. ``cells`` takes them out of a document, every column that is configured."""

    source: Source
    cells: Callable[[Document], Sequence[Cells]]
    contract: Contract
    expect: str
    version: int = 1

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The one document."""
        return (Request(str(self.source.options["url"]), expect=self.expect),)

    def parse(self, document: Document) -> Parsed:
        """Its rows. Raises :class:`Unreadable` when there are too few, or when a column is empty in all of them."""
        rows = self.cells(document)
        refuse_short(len(rows), self.contract, document.url)
        self._refuse_lost_columns(rows, document.url)
        placed = {_key(row): {**row, "destination": self._destination(row)} for row in rows if _key(row)}
        findings = tuple(self._findings(rows))
        if self._scale is None:
            return Parsed(items=tuple(self._item(key, row) for key, row in placed.items()), findings=findings)
        register = self.contract.shape is Shape.REGISTER
        return Parsed(placed, complete=register, findings=(*findings, *unknown_places(placed)))

    def records(self, key: str, pieces: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the row, as the last document has it."""
        return (self._record(key, pieces[-1]),) if pieces else ()

    @property
    def _scale(self) -> Mapping[str, Level] | None:
        words = self.source.options.get("levels")
        if not isinstance(words, Mapping):
            return None
        return {levels.key(word): Level(step) for word, step in words.items()}

    def _refuse_lost_columns(self, rows: Sequence[Cells], url: str) -> None:
        """An option that finds nothing in any row: the issuer renamed a field or rebuilt its page."""
        for column in ("key", "name", "title", "level"):
            if column in self.source.options and not any(row.get(column) for row in rows):
                raise Unreadable(
                    "wrong-shape", f'The option "{column}" finds nothing in any of the {len(rows)} rows of {url}.'
                )

    def _findings(self, rows: Sequence[Cells]) -> Iterator[Finding]:
        keys = [_key(row) for row in rows]
        doubled = tuple(key for key, times in Counter(filter(None, keys)).items() if times > 1)
        if doubled:
            yield Finding(
                FindingKind.DUPLICATE,
                f"Keys that stand for several rows: {len(doubled)}; the last one counts.",
                doubled,
            )
        if "" in keys:
            yield Finding(FindingKind.UNKNOWN_FIELD, f"Rows without a key, passed over: {keys.count('')}.")
        scale = self._scale
        words = {_key(row): row.get("level", "") for row in rows} if scale is not None else {}
        strange = {key: word for key, word in words.items() if levels.key(word) not in (scale or {})}
        if strange:
            named = ", ".join(sorted({word or "none" for word in strange.values()}))
            yield Finding(FindingKind.UNKNOWN_LEVEL, f'The option "levels" does not hold: {named}.', tuple(strange))

    def _record(self, key: str, piece: Piece) -> Record:
        word, name = jsonbody.text(piece, "level"), jsonbody.text(piece, "name")
        text = jsonbody.text(piece, "text")
        return Record(
            key=key,
            issuer=self.source.issuer,
            destination=jsonbody.raw(piece, "destination"),
            name=name,
            language=self.source.language,
            url=jsonbody.raw(piece, "link") or self.source.homepage or str(self.source.options["url"]),
            level=levels.on_scale(word, self._scale or {}),
            native_level=word,
            track=self.source.track,
            title=jsonbody.text(piece, "title"),
            sections=(Section("", (text,)),) if text else (),
            issued_at=self._stamp(jsonbody.text(piece, "date")),
        )

    def _item(self, key: str, row: Cells) -> Item:
        return Item(
            key=key,
            title=row.get("title") or row.get("name") or key,
            language=self.source.language,
            url=row.get("link", ""),
            summary=row.get("text", ""),
            published=self._stamp(row.get("date", "")),
            destinations=(row["destination"],) if row["destination"] else (),
        )

    def _destination(self, row: Cells) -> str:
        name = row.get("name", "")
        if self.source.destination or not name:
            return self.source.destination
        return places.resolve(name, self.source.language).place

    def _stamp(self, text: str) -> Stamp | None:
        zone = str(self.source.options.get("zone", "UTC"))
        form = str(self.source.options.get("date_format", ""))
        if form == "epoch":
            return dates.epoch(text)
        if form:
            return _formatted(text, form, zone)
        return dates.iso(text, zone) or dates.rfc822(text, zone) if text else None


def _key(row: Cells) -> str:
    return row.get("key") or canonical(row.get("link", "")) or row.get("name") or row.get("title", "")


def _formatted(text: str, form: str, zone: str) -> Stamp | None:
    """``text`` in a format of ``strptime``, a whole day where the format holds no hour."""
    try:
        moment = datetime.strptime(text, form).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Stamp(moment, text, day="%H" not in form and "%I" not in form)
