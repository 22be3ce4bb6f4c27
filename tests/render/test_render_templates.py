"""The user's templates: proven by a check, harmless by construction, and never in the way of a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from advisoryd.model.message import Form, Limits
from advisoryd.render import Telling, check_templates, render

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes templates and gives the directory they are in."""

    def make(**files: str) -> str:
        for name, text in files.items():
            path = tmp_path / (name.replace("__", "/") + ".jinja")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return str(tmp_path)

    return make


def test_a_template_of_the_users_takes_the_place_of_ours(raised: Telling, write: Write) -> None:
    directory = write(plain="ALERT {{ content.headline }}\n{{ content.url }}")
    assert check_templates(directory) == []
    body = render(raised, form=Form.PLAIN, templates=directory).body
    assert body.startswith("ALERT China – foreign ministry")
    assert body.endswith(raised.event.url)


def test_forms_without_a_template_of_the_users_keep_ours(raised: Telling, write: Write) -> None:
    directory = write(plain="{{ content.headline }} {{ content.url }}")
    ours = render(raised, form=Form.MARKDOWN).body
    assert render(raised, form=Form.MARKDOWN, templates=directory).body == ours


def test_a_template_under_the_name_of_a_language_goes_before_the_general_one(raised: Telling, write: Write) -> None:
    directory = write(plain="general {{ content.url }}", ja__plain="日本語 {{ content.url }}")
    assert check_templates(directory) == []
    assert render(raised, form=Form.PLAIN, locale="ja", templates=directory).body.startswith("日本語")
    assert render(raised, form=Form.PLAIN, locale="de", templates=directory).body.startswith("general")


def test_one_part_of_ours_can_be_replaced(raised: Telling, write: Write) -> None:
    directory = write(
        markdown='{% extends "builtin/markdown.jinja" %}{% block footer %}Call +44 20 7946 0000{% endblock %}'
    )
    assert check_templates(directory) == []
    body = render(raised, form=Form.MARKDOWN, templates=directory).body
    assert body.endswith("Call +44 20 7946 0000")
    assert "**China – foreign ministry" in body


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"plain": "{{ content.headlin }}"}, "plain.jinja: 'advisoryd.render.content.Content object' has no attribute"),
        ({"plain": "{{ nothing }}"}, "plain.jinja: 'nothing' is undefined"),
        ({"plain": "one\n{% if %}"}, "plain.jinja, line 2: "),
        ({"plain": "{{ content.headline | safe }}"}, "plain.jinja, line 1: No filter named 'safe'"),
        ({"plain": "{{ content.headline }}"}, "plain.jinja: leaves out the link, content.url, of “Raised"),
        ({"plain": "  \n "}, "plain.jinja: draws nothing, and empty messages cannot be sent"),
        ({"plain": "{{ content.__class__.__mro__ }}"}, "plain.jinja: access to attribute '__class__'"),
        ({"plain": "{{ 1 / 0 }}"}, "plain.jinja: division by zero"),
        ({"pager": "x"}, "pager.jinja: there is no form of that name; the forms are plain, short, markdown"),
        ({"json": "x"}, "json.jinja: there is no form of that name"),
        ({"xx__plain": "x"}, "xx/plain.jinja: there is no language of that name; the languages are en, de"),
        ({"plain": '{% include "/etc/passwd" %}'}, "plain.jinja: there is no template /etc/passwd"),
    ],
)
def test_the_check_names_the_file_and_what_is_wrong(write: Write, files: dict[str, str], problem: str) -> None:
    problems = check_templates(write(**files))
    assert len(problems) == 1
    assert problems[0].startswith(problem)
    assert "\n" not in problems[0]


def test_the_check_tells_of_a_directory_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "none"
    assert check_templates(str(missing)) == [f"{missing}: there is no such directory for templates"]


def test_the_check_tells_of_every_file_at_once(write: Write) -> None:
    assert len(check_templates(write(plain="{{ a }}", slack="{{ b }}", ja__html="{% c %}"))) == 3


def test_a_file_that_is_not_text_is_told_and_not_fatal(tmp_path: Path) -> None:
    (tmp_path / "plain.jinja").write_bytes(b"\xff\xfe\x00")
    (problem,) = check_templates(str(tmp_path))
    assert problem.startswith("plain.jinja")


@pytest.mark.parametrize(
    "broken", ["{{ nothing }}", "{% if %}", "", "{{ 1 / 0 }}", "{% for i in range(99999999) %}x{% endfor %}"]
)
def test_a_broken_template_never_costs_a_message(raised: Telling, write: Write, broken: str) -> None:
    message = render(raised, form=Form.PLAIN, templates=write(plain=broken))
    assert message.body == render(raised, form=Form.PLAIN).body
    assert str(message.data["template_problem"]).startswith("plain")


def test_a_template_that_cannot_be_kept_short_gives_way_to_ours(raised: Telling, write: Write) -> None:
    directory = write(plain="x" * 400 + "{{ content.url }}")
    message = render(raised, form=Form.PLAIN, limits=Limits(body=300), templates=directory)
    assert message.body.startswith("China – foreign ministry")
    assert "cannot be kept within 300 characters" in str(message.data["template_problem"])


@pytest.mark.parametrize(
    ("form", "template"),
    [
        (Form.HTML, '<p title="{{ content.quotes[-1].text }}">{{ content.quotes[-1].text }}</p>{{ content.url }}'),
        (Form.HTML, "{% set x %}{{ content.quotes[-1].text }}{% endset %}{{ x }}{{ content.url }}"),
        (Form.HTML, "{% macro m(t) %}{{ t }}{% endmacro %}{{ m(content.quotes[-1].text) }}{{ content.url }}"),
        (Form.HTML, "{{ content.quotes[-1].text ~ '!' }}{{ content.url }}"),
        (Form.HTML, "{{ content.quotes | map(attribute='text') | join(', ') }}{{ content.url }}"),
        (Form.HTML, "{{ content.quotes[-1].text | upper }}{{ content.url }}"),
        (Form.HTML, "{{ content.quotes[-1].text | replace('b', 'i') }}{{ content.url }}"),
    ],
)
def test_no_turn_of_a_template_switches_escaping_off(raised: Telling, write: Write, form: Form, template: str) -> None:
    event = replace(raised.event, native_after='<b>"x"</b>')
    message = render(replace(raised, event=event), form=form, templates=write(**{form: template}))
    assert "template_problem" not in message.data
    assert "<b>" not in message.body.lower()
    assert "&lt;" in message.body.lower()


def test_values_that_are_no_text_are_shown_as_text(raised: Telling, write: Write) -> None:
    directory = write(plain="{{ content.notes | length }} [{{ content.quotes[-1].nothing }}] {{ content.url }}")
    assert check_templates(directory) != []
    directory = write(plain="{{ content.notes | length }} {{ [content.label] }} {{ content.url }}")
    assert render(raised, form=Form.PLAIN, templates=directory).body.startswith("0 ['Raised'] https")


def test_a_constant_in_braces_is_escaped_for_html_in_every_form(raised: Telling, write: Write) -> None:
    """Jinja2 does so before we are asked; text outside braces is left as it is."""
    directory = write(plain="{{ 'R&D' }} R&D {{ content.url }}")
    assert render(raised, form=Form.PLAIN, templates=directory).body.startswith("R&amp;D R&D https")
