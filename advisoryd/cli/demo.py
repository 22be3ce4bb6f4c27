"""China's advice on Japan, November 2025, through the true daemon, without network and without configuration.

Recorded pages are served on loopback; only the clock is virtual.
"""

from __future__ import annotations

import argparse
import sys

from advisoryd.cli.common import DONE


def arguments(parser: argparse.ArgumentParser) -> None:
    """In which language."""
    parser.add_argument("--locale", default="en", help="language of the messages: en, zh-Hans, ja, ko, de, fr, …")


def run(chosen: argparse.Namespace) -> int:
    """Show it."""
    from advisoryd.service.demo import demo

    def say(line: str) -> None:
        print(f"\n── {line}", flush=True)

    demo(say, chosen.locale)
    sys.stdout.flush()
    print("\n── That is all. One alarm, its repetitions in the same story, and silence in between.")
    return DONE
