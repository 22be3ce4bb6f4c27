"""The files of a configuration: read whole, joined, and told apart."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from advisoryd.settings import ConfigError
from advisoryd.settings.files import Document, read_document

Written = Callable[..., Path]


def refused(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as refusal:
        read_document(path)
    return [str(problem).replace(f"{path.parent}/", "") for problem in refusal.value.problems]


def test_tables_of_several_files_are_merged_and_lists_joined(written: Written) -> None:
    path = written("[daemon]\nlocale = 'ja'\n[[channel]]\nname = 'a'\n")
    (path.parent / "conf.d").mkdir()
    (path.parent / "conf.d" / "20-late.toml").write_text("[[channel]]\nname = 'c'\n")
    (path.parent / "conf.d" / "10-early.toml").write_text("[daemon]\ntimezone = 'UTC'\n[[channel]]\nname = 'b'\n")
    (path.parent / "conf.d" / "notes.txt").write_text("not a configuration")
    (path.parent / "conf.d" / ".hidden.toml").write_text("nor is this")
    document = read_document(path)
    assert document.tree == {
        "daemon": {"locale": "ja", "timezone": "UTC"},
        "channel": [{"name": "a"}, {"name": "b"}, {"name": "c"}],
    }
    assert [file.name for file in document.files] == ["advisoryd.toml", "10-early.toml", "20-late.toml"]


def test_a_problem_is_placed_in_the_file_and_on_the_line_that_gave_the_member(written: Written) -> None:
    path = written("[[channel]]\nname = 'a'\n")
    (path.parent / "conf.d").mkdir()
    (path.parent / "conf.d" / "10.toml").write_text("# another\n\n[[channel]]\nname = 'b'\n[channel.options]\nx = 1\n")
    document = read_document(path)
    assert document.problem(("channel", 0, "name"), "…").line == 2
    inside = document.problem(("channel", 1, "options", "x"), "…")
    assert (Path(inside.file).name, inside.line, inside.key) == ("10.toml", 6, 'channel "b" options x')
    assert document.problem(("channel", 1, "missing"), "…").line == 3
    assert document.problem(("nowhere",), "…").line == 0


def test_a_value_given_twice_names_both_places(written: Written) -> None:
    path = written("[http]\ncontact = 'a'\nper_host = 1\n")
    (path.parent / "conf.d").mkdir()
    (path.parent / "conf.d" / "10.toml").write_text("[http]\nper_host = 1\n")
    assert refused(path) == [
        "conf.d/10.toml:2: http per_host: is given in advisoryd.toml:3 already; keep one of the two"
    ]


def test_what_is_wrong_in_every_file_is_told_at_once(written: Written) -> None:
    path = written("[http\n")
    (path.parent / "conf.d").mkdir()
    (path.parent / "conf.d" / "10.toml").write_bytes(b"# fine\nx = '\xff'\n")
    assert [problem.split(":")[:2] for problem in refused(path)] == [["advisoryd.toml", "1"], ["conf.d/10.toml", "2"]]


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_problem(written: Written) -> None:
    path = written()
    path.write_bytes("\ufeff[daemon]\r\nlocale = 'ja'\r\n".encode())
    assert read_document(path).tree == {"daemon": {"locale": "ja"}}


def test_a_missing_file_names_itself_and_what_to_do(tmp_path: Path) -> None:
    [sentence] = refused(tmp_path / "advisoryd.toml")
    assert sentence.startswith("advisoryd.toml: there is no such file; name another one with --config")


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "advisoryd.toml").mkdir()
    assert refused(tmp_path / "advisoryd.toml") == ["advisoryd.toml: cannot be read: Is a directory"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(written: Written) -> None:
    path = written()
    path.chmod(0)
    assert refused(path) == ["advisoryd.toml: cannot be read: Permission denied"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = hush", 1, "text in quotes"),
        ("\na 1", 2, "a key must be followed by ="),
        ('a = "hush\n"', 1, "quote it began with"),
        ('a = """hush\n\n', 3, "quotes it began with"),
        ("a = 1\na = 2", 2, "given a second time"),
        ("[a]\n[a]", 2, "given a second time"),
        ('a = "x" hush', 1, "text needs quotes around it"),
        ("a = [1, 2", 1, "unclosed array"),
        (f"a = {'[' * 5000}", 0, "nested too deeply"),
        (f"a = {'9' * 5000}", 0, "too many figures"),
    ],
)
def test_what_is_not_toml_says_what_to_mend_and_where(written: Written, text: str, line: int, words: str) -> None:
    [sentence] = refused(written(text))
    assert sentence.startswith(f"advisoryd.toml:{line}: is not" if line else "advisoryd.toml: is not")
    assert words in sentence
    assert "hush" not in sentence


def test_members_without_a_proper_name_are_counted() -> None:
    document = Document()
    document.tree = {"channel": [{"name": "chat"}, {"name": "sk-LIVE/hush!"}, {}, 7]}
    shown = [document.shown(("channel", position, "url")) for position in range(4)]
    assert shown == ['channel "chat" url', "channel number 2 url", "channel number 3 url", "channel number 4 url"]


def test_a_key_cannot_break_the_line_it_is_shown_in() -> None:
    assert Document().shown(("a\nb\x1b[31m", "x" * 100)) == f"a?b?[31m {'x' * 60}"
