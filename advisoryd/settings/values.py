"""The kinds of value that stand in the file, and what every table of it has in common (pydantic)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from advisoryd.settings import words


def _read_by(read: Callable[[str], Any], *kinds: type) -> BeforeValidator:
    """Text is read by ``read``; a value of one of the right kinds stays; anything else is refused like wrong text."""
    return BeforeValidator(lambda value: value if type(value) in kinds else read(value if type(value) is str else ""))


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _text(form: str, pattern: str = "") -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "format": form, **({"pattern": pattern} if pattern else {})})


Span = Annotated[
    timedelta,
    _read_by(words.duration, timedelta),
    _text("time span", "^[0-9]{1,9} *[smhdw]$"),
]
Clock = Annotated[time, _read_by(words.clock, time), _text("time of day", "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Zone = Annotated[str, _read_by(words.zone), _text("time zone")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,62}$")]
Words = Annotated[list[str], BeforeValidator(_listed, json_schema_input_type=list[str] | str)]
"""A list of words; one alone may stand without brackets."""

Share = Annotated[float, Field(gt=0, le=1)]
LevelNumber = Annotated[int, Field(ge=1, le=4)]


class Part(BaseModel):
    """A table of the file: unknown keys are refused, nothing is converted in silence, and errors carry no value."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
        populate_by_name=True,
    )
