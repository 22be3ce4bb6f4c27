"""Every wording of a level in every recorded payload is a step of the ladder, or the operator hears of it; and what is
unknown is never shown as safe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from advisoryd.model.event import Event, Kind
from advisoryd.model.ladder import Level
from advisoryd.model.message import Form
from advisoryd.model.record import Record
from advisoryd.render import Telling, render

from . import recorded
from .recorded import Recorded

AT = datetime(2026, 11, 23, tzinfo=UTC)
GENERIC = {"feed", "table", "json_list"}
"""Readers of anything, with payloads of their own."""

NO_LEVEL_MEANT = {
    "See Individual Summaries",  # the United States grade the parts of Mexico and of Israel, not the whole
    "Worldwide Caution",
    "Sicherheitsstufe 4 (regional)",  # Austria's map shows the strictest part; the page gives the country's own level
}
"""Wording by which an issuer says that there is no level for the country as a whole."""

STANDING = (Kind.RAISED, Kind.ISSUED, Kind.LOWERED, Kind.AMENDED, Kind.RESTORED)
SAFE = "normal precautions)"
"""The end of ``level 1 (normal precautions)``, as the messages say it."""

GREEN = "card level-1"
"""The class that colours an e-mail green."""

every_source = pytest.mark.parametrize("name", recorded.sources())


@cache
def read(name: str) -> Recorded:
    return recorded.read(recorded.sources()[name])


def records() -> Iterator[Record]:
    for name in recorded.sources():
        yield from read(name).records


def event(record: Record, kind: Kind) -> Event:
    """What would be told of the record, had it stood at level 3 before."""
    return Event(
        id="e",
        kind=kind,
        issuer=record.issuer,
        destination=record.destination,
        source="s",
        at=AT,
        first_seen=AT,
        reason="r",
        track=record.track,
        name=record.name,
        level_before=Level.RECONSIDER,
        highest_before=Level.RECONSIDER,
        level_after=record.level,
        highest_after=record.highest,
        native_after=record.native_level,
        title=record.title,
        url=record.url,
        language=record.language,
    )


def shown(record: Record, kind: Kind, form: Form) -> str:
    message = render(Telling(event=event(record, kind), after=record), form=form)
    return f"{message.title}\n{message.body}\n{message.html}"


@every_source
def test_every_source_has_payloads_and_at_least_one_of_them_reads(name: str) -> None:
    source = recorded.sources()[name]
    found = recorded.payloads(source)
    if source.reader in GENERIC and not found:
        pytest.skip("read by a reader of anything, whose own payloads are tested")
    unasked = name in recorded.KEYS and not read(name).addresses
    assert found
    assert unasked or len(read(name).refused) < len(found)


@every_source
def test_every_wording_of_a_level_is_known_or_told_to_the_operator(name: str) -> None:
    found = read(name)
    silent = [
        (record.key, record.native_level)
        for record in found.records
        if record.level is None
        and record.native_level not in ("", record.title, *NO_LEVEL_MEANT)
        and not found.told_of(record.key)
    ]
    assert silent == []


@every_source
def test_a_level_never_comes_without_words_except_for_the_lowest(name: str) -> None:
    bare = [
        record.key
        for record in read(name).records
        if record.level not in (None, Level.NORMAL) and not record.native_level
    ]
    assert bare == []


def test_the_payloads_hold_every_step_and_unknown_levels_too() -> None:
    assert {record.level for record in records()} == {None, *Level}


@pytest.mark.parametrize("form", Form)
def test_no_unknown_level_is_ever_shown_as_safe(form: Form) -> None:
    unknown = [record for record in records() if record.level is None]
    assert unknown
    for record in unknown:
        for kind in STANDING:
            text = shown(record, kind, form)
            assert SAFE not in text, record
            assert GREEN not in text, record


def test_green_is_shown_for_an_explicit_level_1_and_for_nothing_else() -> None:
    for record in records():
        calm = record.level is Level.NORMAL and record.highest is Level.NORMAL
        assert (GREEN in shown(record, Kind.LOWERED, Form.EMAIL)) == calm, record


def test_a_level_1_whose_regions_are_stricter_is_not_green() -> None:
    calm = next(record for record in records() if record.level is Level.NORMAL and record.scope.regions == ())
    strict = next(record for record in records() if record.scope.max_level is Level.AVOID)
    assert GREEN not in shown(replace(calm, scope=strict.scope), Kind.LOWERED, Form.EMAIL)
