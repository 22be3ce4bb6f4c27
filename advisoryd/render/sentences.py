"""The whole sentences and labels that a message is built of, in English; the catalogues hold them in other languages.

A kind of event has several sentences because not everything is always known. Of each list the first one is said whose
placeholders can all be filled:

``{issuer}`` who says it, ``{place}`` about where; ``{old}`` and ``{new}`` two known levels that differ; ``{level}`` a
known level that stayed; ``{was}`` and ``{now}`` the known level before and after, whatever the other one is;
``{title}`` a stranger's title; ``{source}`` a source or channel; ``{summary}`` what is wrong with it; ``{until}`` a
date.

Whole sentences, because no two languages put their words in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping

from advisoryd.model.event import Kind


def mark(message: str) -> str:
    """Marks ``message`` for the catalogues where it is not said at once."""
    return message


def marks(one: str, many: str) -> tuple[str, str]:
    """Marks a sentence that counts: its singular and its plural."""
    return one, many


HEADLINES: Mapping[Kind, tuple[str, ...]] = {
    Kind.RAISED: (
        mark("{issuer}: advice for {place} raised from {old} to {new}"),
        mark("{issuer}: advice for {place} made stricter, still {level}"),
        mark("{issuer}: advice for {place} raised to {now}, level before unknown"),
        mark("{issuer}: advice for {place} made stricter, level unknown"),
    ),
    Kind.WIDENED: (
        mark("{issuer}: advice for {place} now covers more areas. Whole country: {now}"),
        mark("{issuer}: advice for {place} now covers more areas. Whole country: level unknown"),
    ),
    Kind.ISSUED: (
        mark("{issuer}: new advice for {place}, {now}"),
        mark("{issuer}: new advice for {place}, level unknown"),
    ),
    Kind.RESTORED: (
        mark("{issuer}: advice for {place} is listed again, {now}"),
        mark("{issuer}: advice for {place} is listed again, level unknown"),
    ),
    Kind.LOWERED: (
        mark("{issuer}: advice for {place} lowered from {old} to {new}"),
        mark("{issuer}: advice for {place} eased, still {level}"),
        mark("{issuer}: advice for {place} lowered to {now}, level before unknown"),
        mark("{issuer}: advice for {place} eased, level unknown"),
    ),
    Kind.NARROWED: (
        mark("{issuer}: advice for {place} now covers fewer areas. Whole country: {now}"),
        mark("{issuer}: advice for {place} now covers fewer areas. Whole country: level unknown"),
    ),
    Kind.LIFTED: (
        mark("{issuer}: advice for {place} lifted, from {old} to {new}"),
        mark("{issuer}: advice for {place} lifted, before: {was}"),
        mark("{issuer}: advice for {place} lifted"),
    ),
    Kind.EXPIRED: (
        mark("{issuer}: advice for {place} has expired, before: {was}"),
        mark("{issuer}: advice for {place} has expired"),
    ),
    Kind.WITHDRAWN: (
        mark("{issuer}: advice for {place} withdrawn, reason unknown; before: {was}"),
        mark("{issuer}: advice for {place} withdrawn, reason unknown"),
    ),
    Kind.VANISHED: (
        mark("{issuer}: {place} is no longer listed, no reason given; before: {was}"),
        mark("{issuer}: {place} is no longer listed, no reason given"),
    ),
    Kind.AMENDED: (
        mark("{issuer}: advice for {place} amended, still {level}"),
        mark("{issuer}: advice for {place} amended, {now}"),
        mark("{issuer}: advice for {place} amended, level unknown"),
    ),
    Kind.REAFFIRMED: (
        mark("{issuer}: advice for {place} reaffirmed, {now}"),
        mark("{issuer}: advice for {place} reaffirmed, level unknown"),
    ),
    Kind.CORRECTED: (
        mark("{issuer}: correction for {place}, {new} instead of {old}"),
        mark("{issuer}: correction for {place}, still {level}"),
        mark("{issuer}: correction for {place}, {now}"),
        mark("{issuer}: correction for {place}, level unknown"),
    ),
    Kind.BULLETIN: (
        mark("{issuer}, notice for {place}: {title}"),
        mark("{issuer}, notice: {title}"),
        mark("Notice: {title}"),
    ),
    Kind.FIRST_REPORTED: (
        mark("media report ({issuer} → {place}): {title}"),
        mark("media report ({place}): {title}"),
        mark("media report: {title}"),
    ),
    Kind.CORROBORATED: (
        mark("reported by several media ({issuer} → {place}): {title}"),
        mark("reported by several media ({place}): {title}"),
        mark("reported by several media: {title}"),
    ),
    Kind.CONFIRMED: (
        mark("{issuer}: report about {place} officially confirmed, {now}"),
        mark("{issuer}: report about {place} officially confirmed, level unknown"),
    ),
    Kind.DISPUTED: (
        mark("media report ({issuer} → {place}): {title}"),
        mark("media report ({place}): {title}"),
        mark("media report: {title}"),
    ),
    Kind.CONSEQUENCE: (
        mark("consequence of the advice ({issuer} → {place}): {title}"),
        mark("consequence of the advice ({place}): {title}"),
        mark("consequence of the advice: {title}"),
    ),
    Kind.EXPIRING: (
        mark("{issuer}: advice for {place} expires on {until}, now {was}"),
        mark("{issuer}: advice for {place} expires on {until}"),
        mark("{issuer}: advice for {place} expires soon"),
    ),
    Kind.SWEEP: (
        mark("{issuer}: the same sentences changed on many pages ({title})"),
        mark("{issuer}: the same sentences changed on many pages"),
    ),
    Kind.RELABELLED: (
        mark("{issuer}: renamed from “{name_old}” to “{name_new}”"),
        mark("{issuer}: {place} was renamed or its scale changed"),
        mark("Source {source}: an entry was renamed or its scale changed"),
    ),
    Kind.SOURCE_DEGRADED: (
        mark("Source {source} cannot be relied on: {summary}"),
        mark("Source {source} cannot be relied on"),
    ),
    Kind.SOURCE_RECOVERED: (
        mark("Source {source} works again: {summary}"),
        mark("Source {source} works again"),
    ),
    Kind.SOURCE_FINDING: (
        mark("Source {source}: {summary}"),
        mark("Source {source}: something needs a look"),
    ),
    Kind.CHANNEL_FAILING: (
        mark("Channel {source} does not deliver: {summary}"),
        mark("Channel {source} does not deliver"),
    ),
    Kind.CHANNEL_RECOVERED: (
        mark("Channel {source} delivers again: {summary}"),
        mark("Channel {source} delivers again"),
    ),
    Kind.BASELINE: (
        mark("Now watching: {issuer}"),
        mark("Now watching: {source}"),
    ),
}

LABELS: Mapping[Kind, str] = {
    Kind.RAISED: mark("Raised"),
    Kind.WIDENED: mark("Widened"),
    Kind.ISSUED: mark("New advice"),
    Kind.RESTORED: mark("Listed again"),
    Kind.LOWERED: mark("Lowered"),
    Kind.NARROWED: mark("Narrowed"),
    Kind.LIFTED: mark("Lifted"),
    Kind.EXPIRED: mark("Expired"),
    Kind.WITHDRAWN: mark("Withdrawn"),
    Kind.VANISHED: mark("No longer listed"),
    Kind.AMENDED: mark("Amended"),
    Kind.REAFFIRMED: mark("Reaffirmed"),
    Kind.CORRECTED: mark("Correction"),
    Kind.BULLETIN: mark("Notice"),
    Kind.FIRST_REPORTED: mark("Media report"),
    Kind.CORROBORATED: mark("Several media reports"),
    Kind.CONFIRMED: mark("Officially confirmed"),
    Kind.DISPUTED: mark("Media report"),
    Kind.CONSEQUENCE: mark("Consequence"),
    Kind.EXPIRING: mark("Expires soon"),
    Kind.SWEEP: mark("Text changed on many pages"),
    Kind.RELABELLED: mark("Renamed"),
    Kind.SOURCE_DEGRADED: mark("Source trouble"),
    Kind.SOURCE_RECOVERED: mark("Source works again"),
    Kind.SOURCE_FINDING: mark("Source needs a look"),
    Kind.CHANNEL_FAILING: mark("Channel trouble"),
    Kind.CHANNEL_RECOVERED: mark("Channel works again"),
    Kind.BASELINE: mark("Now watching"),
}

WITH_HIGHEST = mark("{sentence}. Highest anywhere: {highest}")
"""What is added when some part of the country is under stricter advice than the country as a whole."""

TITLES: tuple[str, ...] = (
    mark("{label}: {place}, level {old} → {new}, in parts {highest} ({issuer})"),
    mark("{label}: {place}, level {old} → {new} ({issuer})"),
    mark("{label}: {place}, level {now}, in parts {highest} ({issuer})"),
    mark("{label}: {place}, level {now} ({issuer})"),
    mark("{label}: {place} ({issuer})"),
    mark("{label}: {place}"),
    mark("{label}: {issuer}"),
    mark("{label}: {source}"),
    mark("{label}: {title}"),
)
TITLE_LEVEL_UNKNOWN = mark("{label}: {place}, level unknown ({issuer})")
