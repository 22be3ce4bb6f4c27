"""One sample telling for every kind of event, and two bundles: for test messages, template checks and the manual.

The events are invented in the manner of real ones. Whoever sends one sets ``test``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from advisoryd.model.event import OPERATOR, REPORTED, Change, Event, Facet, Kind, Texture
from advisoryd.model.ladder import Action, Grade, Level, Reason
from advisoryd.model.record import Item, Record, Stamp
from advisoryd.render.telling import Bundle, Census, Gathering, Passage, Telling

AT = datetime(2025, 11, 14, 13, 30, tzinfo=UTC)
"""When the sample events were first seen."""

_CHINA = Event(
    id="",
    kind=Kind.RAISED,
    issuer="CN",
    destination="JP",
    source="cn-mfa",
    at=AT + timedelta(minutes=4),
    first_seen=AT,
    reason="sample",
    name="日本",
    story="sample-story",
    level_before=Level.CAUTION,
    level_after=Level.RECONSIDER,
    highest_before=Level.CAUTION,
    highest_after=Level.RECONSIDER,
    native_before="谨慎前往",
    native_after="近期避免前往日本",
    url="https://www.example.org/advice/japan?lang=zh&view=full",
    language="zh-Hans",
    issued_at=Stamp(datetime(2025, 11, 14, 12, 45, tzinfo=UTC), "2025-11-14 20:45"),
)
_AMERICA = replace(
    _CHINA,
    issuer="US",
    destination="TR",
    source="us-state",
    name="Turkey",
    level_before=Level.RECONSIDER,
    highest_before=Level.RECONSIDER,
    highest_after=Level.AVOID,
    native_before="Level 3: Reconsider Travel",
    native_after="Level 3: Reconsider Travel",
    url="https://www.example.com/advisories/turkey",
    language="en",
    issued_at=Stamp(datetime(2025, 11, 14, 5, 0, tzinfo=UTC), "Fri, 14 Nov 2025", day=True),
)
_IRELAND = replace(
    _CHINA,
    issuer="IE",
    destination="PE",
    source="ie-dfa",
    name="Peru",
    level_after=None,
    highest_after=None,
    native_before="High degree of caution",
    native_after="",
    url="https://www.example.net/advice/peru",
    language="en",
    issued_at=None,
)
_REPORT = Event(
    id="",
    kind=Kind.FIRST_REPORTED,
    issuer="CN",
    destination="JP",
    source="news-search",
    at=AT,
    first_seen=AT,
    reason="sample",
    grade=Grade.SINGLE,
    story="sample-story",
    title="中国、国民に日本への渡航自粛を呼びかけ",
    summary="中国外務省は14日夜、自国民に対し当面の日本への渡航を避けるよう求めた。",
    url="https://news.example.jp/2025/11/14/1",
    language="ja",
    issued_at=Stamp(datetime(2025, 11, 14, 13, 5, tzinfo=UTC), "Fri, 14 Nov 2025 22:05:00 +0900"),
)
_HOUSE = Event(
    id="",
    kind=Kind.SOURCE_DEGRADED,
    issuer="",
    destination="",
    source="ie-dfa",
    at=AT,
    first_seen=AT,
    reason="sample",
    story="sample-house",
)
_CLOSE = Record(
    key="jp",
    issuer="CN",
    destination="JP",
    name="日本",
    language="zh-Hans",
    url=_CHINA.url,
    level=Level.RECONSIDER,
    expires_at=Stamp(datetime(2025, 12, 30, 16, 0, tzinfo=UTC), "2025-12-31", day=True),
)


_ADDED = (
    Passage("Wildfires", "Wildfires are burning in the provinces of Izmir and Manisa."),
    Passage("Wildfires", "Follow the instructions of the local authorities."),
)
_REMOVED = (Passage("Safety and security", "There is a low risk of wildfires."),)
_OLD_PAGE = replace(
    _CLOSE,
    key="turkey",
    issuer="US",
    destination="TR",
    name="Turkey",
    language="en",
    url=_AMERICA.url,
    issued_at=Stamp(datetime(2025, 11, 1, 4, 0, tzinfo=UTC), "Sat, 01 Nov 2025", day=True),
    expires_at=None,
)
_NEW_PAGE = replace(_OLD_PAGE, issued_at=_AMERICA.issued_at)
_FULL_NAMES = {
    "CN": "Ministry of Foreign Affairs of China",
    "US": "U.S. Department of State",
    "IE": "Department of Foreign Affairs, Ireland",
}
_LINES = {
    "CN": "",
    "US": "U.S. Department of State, public domain.",
    "IE": "© Department of Foreign Affairs, Ireland.",
}


def samples() -> Mapping[Kind, Telling]:
    """A telling for every kind, each with what such an event usually has."""
    return {event.kind: _told(replace(event, id=f"sample-{event.kind}")) for event in _events()}


def sample_bundles() -> Mapping[Gathering, Bundle]:
    """A digest of several advisories, a burst, and a night in which one advisory was raised and lowered again."""
    tellings = samples()
    raised, lowered = tellings[Kind.RAISED], tellings[Kind.LOWERED]
    digest = tuple(tellings[kind] for kind in (Kind.AMENDED, Kind.WIDENED, Kind.RAISED, Kind.VANISHED))
    burst = tuple(_moved(raised, destination=place) for place in ("JP", "KR", "TH"))
    night = (raised, _moved(lowered, at=AT + timedelta(hours=7)), tellings[Kind.WIDENED])
    return {
        gathering: Bundle(tellings=told, gathering=gathering, subscription="asia-desk")
        for gathering, told in ((Gathering.DIGEST, digest), (Gathering.BURST, burst), (Gathering.QUIET, night))
    }


def _moved(telling: Telling, destination: str = "JP", at: datetime = _CHINA.at) -> Telling:
    """The same telling about another place or at another time."""
    event = replace(telling.event, destination=destination, at=at, id=f"{telling.event.id}-{destination}-{at:%H}")
    return replace(telling, event=event)


def _told(event: Event) -> Telling:
    """The event with what the service would add for a subscription of somebody who follows Japan."""
    telling = Telling(event=event, subscription="asia-desk", why="destination JP, level 3 or above, from CN")
    if event.kind in OPERATOR:
        return replace(telling, subscription="operator", why="")
    if event.kind is Kind.BASELINE:
        levels = ((Level.AVOID, 19), (Level.RECONSIDER, 24), (Level.CAUTION, 81), (Level.NORMAL, 87), (None, 1))
        return replace(telling, census=Census(212, levels))
    telling = replace(telling, issuer_name=_FULL_NAMES[event.issuer], attribution=_LINES[event.issuer])
    if event.kind in REPORTED:
        item = Item(key="1", title=event.title, language="ja", url=event.url, outlet="Example Shimbun")
        return replace(telling, item=item, attribution="")
    return _detailed(telling)


def _detailed(telling: Telling) -> Telling:
    """What some kinds have besides: a diff, an end date, an earlier message of the story."""
    kind = telling.event.kind
    if kind is Kind.AMENDED:
        return replace(telling, before=_OLD_PAGE, after=_NEW_PAGE, added=_ADDED, removed=_REMOVED)
    if kind is Kind.SWEEP:
        return replace(telling, added=_ADDED[:1])
    if kind in (Kind.EXPIRING, Kind.EXPIRED):
        return replace(telling, after=_CLOSE)
    if kind in (Kind.LOWERED, Kind.LIFTED, Kind.CONFIRMED):
        return replace(telling, earlier=replace(_REPORT if kind is Kind.CONFIRMED else _CHINA, id="sample-earlier"))
    return telling


def _events() -> Iterator[Event]:
    """The events, in the order of :class:`Kind`."""
    yield from _stricter()
    yield from _looser()
    yield from _same()
    yield from _reported()
    yield from _house()


def _stricter() -> Iterator[Event]:
    yield replace(
        _CHINA,
        changes=(
            Change(Facet.LEVEL, "2", "3"),
            Change(Facet.ACTION_ADDED, new=Action.AVOID_NON_ESSENTIAL),
            Change(Facet.REASON_ADDED, new=Reason.POLITICAL),
            Change(Facet.REASON_ADDED, new=Reason.CRIME),
        ),
    )
    yield replace(
        _AMERICA,
        kind=Kind.WIDENED,
        changes=(
            Change(Facet.REGION_ADDED, new="Hatay"),
            Change(Facet.REGION_LEVEL, "Border with Syria: 3", "Border with Syria: 4"),
            Change(Facet.REASON_ADDED, new=Reason.KIDNAPPING),
        ),
    )
    yield replace(_CHINA, kind=Kind.ISSUED, level_before=None, highest_before=None, native_before="")
    yield replace(
        _CHINA,
        kind=Kind.RESTORED,
        level_before=Level.RECONSIDER,
        highest_before=Level.RECONSIDER,
        native_before=_CHINA.native_after,
    )


def _looser() -> Iterator[Event]:
    back = replace(
        _CHINA,
        level_before=Level.RECONSIDER,
        highest_before=Level.RECONSIDER,
        level_after=Level.CAUTION,
        highest_after=Level.CAUTION,
        native_before=_CHINA.native_after,
        native_after=_CHINA.native_before,
    )
    gone = replace(back, level_after=None, highest_after=None, native_after="", issued_at=None)
    yield replace(back, kind=Kind.LOWERED, changes=(Change(Facet.LEVEL, "3", "2"),))
    yield replace(
        _AMERICA,
        kind=Kind.NARROWED,
        highest_before=Level.AVOID,
        highest_after=Level.RECONSIDER,
        changes=(Change(Facet.REGION_REMOVED, old="Hatay"), Change(Facet.REGION_REMOVED, old="Kilis")),
    )
    yield replace(
        back,
        kind=Kind.LIFTED,
        level_before=Level.AVOID,
        highest_before=Level.AVOID,
        level_after=Level.NORMAL,
        highest_after=Level.NORMAL,
        native_before="暂勿前往",
        native_after="注意安全",
        changes=(Change(Facet.LEVEL, "4", "1"), Change(Facet.UNUSUAL)),
    )
    yield replace(gone, kind=Kind.EXPIRED)
    yield replace(_IRELAND, kind=Kind.WITHDRAWN)
    yield replace(_IRELAND, kind=Kind.VANISHED)


def _same() -> Iterator[Event]:
    yield replace(
        _AMERICA,
        kind=Kind.AMENDED,
        texture=Texture.SUBSTANCE,
        highest_before=Level.AVOID,
        changes=(
            Change(Facet.SECTION_ADDED, new="Wildfires"),
            Change(Facet.REASON_ADDED, new=Reason.NATURAL_HAZARD),
            Change(Facet.TEXT, "1", "2"),
            Change(Facet.DATE, "2025-11-01T04:00:00+00:00", "2025-11-14T05:00:00+00:00"),
        ),
        summary="Updated with information on wildfires.",
    )
    same = replace(_CHINA, level_before=Level.RECONSIDER, highest_before=Level.RECONSIDER)
    yield replace(same, kind=Kind.REAFFIRMED, native_before=_CHINA.native_after)
    yield replace(_CHINA, kind=Kind.CORRECTED)
    yield replace(
        _CHINA,
        kind=Kind.BULLETIN,
        level_before=None,
        level_after=None,
        highest_before=None,
        highest_after=None,
        native_before="",
        native_after="",
        title="提醒在日中国公民防范地震灾害",
        summary="近期日本多地发生有感地震，请密切关注当地预警信息。",
    )


def _reported() -> Iterator[Event]:
    yield _REPORT
    yield replace(_REPORT, kind=Kind.CORROBORATED, grade=Grade.CORROBORATED)
    yield replace(_CHINA, kind=Kind.CONFIRMED)
    yield replace(_REPORT, kind=Kind.DISPUTED, grade=Grade.DISPUTED)
    yield replace(
        _REPORT,
        kind=Kind.CONSEQUENCE,
        title="中国の航空各社、日本便の無料払い戻しを発表",
        summary="12月31日までの便が対象となる。",
    )
    yield replace(
        _CHINA,
        kind=Kind.EXPIRING,
        level_before=Level.RECONSIDER,
        level_after=None,
        native_before=_CHINA.native_after,
        native_after="",
        issued_at=None,
    )
    yield replace(
        _AMERICA,
        kind=Kind.SWEEP,
        destination="",
        name="",
        places=("TR", "GR", "CY", "BG", "RO"),
        level_before=None,
        level_after=None,
        highest_before=None,
        highest_after=None,
        native_before="",
        native_after="",
        title="Safety and security",
        summary=_ADDED[0].text,
        changes=(Change(Facet.TEXT, new=_ADDED[0].text),),
    )


def _house() -> Iterator[Event]:
    yield replace(
        _HOUSE,
        kind=Kind.RELABELLED,
        issuer="GB",
        destination="PS",
        source="uk-fcdo",
        changes=(Change(Facet.NAME, "The Occupied Palestinian Territories", "Palestine"),),
    )
    yield replace(_HOUSE, summary="20 of 20 rows of the highest level are missing")
    yield replace(_HOUSE, kind=Kind.SOURCE_RECOVERED)
    yield replace(_HOUSE, kind=Kind.SOURCE_FINDING, summary="the level of Peru can no longer be read")
    yield replace(_HOUSE, kind=Kind.CHANNEL_FAILING, source="security-chat", summary="no answer for 2 hours")
    yield replace(_HOUSE, kind=Kind.CHANNEL_RECOVERED, source="security-chat")
    yield replace(_HOUSE, kind=Kind.BASELINE, issuer="CA", source="ca-gac")
