"""The list and the pages of Germany's open travel advice data, as pieces and records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from advisoryd import places
from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Follow, Parsed, Piece, Request, Unreadable
from advisoryd.model.record import Record, Region, Scope
from advisoryd.model.source import Source
from advisoryd.sources import dates, de_prose, jsonbody, markup, pieces
from advisoryd.sources.checks import refuse_short, unknown_field, unknown_places
from advisoryd.sources.de_aa import LIST
from advisoryd.sources.decode import fold
from advisoryd.sources.jsonbody import Row

PAGES = "https://www.auswaertiges-amt.de/de/-"
_FLAGS = ("warning", "partialWarning", "situationWarning", "situationPartWarning")
_NAMES = {"warning": "Reisewarnung", "partialWarning": "Teilreisewarnung"}
_ID = re.compile(r"[0-9]+")
_LAST_CHANGES = re.compile(r"letzte änderung(?:en)?:?\s*", re.IGNORECASE)
_COSMETIC = frozenset({"redaktionelle änderungen", "redaktionelle änderung", "aktualität"})


def parse(document: Document, contract: Contract) -> Parsed:
    """Every country of the list, or the text of one. Raises :class:`Unreadable`."""
    body = jsonbody.mapping(jsonbody.load(document), document.url)
    if not body:
        raise Unreadable("empty-list", f"{document.url} answered with an empty object: it is switched off.")
    response = jsonbody.mapping(body.get("response"), f"the field 'response' of {document.url}")
    rows = {key: row for key, row in response.items() if isinstance(row, dict) and _ID.fullmatch(key)}
    if re.search(r"/travelwarning/\d+$", document.url):
        return _page(rows, document.url)
    return _list(rows, jsonbody.words(response, "contentList"), document.url, contract)


def records(key: str, found: Sequence[Piece], source: Source) -> Iterator[Record]:
    """The country with the flags of the list and the level of its prose; nothing while that is unknown."""
    row = next((piece for piece in found if piece["part"] == "list"), None)
    page = next((piece for piece in found if piece["part"] == "page"), None)
    if row is not None and (page is not None or row["warning"]):
        yield _record(key, row, page or {}, source)


def _list(rows: Mapping[str, Row], listed: Sequence[str], url: str, contract: Contract) -> Parsed:
    refuse_short(len(rows), contract, url)
    listing = {key: _row(row) for key, row in rows.items()}
    doubts = [unknown_field(key, str(row["name"]), flag) for key, row in listing.items() for flag in _lacking(row)]
    if set(listed) != set(rows):
        detail = f"The list of contents names {len(listed)} countries, {len(rows)} are there."
        doubts.append(Finding(FindingKind.SHORT, detail, tuple(sorted(set(listed) ^ set(rows)))))
    follow = [
        Follow(Request(f"{LIST}/{key}", expect="json"), key=key, stamp=str(rows[key].get("lastModified", "")))
        for key in rows
    ]
    return Parsed(listing, follow=tuple(follow), complete=True, findings=(*unknown_places(listing), *doubts))


def _row(row: Row) -> dict[str, object]:
    name = jsonbody.text(row, "countryName").rstrip("*")
    return {
        "part": "list",
        "name": name,
        "destination": _destination(jsonbody.text(row, "countryCode"), name),
        "title": jsonbody.text(row, "title"),
        "modified": pieces.pack_stamp(dates.epoch(row.get("lastModified"))),
        **{flag: jsonbody.flag(row, flag) for flag in _FLAGS},
    }


def _destination(code: str, name: str) -> str:
    return code if places.known(code) else places.resolve(name, "de").place


def _lacking(row: Mapping[str, object]) -> list[str]:
    return [flag for flag in _FLAGS if row[flag] is None]


def _page(rows: Mapping[str, Row], url: str) -> Parsed:
    if not rows:
        raise Unreadable("wrong-shape", f"{url} holds no country.")
    return Parsed({key: _text(row) for key, row in rows.items()})


def _text(row: Row) -> Piece:
    outline = markup.outline(jsonbody.raw(row, "content"))
    country = _row(row)
    advice = de_prose.read(outline, str(country["name"]), str(country["destination"]))
    return {
        **country,
        "part": "page",
        "level": advice.level,
        "native": advice.native,
        "regions": pieces.pack_regions(advice.regions),
        "note": _LAST_CHANGES.sub("", fold(" ".join(markup.blocks(jsonbody.raw(row, "lastChanges"))))),
        "sections": pieces.pack_sections(markup.sections_of(de_prose.lasting(outline))),
    }


def _record(key: str, row: Piece, page: Piece, source: Source) -> Record:
    level, note = _level(row, page), jsonbody.text(page, "note")
    return Record(
        key=key,
        issuer=source.issuer,
        destination=jsonbody.text(row, "destination"),
        name=jsonbody.text(row, "name"),
        language="de",
        url=f"{PAGES}/{key}",
        level=level,
        native_level=_native(row, page),
        scope=_scope(row, level, pieces.regions(page), read=bool(page)),
        title=jsonbody.text(row, "title"),
        note=note,
        editorial=bool(note) and {part.strip(" .").casefold() for part in note.split(",")} <= _COSMETIC,
        sections=pieces.sections(page),
        issued_at=pieces.stamp(row, "modified"),
    )


def _level(row: Piece, page: Piece) -> Level | None:
    """The stricter of what flags and prose say of the country as a whole.

    ``None`` when a flag is missing, or when the flags are newer than the prose and no longer warn.
    """
    if row["warning"]:
        return Level.AVOID
    if _lacking(row) or any(row[flag] != page.get(flag) for flag in _FLAGS):
        return None
    flagged = Level.RECONSIDER if row["situationWarning"] else Level.CAUTION if _partial(row) else Level.NORMAL
    return max(flagged, pieces.level(page) or Level.NORMAL)


def _partial(row: Piece) -> bool:
    return bool(row["partialWarning"] or row["situationPartWarning"])


def _native(row: Piece, page: Piece) -> str:
    """The names of the flags that are set, and the sentence of the prose that decides."""
    said = [name for flag, name in _NAMES.items() if row[flag]]
    sentence = jsonbody.text(page, "native")
    return "; ".join(said + ([sentence] if sentence and not row["warning"] else []))


def _scope(row: Piece, level: Level | None, named: tuple[Region, ...], read: bool) -> Scope:
    """Where other levels hold. Without a flag for parts, whether there are any is open until the page was ``read``."""
    steps = {Level.AVOID: row["partialWarning"], Level.RECONSIDER: row["situationPartWarning"]}
    stricter = any(region.level and region.level > (level or Level.NORMAL) for region in named)
    return Scope(
        regional=_partial(row) or stricter if read or _partial(row) else None,
        levels=frozenset(step for step, flag in steps.items() if flag),
        regions=named,
    )
