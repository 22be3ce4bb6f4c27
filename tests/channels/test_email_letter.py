"""The letter: its headers, its thread, and both halves of its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisoryd.channels.letter import Stationery, compose, mailbox, message_id, needs_utf8
from advisoryd.model.message import Message, Priority

Tell = Callable[..., Message]
WHEN = datetime(2025, 11, 14, 14, 12, tzinfo=UTC)
SENDER = mailbox("advisoryd <alerts@example.org>")
STATIONERY = Stationery(SENDER, "advisoryd.example.org")
RECIPIENT = mailbox("ops@example.org")
ALLOWED = {
    "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "auto-submitted", "list-id",
    "content-language", "mime-version", "content-type", "content-transfer-encoding",
}  # fmt: skip


def read_back(message: Message, stationery: Stationery = STATIONERY) -> EmailMessage:
    parsed = message_from_bytes(compose(message, stationery, RECIPIENT, WHEN).as_bytes(), policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_the_headers_that_machines_look_for(tell: Tell) -> None:
    letter = read_back(tell(language="ja"))
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "<advisoryd.example.org>"
    assert letter["Content-Language"] == "ja"
    assert letter["Date"] == "Fri, 14 Nov 2025 14:12:00 +0000"
    assert "List-Unsubscribe" not in letter


def test_an_https_address_unsubscribes_with_one_click(tell: Tell) -> None:
    letter = read_back(tell(), Stationery(SENDER, "l.example.org", "https://example.org/u?t=1"))
    assert letter["List-Unsubscribe"] == "<https://example.org/u?t=1>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_address_unsubscribes_without_the_click(tell: Tell) -> None:
    letter = read_back(tell(), Stationery(SENDER, "l.example.org", "mailto:leave@example.org"))
    assert letter["List-Unsubscribe"] == "<mailto:leave@example.org>"
    assert "List-Unsubscribe-Post" not in letter


def test_the_message_id_follows_from_the_key_alone(tell: Tell) -> None:
    assert read_back(tell(key="k"))["Message-ID"] == read_back(tell(key="k", title="other"))["Message-ID"]
    assert read_back(tell(key="k"))["Message-ID"] != read_back(tell(key="l"))["Message-ID"]
    assert message_id("\ud800", SENDER).endswith("@example.org>")


def test_all_messages_of_a_story_share_one_root(tell: Tell) -> None:
    first = read_back(tell(key="1"))
    later = read_back(tell(key="2", opens_story=False, reply_to=first["Message-ID"]))
    assert first["In-Reply-To"] == first["References"]
    assert later["References"].split() == [first["References"], first["Message-ID"]]
    assert later["In-Reply-To"] == first["Message-ID"]


def test_a_reference_of_another_channel_is_ignored(tell: Tell) -> None:
    letter = read_back(tell(reply_to="1731600000.000100"))
    assert letter["In-Reply-To"] == letter["References"]


def test_a_message_without_story_starts_no_thread(tell: Tell) -> None:
    assert "References" not in read_back(tell(story=""))


@pytest.mark.parametrize(
    ("priority", "importance"), list(zip(Priority, ("low", "low", None, "high", "high"), strict=True))
)
def test_importance(tell: Tell, priority: Priority, importance: str | None) -> None:
    assert read_back(tell(priority=priority))["Importance"] == importance


def test_a_prefix_stands_before_the_subject(tell: Tell) -> None:
    assert read_back(tell(), Stationery(SENDER, "l.example.org", "", "[advice]"))["Subject"].startswith(
        "[advice] China"
    )


def test_both_halves_are_complete(tell: Tell) -> None:
    letter = read_back(tell(body="Avoid 日本\nnow", html="<p>Avoid <b>日本</b></p>"))
    assert letter.get_content_type() == "multipart/alternative"
    plain, rich = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert plain.get_content().splitlines() == ["Avoid 日本", "now"]
    assert rich.get_content().splitlines() == ["<p>Avoid <b>日本</b></p>"]


def test_without_html_the_letter_is_plain(tell: Tell) -> None:
    assert read_back(tell()).get_content_type() == "text/plain"


def test_an_empty_body_is_filled_with_the_title(tell: Tell) -> None:
    assert read_back(tell(body="")).get_content().strip() == "China raises its advice on Japan"


def test_the_letter_passes_servers_that_take_seven_bits_and_short_lines(tell: Tell) -> None:
    letter = compose(
        tell(title="日本" * 80, body=f"{'日' * 3_000} {'x' * 3_000}"), STATIONERY, RECIPIENT, WHEN
    ).as_bytes()
    assert letter.isascii()
    assert max(map(len, letter.splitlines())) <= 998
    assert b"\n" not in letter.replace(b"\r\n", b"")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters() | st.sampled_from("\r\n\x00\u2028\u202e\ud83d<>@")))
def test_nothing_that_a_stranger_writes_becomes_a_header(tell: Tell, hostile: str) -> None:
    text = f"{hostile}\r\nBcc: victim@example.org\r\n\r\nbody"
    letter = read_back(tell(title=text, body=text, story=text, reply_to=text, language=text, key=text))
    assert set(map(str.lower, letter.keys())) <= ALLOWED
    assert letter["To"] == "ops@example.org"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ops@example.org", Address("", "ops", "example.org")),
        ("Ops <ops@example.org>", Address("Ops", "ops", "example.org")),
        ('"Ops, Berlin" <ops@example.org>', Address("Ops, Berlin", "ops", "example.org")),
        ("ops@bücher.example", Address("", "ops", "xn--bcher-kva.example")),
    ],
)
def test_what_is_a_mail_address(text: str, address: Address) -> None:
    assert mailbox(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "ops", "@example.org", "ops@", "a b@example.org", "ops@example.org, x@example.org", "a@b@c", "a@..example",
     "ops@example.org\r\nBcc: x@example.org", "a@" + "x" * 64 + ".example"],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        mailbox(text)


def test_only_letters_beyond_ascii_need_smtputf8() -> None:
    assert not needs_utf8(SENDER, RECIPIENT)
    assert needs_utf8(SENDER, mailbox("用户@example.org"))


def test_a_display_name_in_any_script_is_kept(tell: Tell) -> None:
    stationery = Stationery(mailbox("外務省 <a@example.org>"), "l.example.org")
    parsed: Any = read_back(tell(), stationery)["From"]
    assert parsed.addresses[0].display_name == "外務省"
