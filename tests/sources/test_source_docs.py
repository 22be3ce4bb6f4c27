"""The documentation of the sources says what the catalogue does."""

from __future__ import annotations

import runpy
from pathlib import Path

from advisoryd.sources import catalogue

DOCS = Path(__file__).parents[2] / "docs"
PAGES = runpy.run_path(str(DOCS / "generate.py"))["PAGES"]


def test_the_generated_pages_are_up_to_date() -> None:
    stale = [name for name, page in PAGES.items() if (DOCS / name).read_text("utf-8") != page()]
    assert stale == [], "run: python docs/generate.py"


def test_every_source_is_in_the_table_with_its_terms() -> None:
    page = PAGES["sources.md"]()
    for source in catalogue.entries().values():
        rows = [line for line in page.splitlines() if line.startswith(f"| `{source.id}` ")]
        assert len(rows) == 2, source.id
        assert source.homepage in rows[0]
        assert source.attribution in rows[1]


def test_a_bar_in_a_cell_does_not_break_the_table() -> None:
    page = PAGES["sources.md"]()
    widths = {line.replace("\\|", "").count("|") for line in page.splitlines() if line.startswith("|")}
    assert widths == {10, 5}
