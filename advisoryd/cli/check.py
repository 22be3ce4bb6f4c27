"""Prove the configuration. Every problem is told at once, with file, line and key, and without showing any value.

Exit status 0 when it can be used, 1 when it cannot. With --json each problem is one line, and no line means none.

advisoryd check
advisoryd check --config /etc/advisoryd/advisoryd.toml
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, REFUSED, config_path, with_config, with_json

if TYPE_CHECKING:
    from advisoryd.model.config import Config


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and in which form."""
    with_config(parser)
    with_json(parser)


def run(chosen: argparse.Namespace) -> int:
    """Check the file."""
    from advisoryd.cli.out import counted, print_json
    from advisoryd.settings import ConfigError, prove

    path = config_path(chosen.config)
    try:
        config = prove(path)
    except ConfigError as error:
        if chosen.json:
            print_json(error.problems)
        else:
            print(error)
            print(f"{counted(len(error.problems), 'problem')}; nothing was changed")
        return REFUSED
    if not chosen.json:
        parts = (counted(len(getattr(config, f"{what}s")), what) for what in ("source", "channel", "subscription"))
        print(f"{path} is in order: {', '.join(parts)}")
        _print_idle(config)
    return DONE


def _print_idle(config: Config) -> None:
    from advisoryd.sources import catalogue

    for source in config.sources:
        if idle := catalogue.idle(source):
            print(f"source {source.id} is off: it {idle}")
