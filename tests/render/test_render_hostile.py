"""Nothing a stranger writes can format, link, mention, run, reorder or start a line of its own, in any form."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from advisoryd.model.event import Change, Event, Facet, Kind
from advisoryd.model.message import Form, Limits, Message
from advisoryd.model.record import Item, Stamp
from advisoryd.render import Bundle, Passage, Telling, render
from advisoryd.render.clean import clean
from advisoryd.render.escape import escape
from advisoryd.render.samples import samples

OURS = "https://www.example.org/advice/japan?lang=zh&view=full"
FORMS = (Form.PLAIN, Form.SHORT, Form.MARKDOWN, Form.SLACK, Form.HTML, Form.EMAIL)
ROOM_MENTION = re.compile(r"@(everyone|here|channel|all|room)\b", re.IGNORECASE)
HTML_TAGS = frozenset({"b", "br", "i", "a", "blockquote"})
MAIL_TAGS = frozenset(
    "html head meta title style body div p h1 h2 h3 ul ol li blockquote section dl dt dd a b ins del span".split()
)


class Tags(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.declarations: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_decl(self, decl: str) -> None:
        self.declarations.append(decl)

    def handle_comment(self, data: str) -> None:
        self.declarations.append(data)

    def handle_pi(self, data: str) -> None:
        self.declarations.append(data)


def telling_of(words: Iterator[str]) -> Telling:
    """The words of strangers in every place where strangers' words may stand."""
    event = replace(
        samples()[Kind.AMENDED].event,
        url=OURS,
        name=next(words),
        native_before=next(words),
        native_after=next(words),
        title=next(words),
        summary=next(words),
        destination="",
        language=next(words)[:12],
        issued_at=Stamp(samples()[Kind.RAISED].event.at, next(words)),
        changes=tuple(Change(facet, next(words), next(words)) for facet in Facet),
    )
    passages = tuple(Passage(next(words), next(words)) for _ in range(20))
    return Telling(
        event=event,
        issuer_name=next(words),
        attribution=next(words),
        why=next(words),
        subscription=next(words),
        added=passages[:10],
        removed=passages[10:],
        item=Item(key="", title="", language="", outlet=next(words)),
        timeline=(report_of(words, event),),
        earlier=report_of(words, event),
    )


def report_of(words: Iterator[str], event: Event) -> Event:
    return replace(event, kind=Kind.BULLETIN, title=next(words), changes=())


def assert_inert(message: Message, form: Form) -> None:
    assert "\n" not in message.title
    for text in (message.title, message.body):
        assert not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Co")]
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200e\u200f")
        assert text.count("\u2068") == text.count("\u2069")
    if form is Form.EMAIL:
        assert_tags(message.html, MAIL_TAGS)
    else:
        assert not ROOM_MENTION.search(message.body)
    {Form.MARKDOWN: assert_markdown, Form.SLACK: assert_slack, Form.HTML: assert_html}.get(form, len)(message.body)


def assert_markdown(body: str) -> None:
    tokens = [
        token for block in MarkdownIt().enable("strikethrough").parse(body) for token in (block.children or [block])
    ]
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "html_inline", "image", "fence", "code_block", "code_inline", "s_open", "hr"}
    assert not kinds & {"heading_open", "table_open"}
    links = {token.attrGet("href") for token in tokens if token.type == "link_open"}
    assert links <= {OURS}


def assert_slack(body: str) -> None:
    rest = body.replace(f"<{OURS.replace('&', '&amp;')}|", "").replace("Official page>", "").replace("Article>", "")
    assert not re.search(r"<", rest)
    assert not [line for line in rest.split("\n") if ">" in line[1:]]


def assert_html(body: str) -> None:
    assert_tags(body, HTML_TAGS)


def assert_tags(page: str, allowed: frozenset[str]) -> None:
    seen = Tags(page)
    assert set(seen.tags) <= allowed
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name in ("src", "srcset", "background")]
    assert {value for name, value in seen.attributes if name == "href"} <= {OURS}
    assert seen.declarations in ([], ["doctype html"])


@pytest.mark.parametrize("form", FORMS)
def test_ten_thousand_hostile_strings_stay_text(hostile: list[str], form: Form) -> None:
    words = iter(hostile)
    tellings = []
    while True:
        try:
            tellings.append(telling_of(words))
        except (StopIteration, RuntimeError):
            break
    assert len(tellings) > 90
    for telling in tellings:
        assert_inert(render(telling, form=form), form)


@pytest.mark.parametrize("form", FORMS)
def test_a_bundle_of_hostile_bulletins_stays_text_within_its_limit(hostile: list[str], form: Form) -> None:
    words = iter(hostile)
    tellings = tuple(Telling(event=report_of(words, samples()[Kind.BULLETIN].event)) for _ in range(40))
    numbered = tuple(replace(told, event=replace(told.event, id=str(i), url=OURS)) for i, told in enumerate(tellings))
    message = render(Bundle(tellings=numbered), form=form, limits=Limits(title=60, body=2000))
    assert_inert(message, form)
    assert len(message.body) <= 2000


@given(st.text(max_size=80), st.sampled_from(FORMS), st.integers(min_value=1, max_value=600))
@settings(max_examples=150, deadline=None)
def test_any_text_at_any_limit_stays_text(text: str, form: Form, limit: int) -> None:
    event = replace(samples()[Kind.BULLETIN].event, title=text, summary=text, url=OURS)
    message = render(Telling(event=event, why=text), form=form, limits=Limits(title=limit, body=limit))
    assert_inert(message, form)
    assert len(message.title) <= limit
    assert 0 < len(message.body) <= limit


def test_markdown_reads_back_as_the_very_words(hostile: list[str]) -> None:
    reader = MarkdownIt()
    for text in hostile:
        said = clean(text)
        inline = reader.parseInline(escape(said, Form.MARKDOWN))[0]
        read = "".join(token.content for token in inline.children or [])
        assert read.replace("\u200b", "") == said.replace("\u200b", "")


def test_strangers_cannot_start_a_line(hostile: list[str]) -> None:
    """As many lines as with harmless words, so none of theirs stands where one of ours would."""
    harmless = render(telling_of(f"word {number}" for number in range(200)), form=Form.PLAIN).body.count("\n")
    telling = telling_of(f"{number} {text} z" for number, text in enumerate(hostile))
    assert render(telling, form=Form.PLAIN).body.count("\n") == harmless


def test_template_syntax_is_only_text(raised: Telling) -> None:
    event = replace(raised.event, native_after="{{ 7 * 7 }}{% raise %}{issuer}{0.__class__}%(x)s")
    assert (
        "{{ 7 * 7 }}{% raise %}{issuer}{0.__class__}%(x)s" in render(replace(raised, event=event), form=Form.PLAIN).body
    )


@pytest.mark.parametrize("form", [Form.SLACK, Form.MARKDOWN, Form.PLAIN, Form.HTML])
def test_nobody_wakes_the_whole_room(raised: Telling, form: Form) -> None:
    event = replace(raised.event, native_after="<!channel> @everyone <@U024BE7LH> mail@here.example")
    body = render(replace(raised, event=event), form=form).body
    assert "<!channel>" not in body
    assert "@everyone" not in body
    assert "<@U024BE7LH>" not in body
    assert "@\u200beveryone" in body


def test_json_keeps_the_very_words_of_strangers(hostile: list[str]) -> None:
    for text in hostile[:200]:
        event = replace(samples()[Kind.BULLETIN].event, title=text, native_after=text)
        data = json.loads(render(Telling(event=event), form=Form.JSON).body)
        assert data["title"] == text.encode("utf-8", "replace").decode()
        assert data["levels"]["native_after"] == data["title"]


def test_right_to_left_words_cannot_reorder_the_sentence(raised: Telling) -> None:
    event = replace(raised.event, kind=Kind.BULLETIN, title="ירושלים 5")
    assert "notice for Japan: \u2068ירושלים 5\u2069" in render(replace(raised, event=event), form=Form.PLAIN).body
