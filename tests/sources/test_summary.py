"""The HTML of summaries becomes one line of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.sources import markup, summary


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain text", "plain text"),
        ("  white \n\u00a0 space\u200b ", "white space"),
        ("<p>one</p><p>two</p>", "one two"),
        ("a<br>b<br/>c", "a b c"),
        ("<ul><li>x</li><li>y</li></ul>", "x y"),
        ("避免<b>前往</b>日本", "避免前往日本"),
        ('see <a href="https://a.example/?x=1&amp;y=2">more</a>.', "see more."),
        ("<a href='u'>title</a>&nbsp;&nbsp;<font color=\"#6f6f6f\">Example Times</font>", "title Example Times"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ("5 < 6", "5 < 6"),
        ("<script>alert(1)</script><p>text</p>", "text"),
        ("<!-- hidden --><p>text</p>", "text"),
        ("<style>p{}</style>text", "text"),
        ("", ""),
    ],
)
def test_html_becomes_the_text_that_a_reader_sees(html: str, text: str) -> None:
    assert summary.text(html) == text


WORD = st.text(st.characters(categories=("Ll", "Lo")), min_size=1, max_size=6)
NODE = st.recursive(
    WORD,
    lambda inner: st.tuples(st.sampled_from(["p", "b", "a", "li", "div", "em", "strong"]), inner).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    ),
    max_leaves=4,
)


@given(st.lists(NODE, max_size=5))
def test_the_short_way_and_the_document_agree_on_ordinary_html(nodes: list[str]) -> None:
    html = "<div>" + "".join(nodes) + "</div>"
    assert summary.text(html) == " ".join(markup.blocks(html))
