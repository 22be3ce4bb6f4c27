"""What a media report is worth beside what is known, and what becomes of one that nobody confirms.

    report ─> a reaction?  ─> told before by the issuer? ─> stands already? ─> another of its story? ─> first
               consequence     nothing new                 nothing new        corroborated, or no more   first-reported

A report opens or joins a story and never moves an advisory. Reports that print the same text count once, and so do
several from one outlet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from advisoryd.decide.stories import Story
from advisoryd.model.config import Thresholds
from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.report import ECHO, NOTICE, Happening, Report
from advisoryd.model.standing import Standing, State

_UNDER_COUNTRIES = frozenset({"co", "com", "org", "net", "or", "ne", "go", "ac", "gov", "gob"})
"""What stands between a name and the ending of a country in a host, as in ``bbc.co.uk`` and ``nhk.or.jp``."""

WEEKEND = 5
"""Saturday; from here to the end of the week most offices are closed."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a report's issuer and destination: the newest story, the last event that the issuer's own
    sources brought to it, the reports in it, and what stands."""

    story: Story | None = None
    official: Event | None = None
    reports: Sequence[Report] = ()
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """What a report comes to: the rule, the event to tell, if any, and whether it belongs to the known story."""

    reason: str
    kind: Kind | None = None
    joins: bool = False


def weigh(report: Report, known: Known, limits: Thresholds, now: datetime) -> Weight:
    """Weigh a report that was not read before."""
    if report.reacts:
        return _reaction(report, known)
    if now - report.at > limits.report_expiry:
        return Weight("old-report")
    if known.official is not None and _answers(known.official, report):
        return Weight("already-official", joins=True)
    if agrees(report, known.standing):
        return Weight("already-stands")
    if known.story is None or not _same_act(known.story, report):
        return Weight("first-report", Kind.FIRST_REPORTED)
    return _another(report, known.reports, limits)


def _reaction(report: Report, known: Known) -> Weight:
    """Effects are told to those who ask for them, once each; what others say about the advice is only kept."""
    if known.story is None or report.at - known.story.last_at > ECHO:
        return Weight("reaction-without-story")
    if report.happening is not Happening.CONSEQUENCE:
        return Weight("reaction", joins=True)
    if report.copy in {other.copy for other in known.reports if other.happening is Happening.CONSEQUENCE}:
        return Weight("copy", joins=True)
    return Weight("consequence", Kind.CONSEQUENCE, joins=True)


def _answers(official: Event, report: Report) -> bool:
    """Whether the issuer's own word is what is reported: about the same time, in the same direction, and no milder. A
    repetition goes back to the advice it repeats."""
    if official.kind is not Kind.BULLETIN and official.downward != report.eases:
        return False
    both_known = report.level is not None and official.level_after is not None
    if both_known and not report.eases and (report.level or 0) > (official.level_after or 0):
        return False
    return abs(report.at - official.at) <= (ECHO if report.renewed else NOTICE)


def agrees(report: Report, standing: Standing | None) -> bool:
    """Whether what stands says as much already, so that there is nothing to learn. A report that names no step is
    taken to mean advice against travel, at least in part: nobody reports less."""
    if standing is None or standing.state not in (State.IN_FORCE, State.NO_ADVICE):
        return False
    strictest = standing.record.highest if standing.state is State.IN_FORCE else Level.NORMAL
    if strictest is None:
        return False
    claimed = report.level or (Level.NORMAL if report.happening is Happening.LIFTED else Level.RECONSIDER)
    return strictest <= claimed if report.eases else strictest >= claimed


def _same_act(story: Story, report: Report) -> bool:
    """Whether an unconfirmed story tells of the same act."""
    return not story.confirmed and story.eased == report.eases and report.at - story.opened_at <= NOTICE


def _another(report: Report, earlier: Sequence[Report], limits: Thresholds) -> Weight:
    before, after = independent(earlier), independent([*earlier, report])
    if before < limits.report_outlets <= after:
        return Weight("independent-reports", Kind.CORROBORATED, joins=True)
    return Weight("copy" if before == after else "another-report", joins=True)


def independent(reports: Sequence[Report]) -> int:
    """How many reports of an act stand on their own: copies of one text count once, and so does one outlet."""
    acts = [report for report in reports if not report.reacts]
    return min(
        len({report.copy or report.id for report in acts}), len({house(report.outlet) or report.id for report in acts})
    )


def house(outlet: str) -> str:
    """Who stands behind an outlet: of a host the name that its owner registered, so that ``en.yna.co.kr`` and
    ``yna.co.kr``, ``bbc.com`` and ``bbc.co.uk`` are one. Two owners of one name count as one, which errs on the side of
    fewer voices."""
    labels = outlet.casefold().split(".")
    if len(labels) < 2 or " " in outlet:
        return outlet.casefold()
    registered = labels[:-2] if len(labels) > 2 and labels[-2] in _UNDER_COUNTRIES else labels[:-1]
    return registered[-1]


def is_due(story: Story, limits: Thresholds, now: datetime) -> bool:
    """Whether an unconfirmed story has waited for its issuer long enough. Hours of a weekend do not count: advice that
    is given on a Friday night may stand on the ministry's list on Monday."""
    return working_time(story.opened_at, now, limits.report_window) >= limits.report_window


def working_time(since: datetime, until: datetime, enough: timedelta) -> timedelta:
    """The time between two instants (UTC) outside Saturdays and Sundays, counted no further than ``enough``."""
    counted = timedelta()
    while since < until and counted < enough:
        midnight = (since + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        end = min(midnight, until)
        counted += end - since if since.weekday() < WEEKEND else timedelta()
        since = end
    return counted


def outcome(report: Report, standing: Standing | None, read_since: bool) -> Kind | None:
    """What becomes of an unconfirmed story whose time is up: confirmed by what stands, disputed by a healthy source
    that was read since and shows nothing of it, or neither, when nobody can tell."""
    if agrees(report, standing):
        return Kind.CONFIRMED
    return Kind.DISPUTED if read_since else None
