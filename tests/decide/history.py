"""One source on a timeline, judged the way the service judges it, with everything kept in memory.

    history = History(record("JP", 2))
    history.after("15m").says(record("JP", 3))
    assert history.news() == ["JP raised 2→3"]

``after`` moves the clock. Every other verb says what the issuer does and polls at once. ``again`` polls an issuer that
did nothing; only what differs from the last believed reading is read, as in the service.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from advisoryd.decide.absence import Page
from advisoryd.decide.believe import Row
from advisoryd.decide.compare import Around, Reading, Verdict, confirm
from advisoryd.decide.expiry import expire
from advisoryd.decide.health import Condition, Turn, after_disbelief, after_failure, after_good
from advisoryd.decide.judge import Judgement, Pair, Poll, judge
from advisoryd.decide.stories import Story, matter, thread
from advisoryd.model.config import Thresholds
from advisoryd.model.event import Event, event_id, identified
from advisoryd.model.ladder import Level, Track
from advisoryd.model.reading import Contract, FindingKind, Shape
from advisoryd.model.record import Record
from advisoryd.model.standing import Health, Standing, State

from .making import LIMITS, NOON, revision, span

REGISTER = Contract()
ADVICE_ONLY = Contract(lists_calm=False)
STREAM = Contract(shape=Shape.STREAM)
SOURCE = "cn-mfa"

Place = tuple[str, str, str]
"""Key, destination and track: one thing that the issuer shows."""


class History:
    """What an issuer showed, what was polled, and what came of it."""

    def __init__(
        self, *shown: Record, contract: Contract = REGISTER, limits: Thresholds = LIMITS, now: datetime = NOON
    ) -> None:
        self.contract, self.limits, self.now = contract, limits, now
        self.events: list[Event] = []
        self.operator: list[str] = []
        self.condition = Condition()
        self.judgement: Judgement | None = None
        self.standings: dict[Pair, Standing] = {}
        self._shown: dict[Place, Record] = {}
        self._held: dict[Place, Record] = {}
        self._pages: dict[str, str] = {}
        self._swept: dict[str, datetime] = {}
        self._said: Counter[str] = Counter()
        self._stories: dict[str, Story] = {}
        self._reasons: dict[str, str] = {}
        self._heard = 0
        if shown:
            self._show(*shown)
            self._poll(first=True)

    # What the issuer does.

    def says(self, *records: Record) -> History:
        """Shows these from now on; a row that was there under the same key is replaced."""
        self._show(*records)
        return self.again()

    def drops(self, *places: str) -> History:
        """No longer shows these places."""
        self._shown = {place: said for place, said in self._shown.items() if said.destination not in places}
        return self.again()

    def replaces(self, places: list[str], *records: Record) -> History:
        """Drops some places and shows others, in one edit."""
        self._shown = {place: said for place, said in self._shown.items() if said.destination not in places}
        return self.says(*records)

    def fails(self) -> History:
        """Does not answer."""
        self.judgement = None
        self._turn(after_failure(self.condition, "no answer", self.now, self.limits))
        return self

    def page(self, place: str, says: str) -> History:
        """Answers so, from now on, when the page of a place is looked at directly. Nothing is polled."""
        self._pages[place] = says
        return self

    # What time and the daemon do.

    def after(self, length: str) -> History:
        """Time passes; nothing is polled."""
        self.now += span(length)
        return self

    def again(self) -> History:
        """Polls once more."""
        self._poll(first=False)
        return self

    def replayed(self) -> History:
        """Reads everything that is shown once more, at the same instant; what is missing is not counted twice."""
        self._held.clear()
        self._poll(first=False, absences=False)
        return self

    # What came of it.

    def news(self) -> list[str]:
        """What was told since this was last asked."""
        fresh = self.events[self._heard :]
        self._heard = len(self.events)
        return [line(event) for event in fresh]

    def reason(self, place: str = "JP") -> str:
        """The rule that decided about a place in the last poll, ``""`` when nothing had to be decided."""
        return self._reasons.get(place, "")

    def stands(self, place: str = "JP", track: str = Track.SECURITY) -> Standing:
        """What stands for a place."""
        return self.standings[place, track]

    def level(self, place: str = "JP") -> Level | None:
        """The believed level of a place."""
        return self.stands(place).record.level

    @property
    def healthy(self) -> bool:
        """Whether the last poll brought a reading that is believed."""
        return self.judgement is not None and self.judgement.belief.healthy

    @property
    def findings(self) -> list[FindingKind]:
        """What the last poll tells the operator."""
        return [finding.kind for finding in self.judgement.findings] if self.judgement else []

    # How a poll goes.

    def _show(self, *records: Record) -> None:
        for said in records:
            self._shown[said.key, said.destination, said.track] = said

    def _poll(self, *, first: bool, absences: bool = True) -> None:
        judgement = self.judgement = judge(self._known(first, absences))
        self._held = dict(self._shown) if judgement.belief.healthy else {}
        self._settle(judgement.verdicts)
        decided = {verdict.standing.key for verdict in judgement.verdicts}
        self._reasons = {verdict.standing.destination: verdict.reason for verdict in judgement.verdicts}
        self._confirm(decided, judgement.belief.healthy)
        for sweep in judgement.sweeps:
            self._record(sweep)
        self._swept |= dict.fromkeys(judgement.marks, self.now)
        self._turn(
            after_good(self.condition, self.now)
            if judgement.belief.healthy
            else after_disbelief(self.condition, judgement.belief.findings[0].detail, self.now)
        )
        self._expire()

    def _known(self, first: bool, absences: bool) -> Poll:
        listed = {key for key, _, _ in self._shown} if self.contract.shape is Shape.REGISTER else None
        due = [standing for standing in self.standings.values() if not self._away(standing)]
        missing = [standing for standing in due if listed is not None and standing.key not in listed]
        return Poll(
            issuer="CN",
            source=SOURCE,
            contract=self.contract,
            thresholds=self.limits,
            now=self.now,
            rows=[_row(standing) for standing in due],
            readings=[_reading(said) for place, said in self._shown.items() if self._held.get(place) != said],
            standing=self.standings.get,
            present=listed,
            missing=[(standing, self._page(standing)) for standing in missing] if absences else [],
            new_source=first,
            swept=[mark for mark, at in self._swept.items() if self.now - at <= self.limits.sweep_window],
        )

    def _away(self, standing: Standing) -> bool:
        """Whether a row need not be listed."""
        gone = standing.state in (State.VANISHED, State.WITHDRAWN)
        return gone or (standing.state is State.NO_ADVICE and not self.contract.lists_calm)

    def _page(self, standing: Standing) -> Page:
        return Page(self._pages.get(standing.destination, "unknown"))

    def _settle(self, verdicts: Sequence[Verdict]) -> None:
        for verdict in verdicts:
            self.standings[verdict.standing.destination, verdict.standing.track] = verdict.standing
            if verdict.event is not None:
                self._record(verdict.event)

    def _confirm(self, decided: set[str], healthy: bool) -> None:
        here = Around(self.now, self.limits, healthy=healthy)
        self._each(lambda standing: None if standing.key in decided else confirm(standing, here))

    def _expire(self) -> None:
        here = Around(self.now, self.limits, healthy=self.condition.health is Health.HEALTHY)
        self._each(lambda standing: expire(standing, here))

    def _each(self, decider: Callable[[Standing], Verdict | None]) -> None:
        verdicts = [decider(standing) for standing in list(self.standings.values())]
        self._settle([verdict for verdict in verdicts if verdict])

    def _record(self, event: Event) -> None:
        says = event_id(event, 0)
        known = identified(event, self._said[says])
        self._said[says] += 1
        if known.destination:
            here = [story for story in self._stories.values() if story.destination == known.destination]
            own = _latest(story for story in here if story.track == known.track)
            near = _latest(story for story in here if matter(story.track) == matter(known.track))
            story = thread(known, own, near)
            self._stories[story.id] = story
            known = replace(known, story=story.id)
        self.events.append(known)

    def _turn(self, turn: Turn) -> None:
        self.condition = turn.condition
        self.operator += [turn.tell] if turn.tell else []


def line(event: Event) -> str:
    """``JP raised 2→3``: who was told what, with ``?`` for a level that is not known."""
    before, after = (int(level) if level else "?" for level in (event.level_before, event.level_after))
    return f"{event.destination} {event.kind} {before}→{after}".strip()


def _latest(stories: Iterable[Story]) -> Story | None:
    return max(stories, key=lambda story: (story.last_at, story.opened_at), default=None)


def _row(standing: Standing) -> Row:
    return Row(standing.key, standing.record.level, standing.missing.since if standing.missing else None)


def _reading(said: Record) -> Reading:
    return Reading(said, revision(said), SOURCE)
