"""The article that the project began with: China's advice is told below a headline about diplomacy."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisoryd.model.ladder import Action, Level, Reason
from advisoryd.news import Claim, Happening, NewsItem, read

SEED = next((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return [line for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module", params=["with its first paragraph", "with its headline"])
def claim(lines: list[str], request: pytest.FixtureRequest) -> Claim:
    summary = lines[1] if request.param == "with its first paragraph" else ""
    return read(NewsItem(title=lines[0], summary=summary, language="en", text=SEED.read_text(encoding="utf-8")))


def test_china_speaks_about_japan(claim: Claim) -> None:
    assert (claim.issuers, claim.destinations) == (("CN",), ("JP",))


def test_it_tells_people_to_reconsider(claim: Claim) -> None:
    assert claim.level is Level.RECONSIDER
    assert Action.RECONSIDER in claim.actions
    assert not claim.leave


def test_it_follows_up_the_advice_of_four_days_before(claim: Claim) -> None:
    assert claim.happening is Happening.FOLLOWUP


def test_its_reasons_are_crime_and_politics(claim: Claim) -> None:
    assert claim.reasons == {Reason.CRIME, Reason.POLITICAL}


def test_the_sentences_that_say_so_are_the_evidence(claim: Claim) -> None:
    quoted = " ".join(evidence.words for evidence in claim.evidence)
    assert "urging its nationals to reconsider or postpone travel to Japan" in quoted
    assert "spate of crimes" in quoted


def test_japan_is_never_the_issuer_nor_taiwan_a_destination(lines: list[str]) -> None:
    text = SEED.read_text(encoding="utf-8")
    for item in (
        NewsItem(title=lines[0], summary=lines[1], language="en", country="JP"),
        NewsItem(title=lines[0], summary=lines[1], language="en", country="JP", text=text),
        NewsItem(title=lines[0], language="en", country="US", text=text),
    ):
        told = read(item)
        assert "JP" not in told.issuers
        assert "TW" not in told.destinations


def test_its_headline_and_first_paragraph_alone_hold_no_advice(lines: list[str]) -> None:
    assert not read(NewsItem(title=lines[0], summary=lines[1], language="en")).is_advisory
