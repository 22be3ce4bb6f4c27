"""A message that reports nothing real, for trying a channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from advisoryd.model.config import ChannelSpec, Config
from advisoryd.model.event import Kind
from advisoryd.model.message import Channel, Message
from advisoryd.render import render
from advisoryd.render.samples import samples


def sample_message(config: Config, spec: ChannelSpec, channel: Channel, kind: str, now: datetime) -> Message:
    """A marked test message of ``kind`` in the channel's own form. Raises :class:`ValueError` for an unknown kind."""
    told = replace(samples()[Kind(kind)], test=True, created=now, now=now, subscription="test")
    message = render(
        told,
        form=channel.form,
        limits=channel.limits,
        locale=config.locale,
        zone=config.zone,
        templates=str(spec.options.get("templates", "")),
    )
    return replace(message, key=f"test-{now:%Y%m%d%H%M%S}", subscription="test")
