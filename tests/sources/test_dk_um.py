"""Denmark's rejsevejledninger: a bar for each step."""

from __future__ import annotations

import pytest

from advisoryd.model.ladder import Level
from advisoryd.model.reading import FindingKind, Unreadable
from advisoryd.model.record import Record
from advisoryd.sources.dk_um import INDEX
from tests.sources import european

URL = f"{INDEX}/oman/"
DATE = "<p>Rejsevejledning opdateret: 20.11.2026 Kl. 15.04</p><p>Gyldig: 23.11.2026</p>"


def record(bars: str, name: str = "Oman") -> Record:
    parsed = european.parse("dk-um", URL, f"<h1>{name}</h1>{DATE}{bars}")
    return european.reader("dk-um").records("oman", [parsed.pieces["oman"]])[0]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Vær opmærksom", 1),
        ("Vær ekstra forsigtig", 2),
        ("Vi fraråder alle ikke-nødvendige rejser til", 3),
        ("Vi fraråder alle rejser til", 4),
    ],
)
def test_the_bar_of_the_whole_country_is_its_level(words: str, level: int) -> None:
    found = record(f"<h3>{words}: Hele landet pga. noget opdigtet.</h3>")
    assert (found.level, found.native_level.startswith(words)) == (level, True)


def test_bars_of_parts_are_regions() -> None:
    found = record(
        "<h3>Vær ekstra forsigtig: Hele landet undtagen området i den røde bjælke.</h3>"
        "<h3>Vi fraråder alle rejser til: Grænseområdet til Yemen.</h3>"
    )
    assert (found.level, found.scope.regional, found.highest) == (Level.CAUTION, True, Level.AVOID)
    assert [region.name for region in found.scope.regions] == ["Grænseområdet til Yemen"]


def test_without_a_bar_of_the_whole_country_its_level_is_unknown() -> None:
    found = record("<h3>Vi fraråder alle rejser til: Nord.</h3><h3>Vær ekstra forsigtig: Syd.</h3>")
    assert (found.level, found.scope.regional) == (None, True)
    assert found.native_level


def test_a_page_with_a_date_and_no_bar_is_not_safe() -> None:
    parsed = european.parse("dk-um", URL, f"<h1>Oman</h1>{DATE}<h3>Kriminalitet</h3><p>Opdigtet.</p>")
    assert parsed.pieces["oman"]["level"] is None
    assert [found.kind for found in parsed.findings] == [FindingKind.UNKNOWN_FIELD]


def test_no_advice_is_said_outright_and_is_not_safe() -> None:
    parsed = european.parse("dk-um", f"{INDEX}/afghanistan/", european.body("dk-um", "afghanistan.html"))
    (found,) = european.reader("dk-um").records("afghanistan", [parsed.pieces["afghanistan"]])
    assert (found.destination, found.level, found.advises, parsed.findings) == ("AF", None, False, ())


def test_an_empty_shell_is_not_a_page() -> None:
    for shell in ("<h1>Oman</h1><div id='app'></div>", "<div></div>"):
        with pytest.raises(Unreadable):
            european.parse("dk-um", URL, shell)


def test_the_remark_on_the_latest_edit_is_the_issuers_own_claim() -> None:
    remark = "Rejsevejledningen for Oman er senest opdateret den 20.11.2026 med ændringer i afsnittet Transport."
    plain = record(f"<h3>Vær opmærksom: Hele landet.</h3><p>{remark}</p>")
    claim = record(
        f"<h3>Vær opmærksom: Hele landet.</h3><p>{remark} Der er ikke foretaget ændringer i sikkerhedsniveauet.</p>"
    )
    assert (plain.note, plain.editorial, claim.editorial) == (remark, False, True)


def test_todays_date_is_no_text() -> None:
    found = record("<h3>Vær opmærksom: Hele landet.</h3><p>Opdigtet.</p>")
    assert not any("Gyldig" in block for section in found.sections for block in section.blocks)
