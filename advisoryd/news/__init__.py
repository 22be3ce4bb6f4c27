"""Is a news item about a government's travel advice; who speaks, about where, what is asked, what has happened?

    claim = read(NewsItem(title="China urges citizens to avoid travel to Japan", language="en"))
    claim.issuer, claim.destinations, claim.level     # "CN", ("JP",), Level.RECONSIDER

:func:`syndication_key` is equal for copies of one report, :func:`cluster` puts claims of one act together, and
:func:`home_country` tells whose "Foreign Office" an outlet means.

Pure: no network, no clock, no file but this package's word lists, read when a language is first met.
"""

from advisoryd.model.report import Happening
from advisoryd.news.item import Claim, Evidence, NewsItem
from advisoryd.news.outlets import home_country
from advisoryd.news.reading import read
from advisoryd.news.stories import cluster
from advisoryd.news.syndication import canonical_url, syndication_key

__all__ = [
    "Claim",
    "Evidence",
    "Happening",
    "NewsItem",
    "canonical_url",
    "cluster",
    "home_country",
    "read",
    "syndication_key",
]
