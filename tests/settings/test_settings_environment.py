"""The environment wins over the file, the file over the defaults, and nothing else is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisoryd.settings import ConfigError, prove

Written = Callable[..., Path]

SMALL = '[sources]\nenable = ["cn-mfa"]\n'
KEYS: list[tuple[str, str, str, str, Callable[[Any], object], object, object]] = [
    ("daemon", "locale", '"ja"', "ko", lambda config: config.locale, "ja", "ko"),
    ("daemon", "timezone", '"Asia/Tokyo"', "Asia/Seoul", lambda config: config.zone, "Asia/Tokyo", "Asia/Seoul"),
    ("daemon", "baseline_summary", "false", "true", lambda config: config.baseline_summary, False, True),
    ("http", "contact", '"a@example.org"', "b@example.org", lambda config: config.http.contact, "a@example.org",
     "b@example.org"),
    ("http", "in_flight", "7", "8", lambda config: config.http.in_flight, 7, 8),
    ("http", "timeout", '"30s"', "90s", lambda config: config.http.total_timeout, 30.0, 90.0),
    ("http", "allow_networks", '["10.0.0.0/8"]', '["127.0.0.0/8"]', lambda config: config.http.allow_networks,
     ("10.0.0.0/8",), ("127.0.0.0/8",)),
    ("limits", "gone_share", "0.5", "0.25", lambda config: config.thresholds.gone_share, 0.5, 0.25),
    ("retention", "items", '"7d"', "1d", lambda config: config.keep_items.days, 7, 1),
]  # fmt: skip


@pytest.mark.parametrize(("table", "key", "in_file", "in_environment", "of", "first", "second"), KEYS)
def test_each_source_of_values_wins_over_the_one_below_it(
    written: Written,
    table: str,
    key: str,
    in_file: str,
    in_environment: str,
    of: Callable[[Any], object],
    first: object,
    second: object,
) -> None:
    bare, filed = written(SMALL), f"{SMALL}\n[{table}]\n{key} = {in_file}\n"
    default = of(prove(bare, {}))
    variable = {f"ADVISORYD_{table}__{key}".upper(): in_environment}
    assert of(prove(written(filed), {})) == first
    assert first != default or key == "baseline_summary"
    assert of(prove(written(filed), variable)) == second
    assert of(prove(written(SMALL), variable)) == second


def test_the_real_environment_is_read_when_none_is_handed_over(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISORYD_DAEMON__LOCALE", "ja")
    assert prove(written(SMALL)).locale == "ja"
    assert prove(written(SMALL), {}).locale == "en"


def test_variables_of_others_and_dotenv_files_are_left_alone(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(SMALL)
    (path.parent / ".env").write_text("ADVISORYD_DAEMON__LOCALE=ja\n")
    monkeypatch.chdir(path.parent)
    assert prove(path, {"LOCALE": "ja", "DAEMON__LOCALE": "ja", "XADVISORYD_DAEMON__LOCALE": "ja"}).locale == "en"


def test_a_list_and_a_table_are_json(written: Written) -> None:
    given = {
        "ADVISORYD_SOURCES__ENABLE": '["us-state"]',
        "ADVISORYD_SOURCES__US-STATE__EVERY": "45m",
        "ADVISORYD_OPERATOR": '{"heartbeat_every": "1h"}',
    }
    config = prove(written(SMALL), given)
    assert [source.id for source in config.sources] == ["us-state"]
    assert config.sources[0].every.total_seconds() == 2700
    assert config.operator.heartbeat_every.total_seconds() == 3600


def test_a_wrong_value_from_the_environment_does_not_hide_what_the_file_says(written: Written) -> None:
    with pytest.raises(ConfigError) as refusal:
        prove(written(f'{SMALL}[http]\nper_host = 99\n[daemon]\ntimezone = "Mars"\n'), {"ADVISORYD_HTTP__TIMEOUT": "7"})
    keys = {problem.key for problem in refusal.value.problems}
    assert keys == {"daemon timezone", "http per_host", "ADVISORYD_HTTP__TIMEOUT"}


def test_a_variable_below_a_table_that_the_file_got_wrong_leaves_the_mistake_to_be_told(written: Written) -> None:
    with pytest.raises(ConfigError) as refusal:
        prove(written(f"http = 3\n{SMALL}"), {"ADVISORYD_HTTP__TIMEOUT": "30s"})
    assert [problem.key for problem in refusal.value.problems] == ["http"]
