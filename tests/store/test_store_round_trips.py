"""Whatever is stored comes back the same, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from advisoryd.decide.stories import Story, matter
from advisoryd.model.event import Event, identified
from advisoryd.model.reading import Finding, Follow, Request
from advisoryd.model.record import Item, Record
from advisoryd.model.standing import Candidate, Standing
from advisoryd.store import advisories, documents, events, findings, items, outbox, sources, steady
from advisoryd.store.advisories import Revision, revision_id
from advisoryd.store.engine import Tx
from advisoryd.store.outbox import ChannelState, Planned
from advisoryd.store.plain import Through
from advisoryd.store.states import DocumentState, SourceState

from .samples import NOON, revision, undone
from .strategies import INSTANTS, WORDS, any_of, many

HASHES = st.text("0123456789abcdef", min_size=1, max_size=32)


@given(any_of(Revision, payloads=st.lists(HASHES, max_size=3).map(tuple)))
@many
def test_a_revision_comes_back(tx: Tx, kept: Revision) -> None:
    with undone(tx):
        advisories.put_revisions(tx, [kept])
        assert advisories.revision(tx, kept.id) == kept


@given(any_of(Standing, candidate=st.none()), st.none() | any_of(Record), INSTANTS)
@many
def test_a_standing_comes_back_with_the_dates_it_was_last_read_with(
    tx: Tx, kept: Standing, waits: Record | None, since: datetime
) -> None:
    held = Candidate(waits, revision_id(waits), since) if waits else None
    kept = replace(kept, revision=revision_id(kept.record), candidate=held)
    with undone(tx):
        for said in filter(None, (kept.record, waits)):
            advisories.put_revisions(tx, [revision(replace(said, issued_at=None, note="an earlier reading"))])
        advisories.save(tx, [kept])
        assert advisories.standing(tx, kept.issuer, kept.destination, kept.track) == kept


@given(any_of(Event), st.integers(0, 3))
@many
def test_an_event_comes_back(tx: Tx, said: Event, turn: int) -> None:
    kept = identified(said, turn)
    with undone(tx):
        events.add(tx, kept)
        assert events.get(tx, kept.id) == kept
        assert events.listed(tx) == events.of_story(tx, kept.story) == [kept]


@given(any_of(Story, track=st.text("abc", min_size=1)))
@many
def test_a_story_comes_back(tx: Tx, kept: Story) -> None:
    with undone(tx):
        events.save_story(tx, kept)
        pair, found = (kept.issuer, kept.destination), {"confirmed": kept.confirmed}
        assert events.latest_story(tx, *pair, track=kept.track, **found) == kept
        assert events.latest_story(tx, *pair, matter=matter(kept.track), **found) == kept
        assert events.latest_story(tx, *pair, track=kept.track, confirmed=not kept.confirmed) is None


def without_secret(request: Request | None) -> Request | None:
    return request and replace(request, secret=None)


@given(any_of(DocumentState))
@many
def test_a_document_comes_back(tx: Tx, kept: DocumentState) -> None:
    with undone(tx):
        sources.sync(tx, [kept.source], NOON)
        documents.save(tx, [kept])
        kept = replace(kept, request=without_secret(kept.request))
        assert documents.held(tx, kept.source) == {kept.url: kept}
        if not kept.follow:
            assert steady.endpoints(Through(tx)) == {kept.source: {kept.url: kept}}


@given(any_of(Follow))
@many
def test_a_page_that_is_pointed_at_comes_back_with_its_request(tx: Tx, named: Follow) -> None:
    with undone(tx):
        documents.follow(tx, "us-state", [named], NOON)
        (kept,) = documents.due_pages(tx, "us-state", NOON, 5)
    assert (kept.request, kept.key, kept.wanted) == (without_secret(named.request), named.key, named.stamp)


@given(any_of(Item), HASHES, INSTANTS)
@many
def test_an_entry_comes_back(tx: Tx, kept: Item, name: str, seen: datetime) -> None:
    with undone(tx):
        items.save(tx, "embassy", [(kept, name)], seen)
        assert items.get(tx, "embassy", kept.key) == items.Seen(kept, name, seen)
        assert items.known(tx, "embassy", [kept.key, "another"]) == {kept.key: name}


@given(any_of(SourceState))
@many
def test_a_source_comes_back(tx: Tx, kept: SourceState) -> None:
    with undone(tx):
        sources.save(tx, kept)
        assert sources.states(tx) == {kept.id: kept}


@given(any_of(Planned))
@many
def test_a_planned_delivery_comes_back(tx: Tx, wanted: Planned) -> None:
    with undone(tx):
        outbox.plan(tx, [wanted], NOON)
        (kept,) = outbox.of_event(tx, wanted.event)
    assert (kept.subscription, kept.channel, kept.story) == (wanted.subscription, wanted.channel, wanted.story)
    assert (kept.why, kept.level) == (wanted.why, wanted.level)
    assert (kept.created_at, kept.next_attempt) == (NOON, wanted.release_at)


@given(any_of(ChannelState))
@many
def test_a_channels_troubles_come_back(tx: Tx, kept: ChannelState) -> None:
    with undone(tx):
        outbox.save_channel(tx, kept)
        assert outbox.channel_state(tx, kept.name) == kept


@given(any_of(Finding), WORDS, INSTANTS)
@many
def test_a_finding_comes_back(tx: Tx, noticed: Finding, payload: str, seen: datetime) -> None:
    with undone(tx):
        findings.note(tx, "us-state", [noticed], seen, payload)
        assert findings.of_source(tx, "us-state") == [(noticed.kind, noticed.detail, seen, payload)]


@given(st.dictionaries(WORDS, HASHES, max_size=6), st.dictionaries(WORDS, HASHES, max_size=6))
@many
def test_what_a_document_says_of_each_key_comes_back(tx: Tx, old: dict[str, str], new: dict[str, str]) -> None:
    with undone(tx):
        documents.set_pieces(tx, "us-state", "u", {}, old)
        documents.set_pieces(tx, "us-state", "u", old, new)
        assert documents.piece_hashes(tx, "us-state", "u") == new


@given(st.sets(HASHES, max_size=6), st.sets(HASHES, max_size=6))
@many
def test_the_entries_of_a_feed_come_back(tx: Tx, old: set[str], new: set[str]) -> None:
    with undone(tx):
        documents.set_slices(tx, "us-state", "u", (), old)
        documents.set_slices(tx, "us-state", "u", old, new)
        assert documents.known_slices(tx, "us-state", "u") == new


@given(any_of(Record), any_of(Record))
@many
def test_the_id_of_a_revision_tells_what_it_says_and_not_when(one: Record, other: Record) -> None:
    restamped = replace(one, issued_at=other.issued_at, reviewed_at=other.reviewed_at, note=other.note)
    assert revision_id(restamped) == revision_id(one)
    assume(other.sections != one.sections)
    assert revision_id(replace(one, sections=other.sections)) != revision_id(one)
