"""What an event gets when it is recorded: its grade by who says it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from advisoryd.model.ladder import Grade

from .conftest import playing
from .world import COUNTRIES, START, Server, config, later, register, rows

CALM = dict.fromkeys(COUNTRIES, "calm")


@pytest.mark.parametrize(("tags", "grade"), [((), Grade.OFFICIAL), (("tier:mission",), Grade.MISSION)])
def test_a_mission_speaks_with_a_grade_of_its_own(tmp_path: Path, tags: tuple[str, ...], grade: Grade) -> None:
    source = replace(register(), tags=tags)
    with playing(tmp_path, config(tmp_path, [source]), Server()) as play:
        play.server.serve(source, rows(CALM))
        play.poll(START)
        play.server.serve(source, rows(CALM | {"JP": "avoid"}))
        (raised,) = play.poll(later(hours=1))
        assert raised.grade is grade
