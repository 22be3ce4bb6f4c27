"""Reads a news item: is it about a government's travel advice, and what does it claim?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisoryd.model.ladder import Reason, Track
from advisoryd.model.report import Happening
from advisoryd.news.article import passage
from advisoryd.news.clean import clean, headline
from advisoryd.news.grammar import quoted
from advisoryd.news.hits import Tagged
from advisoryd.news.item import Claim, Evidence, NewsItem
from advisoryd.news.language import language_of
from advisoryd.news.lexicon import Lexicon, lexicon
from advisoryd.news.movement import Movement, movement
from advisoryd.news.roles import Roles, roles
from advisoryd.news.scan import look, tagged
from advisoryd.news.strength import strength
from advisoryd.news.tags import NATIONS, Tag
from advisoryd.news.verdict import ADVISES, CERTAIN, Acts, about_some_place, acts_in, is_aside, missing, refusal

_NOTHING = Claim(is_advisory=False, confidence=0.95)
_OFFICES = frozenset({Tag.MINISTRY, Tag.BODY, Tag.EMBASSY})


def read(item: NewsItem) -> Claim:
    """What ``item`` claims. Never raises; in a language without a word list nothing is claimed, with confidence 0.

    The headline and the summary decide. Only where they say nothing of advice, and the article is given, is it read
    too: an act that is told there at length, and not in passing, is a followup of advice given earlier.
    """
    title, summary = headline(item.title, item.outlet), clean(item.summary)
    language = language_of(item.language, title)
    if not language:
        return Claim(is_advisory=False, confidence=0.0)
    words = lexicon(language)
    claim = _from_feed(title, summary, words, item.country)
    if claim.is_advisory or not item.text:
        return claim
    return _from_article(item, words) or claim


def _from_feed(title: str, summary: str, words: Lexicon, home: str) -> Claim:
    seen = {"title": look(title, words), "summary": look(summary, words)}
    if not any(part.have(ADVISES) for part in seen.values()):
        return _NOTHING
    return _claim([tagged(part, words, where) for where, part in seen.items()], words, home)


def _claim(parts: Sequence[Tagged], words: Lexicon, home: str) -> Claim:
    acts = acts_in(parts, words.order)
    if acts is None:
        return _NOTHING
    if refused := refusal(parts, acts):
        return Claim(is_advisory=False, confidence=0.8, evidence=(refused,))
    told = roles(parts, words.order, home, about_some_place(parts, acts))
    problem = missing(parts, told, words.order) or ("an aside" if is_aside(parts, acts, told) else "")
    if problem:
        return Claim(is_advisory=False, confidence=0.6, evidence=(parts[0].quote(problem, 0, len(parts[0].text)),))
    return _advisory(parts, acts, told, movement(parts, words.order), words.order)


def _advisory(parts: Sequence[Tagged], acts: Acts, told: Roles, moved: Movement, order: str) -> Claim:
    issuer = told.issuers[0]
    asked = strength(parts, issuer, moved.happening, order)
    decisive = (quoted(acts.best, parts),) if acts.best else ()
    return Claim(
        is_advisory=True,
        confidence=_confidence(acts, told),
        issuers=told.issuers,
        destinations=told.destinations,
        regions=told.regions,
        level=asked.level,
        actions=asked.actions,
        happening=moved.happening,
        renewed=moved.renewed,
        leave=asked.leave,
        reasons=_reasons(parts),
        track=_track(parts),
        evidence=(*decisive, *told.evidence, *asked.evidence, *moved.evidence),
    )


def _confidence(acts: Acts, told: Roles) -> float:
    """How much of what makes advice is said outright: the act in full, in the headline, by a named issuer, about a
    named place. A tenth each, from 0.6; a tenth less where the headline could be about something else."""
    best = acts.best
    said = (bool(best and best.rule.weight >= CERTAIN), acts.in_headline() > 0, told.named, bool(told.destinations))
    return round(0.6 + 0.1 * sum(said) - 0.1 * bool(acts.refusals), 2)


def _track(parts: Sequence[Tagged]) -> Track:
    """Whose ladder it is: another ministry's notice (education, tourism) is another act than the foreign ministry's.

    The headline tells; else the first office that the summary names."""
    title, *others = parts
    if noted := _tracks(title):
        return noted[0][0]
    for part in others:
        first = next((hit for hit in part.hits if hit.tag in _OFFICES), None)
        for track, start, end in _tracks(part):
            if first is None or (start < first.end and first.start < end):
                return track
    return Track.SECURITY


def _tracks(part: Tagged) -> list[tuple[Track, int, int]]:
    return [(note, start, end) for note, start, end in part.notes if isinstance(note, Track)]


def _from_article(item: NewsItem, words: Lexicon) -> Claim | None:
    """What the article tells below a headline about something else. The sentence that tells the act must itself say who
    speaks and about where; the sentences around it give the reasons."""
    sentences = passage(item.text, words)
    if not sentences:
        return None
    claim = _claim(sentences[:1], words, item.country)
    if not claim.is_advisory or not claim.destinations:
        return None
    anew = claim.happening is Happening.ISSUED
    kept = [said for said in claim.evidence if not (anew and said.rule.startswith(f"{Happening.ISSUED}: "))]
    return replace(
        claim,
        happening=Happening.FOLLOWUP if anew else claim.happening,
        confidence=round(claim.confidence - 0.2, 2),
        reasons=_reasons(sentences),
        evidence=(*kept, *_whole_sentences(sentences)),
    )


def _reasons(parts: Sequence[Tagged]) -> frozenset[Reason]:
    """The reasons that the words give. A government's protest is no unrest."""
    return frozenset(
        note
        for part in parts
        for note, start, _ in part.notes
        if isinstance(note, Reason) and not (note is Reason.UNREST and start in _protests(part))
    )


def _protests(part: Tagged) -> set[int]:
    """Where verbs of protest stand: right after a country, or at the end of a sentence that a country opens (and
    not in "amid protests")."""
    last = len(part.hits) - 1
    return {
        hit.start
        for at, hit in enumerate(part.hits)
        if hit.tag is Tag.REACT and part.tags[at - 1 : at] != Tag.SINCE
        if not NATIONS.isdisjoint(part.tags[:at] if at == last else part.tags[at - 1 : at])
    }


def _whole_sentences(sentences: Sequence[Tagged]) -> Iterator[Evidence]:
    """The sentence that tells the act, and those that give reasons."""
    for sentence in sentences:
        reasons = ", ".join(sorted(_reasons([sentence])))
        if reasons or sentence is sentences[0]:
            yield sentence.quote(f"told in the article: {reasons or 'the act'}", 0, len(sentence.text))
