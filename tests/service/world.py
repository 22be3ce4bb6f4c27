"""A small world for service tests: registers in memory whose rows a test sets, and channels that remember.

Only the two outermost seams are fakes: what servers answer and what receivers take. Everything between is real.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from advisoryd.model.config import ChannelSpec, Config, Operator, Subscription
from advisoryd.model.message import Form, Limits, Message
from advisoryd.model.outcome import (
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
    SendOutcome,
    Sent,
    Trouble,
    Validators,
)
from advisoryd.model.reading import Request
from advisoryd.model.source import Source
from advisoryd.store.payloads import hash_of

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
WORDS = {"calm": 1, "care": 2, "reconsider": 3, "avoid": 4}
COUNTRIES = ("JP", "FR", "IT", "KE", "PE", "NP", "EG", "MX", "TH", "TR", "IN", "ZA")


def later(**spans: float) -> datetime:
    """An instant after the start of every test's history."""
    return START + timedelta(**spans)


def register(name: str = "r0", issuer: str = "NZ", **changes: object) -> Source:
    """A register of the generic JSON reader with levels in words."""
    columns = {"key": "id", "name": "country", "level": "advice", "text": "text", "link": "link"}
    options = {"url": f"https://{name}.example.org/advice.json", "rows": "rows", "levels": WORDS, **columns}
    source = Source(
        id=name,
        issuer=issuer,
        name=f"Ministry {name}",
        reader="json_list",
        track=name,
        every=timedelta(minutes=15),
        options=options,
    )
    return replace(source, **changes)  # type: ignore[arg-type]


def rows(levels: Mapping[str, str], texts: Mapping[str, str] | None = None) -> bytes:
    """The body of a register: a country code and a level word for each row."""
    said = texts or {}
    listed = [
        {"id": code, "country": code, "advice": word, "text": said.get(code, f"Advice for {code}."), "link": f"/{code}"}
        for code, word in levels.items()
    ]
    return json.dumps({"rows": listed}).encode()


@dataclass
class Server:
    """Answers from memory, with validators; a URL may be made to fail."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    failing: dict[str, FetchFailed] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    conditional: list[str] = field(default_factory=list)

    def serve(self, source: Source, body: bytes) -> None:
        """From now on the source's document is ``body``."""
        self.bodies[str(source.options["url"])] = body
        self.failing.pop(str(source.options["url"]), None)

    def break_down(self, source: Source, trouble: Trouble = Trouble.SERVER, retry_after: float | None = None) -> None:
        """From now on the source's server fails."""
        url = str(source.options["url"])
        self.failing[url] = FetchFailed(url, trouble, f"{url} answers badly", 500, retry_after)

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
        """What the server answers."""
        self.asked.append(request.url)
        if request.url in self.failing:
            return self.failing[request.url]
        body = self.bodies[request.url]
        etag = hash_of(body)
        if validators.etag:
            self.conditional.append(request.url)
        if validators.etag == etag:
            return NotModified(request.url)
        return Fetched(request.url, body, "application/json", "utf-8", Validators(etag))


@dataclass
class Inbox:
    """A channel that keeps what it is sent, and answers as a test wants."""

    form: Form = Form.PLAIN
    limits: Limits = Limits()
    got: list[Message] = field(default_factory=list)
    answers: list[SendOutcome] = field(default_factory=list)
    always: SendOutcome = Sent("ref")

    def send(self, message: Message) -> SendOutcome:
        """Take it, or not."""
        outcome = self.answers.pop(0) if self.answers else self.always
        if isinstance(outcome, Sent):
            self.got.append(message)
        return outcome

    def close(self) -> None:
        """Nothing to let go of."""


def config(state_dir: Path, sources: Sequence[Source], **changes: object) -> Config:
    """A configuration with one subscription to everything and one channel."""
    made = Config(
        state_dir=str(state_dir),
        sources=tuple(sources),
        channels=(ChannelSpec(name="inbox", kind="console"), ChannelSpec(name="ops", kind="console")),
        subscriptions=(Subscription(name="all", channels=("inbox",)),),
        operator=Operator(channels=("ops",)),
        baseline_summary=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]
