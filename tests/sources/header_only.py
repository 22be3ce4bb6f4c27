"""A reader of ireland.ie as it would have been before September 2025: it knows one place of the level only.

With it the redesign of that month can be told as it happened: every level gone at once, and no advice changed.
"""

from __future__ import annotations

from advisoryd.model.reading import Reader
from advisoryd.model.source import Source
from advisoryd.sources import ie_dfa


def reader(source: Source) -> Reader:
    """The reader that looks for the level below the title and nowhere else."""
    return ie_dfa.IeDfa(source, headers=ie_dfa.HEADERS[:1])
