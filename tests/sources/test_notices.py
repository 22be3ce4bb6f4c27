"""Notices beside each other become one advisory for each place they name."""

from __future__ import annotations

from advisoryd.model.ladder import Level, Reason
from advisoryd.model.reading import FindingKind
from advisoryd.model.record import Record
from advisoryd.sources import catalogue, notices
from advisoryd.sources.notices import Notice

SOURCE = catalogue.entries()["cdc-thn"]


def notice(key: str, level: Level | None, *places: str, where: str = "somewhere") -> Notice:
    words = f"Step {int(level)}" if level else "Step unheard of"
    return Notice(key, where, places, words, level, f"About {key}", "Take care.", f"https://a.example/{key}")


def records(*found: Notice) -> dict[str, Record]:
    listing, _ = notices.gather(found)
    return {key: notices.record(key, piece, SOURCE, Reason.HEALTH) for key, piece in listing.items()}


def test_each_place_has_the_strictest_of_its_notices_and_the_text_of_all() -> None:
    found = records(notice("a", Level.CAUTION, "BR", "PE"), notice("b", Level.RECONSIDER, "PE"))
    assert {place: record.level for place, record in found.items()} == {"BR": Level.CAUTION, "PE": Level.RECONSIDER}
    assert (found["PE"].native_level, found["PE"].title, found["PE"].url) == (
        "Step 3",
        "About b",
        "https://a.example/b",
    )
    assert [section.heading for section in found["PE"].sections] == ["About a", "About b"]


def test_the_order_of_the_list_means_nothing() -> None:
    one, two = notice("a", Level.CAUTION, "BR"), notice("b", Level.CAUTION, "BR")
    assert notices.gather([one, two]) == notices.gather([two, one])


def test_of_two_with_one_key_the_stricter_counts_and_it_is_told() -> None:
    listing, findings = notices.gather([notice("a", Level.AVOID, "BR"), notice("a", Level.CAUTION, "BR")])
    assert notices.record("BR", listing["BR"], SOURCE, Reason.HEALTH).level is Level.AVOID
    assert [finding.kind for finding in findings] == [FindingKind.DUPLICATE]


def test_a_notice_without_a_known_level_may_be_the_strictest_and_is_told_for_each_of_its_places() -> None:
    listing, findings = notices.gather([notice("a", None, "BR", "PE"), notice("b", Level.RECONSIDER, "BR")])
    record = notices.record("BR", listing["BR"], SOURCE, Reason.HEALTH)
    assert (record.level, record.native_level) == (None, "Step unheard of")
    assert [finding.keys for finding in findings] == [("BR",), ("PE",)]


def test_nothing_is_stricter_than_the_highest_level() -> None:
    found = records(notice("a", None, "BR"), notice("b", Level.AVOID, "BR"))["BR"]
    assert (found.level, found.native_level) == (Level.AVOID, "Step 4")


def test_a_notice_about_nowhere_we_know_stands_under_its_own_key() -> None:
    (record,) = records(notice("a", Level.AVOID, where="Atlantis")).values()
    assert (record.key, record.destination, record.name) == ("a", "", "Atlantis")


def test_several_places_are_named_one_by_one() -> None:
    assert notices.named("Kenya and Uganda") == ("KE", "UG")
    assert notices.named("Trinidad and Tobago") == ("TT",)
    assert notices.named("Atlantis") == ()
