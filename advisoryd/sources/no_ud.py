"""Norway: reiseinformasjon of the Utenriksdepartementet, from the RSS of regjeringen.no and the pages it names.

A stream: the hundred latest edits, so a country that is not in it is only one that was not edited lately. The summary
bears a level when it happens to repeat it; the level is in a box on the page, "Reiseadvarsel for X". Norway has two
steps, advice against all travel and against travel that is not strictly necessary, and no box where it advises against
nothing; that is taken for the first step only where the word is not on the page at all. Advice about parts of a
country is in the same box, by their names.

The pages are behind a challenge that answers 200 and is refused here because it has no heading of that form. The feed
has a byte order mark; its links carry parameters that measure visits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd import places
from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Contract, Document, Follow, Parsed, Piece, Reader, Request, Shape, Unreadable
from advisoryd.model.record import Record, Region
from advisoryd.model.source import Source
from advisoryd.sources import advice, decode, jsonbody, native_dates, xmlfeed
from advisoryd.sources.advice import Advice
from advisoryd.sources.checks import unknown_places
from advisoryd.sources.entries import Entry
from advisoryd.sources.markup import Page, sections_of

FEED = "https://www.regjeringen.no/no/rss/Rss/id2581966/?documenttype=reiseinformasjon&ownerid=833&term="
ZONE = "Europe/Oslo"
CONTRACT = Contract(
    shape=Shape.STREAM,
    usual_gap=timedelta(days=14),  # the feed's hundred entries spanned a few weeks; twice the longest holidays
)
_NUMBER = re.compile(r"/id(\d+)/?")
_TITLE = re.compile(r"(?:reiseinformasjon for )?(?P<name>.+?)(?: - reiseinformasjon)?$", re.IGNORECASE)
_IS_TITLE = re.compile(r"reiseinformasjon", re.IGNORECASE)
_AGAINST = re.compile(
    r"fraråder (?P<all>alle reiser)|fraråder (?:alle )?reiser som ikke er strengt nødvendige", re.IGNORECASE
)
_ADVISES = re.compile(r"fraråd", re.IGNORECASE)
_TO = re.compile(r"(?:reiser|nødvendige(?: reiser)?)(?:,)? til (?P<where>[^.]+)", re.IGNORECASE)
_LEAVE = re.compile(r"oppfordres til å forlate landet", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")
_BOX = re.compile(r"Reiseadvarsel", re.IGNORECASE)
_UPDATED = re.compile(r"Sist oppdatert: ?([\d.]+)", re.IGNORECASE)


def reader(source: Source) -> Reader:
    """The reader of regjeringen.no."""
    return NoUd(source)


@dataclass(frozen=True, slots=True)
class NoUd:
    """The feed and the pages."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """The feed; the pages follow from it."""
        return (Request(FEED, expect="xml"),)

    def parse(self, document: Document) -> Parsed:
        """The latest edits, or the advice of one page. Raises :class:`Unreadable`."""
        text = decode.text(document)
        number = _NUMBER.search(document.url)
        if number and FEED.partition("?")[0] not in document.url:
            listing = {number[1]: _page(Page(text), document.url)}
            return Parsed(listing, findings=tuple(advice.doubts(listing, "Reiseadvarsel")))
        return _feed(text, document.url)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The advice of the page; before it was read, what the summary says."""
        page = next((piece for piece in found if jsonbody.flag(piece, "page")), None)
        chosen = page or next(iter(found), None)
        return (advice.record(key, chosen, self.source),) if chosen else ()


def _feed(text: str, url: str) -> Parsed:
    entries = [entry for entry in xmlfeed.parse(text, url, ZONE).entries if _NUMBER.search(entry.link)]
    if not entries:
        raise Unreadable("empty-list", f"{url} holds no entry that names a page.")
    listing, doubled = advice.gather((_number(entry), _summary(entry)) for entry in entries)
    follow = {
        _number(entry): Follow(Request(_address(entry.link), expect="html"), _number(entry), _stamp(entry))
        for entry in entries
    }
    return Parsed(listing, follow=tuple(follow.values()), findings=(*unknown_places(listing), *doubled))


def _number(entry: Entry) -> str:
    found = _NUMBER.search(entry.link)
    return entry.identity if entry.identity.isdigit() else found[1] if found else entry.identity


def _stamp(entry: Entry) -> str:
    changed = entry.updated or entry.published
    return changed.text if changed else ""


def _address(link: str) -> str:
    return link.partition("?")[0]


def _summary(entry: Entry) -> Piece:
    name = _name(entry.title)
    place = places.resolve(name, "no").place
    national = _national(list(_statements([entry.summary], place)))
    return advice.pack(
        Advice(
            name=name,
            place=place,
            url=_address(entry.link),
            level=national.level if national else None,
            native=national.sentence if national else "",
            title=entry.title,
            issued=entry.updated or entry.published,
        )
    )


def _name(title: str) -> str:
    found = _TITLE.match(title)
    return found["name"] if found else title


def _page(page: Page, url: str) -> dict[str, object]:
    title, body = page.first("h1"), page.first("main") or page
    if title is None or not _IS_TITLE.search(title.text):
        raise Unreadable(
            "wrong-shape", f"{url} has no heading that speaks of travel: it is a challenge or another page."
        )
    name = _name(title.text)
    place = places.resolve(name, "no").place
    sections = body.sections()
    box = [block for section in sections if _BOX.match(section.heading) for block in section.blocks]
    said = list(_statements(box, place))
    national, parts = _national(said), tuple(Region(one.where, one.level) for one in said if one.where)
    silent = not box and not any(_ADVISES.search(block) for section in sections for block in section.blocks)
    updated = next((found[1] for block in body.blocks() if (found := _UPDATED.search(block))), "")
    packed = advice.pack(
        Advice(
            name=name,
            place=place,
            url=_address(url),
            level=Level.NORMAL if silent else national.level if national else None,
            native=national.sentence if national else " ".join(box),
            regional=True if parts else None,
            regions=parts,
            actions=frozenset({Action.LEAVE} if any(map(_LEAVE.search, box)) else ()),
            title=title.text,
            sections=sections_of(block for block in body.outline() if not _UPDATED.search(block.text)),
            issued=native_dates.figures(updated, ZONE),
        )
    )
    return {**packed, "page": True}


@dataclass(frozen=True, slots=True)
class _Statement:
    """One sentence of advice. ``where`` is the part it is about, ``""`` for the country as a whole."""

    level: Level
    sentence: str
    where: str = ""


def _statements(blocks: Sequence[str], place: str) -> Iterator[_Statement]:
    for sentence in (sentence for block in blocks for sentence in _SENTENCE.split(block)):
        if found := _AGAINST.search(sentence):
            level = Level.AVOID if found["all"] else Level.RECONSIDER
            aim = _TO.search(sentence)
            where = aim["where"].strip() if aim else ""
            whole = bool(place) and places.resolve(where, "no").place == place
            yield _Statement(level, sentence, "" if whole else where)


def _national(said: Sequence[_Statement]) -> _Statement | None:
    """The first statement about the country as a whole."""
    return next((one for one in said if not one.where), None)
