"""What a web service answered, and what that means for a message.

=====================================  ===========================================================================
answer                                 outcome
=====================================  ===========================================================================
2xx                                    :class:`~advisoryd.model.outcome.Sent`
408, 425, 429, 5xx                     :class:`~advisoryd.model.outcome.TryAgain`, after ``Retry-After`` if stated
3xx                                    :class:`~advisoryd.model.outcome.Refused`: a redirect is never followed,
                                       because following it would post to an address that nobody configured
any other status                       :class:`~advisoryd.model.outcome.Refused`
none, the request cannot have arrived  :class:`~advisoryd.model.outcome.TryAgain`
none, the request may have arrived     :class:`~advisoryd.model.outcome.Uncertain`
=====================================  ===========================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from advisoryd import codec
from advisoryd.channels.text import fit, json_bytes, line, redacted
from advisoryd.model.message import Post, PostFailed
from advisoryd.model.outcome import Refused, SendOutcome, Sent, TryAgain, Uncertain

_TEMPORARY = frozenset({408, 425, 429})
_LONGEST_WAIT = 86_400.0
_DETAIL = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """A service's answer. ``headers`` have lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def fields(self) -> Mapping[str, object]:
        """The answer as a JSON object; empty when it is none."""
        try:
            value = codec.plain(self.body)
        except codec.Malformed:
            return {}
        return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Service:
    """One web service: its name, how to reach it, and how many seconds one request may take."""

    name: str
    post: Post
    timeout: float

    def ask(
        self, url: str, payload: bytes, headers: Mapping[str, str], hidden: tuple[str, ...] = ()
    ) -> Answer | TryAgain | Uncertain:
        """Post ``payload``. ``hidden`` are the secrets that must not show in a reason."""
        try:
            return Answer(*self.post(url, payload, _fields(headers), self.timeout))
        except PostFailed as failure:
            detail = redacted(str(failure), hidden)
            if failure.sent:
                return Uncertain(f"{self.name} did not answer, so the message may have arrived: {detail}")
            return TryAgain(f"{self.name} could not be reached: {detail}")

    def ask_json(
        self, url: str, payload: Mapping[str, object], headers: Mapping[str, str], hidden: tuple[str, ...] = ()
    ) -> Answer | TryAgain | Uncertain:
        """Post ``payload`` as JSON."""
        typed = {"Content-Type": "application/json; charset=utf-8", **headers}
        return self.ask(url, json_bytes(payload), typed, hidden)

    def verdict(
        self,
        answer: Answer | TryAgain | Uncertain,
        detail: object = "",
        hidden: tuple[str, ...] = (),
        reference: object = "",
    ) -> SendOutcome:
        """The outcome that the status alone allows. ``detail`` are the service's own words about a failure."""
        if not isinstance(answer, Answer):
            return answer
        if 200 <= answer.status < 300:
            return Sent(str(reference or ""))
        reason = self.reason(answer.status, detail, hidden)
        if answer.status in _TEMPORARY or answer.status >= 500:
            return TryAgain(reason, retry_after(answer.headers))
        if 300 <= answer.status < 400:
            return Refused(f"{reason}; redirects are not followed, so configure the address it leads to")
        return Refused(reason)

    def reason(self, status: int, detail: object = "", hidden: tuple[str, ...] = ()) -> str:
        """One sentence on a failure: the status, its name, and what the service said."""
        said = fit(redacted(str(detail or ""), hidden), _DETAIL)
        return f"{self.name} answered {status}{_phrase(status)}{f': {said}' if said else ''}"


def _fields(headers: Mapping[str, str]) -> dict[str, str]:
    """``headers`` on one line each and in ASCII, whatever a secret or a title held."""
    return {name: line(value).encode("ascii", "replace").decode() for name, value in headers.items()}


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The wait a server asks for in seconds, at most a day; ``None`` when it does not say (RFC 9110, 10.2.3).

    A date is taken relative to the answer's own ``Date``, so that neither clock needs to be right.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), _LONGEST_WAIT)
    try:
        wait = (parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
    except (TypeError, ValueError):
        return None
    return min(max(wait, 0.0), _LONGEST_WAIT)
