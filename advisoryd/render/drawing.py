"""From content to a message in one form: templates, limits, and what happens when a user's template fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from advisoryd.model.message import Form, Limits, Message, Priority
from advisoryd.render.bundle import compose_bundle
from advisoryd.render.clean import shorten
from advisoryd.render.compose import compose
from advisoryd.render.content import Content
from advisoryd.render.data import bundle_data, event_data, json_text
from advisoryd.render.escape import escape
from advisoryd.render.fit import fitted
from advisoryd.render.priority import ends_matter, priority_of, tags_of
from advisoryd.render.telling import Bundle, Telling
from advisoryd.render.templating import TemplateBroken, draw
from advisoryd.render.voice import Voice, voice_for

SHORT_LIMIT = 250
"""Characters of a push message: what phones show without opening it."""

TITLE_LIMIT = 150
"""Characters of a subject; mail programs and lock screens show fewer."""

PAGE_LIMIT = 90_000
"""Characters of an HTML e-mail: webmail cuts a message off at about 102 KB."""


def render(told: Telling | Bundle, *, form: Form, limits: Limits, locale: str, zone: str, templates: str) -> Message:
    """See :func:`advisoryd.render.render`."""
    voice = voice_for(locale, zone)
    if isinstance(told, Bundle):
        message, content, data = _bundle_message(told), compose_bundle(told, voice), bundle_data(told, voice)
    else:
        message, content, data = _event_message(told), compose(told, voice), event_data(told, voice)
    try:
        body, html = _bodies(content, data, form, limits.body, voice, templates)
    except TemplateBroken as broken:
        if not templates:
            raise
        body, html = _bodies(content, data, form, limits.body, voice, "")
        data["template_problem"] = str(broken)
    longest = TITLE_LIMIT if limits.title is None else min(limits.title, TITLE_LIMIT)
    title = str(shorten(content.title, longest))
    return replace(message, title=title, body=body, html=html, url=str(content.url), language=voice.tag, data=data)


def draw_within(content: Content, form: Form, limit: int | None, voice: Voice, templates: str) -> str:
    """``content`` in ``form`` within ``limit``. Raises :class:`TemplateBroken` when the template cannot do it."""
    text = fitted(content, partial(draw, form=form, directory=templates), limit, voice)
    if text or limit is None:
        return text
    if templates:
        raise TemplateBroken(f"{form}: the template cannot be kept within {limit} characters")
    return _bare_line(content.headline, form, limit)


def _bodies(
    content: Content, data: Mapping[str, object], form: Form, limit: int | None, voice: Voice, templates: str
) -> tuple[str, str]:
    if form is Form.JSON:
        return json_text(data, limit), ""
    if form is Form.EMAIL:
        text = draw_within(content, Form.PLAIN, limit, voice, templates)
        return text, draw_within(content, Form.EMAIL, PAGE_LIMIT, voice, templates)
    if form is Form.SHORT:
        limit = SHORT_LIMIT if limit is None else min(limit, SHORT_LIMIT)
    return draw_within(content, form, limit, voice, templates), ""


def _bare_line(headline: str, form: Form, limit: int) -> str:
    """As much of the first line as fits once it is escaped: the last resort of a very narrow channel."""
    lines = (escape(shorten(headline, length), form) for length in range(limit, -1, -1))
    return next(line for line in lines if len(line) <= limit)


def _event_message(telling: Telling) -> Message:
    event = telling.event
    return Message(
        key=event.id,
        title="",
        body="",
        priority=priority_of(telling),
        tags=(*tags_of(event), *(["test"] if telling.test else [])),
        story=event.story,
        opens_story=telling.earlier is None,
        ends_story=ends_matter(event) and not telling.test,
        subscription=telling.subscription,
    )


def _bundle_message(bundle: Bundle) -> Message:
    """A bundle belongs to no story of its own."""
    return Message(
        key="+".join(sorted(telling.event.id for telling in bundle.tellings)),
        title="",
        body="",
        priority=max(map(priority_of, bundle.tellings), default=Priority.LOW),
        tags=(str(bundle.gathering), *(["test"] if bundle.test else [])),
        subscription=bundle.subscription,
    )
