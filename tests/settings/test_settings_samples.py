"""The configurations to copy pass the check that they ask their readers to run."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from advisoryd.cli import main
from advisoryd.settings import prove, shape
from advisoryd.settings.keys import known_keys

SAMPLES = Path(__file__).resolve().parents[2] / "config"
SECRETS = {
    "slack.token": "xoxb-1",
    "mail.password": "word",
    "pagerduty.key": "key",
    "webhook.secret": "a secret of more than twenty-four bytes",
    "heartbeat.url": "https://hc.example.org/ping/x",
    "chat.url": "json://localhost/token",
    "ntfy.topic": "a-long-and-secret-topic",
}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with dummy secrets, into which samples are copied."""
    for name, content in SECRETS.items():
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_sample_passes_the_check(sample: Path, copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copied / sample.name
    path.write_text(sample.read_text(encoding="utf-8").replace("/etc/advisoryd", str(copied)), encoding="utf-8")
    assert main(["check", "--config", str(path)]) == 0, capsys.readouterr().out


def test_the_first_one_runs_as_it_is_and_keeps_its_state_beside_its_folder() -> None:
    config = prove(SAMPLES / "advisoryd.toml", {})
    assert config.state_dir == str(SAMPLES.parent / "state")
    assert [channel.kind for channel in config.channels] == ["console"]
    assert {source.id for source in config.sources} >= {"cn-mfa", "us-state", "uk-fcdo", "jp-mofa", "de-aa"}
    assert config.operator.channels == ("screen",)


def test_the_one_for_servers_shows_every_table_there_is() -> None:
    tree = tomllib.loads((SAMPLES / "server.toml").read_text(encoding="utf-8"))
    assert set(tree) == set(shape.File.model_fields)
    assert set(tree["daemon"]) | {"database_file"} == set(known_keys(("daemon",)))
    assert set(tree["http"]) | {"proxy", "allow_networks"} == set(known_keys(("http",)))
