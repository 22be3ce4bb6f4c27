"""Configurations on disk, for everything that reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = """
[sources]
enable = ["cn-mfa"]

[[channel]]
name = "screen"
type = "console"

[[subscription]]
name = "japan-desk"
channels = ["screen"]
"""

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a configuration nobody else may read, with further files beside it. Returns its path."""

    def write(text: str = SMALL, **beside: str) -> Path:
        for name, content in beside.items():
            file = tmp_path / name.replace("__", "/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        path = tmp_path / "advisoryd.toml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    return write
