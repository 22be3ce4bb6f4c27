"""What a message does to the incident that an on-call service keeps for its story.

A story is one incident: its first message opens it, the message that ends the story resolves it, and what comes
between joins it. Nothing is acknowledged unless the operator wants it, because acknowledging stops the escalation to
the next person; then a calm update (priority low or silent) acknowledges.
"""

from __future__ import annotations

from hashlib import blake2b

from advisoryd.channels.text import line
from advisoryd.model.message import Message, Priority


def action_for(message: Message, acknowledge_updates: bool) -> str:
    """``trigger``, ``acknowledge`` or ``resolve``."""
    if message.ends_story:
        return "resolve"
    calm_update = not message.opens_story and message.priority <= Priority.LOW
    return "acknowledge" if acknowledge_updates and calm_update else "trigger"


def story_key(message: Message, longest: int = 255) -> str:
    """The incident's key: the story, or the message's own key where there is no story; hashed when it is too long."""
    key = line(message.story or message.key)
    return key if len(key) <= longest else blake2b(key.encode(), digest_size=20).hexdigest()
