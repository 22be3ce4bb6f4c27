"""The JSON Schema of the configuration file, for editors and for programs that write it.

advisoryd schema > advisoryd.schema.json
"""

from __future__ import annotations

import argparse
import json

from advisoryd.cli.common import DONE


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(chosen: argparse.Namespace) -> int:
    """Print it."""
    from advisoryd.settings.schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return DONE
