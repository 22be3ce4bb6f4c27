"""List pages of Chinese ministries: rows of a link, a title and mostly a day, whatever the elements are called.

Their hosts answer status 200 with pages that send a browser on by script, with puzzles for it, and with pages whose
charset stands inside them only; none of these is an empty list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from advisoryd.model.reading import Document, Unreadable
from advisoryd.model.record import Stamp
from advisoryd.sources import dates, decode
from advisoryd.sources.markup import Node, Page

ZONE = "Asia/Shanghai"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SENT_ON = re.compile(r"location\s*(?:\.(?:replace|assign|href)|=)|document\.cookie")
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_ROWS = "li, tr, dd"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list. ``day`` is ``None`` where none is printed beside it."""

    title: str
    url: str
    day: Stamp | None


def rows(document: Document, links: re.Pattern[str]) -> list[Row]:
    """The entries whose address holds ``links``, in reading order. Raises :class:`Unreadable`."""
    text = decode.text(document)
    page = Page(text)
    refuse_strange(page, text, document.url)
    found = [row for node in page.all(_ROWS) if (row := _row(node, links, document.url))]
    if not found:
        raise Unreadable("empty-list", f"{document.url} lists no notices.")
    return found


def refuse_strange(page: Page, text: str, url: str) -> None:
    """Raises :class:`Unreadable` for a page that only sends browsers on, and for one read in a wrong charset."""
    if _CHINESE.search(page.text):
        return
    if _SENT_ON.search(text):
        raise Unreadable("wrong-shape", f"{url} sends browsers on by script and holds no text itself.")
    if page.text:
        raise Unreadable("garbled", f"{url} holds no Chinese: it was read in the wrong charset.")
    raise Unreadable("empty-list", f"{url} is an empty page.")


def _row(node: Node, links: re.Pattern[str], url: str) -> Row | None:
    link = next((link for link in node.all("a[href]") if links.search(link.attr("href"))), None)
    title = (link.attr("title") or link.text) if link else ""
    if link is None or not title:
        return None
    printed = _DAY.search(node.text.replace(link.text, " ", 1))
    return Row(title, urljoin(url, link.attr("href")), dates.day(printed[0], ZONE) if printed else None)
