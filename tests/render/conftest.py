"""What the tests of rendering share: a raise to tell about, and strangers who mean no good."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from advisoryd.model.event import Kind
from advisoryd.render import Telling
from advisoryd.render.samples import samples

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "[official page](https://evil.example/)",
    "![x](https://evil.example/p.png)",
    "<https://evil.example/>",
    "https://evil.example/login",
    "www.evil.example",
    "<!channel> <!here> <!everyone> <@U123> <#C123>",
    "@everyone @here @channel @all @room",
    "<https://evil.example|Official page>",
    "**bold** __under__ *it* ~~gone~~ `code` ```block``` ||spoiler||",
    "# heading",
    "> quote",
    "- item",
    "1. item",
    "+ added",
    "{{ 7 * 7 }} {% for x in y %} {# c #} ${7*7} #{7}",
    "{issuer} {0} {0.__class__} %(x)s %s",
    "line one\nLevel: 1 of 4\r\nline three\u2028four\u2029five\x85six\x0bseven\x0ceight",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\x00\x01\x07\x08\x7f\x9b31m",
    "\u202egnihtemos\u202c \u2066x\u2069 \u200f\u200e\u061c",
    "זהירות בנסיעות لا تسافر",
    "pa\u200by\u200cp\u200da\u2060l\ufeff \u00ad\u180e",
    "Z" + "\u0351" * 300,
    "\ud800 \udfff lone",
    "&lt;b&gt; &#60; &amp;",
    "\\ \\\\ \\* trailing \\",
    "| a | b |\n|---|---|",
    "\t \u00a0\u3000 \u2003",
    "\u3164\u115f\u1160\uffa0",
    "</blockquote></p></body></html>",
    "<!--",
    "]]>",
    "<![CDATA[",
    "*",
    "_",
    "[",
    "](",
    "(",
    "`",
    "<",
    ">",
    "&",
    "@",
    "\n",
    " ",
)


@pytest.fixture
def raised() -> Telling:
    """China's foreign ministry raises its advice for Japan from level 2 to level 3."""
    return samples()[Kind.RAISED]


@pytest.fixture
def of_kind() -> Callable[..., Telling]:
    """The sample telling of a kind, with some of its event's values changed."""

    def make(kind: Kind, **changed: object) -> Telling:
        telling = samples()[kind]
        return replace(telling, event=replace(telling.event, **changed))

    return make


@pytest.fixture(scope="session")
def hostile() -> list[str]:
    """Ten thousand hostile strings, the same at every run: attacks alone, glued together, and cut at random."""
    dice = random.Random(20251114)
    texts = list(ATTACKS)
    while len(texts) < 10_000:
        parts = dice.choices(ATTACKS, k=dice.randint(1, 4))
        text = dice.choice(("", " ", "\n", "渡航", "a")).join(parts)
        start = dice.randrange(len(text))
        texts.append(text[start:] + dice.choice(("", "x", "*", "]", "\\")) if dice.random() < 0.5 else text)
    return texts
