"""ReliefWeb: disasters or reports as items, with the name that ReliefWeb approved, and off without it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from advisoryd import codec
from advisoryd.model.reading import Document, Reader, Shape, Unreadable
from advisoryd.sources import catalogue, options
from advisoryd.sources.reliefweb import check_options, reader

GOLDEN = Path(__file__).parent / "golden" / "reliefweb"
SOURCE = catalogue.entries()["reliefweb"]
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def with_options(**given: object) -> Reader:
    return reader(replace(SOURCE, options=given))


@pytest.mark.parametrize("content", ["disasters", "reports"])
def test_the_recorded_lists_give_the_recorded_items(content: str) -> None:
    read = with_options(appname="example", content=content)
    (request,) = read.endpoints(NOW)
    parsed = read.parse(Document(request.url, (GOLDEN / f"{content}.json").read_bytes()))
    expected = json.loads((GOLDEN / f"{content}.items.json").read_text("utf-8"))
    assert codec.plain(codec.canonical(list(parsed.items))) == expected
    assert read.contract.shape is Shape.STREAM
    assert read.records("52401", []) == ()


def test_without_an_approved_name_nothing_is_asked_for() -> None:
    assert with_options().endpoints(NOW) == ()
    assert check_options(SOURCE) == []
    assert catalogue.idle(SOURCE) == "needs the option appname, a name that ReliefWeb approves for you"
    assert catalogue.idle(replace(SOURCE, options={"appname": "a"})) == ""


def test_a_source_that_asks_for_nothing_says_what_it_waits_for() -> None:
    entries = catalogue.entries()
    silent = {name for name, source in entries.items() if not catalogue.reader_for(source).endpoints(NOW)}
    assert "reliefweb" in silent
    assert {name for name, source in entries.items() if catalogue.idle(source)} == silent


def test_the_newest_are_asked_for_under_the_approved_name() -> None:
    (request,) = with_options(appname="a & b").endpoints(NOW)
    asked = parse_qs(urlsplit(request.url).query)
    assert (asked["appname"], asked["sort[]"]) == (["a & b"], ["date.created:desc"])
    assert asked["fields[include][]"] == ["name", "date", "country", "url"]


@pytest.mark.parametrize("given", [{"appname": ""}, {"appname": "a", "content": "jobs"}, {"appnam": "a"}])
def test_wrong_options_are_told(given: dict[str, object]) -> None:
    assert len(check_options(replace(SOURCE, options=given))) == 1
    with pytest.raises(options.OptionError):
        with_options(**given)


@pytest.mark.parametrize(
    ("reason", "body", "kind"),
    [
        ("a name that is not approved", (GOLDEN / "not-approved.json").read_bytes(), "wrong-shape"),
        ("an empty list", b'{"data": []}', "empty-list"),
        ("a web page", b"<html></html>", "wrong-shape"),
        ("nothing", b"", "wrong-shape"),
    ],
)
def test_what_is_not_the_list_is_unreadable_and_the_name_is_not_printed(reason: str, body: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        with_options(appname="private-name").parse(Document("https://api.reliefweb.int/v2/disasters", body))
    assert refusal.value.kind == kind, reason
    assert "private-name" not in refusal.value.detail
