"""Values of the model inside pieces: what is packed comes out again, through JSON too."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from advisoryd import codec
from advisoryd.model.ladder import Level, Reason
from advisoryd.model.record import Area, Region, Section, Stamp
from advisoryd.sources import pieces

STAMPS = st.builds(Stamp, st.datetimes(timezones=st.just(UTC)), st.text(max_size=9), st.booleans())
SECTIONS = st.lists(st.builds(Section, st.text(max_size=9), st.lists(st.text(max_size=9)).map(tuple)), max_size=3)
REGIONS = st.lists(
    st.builds(Region, st.text(max_size=9), st.sampled_from([None, *Level]), st.sampled_from(Area), st.text(max_size=5)),
    max_size=3,
)


@given(STAMPS, SECTIONS, REGIONS, st.frozensets(st.sampled_from(Reason)))
def test_what_is_packed_comes_out_again(
    stamp: Stamp, sections: list[Section], regions: list[Region], reasons: frozenset[Reason]
) -> None:
    piece = codec.plain(
        codec.canonical(
            {
                "stamp": pieces.pack_stamp(stamp),
                "sections": pieces.pack_sections(sections),
                "regions": pieces.pack_regions(regions),
                "reasons": sorted(reasons),
                "level": Level.AVOID,
            }
        )
    )
    assert pieces.stamp(piece, "stamp") == stamp
    assert pieces.sections(piece) == tuple(sections)
    assert pieces.regions(piece) == tuple(regions)
    assert pieces.reasons(piece) == reasons
    assert pieces.level(piece) is Level.AVOID


def test_what_was_not_packed_is_nothing() -> None:
    assert pieces.pack_stamp(None) is None
    piece = {"stamp": None, "level": None}
    assert pieces.stamp(piece, "stamp") is pieces.stamp(piece, "gone") is pieces.level(piece) is None
    assert pieces.sections(piece) == pieces.regions(piece) == ()
    assert pieces.reasons(piece) == frozenset()


def test_a_stamp_is_packed_readably() -> None:
    at = Stamp(datetime(2026, 1, 1, tzinfo=UTC))
    assert pieces.pack_stamp(at) == ["2026-01-01T00:00:00+00:00", "", False]
