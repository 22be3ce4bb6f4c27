"""Predictions for files of labelled news."""

from __future__ import annotations

from datetime import UTC, datetime

from advisoryd.news.predict import news_item, predictions

ADVICE = {
    "id": "a1",
    "lang": "en",
    "title": "China again urges citizens to avoid travel to Japan, citing earthquake",
    "summary": "The consular alert also mentions crime.",
    "published": "2025-12-11",
    "outlet": "example.com",
}
OTHER = {"id": "a2", "lang": "en", "title": "Galatasaray beat Liverpool", "published": None}


def test_every_row_gets_a_prediction_in_order() -> None:
    assert [row["id"] for row in predictions([ADVICE, OTHER])] == ["a1", "a2"]


def test_a_prediction_has_the_fields_of_a_label() -> None:
    first, second = predictions([ADVICE, OTHER])
    assert first == {
        "id": "a1",
        "is_advisory": True,
        "issuer": ["CN"],
        "destinations": ["JP"],
        "level": 3,
        "event": "followup",
        "reasons": ["crime", "natural_disaster"],
        "leave": False,
        "confidence": 1.0,
        "event_id": "cn-jp-2025-12-11",
    }
    assert not second["is_advisory"]
    assert (second["issuer"], second["level"], second["event"], second["event_id"]) == ([], None, None, None)


def test_a_day_without_a_time_is_read_as_utc_and_nonsense_as_no_date() -> None:
    assert news_item(ADVICE).published == datetime(2025, 12, 11, tzinfo=UTC)
    assert news_item({**ADVICE, "published": "yesterday"}).published is None


def test_the_outlet_gives_its_home() -> None:
    assert news_item({**ADVICE, "outlet": "gulfnews.com"}).country == "AE"


def test_rows_may_lack_everything_but_a_title() -> None:
    assert [row["id"] for row in predictions([{"title": "x"}, {}])] == [None, None]
