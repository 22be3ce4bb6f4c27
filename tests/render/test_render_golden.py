"""Every kind of event in every form and language, held against what was read by eye and found right.

``UPDATE_GOLDEN=1 pytest tests/render/test_render_golden.py`` writes the files anew; read the difference before you keep
it. Of an HTML e-mail the golden file holds what a reader sees, and ``page.html`` one whole page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from advisoryd.model.event import Kind
from advisoryd.model.message import Form, Message
from advisoryd.render import Bundle, Telling, render
from advisoryd.render.samples import sample_bundles, samples
from advisoryd.render.voice import LOCALES

GOLDEN = Path(__file__).with_name("golden")
TAGS = tuple(locale.replace("_", "-") for locale in LOCALES)
ZONE = "Asia/Tokyo"


def told() -> Iterator[tuple[str, Telling | Bundle]]:
    yield from ((str(kind), telling) for kind, telling in samples().items())
    yield from ((f"bundle {gathering}", bundle) for gathering, bundle in sample_bundles().items())


def seen(page: str) -> str:
    """The words of an HTML page, one block a line."""
    body = re.sub(r"<(style|head|title).*?</\1>", "", page, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|h\d|li|dd|blockquote)>", "\n", body)))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


def shown(message: Message, form: Form) -> str:
    if form is Form.EMAIL:
        return seen(message.html)
    return message.body


def whole(tag: str, form: Form) -> str:
    parts = []
    for name, telling in told():
        message = render(telling, form=form, locale=tag, zone=ZONE)
        parts.append(f"===== {name} [{message.priority}] {message.title}\n{shown(message, form)}\n")
    return "\n".join(parts)


def assert_golden(path: Path, text: str) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("form", [form for form in Form if form is not Form.JSON])
def test_every_kind_reads_as_it_was_approved(tag: str, form: Form) -> None:
    assert_golden(GOLDEN / tag / f"{form}.txt", whole(tag, form))


def test_every_kind_has_the_values_that_were_approved() -> None:
    """One language is enough: names and the headline alone depend on it."""
    assert_golden(GOLDEN / "en" / "json.txt", whole("en", Form.JSON))


def test_a_whole_e_mail_page_looks_as_it_was_approved() -> None:
    message = render(samples()[Kind.AMENDED], form=Form.EMAIL, locale="en", zone=ZONE)
    assert_golden(GOLDEN / "en" / "page.html", message.html + "\n")


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(samples()) == set(Kind)
