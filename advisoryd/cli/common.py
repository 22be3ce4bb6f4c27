"""What the verbs share: the parser, the configuration, and errors as one sentence with an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisoryd.model.config import Config

DEFAULTS = (Path("advisoryd.toml"), Path("config/advisoryd.toml"), Path("/etc/advisoryd/advisoryd.toml"))
DONE, REFUSED, MISUSED, IMPOSSIBLE, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130
STATUSES = """exit status: 0 done, 1 refused or not found, 2 wrong usage, 3 not possible now (no database yet, another
advisoryd at work, a file that cannot be used), 70 a bug, 130 interrupted"""


class Stop(Exception):
    """A verb ends here; the message is one sentence for the person, ``status`` the exit status."""

    def __init__(self, message: str, status: int = REFUSED) -> None:
        super().__init__(message)
        self.status = status


def parser_for(verb: str, about: str) -> argparse.ArgumentParser:
    """A parser whose help is the verb's own text, its examples set off."""
    lines = (f"  {line}" if line.startswith("advisoryd ") else line for line in about.strip().splitlines())
    return argparse.ArgumentParser(
        prog=f"advisoryd {verb}",
        description="\n".join(lines),
        epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def with_config(parser: argparse.ArgumentParser) -> None:
    """Add ``--config``."""
    parser.add_argument("-c", "--config", type=Path, metavar="FILE", help="the configuration file")


def with_json(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help="print JSON, one value a line")


def config_path(given: Path | None) -> Path:
    """The configuration file to read."""
    return given or next((path for path in DEFAULTS if path.is_file()), DEFAULTS[1])


def load_config(given: Path | None) -> Config:
    """The proven configuration. Raises :class:`~advisoryd.settings.problem.ConfigError`."""
    from advisoryd.settings import load

    return load(config_path(given))


def guarded(work: Callable[[], int]) -> int:
    """Run a verb; what can be expected to go wrong becomes a sentence on standard error."""
    _print_anything()
    try:
        status = work()
        sys.stdout.flush()
        return status
    except Stop as stop:
        return _say(str(stop), stop.status)
    except SystemExit as stop:  # argparse has said what it had to say
        return stop.code if isinstance(stop.code, int) else DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as problem:
        return _expected(problem) or _bug()


def _print_anything() -> None:
    """On a terminal that does not know a letter, a question mark is better than no output."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


def _expected(problem: Exception) -> int:
    """The exit status for what is a sentence already, which is said; 0 for a bug."""
    from advisoryd.settings.problem import ConfigError

    if isinstance(problem, ConfigError):
        return _say(str(problem), REFUSED)
    if isinstance(problem, OSError) and problem.filename is not None:
        return _say(f"cannot use {problem.filename}: {problem.strerror}", IMPOSSIBLE)
    if type(problem).__module__.startswith("advisoryd."):
        from advisoryd.service.lock import AlreadyRunning
        from advisoryd.store.errors import StoreError

        return _say(str(problem), IMPOSSIBLE if isinstance(problem, StoreError | AlreadyRunning) else REFUSED)
    return 0


def _bug() -> int:
    import traceback

    traceback.print_exc()
    return _say("this is a bug in advisoryd; please report it with the lines above", BUG)


def _say(message: str, status: int) -> int:
    for line in message.splitlines():
        print(f"advisoryd: {line}", file=sys.stderr)
    return status
