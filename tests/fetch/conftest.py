"""The server that misbehaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .server import FaultServer


@pytest.fixture
def server() -> Iterator[FaultServer]:
    served = FaultServer()
    served.start()
    yield served
    served.stop()
