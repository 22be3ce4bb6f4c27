"""Twelve European issuers in their true wire shape and words: what they say is read back, their faults are survived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.reading import Contract, Document, FindingKind, Parsed, Reader, Unreadable
from advisoryd.model.record import Record
from advisoryd.sources import catalogue

WORLDS = "nl_bz fr_meae at_bmeia it_maeci pl_msz es_maec dk_um no_ud ch_eda fi_um be_bz sk_mzv".split()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STARTS = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)

by_world = pytest.mark.parametrize("name", WORLDS)


def world(name: str):
    return import_module(f"tests.sources.worlds.{name}").WORLD


def reader(name: str) -> Reader:
    return replace(catalogue.reader_for(world(name).source), contract=Contract(min_rows=1))


def rows(name: str, most: int = 24) -> list[object]:
    """Some of the places that the issuer can list, at each of its steps in turn."""
    from tests.sources.worlds.world import Row

    here = world(name)
    chosen = [place for place in here.places if place != here.source.issuer][:most]
    steps = here.levels
    return [
        Row(place, steps[number % len(steps)], STARTS + timedelta(days=number % 40))
        for number, place in enumerate(chosen)
    ]


def parsed(name: str, told: Sequence[object], **quirks: object) -> dict[str, Parsed]:
    answers = world(name).serve(told, **quirks)
    here = reader(name)
    return {url: here.parse(Document(url, found.body, found.content_type)) for url, found in answers.items()}


def records(name: str, said: dict[str, Parsed]) -> dict[str, Record]:
    here = reader(name)
    order = [request.url for request in here.endpoints(NOW)]
    urls = sorted(said, key=lambda url: (order.index(url) if url in order else len(order), url))
    keys = dict.fromkeys(key for url in urls for key in said[url].pieces)
    found = {key: [said[url].pieces[key] for url in urls if key in said[url].pieces] for key in keys}
    return {record.key: record for key, pieces in found.items() for record in here.records(key, pieces)}


def impossible() -> type[Exception]:
    return import_module("tests.sources.worlds.world").Impossible


@by_world
def test_every_step_of_every_place_is_read_back(name: str) -> None:
    told = rows(name)
    read = {record.destination: record for record in records(name, parsed(name, told)).values()}
    assert {row.place: read[row.place].level for row in told} == {row.place: row.level for row in told}
    assert all(read[row.place].native_level for row in told if row.level is not Level.NORMAL)


@by_world
def test_the_issuers_date_is_read_to_the_day(name: str) -> None:
    if name == "be_bz":
        pytest.skip("no date is known to stand on these pages")
    told = rows(name, most=8)
    read = {record.destination: record for record in records(name, parsed(name, told)).values()}
    for row in told:
        issued = read[row.place].issued_at
        assert issued is not None
        assert abs(issued.at - row.date) < timedelta(days=1), row.place


@by_world
def test_the_text_is_kept_and_today_is_not(name: str) -> None:
    told = [replace(row, text="A sentence of its own.") for row in rows(name, most=4)]
    text = [
        block
        for record in records(name, parsed(name, told)).values()
        for section in record.sections
        for block in section.blocks
    ]
    if name != "pl_msz":
        assert any("A sentence of its own." in block for block in text)
    assert not any("23.11.2026" in block or "23 de noviembre" in block for block in text)


@by_world
def test_a_renamed_field_makes_no_level_milder(name: str) -> None:
    told = rows(name)
    try:
        read = records(name, parsed(name, told, renamed="neu"))
    except (impossible(), Unreadable):
        return
    stated = {row.place: row.level for row in told}
    assert all(record.level in (None, stated.get(record.destination)) for record in read.values())


@by_world
def test_wording_nobody_knows_is_an_unknown_level_and_is_told(name: str) -> None:
    told = rows(name)
    said = parsed(name, told, unknown_level="Quite Odd")
    read = {record.destination: record for record in records(name, said).values()}
    first = told[0].place
    assert first not in read or read[first].level is None
    others = {row.place: row.level for row in told[1:]}
    assert {place: read[place].level for place in others} == others
    kinds = {finding.kind for one in said.values() for finding in one.findings}
    assert kinds & {FindingKind.UNKNOWN_LEVEL, FindingKind.UNKNOWN_FIELD} or name in ("no_ud", "sk_mzv")


@by_world
def test_a_name_nobody_knows_is_quarantined_and_told(name: str) -> None:
    try:
        said = parsed(name, rows(name), unknown_name="Freedonia")
    except impossible():
        return
    findings = [found for one in said.values() for found in one.findings]
    assert FindingKind.UNKNOWN_PLACE in {found.kind for found in findings}
    assert any(not record.destination for record in records(name, said).values())


@by_world
def test_a_row_that_stands_there_twice_is_one_record(name: str) -> None:
    told = rows(name)
    try:
        said = parsed(name, told, duplicate=True)
    except impossible():
        return
    read = [record.destination for record in records(name, said).values()]
    assert len(read) == len(set(read))
    assert FindingKind.DUPLICATE in {found.kind for one in said.values() for found in one.findings}


@by_world
def test_another_charset_than_the_declared_one_changes_no_level(name: str) -> None:
    told = rows(name)
    try:
        read = records(name, parsed(name, told, charset="cp1252"))
    except Unreadable:
        return
    stated = {row.place: row.level for row in told}
    assert all(record.level in (None, stated.get(record.destination)) for record in read.values())


@by_world
def test_no_answer_of_the_wrong_kind_is_believed(name: str) -> None:
    here = catalogue.reader_for(world(name).source)
    bodies = [b"", b"{}", b"<html><body><h1>Just a moment...</h1></body></html>", *([] if name == "nl_bz" else [b"[]"])]
    for request in here.endpoints(NOW):
        for body in bodies:
            with pytest.raises(Unreadable):
                here.parse(Document(request.url, body))
