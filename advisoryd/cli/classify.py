"""News detection over a file of items: one JSON prediction a line.

Each input line is a JSON object with id, lang, title, summary, and perhaps outlet, published and url.

advisoryd classify items.jsonl --out predictions.jsonl
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from advisoryd.cli.common import DONE, Stop


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, and where to."""
    parser.add_argument("file", type=Path, help="items, one JSON object a line")
    parser.add_argument("--out", type=Path, help="where the predictions go; by default standard output")


def run(chosen: argparse.Namespace) -> int:
    """Classify them. Nothing is written before all of the file was good."""
    from advisoryd.cli.out import progress
    from advisoryd.news.predict import predictions

    items = list(_items(chosen.file))
    with progress(len(items), "reading") as done:
        found = list(predictions(_counted(items, done)))
    with chosen.out.open("w", encoding="utf-8") if chosen.out else nullcontext(sys.stdout) as lines:
        for prediction in found:
            print(json.dumps(prediction, ensure_ascii=False), file=lines)
    return DONE


def _counted(items: list[dict[str, Any]], done: Any) -> Iterator[dict[str, Any]]:
    for number, item in enumerate(items, 1):
        yield item
        done(number)


def _items(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as problem:
            raise Stop(f"{path} line {number} is not JSON: {problem}") from None
        if not isinstance(item, dict):
            raise Stop(f"{path} line {number} must be a JSON object with id, lang and title")
        yield item
