"""How the command line behaves: help that teaches, errors in one sentence, exit statuses, pipes, start-up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import advisoryd
from advisoryd.cli import VERBS, common, main, out

Home = Any
Verb = Callable[..., Any]


def test_every_verb_is_named_with_one_line(verb: Verb) -> None:
    said = verb("--help")
    assert said.status == 0
    for name, words in VERBS.items():
        assert f"  {name:<10} {words}" in said.lines
    assert "First steps:" in said.out
    assert "exit status: 0 done, 1 refused" in said.out
    assert verb().out == verb("-h").out == verb("help").out == said.out


@pytest.mark.parametrize("name", VERBS)
def test_the_help_of_every_verb_has_a_purpose_and_exit_statuses(verb: Verb, name: str) -> None:
    said = verb(name, "--help")
    assert said.status == 0
    assert said.out.startswith(f"usage: advisoryd {name}")
    assert "exit status: 0 done" in said.out
    assert verb("help", name).out == said.out


@pytest.mark.parametrize(
    "name", ["check", "events", "show", "explain", "classify", "places", "outbox", "test", "backup", "schema"]
)
def test_the_help_shows_examples_set_off_from_the_text(verb: Verb, name: str) -> None:
    assert any(line.startswith(f"  advisoryd {name}") for line in verb(name, "--help").lines)


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_a_module_with_arguments_and_run(name: str) -> None:
    module = import_module(f"advisoryd.cli.{name}")
    assert module.__doc__
    assert callable(module.arguments)
    assert callable(module.run)


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version(verb: Verb, flag: str) -> None:
    assert verb(flag).out == f"advisoryd {advisoryd.__version__}\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["chek"], "advisoryd: there is no verb 'chek' (did you mean 'check'?); see advisoryd --help"),
        (["frobnicate"], "advisoryd: there is no verb 'frobnicate'; see advisoryd --help"),
        (["--config", "x"], "advisoryd: the verb comes first, options after it; see advisoryd --help"),
        (["check", "--nonsense"], "advisoryd check: error: unrecognized arguments: --nonsense"),
        (["show"], "advisoryd show: error: the following arguments are required: place"),
    ],
)
def test_wrong_usage_is_status_2_and_says_so_in_one_line(verb: Verb, words: list[str], sentence: str) -> None:
    said = verb(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.splitlines()[-1] == sentence


@pytest.mark.parametrize(
    "words", [["check"], ["events"], ["show", "JP"], ["outbox"], ["test", "x"], ["backup", "x"], ["explain", "x"]]
)
def test_without_a_configuration_every_verb_says_what_to_do(
    verb: Verb, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = verb(words[0], "--config", "none.toml", *words[1:])
    assert said.status == 1
    assert "none.toml: there is no such file; name another one with --config" in said.out + said.err


def test_the_configuration_is_looked_for_in_three_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(common, "DEFAULTS", (*common.DEFAULTS[:2], tmp_path / "etc.toml"))
    assert common.config_path(None) == Path("config/advisoryd.toml")
    for name in ("etc.toml", "config/advisoryd.toml", "advisoryd.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
        assert common.config_path(None).resolve() == tmp_path / name
    assert common.config_path(Path("mine.toml")) == Path("mine.toml")


def test_check_tells_every_problem_and_nothing_else(verb: Verb, tmp_path: Path) -> None:
    path = tmp_path / "advisoryd.toml"
    path.write_text('[daemon]\nlocale = 7\n[sources]\nenable = ["cn-mfa", "hush"]\n')
    said = verb("check", "--config", path)
    assert said.status == 1
    assert [line.partition(": ")[0] for line in said.lines[:2]] == [f"{path}:2", f"{path}:4"]
    assert said.lines[2:] == ["2 problems; nothing was changed"]
    assert [problem["line"] for problem in verb("check", "--json", "--config", path).values] == [2, 4]


def test_check_says_what_is_in_order(home: Home) -> None:
    assert home("check").out == f"{home.config} is in order: 3 sources, 2 channels, 2 subscriptions\n"
    assert home("check", "--json").out == ""


def test_check_never_takes_what_was_proven_before(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from advisoryd.settings import cache

    own_home("events")
    assert (own_home.config.parent / "state" / cache.FILE).exists()
    monkeypatch.setattr(cache, "recall", lambda *_: pytest.fail("check must prove"))
    assert own_home("check").status == 0


def test_a_file_that_cannot_be_used_is_one_sentence(verb: Verb, tmp_path: Path) -> None:
    said = verb("classify", tmp_path / "none.jsonl")
    assert (said.status, said.err) == (
        3,
        f"advisoryd: cannot use {tmp_path / 'none.jsonl'}: No such file or directory\n",
    )


def test_a_bug_is_not_dressed_up_as_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def buggy() -> int:
        raise ValueError("hush")

    assert common.guarded(buggy) == 70
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert said.endswith("advisoryd: this is a bug in advisoryd; please report it with the lines above\n")


def test_an_interruption_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert common.guarded(interrupted) == 130
    assert capsys.readouterr().err == ""


def run(*words: str, **given: Any) -> subprocess.CompletedProcess[bytes]:
    """A verb in a process of its own."""
    return subprocess.run([sys.executable, "-m", "advisoryd", *words], capture_output=True, check=False, **given)


def test_a_reader_that_goes_away_is_no_error(home: Home) -> None:
    command = f'"{sys.executable}" -m advisoryd schema | head -c 10'
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_letters_that_an_old_terminal_does_not_know_do_not_end_the_verb(home: Home) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    ran = run("show", "JP", "--config", str(home.config), env=environment)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"????????" not in ran.stdout
    assert b"??????" in ran.stdout


def test_what_goes_into_a_pipe_has_no_colours(home: Home) -> None:
    ran = run("events", "--config", str(home.config), env={**os.environ, "FORCE_COLOR": "1", "TERM": "xterm-256color"})
    assert ran.returncode == 0
    assert b"\x1b" not in ran.stdout


LOADED = """
import json, sys
from advisoryd.cli import main
status = main(sys.argv[1:])
heavy = ["pydantic", "structlog", "babel", "alembic", "rich", "jinja2", "apprise", "sqlalchemy", "asyncio", "msgspec"]
print(json.dumps([name for name in heavy if name in sys.modules]), file=sys.stderr)
sys.exit(status)
"""


def loaded(*words: str) -> list[str]:
    """The heavy libraries that a verb loads."""
    ran = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    return json.loads(ran.stderr.splitlines()[-1])


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["events", "--help"], ["outbox", "--help"]])
def test_asking_for_help_loads_nothing_heavy(words: list[str]) -> None:
    assert loaded(*words) == []


def test_check_loads_what_it_proves_with_and_no_more(home: Home) -> None:
    assert set(loaded("check", "--config", str(home.config))) <= {"pydantic", "msgspec", "asyncio"}


def test_listings_load_no_more_than_they_print_with(home: Home) -> None:
    home("events")
    assert not {"pydantic", "structlog", "rich", "alembic", "apprise"} & set(
        loaded("events", "--json", "--config", str(home.config))
    )


def test_the_columns_of_a_table_stand_below_each_other_whatever_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    out.print_table(("name", "level"), [("日本", 3), ("Perú", 2), ("a\x1b[2Jb\n", None)])
    assert capsys.readouterr().out == "name     level\n日本     3\nPerú     2\na [2Jb\n"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (300, "5 min"), (7200, "2 h"), (172_800, "2 d"), (-90, "-2 min")]
)
def test_a_span_has_one_unit(seconds: float, words: str) -> None:
    assert out.span(seconds) == words


def test_counting() -> None:
    assert [out.counted(number, "source") for number in (0, 1, 2)] == ["0 sources", "1 source", "2 sources"]


def test_the_program_and_the_module_are_the_same() -> None:
    assert run("--version").stdout.decode() == f"advisoryd {advisoryd.__version__}\n"
    assert main(["--version"]) == 0
