"""What a source's ``options`` may say, checked so that every mistake is told at once and in one sentence each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from advisoryd.model.ladder import Level
from advisoryd.model.source import Source

Rule = Callable[[object], bool]
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


class OptionError(ValueError):
    """Options that a reader cannot work with; the message names the source, the option and what would be right."""


def problems(source: Source, rules: Mapping[str, tuple[Rule, str]], required: Collection[str]) -> list[str]:
    """One sentence for every option that is missing, not known, or not what its rule (a test and its wording) says."""
    missing = [(name, f"is missing: it must be {rules[name][1]}.") for name in required if name not in source.options]
    found = [*missing, *_unfit(source.options, rules)]
    return [f'Source "{source.id}": the option "{name}" {what}' for name, what in found]


def require(found: Collection[str]) -> None:
    """Raises :class:`OptionError` with everything that was found, if anything was."""
    if found:
        raise OptionError(" ".join(found))


def closest(name: str, known: Collection[str]) -> str:
    """The end of a sentence about a name that is not known: the likeliest meant, or all there are."""
    from difflib import get_close_matches  # only mistakes pay for it

    likeliest = get_close_matches(name, known, n=1)
    return f'did you mean "{likeliest[0]}"?' if likeliest else f"known are {', '.join(sorted(known))}."


def duration(text: str) -> timedelta | None:
    """A length of time such as ``90s``, ``15m``, ``6h``, ``7d`` or ``2w``; ``None`` for anything else."""
    found = _DURATION.fullmatch(text.strip())
    return timedelta(seconds=float(found[1]) * _SECONDS[found[2]]) if found else None


def texts(source: Source, name: str) -> tuple[str, ...]:
    """The texts that an option lists; none where it is not given."""
    value = source.options.get(name)
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def are_texts(value: object, fits: Callable[[str], bool], most: int) -> bool:
    """Whether ``value`` lists at most ``most`` texts, all of which fit."""
    return isinstance(value, list) and len(value) <= most and all(isinstance(one, str) and fits(one) for one in value)


def is_text(value: object) -> bool:
    """Whether ``value`` is text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_address(value: object) -> bool:
    """Whether ``value`` is an http or https address."""
    try:
        return isinstance(value, str) and urlsplit(value).scheme in ("http", "https") and bool(urlsplit(value).netloc)
    except ValueError:
        return False


def is_zone(value: object) -> bool:
    """Whether ``value`` is a time zone by its IANA name."""
    try:
        return isinstance(value, str) and bool(ZoneInfo(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def is_duration(value: object) -> bool:
    """Whether :func:`duration` reads ``value``."""
    return isinstance(value, str) and duration(value) is not None


def is_level_map(value: object) -> bool:
    """Whether ``value`` maps words to steps 1 to 4 of the ladder."""
    return isinstance(value, Mapping) and all(is_text(word) and step in tuple(Level) for word, step in value.items())


def _unfit(options: Mapping[str, object], rules: Mapping[str, tuple[Rule, str]]) -> Iterator[tuple[str, str]]:
    for name, value in options.items():
        if name not in rules:
            yield name, f"is not known here; {closest(name, rules)}"
        elif not rules[name][0](value):
            yield name, f"must be {rules[name][1]}."
