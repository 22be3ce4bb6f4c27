"""The link that acknowledges an alert is in every form that people read, and its page speaks their language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisoryd.model.event import Kind
from advisoryd.model.message import Form
from advisoryd.render import render
from advisoryd.render.asking import asked
from advisoryd.render.samples import samples
from advisoryd.render.voice import LOCALES

LINK = "https://advice.example.org/ack/0123456789abcdef0123/desk/AbCdEfGhIjKlMnOpQrStUv"
RAISED = replace(samples()[Kind.RAISED], acknowledge_url=LINK)


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.SHORT])
def test_the_link_is_in_the_message(form: Form) -> None:
    message = render(RAISED, form=form)
    assert LINK in message.body
    assert LINK in message.html or form is not Form.EMAIL
    assert message.url != LINK


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
def test_the_page_speaks_the_readers_language(locale: str) -> None:
    tag = locale.replace("_", "-")
    question = asked(RAISED.event, None, tag, "UTC")
    answer = asked(RAISED.event, RAISED.event.at, tag, "UTC")
    english = asked(RAISED.event, None, "en", "UTC")
    assert question.language == tag
    assert {question.headline, question.note, question.button}.isdisjoint(
        {english.headline, english.note, english.button}
    )
    assert (answer.button, answer.headline) == ("", question.headline)
    assert "13:" in answer.note
