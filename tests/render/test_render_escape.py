"""What each form's escape does to characters that mean something there, and that it leaves all others alone."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from advisoryd.model.message import Form
from advisoryd.render.clean import address, clean
from advisoryd.render.escape import escape

ZWSP = "\u200b"
TEXT_FORMS = (Form.PLAIN, Form.SHORT, Form.MARKDOWN, Form.SLACK, Form.HTML, Form.EMAIL)


@pytest.mark.parametrize("form", TEXT_FORMS)
@pytest.mark.parametrize(
    "text",
    [
        "Level 3 (reconsider travel), before: unknown; 50% – “quoted” 'single' 12:30 + 3 = 4/2?",
        "近期避免前往日本。",
        "Vor Reisen nach Mali wird gewarnt!",
        "L’Égypte, c’est où\u00a0?",
    ],
)
def test_ordinary_text_stays_as_it_is(form: Form, text: str) -> None:
    assert unescape(escape(text, form)) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*bold* _under_ ~~gone~~ `code`", r"\*bold\* \_under\_ \~\~gone\~\~ \`code\`"),
        ("[a](https://evil.example)", r"\[a\](https\://evil.example)"),
        ("<b>", r"\<b\>"),
        ("||spoiler||", r"\|\|spoiler\|\|"),
        ("# heading", r"\# heading"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("1. item", r"1\. item"),
        ("12) item", r"12\) item"),
        ("2025-11-14", "2025-11-14"),
        ("a - b + c # d", "a - b + c # d"),
        ("&lt; & &#60;", r"\&lt; & \&#60;"),
        ("www.evil.example", r"www\.evil.example"),
        ("back\\slash", r"back\\slash"),
    ],
)
def test_markdown_characters_lose_their_meaning(text: str, escaped: str) -> None:
    assert escape(text, Form.MARKDOWN) == escaped


@given(st.text(max_size=60))
def test_any_line_reads_back_from_markdown_as_it_was(text: str) -> None:
    said = clean(text)
    tokens = MarkdownIt().parse(escape(said, Form.MARKDOWN) or "x")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    read = "".join(token.content for token in tokens[1].children or [])
    assert read.replace(ZWSP, "") == (said or "x").strip()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<https://evil.example|Official page>", "&lt;https://evil.example|Official page&gt;"),
        ("R&D", "R&amp;D"),
        ("*bold* ~gone~ `code`", "∗bold∗ ∼gone∼ ˋcodeˋ"),
        ("_under_", "ˍunderˍ"),
        ("snake_case_name", "snake_case_name"),
        ("<!channel>", "&lt;!channel&gt;"),
    ],
)
def test_slack_characters_lose_their_meaning(text: str, escaped: str) -> None:
    assert escape(text, Form.SLACK) == escaped


@pytest.mark.parametrize("form", [Form.HTML, Form.EMAIL])
@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<script>", "&lt;script&gt;"),
        ('" onclick="x', "&quot; onclick=&quot;x"),
        ("it's", "it&#x27;s"),
        ("a & b", "a &amp; b"),
    ],
)
def test_html_characters_lose_their_meaning(form: Form, text: str, escaped: str) -> None:
    assert escape(text, form) == escaped


@given(st.text())
def test_html_reads_back_as_it_was(text: str) -> None:
    said = clean(text)
    assert unescape(escape(said, Form.HTML)).replace(ZWSP, "") == said


@pytest.mark.parametrize("form", TEXT_FORMS)
@pytest.mark.parametrize(
    ("text", "woken"),
    [
        ("@everyone", True),
        ("(@here)", True),
        ("x@Channel y", True),
        ("@all", True),
        ("@room", True),
        ("@somebody", True),
        ("help@mfa.example", False),
        ("first.last@roomy.example", False),
        ("a @ b", False),
    ],
)
def test_mentions_are_broken_and_mail_addresses_are_not(form: Form, text: str, woken: bool) -> None:
    assert (f"@{ZWSP}" in escape(text, form)) == woken


@pytest.mark.parametrize("text", ["<@123>", "<!channel>", "<#general>", "<:emoji:1>", "<@&5>"])
def test_plain_text_that_ends_in_a_chat_refers_to_nobody(text: str) -> None:
    assert escape(text, Form.PLAIN).startswith(f"<{ZWSP}")


def test_comparisons_in_plain_text_are_left_alone() -> None:
    assert escape("a < b > c <d>", Form.PLAIN) == "a < b > c <d>"


@pytest.mark.parametrize(
    ("form", "written"),
    [
        (Form.PLAIN, "https://example.org/a_b?c=1&d=*"),
        (Form.SHORT, "https://example.org/a_b?c=1&d=*"),
        (Form.MARKDOWN, "https://example.org/a_b?c=1&d=*"),
        (Form.SLACK, "https://example.org/a_b?c=1&amp;d=*"),
        (Form.HTML, "https://example.org/a_b?c=1&amp;d=*"),
        (Form.EMAIL, "https://example.org/a_b?c=1&amp;d=*"),
    ],
)
def test_an_address_is_written_so_that_it_still_leads_there(form: Form, written: str) -> None:
    assert escape(address("https://example.org/a_b?c=1&d=*"), form) == written.replace("*", "%2A")
