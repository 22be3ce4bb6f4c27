"""Republic of Korea: travel alarms of the Ministry of Foreign Affairs (외교부, 해외안전여행).

With a key for the government's open data (free, from data.go.kr) the ministry's own service is read; without one, the
pages of 0404.go.kr. What has been learnt about them:

- Korea's level 1 is not the first step of the ladder: its ordinary case has no alarm. Level 2 asks people not to go
  without need, level 3 to leave, level 4 is a ban by law (Passport Act, article 26).
- A country can have several alarms, each for a part of it; only what is said of the whole or of the rest is its level.
- The special advisory (특별여행주의보) stands beside the alarms, on a track of its own. It is prolonged until danger is
  over and keeps the date of its first day, so only an end that its own words state is one.
- Where only a badge of the site tells of an alarm, how much of the country it is for is not known: it counts as a part.
- The service lists only countries with an alarm, has no row ids, mostly no dates, and has lacked countries that the
  site shows with a badge. So the site's list of all countries is read beside it, again whenever an alarm changes.
- The site's firewall answers 503 to some addresses; that costs the list, not the alarms.
- The key is given out in two forms, as it is and percent-encoded; either may be configured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import unquote, urlencode

from advisoryd.model.reading import PLACEHOLDER, Contract, Document, Parsed, Piece, Request
from advisoryd.model.record import Record
from advisoryd.model.secret import Secret, plain
from advisoryd.model.source import Source
from advisoryd.sources import options

SERVICES = "https://apis.data.go.kr/1262000"
ALARMS = f"{SERVICES}/TravelAlarmService2/getTravelAlarmList2"
SPECIAL = f"{SERVICES}/SptravelWarningServiceV2/getSptravelWarningListV2"
HISTORY = f"{SERVICES}/CountryHistoryService2/getCountryHistoryList2"
SITE = "https://www.0404.go.kr"
COUNTRIES = f"{SITE}/ntnSafetyInfo/list"
NOTICES = f"{SITE}/util/getSafetyTravelNtcList"
CONTRACT = Contract(
    lists_calm=False,  # the service lists countries with an alarm only
    min_rows=150,  # three to four hundred alarms in 2026, and about 198 countries on the site
    grace=timedelta(days=3),  # the service is said to be rebuilt once a day
    bulk_reviews=True,  # levels are reviewed for the whole world every half year
)
_ALL_ROWS = "1000"
"""One page that holds everything: 300 to 500 rows a page are served, and fewer rows than promised are refused."""

_RULES: dict[str, tuple[options.Rule, str]] = {
    "service_key": (
        lambda value: isinstance(value, Secret) or options.is_text(value),
        "the key of data.go.kr, best in a file: secrets_file = { service_key = … }",
    ),
}


def check_options(source: Source) -> list[str]:
    """Everything that is wrong with the options, one sentence each."""
    return options.problems(source, _RULES, required=())


def reader(source: Source) -> KrMofa:
    """The reader of the ministry's alarms. Raises :class:`options.OptionError`."""
    options.require(check_options(source))
    return KrMofa(source)


@dataclass(frozen=True, slots=True)
class KrMofa:
    """The ministry's service where a key is configured, its site otherwise."""

    source: Source
    version: int = 1
    contract: Contract = CONTRACT

    def endpoints(self, now: datetime) -> tuple[Request, ...]:
        """With a key the alarms and the special advisories, else the site's countries and notices."""
        if not self.keyed:
            body = b'{"pageSize":200}'
            headers = (("Content-Type", "application/json"),)
            notices = Request(NOTICES, expect="json", method="POST", headers=headers, body=body)
            return Request(COUNTRIES, expect="html"), notices
        key = _decoded(self.source.options["service_key"])
        asked = _asked(ALARMS, "serviceKey"), _asked(SPECIAL, "ServiceKey")
        return tuple(replace(request, secret=key) for request in asked)

    def parse(self, document: Document) -> Parsed:
        """The alarms, advisories, adjustments, countries or notices of a document. Raises :class:`Unreadable`."""
        from advisoryd.sources import kr_service, kr_site

        if document.url.startswith(SERVICES):
            history = _asked(HISTORY, "serviceKey") if self.keyed else None
            return kr_service.read(document, self.contract, history)
        return kr_site.read(document, self.contract, follow_pages=not self.keyed)

    def records(self, key: str, found: Sequence[Piece]) -> Sequence[Record]:
        """The country's alarms, or its special advisory."""
        from advisoryd.sources import kr_records

        return tuple(kr_records.records(key, found, self.source, self.keyed))

    @property
    def keyed(self) -> bool:
        """Whether a key is configured."""
        return "service_key" in self.source.options


def _asked(service: str, name: str) -> Request:
    """All rows of a service."""
    query = urlencode({"returnType": "JSON", "numOfRows": _ALL_ROWS, "pageNo": "1"})
    return Request(f"{service}?{name}={PLACEHOLDER}&{query}", expect="any")


def _decoded(key: object) -> Secret:
    """The key as it is, however it was given."""
    held = key if isinstance(key, Secret) else plain(str(key))
    return Secret(lambda: unquote(held.reveal().strip()), held.origin)
