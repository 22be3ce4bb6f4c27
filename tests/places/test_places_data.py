"""The data files: what people keep, and what is made of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from advisoryd import places
from advisoryd.places import build, forms
from advisoryd.places.data import LOCALES, languages, lines, rows, split
from advisoryd.places.gazetteer import parts
from advisoryd.places.gazetteer import places as known_places
from advisoryd.places.groups import groups
from advisoryd.places.lexicon import Lexicon, lexicon
from advisoryd.places.names import verdicts
from advisoryd.places.text import folded, key

KEPT = [tag for tag in LOCALES if (build.GENERATED.parent / f"{tag}.tsv").exists()]
NEWS = ["en", "zh", "ja", "ko", "de", "fr", "es", "pt", "it", "nl", "ru", "ar"]
STATES = [place.id for place in known_places().values() if place.alpha3 and not place.part_of and place.id != "AQ"]
CAPITAL_OF_THE_SAME_NAME = {"DJ", "DZ", "GT", "JO", "KW", "LU", "MC", "PA", "SG", "SM", "ST", "TN", "VA", "VC"}


def shipped(name: str) -> str:
    return (build.GENERATED / name).read_text(encoding="utf-8")


def told(known: Lexicon, kind: str) -> set[str]:
    """The places that have a form of ``kind``."""
    found = [form for spelt in known.forms if (form := known.form(spelt))]
    return {place for form in found if kind in (form.kind, form.capital_kind) for place in form.places}


@pytest.mark.slow
def test_shipped_tables_are_what_the_libraries_say() -> None:
    if shipped("names.tsv").splitlines()[0] != build.stamp():
        pytest.skip("the installed Babel or pycountry is another release than the one the tables were made from")
    assert [name for name, content in build.from_libraries().items() if shipped(name) != content] == []


@pytest.mark.slow
def test_shipped_tables_are_what_the_hand_kept_files_say() -> None:
    stale = [name for name, content in build.from_hand().items() if shipped(name) != content]
    assert stale == [], "run python -m advisoryd.places.build"


def test_nothing_heavy_is_imported_before_or_while_places_are_resolved() -> None:
    script = (
        "import sys; from advisoryd import places; early = set(sys.modules);"
        " places.resolve('Japan'), places.mentions('Japan', 'en'), places.expand(['eu']);"
        " places.display_name('JP', 'ja');"
        " print(*sorted({'babel', 'pycountry', 'tomllib', 'difflib', 'importlib.resources'} & set(sys.modules)),"
        " *sorted(name for name in early if name.startswith('advisoryd.places.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    "file", ["aliases.tsv", "display.tsv", "ambiguous.tsv", "codes.tsv", "parts.tsv", "groups.tsv"]
)
def test_every_id_in_a_hand_kept_file_is_one(file: str) -> None:
    column = {"aliases.tsv": 1, "display.tsv": 1, "ambiguous.tsv": 2, "codes.tsv": 1, "parts.tsv": 0, "groups.tsv": 1}[
        file
    ]
    ids = [row[column] for row in rows(file, 5)]
    if file == "groups.tsv":
        ids = [member for listed in ids for member in listed.split() if member not in groups()]
    assert [place for place in ids if place and not places.known(place)] == []


def test_every_hand_kept_name_is_understood_as_written() -> None:
    wrong = []
    for language, place, _, _, names in rows("aliases.tsv", 5):
        tag = "" if language == "*" else language
        wrong += [(name, language, place) for name in split(names) if places.resolve(name, tag).place != place]
    assert wrong == []


def test_every_name_that_two_places_bear_is_in_the_table_of_ambiguous_names() -> None:
    bearers: dict[str, set[str]] = {}
    for line in lines("generated/names.tsv"):
        known_as, _, found = line.partition("\t")
        bearers[known_as] = {bearer.split(":")[0] for bearer in found.split()}
    for line in lines("generated/aliases.tsv"):
        known_as, _, found = line.partition("\t")
        bearers.setdefault(known_as, set()).update(alias.split("|")[0] for alias in found.split())
    explained = {folded(known_as) for known_as in verdicts()}
    assert {
        known_as for known_as, ids in bearers.items() if len(ids) > 1 and folded(known_as) not in explained
    } == set()


def test_every_ambiguous_name_gives_its_candidates_and_a_reason() -> None:
    assert [row for row in rows("ambiguous.tsv", 5) if len(row[3].split()) < 2 or not row[4]] == []


@pytest.mark.parametrize("language", NEWS)
def test_every_state_has_its_name_and_its_capital_in_the_language_of_the_news(language: str) -> None:
    known = lexicon(language)
    assert set(STATES) - told(known, "name") == set()
    assert set(STATES) - told(known, "capital") - CAPITAL_OF_THE_SAME_NAME == set()


def test_every_state_has_a_demonym_in_english() -> None:
    assert set(STATES) - told(lexicon("en"), "demonym") == {"CG"}, "Congolese is told of the larger Congo"


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "it", "nl", "ru", "ar", "pl"])
def test_most_states_have_a_demonym_in_the_other_inflected_languages(language: str) -> None:
    assert len(told(lexicon(language), "demonym") & set(STATES)) >= 60


@pytest.mark.parametrize("language", ["zh", "ja", "ko"])
def test_a_demonym_is_made_of_any_name_where_the_language_makes_it_so(language: str) -> None:
    assert set(lexicon(language).suffixes.values()) == {"demonym", "name"}


def signs(tag: str, sign: str) -> Iterator[tuple[str, str]]:
    """The lines of a hand-kept file with ``sign``: each form and what is said of it."""
    for row in rows(f"{tag}.tsv", 6):
        if row[0] == sign:
            yield from ((form, row[2]) for form in split(row[1]))


@pytest.mark.parametrize("tag", KEPT)
def test_every_form_that_is_read_over_would_be_taken_for_a_place(tag: str) -> None:
    without = forms.table_of(tag.partition("-")[0], told_only=True)
    beginnings = {beginning for spelt in without.forms for beginning in _beginnings(without, spelt)}
    idle = [form for form, _ in signs(tag, "-") if not _collides(without, beginnings, forms.spelling(without, form))]
    assert idle == []


def _units(made: forms.Table, spelt: str) -> list[str]:
    return spelt.split(" ") if made.spaced else list(spelt)


def _beginnings(made: forms.Table, spelt: str) -> Iterator[tuple[str, ...]]:
    units = _units(made, spelt)
    return (tuple(units[:end]) for end in range(1, len(units)))


def _collides(made: forms.Table, beginnings: set[tuple[str, ...]], spelt: str) -> bool:
    """Whether a form lies in ``spelt``, or begins in it and runs out of it."""
    units = _units(made, spelt)
    joint = " " if made.spaced else ""
    spans = [(start, end) for start in range(len(units)) for end in range(start + 1, len(units) + 1)]
    inside = any(joint.join(units[start:end]) in made.forms for start, end in spans)
    return inside or any(tuple(units[start:]) in beginnings for start in range(1, len(units)))


@pytest.mark.parametrize("tag", KEPT)
def test_every_condition_is_one_and_is_about_a_form(tag: str) -> None:
    made = forms.table_of(tag.partition("-")[0], told_only=True)
    for form, condition in signs(tag, "?"):
        assert condition.startswith(("unless ", "only with ", "not after ", "only after ")), condition
        spellings = [forms.spelling(made, each) for each in forms.inflected(form, made.endings, made.cases)]
        assert any(spelt in made.forms for spelt in spellings), form


@pytest.mark.parametrize("tag", KEPT)
def test_every_line_of_a_language_file_has_a_place_or_a_sign(tag: str) -> None:
    for first, *_ in rows(f"{tag}.tsv", 6):
        assert first in "-?~*+" or all(part in known_places() for part in first.split("+")), first


def test_every_locale_inherits_from_one_that_is_there() -> None:
    assert all(languages(tag)[0] == tag for tag in LOCALES)
    assert languages("zh") == ("zh-Hans", "zh-Hant")
    assert languages("zh-HK") == ("zh-Hant-HK", "zh-Hant")
    assert languages("pt_BR") == ("pt",)
    assert languages("tlh") == ()


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("Japan~er", {"Japaner", "Japanerin"}),
        ("[訪駐]日", {"訪日", "駐日"}),
        ("Россия", {"Россия", "России"}),
        ("Kuba", {"Kuba", "Kuby"}),
        ("Ohio", {"Ohio"}),
    ],
)
def test_one_entry_stands_for_its_inflected_forms(form: str, wanted: set[str]) -> None:
    endings = {"er": ("er", "erin")}
    cases = {"ия": ("ия", "ии"), "я": ("?",), "a": ("a", "y")}
    assert set(forms.inflected(form, endings, cases)) == wanted


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Côte d’Ivoire", "cote-d-ivoire"),
        ("People's", "peoples"),
        ("U.S.A.", "USA"),
        ("St. Lucia", "saint-lucia"),
        ("The Gambia", "gambia"),
        ("Trinidad & Tobago", "trinidad-and-tobago"),
        ("刚果（金）", "刚果金"),
        ("トリニダード・トバゴ", "トリニダードトバゴ"),
        ("臺灣", "台灣"),
        ("إسرائيل", "اسرائيل"),
        ("İzlanda", "izlanda"),
    ],
)
def test_two_ways_of_writing_have_one_key(left: str, right: str) -> None:
    assert folded(key(left)) == folded(key(right))


def test_marks_that_are_letters_are_not_folded_away() -> None:
    assert folded(key("जापान")) == key("जापान")
    assert folded(key("ญี่ปุ่น")) == key("ญี่ปุ่น")
    assert folded(key("ガザ")) == key("ガザ") != key("カサ")


def test_parts_belong_to_places_that_are_there() -> None:
    assert all(not place.part_of or place.part_of in known_places() for place in known_places().values())
    assert parts("IL+PS") == ("IL", "PS")
