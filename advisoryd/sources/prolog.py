"""What stands before the root element of an XML document or a page: the only place where a document type can be."""

from __future__ import annotations

import re

_DOCTYPE = re.compile(r"(?>\s+|\ufeff|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE(\s+html)?", re.IGNORECASE | re.DOTALL)
"""Without going back: thirty comments in a row would otherwise take an hour to be no document type."""


def doctype(text: str) -> re.Match[str] | None:
    """The document type of ``text``, however much stands before it; its first group is set for a web page's."""
    return _DOCTYPE.match(text)
