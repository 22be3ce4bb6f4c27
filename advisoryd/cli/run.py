"""The daemon: watch, decide, tell, until SIGTERM or SIGINT. SIGHUP reads the configuration anew, all of it or nothing.

Under systemd it reports readiness, reloads and life (Type=notify, WatchdogSec=); see systemd/advisoryd.service.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, config_path, load_config, with_config

if TYPE_CHECKING:
    from advisoryd.model.config import Config
    from advisoryd.service.run import Serve


def arguments(parser: argparse.ArgumentParser) -> None:
    """How the daemon logs."""
    with_config(parser)
    parser.add_argument("--log-level", default="info", choices=["debug", "info", "warning", "error"])
    parser.add_argument("--log-format", choices=["json", "console"], help="by default JSON under systemd and in pipes")


def run(chosen: argparse.Namespace) -> int:
    """Run until stopped."""
    from advisoryd import logs
    from advisoryd.service.run import Daemon
    from advisoryd.settings import load

    logs.configure(chosen.log_level, None if chosen.log_format is None else chosen.log_format == "json")
    path = config_path(chosen.config)
    config = load_config(path)
    Daemon(config, lambda: load(path), serve=_web(config)).run()
    return DONE


def _web(config: Config) -> Serve | None:
    """The web server, imported only where there is to be one."""
    if config.web is None:
        return None
    from advisoryd.web.server import bound

    return bound(config.web)
