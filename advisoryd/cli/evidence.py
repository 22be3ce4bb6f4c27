"""What was read in a news item, and the words that decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisoryd.cli.common import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from advisoryd.model.event import Event
    from advisoryd.model.report import Report
    from advisoryd.news import Claim
    from advisoryd.store.engine import Tx


def of_headline(title: str, language: str, outlet: str) -> Claim:
    """The claim of a headline by itself. Raises :class:`Stop` for one without words."""
    from advisoryd import news

    if not title.strip():
        raise Stop("the headline is empty")
    country = news.home_country(outlet, language, title)
    return news.read(news.NewsItem(title=title, language=language, outlet=outlet, country=country))


def of_event(tx: Tx, event: Event) -> Claim | None:
    """The claim of the item that a media report came from, while the item is kept."""
    from advisoryd.model.event import REPORTED
    from advisoryd.store import items

    found = items.get(tx, event.source, event.after) if event.kind in REPORTED else None
    if found is None:
        return None
    from advisoryd import news

    item = found.item
    country = news.home_country(item.outlet, item.language, item.title)
    return news.read(
        news.NewsItem(
            title=item.title, summary=item.summary, language=item.language, outlet=item.outlet, country=country
        )
    )


def lines(claim: Claim) -> Iterator[str]:
    """What is claimed, then a line for each piece of evidence."""
    from advisoryd.cli.words import level_words

    if claim.is_advisory:
        said = ", ".join(map(str, (claim.happening, level_words(claim.level), *sorted(claim.reasons), *claim.regions)))
        yield f"travel advice of {_named(claim.issuers)} about {_named(claim.destinations)}: {said}"
    else:
        yield "no government's travel advice"
    yield f"  confidence {claim.confidence:.2f}"
    for one in claim.evidence:
        yield f"  {one.rule}: “{one.words}” ({one.where})"


def report_lines(reports: Sequence[Report]) -> Iterator[str]:
    """The reports of a story, one a line."""
    if reports:
        yield f"reports in this story: {len(reports)}"
    for report in reports:
        yield f"  {report.at:%Y-%m-%d %H:%M}Z {report.outlet} ({report.language}), {report.happening}: {report.title}"


def _named(codes: Sequence[str]) -> str:
    from advisoryd import places

    known = [places.display_name(code) if places.known(code) else code for code in codes]
    return ", ".join(known) or "no place that it names"
