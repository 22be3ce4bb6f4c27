"""Every name in seven months of five governments' published advice, read from the recorded payloads themselves."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from advisoryd import places

CANADA_OWN_CODES = {"IL": "IL+PS", "IC": "ES-CN", "BQ": "BQ-BO"}


def bodies(shared: Path, stream: str, url: str) -> Iterator[str]:
    """Every body that ``stream`` served at an address ending in ``url``."""
    with lzma.open(shared / "replay" / f"{stream}.jsonl.xz", "rt") as lines:
        for snapshot in map(json.loads, lines):
            yield from (answer["body"] for address, answer in snapshot["set"].items() if address.endswith(url))


@pytest.mark.slow
def test_canada_names_mean_what_its_own_codes_say(shared: Path) -> None:
    rows = {
        (row["country-eng"], code)
        for body in bodies(shared, "canada", "index-alpha-eng.json")
        for code, row in json.loads(body)["data"].items()
    }
    assert len(rows) > 200
    assert {name: places.resolve(name, "en").place for name, _ in rows} == {
        name: CANADA_OWN_CODES.get(code, code) for name, code in rows
    }


@pytest.mark.slow
def test_united_kingdom_titles_and_slugs_are_one_place(shared: Path) -> None:
    countries = {
        (child["details"]["country"]["name"], child["details"]["country"]["slug"])
        for body in bodies(shared, "unitedkingdom", "/api/content/foreign-travel-advice")
        for child in json.loads(body)["links"]["children"]
    }
    assert len(countries) > 220
    assert not [pair for pair in countries if len({places.resolve(form, "en").place for form in pair} - {""}) != 1]


@pytest.mark.slow
def test_ireland_names_and_slugs_are_one_place(shared: Path) -> None:
    links = {
        (unescape(re.sub("<[^>]+>", "", name)).strip(), slug)
        for body in bodies(shared, "ireland", "/advice/")
        for slug, name in re.findall(r'href="[^"]*overseas-travel/advice/([^"/]+)/?"[^>]*>(.*?)</a>', body, re.DOTALL)
    }
    assert len(links) > 200
    assert not [pair for pair in links if len({places.resolve(form, "en").place for form in pair} - {""}) != 1]


@pytest.mark.slow
def test_united_states_titles_are_known(shared: Path) -> None:
    titles = {
        re.split(r"\s*(?:Travel Advisory)?\s+-\s+(?:Level|See|Other)", row["Title"])[0].strip()
        for body in bodies(shared, "unitedstates", "TravelAdvisories")
        for row in json.loads(body)
    }
    assert len(titles) > 200
    assert [title for title in titles if not places.resolve(title, "en").place] == []


@pytest.mark.slow
def test_australia_titles_are_known(shared: Path) -> None:
    titles = {row["title"] for body in bodies(shared, "australia", "destinations-export") for row in json.loads(body)}
    assert len(titles) > 170
    assert [title for title in titles if not places.resolve(title, "en").place] == []


def test_destinations_of_labelled_news_are_mentioned_in_it(shared: Path) -> None:
    items = [json.loads(line) for line in (shared / "corpus" / "news-dev.jsonl").read_text("utf-8").splitlines()]
    missed = [
        (item["title"], sorted(wanted))
        for item in items
        if (
            wanted := set(item["label"].get("destinations", ()))
            - {"*"}
            - {
                mention.place
                for mention in places.mentions(unescape(f"{item['title']}\n{item['summary']}"), item["lang"])
            }
        )
    ]
    assert missed == []
