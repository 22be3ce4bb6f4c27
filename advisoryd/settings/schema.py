"""The JSON Schema of the configuration file, for editors, for generators and for the reference."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from advisoryd.settings.shape import File
from advisoryd.settings.words import written


def json_schema() -> dict[str, Any]:
    """The schema of the file as TOML readers see it (draft 2020-12)."""
    schema = File.model_json_schema(by_alias=True, schema_generator=_InFile)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


class _InFile(GenerateJsonSchema):
    """Values as they are written in the file: time spans as text, and no null, which TOML does not have."""

    def encode_default(self, dft: Any) -> Any:
        """A default as it would be written."""
        return written(dft) if isinstance(dft, timedelta) else super().encode_default(dft)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A key that may be left out is simply left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Without a default where leaving the key out is the default."""
        found = super().default_schema(schema)
        return {name: value for name, value in found.items() if name != "default" or value is not None}

    def field_title_should_be_set(self, schema: Any) -> bool:
        """The keys are their own titles."""
        return False
