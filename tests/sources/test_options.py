"""The options of a source are checked, and every mistake gets one clear sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from advisoryd.model.source import Source
from advisoryd.sources import options
from advisoryd.sources.options import OptionError

RULES: dict[str, tuple[options.Rule, str]] = {
    "url": (options.is_address, "an http or https address"),
    "zone": (options.is_zone, "a time zone"),
}


def source(**values: object) -> Source:
    return Source(id="mine", issuer="CN", name="n", reader="feed", options=values)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("6h", timedelta(hours=6)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
        (" 1.5h ", timedelta(minutes=90)),
        ("15", None),
        ("m", None),
        ("15 minutes", None),
        ("-1h", None),
        ("", None),
    ],
)
def test_a_length_of_time_is_a_number_and_a_unit(text: str, length: timedelta | None) -> None:
    assert options.duration(text) == length


def test_good_options_have_no_problems() -> None:
    assert options.problems(source(url="https://a.example/x", zone="Asia/Tokyo"), RULES, required=("url",)) == []


def test_a_missing_option_is_named_with_what_it_must_be() -> None:
    (sentence,) = options.problems(source(), RULES, required=("url",))
    assert sentence == 'Source "mine": the option "url" is missing: it must be an http or https address.'


def test_a_wrong_value_is_named_without_being_repeated() -> None:
    (sentence,) = options.problems(source(url="ftp://user:secret@a.example"), RULES, required=("url",))
    assert sentence == 'Source "mine": the option "url" must be an http or https address.'


def test_an_unknown_option_is_named_with_the_likeliest_or_all_there_are() -> None:
    near, far = options.problems(source(ulr="x", colour="red"), RULES, required=())
    assert near.endswith('"ulr" is not known here; did you mean "url"?')
    assert far.endswith('"colour" is not known here; known are url, zone.')


def test_requiring_raises_with_all_that_was_found() -> None:
    options.require([])
    with pytest.raises(OptionError, match=r"one\. two\."):
        options.require(["one.", "two."])


@pytest.mark.parametrize(
    "value", [None, 1, "", "a.example", "https://", "file:///etc/passwd", "https://[x", ["https://a"]]
)
def test_what_is_no_address(value: object) -> None:
    assert not options.is_address(value)


@pytest.mark.parametrize("value", [None, 1, "", "Tokyo", "../../etc/passwd", "Asia/", "\x00"])
def test_what_is_no_zone(value: object) -> None:
    assert not options.is_zone(value)


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ({"red": 4, "amber": 2}, True),
        ({}, True),
        ({"red": 5}, False),
        ({"red": "4"}, False),
        ({"": 1}, False),
        ("red", False),
    ],
)
def test_level_words_map_to_the_steps_of_the_ladder(value: object, good: bool) -> None:
    assert options.is_level_map(value) is good
