"""A secret in an address: put in for the moment of sending, and taken out of what comes back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote

from advisoryd.fetch.urls import shown
from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import Fetched, FetchFailed, FetchOutcome, Trouble
from advisoryd.model.reading import PLACEHOLDER, Request


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A secret while its request is on its way; without a ``value`` there is none, and everything stays as it is."""

    value: str = ""

    def into(self, url: str) -> str:
        """``url`` as it is sent, the key percent-encoded once (RFC 3986, section 2.1)."""
        return url.replace(PLACEHOLDER, quote(self.value, safe="")) if self.value else url

    def out_of(self, text: str) -> str:
        """``text`` with the placeholder again where a server repeats the key, as it is or percent-encoded."""
        return re.sub(self._forms, PLACEHOLDER, text, flags=re.IGNORECASE) if self.value else text

    def hidden(self, outcome: FetchOutcome) -> FetchOutcome:
        """``outcome`` without the key in what will be kept of it."""
        if self.value and isinstance(outcome, Fetched):
            body = re.sub(self._forms.encode(), PLACEHOLDER.encode(), outcome.body, flags=re.IGNORECASE)
            return replace(outcome, body=body)
        if isinstance(outcome, FetchFailed):
            return replace(outcome, detail=self.out_of(outcome.detail))
        return outcome

    @property
    def _forms(self) -> str:
        return "|".join(map(re.escape, (quote(self.value, safe=""), self.value)))


def key_of(request: Request) -> Key | Fault:
    """The key of ``request``, read now, or why it cannot be had."""
    if request.secret is None:
        return Key()
    try:
        value = request.secret.reveal().strip()
    except OSError as problem:
        return _missing(request, f"cannot be read: {problem.strerror}", request.secret.origin)
    return Key(value) if value else _missing(request, "is empty", request.secret.origin)


def _missing(request: Request, why: str, origin: str) -> Fault:
    return Fault(Trouble.UNREACHABLE, f"{shown(request.url)} was not asked, because its key ({origin}) {why}.")
