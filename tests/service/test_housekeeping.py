"""What time brings: a source that stays broken is told again, rarely."""

from __future__ import annotations

from advisoryd.model.event import Kind

from .conftest import Play
from .world import COUNTRIES, START, later, register, rows

SOURCE = register()


def reasons(play: Play, **after: float) -> list[str]:
    told = play.house.housekeeper().tidy(later(**after))
    return [event.reason for event in told if event.kind is not Kind.BASELINE]


def test_a_source_that_stays_broken_is_told_again_after_a_week_and_then_after_another(play: Play) -> None:
    play.server.serve(SOURCE, rows(dict.fromkeys(COUNTRIES, "calm")))
    play.poll(START)
    play.server.break_down(SOURCE)
    told = [event for hours in range(1, 6) for event in play.poll(later(hours=hours))]
    assert [event.kind for event in told] == [Kind.SOURCE_DEGRADED]
    assert reasons(play, days=6) == []
    assert reasons(play, days=8) == ["still-broken"]
    assert reasons(play, days=9) == []
    assert reasons(play, days=16) == ["still-broken"]
