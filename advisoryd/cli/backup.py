"""A consistent copy of the database, taken while the daemon runs. It appears whole or not at all.

advisoryd backup /var/backups/advisoryd.db
"""

from __future__ import annotations

import argparse
from pathlib import Path

from advisoryd.cli.common import DONE, load_config, with_config


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    with_config(parser)
    parser.add_argument("file", type=Path, help="the copy; must not exist yet")


def run(chosen: argparse.Namespace) -> int:
    """Copy it."""
    from advisoryd.service.house import open_house
    from advisoryd.store.backup import backup

    with open_house(load_config(chosen.config), create=False) as house:
        size = backup(house.store, chosen.file)
    print(f"{chosen.file}: {size:,} bytes")
    return DONE
