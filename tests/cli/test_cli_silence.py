"""Silences and acknowledgements from the command line, beside a daemon that may be running."""

from __future__ import annotations

import pytest

from .conftest import Home

DRILL = ("--reason", "typhoon drill", "--for", "3d")


def test_a_silence_is_made_listed_and_ended(own_home: Home) -> None:
    made = own_home("silence", "add", "--destination", "Japan", "--max-level", 2, *DRILL)
    assert made.status == 0
    assert made.out.startswith("silence 1 holds until ")
    assert made.out.endswith("Z: destination JP; level 2 or below\n")
    [line] = own_home("silence").lines[1:]
    assert "typhoon drill" in line
    [value] = own_home("silence", "list", "--json").values
    assert (value["matcher"]["destinations"], value["reason"]) == (["JP"], "typhoon drill")
    assert own_home("silence", "end", 1).status == 0
    assert own_home("silence").out == "there is no silence\n"
    assert len(own_home("silence", "list", "--ended", "--json").values) == 1
    again = own_home("silence", "end", 1)
    assert (again.status, "there is no silence 1 that holds" in again.err) == (1, True)


def test_everything_that_can_be_named(own_home: Home) -> None:
    said = own_home(
        "silence", "add", "--issuer", "CN", "--issuer", "US", "--destination", "asean", "--kind", "amended",
        "--subscription", "japan-desk", "--channel", "record", "--min-level", 2, "--alarms",
        "--reason", "moving", "--until", "2999-03-01T08:00+01:00",
    )  # fmt: skip
    assert said.out == (
        "silence 1 holds until 2999-03-01 07:00Z: issuer CN, US; destination BN, ID, KH, LA, MM, MY, PH, SG, TH, "
        "TL, VN; kind amended; subscription japan-desk; channel record; level 2 or above; even going up to level 4\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--destination", "JP", "--for", "3d"), "why? say it with --reason"),
        (("--reason", "x", "--for", "3d"), "what is to be held back?"),
        (("--alarms", "--reason", "x", "--for", "3d"), "what is to be held back?"),
        (("--destination", "JP", "--reason", "x"), "until when?"),
        (("--destination", "JP", "--reason", "x", "--for", "3d", "--until", "2999-01-01"), "until when?"),
        (("--destination", "JP", "--reason", "x", "--for", "soon"), "--for must be a time span"),
        (("--destination", "JP", "--reason", "x", "--until", "noon"), "--until must be a time such as"),
        (("--destination", "JP", "--reason", "x", "--until", "2020-01-01"), "the end lies in the past"),
        (("--destination", "Ruritania", *DRILL), "Ruritania"),
        (("--issuer", "China", *DRILL), "the issuer or kind must be an ISO 3166-1 code"),
        (("--kind", "moved", *DRILL), "the issuer or kind is not a kind of event"),
        (("--channel", "pager", *DRILL), "there is no channel 'pager'; configured are: record, mail"),
        (("--subscription", "desk", *DRILL), "there is no subscription 'desk'"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence_and_nothing_is_silenced(
    own_home: Home, words: tuple[str, ...], sentence: str
) -> None:
    said = own_home("silence", "add", *words)
    assert (said.status, sentence in said.err) == (2, True), said.err
    assert own_home("silence").out == "there is no silence\n"


def test_an_event_is_acknowledged_for_everybody_who_was_told(own_home: Home) -> None:
    said = own_home("outbox", "ack", own_home.raised[:8])
    assert said.status == 0
    assert said.lines == [f"{own_home.raised[:10]}: acknowledged for japan-desk"]
    assert "was acknowledged before for japan-desk" in own_home("outbox", "ack", own_home.raised).out
    explained = own_home("explain", own_home.raised, "japan-desk").lines
    assert explained[-1].startswith("    acknowledged 20")
    assert explained[-1].endswith("by command")


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ((), 2, "which event?"),
        (("zzzz",), 1, "there is no single event"),
        (("{raised}", "--subscription", "press"), 1, "no message about {short} goes to press"),
    ],
)
def test_what_cannot_be_acknowledged(own_home: Home, words: tuple[str, ...], status: int, sentence: str) -> None:
    names = {"raised": own_home.raised, "short": own_home.raised[:10]}
    said = own_home("outbox", "ack", *(word.format(**names) for word in words))
    assert (said.status, sentence.format(**names) in said.err) == (status, True), said.err


def test_the_number_of_a_delivery_is_a_number(own_home: Home) -> None:
    said = own_home("outbox", "retry", "4f2a91")
    assert (said.status, "is not the number of a delivery" in said.err) == (2, True)
