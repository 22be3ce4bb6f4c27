"""The catalogue says which sources there are, and refuses an entry that is wrong with a sentence that helps."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from advisoryd.model.reading import Shape
from advisoryd.model.source import Confidence, Source, SourceKind
from advisoryd.sources import catalogue
from advisoryd.sources.catalogue import CatalogueError

MINIMAL = {"id": "xx-demo", "issuer": "XX", "name": "Demo", "reader": "feed"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def built(**fields: object) -> Source:
    return catalogue.build(MINIMAL | fields, "xx-demo.toml")


def known() -> dict[str, Source]:
    return {
        "cn-mfa": built(id="cn-mfa", issuer="CN", tags=["region:asia"]),
        "hk-ota": built(id="hk-ota", issuer="HK", tags=["region:asia"]),
        "bbc": built(id="bbc", issuer="GB", kind="news"),
    }


def test_every_built_in_entry_is_complete_and_its_reader_keeps_the_promise() -> None:
    entries = catalogue.entries()
    assert {"cn-mfa", "hk-ota", "jp-mofa"} <= set(entries)
    for source_id, source in entries.items():
        assert source.id == source_id
        assert source.homepage.startswith("https://"), source_id
        assert source.evidence, source_id
        assert source.cost, source_id
        assert source.attribution, source_id
        assert source.licence, source_id
        assert catalogue.check_options(source) == []
        reader = catalogue.reader_for(source)
        assert reader.version >= 1
        assert reader.contract.shape in Shape
        assert all(request.url.startswith("https://") for request in reader.endpoints(NOW)), source_id


def test_the_catalogue_handed_out_is_the_callers_own() -> None:
    catalogue.entries().clear()
    assert catalogue.entries()


def test_all_fields_are_read_and_lengths_of_time_with_their_units() -> None:
    source = built(
        every="15m",
        detail_every="7d",
        spacing=2,
        details_per_poll=3,
        kind="news",
        confidence="verified",
        headers={"Accept": "text/xml"},
        options={"url": "https://a.example"},
        tags=["a"],
    )
    assert (source.every, source.detail_every, source.spacing) == (timedelta(minutes=15), timedelta(days=7), 2.0)
    assert (source.kind, source.confidence) == (SourceKind.NEWS, Confidence.VERIFIED)
    assert source.headers == (("Accept", "text/xml"),)
    assert source.options == {"url": "https://a.example"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"evry": "15m"}, 'the key "evry" is not known; did you mean "every"?'),
        ({"every": "often"}, 'the key "every" must be a length of time such as "15m", "6h" or "7d".'),
        ({"every": 15}, 'the key "every" must be a length of time'),
        ({"every": "0m"}, 'the key "every" must be a length of time'),
        ({"kind": "rumour"}, 'the key "kind" must be one of official, news, health, hazard.'),
        ({"track": "weather"}, 'the key "track" must be one of security,'),
        ({"spacing": -1}, 'the key "spacing" must be a number of seconds, not below 0.'),
        ({"details_per_poll": 1.5}, 'the key "details_per_poll" must be a whole number, not below 0.'),
        ({"tags": "asia"}, 'the key "tags" must be a list of texts in quotes.'),
        ({"name": 5}, 'the key "name" must be text in quotes.'),
        ({"headers": ["a"]}, 'the key "headers" must be a table of header names and texts.'),
        ({"options": []}, 'the key "options" must be a table.'),
        ({"kind": []}, 'the key "kind" must be one of'),
    ],
)
def test_a_wrong_field_is_refused_by_file_and_key(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(CatalogueError) as refusal:
        built(**fields)
    assert str(refusal.value).startswith("xx-demo.toml: ")
    assert sentence in str(refusal.value)


def test_all_that_is_wrong_with_an_entry_is_told_at_once() -> None:
    with pytest.raises(CatalogueError) as refusal:
        catalogue.build({"id": "x", "every": "soon", "colour": "red"}, "x.toml")
    assert str(refusal.value).count("x.toml: ") == 5


def write(folder: Path, text: str) -> None:
    (folder / "xx-demo.toml").write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A catalogue folder of one's own."""
    catalogue._built_in.cache_clear()
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    yield tmp_path
    catalogue._built_in.cache_clear()


def test_a_file_that_is_no_toml_is_named(folder: Path) -> None:
    write(folder, "id = ")
    with pytest.raises(CatalogueError, match=r"^xx-demo\.toml: "):
        catalogue.entries()


def test_a_file_is_named_like_its_source(folder: Path) -> None:
    write(folder, 'id = "other"\nissuer = "XX"\nname = "n"\nreader = "feed"\n')
    with pytest.raises(CatalogueError, match='"id" must be "xx-demo"'):
        catalogue.entries()


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["*"], ("cn-mfa", "hk-ota", "bbc")),
        (["cn-mfa"], ("cn-mfa",)),
        (["region:asia"], ("cn-mfa", "hk-ota")),
        (["kind:news", "CN-MFA"], ("cn-mfa", "bbc")),
        (["issuer:hk"], ("hk-ota",)),
        (["track:security"], ("cn-mfa", "hk-ota", "bbc")),
        (["region:asia", "-hk-ota"], ("cn-mfa",)),
        (["*", "-kind:official"], ("bbc",)),
        ([], ()),
    ],
)
def test_words_select_sources_in_the_order_of_the_catalogue(words: list[str], ids: tuple[str, ...]) -> None:
    assert catalogue.select(words, known()) == catalogue.Selection(ids)


def test_words_that_name_nothing_are_reported() -> None:
    assert catalogue.select(["cn-mfa", "cn-mfq", "region:mars"], known()).unknown == ("cn-mfq", "region:mars")


@pytest.mark.parametrize("reader", ["nosuch", "../etc", "os", "__init__", "_hidden", "decode", ""])
def test_a_reader_that_does_not_exist_is_named(reader: str) -> None:
    with pytest.raises(CatalogueError, match='Source "xx-demo" names the reader'):
        catalogue.reader_for(built(reader=reader))


def plug_in(monkeypatch: pytest.MonkeyPatch, **offered: object) -> None:
    """Installs a distribution that offers a source."""
    module = ModuleType("stranger")
    for name, value in offered.items():
        setattr(module, name, value)
    monkeypatch.setitem(sys.modules, "stranger", module)
    point = EntryPoint("stranger_reader", "stranger", catalogue.GROUP)
    monkeypatch.setattr(catalogue, "_entry_points", lambda: (point,))


def test_a_plug_in_brings_its_source_and_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"id": "zz-plug", "issuer": "ZZ", "name": "Plug", "every": "1h"}
    plug_in(monkeypatch, SOURCE=entry, reader=lambda source: ("reader of", source.id))
    (source,) = catalogue.plugins().values()
    assert (source.id, source.reader, source.every) == ("zz-plug", "stranger_reader", timedelta(hours=1))
    assert catalogue.reader_for(source) == ("reader of", "zz-plug")


def test_a_plug_in_without_an_entry_or_that_fails_to_load_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch)
    with pytest.raises(CatalogueError, match=r"stranger_reader .* has no SOURCE"):
        catalogue.plugins()
    monkeypatch.setitem(sys.modules, "stranger", None)
    with pytest.raises(CatalogueError, match=r"stranger_reader .* cannot be loaded"):
        catalogue.plugins()


def test_a_broken_plug_in_does_not_disturb_the_built_in_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_entry_points", lambda: pytest.fail("a built-in reader needs no plug-ins"))
    assert catalogue.reader_for(catalogue.entries()["hk-ota"]).version >= 1


def test_an_installed_distribution_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "stranger-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[advisoryd.sources]\nzz_reader = zz_plug_in\n")
    (tmp_path / "zz_plug_in.py").write_text(
        "SOURCE = {'id': 'zz-plug', 'issuer': 'ZZ', 'name': 'Plug'}\ndef reader(source): return source.id\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert catalogue.plugins()["zz-plug"].reader == "zz_reader"
    monkeypatch.delitem(sys.modules, "zz_plug_in")


def test_without_plug_ins_the_package_list_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_offered", lambda: False)
    assert catalogue.plugins() == {}


def test_reading_the_catalogue_loads_no_parser_and_no_package_list() -> None:
    probe = (
        "import sys; from advisoryd.sources import catalogue\n"
        "catalogue.entries(), catalogue.plugins()\n"
        "heavy = {'feedparser', 'selectolax', 'importlib.metadata', 'difflib', 'babel', 'pycountry'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_catalogue_has_at_least_36_publishers_each_of_them_named_and_at_least_30_speaking_for_a_government() -> (
    None
):
    entries = catalogue.entries().values()
    publishers = {source.attribution for source in entries}
    official = {source.attribution for source in entries if source.kind is SourceKind.OFFICIAL}
    assert (len(publishers) >= 36, len(official) >= 30, "" in publishers) == (True, True, False)
