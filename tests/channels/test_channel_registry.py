"""The registry: which kinds there are, how they load, and how other packages add their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import UnknownKind, build_channel, channel_problems, kinds
from advisoryd.model.message import Form, Limits, Message, Post
from advisoryd.model.outcome import Sent, TryAgain
from advisoryd.model.secret import plain

PLUGIN = Path(__file__).parent / "plugin"
BUILT_IN = (
    "apprise", "console", "email", "file", "mqtt", "ntfy", "opsgenie", "pagerduty", "slack", "telegram", "webhook",
)  # fmt: skip

COMPLETE: dict[str, dict[str, Any]] = {
    "apprise": {"url": "json://localhost"},
    "console": {},
    "email": {"server": "localhost", "from": "a@example.org", "to": ["b@example.org"]},
    "file": {"path": "alerts.jsonl"},
    "mqtt": {"host": "localhost"},
    "ntfy": {"topic": "t"},
    "opsgenie": {"api_key": "k"},
    "pagerduty": {"routing_key": "k"},
    "slack": {"token": "t", "channel": "C01"},
    "telegram": {"token": "t", "chat": "1"},
    "webhook": {"url": "https://example.org/hook"},
}


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(PLUGIN))
    yield
    sys.modules.pop("advisoryd_pigeon", None)


def test_the_kinds_that_come_with_the_house() -> None:
    assert set(BUILT_IN) <= set(kinds())
    assert list(kinds()) == sorted(kinds())


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
@pytest.mark.parametrize("kind", BUILT_IN)
def test_every_kind_can_be_built_and_closed(kind: str, spec: Any, post: Post, tmp_path: Path) -> None:
    if kind == "mqtt":
        pytest.importorskip("paho.mqtt", reason="needs the package paho-mqtt (the extra 'mqtt')")
    configured = spec(kind, **COMPLETE[kind])
    assert channel_problems(configured) == []
    channel = build_channel(configured, post, tmp_path)
    assert isinstance(channel.form, Form)
    assert isinstance(channel.limits, Limits)
    channel.close()


@pytest.mark.parametrize("kind", BUILT_IN)
def test_every_kind_tells_an_unknown_option(kind: str, spec: Any) -> None:
    told = channel_problems(spec(kind, **COMPLETE[kind], wrongly_spelt=1))
    assert any(
        sentence.startswith(f"Option 'wrongly_spelt' is unknown to a channel of type '{kind}'") for sentence in told
    )


def test_a_misspelt_kind_is_recognised(spec: Any) -> None:
    assert channel_problems(spec("slak")) == ["The type of channel is unknown; did you mean 'slack'?"]


def test_an_unknown_kind_gets_the_list(spec: Any, post: Post, tmp_path: Path) -> None:
    sentence = channel_problems(spec("zzz"))[0]
    assert sentence.startswith("The type of channel is unknown; known are: apprise, console")
    with pytest.raises(UnknownKind):
        build_channel(spec("zzz"), post, tmp_path)


def test_a_wrong_configuration_is_not_built(spec: Any, post: Post, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="channel 'chat': 'topic' or 'topic_file' is missing"):
        build_channel(spec("ntfy"), post, tmp_path)


def test_another_package_adds_a_kind(
    plugged: None, spec: Any, post: Post, tmp_path: Path, tell: Callable[..., Message]
) -> None:
    assert "pigeon" in kinds()
    assert channel_problems(spec("pigeon")) == ["Option 'loft' is missing; it must be one line of text."]
    channel = build_channel(spec("pigeon", loft=str(tmp_path), strength=60), post, tmp_path)
    outcome = channel.send(tell(key="a/b", body=f"{'word ' * 50}\n{tell().url}"))
    assert outcome == Sent("a_b.txt")
    note = (tmp_path / "a_b.txt").read_text()
    assert note.startswith("China raises its advice on Japan\nword word")
    assert note.rstrip().endswith(tell().url)
    gone = build_channel(spec("pigeon", loft=str(tmp_path / "gone")), post, tmp_path)
    assert gone.send(tell()) == TryAgain("The loft cannot be reached: No such file or directory")


def test_another_package_cannot_replace_a_kind_of_ours(plugged: None, spec: Any) -> None:
    assert channel_problems(spec("console", colour="never")) == []


def test_a_kind_that_does_not_load_is_told(plugged: None, spec: Any) -> None:
    assert channel_problems(spec("broken")) == [
        "The type of channel 'broken' cannot be loaded: No module named 'advisoryd_pigeon_that_is_not_there'."
    ]


def test_the_registry_alone_loads_no_channel_and_no_library() -> None:
    program = (
        "import sys, advisoryd.channels\n"
        "heavy = {'apprise', 'paho', 'smtplib', 'ssl', 'importlib.metadata', 'msgspec'}\n"
        "ours = {name for name in sys.modules if name.startswith('advisoryd.channels.')}\n"
        "sys.exit(bool(heavy & set(sys.modules) or ours))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_secret_may_come_from_either_place(spec: Any) -> None:
    assert channel_problems(spec("ntfy", topic="t")) == []
    assert channel_problems(spec("ntfy", secrets={"topic": plain("t")})) == []
