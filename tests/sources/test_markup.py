"""HTML as blocks, sections and elements."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.reading import Unreadable
from advisoryd.model.record import Section
from advisoryd.sources import markup
from advisoryd.sources.markup import Block, Kind, Page


def test_text_is_gathered_under_its_headings() -> None:
    found = markup.sections("intro<h2>Risk <b>levels</b></h2><p>Avoid all travel.</p><h3>Crime</h3><p>High.</p>")
    assert found == (
        Section("", ("intro",)),
        Section("Risk levels", ("Avoid all travel.",)),
        Section("Crime", ("High.",)),
    )


def test_two_paragraphs_never_run_together() -> None:
    assert markup.blocks("<p>a</p><p>b</p>after<div><p>c</p>d</div>") == ("a", "b", "after", "c", "d")


def test_words_that_only_change_their_type_stay_together() -> None:
    assert markup.blocks("<p>due to <b>crime</b>,&nbsp;<i>unrest</i></p>") == ("due to crime, unrest",)


def test_a_line_break_ends_a_block_except_in_a_heading() -> None:
    assert markup.outline("<h2>A<br>B</h2><p>c<br>d</p>") == (
        Block(Kind.HEADING, "A B"),
        Block(Kind.TEXT, "c"),
        Block(Kind.TEXT, "d"),
    )


def test_a_table_row_is_one_block() -> None:
    assert markup.blocks("<table><tr><td>Mali</td><td>Level 4</td></tr><tr><td>Fiji</td></tr></table>") == (
        "Mali Level 4",
        "Fiji",
    )


def test_list_items_know_how_deep_they_lie() -> None:
    found = markup.outline("<ul><li>Chiapas, excluding:<ul><li>Palenque</li></ul></li><li>Colima</li></ul><p>end")
    assert [(block.kind, block.depth, block.text) for block in found] == [
        (Kind.ITEM, 1, "Chiapas, excluding:"),
        (Kind.ITEM, 2, "Palenque"),
        (Kind.ITEM, 1, "Colima"),
        (Kind.TEXT, 0, "end"),
    ]


def test_empty_headings_and_items_leave_no_trace() -> None:
    assert markup.outline("<h2></h2><ul><li></li></ul><p>text</p>") == (Block(Kind.TEXT, "text"),)


def test_chapters_keep_the_kinds_of_their_blocks() -> None:
    found = markup.chapters(markup.outline("<p>a</p><h2>Empty</h2><h2>Full</h2><ul><li>b</li></ul>"))
    assert found == [("", [Block(Kind.TEXT, "a")]), ("Empty", []), ("Full", [Block(Kind.ITEM, "b", 1)])]


def test_headings_without_text_are_sections_without_blocks() -> None:
    assert markup.sections("<h2>Empty</h2><h3>Full</h3><p>x</p>") == (Section("Empty", ()), Section("Full", ("x",)))


def test_scripts_styles_comments_and_the_head_are_not_text() -> None:
    page = (
        "<head><title>T</title><style>p{}</style></head><!-- no --><p>yes<script>no()</script><template>no</template>"
    )
    assert Page(page).blocks() == ("yes",)


def test_elements_are_found_by_selector_with_their_attributes() -> None:
    page = Page('<main><a href="/x" title="">One</a><a class=b>Two</a></main>')
    assert [link.text for link in page.all("a")] == ["One", "Two"]
    first = page.first("main a")
    assert first is not None
    assert (first.tag, first.attr("href"), first.attr("title"), first.attr("id")) == ("a", "/x", "", "")
    assert first.html == '<a href="/x" title="">One</a>'
    assert page.first("table") is None


def test_an_empty_page_has_nothing_in_it() -> None:
    assert markup.sections(" ") == markup.blocks("") == markup.outline("\n") == ()
    assert Page("").text == ""


def test_a_page_of_many_flat_elements_is_read() -> None:
    assert len(markup.blocks("<p>x<br>y</p>" * 15_000)) == 30_000


def test_a_tower_of_elements_is_refused_at_once() -> None:
    begin = time.process_time()
    with pytest.raises(Unreadable) as refusal:
        Page("<div>" * 100_000 + "x")
    assert refusal.value.kind == "wrong-shape"
    assert time.process_time() - begin < 1


@given(st.text(alphabet="<>/abhlipu123& ;\"'=\x00\u00a0", max_size=200))
def test_any_text_is_a_page(html: str) -> None:
    page = Page(html)
    assert all(block and block == block.strip() for block in page.blocks())
    assert sum(len(section.blocks) for section in page.sections()) <= len(page.blocks())
