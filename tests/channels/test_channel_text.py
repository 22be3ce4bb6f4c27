"""The last look at text: harmless, short enough, with its link."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.channels import text

LINK = "https://www.gov.uk/foreign-travel-advice/japan"
CHARACTERS = st.text(st.characters() | st.sampled_from("\x00\x1b\u202e\u2066\ud83d\r\n\t "))


@given(CHARACTERS)
def test_cleaned_text_holds_no_harmful_character_and_can_be_encoded(raw: str) -> None:
    cleaned = text.clean(raw)
    cleaned.encode()
    assert not any(char in cleaned for char in "\x00\x1b\x7f\x85\u202a\u202e\u2066\u2028\r")


def test_every_kind_of_line_break_becomes_a_plain_one() -> None:
    assert text.clean("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch") == "a\nb\nc\nd\ne\nf\ng\nh"


def test_letters_of_every_script_and_their_joiners_are_left_alone() -> None:
    kept = "日本 ישראל العربية می‌خواهم 👩‍👩‍👧 café \u2068عمان\u2069"
    assert text.clean(kept) == kept


@given(CHARACTERS)
def test_a_line_is_one_line(raw: str) -> None:
    assert len(text.line(raw).splitlines()) <= 1
    assert text.line(raw) == text.line(raw).strip()


def test_a_terminal_sees_control_characters_as_pictures() -> None:
    assert text.visible("\x1b[31mred\x07\n\x9b2J\u202e") == "␛[31mred␇\n2J"


@pytest.mark.parametrize("word", ["@everyone", "@here", "@channel", "@all", "@room", "@Everyone"])
def test_words_that_wake_a_room_are_broken(word: str) -> None:
    assert word not in text.unmentioned(f"see {word}!")


@pytest.mark.parametrize("reference", ["<!channel>", "<@U0123>", "<@&81>", "<#C01>", "<users/all>"])
def test_references_are_broken(reference: str) -> None:
    assert reference not in text.unmentioned(f"see {reference}")


def test_breaking_twice_changes_nothing_more_and_addresses_stay() -> None:
    once = text.unmentioned("@everyone <!here> ops@allied.example @alliance")
    assert text.unmentioned(once) == once
    assert "ops@allied.example @alliance" in once


def test_text_within_the_limit_is_left_alone() -> None:
    assert text.fit("short", 5) == "short"
    assert text.fit("any length at all", None) == "any length at all"


def test_a_cut_falls_between_words() -> None:
    assert text.fit("Avoid all travel to the border region", 20) == "Avoid all travel to…"


def test_a_link_that_would_be_lost_is_put_at_the_end() -> None:
    shortened = text.fit(f"{'word ' * 100}\n{LINK}", 120, LINK)
    assert shortened.endswith(f"word…\n{LINK}")
    assert len(shortened) <= 120


def test_a_link_near_the_beginning_is_not_repeated() -> None:
    shortened = text.fit(f"{LINK} {'word ' * 100}", 120, LINK)
    assert shortened.count(LINK) == 1


def test_a_link_that_the_text_never_had_is_not_added() -> None:
    assert LINK not in text.fit("word " * 100, 120, LINK)


def test_a_link_is_never_cut_in_two() -> None:
    assert text.fit(f"詳細はこちら{LINK}を見てください", 20) == "詳細はこちら…"


def test_a_reference_of_markup_is_never_cut_in_two() -> None:
    assert text.fit("See <https://example.org|the whole long notice> for more", 30) == "See…"


def test_an_isolate_that_the_cut_leaves_open_is_closed() -> None:
    assert text.fit("a \u2068עברית עברית עברית\u2069 b", 16) == "a \u2068עברית עברית\u2069…"


@given(
    st.lists(st.sampled_from(["word", "日本", "👩‍👩‍👧", "\n", " ", LINK, "<b>", "x" * 50, "\u2068", "\u2069"])).map(
        "".join
    ),
    st.integers(0, 200),
    st.sampled_from([len, text.utf8, text.utf16]),
)
def test_no_limit_is_ever_exceeded(raw: str, limit: int, size: object) -> None:
    measure = size if callable(size) else len
    shortened = text.fit(raw, limit, LINK, measure)
    assert measure(shortened) <= max(limit, 0)
    if LINK in raw and limit >= text.utf8(LINK) + 4:
        assert LINK in shortened


@given(st.text("a ", min_size=90).map(lambda words: f"{words} {LINK}"), st.integers(60, 80))
def test_the_link_survives_every_cut_that_leaves_room_for_it(raw: str, limit: int) -> None:
    assert LINK in text.fit(raw, limit, LINK)


def test_sizes_are_those_of_the_receivers() -> None:
    assert (len("👍"), text.utf16("👍"), text.utf8("👍")) == (1, 2, 4)


def test_markup_turned_into_plain_text() -> None:
    assert text.unmarked("<b>Raised</b> to 3 &amp; more<br>Next<p>Last</p>") == "Raised to 3 & more\nNextLast\n"


def test_secrets_are_replaced_in_every_spelling() -> None:
    hidden = text.secret_parts("https://user:s3cr%2Ft@host.example/hooks/T0KEN?key=abcd1234")
    said = "refused user s3cr%2Ft s3cr/t at /hooks/T0KEN with abcd1234\nhost.example"
    assert text.redacted(said, hidden) == "refused *** *** *** at /***/*** with *** ***"


def test_json_survives_half_characters() -> None:
    raw = {"a": "x\ud83dy", "b": ["\udc00", {"\ud800": 1}], "c": None}
    assert json.loads(text.json_bytes(raw)) == {"a": "x\ufffdy", "b": ["\ufffd", {"\ufffd": 1}], "c": None}
