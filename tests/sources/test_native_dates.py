"""Dates as European ministries print them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from advisoryd.model.record import Stamp
from advisoryd.sources import native_dates


@pytest.mark.parametrize(
    ("text", "zone", "at", "printed", "day"),
    [
        ("Stand 24.06.2026", "Europe/Vienna", datetime(2026, 6, 23, 22, tzinfo=UTC), "24.06.2026", True),
        ("opdateret: 24.06.2026 Kl. 15.04", "Europe/Copenhagen", datetime(2026, 6, 24, 13, 4, tzinfo=UTC), None, False),
        ("le 11/03/2026, valable", "Europe/Paris", datetime(2026, 3, 10, 23, tzinfo=UTC), "11/03/2026", True),
        ("01.08.2023 10:32:17", "Europe/Bratislava", datetime(2023, 8, 1, 8, 32, 17, tzinfo=UTC), None, False),
        ("1.12.2026 9.05", "Europe/Copenhagen", datetime(2026, 12, 1, 8, 5, tzinfo=UTC), None, False),
    ],
)
def test_figures_with_the_day_first(text: str, zone: str, at: datetime, printed: str | None, day: bool) -> None:
    found = native_dates.figures(text, zone)
    assert found is not None
    assert (found.at, found.day) == (at, day)
    assert found.text in text
    assert printed is None or found.text == printed


@pytest.mark.parametrize("text", ["", "31.02.2026", "2026-06-24", "1234.56.78901", "24.06.26", "99.99.9999 Kl. 99.99"])
def test_what_is_no_such_day_is_none(text: str) -> None:
    assert native_dates.figures(text, "Europe/Vienna") is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Date de mise à jour le : 30 juin 2026", "fr", (2026, 6, 29, 22)),
        ("le 1er août 2026", "fr", (2026, 7, 31, 22)),
        ("Última actualización el 8 de abril de 2026", "es", (2026, 4, 7, 22)),
        ("12 personas; 20 de NOVIEMBRE de 2026", "es", (2026, 11, 19, 23)),
    ],
)
def test_months_by_their_names(text: str, language: str, day: tuple[int, int, int, int]) -> None:
    zone = {"fr": "Europe/Paris", "es": "Europe/Madrid"}[language]
    found = native_dates.words(text, language, zone)
    assert isinstance(found, Stamp)
    assert (found.at, found.day) == (datetime(*day, tzinfo=UTC), True)


@pytest.mark.parametrize("text", ["", "30 June 2026", "31 avril 2026", "juin 2026"])
def test_a_month_of_another_language_is_no_date(text: str) -> None:
    assert native_dates.words(text, "fr", "Europe/Paris") is None
