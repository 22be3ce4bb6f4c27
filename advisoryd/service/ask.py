"""Asking a source's server for documents, with what we hold of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

from advisoryd.model.outcome import Fetched, FetchOutcome, NotModified, Trouble, Validators
from advisoryd.model.reading import PLACEHOLDER, Request
from advisoryd.model.secret import Secret
from advisoryd.model.source import Source
from advisoryd.store.bodies import hash_of
from advisoryd.store.states import OK, DocumentState


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one document of a poll brought nothing."""

    url: str
    trouble: Trouble
    detail: str
    retry_after: float | None = None
    follow: bool = False
    evidence: bytes = b""


class Fetcher(Protocol):
    """The HTTP client as the service sees it; the replay and the tests bring their own."""

    async def fetch(
        self,
        request: Request,
        *,
        validators: Validators = Validators(),
        headers: tuple[tuple[str, str], ...] = (),
        proxy: str = "",
        allow_networks: tuple[str, ...] = (),
        spacing: float = 0.0,
    ) -> FetchOutcome:
        """One request, all redirects and limits included."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one document, beside what was held of it."""

    document: DocumentState
    outcome: FetchOutcome


async def ask(fetcher: Fetcher, source: Source, documents: Sequence[tuple[Request, DocumentState]]) -> list[Answer]:
    """Ask for documents side by side; politeness towards their hosts is the fetcher's business."""
    if len(documents) == 1:  # as for most sources: no task of its own is needed
        return [await _one(fetcher, source, *documents[0])]
    return list(await asyncio.gather(*(_one(fetcher, source, request, held) for request, held in documents)))


async def _one(fetcher: Fetcher, source: Source, request: Request, held: DocumentState) -> Answer:
    trusted = held.payload and held.status == OK
    outcome = await fetcher.fetch(
        request,
        validators=held.validators if trusted else Validators(),
        headers=source.headers,
        proxy=source.proxy,
        allow_networks=source.allow_networks,
        spacing=source.spacing,
    )
    return Answer(held, outcome)


def wanted(
    source: Source, requests: Sequence[Request], held: Mapping[str, DocumentState]
) -> list[tuple[Request, DocumentState]]:
    """The endpoint requests of a poll beside what is held of each."""
    return [
        (request, held.get(request.url) or DocumentState(source=source.id, url=request.url)) for request in requests
    ]


def followed(pages: Sequence[DocumentState], endpoints: Sequence[Request]) -> list[tuple[Request, DocumentState]]:
    """How due pages are asked for. They are stored without a secret, so one whose address has a place for it gets that
    of an endpoint on the same host."""
    keys = {urlsplit(request.url).netloc: request.secret for request in endpoints if request.secret}
    return [(_with_key(page.request or Request(page.url), keys), page) for page in pages]


def _with_key(request: Request, keys: Mapping[str, Secret]) -> Request:
    if PLACEHOLDER not in request.url:
        return request
    return replace(request, secret=keys.get(urlsplit(request.url).netloc))


def moved_to(answers: Sequence[Answer]) -> str:
    """Where an endpoint has moved for good, as its server says; ``""`` when none has."""
    for answer in answers:
        if isinstance(answer.outcome, Fetched | NotModified) and answer.outcome.moved_to and not answer.document.follow:
            return answer.outcome.moved_to
    return ""


def patience(of_server: float | None, of_document: float | None) -> float | None:
    """For how many seconds an answer asks to be left alone: its server by header, a feed by its own words."""
    return max((span for span in (of_server, of_document) if span is not None), default=None)


def is_same(answer: Answer) -> bool:
    """Whether the answer says that what we hold, and believed, is still what is served."""
    outcome, held = answer.outcome, answer.document
    if isinstance(outcome, Fetched):
        return held.status == OK and hash_of(outcome.body) == held.payload
    return isinstance(outcome, NotModified)
