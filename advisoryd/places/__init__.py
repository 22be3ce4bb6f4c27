"""Which country is meant: names, demonyms, capitals and aliases in many languages, as ids built on ISO 3166.

Nothing here guesses: a name that is not known, or that more than one place bears, has no place, and the answer says
why. Modules are imported and tables read when first needed, because a poll that finds nothing new needs none of them.
``docs/places.md`` tells how to add a name or a language.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisoryd.places.display import display_name
    from advisoryd.places.gazetteer import find, known, members
    from advisoryd.places.groups import expand
    from advisoryd.places.model import Mention, Place, Resolution, UnknownPlace
    from advisoryd.places.names import resolve, suggest
    from advisoryd.places.regions import resolve_region
    from advisoryd.places.scan import mentions

_HOMES = {
    "display_name": "display",
    "find": "gazetteer",
    "known": "gazetteer",
    "members": "gazetteer",
    "expand": "groups",
    "Mention": "model",
    "Place": "model",
    "Resolution": "model",
    "UnknownPlace": "model",
    "resolve": "names",
    "suggest": "names",
    "resolve_region": "regions",
    "mentions": "scan",
}

__all__ = [
    "Mention",
    "Place",
    "Resolution",
    "UnknownPlace",
    "display_name",
    "expand",
    "find",
    "known",
    "members",
    "mentions",
    "resolve",
    "resolve_region",
    "suggest",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return value
