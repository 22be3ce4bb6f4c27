"""A message in one reader's language, before it takes a form: what every template sees as ``content``.

Every string is one line, safe to read but not yet escaped; the template's form does that at the last step.
"""

from __future__ import annotations

from dataclasses import dataclass

from advisoryd.render.clean import Address


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words, verbatim: what they are, the words, and their BCP 47 language; and in one ``line``."""

    label: str
    text: str
    language: str
    line: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence that came (``+``) or went (``-``), and the heading it stands under."""

    sign: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, and both as the language writes them in one line."""

    label: str
    value: str
    line: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go. ``role`` is ``official``, ``article``, ``acknowledge`` or ``unsubscribe``."""

    role: str
    label: str
    url: Address


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a long message."""

    changes: str = ""
    text: str = ""
    story: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says.

    ``title`` is the subject, ``headline`` the first line, ``label`` the kind of event in a word or two. ``tone`` picks
    a colour: ``level-1`` to ``level-4``, ``unknown``, ``report`` or ``operator``. ``notes`` are cautions,
    ``follows`` names the message that this one follows up, ``levels`` says what became of the level. ``more`` says how
    much was left out to keep within a limit. ``entries`` are the parts of a bundle.
    """

    title: str
    headline: str
    label: str = ""
    tone: str = "unknown"
    language: str = "en"
    notes: tuple[str, ...] = ()
    follows: str = ""
    changes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    edits: tuple[Edit, ...] = ()
    more: str = ""
    timeline: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    footer: tuple[str, ...] = ()
    entries: tuple[Content, ...] = ()
    headings: Headings = Headings()

    @property
    def url(self) -> Address:
        """The link that every message keeps: the official page, or the article of a report."""
        return next((link.url for link in self.links if link.role in ("official", "article")), Address(""))
