"""The verbs. Each is a module with ``arguments(parser)`` and ``run(arguments)``, imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from advisoryd import __version__

VERBS = {
    "run": "the daemon: watch, decide, tell, until stopped",
    "once": "poll all that is due, deliver all that is due, say what happened",
    "demo": "China's advice on Japan, November 2025, through the true daemon, without network",
    "check": "prove the configuration; exit status 0 or 1",
    "sources": "the catalogue and how each source is",
    "events": "what changed",
    "show": "who says what about a place",
    "explain": "why an event was, or was not, sent",
    "replay": "recorded history through the true pipeline",
    "classify": "news detection over a file of items",
    "places": "which place a name means, and why",
    "outbox": "deliveries: list, retry, drop, acknowledge",
    "silence": "hold messages back for a while: add, list, end",
    "test": "send a marked test message through a channel",
    "backup": "a consistent copy of the database",
    "schema": "JSON Schema of the configuration",
}

_USAGE = """usage: advisoryd VERB [options]        advisoryd VERB --help

Watches what governments tell their citizens about travelling abroad, and tells the right people.

{verbs}

Every listing takes --json. The configuration is --config FILE, or the first of ./advisoryd.toml,
./config/advisoryd.toml and /etc/advisoryd/advisoryd.toml.

First steps:
  advisoryd demo                 see it work, without network and without configuration
  advisoryd check                prove your configuration
  advisoryd once                 one round: the first one is a baseline and alerts nobody
  advisoryd run                  the daemon (see systemd/ for a hardened service)

{statuses}"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit status, one of those that ``--help`` explains."""
    from advisoryd.cli.common import guarded

    words = list(sys.argv[1:] if argv is None else argv)
    return guarded(lambda: _dispatch(words))


def _dispatch(words: list[str]) -> int:
    from advisoryd.cli.common import DONE, MISUSED, Stop

    verb, *rest = words or ["--help"]
    if verb == "help" and rest:
        verb, rest = rest[0], ["--help"]
    if verb in ("-h", "--help", "help"):
        print(_usage())
        return DONE
    if verb in ("-V", "--version"):
        print(f"advisoryd {__version__}")
        return DONE
    if verb not in VERBS:
        what = "the verb comes first, options after it" if verb.startswith("-") else f"there is no verb {verb!r}"
        raise Stop(f"{what}{_near(verb)}; see advisoryd --help", MISUSED)
    return _run(verb, rest)


def _usage() -> str:
    from advisoryd.cli.common import STATUSES

    return _USAGE.format(verbs="\n".join(f"  {name:<10} {words}" for name, words in VERBS.items()), statuses=STATUSES)


def _near(verb: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(verb, VERBS, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _run(verb: str, words: list[str]) -> int:
    from advisoryd.cli.common import parser_for

    module = import_module(f"advisoryd.cli.{verb}")
    parser = parser_for(verb, module.__doc__ or "")
    module.arguments(parser)
    status: int = module.run(parser.parse_args(words))
    return status
