"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real history and labelled news, kept beside the project; tests that need it skip when it is not there."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder ../shared with recorded payloads, which is not here")
    return SHARED
