"""Belgium's conseils aux voyageurs: set phrases in prose."""

from __future__ import annotations

import pytest

from advisoryd.sources.be_bz import INDEX
from tests.sources import european


def level(text: str, name: str = "Syrie") -> object:
    html = f"<main><h1>{name}</h1><h2>Sécurité générale</h2><p>{text}</p></main>"
    return european.parse("be-bz", f"{INDEX}/syrie", html).pieces["syrie"]["level"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tous les voyages vers la Syrie sont formellement déconseillés.", 4),
        ("Il est fortement déconseillé de se rendre en Syrie.", 4),
        ("Les voyages non essentiels vers la Syrie sont déconseillés.", 3),
        ("Une vigilance accrue est de mise.", 2),
        ("Il n'y a pas de risques de sécurité particuliers.", 1),
        ("Les précautions d’usage sont d’application.", 1),
        (
            "Les précautions d’usage sont d’application. Tous les voyages en Syrie sont formellement déconseillés.",
            4,
        ),
    ],
)
def test_set_phrases_about_the_country_give_the_level(text: str, expected: int) -> None:
    assert level(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Le niveau de la menace est de 4 sur une échelle de 5.",
        "Il est fortement déconseillé de se baigner.",
        "Les zones frontalières sont formellement déconseillées.",
    ],
)
def test_a_page_without_such_a_phrase_is_never_calm(text: str) -> None:
    assert level(text) is None


def test_the_country_is_known_by_the_lists_name_for_it() -> None:
    listed = european.parse("be-bz", INDEX, european.body("be-bz", "index.html"))
    page = european.parse("be-bz", f"{INDEX}/syrie", european.body("be-bz", "syrie.html"))
    (record,) = european.reader("be-bz").records("syrie", [listed.pieces["syrie"], page.pieces["syrie"]])
    assert (record.destination, record.name) == ("SY", "Syrie")
