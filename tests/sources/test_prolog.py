"""A document type is found behind anything, and looking for one takes no time."""

from __future__ import annotations

import pytest

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import slices, xmlfeed, xmltree
from advisoryd.sources.prolog import doctype

LONG = "<?xml version='1.0'?>" + "<!-- " + "x" * 5000 + " -->\n"
BOMB = LONG + '<!DOCTYPE r [<!ENTITY a "aaaa">]><rss version="2.0"><channel><title>&a;</title></channel></rss>'


@pytest.mark.parametrize(
    "text", ["<!doctype html><p>", "\ufeff <!DOCTYPE html>", "<!--a--> <!--b-->\n<!DOCTYPE x>", BOMB]
)
def test_a_document_type_is_found_behind_anything(text: str) -> None:
    assert doctype(text)


@pytest.mark.parametrize("text", ["", "<rss/>", "<rss><!DOCTYPE x></rss>", "<!--<!DOCTYPE x>--><rss/>"])
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert doctype(text) is None


def test_many_comments_before_the_root_do_not_stop_the_reader() -> None:
    assert doctype("<!--a-->" * 10_000 + "<rss/>") is None


def test_neither_reader_takes_a_bomb_that_hides_behind_a_long_comment() -> None:
    with pytest.raises(Unreadable):
        xmltree.load(Document("https://a.example/x", BOMB.encode(), "application/xml", "utf-8"))
    with pytest.raises(Unreadable):
        xmlfeed.parse(BOMB, "https://a.example/x")


def test_many_comments_between_entries_do_not_stop_the_reader() -> None:
    entry = "<item><title>t</title></item>"
    between = "<!--a-->" * 10_000
    assert slices.cut(f'<rss version="2.0"><channel>{entry}{between}x{entry}</channel></rss>') is None
    assert slices.cut(f'<rss version="2.0"><channel>{entry}{between}{entry}</channel></rss>') is not None
