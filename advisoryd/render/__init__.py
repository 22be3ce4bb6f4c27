"""From an event to a message: in the reader's language, in the channel's form, within the channel's limit.

``Telling`` (or ``Bundle``) -> ``Content`` (whole sentences, one language) -> template of the form -> ``Message``.
Strangers' text is cleaned where it enters a sentence and escaped where it leaves a template, and nowhere else.

Importing this package is cheap; Jinja2 and Babel are loaded with the first message.
"""

from __future__ import annotations

from advisoryd.model.message import Form, Limits, Message
from advisoryd.render.telling import Bundle, Census, Gathering, Passage, Telling

NO_LIMITS = Limits()

__all__ = ["Bundle", "Census", "Gathering", "Passage", "Telling", "check_templates", "render"]


def render(
    told: Telling | Bundle,
    *,
    form: Form,
    limits: Limits = NO_LIMITS,
    locale: str = "en",
    zone: str = "UTC",
    templates: str = "",
) -> Message:
    """The message for ``told``: at most ``limits`` long, never empty, and inert in ``form`` whatever strangers wrote.

    ``locale`` is a BCP 47 tag (what is not translated is said in English), ``zone`` an IANA name, ``templates`` a
    directory of the user's own templates. When one of them fails the built-in one is used, because a plain message is
    better than none, and ``data["template_problem"]`` says what was wrong. The message's key is the event's id; the
    caller replaces it by its delivery's key.
    """
    from advisoryd.render import drawing

    return drawing.render(told, form=form, limits=limits, locale=locale, zone=zone, templates=templates)


def check_templates(directory: str) -> list[str]:
    """What is wrong with the user's templates, a sentence each; empty when every sample event can be drawn."""
    from advisoryd.render import checking

    return checking.check_templates(directory)
