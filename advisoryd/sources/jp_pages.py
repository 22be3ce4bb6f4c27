"""The documents of Japan's overseas safety information, as pieces by bulletin (``keyCd``, such as ``2026T901``).

Two feeds tell of the same bulletins: an RSS with the minute and the level block, and an open-data XML with the
countries and the level flags. Both are read, and joined by the bulletin's code, because each has been seen without
the other: the XML full of consular mail only, and the pages behind it answering with an error page and status 200.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from advisoryd import places
from advisoryd.model.reading import Document, Finding, FindingKind, Parsed, Piece, Unreadable
from advisoryd.model.record import Item, Stamp
from advisoryd.sources import dates, decode, jp_countries, jp_levels, pieces, xmlfeed, xmltree
from advisoryd.sources.checks import unknown_level
from advisoryd.sources.entries import Entry

LANGUAGE = "ja"
ZONE = "Asia/Tokyo"
DANGER, INFECTION = "T40", "T81"
NEWS, OPEN_DATA = "news", "open-data"

_FAMILIES = {"危険情報": DANGER, "感染症危険情報": INFECTION}
_FLAGS = {DANGER: "riskLevel", INFECTION: "infectionLevel"}
_CODE = re.compile(r"20\d\d[A-Z]\d+")
_ADVISED = re.compile(r"(.+?)(?:の|における|に対する|に関する)(?:感染症)?危険情報")
_JOINED = re.compile(r"[、，,・]|及び|および|並びに")
_MIDNIGHT = " 00:00:00"
_SEVERAL = 4
"""A lone notice may be worded in a new way; so many at once are a new shape of the feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """One bulletin as one feed has it. ``family`` is ``T40`` (danger) or ``T81`` (infectious diseases), ``""`` for a
    notice without level. ``countries`` are (name, place id or ``""``). ``flags`` are the levels that some area has,
    ``None`` where the feed does not tell."""

    code: str
    family: str
    title: str
    url: str
    issued: Stamp | None
    countries: tuple[tuple[str, str], ...]
    text: str = ""
    flags: tuple[int, ...] | None = None
    feed: str = NEWS

    @property
    def places(self) -> tuple[str, ...]:
        """The countries that are known, each once."""
        return tuple(dict.fromkeys(place for _, place in self.countries if place))


def read(document: Document) -> Parsed:
    """The bulletins of a feed: advice as pieces, notices without level as items. Raises :class:`Unreadable`."""
    text = decode.text(document)
    bulletins = list(_open_data(document) if "<opendata" in text[:1000] else _news(text, document.url))
    advice = [bulletin for bulletin in bulletins if bulletin.family]
    if len(advice) >= _SEVERAL and not any(map(_states_levels, advice)):
        raise Unreadable("wrong-shape", f"None of the {len(advice)} notices of {document.url} states a level.")
    return Parsed(
        pieces={bulletin.code: _piece(bulletin) for bulletin in advice},
        items=tuple(_item(bulletin) for bulletin in bulletins if not bulletin.family),
        findings=tuple(_findings(bulletins)),
    )


def _news(text: str, url: str) -> Iterator[Bulletin]:
    entries = xmlfeed.parse(text, url, ZONE).entries
    if not entries:
        raise Unreadable("empty-list", f"{url} holds no bulletin.")
    for entry in entries:
        code = _CODE.search(entry.link) or _CODE.search(entry.identity)
        if code is not None:
            yield _from_news(code[0], entry)


def _from_news(code: str, entry: Entry) -> Bulletin:
    family = next((_FAMILIES[term] for _, term in entry.categories if term in _FAMILIES), "")
    return Bulletin(
        code=code,
        family=family,
        title=entry.title,
        url=entry.link,
        issued=entry.published,
        countries=_named(entry.title) if family else _mentioned(entry.title),
        text=entry.summary if family else "",
    )


def _open_data(document: Document) -> Iterator[Bulletin]:
    mails = list(xmltree.children(xmltree.load(document), "mail"))
    if not mails:
        raise Unreadable("empty-list", f"{document.url} holds no bulletin.")
    for mail in mails:
        kind, code = xmltree.text(mail, "infoType"), xmltree.text(mail, "keyCd")
        if code and kind[:1] in ("T", "C"):  # R are consular mails: many, and without level
            yield _from_open_data(code, kind if kind in _FLAGS else "", mail)


def _from_open_data(code: str, family: str, mail: Element) -> Bulletin:
    left = xmltree.text(mail, "leaveDate")
    texts = [xmltree.raw(mail, "mainText"), xmltree.raw(mail, "subText")] if family else [""]
    return Bulletin(
        code=code,
        family=family,
        title=xmltree.text(mail, "title"),
        url=xmltree.text(mail, "infoUrl"),
        issued=dates.iso(left.removesuffix(_MIDNIGHT).replace("/", "-"), ZONE),
        countries=tuple(_listed(country) for country in xmltree.children(mail, "country")),
        text=max(texts, key=lambda text: len(jp_levels.block(text).steps)),
        flags=_flags(mail, _FLAGS[family]) if family else None,
        feed=OPEN_DATA,
    )


def _listed(country: Element) -> tuple[str, str]:
    name = xmltree.text(country, "name")
    place = places.resolve(name, LANGUAGE).place if name else ""
    return name, place or jp_countries.place(xmltree.text(country, "cd"))


def _named(title: str) -> tuple[tuple[str, str], ...]:
    """The countries that the title of an advice begins with."""
    advised = _ADVISED.match(title)
    if advised is None:
        return _mentioned(title)
    whole = places.resolve(advised[1], LANGUAGE).place
    if whole:
        return tuple((advised[1], place) for place in places.members(whole))
    names = filter(None, map(str.strip, _JOINED.split(advised[1])))
    return tuple((name, places.resolve(name, LANGUAGE).place) for name in names)


def _mentioned(title: str) -> tuple[tuple[str, str], ...]:
    mentions = places.mentions(title, LANGUAGE)
    return tuple((mention.form, mention.place) for mention in mentions if mention.kind != "demonym")


def _flags(mail: Element, name: str) -> tuple[int, ...] | None:
    stated = {step: xmltree.text(mail, f"{name}{step}") for step in jp_levels.WORDS}
    if not all(value in ("0", "1") for value in stated.values()):
        return None
    return tuple(step for step, value in stated.items() if value == "1")


def _piece(bulletin: Bulletin) -> Piece:
    return {
        "feed": bulletin.feed,
        "family": bulletin.family,
        "title": bulletin.title,
        "url": bulletin.url,
        "issued": pieces.pack_stamp(bulletin.issued),
        "countries": [list(country) for country in bulletin.countries],
        "text": bulletin.text,
        "flags": None if bulletin.flags is None else list(bulletin.flags),
    }


def _states_levels(bulletin: Bulletin) -> bool:
    return bulletin.flags is not None or bool(jp_levels.block(bulletin.text).steps)


def _item(bulletin: Bulletin) -> Item:
    """A notice without level. Both feeds make the same item of it, but for its minute and its countries."""
    return Item(
        key=bulletin.code,
        title=bulletin.title,
        language=LANGUAGE,
        url=bulletin.url,
        published=bulletin.issued,
        destinations=bulletin.places,
    )


def _findings(bulletins: Iterable[Bulletin]) -> Iterator[Finding]:
    for code, times in Counter(bulletin.code for bulletin in bulletins).items():
        if times > 1:
            yield Finding(FindingKind.DUPLICATE, f"The bulletin {code} stands {times} times in its feed.", (code,))
    for bulletin in bulletins:
        if not bulletin.family:
            continue
        strange = [name for name, place in bulletin.countries if not place]
        if strange or not bulletin.countries:
            what = f"no place is known by the name {', '.join(strange)}" if strange else "it names no country"
            yield Finding(FindingKind.UNKNOWN_PLACE, f"{bulletin.title}: {what}.", (bulletin.code,))
        if not _states_levels(bulletin):
            yield unknown_level(bulletin.code, bulletin.title, bulletin.text[:80])
