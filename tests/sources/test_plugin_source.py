"""A ministry that another distribution brings is read like any other; and it is the example of the guide."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.reading import Document, FindingKind
from advisoryd.sources import catalogue

from .worlds.stage import Theatre, cast_of
from .worlds.world import World

PLUGIN = Path(__file__).parent / "plugin"
GUIDE = (Path(__file__).parents[2] / "docs" / "adding-a-source.md").read_text("utf-8")
AVOIDED = datetime(2026, 1, 31, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The distribution lies on the path, as an installed one does."""
    monkeypatch.syspath_prepend(str(PLUGIN))
    yield
    sys.modules.pop("advisoryd_ruritania", None)


def test_the_entry_point_brings_the_entry_and_the_reader() -> None:
    source = catalogue.plugins()["zz-fo"]
    assert (source.issuer, source.reader, source.homepage) == ("ZZ", "zz_fo", "https://advice.ruritania.example/")
    assert "zz-fo" not in catalogue.entries()
    assert catalogue.select(["issuer:zz"], catalogue.plugins()).ids == ("zz-fo",)


def test_the_sample_gives_its_records() -> None:
    source = catalogue.plugins()["zz-fo"]
    module = import_module("advisoryd_ruritania")
    reader = module.Ruritania(source, contract=replace(module.CONTRACT, min_rows=1))
    (request,) = reader.endpoints(datetime(2026, 11, 23, tzinfo=UTC))
    parsed = reader.parse(Document(request.url, (PLUGIN / "all.json").read_bytes()))
    japan, burma, atlantis = (reader.records(key, [piece])[0] for key, piece in parsed.pieces.items())
    assert (japan.destination, japan.level, japan.native_level) == ("JP", Level.NORMAL, "Travel freely")
    assert (burma.key, burma.destination, burma.level) == ("burma", "MM", Level.AVOID)
    assert burma.issued_at is not None
    assert (burma.issued_at.at, burma.issued_at.day) == (AVOIDED, True)
    assert (atlantis.destination, atlantis.level) == ("", None)
    assert [(found.kind, found.keys) for found in parsed.findings] == [
        (FindingKind.UNKNOWN_PLACE, ("atlantis",)),
        (FindingKind.UNKNOWN_LEVEL, ("atlantis",)),
    ]


def test_its_world_can_be_played(tmp_path: Path) -> None:
    world: World = import_module(".zz_fo", __package__).WORLD
    theatre = Theatre(tmp_path)
    stage = theatre.opens(world)
    rows, _ = cast_of(world)
    raised = next(row for row in rows if row.level is Level.RECONSIDER)
    stage.polls(rows[:3])
    assert (stage.news(), stage.signals()) == ([], {"unreadable"})
    stage.polls([replace(row, level=Level.AVOID) if row is raised else row for row in rows])
    assert stage.news() == [f"{raised.place} raised 3→4"]
    theatre.closes()


@pytest.mark.parametrize("path", [PLUGIN / "advisoryd_ruritania.py", PLUGIN / "all.json", PLUGIN.parent / "zz_fo.py"])
def test_the_guide_shows_what_is_tested(path: Path) -> None:
    assert path.read_text("utf-8") in GUIDE
