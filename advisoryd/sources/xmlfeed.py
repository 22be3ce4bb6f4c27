"""RSS, RDF and Atom as entries: the only importer of feedparser (6.0), and what had to be learnt about it.

- Given text or bytes, ``feedparser.parse`` opens what looks like an address or a path, on the network and on disk, and
  its fetching has no time-out. It is only ever given an ``io.BytesIO``.
- Left to detect the charset, it reads a UTF-8 feed with one bad byte as windows-1252 or ISO-8859-2. It is only given
  UTF-8, decoded by :mod:`advisoryd.sources.decode`, and the XML declaration is taken off so that it cannot disagree.
- A web page parses to no entries without complaint. Only a feed of a known version counts.
- An empty body gives a result without ``version``. It is refused before.
- A feed that breaks off, or is damaged, still brings entries; the last one may be partial and without identity. Such
  entries are dropped, and the feed is marked as truncated.
- Cleaning HTML and resolving links in it take most of the time (2.2 s for 250 entries). Both are off; text is taken
  out by our own code, which escapes it when it is shown.
- ``*_parsed`` are naive UTC, and a zone name it does not know (AEST, IST, CET) is UTC to it, ten hours off. It is
  believed only where the text ends in an offset or a name for UTC; all other dates are read from their text, in which
  a name that the issuer's own zone goes by (IST in India, CST in China) means that zone.
- Asking an entry for ``updated`` warns when there is only ``published``. Entries are copied into plain dictionaries.
- Entity bombs pass from expat, which refuses them, to the lenient parser, which does not. A document type is refused.
- On some damage its lenient parser raises errors of its own insides. All mean that the feed cannot be read.
- Given a base address, it joins it to itself at every element, which doubles the time. It is not given one; relative
  links are resolved here.
- Whether two threads may parse at once is not documented. They may not, here.
"""

from __future__ import annotations

import calendar
import io
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urljoin
from xml.sax import SAXException
from zoneinfo import ZoneInfo

import feedparser

from advisoryd.model.reading import Unreadable
from advisoryd.model.record import Stamp
from advisoryd.sources import dates
from advisoryd.sources.decode import fold
from advisoryd.sources.entries import Entry, Feed, identity
from advisoryd.sources.prolog import doctype

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_WHOLE = re.compile(r"</(?:\w+:)?(?:rss|rdf|feed)\s*>\s*(?:<!--.*-->\s*)?$", re.IGNORECASE | re.DOTALL)
_CERTAIN_ZONE = re.compile(r"(?:[+-]\d\d:?\d\d|\b(?:GMT|UTC|UT)|\dZ)$")
_OWN_FIELDS = frozenset({"id", "title", "link", "summary", "author", "published", "updated", "language"})
_ONE_AT_A_TIME = threading.Lock()


def parse(text: str | bytes, base_url: str, zone: str = "UTC") -> Feed:
    """The feed in ``text`` (bytes are UTF-8). Dates without a zone are in ``zone``, an IANA name.

    Raises :class:`Unreadable` (``wrong-shape``) when it is not a feed.
    """
    source = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    _refuse(source, base_url)
    result = _parsed(source, base_url)
    version = str(result.get("version") or "")
    if not version:
        raise Unreadable("wrong-shape", f"{base_url} is not a feed of any known format.")
    truncated = isinstance(result.get("bozo_exception"), SAXException)
    found = cast(Sequence[Mapping[str, Any]], result["entries"])
    if truncated and not _WHOLE.search(source):
        found = found[:-1]
    entries = [_entry(dict(fields), base_url, zone) for fields in found]
    named = tuple(entry for entry in entries if entry.identity)
    channel = result["feed"]
    return Feed(
        version=version,
        entries=named,
        language=_text(channel, "language"),
        ttl=_minutes(_text(channel, "ttl")),
        truncated=truncated,
        dropped=len(entries) - len(named),
    )


def _refuse(source: str, base_url: str) -> None:
    if not source.strip():
        raise Unreadable("wrong-shape", f"{base_url} is empty.")
    if found := doctype(source):
        what = "is a web page, not a feed" if found[1] else "declares a document type, which no feed needs"
        raise Unreadable("wrong-shape", f"{base_url} {what}.")


def _parsed(source: str, base_url: str) -> Mapping[str, Any]:
    body = io.BytesIO(_DECLARATION.sub("", source, count=1).encode("utf-8", "replace"))
    try:
        with _ONE_AT_A_TIME:
            result = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    except Exception as problem:
        raise Unreadable("wrong-shape", f"{base_url} is too damaged to be read as a feed.") from problem
    return cast(Mapping[str, Any], result)


def _entry(fields: dict[str, Any], base_url: str, zone: str) -> Entry:
    title, link = fold(_text(fields, "title")), _absolute(_text(fields, "link"), base_url)
    summary, markup = _summary(fields)
    outlet = fields.get("source") or {}
    return Entry(
        identity=identity(_text(fields, "id"), link, title),
        title=title,
        link=link,
        summary=summary,
        markup=markup,
        published=_stamp(fields, "published", zone),
        updated=_stamp(fields, "updated", zone),
        author=_text(fields, "author"),
        outlet=fold(_text(outlet, "title")),
        outlet_url=_text(outlet, "href"),
        categories=tuple((tag.get("scheme") or "", tag.get("term") or "") for tag in fields.get("tags") or ()),
        extensions={name: value for name, value in fields.items() if _is_extension(name, value)},
    )


def _absolute(link: str, base_url: str) -> str:
    try:
        return urljoin(base_url, link) if link and not link.startswith(("http://", "https://")) else link
    except ValueError:
        return link


def _summary(fields: Mapping[str, Any]) -> tuple[str, bool]:
    """The summary, or the first content where there is none, and whether it is HTML."""
    content = fields.get("content") or ()
    text, detail = _text(fields, "summary"), fields.get("summary_detail") or {}
    if not text and content:
        text, detail = _text(content[0], "value"), content[0]
    return text, detail.get("type") != "text/plain"


def _stamp(fields: Mapping[str, Any], name: str, zone: str) -> Stamp | None:
    text, moment = _text(fields, name), fields.get(f"{name}_parsed")
    if moment and _CERTAIN_ZONE.search(text):
        return Stamp(datetime.fromtimestamp(calendar.timegm(moment), UTC), text)
    return _in_own_zone(text, zone) or dates.rfc822(text, zone) or dates.iso(text, zone) if text else None


def _in_own_zone(text: str, zone: str) -> Stamp | None:
    """A date that ends in a name by which ``zone`` itself goes at that date."""
    bare, _, name = text.rpartition(" ")
    stamp = dates.rfc822(bare, zone) if name.isalpha() else None
    if stamp is None or stamp.day or stamp.at.astimezone(ZoneInfo(zone)).tzname() != name:
        return None
    return replace(stamp, text=text)


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _minutes(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None


def _is_extension(name: str, value: object) -> bool:
    return isinstance(value, str) and name not in _OWN_FIELDS
