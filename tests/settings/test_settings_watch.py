"""News searches are told which places the subscriptions ask about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from advisoryd.model.config import Config, Reports, Subscription
from advisoryd.model.source import Source
from advisoryd.settings import prove
from advisoryd.settings.watch import MOST, watched, with_watched
from advisoryd.sources import catalogue, news_queries

HEAD = '[sources]\nenable = ["cn-mfa", "google-news", "gdelt"]\n[[channel]]\nname = "screen"\ntype = "console"\n'


@pytest.fixture
def proven(written: Callable[..., Path]) -> Callable[..., Config]:
    """The configuration with these subscriptions, each given by its own lines."""

    def _proven(*subscriptions: str, more: str = "") -> Config:
        parts = (
            f'[[subscription]]\nname = "s{number}"\nchannels = ["screen"]\n{text}'
            for number, text in enumerate(subscriptions)
        )
        return prove(written("".join((HEAD, more, *parts))), {})

    return _proven


def watch_of(config: Config) -> dict[str, object]:
    return {source.id: source.options.get("watch") for source in config.sources}


def hearing(*destinations: str, reports: Reports = Reports.ALL) -> Subscription:
    return Subscription(name="s", channels=("c",), destinations=frozenset(destinations), reports=reports)


def test_searches_and_nobody_else_are_told_the_places_that_subscriptions_to_reports_name(
    proven: Callable[..., Config],
) -> None:
    config = proven('destinations = ["JP", "KR"]\nreports = "all"\n')
    assert watch_of(config) == {"cn-mfa": None, "google-news": ["JP", "KR"], "gdelt": ["JP", "KR"]}


def test_groups_are_spelt_out_and_joint_places_are_asked_for_one_by_one(proven: Callable[..., Config]) -> None:
    config = proven('destinations = ["benelux"]\nreports = "corroborated"\n')
    assert watch_of(config)["gdelt"] == ["BE", "LU", "NL"]
    assert watched([hearing("IL+PS", "JP")]) == ["IL", "JP", "PS"]


def test_places_of_several_subscriptions_are_joined(proven: Callable[..., Config]) -> None:
    config = proven('destinations = ["JP"]\nreports = "all"\n', 'destinations = ["JP", "TW"]\nreports = "all"\n')
    assert watch_of(config)["google-news"] == ["JP", "TW"]


def test_who_hears_no_reports_has_nothing_asked(proven: Callable[..., Config]) -> None:
    assert watch_of(proven('destinations = ["JP"]\n'))["google-news"] is None


def test_who_hears_of_everywhere_is_served_by_the_general_question(proven: Callable[..., Config]) -> None:
    assert watch_of(proven('reports = "all"\n'))["google-news"] is None
    both = proven('reports = "all"\n', 'destinations = ["JP"]\nreports = "all"\n')
    assert watch_of(both)["google-news"] == ["JP"]


def test_more_places_than_can_be_asked_for_are_left_to_the_general_question() -> None:
    codes = [source.issuer for source in catalogue.entries().values() if len(source.issuer) == 2]
    some = list(dict.fromkeys([*codes, "AR", "BO", "CL", "CO", "CU", "EC", "PE", "UY", "VE", "PY", "EG", "MA", "TN"]))
    assert len(some) > MOST
    assert watched([hearing(*some[:MOST])]) == sorted(some[:MOST])
    assert watched([hearing(*some[: MOST + 1])]) == []


def test_places_that_the_configuration_gives_stay(proven: Callable[..., Config]) -> None:
    own = '[sources.gdelt.options]\nwatch = ["FR"]\n'
    config = proven('destinations = ["JP"]\nreports = "all"\n', more=own)
    assert watch_of(config) == {"cn-mfa": None, "google-news": ["JP"], "gdelt": ["FR"]}


def test_what_searches_are_told_is_what_they_take() -> None:
    assert MOST == news_queries.MOST_PLACES
    searches = [catalogue.entries()[name] for name in ("google-news", "gdelt")]
    for source in with_watched(searches, [hearing("JP", "KP", "IL+PS", "HK")]):
        assert source.options["watch"] == ["HK", "IL", "JP", "KP", "PS"]
        assert catalogue.check_options(source) == []


def test_without_searches_and_without_places_nothing_changes() -> None:
    source = Source(id="s", issuer="CN", name="n", reader="feed")
    assert with_watched([source], [hearing("JP")]) == (source,)
    search = catalogue.entries()["gdelt"]
    assert with_watched([search], []) == (search,)
