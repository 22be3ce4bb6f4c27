"""A web of worlds in memory: the fetcher of the harness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisoryd.model.outcome import Fetched, FetchFailed, FetchOutcome, NotModified, Trouble, Validators
from advisoryd.model.reading import Request
from advisoryd.store.payloads import hash_of

from .world import Served


@dataclass
class WorldServer:
    """Answers what it was last told to serve. Everything else answers 404. ``asked`` are the URLs in order."""

    answers: dict[str, Served] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def serve(self, answers: Mapping[str, Served]) -> None:
        """Serve these from now on, and nothing else."""
        self.answers = dict(answers)

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
        """What the URL answers, 304 where the client holds it already."""
        self.asked.append(request.url)
        found = self.answers.get(request.url)
        if found is None:
            return FetchFailed(request.url, Trouble.NOT_FOUND, f"{request.url} answers 404", 404)
        etag = hash_of(found.body)
        if validators.etag == etag:
            return NotModified(request.url)
        kind, _, parameter = found.content_type.partition(";")
        charset = parameter.partition("charset=")[2].strip()
        return Fetched(request.url, found.body, kind, charset, Validators(etag))
