"""Listings over a small real database: what changed, what stands, why, and what waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

Home = Any


def test_events_are_listed_oldest_first_in_one_line_each(home: Home) -> None:
    said = home("events")
    assert said.status == 0
    assert len(said.lines) == 2
    assert home.raised[:10] in said.out
    assert all("Z  " in line for line in said.lines)
    assert "China" in said.out and "Japan" in said.out  # noqa: PT018


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (["--kind", "raised"], ["raised"]),
        (["--kind", "raised,lowered"], ["raised", "lowered"]),
        (["--issuer", "us"], ["lowered"]),
        (["--since", "1w"], ["raised", "lowered"]),
        (["--since", "4h"], ["raised"]),
        (["--place", "Japan"], ["raised", "lowered"]),
        (["--place", "east-asia"], ["raised", "lowered"]),
        (["--place", "FR"], []),
        (["--limit", "1"], ["lowered"]),
    ],
)
def test_events_can_be_chosen(home: Home, words: list[str], kinds: list[str]) -> None:
    assert [event["kind"] for event in home("events", "--json", *words).values] == kinds


def test_without_events_that_is_said(home: Home) -> None:
    assert home("events", "--place", "FR").out == "no events\n"


def test_a_diff_shows_the_sentences_that_came_and_went(home: Home) -> None:
    said = home("events", "--diff", "--kind", "raised")
    assert said.lines[1:] == ["    - Take the usual care.", "    + Avoid travelling to Japan in the near future."]
    [value] = home("events", "--diff", "--kind", "raised", "--json").values
    assert value["event"]["id"] == home.raised
    assert [passage["text"] for passage in value["added"]] == ["Avoid travelling to Japan in the near future."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--since", "yesterday"], "--since must be a time span such as"),
        (["--kind", "rised"], "there is no kind 'rised' (did you mean 'raised'?)"),
        (["--issuer", "XX"], "--issuer must be an ISO 3166-1 code"),
        (["--place", "Freedonia"], "Freedonia"),
        (["--limit", "0"], "--limit must be a whole number"),
    ],
)
def test_wrong_choices_are_wrong_usage(home: Home, words: list[str], sentence: str) -> None:
    said = home("events", *words)
    assert (said.status, said.out) == (2, "")
    assert sentence in said.err


def test_what_stands_is_shown_with_the_issuers_own_words(home: Home) -> None:
    said = home("show", "JP")
    assert said.status == 0
    assert said.lines[0].split()[:2] == ["issuer", "destination"]
    assert "level 3" in said.out
    assert "近期避免前往" in said.out
    assert "cn-mfa" in said.out


def test_old_advice_is_flagged_and_still_stands(home: Home) -> None:
    (line,) = [line for line in home("show", "JP").lines if line.startswith("US")]
    assert "level 1, not reviewed since 2021-05-04" in line


def test_a_group_shows_its_members_and_a_part_of_a_composite_the_composite(home: Home) -> None:
    assert [one["destination"] for one in home("show", "east-asia", "--json").values] == ["JP", "JP"]
    assert [one["destination"] for one in home("show", "Israel", "--json").values] == ["IL+PS"]
    assert [one["destination"] for one in home("show", "IL+PS", "--json").values] == ["IL+PS"]


def test_what_is_unknown_never_looks_safe(home: Home) -> None:
    said = home("show", "PS")
    assert "unknown, parts at level 4, not confirmed since" in said.out
    assert "  GB: Gaza: level 4" in said.lines
    assert "  GB: the rest: unknown" in said.lines
    assert "no advice in force" in home("show", "TH").out
    assert "that does not mean that it is safe" in home("show", "FR").out


def test_the_text_of_the_advice_is_shown_when_asked_for(home: Home) -> None:
    said = home("show", "JP", "--text")
    assert said.lines[-2:] == ["CN: Safety", "  Avoid travelling to Japan in the near future."]
    assert "Avoid travelling" not in home("show", "JP").out


def test_what_strangers_wrote_cannot_steer_the_terminal(home: Home) -> None:
    assert "\x1b" not in home("show", "IL").out


def test_a_name_that_nobody_knows_is_refused(home: Home) -> None:
    said = home("show", "Freedonia")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("advisoryd: 'Freedonia' is neither a place code nor a group")


def test_why_an_event_was_sent_and_to_whom_it_was_not(home: Home) -> None:
    said = home("explain", home.raised[:6])
    assert said.status == 0
    assert "  because: level raised; source cn-mfa; story " in said.out
    assert "japan-desk: hears: raised is among the subscription's events" in said.lines
    assert "level-four: does not hear: level 3 is below min_level 4" in said.lines
    assert "operator: does not hear: the operator hears of trouble only" in said.lines
    [record] = [line for line in said.lines if line.startswith("    record: sent, 1 attempt, ")]
    assert record.endswith("Z")
    assert any(line.startswith("    mail: dead, 1 attempt") and "The mailbox is full" in line for line in said.lines)


def test_one_subscription_alone_can_be_explained(home: Home) -> None:
    event, answer = home("explain", home.raised, "level-four", "--json").values
    assert event["id"] == home.raised
    assert (answer["subscription"], answer["hears"]) == ("level-four", False)


def test_what_waits_says_when_it_is_tried_again(home: Home) -> None:
    said = home("explain", home.lowered, "japan-desk")
    [line] = [line for line in said.lines if line.startswith("    mail: waiting, ")]
    assert "next at " in line
    assert line.endswith("may have arrived more than once, no answer")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["ffffff"], "there is no single event whose id begins with 'ffffff'"), ([""], "there is no single event")],
)
def test_an_event_that_cannot_be_told_is_not_guessed(home: Home, words: list[str], sentence: str) -> None:
    said = home("explain", *words)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err


def test_a_subscription_that_is_not_there_is_named(home: Home) -> None:
    said = home("explain", home.raised, "nobody")
    assert said.status == 1
    assert "there is no subscription 'nobody'" in said.err


def test_the_outbox_lists_what_waits_what_was_given_up_and_what_was_sent(home: Home) -> None:
    assert [one["state"] for one in home("outbox", "list", "--json").values] == ["waiting", "waiting"]
    assert [one["last_reason"] for one in home("outbox", "--dead", "--json").values] == ["The mailbox is full"]
    assert [one["reference"] for one in home("outbox", "--sent", "--json").values] == ["line-1"]
    assert len(home("outbox", "--sent", "--dead", "--json").values) == 2
    assert "waiting (may have arrived)" in home("outbox").out


def test_what_was_given_up_can_be_sent_again_or_dropped(own_home: Home) -> None:
    [dead] = own_home("outbox", "--dead", "--json").values
    said = own_home("outbox", "retry", dead["id"])
    assert (said.status, said.out) == (0, "1 of 1 delivery will be sent again\n")
    assert own_home("outbox", "--dead").out == "nothing of that kind\n"
    assert own_home("outbox", "drop", dead["id"]).out == "1 of 1 delivery will never be sent\n"
    assert own_home("outbox", "--dropped", "--json").values[0]["id"] == dead["id"]
    assert own_home("outbox", "retry", dead["id"]).status == 0
    assert own_home("outbox", "retry", 99).status == 1


def test_all_that_was_given_up_at_once(own_home: Home) -> None:
    assert own_home("outbox", "retry", "--all-dead").out == "1 of 1 delivery will be sent again\n"
    ids = [one["id"] for one in own_home("outbox", "--json").values]
    assert own_home("outbox", "drop", *ids).out == "3 of 3 deliveries will never be sent\n"
    assert own_home("outbox").out == "nothing waits\n"


def test_what_was_sent_is_not_sent_again(home: Home) -> None:
    [sent] = home("outbox", "--sent", "--json").values
    said = home("outbox", "retry", sent["id"])
    assert (said.status, said.out) == (1, "0 of 1 delivery will be sent again\n")


def test_the_outbox_wants_to_know_which(home: Home) -> None:
    said = home("outbox", "drop")
    assert said.status == 2
    assert "which deliveries?" in said.err


def test_a_backup_is_a_whole_database(own_home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    said = own_home("backup", copy)
    assert said.status == 0
    assert said.out == f"{copy}: {copy.stat().st_size:,} bytes\n"
    (own_home.config.parent / "state" / "advisoryd.db").write_bytes(copy.read_bytes())
    assert len(own_home("events", "--json").values) == 2


def test_a_backup_never_overwrites(home: Home, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    said = home("backup", tmp_path / "there")
    assert said.status == 3
    assert "exists already; give another name" in said.err
    assert (tmp_path / "there").read_text() == "mine"


@pytest.mark.parametrize("words", [["events"], ["show", "JP"], ["explain", "x"], ["outbox"], ["backup", "never.db"]])
def test_before_the_first_round_there_is_nothing_to_list(own_home: Home, words: list[str]) -> None:
    (own_home.config.parent / "state" / "advisoryd.db").unlink()
    said = own_home(*words)
    assert (said.status, said.out) == (3, "")
    assert "run 'advisoryd once' or 'advisoryd run' first" in said.err
    assert not (own_home.config.parent / "state" / "advisoryd.db").exists()
