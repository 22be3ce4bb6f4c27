"""Seven months of labelled news in twelve languages: the marks that must be kept.

The targets are lower than what is reached on this file, since rules were written with half of it in view;
``docs/news.md`` gives the figures for items that were met for the first time.
"""

from __future__ import annotations

import json
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from advisoryd.news.predict import predictions


@pytest.fixture(scope="module")
def marks(shared: Path) -> dict[str, Any]:
    folder = shared / "corpus"
    scorer = run_path(str(folder / "score_news.py"))
    gold = scorer["load"](folder / "news-dev.jsonl")
    items = [{name: value for name, value in row.items() if name != "label"} for row in gold.values()]
    predicted = json.loads(json.dumps(list(predictions(items))))
    result, _ = scorer["score"](gold, {row["id"]: row for row in predicted})
    return dict(result)


def test_advice_is_told_from_what_looks_like_it(marks: dict[str, Any]) -> None:
    assert marks["is_advisory"]["f1"] >= 0.95
    assert marks["is_advisory"]["p"] >= 0.95


def test_in_every_language_with_enough_items(marks: dict[str, Any]) -> None:
    scores = {language: score["f1"] for language, score in marks["by_lang"].items() if score["n"] >= 15}
    assert len(scores) >= 5
    assert min(scores.values()) >= 0.90, scores


@pytest.mark.parametrize(
    ("mark", "least"),
    [
        ("issuer_exact", 0.95),
        ("destinations_exact", 0.95),
        ("level_exact", 0.90),
        ("event", 0.85),
        ("leave", 0.95),
    ],
)
def test_what_is_claimed_is_right(marks: dict[str, Any], mark: str, least: float) -> None:
    assert marks["on_true_positives"][mark]["acc"] >= least


def test_issuer_and_destination_are_never_swapped(marks: dict[str, Any]) -> None:
    assert marks["on_true_positives"]["direction_swapped"] == 0


def test_reasons_are_mostly_right(marks: dict[str, Any]) -> None:
    assert marks["on_true_positives"]["reasons_micro"]["f1"] >= 0.80


def test_reports_of_one_act_are_put_together_and_those_of_two_apart(marks: dict[str, Any]) -> None:
    assert marks["clusters"]["p"] >= 0.97
    assert marks["clusters"]["r"] >= 0.85
    assert marks["clusters"]["negatives_inside_clusters"] == 0
