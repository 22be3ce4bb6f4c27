"""structlog and the bridge from the standard library's logging.

structlog traps, each with a test: ``dict_tracebacks`` prints local variables, so tracebacks are made without them;
libraries log through the standard library and bypass structlog, so one formatter serves both; the first use freezes
the configuration when loggers are cached, so they are not; values that JSON does not have are printed as their
``repr``, so everything is made plain first; the console form does not escape line breaks.

The levels of libraries are held at the handler, not at their loggers: Apprise's must hear everything, because the
reason of a failure is found in its messages (:mod:`advisoryd.channels.apprise_url`).
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import structlog
from structlog.processors import ExceptionRenderer, JSONRenderer, TimeStamper, format_exc_info
from structlog.stdlib import BoundLogger, LoggerFactory, ProcessorFormatter, add_log_level, add_logger_name
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

from advisoryd.logs.clean import one_line, redacted, safe

FLOORS = {"apscheduler": logging.WARNING, "apprise": logging.WARNING, "alembic": logging.WARNING}
"""Libraries that tell of every normal thing they do."""

_PRIORITIES = {"debug": 7, "info": 6, "warning": 4, "error": 3, "critical": 2}
"""The numbers of syslog(3), which the journal reads at the beginning of a line (sd-daemon(3))."""

_FIRST = ("timestamp", "level", "logger", "event")


def is_set_up() -> bool:
    """Whether :func:`set_up` has run."""
    return structlog.is_configured()


def set_up(level: int, as_json: bool | None) -> None:
    """Write everything of at least ``level`` to standard error."""
    journal = _is_journal()
    plain = not sys.stderr.isatty() if as_json is None else as_json
    shared: list[Processor] = [structlog.contextvars.merge_contextvars, add_log_level, add_logger_name]
    if not journal:  # which adds the time itself
        shared.append(TimeStamper(fmt="iso", utc=True))
    structlog.configure(
        processors=[*shared, ProcessorFormatter.wrap_for_formatter],
        logger_factory=LoggerFactory(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=False,
    )
    last = _json(journal) if plain or journal else _console()
    _bridge(
        level,
        ProcessorFormatter(foreign_pre_chain=shared, processors=[ProcessorFormatter.remove_processors_meta, *last]),
    )


def write(name: str, level: int, event: str, keys: dict[str, Any]) -> None:
    """One line of ours."""
    structlog.get_logger(name).log(level, event, **keys)


def _json(journal: bool) -> list[Processor]:
    tracebacks = ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    render = JSONRenderer(ensure_ascii=False)

    def line(logger: WrappedLogger, method: str, event: EventDict) -> str:
        priority = f"<{_PRIORITIES.get(event.get('level', ''), 6)}>" if journal else ""
        return f"{priority}{render(logger, method, event)!s}"

    return [tracebacks, _cleaned, line]


def _console() -> list[Processor]:
    return [
        format_exc_info,
        _cleaned,
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback),
    ]


def _cleaned(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Every value as it may be printed. The lines of a traceback stay apart, each set off so that none can pass for an
    entry of its own."""
    found = {key: safe(event[key]) for key in (*_FIRST, *event) if key in event and key != "exception"}
    told = event.get("exception")
    if isinstance(told, str):
        found["exception"] = "\n".join(f"    {one_line(line)}" for line in redacted(told).splitlines())
    elif told is not None:
        found["exception"] = safe(told)
    return found


def _is_journal() -> bool:
    """Whether standard error leads to the journal (systemd.exec(5), ``$JOURNAL_STREAM``)."""
    try:
        status = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM", "") == f"{status.st_dev}:{status.st_ino}"


def _bridge(level: int, formatter: logging.Formatter) -> None:
    """Everything that is logged anywhere in this process goes through one handler."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(formatter)
    handler.addFilter(lambda record: record.levelno >= FLOORS.get(record.name.partition(".")[0], 0))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # what cannot be written is lost rather than printed with its arguments
