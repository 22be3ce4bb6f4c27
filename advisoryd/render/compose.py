"""One telling as the content of a message, in one reader's language: what is said, before how it looks."""

from __future__ import annotations

from collections.abc import Iterator

from advisoryd.model.event import OPERATOR, REPORTED, Event, Facet, Kind
from advisoryd.model.ladder import Level, strictest
from advisoryd.model.record import Stamp
from advisoryd.render.changes import change_lines, level_lines
from advisoryd.render.clean import address, clean
from advisoryd.render.content import Content, Edit, Fact, Headings, Link, Quote
from advisoryd.render.headline import disputed, gone, headline, label, stands, title, unconfirmed
from advisoryd.render.names import GRADES, level_alone, place_name
from advisoryd.render.telling import Passage, Telling
from advisoryd.render.voice import Voice


def compose(telling: Telling, voice: Voice) -> Content:
    """Everything ``telling`` says."""
    event = telling.event
    return Content(
        title=marked(title(event, voice), telling.test, voice),
        headline=marked(headline(event, voice, end_of(telling)), telling.test, voice),
        label=label(event, voice),
        tone=_tone(event),
        language=voice.tag,
        notes=tuple(_notes(telling, voice)),
        follows=_follows(telling, voice),
        changes=(*change_lines(telling, voice), *_watched(telling, voice)),
        levels=(*level_lines(event, voice), *_census(telling, voice)),
        quotes=tuple(_quotes(telling, voice)),
        edits=tuple(_edits(telling)),
        timeline=tuple(story_line(entry, voice) for entry in telling.timeline),
        facts=tuple(_facts(telling, voice)),
        links=tuple(_links(telling, voice)),
        footer=tuple(_footer(telling, voice)),
        headings=headings(voice),
    )


def headings(voice: Voice) -> Headings:
    """The headings of a long message in the reader's language."""
    return Headings(
        changes=voice.say("What changed"),
        text=voice.say("Sentences added (+) and removed (−)"),
        story=voice.say("The story so far"),
    )


def marked(text: str, test: bool, voice: Voice) -> str:
    """``text``, with a word before it when nothing real has happened."""
    return voice.say("TEST – {text}", text=text) if test else text


def fact(name: str, value: str, voice: Voice) -> Fact:
    """A labelled value; languages differ in what stands between the two."""
    return Fact(name, value, voice.say("{label}: {value}", label=name, value=value))


def _tone(event: Event) -> str:
    """The colour of the strictest level that holds anywhere. Level 1, which comes out green, must be explicit for the
    whole country; what is unknown or gone has no level's colour."""
    if event.kind in OPERATOR or event.kind is Kind.BASELINE:
        return "operator"
    if event.kind in REPORTED:
        return "report"
    level = strictest((event.level_after, event.highest_after)) if stands(event) else None
    if level is None or (level is Level.NORMAL and event.level_after is None):
        return "unknown"
    return f"level-{int(level)}"


def _notes(telling: Telling, voice: Voice) -> Iterator[str]:
    """Cautions, the weightiest first."""
    event = telling.event
    if telling.test:
        yield voice.say("This is a test. Nothing has happened.")
    yield from _doubts(event, voice)
    yield from _absence(event, voice)
    yield from _unusual(event, voice)
    yield from _delivery(telling, voice)


def _doubts(event: Event, voice: Voice) -> Iterator[str]:
    if disputed(event):
        yield voice.say("The official source does not show this change.")
    elif unconfirmed(event):
        yield voice.say("No official source has confirmed this so far. The recorded level has not been changed.")
    if event.kind is Kind.CORRECTED:
        yield voice.say("This replaces what was said before; the earlier statement was mistaken.")


def _absence(event: Event, voice: Voice) -> Iterator[str]:
    if event.kind is Kind.VANISHED:
        yield voice.say("No longer listed does not mean lifted: the issuer has not said why.")
    if event.kind is Kind.WITHDRAWN:
        yield voice.say("The issuer gave no reason. Do not take this for an all-clear.")
    if stands(event) and event.level_after is None:
        yield voice.say("The level could not be told from what the issuer wrote. Unknown does not mean safe.")
    if event.kind is Kind.SOURCE_DEGRADED:
        yield voice.say(
            "The last good levels are kept and marked as out of date. Nothing is reported as eased or lifted."
        )


def _unusual(event: Event, voice: Voice) -> Iterator[str]:
    if event.level_before is Level.AVOID and event.level_after is Level.NORMAL:
        yield voice.say("Unusual drop from the highest to the lowest level: please verify at the source.")
    elif any(change.facet is Facet.UNUSUAL for change in event.changes):
        yield voice.say("Unusual change: please verify at the source.")


def _delivery(telling: Telling, voice: Voice) -> Iterator[str]:
    if telling.late and telling.created and telling.now:
        times = {"created": voice.moment(telling.created), "now": voice.moment(telling.now)}
        yield voice.say("Late message: recorded {created}, delivered {now}.", **times)
    if telling.possible_duplicate:
        yield voice.say("You may have received this message already.")


def _follows(telling: Telling, voice: Voice) -> str:
    earlier = telling.earlier
    if earlier is None:
        return ""
    values = {"when": voice.moment(earlier.at), "headline": headline(earlier, voice)}
    return voice.say("Follow-up to the message of {when} – {headline}", **values)


def _watched(telling: Telling, voice: Voice) -> Iterator[str]:
    if telling.census:
        yield voice.count("{count} destination", "{count} destinations", telling.census.destinations)


def _census(telling: Telling, voice: Voice) -> Iterator[str]:
    for level, count in telling.census.levels if telling.census else ():
        shown = level_alone(level, voice) if level is not None else voice.say("unknown")
        yield voice.count(
            "Level {level}: {count} destination", "Level {level}: {count} destinations", count, level=shown
        )


def _quotes(telling: Telling, voice: Voice) -> Iterator[Quote]:
    """The native wording, verbatim and with its language named."""
    event = telling.event
    if event.kind in OPERATOR or event.kind is Kind.SWEEP:
        return
    language = voice.language(event.language)
    before, after = clean(event.native_before), clean(event.native_after)
    if before and (gone(event) or (after and before != after)):
        yield _quote(voice.say("Before, in the issuer's words · {language}", language=language), before, event, voice)
    if after and not gone(event):
        said = _in_its_sentence(after, clean(event.title))
        yield _quote(voice.say("In the issuer's words · {language}", language=language), said, event, voice)
    if event.summary:
        yield _quote(_summary_label(event, language, voice), clean(event.summary), event, voice)


def _in_its_sentence(wording: str, title: str) -> str:
    """The title where it holds the wording: a whole sentence of the issuer says more than the phrase that decided."""
    return title if wording and wording in title else wording


def _quote(name: str, text: str, event: Event, voice: Voice) -> Quote:
    return Quote(name, text, event.language, fact(name, text, voice).line)


def _summary_label(event: Event, language: str, voice: Voice) -> str:
    if event.kind in REPORTED:
        return voice.say("From the report · {language}", language=language)
    if event.kind is Kind.BULLETIN:
        return voice.say("From the notice · {language}", language=language)
    return voice.say("The issuer's own remark · {language}", language=language)


def _edits(telling: Telling) -> Iterator[Edit]:
    """The sentences that came and went. A sweep, which has no pair of records, carries them in its changes."""
    event, added, removed = telling.event, telling.added, telling.removed
    if event.kind is Kind.SWEEP and not (added or removed):
        added = tuple(Passage(event.title, change.new) for change in event.changes if change.new)
        removed = tuple(Passage(event.title, change.old) for change in event.changes if change.old)
    for sign, passages in (("+", added), ("-", removed)):
        yield from (Edit(sign, clean(passage.section), clean(passage.text)) for passage in passages)


def story_line(event: Event, voice: Voice) -> str:
    """One step of a story: when, and what."""
    return voice.say("{when}: {headline}", when=voice.moment(event.at), headline=headline(event, voice))


def _facts(telling: Telling, voice: Voice) -> Iterator[Fact]:
    event, item, expires = telling.event, telling.item, end_of(telling)
    if event.issued_at:
        yield fact(voice.say("Published"), voice.stamp(event.issued_at), voice)
    if expires:
        yield fact(voice.say("Valid until"), voice.stamp(expires), voice)
    yield fact(voice.say("First seen"), voice.moment(event.first_seen), voice)
    if event.kind in OPERATOR:
        return
    if event.places:
        names = voice.listing(place_name(place, voice) for place in event.places)
        yield fact(voice.say("Destinations"), names, voice)
    if item and item.outlet:
        yield fact(voice.say("Reported by"), clean(item.outlet), voice)
    if event.kind is not Kind.BASELINE:
        yield fact(voice.say("Reliability"), voice.say(GRADES[event.grade]), voice)
    source = telling.source_name if event.kind in REPORTED else telling.issuer_name or telling.source_name
    if source:
        yield fact(voice.say("Source"), clean(source), voice)


def end_of(telling: Telling) -> Stamp | None:
    """The issuer's own end date: of the advisory that stands, or of the notice."""
    record = telling.after or telling.before
    return (record.expires_at if record else None) or (telling.item.expires_at if telling.item else None)


def _links(telling: Telling, voice: Voice) -> Iterator[Link]:
    page = (
        ("article", voice.say("Article"))
        if telling.event.kind in REPORTED
        else ("official", voice.say("Official page"))
    )
    for role, name, url in (
        (*page, telling.event.url),
        ("acknowledge", voice.say("Acknowledge"), telling.acknowledge_url),
        ("unsubscribe", voice.say("Unsubscribe"), telling.unsubscribe_url),
    ):
        if address(url):
            yield Link(role, name, address(url))


def _footer(telling: Telling, voice: Voice) -> Iterator[str]:
    if telling.attribution:
        yield clean(telling.attribution)
    if telling.subscription and telling.why:
        values = {"name": telling.subscription, "why": telling.why}
        yield voice.say("You receive this through the subscription “{name}”: {why}", **values)
    elif telling.subscription:
        yield voice.say("You receive this through the subscription “{name}”", name=telling.subscription)
