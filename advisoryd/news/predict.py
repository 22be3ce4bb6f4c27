"""Predictions for files of labelled news: what ``advisoryd classify`` writes, one JSON object an item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from advisoryd.model.ladder import Reason
from advisoryd.news.item import Claim, NewsItem
from advisoryd.news.outlets import home_country
from advisoryd.news.reading import read
from advisoryd.news.stories import cluster

_REASON_NAMES = {Reason.NATURAL_HAZARD: "natural_disaster", Reason.KIDNAPPING: "crime", Reason.TRANSPORT: "other"}
"""Reasons of the common list that labelled news calls otherwise."""


def predictions(items: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """A prediction for every item, in order. Fields read: ``id``, ``lang``, ``title``, ``summary``, ``published`` (ISO
    8601 or ``None``), ``outlet``. Claims are clustered over all items, so that nothing comes out before all went in."""
    named = [(row.get("id"), news_item(row)) for row in items]
    claims = [read(item) for _, item in named]
    labels = cluster([(claim, item.published) for claim, (_, item) in zip(claims, named, strict=True)])
    for (name, _), claim, label in zip(named, claims, labels, strict=True):
        yield {"id": name, **_fields(claim), "event_id": label}


def news_item(row: Mapping[str, Any]) -> NewsItem:
    """A row of a labelled file as a news item; the outlet gives its home country."""
    language, title = str(row.get("lang") or ""), str(row.get("title") or "")
    outlet = str(row.get("outlet") or "")
    summary = str(row.get("summary") or "")
    return NewsItem(
        title=title,
        summary=summary,
        language=language,
        published=_instant(row.get("published")),
        outlet=outlet,
        country=home_country(outlet, language, title + summary),
        text=str(row.get("text") or ""),
        url=str(row.get("url") or ""),
    )


def _instant(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fields(claim: Claim) -> dict[str, Any]:
    """Labels name countries: of the Canary Islands and Spain, Spain."""
    return {
        "is_advisory": claim.is_advisory,
        "issuer": list(claim.issuers),
        "destinations": [place for place in claim.destinations if "-" not in place],
        "level": int(claim.level) if claim.level else None,
        "event": claim.happening.value if claim.happening else None,
        "reasons": sorted({_REASON_NAMES.get(reason, reason.value.replace("-", "_")) for reason in claim.reasons}),
        "leave": claim.leave,
        "confidence": round(claim.confidence, 2),
    }
