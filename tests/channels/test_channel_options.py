"""Options: what is right is taken, what is wrong is told in one sentence each, and values are never shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from advisoryd.channels.options import Options, SecretUnreadable, is_web_address, problems_of, reveal, settled
from advisoryd.model.config import ChannelSpec
from advisoryd.model.secret import Secret, plain

Spec = Callable[..., ChannelSpec]


def told(spec: ChannelSpec, read: Callable[[Options], object]) -> list[str]:
    return problems_of(spec, read)


@pytest.mark.parametrize(
    ("read", "right", "wrong", "sentence"),
    [
        (lambda o: o.text("x"), "word", "two\nlines", "Option 'x' must be one line of text."),
        (lambda o: o.text("x"), "word", "  ", "Option 'x' must be one line of text."),
        (lambda o: o.texts("x"), ["a", "b"], [], "Option 'x' must be a list of one or more texts."),
        (lambda o: o.texts("x"), "a", ["a\x00"], "Option 'x' must be a list of one or more texts."),
        (lambda o: o.whole("x", 1, 1, 9), 9, 10, "Option 'x' must be a whole number from 1 to 9."),
        (lambda o: o.whole("x", 1, 1, 9), 1, True, "Option 'x' must be a whole number from 1 to 9."),
        (lambda o: o.seconds("x", 1, 1, 9), 1.5, "1.5", "Option 'x' must be a number of seconds from 1 to 9."),
        (lambda o: o.flag("x", False), True, "yes", "Option 'x' must be true or false."),
        (lambda o: o.choice("x", ("a", "b"), "a"), "b", "c", "Option 'x' must be one of: a, b."),
        (lambda o: o.table("x"), {"a": "b"}, {"a": "b\r\nc"}, "Option 'x' must be a table of texts, each on one line."),
        (
            lambda o: o.server("x"),
            "https://a.example/",
            "a.example",
            "Option 'x' must be an address that starts with https:// or http://.",
        ),
    ],
)
def test_an_option_is_taken_or_told(
    spec: Spec, read: Callable[[Options], object], right: Any, wrong: Any, sentence: str
) -> None:
    assert told(spec("k", x=right), read) == []
    assert told(spec("k", x=wrong), read) == [sentence]


def test_a_missing_option_is_called_missing(spec: Spec) -> None:
    assert told(spec("k"), lambda o: o.text("host")) == ["Option 'host' is missing; it must be one line of text."]


def test_all_problems_are_told_at_once(spec: Spec) -> None:
    wrong = spec("k", port="x", colour="red")
    assert len(told(wrong, lambda o: (o.text("host"), o.whole("port", 1, 1, 9), o.secret("token")))) == 4


def test_a_misspelt_option_is_recognised(spec: Spec) -> None:
    sentence = told(spec("k", tokn="s3cret"), lambda o: o.optional_secret("token"))[0]
    assert sentence == "Option 'tokn' is unknown to a channel of type 'k'; did you mean 'token'?"


def test_an_option_like_no_other_gets_the_list(spec: Spec) -> None:
    sentence = told(spec("k", zzz=1), lambda o: (o.text("b", ""), o.text("a", "")))[0]
    assert sentence == "Option 'zzz' is unknown to a channel of type 'k'; known are: a, b, templates."


def test_settings_are_not_made_of_a_wrong_configuration(spec: Spec) -> None:
    with pytest.raises(ValueError, match="channel 'chat': Option 'x' must be true or false"):
        settled(spec("k", x=1), lambda o: o.flag("x", True))


def test_a_secret_may_stand_among_the_options_but_is_wrapped(spec: Spec) -> None:
    secret = Options(spec("k", token="s3cret")).secret("token")
    assert reveal(secret) == "s3cret"
    assert "s3cret" not in repr(secret)


def test_an_unreadable_secret_names_its_origin(spec: Spec, unreadable: Secret) -> None:
    assert told(spec("k", secrets={"token": unreadable}), lambda o: o.secret("token")) == [
        "A secret cannot be read from its file /etc/advisoryd/gone: No such file or directory."
    ]


def test_an_empty_secret_is_told(spec: Spec) -> None:
    secret = plain("\n", "file /etc/advisoryd/token")
    assert told(spec("k", secrets={"token": secret}), lambda o: o.secret("token")) == [
        "'token' (file /etc/advisoryd/token) is empty."
    ]


def test_a_missing_secret_is_told_once(spec: Spec) -> None:
    assert told(spec("k"), lambda o: o.secret("token")) == ["'token' or 'token_file' is missing."]


def test_a_line_end_in_a_secret_file_does_no_harm() -> None:
    assert reveal(plain("s3cret\n")) == "s3cret"


def test_a_secret_that_is_no_text_is_unreadable() -> None:
    secret = Secret(lambda: b"\xff".decode(), "file /etc/advisoryd/token")
    with pytest.raises(SecretUnreadable, match="it is not UTF-8 text"):
        reveal(secret)


def test_a_channel_without_its_url_says_how_to_give_one(spec: Spec) -> None:
    assert told(spec("webhook"), lambda o: o.web_address()) == [
        "A channel of type 'webhook' needs 'url' or 'url_file'."
    ]


def test_an_empty_url_is_told(spec: Spec) -> None:
    assert told(spec("webhook", url=" \n"), lambda o: o.web_address()) == [
        "The url (file /etc/advisoryd/chat.url) is empty."
    ]


def test_a_url_that_is_no_web_address_is_not_shown(spec: Spec) -> None:
    sentences = told(spec("webhook", url="discord://s3cret"), lambda o: o.web_address())
    assert sentences == [
        "The url (file /etc/advisoryd/chat.url) must be an address that starts with https:// or http://."
    ]


@pytest.mark.parametrize("address", ["ftp://a.example", "https://", "https://a b", "http://[", "a.example", ""])
def test_what_is_no_web_address(address: str) -> None:
    assert not is_web_address(address)
