"""A user's template that fails at run time costs no message, and the operator can find out why it looks different."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advisoryd import logs
from advisoryd.model.config import ChannelSpec

from .conftest import playing
from .test_courier import raised
from .world import Server, config, later, register


def test_a_template_that_fails_is_logged_and_the_message_sent_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(logs, "_write", lambda name, level, event, keys: logged.append((event, keys)))
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "plain.jinja").write_text("{{ 1 / 0 }}")
    broken = ChannelSpec(name="inbox", kind="console", options={"templates": str(folder)})
    given = config(tmp_path, [register()], channels=(broken, ChannelSpec(name="ops", kind="console")))
    with playing(tmp_path, given, Server()) as play:
        raised(play, "JP")
        play.deliver(later(minutes=31))
        [message] = play.inboxes["inbox"].got
    assert "Japan" in message.body
    [keys] = [keys for event, keys in logged if event == "template.failed"]
    assert keys["channel"] == "inbox"
    assert keys["problem"].startswith("plain")
