"""The European Centre for Disease Prevention and Control: an ordinary feed, read by the reader of feeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisoryd import codec
from advisoryd.model.ladder import Track
from advisoryd.model.reading import Document, Shape, Unreadable
from advisoryd.model.source import SourceKind
from advisoryd.sources import catalogue

GOLDEN = Path(__file__).parent / "golden" / "ecdc"
SOURCE = catalogue.entries()["ecdc"]
READER = catalogue.reader_for(SOURCE)
URL = str(SOURCE.options["url"])


def test_the_recorded_feed_gives_the_recorded_items() -> None:
    parsed = READER.parse(Document(URL, (GOLDEN / "threats.xml").read_bytes()))
    expected = json.loads((GOLDEN / "items.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(parsed.items))) == expected
    assert parsed.pieces == {}
    assert parsed.findings == ()


def test_it_is_a_stream_about_health_whose_silence_is_noticed() -> None:
    assert (SOURCE.kind, SOURCE.track, READER.contract.shape) == (SourceKind.HEALTH, Track.HEALTH, Shape.STREAM)
    assert READER.contract.usual_gap is not None
    assert READER.contract.usual_gap.days == 21


@pytest.mark.parametrize("body", [(GOLDEN / "not-found.html").read_bytes(), b"", b"<rss"])
def test_what_is_no_feed_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        READER.parse(Document(URL, body))
