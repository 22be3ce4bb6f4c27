"""A page slips from the strictest level to the lowest, and is mended two days later."""

from __future__ import annotations

from advisoryd.model.event import Kind
from advisoryd.store import findings

from .conftest import Play
from .world import COUNTRIES, later, register, rows

SOURCE = register()
STRICT = dict.fromkeys(COUNTRIES, "calm") | {"JP": "avoid"}


def kinds(play: Play, said: dict[str, str], **after: float) -> list[Kind]:
    play.server.serve(SOURCE, rows(said))
    return sorted(event.kind for event in play.poll(later(**after)))


def test_a_slip_is_told_as_unusual_shown_to_the_operator_and_corrected_in_its_story(play: Play) -> None:
    slipped = STRICT | {"JP": "calm"}
    assert kinds(play, STRICT) == []
    assert kinds(play, slipped, hours=1) == []
    assert kinds(play, slipped, hours=2) == [Kind.LOWERED, Kind.SOURCE_FINDING]
    with play.house.store.reading() as tx:
        assert any(kind == "unusual" for kind, *_ in findings.of_source(tx, SOURCE.id))
    assert kinds(play, STRICT, days=2) == [Kind.CORRECTED]
    assert len({event.story for event in play.events() if event.kind in (Kind.LOWERED, Kind.CORRECTED)}) == 1
    play.deliver(later(days=2))
    assert play.inboxes["inbox"].got[-1].title.startswith("Correction")
