"""Logs: one line a fact, the same for libraries, and no secret in any of them.

Logging belongs to the whole process, so what it writes is looked at in processes of its own.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd.logs.clean import LONGEST, STARS, one_line, redacted, safe
from advisoryd.model.secret import plain

BEGIN = """
import logging, sys
from advisoryd import logs
from advisoryd.model.secret import plain
log = logs.get("poll")
"""


def written(code: str, **environment: str) -> str:
    """What a process that runs ``code`` writes to its standard error, which is a pipe."""
    ran = subprocess.run(
        [sys.executable, "-c", BEGIN + code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "JOURNAL_STREAM": "", **environment},
    )
    assert ran.stdout == ""
    return ran.stderr


def entries(code: str) -> list[dict[str, Any]]:
    """The JSON lines of a process."""
    return [json.loads(line) for line in written(code).splitlines()]


CONSOLE = 'logs.configure("info", as_json=False)\n'
JSON = 'logs.configure("info")\n'


def test_a_fact_is_one_line_of_json_in_a_pipe() -> None:
    [entry] = entries(JSON + 'log.info("source.polled", source="cn-mfa", events=2, baseline=False, newest=None)')
    assert entry.pop("timestamp").endswith("Z")
    assert entry == {
        "level": "info",
        "logger": "advisoryd.poll",
        "event": "source.polled",
        "source": "cn-mfa",
        "events": 2,
        "baseline": False,
        "newest": None,
    }


def test_a_fact_is_one_readable_line_on_a_terminal() -> None:
    ours, theirs = pty.openpty()
    code = BEGIN + 'logs.configure()\nlog.info("source.polled", source="cn-mfa")'
    subprocess.run([sys.executable, "-c", code], stderr=theirs, check=True, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    text = os.read(ours, 4096).decode()
    os.close(ours)
    assert "source.polled" in text
    assert "cn-mfa" in text
    assert "{" not in text
    assert "\x1b[" in text


def test_the_journal_adds_the_time_and_reads_the_priority(tmp_path: Path) -> None:
    with (tmp_path / "journal").open("w+") as journal:
        status = os.fstat(journal.fileno())
        environment = {**os.environ, "JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"}
        code = BEGIN + JSON + 'log.info("a")\nlog.warning("b")\nlog.error("c")'
        subprocess.run([sys.executable, "-c", code], stderr=journal, check=True, env=environment)
        journal.seek(0)
        lines = journal.read().splitlines()
    assert [line[:3] for line in lines] == ["<6>", "<4>", "<3>"]
    assert "timestamp" not in json.loads(lines[0][3:])


def test_a_redirected_service_is_not_under_the_journal() -> None:
    code = JSON + 'log.info("a")'
    assert "timestamp" in json.loads(written(code, JOURNAL_STREAM="1:2"))


@pytest.mark.parametrize(("level", "expected"), [("debug", "abcd"), ("info", "bcd"), ("warning", "cd"), ("error", "d")])
def test_the_level_is_the_least_that_is_written(level: str, expected: str) -> None:
    code = f'logs.configure("{level}")\nlog.debug("a"); log.info("b"); log.warning("c"); log.error("d")'
    assert "".join(entry["event"] for entry in entries(code)) == expected


def test_without_configuration_only_errors_are_written_and_structlog_is_loaded_for_them_alone() -> None:
    quiet = 'log.warning("a")\nassert "structlog" not in sys.modules'
    assert written(quiet) == ""
    [entry] = entries('log.warning("a")\nlog.error("b")')
    assert entry["event"] == "b"


def test_libraries_write_the_same_lines() -> None:
    [ours, theirs] = entries(
        JSON + 'log.info("a")\nlogging.getLogger("urllib3.pool").warning("Retry %d of %s", 1, "x")'
    )
    assert ours.keys() == theirs.keys()
    assert (theirs["logger"], theirs["event"], theirs["level"]) == ("urllib3.pool", "Retry 1 of x", "warning")


@pytest.mark.parametrize("library", ["apscheduler.scheduler", "apprise", "alembic.runtime.migration"])
def test_talkative_libraries_are_heard_from_warnings_on(library: str) -> None:
    code = f'logs.configure("debug")\nlogger = logging.getLogger("{library}")\nlogger.setLevel("DEBUG")\n'
    code += 'logger.debug("hush"); logger.info("hush"); logger.warning("heard")'
    assert [entry["event"] for entry in entries(code)] == ["heard"]


def test_the_loggers_of_libraries_keep_their_own_levels() -> None:
    """Apprise's must hear everything: why a message failed is found in what it logs."""
    code = 'logging.getLogger("apprise").setLevel("DEBUG")\n' + JSON
    assert written(code + 'assert logging.getLogger("apprise").level == logging.DEBUG') == ""


def test_warnings_of_python_are_logged_too() -> None:
    [entry] = entries(JSON + 'import warnings\nwarnings.warn("careful")')
    assert (entry["level"], entry["logger"]) == ("warning", "py.warnings")
    assert "careful" in entry["event"]


CRASH = """
def work():
    token = "hush"
    raise ValueError("bad\\nanswer from https://user:hush@example.org/?token=hush")
try:
    work()
except ValueError as problem:
    log.error("duty.crashed", exc_info={})
"""


@pytest.mark.parametrize("given", ["True", "problem"])
def test_a_traceback_in_json_names_lines_and_no_local_values(given: str) -> None:
    text = written(JSON + CRASH.format(given))
    assert "hush" not in text
    [entry] = map(json.loads, text.splitlines())
    [told] = entry["exception"]
    assert told["exc_type"] == "ValueError"
    assert told["exc_value"] == "bad answer from https://********@example.org/?token=********"
    assert [frame["name"] for frame in told["frames"]] == ["<module>", "work"]
    assert all("locals" not in frame for frame in told["frames"])


@pytest.mark.parametrize("given", ["True", "problem"])
def test_a_traceback_on_a_terminal_is_set_off_so_that_no_line_of_it_passes_for_an_entry(given: str) -> None:
    first, *others = written(CONSOLE + CRASH.format(given)).splitlines()
    assert "duty.crashed" in first
    assert others[0] == "    Traceback (most recent call last):"
    assert others[-1] == "    answer from https://********@example.org/?token=********"
    assert all(line.startswith("    ") for line in others)


def test_the_traceback_of_a_library_is_written_alike() -> None:
    code = 'try:\n    1 / 0\nexcept ZeroDivisionError:\n    logging.getLogger("asyncio").exception("never retrieved")'
    [entry] = entries(JSON + code)
    assert entry["exception"][0]["exc_type"] == "ZeroDivisionError"


HOSTILE = 'log.info("event", title="one\\nlevel=error\\r\\n\\x1b[2J\\u2028two", text={"a": ["b\\nc"]})'


@pytest.mark.parametrize("form", [JSON, CONSOLE])
def test_strangers_texts_cannot_begin_a_line_or_steer_the_terminal(form: str) -> None:
    text = written(form + HOSTILE + '\nlogging.getLogger("feed").warning("x\\ny\\x1b[31m")')
    assert len(text.splitlines()) == 2
    assert "\x1b" not in text


@pytest.mark.parametrize("form", [JSON, CONSOLE])
def test_half_characters_and_odd_values_do_not_end_the_line(form: str) -> None:
    code = 'log.info("event", half="\\ud800", odd=object, many={1, 2}, deep=[[plain("hush")]])'
    text = written(form + code, PYTHONIOENCODING="utf-8")
    assert "event" in text
    assert "hush" not in text
    assert "Traceback" not in text


def test_a_line_that_cannot_be_written_is_not_printed_with_its_arguments() -> None:
    code = JSON + 'logging.getLogger("x").warning("%d", "hush")\nlog.info("goes on")'
    text = written(code)
    assert "hush" not in text
    assert "goes on" in text


def test_logging_may_be_configured_again() -> None:
    code = JSON + 'log.info("a")\nlogs.configure("warning")\nlog.info("b")\nlog.warning("c")'
    assert [entry["event"] for entry in entries(code)] == ["a", "c"]


def test_a_secret_is_stars_wherever_it_stands() -> None:
    secret = plain("hush")
    assert safe(secret) == STARS
    assert safe({"a": [secret, {"b": (secret,)}]}) == {"a": [STARS, {"b": [STARS]}]}
    assert "hush" not in safe(f"{secret} {secret!r}")


@pytest.mark.parametrize(
    "text",
    [
        "https://user:hush@example.org/",
        "postgresql://advisoryd:hush@db/x",
        "GET /x?token=hush&page=2",
        "https://apis.example.org/list?serviceKey=hush%2B&pageNo=1",
        "https://h/?a=1&access_token=hush",
        "Authorization: Bearer hushhush.hush-hush",
        "{'Authorization': 'Basic hushhush=='}",
        "{'X-Api-Key': 'hush', 'Accept': '*/*'}",
        "https://api.telegram.org/bot123456:hush-hush_hush/sendMessage",
        "https://hooks.slack.com/services/T0hush/B0hush/hush",
        "https://discord.example/api/webhooks/123/hush",
        "(sqlite3.IntegrityError) UNIQUE\n[SQL: INSERT INTO t]\n[parameters: ('hush', \"a]\\nhush\")]\n(Background)",
    ],
)
def test_what_libraries_say_is_shown_without_its_secrets(text: str) -> None:
    assert "hush" not in redacted(text)
    assert STARS in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/path?page=2&lang=en",
        "names a@example.org and basic precautions",
        "travel advice for the Basque Country: monkeypox, key points",
        "12 of 200 rows are missing at once",
    ],
)
def test_what_holds_no_secret_stays_as_it_is(text: str) -> None:
    assert redacted(text) == text


def test_a_text_has_an_end() -> None:
    assert len(one_line("x" * 10_000)) == LONGEST


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_whatever_is_logged_is_one_line_of_json(value: Any) -> None:
    line = json.dumps(safe(value), ensure_ascii=False)
    assert len(line.splitlines()) == 1
    assert line.encode()
