"""What is remembered of each document of a source: validators, the body held, and what it said about which key."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from advisoryd import codec
from advisoryd.model.reading import Follow, Request
from advisoryd.store.among import change_among, rows_among
from advisoryd.store.engine import Tx
from advisoryd.store.payloads import touch
from advisoryd.store.schema import STAMP_MOVED, documents, pieces, slices
from advisoryd.store.states import DocumentState, document_of
from advisoryd.store.upsert import insert_new, upsert


def held(tx: Tx, source: str) -> dict[str, DocumentState]:
    """The documents of one source."""
    rows = tx.execute(select(documents).where(documents.c.source == source).order_by(documents.c.url))
    return {row.url: document_of(row) for row in rows}


def due_pages(tx: Tx, source: str, now: datetime, limit: int) -> list[DocumentState]:
    """Followed pages whose stamp moved or whose time has come, the longest unread first."""
    due = or_(STAMP_MOVED, documents.c.due_at <= now)
    query = (
        select(documents)
        .where(documents.c.source == source, documents.c.follow.is_(True), due)
        .order_by(documents.c.checked_at.is_not(None), documents.c.checked_at, documents.c.url)
        .limit(limit)
    )
    return [document_of(row) for row in tx.execute(query)]


def save(tx: Tx, states: Sequence[DocumentState]) -> None:
    """Write documents. A body that one of them no longer holds was held until now, so its time begins now."""
    for source in sorted({state.source for state in states}):
        _let_go(tx, source, {state.url: state for state in states if state.source == source})
    upsert(tx, documents, [_row(state) for state in states])


def _let_go(tx: Tx, source: str, fresh: Mapping[str, DocumentState]) -> None:
    query = select(documents.c.url, documents.c.payload).where(documents.c.source == source, documents.c.payload != "")
    for row in list(rows_among(tx, query, documents.c.url, fresh)):
        state = fresh[row.url]
        if state.payload != row.payload and state.checked_at is not None:
            touch(tx, [row.payload], state.checked_at)


def follow(tx: Tx, source: str, pages: Sequence[Follow], now: datetime) -> None:
    """Note which pages an index points at; a new stamp or a new page makes it due. Pages no longer named stay."""
    if not pages:
        return
    named = {page.request.url: _page(source, page, now) for page in pages}
    insert_new(tx, documents, list(named.values()))
    said = (documents.c.wanted, documents.c.key, documents.c.request)
    query = select(documents.c.url, *said).where(documents.c.source == source, documents.c.follow.is_(True))
    for url, *known in list(tx.execute(query)):
        fresh = [named[url][column.name] for column in said] if url in named else known
        if fresh != known:
            this = update(documents).where(documents.c.source == source, documents.c.url == url)
            tx.execute(this.values(dict(zip(said, fresh, strict=True))))


def _page(source: str, page: Follow, now: datetime) -> dict[str, object]:
    return _row(
        DocumentState(
            source=source,
            url=page.request.url,
            follow=True,
            key=page.key,
            request=page.request,
            wanted=page.stamp,
            since=now,
            due_at=now,
        )
    )


def make_due(tx: Tx, source: str, keys: Collection[str], due: datetime) -> None:
    """Ask for the pages of these keys by ``due`` (a second reading, or a direct look at a missing row)."""
    later = or_(documents.c.due_at.is_(None), documents.c.due_at > due)
    pages = (documents.c.source == source, documents.c.follow.is_(True), later)
    change_among(tx, update(documents).where(*pages).values(due_at=due), documents.c.key, keys)


def pages_of(tx: Tx, source: str, keys: Collection[str]) -> dict[str, DocumentState]:
    """The followed page of each key that has one; of several, the one read last."""
    query = (
        select(documents)
        .where(documents.c.source == source, documents.c.follow.is_(True))
        .order_by(documents.c.checked_at.is_not(None), documents.c.checked_at, documents.c.url)
    )
    return {row.key: document_of(row) for row in rows_among(tx, query, documents.c.key, keys)}


def piece_hashes(tx: Tx, source: str, url: str) -> dict[str, str]:
    """What the held body of a document said of each key, as hashes."""
    query = select(pieces.c.key, pieces.c.hash).where(pieces.c.source == source, pieces.c.url == url)
    return {row.key: row.hash for row in tx.execute(query)}


def set_pieces(tx: Tx, source: str, url: str, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Bring the piece hashes of one document from ``old`` to ``new``."""
    here = (pieces.c.source == source, pieces.c.url == url)
    change_among(tx, delete(pieces).where(*here), pieces.c.key, set(old) - set(new))
    moved = {key: value for key, value in new.items() if old.get(key) != value}
    upsert(tx, pieces, [{"source": source, "url": url, "key": key, "hash": value} for key, value in moved.items()])


def urls_of_keys(tx: Tx, source: str, keys: Collection[str]) -> dict[str, list[str]]:
    """Which documents say something about each key."""
    found: dict[str, list[str]] = {key: [] for key in keys}
    query = select(pieces.c.key, pieces.c.url).where(pieces.c.source == source).order_by(pieces.c.url)
    for row in rows_among(tx, query, pieces.c.key, keys):
        found[row.key].append(row.url)
    return found


def listed_keys(tx: Tx, source: str) -> set[str]:
    """The keys that the complete documents of a source list."""
    joined = (pieces.c.source == documents.c.source) & (pieces.c.url == documents.c.url)
    query = select(pieces.c.key).where(pieces.c.source == source, documents.c.complete.is_(True), joined)
    return set(tx.execute(query).scalars())


def known_slices(tx: Tx, source: str, url: str) -> set[str]:
    """Hashes of the entries that a feed document held when it was last read."""
    query = select(slices.c.hash).where(slices.c.source == source, slices.c.url == url)
    return set(tx.execute(query).scalars())


def set_slices(tx: Tx, source: str, url: str, old: Collection[str], new: Collection[str]) -> None:
    """Bring the entry hashes of a feed document from ``old`` to ``new``."""
    here = (slices.c.source == source, slices.c.url == url)
    change_among(tx, delete(slices).where(*here), slices.c.hash, set(old) - set(new))
    insert_new(tx, slices, [{"source": source, "url": url, "hash": name} for name in sorted(set(new) - set(old))])


def _row(state: DocumentState) -> dict[str, object]:
    return {
        "source": state.source,
        "url": state.url,
        "follow": state.follow,
        "key": state.key,
        "request": _asked(state.request) if state.request else "",
        "etag": state.validators.etag,
        "modified": state.validators.modified,
        "payload": state.payload,
        "content_type": state.content_type,
        "charset": state.charset,
        "stamp": state.stamp,
        "wanted": state.wanted,
        "since": state.since,
        "checked_at": state.checked_at,
        "due_at": state.due_at,
        "fresh_for": state.fresh_for,
        "complete": state.complete,
        "status": state.status,
    }


def _asked(request: Request) -> str:
    """How a page is asked for, without a secret: none is ever written."""
    return codec.dumps(replace(request, secret=None)).decode()
