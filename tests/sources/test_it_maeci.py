"""Italy's country sheets and alerts."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.reading import Unreadable
from advisoryd.model.record import Stamp
from advisoryd.sources import it_prose
from advisoryd.sources.it_maeci import ALERTS, SITE
from tests.sources import european

OMAN = f"{SITE}/schede_paese/OMN.json"


def sheet(**changes: object) -> str:
    return json.dumps(json.loads(european.body("it-maeci", "OMN.json")) | changes)


@pytest.mark.parametrize(
    ("sentence", "place", "level"),
    [
        ("Si raccomanda di adottare le normali precauzioni richieste da un viaggio all’estero.", "FR", 1),
        ("Nel Paese, sono presenti alcune aree che richiedono una particolare cautela.", "EG", 2),
        ("Nel Paese sono presenti aree che richiedono una particolare cautela e/o aree sconsigliate.", "EG", 2),
        ("Sono sconsigliati viaggi non necessari nel Paese.", "PG", 3),
        ("I viaggi nel Paese sono sconsigliati, se non dettati da ragioni di necessità.", "LY", 3),
        ("Si raccomanda di posticipare tutti i viaggi verso il Paese.", "RU", 3),
        ("I viaggi in Afghanistan sono sconsigliati a qualsiasi titolo.", "AF", 4),
        ("Sono sconsigliati tutti i viaggi, a qualsiasi titolo.", "CF", 4),
        ("È assolutamente sconsigliato recarsi in Yemen, inclusa l'isola di Socotra.", "YE", 4),
    ],
)
def test_set_phrases_give_the_level(sentence: str, place: str, level: int) -> None:
    found = it_prose.read([sentence], place)
    assert (found.level, found.native) == (level, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Si sconsigliano i viaggi nelle zone a ridosso della frontiera con lo Yemen.",
        "Si sconsiglia di viaggiare di notte.",
        "E' sconsigliato recarsi nelle aree di confine con l’Oman.",
        "Consultare la Sezione Sicurezza.",
        "",
    ],
)
def test_what_is_said_of_areas_or_of_manners_is_no_level(sentence: str) -> None:
    assert it_prose.read([sentence], "OM").level is None


def test_the_strictest_statement_about_the_country_counts() -> None:
    text = (
        "Si sconsigliano viaggi non necessari nel Paese. Sono presenti alcune aree che richiedono particolare cautela."
    )
    found = it_prose.read([text], "GW")
    assert (found.level, found.regional) == (Level.RECONSIDER, True)


def test_an_empty_chapter_proves_nothing() -> None:
    body = json.loads(sheet())
    body["infoPrimopiano"]["nodi"]["Aree-di-particolare-cautela"]["contenuto"] = "<p> </p>"
    parsed = european.parse("it-maeci", OMAN, json.dumps(body))
    assert parsed.pieces["OMN"]["level"] is None
    assert parsed.findings


def test_a_sheet_without_its_chapter_on_security_is_broken() -> None:
    with pytest.raises(Unreadable):
        european.parse("it-maeci", OMAN, sheet(infoSicurezza=None))


@pytest.mark.parametrize(
    ("text", "day"), [("2026-06-30T22:00:00Z", True), ("2026-11-19T23:00:00Z", True), ("2026-11-19T12:00:00Z", False)]
)
def test_midnight_in_rome_is_a_day(text: str, day: bool) -> None:
    packed = european.parse("it-maeci", OMAN, sheet(updateDate=text)).pieces["OMN"]["issued"]
    assert packed == [datetime.fromisoformat(text).astimezone(UTC).isoformat(), text, day]


def test_the_chronology_is_the_note_and_no_text() -> None:
    record = european.reader("it-maeci").records("OMN", [european.parse("it-maeci", OMAN, sheet()).pieces["OMN"]])[0]
    assert record.note == "20/11/2026 - Sicurezza (testo inventato)"
    assert not any("20/11/2026" in block for section in record.sections for block in section.blocks)


def test_alerts_are_bulletins_known_by_their_id() -> None:
    (alert,) = european.parse("it-maeci", ALERTS, european.body("it-maeci", "totale.json")).items
    assert (alert.key, alert.destinations, alert.language) == ("ULTIMORA_MARKER_90001", ("OM",), "it")
    assert alert.summary == "Testo inventato. Seconda riga."
    assert alert.published == Stamp(datetime(2026, 11, 20, 10, 20, tzinfo=UTC), "1795170000")


def test_no_alert_at_all_is_normal() -> None:
    assert european.parse("it-maeci", f"{SITE}/ultima_ora/ALB.json", '{"ultima_ora":[],"focus":[]}').items == ()


def test_the_file_of_one_country_names_it_by_its_address() -> None:
    payload = '{"ultima_ora":[{"id":"ULTIMORA_MARKER_1","testo":"<p>Avviso.</p>","tsModifica":"x"}],"focus":[]}'
    (alert,) = european.parse("it-maeci", f"{SITE}/ultima_ora/OMN.json", payload).items
    assert (alert.title, alert.destinations, alert.published) == ("Avviso.", ("OM",), None)
