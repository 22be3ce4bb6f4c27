"""Spain's recomendaciones de viaje: a formula at the head of the page."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Action, Level
from advisoryd.model.reading import Unreadable
from advisoryd.sources.es_maec import INDEX, headline
from tests.sources import european

OMAN = f"{european.ES_PAGE}Om%C3%A1n"


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("NO HAY RESTRICCIONES ESPECÍFICAS RELATIVAS A VIAJES A ESTE PAÍS.", 1),
        ("No hay restricciones especificas relativas a viajes a este país.", 1),
        ("SE RECOMIENDA VIAJAR CON PRECAUCIÓN.", 2),
        ("SE RECOMIENDA VIAJAR CON EXTREMA PRECAUCIÓN Y ABSTENERSE DE HACERLO POR DETERMINADAS ZONAS.", 2),
        ("SE RECOMIENDA EXTREMAR LA PRECAUCIÓN EN ALGUNAS ZONAS.", 2),
        ("SE DESACONSEJA EL VIAJE SALVO POR RAZONES DE EXTREMA NECESIDAD.", 3),
        ("SE DESACONSEJA TODO VIAJE NO ESENCIAL A LA RDC.", 3),
        ("SE RECOMIENDA NO VIAJAR A VENEZUELA A MENOS QUE SEA NECESARIO.", 3),
        ("Se aconseja aplazar su viaje hasta nuevo aviso.", 3),
        ("SE RECOMIENDA POSPONER CUALQUIER VIAJE NO INDISPENSABLE A CHAD.", 3),
        ("SE DESACONSEJA EL VIAJE BAJO CUALQUIER CIRCUNSTANCIA.", 4),
        ("SE RECOMIENDA NO VIAJAR BAJO NINGUNA CIRCUNSTANCIA A AFGANISTÁN.", 4),
        ("SE DESACONSEJA EL VIAJE.", 4),
    ],
)
def test_the_formula_gives_the_level(sentence: str, level: int) -> None:
    assert headline([f"Se ruega leer esto. {sentence} Texto."]) == (level, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "HAY ALGUNAS ZONAS DE BENÍN, EN CONCRETO LA MITAD NORTE DEL PAÍS, A LAS QUE SE RECOMIENDA NO VIAJAR.",
        "Se recomienda no viajar a las provincias fronterizas.",
        "EN CASO DE VIAJAR POR LA REGIÓN DEL POOL SE RECOMIENDA EXTREMAR LA PRECAUCIÓN.",
        "EL PAÍS ES TOTALMENTE SEGURO PARA LOS VIAJEROS.",
    ],
)
def test_other_wording_and_that_of_areas_is_no_level(sentence: str) -> None:
    assert headline([sentence]) == (None, "")


def test_a_link_is_followed_as_it_stands_and_known_by_the_name_in_it() -> None:
    follow = european.parse("es-maec", INDEX, european.body("es-maec", "index.html")).follow
    assert [(page.key, page.request.url) for page in follow] == [
        ("Japón", f"{european.ES_PAGE}Jap%C3%B3n"),
        ("Bahamas", f"{european.ES_PAGE}Bahamas+"),
        ("Omán", OMAN),
    ]


def test_a_stub_of_200_is_not_a_page() -> None:
    with pytest.raises(Unreadable):
        european.parse("es-maec", OMAN, "<h1>Detalle recomendaciones de viaje</h1><h2>Más información</h2>")


def test_only_the_first_chapter_is_looked_at() -> None:
    payload = european.body("es-maec", "oman.html").decode().replace("SE DESACONSEJA EL VIAJE SALVO", "NADA SALVO")
    piece = european.parse("es-maec", OMAN, payload).pieces["Omán"]
    assert (piece["level"], piece["native"]) == (None, "")


def test_a_call_to_leave_is_kept_apart() -> None:
    payload = (
        european.body("es-maec", "oman.html")
        .decode()
        .replace(
            "SE DESACONSEJA EL VIAJE SALVO POR RAZONES DE EXTREMA NECESIDAD",
            "SE DESACONSEJA EL VIAJE BAJO CUALQUIER CIRCUNSTANCIA Y SE PIDE A LOS ESPAÑOLES QUE LO ABANDONEN",
        )
    )
    record = european.reader("es-maec").records("Omán", [european.parse("es-maec", OMAN, payload).pieces["Omán"]])[0]
    assert (record.level, record.actions) == (Level.AVOID, {Action.LEAVE})


@pytest.mark.parametrize(("name", "place"), [("Corea", "KR"), ("Kazajstán", "KZ"), ("Omán", "OM")])
def test_the_ministrys_own_names_are_known(name: str, place: str) -> None:
    html = f'<a href="Detalle-recomendaciones-de-viaje.aspx?trc={name}">{name}</a>'
    assert european.parse("es-maec", INDEX, html).pieces[name]["destination"] == place


def test_an_address_that_is_none_is_passed_over() -> None:
    html = '<a href="http://[?trc=Oman">x</a><a href="?trc=Jap%C3%B3n">Japón</a>'
    assert list(european.parse("es-maec", INDEX, html).pieces) == ["Japón"]
