"""The same words on many pages are told once, not once per page."""

from __future__ import annotations

from advisoryd.model.event import Kind, Texture
from advisoryd.model.reading import FindingKind
from advisoryd.model.record import Record

from .history import History
from .making import record

TSUNAMI = "A tsunami warning is in force for all coasts of the Pacific."
PLACES = ("JP", "PH", "ID", "NZ", "CL", "PE", "EC", "MX")
OTHERS = [record(f"C{number}", 1) for number in range(30)]


def page(place: str, *more: str) -> Record:
    return record(place, 2, text="\n".join((f"Take care in {place}.", *more)))


def history() -> History:
    return History(*map(page, PLACES), *OTHERS)


def test_one_sentence_on_five_pages_is_one_event_about_all_of_them() -> None:
    swept = history().says(*(page(place, TSUNAMI) for place in PLACES[:5]))
    (event,) = [event for event in swept.events if event.kind is Kind.SWEEP]
    assert event.places == tuple(sorted(PLACES[:5]))
    assert (event.destination, event.summary, event.reason) == ("", TSUNAMI, "same-text-on-many-pages")


def test_what_the_pages_say_of_it_themselves_is_boilerplate() -> None:
    swept = history().says(*(page(place, TSUNAMI) for place in PLACES[:5]))
    assert {event.texture for event in swept.events if event.kind is Kind.AMENDED} == {Texture.BOILERPLATE}


def test_on_four_pages_it_is_the_news_of_each() -> None:
    told = history().says(*(page(place, TSUNAMI) for place in PLACES[:4]))
    assert Kind.SWEEP not in {event.kind for event in told.events}
    assert {event.texture for event in told.events} == {Texture.SUBSTANCE}


def test_a_sweep_that_takes_a_day_is_told_once() -> None:
    swept = history().says(*(page(place, TSUNAMI) for place in PLACES[:5]))
    swept.after("1d").says(*(page(place, TSUNAMI) for place in PLACES[5:]))
    assert [event.kind for event in swept.events].count(Kind.SWEEP) == 1
    assert {event.texture for event in swept.events if event.kind is Kind.AMENDED} == {Texture.BOILERPLATE}


def test_what_one_page_says_besides_is_its_own_news() -> None:
    swept = history().says(
        *(page(place, TSUNAMI) for place in PLACES[:5]), page("MX", TSUNAMI, "A curfew is in force in Colima.")
    )
    assert [event.destination for event in swept.events if event.texture is Texture.SUBSTANCE] == ["MX"]


def test_a_level_that_moves_in_the_middle_of_a_sweep_is_told_as_ever() -> None:
    raised = record("JP", 3, text=f"Take care in JP.\n{TSUNAMI}")
    swept = history().says(raised, *(page(place, TSUNAMI) for place in PLACES[1:6]))
    assert "JP raised 2→3" in swept.news()


def test_rows_edited_in_masses_in_their_own_words_are_a_bulk_review() -> None:
    edited = [record(f"C{number}", 1, text=f"Old words {number}.") for number in range(30)]
    reviewed = [record(f"C{number}", 1, text=f"Other phrases {number}.") for number in range(30)]
    told = History(*edited, page("JP")).says(*reviewed)
    assert (told.news(), told.findings) == ([], [FindingKind.BULK_REVIEW])
