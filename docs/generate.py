"""Writes the generated pages of this folder: ``python docs/generate.py``. A test fails while one is out of date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from advisoryd.model.source import Source, SourceKind
from advisoryd.sources import catalogue

FOLDER = Path(__file__).parent
KINDS: Mapping[SourceKind, str] = {
    SourceKind.OFFICIAL: "Official advice",
    SourceKind.HEALTH: "Health",
    SourceKind.HAZARD: "Hazards",
    SourceKind.NEWS: "News",
}
SOURCES = """# Sources

The built-in catalogue: {count} sources of {issuers} issuers. This page is written by `python docs/generate.py` from
`advisoryd/sources/catalogue/`; change an entry there, not here. [How to add one](adding-a-source.md).

Enable sources in the configuration by id, by a tag or all of them:

```toml
[sources]
enable = ["cn-mfa", "region:europe", "kind:health"]
```

*Issuer*: the government or organisation that speaks. An outlet speaks for none; its home stands there in brackets.
*Shape*: a register lists everything in force, so a row that is gone means something; a stream is a moving window, where
absence means nothing. *Track*: the ladder that a source speaks on; each has advice of its own, and none moves another.
*Every*: the time between two polls. *Confidence*: `verified` where the shape was seen in payloads of the endpoint,
`inferred` where it is pieced together. *Evidence*: the newest record of the endpoint answering as described.
"""
TERMS = """## What a poll costs, and on what terms

Messages carry the attribution that the licence asks for. Licences are told as far as the issuers state them; nothing
here is legal advice.
"""


def sources_page() -> str:
    """``sources.md``."""
    entries = catalogue.entries().values()
    issuers = {source.issuer for source in entries if source.issuer}
    parts = [SOURCES.format(count=len(entries), issuers=len(issuers))]
    for kind, title in KINDS.items():
        chosen = [source for source in entries if source.kind is kind]
        parts += [f"## {title}\n", _overview(chosen)] if chosen else []
    return "\n".join([*parts, TERMS, _terms(entries)])


def _overview(chosen: Iterable[Source]) -> str:
    head = ("id", "issuer", "name", "shape", "track", "language", "every", "confidence", "evidence")
    return _table(head, [_row(source) for source in chosen])


def _row(source: Source) -> Sequence[str]:
    name = f"[{source.name}]({source.homepage})"
    shape = str(catalogue.reader_for(source).contract.shape)
    what = (f"`{source.id}`", source.issuer or _home(source), name, shape, str(source.track), source.language)
    return (*what, _length(source.every), str(source.confidence), source.evidence)


def _home(source: Source) -> str:
    """Where an outlet is at home; ``state`` marks one that its government controls."""
    home = "".join(tag.removeprefix("country:").upper() for tag in source.tags if tag.startswith("country:"))
    state = ", state" if "ownership:state" in source.tags else ""
    return f"({home}{state})" if home else ""


def _terms(entries: Iterable[Source]) -> str:
    rows = [(f"`{source.id}`", source.cost, source.licence, source.attribution) for source in entries]
    return _table(("id", "cost", "licence", "attribution"), rows)


def _length(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    if minutes % 1440 == 0:
        return f"{minutes // 1440} d"
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. A bar in a cell would end it, so it is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


PAGES = {"sources.md": sources_page}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
