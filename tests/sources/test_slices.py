"""A feed is cut at its entries without parsing, and no entry is ever lost by it."""

from __future__ import annotations

import io
import time

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd.sources import slices

RSS = "<rss version='2.0'><channel><title>t</title>{}</channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>{}</feed>"
RDF = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    "<channel rdf:about='c'><title>t</title><items><rdf:Seq><rdf:li rdf:resource='1'/></rdf:Seq></items></channel>"
    "{}</rdf:RDF>"
)


def ids(text: str) -> list[str]:
    """What the feed parser finds in ``text``."""
    result = feedparser.parse(io.BytesIO(text.encode()), sanitize_html=False, resolve_relative_uris=False)
    return [str(dict(entry).get("id")) for entry in result["entries"]]


def entry(number: int, name: str = "item", extra: str = "") -> str:
    inside = "id" if name == "entry" else "guid"
    return f"<{name}><{inside}>{number}</{inside}><title>n{number}</title>{extra}</{name}>"


@pytest.mark.parametrize(("frame", "name"), [(RSS, "item"), (ATOM, "entry"), (RDF, "item")])
def test_a_feed_is_cut_into_head_entries_and_tail(frame: str, name: str) -> None:
    first, second = entry(1, name), entry(2, name)
    text = frame.format(f"\n{first}\n {second}\n")
    found = slices.cut(text)
    assert found is not None
    assert found.entries == (first, second)
    assert ids(found.only(found.entries)) == ids(text)
    assert ids(found.only([second])) == ids(text)[1:]


def test_tags_inside_cdata_comments_and_instructions_are_not_taken_for_entries() -> None:
    noise = "<description><![CDATA[</item><item>]]></description><!-- </item> --><?php <item> ?>"
    text = RSS.format(entry(1, extra=noise) + "<!-- <item> between -->" + entry(2))
    found = slices.cut(text)
    assert found is not None
    assert found.entries == (entry(1, extra=noise), entry(2))


def test_elements_that_only_begin_like_an_entry_are_not_one() -> None:
    text = RSS.format("<items>3</items>" + entry(1, extra="<itemize/><entrypoint>x</entrypoint>"))
    found = slices.cut(text)
    assert found is not None
    assert len(found.entries) == 1


def test_attributes_and_white_space_in_the_tags_do_not_matter() -> None:
    text = RSS.format("<item rdf:about='a > b'\n><guid>1</guid></item >" + entry(2))
    found = slices.cut(text)
    assert found is not None
    assert found.entries[0] == "<item rdf:about='a > b'\n><guid>1</guid></item >"


@pytest.mark.parametrize(
    ("reason", "inside"),
    [
        ("no entries", ""),
        ("an entry inside an entry", "<item><item></item></item>"),
        ("two kinds of entries", entry(1) + entry(2, "entry")),
        ("an end that is missing", entry(1) + "<item><title>cut off"),
        ("an end without a beginning", entry(1) + "</item>"),
        ("a self-closing entry", "<item/>" + entry(1)),
        ("a self-closing entry at the end", entry(1) + "<item/>"),
        ("an element between entries", entry(1) + "<image><url>u</url></image>" + entry(2)),
        ("text between entries", entry(1) + "text" + entry(2)),
        ("a prefixed entry", entry(1) + "<rss:item><guid>2</guid></rss:item>"),
        ("an unclosed comment", entry(1) + "<!-- never ends"),
        ("an unclosed CDATA section", "<item><title><![CDATA[never ends</title></item>"),
        ("an unclosed instruction", entry(1) + "<?never ends"),
        ("names in other case at the two ends", "<Item><guid>1</guid></item>"),
    ],
)
def test_doubt_leaves_the_whole_feed_to_the_parser(reason: str, inside: str) -> None:
    assert slices.cut(RSS.format(inside)) is None, reason


def test_a_document_type_leaves_the_whole_feed_to_the_parser() -> None:
    assert slices.cut("<!DOCTYPE rss [<!ENTITY x '<item>'>]>" + RSS.format(entry(1))) is None


def test_the_fingerprint_tells_one_changed_character() -> None:
    assert slices.fingerprint(entry(1)) == slices.fingerprint(entry(1))
    assert slices.fingerprint(entry(1)) != slices.fingerprint(entry(1) + " ")
    assert len(slices.fingerprint("é")) == 32


TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x3100, exclude_characters="<>&]"), max_size=12)
INSIDE = st.one_of(
    TEXT,
    TEXT.map(lambda text: f"<![CDATA[{text}<item><b>{text}</item>]]>"),
    TEXT.map(lambda text: f"&lt;item&gt;{text}&lt;/item&gt;"),
    TEXT.map(lambda text: f"<!-- <entry> {text.replace('-', '')} -->"),
    st.just("<?target <item> ?>"),
    st.just("<x:nested xmlns:x='urn:x'><x:deep a='1>2'/></x:nested>"),
)
GAP = st.sampled_from(["", "\n", "  ", "<!-- <item> -->", "\n<!--x-->\n", "<link>http://a/</link>", "\ufeff"])


@given(
    st.sampled_from([(RSS, "item"), (ATOM, "entry"), (RDF, "item")]),
    st.lists(st.tuples(INSIDE, GAP), max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_every_entry_that_the_parser_finds_is_in_exactly_one_slice(
    kind: tuple[str, str], parts: list[tuple[str, str]]
) -> None:
    frame, name = kind
    body = "".join(
        entry(number, name, f"<summary>{inside}</summary>") + gap for number, (inside, gap) in enumerate(parts)
    )
    text = frame.format(body)
    found = slices.cut(text)
    if found is None:
        return
    whole = ids(text)
    assert len(found.entries) == len(whole) == len(parts)
    assert [ids(found.only([one])) for one in found.entries] == [[name] for name in whole]


@given(st.text(st.sampled_from("<>/!-[]?itemenryCDATA \"'=x:\n")), st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_cut_or_left_alone(head: str, tail: str) -> None:
    text = f"{head}<item>{tail}</item>{head}"
    found = slices.cut(text)
    if found is not None:
        assert text.startswith(found.head)
        assert text.endswith(found.tail)
        assert all(one in text for one in found.entries)


def test_a_long_feed_without_ends_is_given_up_in_linear_time() -> None:
    for opening in ("<item>", "<![CDATA[", "<!-- ", "<item><title>x</title>"):
        begun = time.process_time()
        slices.cut(opening * 20_000)
        assert time.process_time() - begun < 2
