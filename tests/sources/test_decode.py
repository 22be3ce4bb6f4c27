"""Bytes as text: the order of evidence, and that one bad byte is one bad character."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.model.reading import Document, Unreadable
from advisoryd.sources import decode

HINT = "Level 4 – Do Not Travel: Côte d’Ivoire"


def text(body: bytes, content_type: str = "", charset: str = "") -> str:
    return decode.text(Document("https://example.org/", body, content_type, charset))


def test_without_any_label_a_body_is_utf_8() -> None:
    assert text(HINT.encode()) == HINT


def test_the_charset_of_the_server_comes_first() -> None:
    body = '<?xml version="1.0" encoding="utf-8"?><t>渡航</t>'
    assert "渡航" in text(body.encode("shift_jis"), charset="Shift_JIS")
    assert "渡航" in text(body.encode("shift_jis"), content_type="text/xml; charset=shift_jis")


@pytest.mark.parametrize(
    "body",
    ['<?xml version="1.0" encoding="gb2312"?><t>暂勿前往</t>', '<html><head><meta charset="gb2312"><p>暂勿前往'],
)
def test_then_what_the_document_says_of_itself(body: str) -> None:
    assert "暂勿前往" in text(body.encode("gb18030"))


def test_a_seven_bit_charset_is_believed_although_its_bytes_are_ascii() -> None:
    assert text("渡航".encode("iso2022_jp"), charset="iso-2022-jp") == "渡航"


def test_valid_utf_8_is_utf_8_whatever_its_label_says() -> None:
    assert text(HINT.encode(), content_type="text/html; charset=ISO-8859-1") == HINT


def test_latin_1_means_windows_1252_as_in_every_browser() -> None:
    assert text("d’Ivoire – Côte".encode("cp1252"), charset="ISO-8859-1") == "d’Ivoire – Côte"


def test_a_byte_order_mark_decides_and_is_not_text() -> None:
    assert text(b"\xef\xbb\xbf" + HINT.encode(), charset="iso-8859-1") == HINT
    assert text(HINT.encode("utf-16"), charset="utf-8") == HINT


def test_a_lone_bad_byte_is_one_bad_character_and_changes_nothing_else() -> None:
    body = HINT.encode() * 3
    assert text(body[:5] + b"\xff" + body[5:]).replace("\ufffd", "") == HINT * 3


def test_a_body_in_another_charset_than_it_says_is_garbled() -> None:
    with pytest.raises(Unreadable) as refusal:
        text(("Préférer éviter " * 40).encode("cp1252"), charset="utf-8")
    assert refusal.value.kind == "garbled"
    assert "utf-8" in refusal.value.detail


def test_a_label_nobody_knows_is_passed_over() -> None:
    assert text(HINT.encode("utf-8"), charset="x-unheard-of") == HINT
    assert text(b"caf\xe9" + b" x" * 20, charset="rot13").startswith("caf\ufffd")


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "shift_jis", "big5", "iso-2022-jp", "utf-7", "idna"]))
def test_any_bytes_give_text_or_are_refused(body: bytes, charset: str) -> None:
    with suppress(Unreadable):
        assert isinstance(text(body, charset=charset), str)


def test_folding_takes_every_kind_of_space_and_nothing_visible() -> None:
    assert decode.fold("\u3000 A\u00a0\n\tB\u200b\ufeffC \u202fD\u00ad ") == "A BC D"
    assert decode.fold("") == ""


def test_markup_is_told_by_its_first_sign() -> None:
    assert decode.is_markup(Document("u", b"\xef\xbb\xbf\n <rss>"))
    assert not decode.is_markup(Document("u", b'[{"Title": "<b>"}]'))
