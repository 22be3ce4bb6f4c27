"""Italy: country sheets and alerts of the Unità di Crisi (Viaggiare Sicuri), from the JSON that feeds its site.

The list names the countries; each has a sheet of seven chapters, whose level :mod:`it_prose` reads. A sheet without
its chapter on security is broken. ``updateDate`` is midnight in Rome, which is the evening before in UTC, and the
first line of the chronology says what was edited.

Alerts are bulletins without a level. The file of the latest holds 25 of all countries, about a month's worth, so
nothing is missed between two polls; an update is a new alert under a new id, and no alert at all is normal.
``tsModifica`` is set by the editors, in seconds as text, and can lie weeks back: what is new is told by the id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from zoneinfo import ZoneInfo

from advisoryd import places
from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Reader, Request, Unreadable
from advisoryd.model.record import Item, Record, Section, Stamp
from advisoryd.model.source import Source
from advisoryd.sources import advice, dates, it_prose, jsonbody, markup
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import refuse_short, unknown_places
from advisoryd.sources.jsonbody import Row

SITE = "https://www.viaggiaresicuri.it"
LIST = f"{SITE}/schede_paese/lista_nazioni.json"
ALERTS = f"{SITE}/ultima_ora/totale.json"
ZONE = ZoneInfo("Europe/Rome")
CONTRACT = Contract(
    min_rows=200,  # 222 countries in September 2026
    grace=timedelta(days=7),  # no disappearance is on record; the same as for the other registers
)
_SECURITY, _HEAD, _CHRONOLOGY = "infoSicurezza", "infoPrimopiano", "infoCronologiaAggiornamenti"
_CARE = "aree di particolare cautela"


def reader(source: Source) -> Reader:
    """The reader of Viaggiare Sicuri."""
    return ItMaeci(source)


@dataclass(frozen=True, slots=True)
class ItMaeci:
    """The list, the sheets and the latest alerts."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The list and the latest alerts; the sheets follow from the list."""
        return Request(LIST, expect="json"), Request(ALERTS, expect="json")

    def parse(self, document: Document) -> Parsed:
        """The countries of the list, alerts, or one sheet. Raises :class:`Unreadable`."""
        body = jsonbody.load(document)
        if isinstance(body, list):
            return _list(jsonbody.rows(body, document.url), document.url, self.contract)
        found = jsonbody.mapping(body, document.url)
        if "ultima_ora" in found:
            return Parsed(items=tuple(_alerts(found, document.url)))
        return _sheet(found, document.url)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The sheet under the list's name for the country; nothing while it has not been read."""
        sheet = next((piece for piece in found if "native" in piece), None)
        listed = next((piece for piece in found if "native" not in piece), {})
        return (advice.record(key, {**sheet, **listed}, self.source),) if sheet else ()


def _list(rows: Sequence[Row], url: str, contract: Contract) -> Parsed:
    coded = ((jsonbody.text(row, "Codice-3"), jsonbody.text(row, "Nome")) for row in rows)
    listing: dict[str, Piece] = {
        code: {"name": name, "destination": _place(code, name)} for code, name in coded if code
    }
    refuse_short(len(listing), contract, url)
    follow = tuple(Follow(Request(f"{SITE}/schede_paese/{code}.json", expect="json"), key=code) for code in listing)
    return Parsed(listing, follow=follow, complete=True, findings=unknown_places(listing))


def _place(code: str, name: str) -> str:
    return places.resolve(code).place or places.resolve(name, "it").place


def _sheet(body: Row, url: str) -> Parsed:
    if not isinstance(body.get(_SECURITY), dict):
        raise Unreadable("wrong-shape", f"{url} has no chapter {_SECURITY!r}: it is not a whole country sheet.")
    code = url.rpartition("/")[2].removesuffix(".json")
    place = places.resolve(code).place
    care = next(filter(None, (_care(jsonbody.nested(body, name)) for name in (_HEAD, _SECURITY))), ())
    said = it_prose.read(care, place)
    piece = advice.pack(
        Advice(
            name=code,
            place=place,
            url=f"{SITE}/find-country/country/{code}",
            level=said.level,
            native=said.native or " ".join(care[:1]),
            regional=said.regional,
            note=next((line for line in _lines(jsonbody.nested(body, _CHRONOLOGY))), ""),
            sections=tuple(_sections(body)),
            issued=_roman_day(jsonbody.text(body, "updateDate")),
        )
    )
    return Parsed({code: piece}, findings=tuple(advice.doubts({code: piece}, "Aree di particolare cautela")))


def _nodes(chapter: Row) -> list[Row]:
    """The paragraphs of a chapter in the order they are shown."""
    nodes = [node for node in jsonbody.nested(chapter, "nodi").values() if isinstance(node, dict)]
    return sorted(nodes, key=lambda node: jsonbody.integer(node, "ordinamento") or 0)


def _care(chapter: Row) -> tuple[str, ...]:
    node = next((node for node in _nodes(chapter) if jsonbody.text(node, "titolo").lower() == _CARE), {})
    return markup.blocks(jsonbody.raw(node, "contenuto"))


def _lines(chapter: Row) -> Iterator[str]:
    for node in _nodes(chapter):
        yield from markup.blocks(jsonbody.raw(node, "contenuto"))


def _sections(body: Row) -> Iterator[Section]:
    """All the text but the chronology, each paragraph under the titles of its chapter and its own."""
    chapters = [(name, chapter) for name, chapter in body.items() if isinstance(chapter, dict) and name != _CHRONOLOGY]
    for name, chapter in sorted(chapters, key=itemgetter(0)):
        for node in _nodes(chapter):
            blocks = markup.blocks(jsonbody.raw(node, "contenuto"))
            if blocks:
                heading = f"{jsonbody.text(chapter, 'titolo') or name}: {jsonbody.text(node, 'titolo')}"
                yield Section(heading, blocks)


def _roman_day(text: str) -> Stamp | None:
    """The day that a midnight in Rome begins; other times are moments."""
    stamp = dates.iso(text)
    if stamp is None or stamp.at.astimezone(ZONE).time() != datetime.min.time():
        return stamp
    return Stamp(stamp.at.astimezone(UTC), text, day=True)


def _alerts(body: Row, url: str) -> Iterator[Item]:
    for row in jsonbody.rows(body["ultima_ora"], f'"ultima_ora" of {url}'):
        key, nation = jsonbody.text(row, "id"), jsonbody.text(row, "nazione")
        lines = markup.blocks(jsonbody.raw(row, "testo"))
        place = places.resolve(nation or url.rpartition("/")[2].removesuffix(".json"), "it").place
        if key:
            yield Item(
                key=key,
                title=jsonbody.text(row, "titolo") or " ".join(lines[:1]),
                language="it",
                url=jsonbody.text(row, "url")
                or (f"{SITE}/find-country/country/{nation}" if nation.isupper() else SITE),
                summary=" ".join(lines),
                published=dates.epoch(jsonbody.text(row, "tsModifica")),
                destinations=(place,) if place else (),
            )
