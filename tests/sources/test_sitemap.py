"""Sitemaps as lists of an issuer's pages."""

from __future__ import annotations

import re

import pytest

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import sitemap
from advisoryd.sources.sitemap import Entry

PAGES = re.compile(r"https://a\.example/places/([\w-]+)/?")
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def entries(body: str) -> tuple[Entry, ...]:
    return sitemap.entries(Document("https://a.example/sitemap.xml", body.encode()), PAGES)


def test_only_whole_addresses_of_pages_count_each_once_with_the_last_date() -> None:
    found = entries(
        f"<urlset {NAMESPACE}>"
        "<url><loc>https://a.example/</loc></url>"
        "<url><loc>https://a.example/places/new-land/</loc><lastmod>2026-01-02</lastmod></url>"
        "<url><loc>https://a.example/places/new-land/map</loc></url>"
        "<url><loc> https://a.example/places/old-land </loc></url>"
        "<url><loc>https://a.example/places/new-land/</loc><lastmod>2026-01-03</lastmod></url>"
        "<url/></urlset>"
    )
    assert found == (
        Entry("new-land", "https://a.example/places/new-land/", "2026-01-03"),
        Entry("old-land", "https://a.example/places/old-land"),
    )
    assert [entry.words for entry in found] == ["new land", "old land"]


def test_a_sitemap_without_a_namespace_is_read_too() -> None:
    (entry,) = entries("<urlset><url><loc>https://a.example/places/x</loc></url></urlset>")
    assert entry.slug == "x"


@pytest.mark.parametrize("body", ["", "<html><body>Sorry</body></html>", f"<sitemapindex {NAMESPACE}/>", "<rss/>"])
def test_what_is_no_sitemap_is_unreadable(body: str) -> None:
    with pytest.raises(Unreadable):
        entries(body)
