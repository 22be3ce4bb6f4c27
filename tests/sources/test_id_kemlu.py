"""Indonesia's Safe Travel: indicator words that are passed on, and never taken for levels."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from advisoryd.model.reading import Document, FindingKind, Parsed, Shape, Unreadable
from advisoryd.model.source import Confidence
from advisoryd.sources import catalogue

from .asia import small

SOURCE = catalogue.entries()["id-kemlu"]
READER = small("id-kemlu")
URL = "https://safetravel.kemlu.go.id/api/country-info"


def parse(*rows: dict[str, str]) -> Parsed:
    return READER.parse(Document(URL, json.dumps(rows).encode()))


def row(name: str = "Suriah", indicator: str = "Bahaya") -> dict[str, str]:
    return {"country_name": name, "country_indicator": indicator}


def test_an_indicator_is_a_bulletin_in_the_ministrys_own_words() -> None:
    (item,) = parse(row()).items
    assert (item.key, item.title, item.summary, item.destinations) == ("Suriah", "Suriah", "Bahaya", ("SY",))


def test_another_indicator_makes_another_bulletin_of_the_same_country() -> None:
    (safe,), (dangerous,) = parse(row(indicator="Aman")).items, parse(row()).items
    assert safe.key == dangerous.key
    assert safe != dangerous


def test_no_indicator_is_ever_a_level() -> None:
    parsed = parse(row(), row("Jepang", "Aman"))
    assert (parsed.pieces, parsed.complete) == ({}, False)
    assert "levels" not in SOURCE.options
    assert (READER.contract.shape, SOURCE.confidence) == (Shape.STREAM, Confidence.INFERRED)


def test_an_unknown_country_is_told_of_under_its_name() -> None:
    (item,) = parse(row("Contohland")).items
    assert (item.title, item.destinations) == ("Contohland", ())


def test_a_country_that_is_listed_twice_is_told() -> None:
    assert [finding.kind for finding in parse(row(), row()).findings] == [FindingKind.DUPLICATE]


def test_half_a_list_is_unreadable() -> None:
    whole = catalogue.reader_for(SOURCE)
    assert [request.url for request in whole.endpoints(datetime(2026, 1, 1, tzinfo=UTC))] == [URL]
    body = json.dumps([row(f"Negara {number}") for number in range(99)]).encode()
    with pytest.raises(Unreadable) as refusal:
        whole.parse(Document(URL, body))
    assert refusal.value.kind == "short-list"


@pytest.mark.parametrize("body", [b"[]", b'[{"name": "Suriah"}]', b"<html><body>503</body></html>", b""])
def test_another_shape_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        READER.parse(Document(URL, body))
