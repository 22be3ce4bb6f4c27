"""Console: messages for the person at the terminal, or for the journal.

Colour appears on a terminal only and never where ``NO_COLOR`` is set (https://no-color.org). Strangers' text cannot
steer the terminal: control characters are shown as pictures (␛), never sent.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TextIO

from advisoryd.channels.options import Options, problems_of, settled
from advisoryd.channels.text import line, visible
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post, Priority
from advisoryd.model.outcome import SendOutcome, Sent, TryAgain

_MARK = {Priority.SILENT: "·", Priority.LOW: "·", Priority.NORMAL: "•", Priority.HIGH: "!", Priority.URGENT: "!!"}
_COLOUR = {
    Priority.SILENT: "2",
    Priority.LOW: "2",
    Priority.NORMAL: "1",
    Priority.HIGH: "1;33",
    Priority.URGENT: "1;31",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """``stream`` is ``stdout`` or ``stderr``; ``colour`` is ``auto``, ``always`` or ``never``."""

    stream: str
    colour: str


def _settings(options: Options) -> Settings:
    return Settings(
        stream=options.choice("stream", ("stdout", "stderr"), "stdout"),
        colour=options.choice("colour", ("auto", "always", "never"), "auto"),
    )


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each."""
    return problems_of(spec, _settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> Console:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems."""
    return Console(settled(spec, _settings))


@dataclass(frozen=True, slots=True)
class Console:
    """Standard output or standard error, whichever they are at the moment of writing."""

    settings: Settings
    form: ClassVar[Form] = Form.PLAIN
    limits: ClassVar[Limits] = Limits()

    def send(self, message: Message) -> SendOutcome:
        """Write; there is no reference."""
        stream = sys.stdout if self.settings.stream == "stdout" else sys.stderr
        try:
            stream.write(_writable(page(message, self._coloured(stream)), stream))
            stream.flush()
        except (OSError, ValueError) as problem:
            return TryAgain(f"The {self.settings.stream} stream cannot be written to: {problem}")
        return Sent()

    def close(self) -> None:
        """The streams belong to the process."""

    def _coloured(self, stream: TextIO) -> bool:
        if self.settings.colour == "auto":
            return stream.isatty() and not os.environ.get("NO_COLOR")
        return self.settings.colour == "always"


def page(message: Message, coloured: bool) -> str:
    """``message`` as lines for a terminal, an empty line at the end."""
    heading = f"{_MARK[message.priority]} {line(visible(message.title))}"
    if coloured:
        heading = f"\x1b[{_COLOUR[message.priority]}m{heading}\x1b[0m"
    body = visible(message.body).rstrip()
    link = line(visible(message.url))
    parts = [heading, body, link if link not in body else ""]
    return "\n".join(part for part in parts if part) + "\n\n"


def _writable(text: str, stream: TextIO) -> str:
    """``text`` with what the stream's encoding lacks as escapes, rather than an error."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
