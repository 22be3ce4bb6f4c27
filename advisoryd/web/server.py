"""The web server (uvicorn) inside the daemon's own loop.

uvicorn traps, each with a test: it takes the process's signals for itself, so that is switched off; when it cannot bind
it ends the process, so the socket is bound here, before anything runs; a cancelled server leaves its connections open,
so it is told to leave and waited for; it would set up logging of its own.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from advisoryd.model.config import Web
from advisoryd.service.run import Ask
from advisoryd.web.app import application

CONNECTIONS = 64
"""So many at once; more are told to come back. Each costs memory, and readers are few."""


class CannotListen(Exception):
    """The address cannot be used; the message says which and why."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the daemon."""
        yield


def bound(web: Web) -> Callable[[Ask], Coroutine[Any, Any, None]]:
    """A server that listens already and answers once it runs, until it is cancelled. Raises :class:`CannotListen`."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        listener = socket.create_server((web.host, web.port), family=family)
    except OSError as problem:
        raise CannotListen(
            f"cannot listen on {web.host} port {web.port}: {problem.strerror}; change [web] listen"
        ) from problem
    return lambda ask: _serve(listener, ask)


async def _serve(listener: socket.socket, ask: Ask) -> None:
    config = uvicorn.Config(
        application(ask),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
    )
    server = _Server(config)
    serving = asyncio.ensure_future(server.serve([listener]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise
