"""Who gives the advice and about where, told by grammar and not by which name comes first.

A place is as much an issuer, or a destination, as the best spot of the text makes it (:mod:`advisoryd.news.votes`); the
pair that has most in its favour wins. "Japan protests China's travel advice" and "Japan urges its citizens in China to
take care" hold the same names in the same order and come out the opposite way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from advisoryd.news.hits import Tagged
from advisoryd.news.item import Evidence
from advisoryd.news.tags import NATIONS, Tag
from advisoryd.news.votes import DESTINATION, ENOUGH, ISSUER, LATER, Vote, Votes, votes_of

WORLDWIDE = "*"

_LEAST, _SURE = 0.7, 3.0
"""Below the first a place is only named; from the second on it surely is a destination, and "worldwide" means
something else."""

_NEARLY_ALL = 50
"""An act over so many countries, none of them named, is worldwide advice."""

_NUMBER = re.compile(r"(\d{1,3})\s?$")


@dataclass(frozen=True, slots=True)
class Roles:
    """Issuers and destinations, the named parts of the destinations.

    ``named``: the words name the issuer; otherwise it was taken to be the outlet's own government. ``guessed``: not
    even an office or people at home are named, only the advice.
    """

    issuers: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    named: bool = False
    guessed: bool = False
    evidence: tuple[Evidence, ...] = ()


def roles(parts: Sequence[Tagged], order: str, home: str, surely: bool) -> Roles:
    """The roles of the places in ``parts`` (headline first). ``home`` is the outlet's country; ``surely`` says that
    advice about some place is given or answered, so that a place that no rule points at may be it."""
    votes = votes_of(parts, order, home)
    worldwide = _worldwide(parts)
    issuers = _issuers(votes, worldwide, order)
    destinations = _destinations(votes, issuers, worldwide, surely)
    if not destinations and any(_number_of_countries(part) >= _NEARLY_ALL for part in parts):
        destinations = (WORLDWIDE,)
    best = votes.vote(issuers[0], ISSUER) if issuers else None
    evidence = (*_evidence(votes, issuers, ISSUER, parts), *_evidence(votes, destinations, DESTINATION, parts))
    return Roles(
        issuers,
        destinations,
        _regions(parts, destinations),
        named=bool(best and best.named),
        guessed=bool(best and not best.named and best.hit.tag in (Tag.ADVICE, Tag.STEP)),
        evidence=evidence,
    )


def _issuers(votes: Votes, worldwide: float, order: str) -> tuple[str, ...]:
    """The speaker that, with the best of the other places as destination, has most in its favour, and whoever is
    named together with it. People told by a country that surely speaks are not the outlet's own: "Greece urges
    tourists to leave Santorini"; only in Japanese and Korean may it be the topic."""
    elsewhere = ENOUGH if worldwide else 0.0
    able = votes.places(ISSUER)
    if order != "sov" and any(votes.weight(place, ISSUER) >= _SURE for place in able):
        able = [place for place in able if not _only_people(votes.vote(place, ISSUER))]
    if not able:
        return ()
    first = max(able, key=lambda place: votes.weight(place, ISSUER) + max(elsewhere, _left_for(votes, place)))
    vote = votes.vote(first, ISSUER)
    if vote and vote.hit.tag in NATIONS:
        return tuple(dict.fromkeys(vote.hit.places()))
    return (first,)


def _only_people(vote: Vote | None) -> bool:
    """Whether nothing speaks for a place but that unnamed people may be the outlet's."""
    return vote is not None and not vote.named and vote.hit.tag in (Tag.PEOPLE, Tag.RESIDENT)


def _left_for(votes: Votes, issuer: str) -> float:
    """The weight of the best destination when ``issuer``, and whoever is named with it, speaks."""
    vote = votes.vote(issuer, ISSUER)
    return _best_destination(votes, {issuer, *(vote.hit.places() if vote else ())})


def _best_destination(votes: Votes, without: Iterable[str]) -> float:
    others = set(votes.places(DESTINATION)).difference(without)
    return max((votes.weight(place, DESTINATION) for place in others), default=0.0)


def _destinations(votes: Votes, issuers: tuple[str, ...], worldwide: float, surely: bool) -> tuple[str, ...]:
    best = _best_destination(votes, issuers)
    if best < worldwide:
        return (WORLDWIDE,)
    sure_of_issuer = any(votes.weight(issuer, ISSUER) >= ENOUGH * LATER for issuer in issuers)
    if best < _LEAST and not (surely and sure_of_issuer):
        return ()
    least = min(best, ENOUGH * LATER)
    candidates = (place for place in votes.places(DESTINATION) if place not in issuers)
    return tuple(place for place in candidates if votes.weight(place, DESTINATION) >= least)


def _worldwide(parts: Sequence[Tagged]) -> float:
    """The weight below which a place gives way to the word "worldwide"; 0 when nobody says it."""
    said = [LATER if number else 1.0 for number, part in enumerate(parts) if Tag.WORLD in part.tags]
    return _SURE * max(said, default=0.0)


def _number_of_countries(part: Tagged) -> int:
    """How many countries a text speaks of: "129개국", "15 countries"; 0 when it gives no number."""
    numbers = [_NUMBER.search(part.text[: hit.start]) for hit in part.hits if hit.tag is Tag.MANY]
    return max((int(number[1]) for number in numbers if number), default=0)


def _regions(parts: Sequence[Tagged], destinations: tuple[str, ...]) -> tuple[str, ...]:
    cities = [(part, hit) for part in parts for hit in part.hits if hit.tag is Tag.CITY]
    named = [part.text[hit.start : hit.end] for part, hit in cities if not set(destinations).isdisjoint(hit.places())]
    return tuple(dict.fromkeys(named))


def _evidence(votes: Votes, chosen: Iterable[str], role: str, parts: Sequence[Tagged]) -> Iterator[Evidence]:
    for place in chosen:
        if vote := votes.vote(place, role):
            yield parts[vote.part].quote(f"{role} {place}: {vote.rule}", vote.hit.start, vote.hit.end)
