"""Line numbers: every key of any valid TOML is found, on the line where it begins."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from advisoryd.settings.lines import KeyPath, lines_of

EXAMPLE = '''# a comment with [a.table] and key = 1
top = 1
"quoted \\" key".'and.dotted' = """text
[not.a.table]
not_a_key = 3
ends with a quote""""
list = [ # ] a comment in it
  1,
  [2, { q = 1, r.s = "}" }],
  """several
lines""",
  "x",
]

[[member]]
inline = { a = [1,
2], "b" = \'\'\'
\'\'\' }
[member.below]
moment = 1979-05-27 07:32:00

[[member]]
[[member.inner]]
k = 1
[[ member . "inner" ]]
k = 2
[x.y.z]
'''


def test_every_kind_of_key_has_its_line() -> None:
    assert lines_of(EXAMPLE) == {
        ("top",): 2,
        ('quoted " key',): 3,
        ('quoted " key', "and.dotted"): 3,
        ("list",): 7,
        ("list", 0): 8,
        ("list", 1): 9,
        ("list", 1, 0): 9,
        ("list", 1, 1): 9,
        ("list", 1, 1, "q"): 9,
        ("list", 1, 1, "r"): 9,
        ("list", 1, 1, "r", "s"): 9,
        ("list", 2): 10,
        ("list", 3): 12,
        ("member",): 15,
        ("member", 0): 15,
        ("member", 0, "inline"): 16,
        ("member", 0, "inline", "a"): 16,
        ("member", 0, "inline", "a", 0): 16,
        ("member", 0, "inline", "a", 1): 17,
        ("member", 0, "inline", "b"): 17,
        ("member", 0, "below"): 19,
        ("member", 0, "below", "moment"): 20,
        ("member", 1): 22,
        ("member", 1, "inner"): 23,
        ("member", 1, "inner", 0): 23,
        ("member", 1, "inner", 0, "k"): 24,
        ("member", 1, "inner", 1): 25,
        ("member", 1, "inner", 1, "k"): 26,
        ("x",): 27,
        ("x", "y"): 27,
        ("x", "y", "z"): 27,
    }


def test_the_example_is_what_tomllib_reads() -> None:
    assert set(paths_of(tomllib.loads(EXAMPLE))) == set(lines_of(EXAMPLE))


def test_line_ends_of_windows_and_odd_separators_inside_text_do_not_count() -> None:
    text = 'a = "one\\u2028two"\r\nb = "form\x0bfeed"  # and \x85 here\r\nc = """x\r\ny"""\r\nd = 1\r\n'
    text = text.replace("\x0b", "\u2028")
    assert lines_of(text) == {("a",): 1, ("b",): 2, ("c",): 3, ("d",): 5}


def test_nothing_has_no_lines() -> None:
    assert lines_of("") == lines_of("\n # only a comment") == {}


def paths_of(value: Any, above: KeyPath = ()) -> Iterator[KeyPath]:
    """Every path in a tree."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in members:
        yield (*above, name)
        yield from paths_of(inner, (*above, name))


BLANKS = st.sampled_from(["", " ", "\t", "  "])
BREAKS = st.sampled_from(["", " ", "\n", "\n\n  ", " # x = [1, {\n", "\r\n"])
PLAIN = st.sampled_from(
    ["1", "-0.5e3", "true", "1979-05-27T07:32:00Z", "07:32:00", '"plain # text"', "'lit \\ [eral'", '""', "''"]
)
LONG = st.sampled_from(
    ['"""\n[decoy]\ndecoy = 1\n"""', '"""a\\""" b"""', "'''\nit''s\ndecoy = [\n'''", '"""quotes: """""', '""""""']
)
SCALARS = PLAIN | LONG


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Valid TOML of all kinds, whose every key is a word of its own (so that its line can be told by eye)."""
    names = iter(f"k{number:04d}" for number in range(10_000))

    def name() -> str:
        word = next(names)
        return draw(st.sampled_from([word, f'"{word}"', f"'{word}'"]))

    def pair(depth: int) -> str:
        key = ".".join(name() for _ in range(draw(st.integers(1, 2))))
        return f"{key}{draw(BLANKS)}={draw(BLANKS)}{value(depth)}"

    def value(depth: int) -> str:
        kind = draw(st.sampled_from(["scalar", "list", "table"])) if depth else "scalar"
        if kind == "list":
            members = [f"{draw(BREAKS)}{value(depth - 1)}{draw(BREAKS)}" for _ in range(draw(st.integers(0, 3)))]
            return f"[{','.join(members)}{draw(st.sampled_from(['', ','])) if members else ''}{draw(BREAKS)}]"
        if kind == "table":
            return "{" + ",".join(f" {pair(depth - 1)} " for _ in range(draw(st.integers(0, 3)))) + "}"
        return draw(SCALARS)

    lines = [pair(2) for _ in range(draw(st.integers(0, 3)))]
    lists: list[str] = []
    for _ in range(draw(st.integers(0, 5))):
        above = f"{draw(st.sampled_from(lists))}." if lists and draw(st.booleans()) else ""
        header = above + name()
        if draw(st.booleans()):
            lists.append(header)
            lines.append(f"{draw(BLANKS)}[[{draw(BLANKS)}{header}{draw(BLANKS)}]] # [x]")
        else:
            lines.append(f"[{header}]{draw(BLANKS)}")
        lines += [draw(BLANKS) + pair(2) for _ in range(draw(st.integers(0, 3)))]
    return "\n".join(lines) + draw(BREAKS)


@given(documents())
@settings(max_examples=100, deadline=None)
def test_what_is_found_is_what_is_there_on_the_line_where_it_is_first_named(text: str) -> None:
    found = lines_of(text)
    assert set(found) == set(paths_of(tomllib.loads(text)))
    lines = text.replace("\r\n", "\n").split("\n")
    for path, line in found.items():
        if isinstance(path[-1], str):
            assert line == next(number for number, words in enumerate(lines, 1) if path[-1] in words)
        else:
            assert line >= found[path[:-1]]
