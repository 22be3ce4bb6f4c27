"""The systemd notify protocol (sd_notify(3)): a few datagrams, so no library."""

from __future__ import annotations

import os
import socket
import time


def notify(*lines: str) -> None:
    """Tell the service manager; without one nothing happens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    target = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        try:
            sender.sendto("\n".join(lines).encode(), target)
        except OSError:
            # The manager is gone or the socket is not ours to write: running on is better than dying of it.
            return


def ready(status: str) -> None:
    """Start-up, or a reload, is complete."""
    notify("READY=1", f"STATUS={status}")


def reloading() -> None:
    """A reload begins; its time is on the monotonic clock, in microseconds."""
    notify("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")


def stopping() -> None:
    """A clean stop begins."""
    notify("STOPPING=1", "STATUS=stopping")


def watchdog() -> None:
    """Progress was made."""
    notify("WATCHDOG=1")


def watchdog_period() -> float | None:
    """How many seconds may pass between two signs of life, or ``None`` when nobody waits for them."""
    limit = os.environ.get("WATCHDOG_USEC", "")
    ours = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return int(limit) / 1_000_000 if limit.isdigit() and int(limit) and ours else None
