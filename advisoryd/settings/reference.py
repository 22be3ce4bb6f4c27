"""The reference of the configuration, written from the shape that the file is checked against.

``python -m advisoryd.settings.reference > docs/configuration.md``
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from advisoryd.places.groups import groups
from advisoryd.settings.schema import json_schema
from advisoryd.settings.words import EVENT_WORDS

Schema = Mapping[str, Any]

_HEAD = """# Configuration

A TOML file. `--config FILE` names it; without it the first of `./advisoryd.toml`, `./config/advisoryd.toml` and
`/etc/advisoryd/advisoryd.toml` is read. `advisoryd check` proves it and tells every problem at once, each with file,
line, key and what would be right, and never with a value. Ready ones to copy are in [config/](../config/).

- **In pieces.** `conf.d/*.toml` beside the file is read after it, in the order of the names. Tables are merged, the
  lists `[[source]]`, `[[channel]]` and `[[subscription]]` are joined; a value given in two files is a problem.
- **From the environment.** `ADVISORYD_<TABLE>__<KEY>` takes the place of a key of a table of which there is one:
  `ADVISORYD_DAEMON__LOCALE=ja`. Lists are JSON: `ADVISORYD_SOURCES__ENABLE='["cn-mfa"]'`. A variable that is no
  setting is a problem too.
- **Secrets** stand in files of their own (`url_file`, `token_file` …) or are systemd credentials (`url_credential` …).
  A file that everybody may read must not hold one. They are read at each use, so a renewed one works at once.
- **Time spans** are a whole number and a unit: `90s`, `15m`, `6h`, `7d`, `2w`. Times of day are `22:00`, time zones
  IANA names, levels 1 (normal) to 4 (avoid). One word may stand for a list of one.
- **Paths** that are relative begin beside the file.
- **Reload.** SIGHUP, or `systemctl reload advisoryd`, reads it anew: all of it, or with any problem nothing.
  `state_dir` and `database` are changed by a restart only.

`advisoryd schema` prints the same as JSON Schema, for editors.

This page is made from the program: `python -m advisoryd.settings.reference > docs/configuration.md`.
"""


def reference() -> str:
    """The whole page, as Markdown."""
    schema = json_schema()
    tables = (_section(name, part, schema) for name, part in schema["properties"].items())
    return "\n".join(
        [_HEAD, *tables, _words("Kinds of event", EVENT_WORDS), _words("Groups of places", sorted(groups()))]
    )


def _section(name: str, part: Schema, schema: Schema) -> str:
    """One table of the file, with the tables below it."""
    is_list = part.get("type") == "array"
    table = _resolved(part["items"] if is_list else part, schema)
    lines = [f"## {f'[[{name}]]' if is_list else f'[{name}]'}", "", *_table(table, schema)]
    if isinstance(further := table.get("additionalProperties"), dict):
        lines += [f"### [{name}.<id>]", "", *_table(_resolved(further, schema), schema)]
    for key, inner in table["properties"].items():
        below = _resolved(inner, schema)
        if "properties" in below:
            lines += [f"### {name} {key}", "", *_table(below, schema)]
    return "\n".join(lines)


def _table(table: Schema, schema: Schema) -> Iterator[str]:
    yield " ".join(table["description"].split())
    yield ""
    yield "| key | is | default | example | meaning |"
    yield "|---|---|---|---|---|"
    for key, part in table["properties"].items():
        required = key in table.get("required", ())
        default = "required" if required else _code(part["default"]) if part.get("default") not in (None, "") else ""
        example = _code(part["examples"][0]) if "examples" in part else ""
        yield f"| `{key}` | {_kind(_resolved(part, schema))} | {default} | {example} | {part.get('description', '')} |"
    yield ""


def _resolved(part: Schema, schema: Schema) -> Schema:
    """The definition that a part refers to, else the part itself."""
    name = part.get("$ref", "").rpartition("/")[2]
    found: Schema = schema["$defs"][name] if name else part
    return found


def _kind(part: Schema) -> str:
    """What a value must be, in a word or two."""
    if "enum" in part:
        return " or ".join(f"`{word}`" for word in part["enum"])
    if part.get("type") == "array" and "enum" in part["items"]:
        return f"list of {', '.join(f'`{word}`' for word in part['items']['enum'])}"
    if "anyOf" in part or part.get("type") == "array":
        return "list of words"
    if "format" in part:
        return str(part["format"])
    if part.get("type") in ("integer", "number"):
        return _number(part)
    if part.get("type") == "string":
        return "name" if "pattern" in part else "text"
    return {"boolean": "true or false", "object": "table"}[part["type"]]


def _number(part: Schema) -> str:
    word = "whole number" if part["type"] == "integer" else "number"
    least = part.get("minimum", part.get("exclusiveMinimum"))
    above = " above" if "exclusiveMinimum" in part else ""
    if "maximum" in part:
        return f"{word}{above} {least:g} to {part['maximum']:g}"
    return f"{word}, {least:g} or more"


def _code(value: Any) -> str:
    return f"`{_toml(value)}`"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {_toml(inner)}' for name, inner in value.items())} }}" if value else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _words(title: str, words: Any) -> str:
    return f"## {title}\n\n{', '.join(f'`{word}`' for word in words)}\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
