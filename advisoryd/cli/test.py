"""Send a marked test message through a channel, now, and say what came of it. Nothing is stored.

advisoryd test security-chat
advisoryd test security-chat --kind lifted
"""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from advisoryd.cli.common import DONE, REFUSED, Stop, load_config, with_config

if TYPE_CHECKING:
    from advisoryd.model.config import ChannelSpec, Config
    from advisoryd.model.outcome import SendOutcome


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which channel."""
    from advisoryd.model.event import Kind

    with_config(parser)
    parser.add_argument("channel", help="the name of a channel in the configuration")
    parser.add_argument(
        "--kind", default="raised", choices=list(map(str, Kind)), metavar="KIND",
        help="the kind of event to show (default raised)",
    )  # fmt: skip


def run(chosen: argparse.Namespace) -> int:
    """Send it."""
    from advisoryd.cli.out import say
    from advisoryd.model.outcome import Sent

    config = load_config(chosen.config)
    spec = next((spec for spec in config.channels if spec.name == chosen.channel), None)
    if spec is None:
        known = ", ".join(spec.name for spec in config.channels) or "none"
        raise Stop(f"there is no channel {chosen.channel!r}; configured are: {known}")
    outcome = asyncio.run(_send(config, spec, chosen.kind))
    say(f"{spec.name} {_words(outcome)}")
    return DONE if isinstance(outcome, Sent) else REFUSED


def _words(outcome: SendOutcome) -> str:
    from advisoryd.model.outcome import Refused, Sent, TryAgain

    if isinstance(outcome, Sent):
        return "took the test message"
    if isinstance(outcome, Refused):
        return f"refused the test message for good: {outcome.reason}"
    if isinstance(outcome, TryAgain):
        return f"did not take the test message now: {outcome.reason}"
    return f"may or may not have taken the test message: {outcome.reason}"


async def _send(config: Config, spec: ChannelSpec, kind: str) -> SendOutcome:
    from advisoryd.fetch.client import Client
    from advisoryd.service.house import build
    from advisoryd.service.sample import sample_message

    async with Client(config.http) as client:
        channel = build(spec, client, config)
        try:
            message = sample_message(config, spec, channel, kind, datetime.now(UTC))
            return await asyncio.to_thread(channel.send, message)
        finally:
            channel.close()
