"""Carrier pigeons: each message becomes a note in a loft, a directory that somebody else empties."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from advisoryd.channels.options import Options, problems_of, settled
from advisoryd.channels.text import clean, fit, line
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post
from advisoryd.model.outcome import SendOutcome, Sent, TryAgain


@dataclass(frozen=True, slots=True)
class Settings:
    """``loft`` is the directory, ``strength`` how many characters one pigeon carries."""

    loft: str
    strength: int


def _settings(options: Options) -> Settings:
    return Settings(loft=options.text("loft"), strength=options.whole("strength", 200, 20, 1_000))


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Pigeon:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    return Pigeon(settled(spec, _settings))


@dataclass(frozen=True, slots=True)
class Pigeon:
    """One loft."""

    settings: Settings
    form: ClassVar[Form] = Form.SHORT

    @property
    def limits(self) -> Limits:
        """A pigeon carries one note."""
        return Limits(title=60, body=self.settings.strength)

    def send(self, message: Message) -> SendOutcome:
        """Leave the note; the reference is its name."""
        text = fit(clean(message.body), self.limits.body, message.url)
        note = Path(self.settings.loft) / f"{message.key.replace('/', '_')}.txt"
        try:
            note.write_text(f"{fit(line(message.title), self.limits.title)}\n{text}\n", encoding="utf-8")
        except OSError as problem:
            return TryAgain(f"The loft cannot be reached: {problem.strerror}")
        return Sent(note.name)

    def close(self) -> None:
        """Pigeons come home by themselves."""
