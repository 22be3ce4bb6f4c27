"""The pages of issuers whose site has no list of them: a table beside the reader, slug and place id on each line.

A slug can serve two places (``israel-palestine``); the id is then that of both. A country page that such a table lacks
is not read, so a new one is a line to add. The option ``destinations`` leaves all pages but those of some places alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from advisoryd.model.source import Source
from advisoryd.sources import options

_FOLDER = Path(__file__).parent
_RULES: dict[str, tuple[options.Rule, str]] = {
    "destinations": (
        lambda value: isinstance(value, list | tuple) and all(map(options.is_text, value)),
        "a list of place codes such as JP, to read only their pages",
    )
}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def pages(source: Source, name: str) -> Mapping[str, str]:
    """Place ids by slug, from ``<name>.tsv``, as far as the source's options want them. Raises
    :class:`options.OptionError`."""
    options.require(check_options(source))
    wanted = source.options.get("destinations")
    chosen = set(wanted) if isinstance(wanted, list | tuple) else None
    return {slug: place for slug, place in table(name).items() if chosen is None or place in chosen}


@cache
def table(name: str) -> Mapping[str, str]:
    """Place ids by slug, from ``<name>.tsv``."""
    lines = (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)
