"""Which keys may stand where, for advice on a misspelt one."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from advisoryd.settings import shape
from advisoryd.settings.lines import KeyPath


def known_keys(table: KeyPath) -> list[str]:
    """The keys of the table at ``table``; none where any name may stand."""
    model: type[BaseModel] | None = shape.File
    for name in table:
        if isinstance(name, str):
            model = _below(model, name) if model else None
    return list(_fields(model)) if model else []


def _below(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    field = _fields(model).get(name)
    if field is None:
        return shape.SourceOverride if model is shape.Sources else None
    return _model_of(field.annotation)


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_of, getattr(annotation, "__args__", ()))), None)
