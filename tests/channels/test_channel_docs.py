"""The documentation of the channels says what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import channel_problems
from advisoryd.model.config import ChannelSpec
from advisoryd.model.secret import plain

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

ROOT = Path(__file__).parents[2]
CHANNELS = (ROOT / "docs" / "channels.md").read_text()
GUIDE = (ROOT / "docs" / "adding-a-channel.md").read_text()
SECTIONS = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", CHANNELS, flags=re.MULTILINE)}
BUILT_IN = (
    "apprise", "console", "email", "file", "mqtt", "ntfy", "opsgenie", "pagerduty", "slack", "telegram", "webhook",
)  # fmt: skip
SPECIMENS = {"apprise": "matrixs://user:token@matrix.example.org/!room:example.org"}


def examples() -> list[dict[str, Any]]:
    blocks = re.findall(r"```toml\n(.*?)```", CHANNELS, flags=re.DOTALL)
    return [table for block in blocks for table in tomllib.loads(block)["channel"]]


def specification(example: dict[str, Any]) -> ChannelSpec:
    """The example as the settings read it, with a likely value in each file."""
    kind = example.get("type", "apprise")
    url = example.get("url") or (SPECIMENS.get(kind, "https://hooks.example.org/x") if "url_file" in example else None)
    general = {"name", "type", "url", "url_file", "fallback", "fallback_after", "give_up_after", "max_per_hour"}
    own = {name: value for name, value in example.items() if name not in general}
    return ChannelSpec(
        name=example["name"],
        kind=kind,
        url=plain(url) if url else None,
        options={name: value for name, value in own.items() if not name.endswith("_file")},
        secrets={name.removesuffix("_file"): plain("s" * 32) for name in own if name.endswith("_file")},
    )


def test_every_type_has_its_section() -> None:
    assert set(BUILT_IN) <= set(SECTIONS)


@pytest.mark.parametrize("kind", BUILT_IN)
def test_every_option_is_described(kind: str, spec: Any) -> None:
    """The channel itself tells its options when it is asked for one that is like no other."""
    told = next(sentence for sentence in channel_problems(spec(kind, **{"0000": 1})) if "'0000'" in sentence)
    known = set(told.rpartition("known are: ")[2].rstrip(".").split(", ")) - {"templates"}
    assert known
    assert [option for option in sorted(known) if f"`{option}`" not in SECTIONS[kind]] == []


def test_there_is_an_example_of_every_type() -> None:
    assert {example.get("type", "apprise") for example in examples()} == set(BUILT_IN)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["name"])
def test_every_example_is_right(example: dict[str, Any]) -> None:
    if example.get("type") == "mqtt":
        pytest.importorskip("paho.mqtt", reason="needs the package paho-mqtt (the extra 'mqtt')")
    assert channel_problems(specification(example)) == []


def test_the_guide_shows_the_plug_in_that_is_tested() -> None:
    assert (Path(__file__).parent / "plugin" / "advisoryd_pigeon.py").read_text() in GUIDE
