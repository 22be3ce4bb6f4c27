"""The feed and the table of Taiwan's Bureau of Consular Affairs, as pieces by country.

The table is asked for once a day, and at once when a level of the feed has changed, so that it never stands against the
feed with an older level.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urljoin

from advisoryd import places
from advisoryd.model.reading import Contract, Document, Finding, FindingKind, Follow, Parsed, Request, Unreadable
from advisoryd.model.record import Stamp
from advisoryd.sources import dates, decode, markup, pieces, xmltree
from advisoryd.sources.checks import refuse_short, unknown_level, unknown_places
from advisoryd.sources.markup import Node, Page
from advisoryd.sources.tw_boca import TABLE

LANGUAGE = "zh-Hant"
_STEPS = {"一": 1, "二": 2, "三": 3, "四": 4}
_COLOURS = {"grayblock": 1, "yellowblock": 2, "orangeblock": 3, "redblock": 4}
_TITLE = re.compile(
    r"(?P<native>第(?P<step>.)級\s*[:：(（]\s*[\u4e00-\u9fff]+[)）]?)\s*(?:-\s+)?(?P<region>.+?)(?:\s+-\s+(?P<english>[^\u4e00-\u9fff]+))?"
)
"""``第一級：灰色提醒 - 日本 - Japan`` since 2026, ``第一級（灰色提醒）日本`` before."""

_NUMBER = re.compile(r"sp-trwa-content-(\d+)-")
_ENGLISH = re.compile(r"[A-Za-z].*")
_NAMES = {"Korea": "KR"}
"""English names by which the bureau alone means one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One warning. ``number`` is its lasting id, ``region`` where it holds, in the bureau's words."""

    number: str
    region: str
    english: str
    name: str = ""
    level: int | None
    native: str
    url: str
    updated: Stamp | None = None
    blocks: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The country, ``""`` when neither its English name nor its Chinese one is known."""
        english = self.english.replace("_", " ").strip()
        named = _NAMES.get(english) or (places.resolve(english, "en").place if english else "")
        return named or places.resolve(self.name or self.region, LANGUAGE).place

    @property
    def key(self) -> str:
        """What the warnings of one country are gathered under."""
        return self.place or self.english or self.name or self.region


def read(document: Document, contract: Contract) -> Parsed:
    """The warnings of the feed or of the table. Raises :class:`Unreadable`."""
    text = decode.text(document)
    if "<rss" not in text[:1000]:
        return _gathered(list(_table(text, document.url)), document.url, contract)
    alerts = list(_feed(document))
    parsed = _gathered(alerts, document.url, contract)
    follow = (Follow(Request(TABLE, expect="html"), stamp=_levels(alerts)),)
    return Parsed(parsed.pieces, follow=follow, complete=True, findings=parsed.findings)


def _levels(alerts: Sequence[Alert]) -> str:
    """A mark of all levels, which moves when any of them does."""
    told = sorted(f"{alert.number} {alert.region} {alert.level}" for alert in alerts)
    return blake2b("\n".join(told).encode(), digest_size=8).hexdigest()


def _feed(document: Document) -> Iterator[Alert]:
    for item in xmltree.load(document).iter("item"):
        link = xmltree.text(item, "link")
        number = xmltree.text(item, "NewsID") or _number(link)
        title = _TITLE.fullmatch(xmltree.text(item, "title"))
        if title and number:
            yield Alert(
                number=number,
                region=title["region"],
                english=decode.fold(title["english"] or ""),
                level=_STEPS.get(title["step"]),
                native=title["native"],
                url=link,
                updated=dates.rfc822(xmltree.raw(item, "pubDate")),
                blocks=markup.blocks(xmltree.raw(item, "description")),
            )


def _table(text: str, url: str) -> Iterator[Alert]:
    for row in Page(text).all("tr"):
        link, region = row.first('td[data-title="國家"] a[href]'), row.first('td[data-title="國家地區"]')
        colour = row.first('td[data-title="最新警示分級"]') or row.first('td[data-title="最新警示提醒"]')
        if link is not None and region is not None and (number := _number(link.attr("href"))):
            yield Alert(
                number=number,
                region=region.text,
                english=link.attr("id"),
                name=_ENGLISH.sub("", link.text).strip(),
                level=_colour(colour),
                native=colour.text if colour else "",
                url=urljoin(url, link.attr("href")),
            )


def _number(link: str) -> str:
    found = _NUMBER.search(link)
    return found[1] if found else ""


def _colour(cell: Node | None) -> int | None:
    """The step of the coloured square in a cell."""
    square = cell.first("span.square") if cell else None
    names = square.attr("class").split() if square else []
    return next((_COLOURS[name] for name in names if name in _COLOURS), None)


def _gathered(alerts: Sequence[Alert], url: str, contract: Contract) -> Parsed:
    refuse_short(len(alerts), contract, url)
    if not any(alert.level for alert in alerts):
        raise Unreadable("wrong-shape", f"None of the {len(alerts)} warnings of {url} has a level.")
    countries: dict[str, list[Alert]] = {}
    for alert in alerts:
        countries.setdefault(alert.key, []).append(alert)
    listing = {key: _piece(found) for key, found in countries.items()}
    return Parsed(listing, complete=True, findings=(*unknown_places(listing), *_doubts(alerts)))


def _piece(alerts: Sequence[Alert]) -> Mapping[str, object]:
    """What is said of one country. The order of its warnings means nothing, nor does one that stands there twice."""
    ordered = sorted(set(alerts), key=lambda alert: (alert.number, alert.region))
    return {
        "name": next((alert.name for alert in ordered if alert.name), "") or ordered[0].english or ordered[0].region,
        "destination": ordered[0].place,
        "alerts": [_packed(alert) for alert in ordered],
    }


def _packed(alert: Alert) -> dict[str, object]:
    return {
        "region": alert.region,
        "level": alert.level,
        "native": alert.native,
        "url": alert.url,
        "updated": pieces.pack_stamp(alert.updated),
        "blocks": list(alert.blocks),
    }


def _doubts(alerts: Sequence[Alert]) -> Iterator[Finding]:
    for alert in alerts:
        if alert.level is None:
            yield unknown_level(alert.key, alert.region, alert.native)
    for number, times in Counter(alert.number for alert in alerts).items():
        if times > 1:
            yield Finding(FindingKind.DUPLICATE, f"The warning {number} is listed {times} times.", (number,))
