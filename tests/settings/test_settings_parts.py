"""What a good configuration becomes: sources, channels, subscriptions, and the rest of the house."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import advisoryd
from advisoryd.decide.match import DEFAULT_EVENTS
from advisoryd.model.config import (
    ChannelSpec,
    Config,
    Digest,
    Http,
    Operator,
    Quiet,
    Reports,
    Subscription,
    Thresholds,
)
from advisoryd.model.event import Kind, Texture
from advisoryd.model.ladder import Level
from advisoryd.model.source import Source, SourceKind
from advisoryd.settings import ConfigError, prove, shape
from advisoryd.sources import catalogue

Written = Callable[..., Path]

BASE = '[sources]\nenable = ["cn-mfa", "us-state"]\n[[channel]]\nname = "screen"\ntype = "console"\n'


@pytest.fixture
def proven(written: Written) -> Callable[[str], Config]:
    """The configuration that a text, after a small good beginning, becomes."""
    return lambda text: prove(written(BASE + text), {})


def subscription(proven: Callable[[str], Config], text: str, before: str = "") -> Any:
    head = '[[subscription]]\nname = "desk"\nchannels = ["screen"]\n'
    return proven(f"{before}{head}{text}").subscriptions[0]


def test_the_catalogue_is_chosen_by_ids_and_tags(written: Written) -> None:
    everything = prove(written('[sources]\nenable = ["*"]\n'), {})
    assert {source.id for source in everything.sources} >= set(catalogue.entries())
    asia = prove(written('[sources]\nenable = ["region:asia"]\ndisable = ["cn-mfa"]\n'), {})
    assert {source.id for source in asia.sources} == {
        name for name, entry in catalogue.entries().items() if "region:asia" in entry.tags and name != "cn-mfa"
    }


def test_own_values_take_the_place_of_the_catalogues_and_leave_the_others(proven: Callable[[str], Config]) -> None:
    config = proven(
        '[sources.us-state]\nevery = "45m"\nspacing = 7\nheaders = { X-Team = "travel" }\n'
        'allow_networks = "10.0.0.0/8"\n'
    )
    entry = catalogue.entries()["us-state"]
    found = next(source for source in config.sources if source.id == "us-state")
    assert (found.every, found.spacing) == (timedelta(minutes=45), 7.0)
    assert dict(found.headers) == {**dict(entry.headers), "X-Team": "travel"}
    assert found.allow_networks == (*entry.allow_networks, "10.0.0.0/8")
    assert (found.detail_every, found.tags, found.options) == (entry.detail_every, entry.tags, entry.options)


def test_a_source_of_ones_own(proven: Callable[[str], Config]) -> None:
    config = proven(
        '[[source]]\nid = "embassy"\ntype = "feed"\nissuer = "CN"\ndestination = "JP"\nurl = "https://example.org/rss"\n'
        'every = "10m"\nspacing = 2.5\ntags = ["embassy"]\nlanguage = "zh-Hans"\noptions = { zone = "Asia/Tokyo" }\n'
    )
    assert config.sources[-1] == Source(
        id="embassy",
        issuer="CN",
        name="embassy",
        reader="feed",
        track="embassy",
        language="zh-Hans",
        homepage="https://example.org/rss",
        every=timedelta(minutes=10),
        detail_every=timedelta(days=365),
        spacing=2.5,
        tags=("embassy",),
        destination="JP",
        options={"zone": "Asia/Tokyo", "url": "https://example.org/rss"},
    )


@pytest.mark.parametrize("issuer", ["EU", "UN", "WHO", "XK"])
def test_unions_speak_as_countries_do(proven: Callable[[str], Config], issuer: str) -> None:
    config = proven(
        f'[[source]]\nid = "own"\ntype = "feed"\nissuer = "{issuer}"\nurl = "https://example.org/"\n'
        f'[[subscription]]\nname = "desk"\nchannels = ["screen"]\nissuers = ["{issuer}"]\n'
    )
    assert config.sources[-1].issuer == issuer
    assert config.subscriptions[0].issuers == {issuer}


def test_news_needs_no_issuer_and_two_news_sources_may_share_a_track(proven: Callable[[str], Config]) -> None:
    one = '[[source]]\nid = "{}"\ntype = "feed"\nrole = "news"\nurl = "https://example.org/"\ntrack = "news"\n'
    config = proven(one.format("first") + one.format("second"))
    assert [source.kind for source in config.sources[-2:]] == [SourceKind.NEWS, SourceKind.NEWS]


def test_plug_ins_are_looked_for_only_when_they_may_be_meant(
    proven: Callable[[str], Config], written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    brought = {"xx-own": Source(id="xx-own", issuer="XX", name="Own", reader="own")}
    monkeypatch.setattr(catalogue, "plugins", lambda: asked.append(True) or brought)
    proven("")
    assert asked == []
    assert "xx-own" in {source.id for source in prove(written('[sources]\nenable = ["*"]\n'), {}).sources}
    assert [source.id for source in prove(written('[sources]\nenable = ["xx-own"]\n'), {}).sources] == ["xx-own"]
    assert len(asked) == 2


def test_a_plug_in_that_cannot_be_used_is_a_problem_of_what_asks_for_it(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> dict[str, Source]:
        raise catalogue.CatalogueError("The plug-in own cannot be loaded.")

    monkeypatch.setattr(catalogue, "plugins", broken)
    with pytest.raises(ConfigError) as refusal:
        prove(written('[sources]\nenable = ["*"]\n[sources.us-state]\nevery = "1h"\n'), {})
    assert [(p.line, p.key, p.message) for p in refusal.value.problems] == [
        (2, "sources enable", "The plug-in own cannot be loaded.")
    ]


def test_a_channel_with_options_and_secrets(written: Written) -> None:
    text = BASE + (
        '[[channel]]\nname = "mail"\ntype = "email"\nserver = "mail.example.org"\nfrom = "a@example.org"\n'
        'to = ["b@example.org"]\nusername = "advisoryd"\npassword_file = "mail.password"\nfallback = "screen"\n'
        'fallback_after = "30m"\ngive_up_after = "5d"\nca_file = "ca.pem"\n'
    )
    path = written(text, **{"mail.password": "word\n", "ca.pem": ""})
    mail = prove(path, {}).channels[1]
    assert (mail.kind, mail.fallback) == ("email", "screen")
    assert (mail.fallback_after, mail.give_up_after) == (timedelta(minutes=30), timedelta(days=5))
    assert mail.secrets["password"].reveal() == "word"
    assert mail.options["ca_file"] == str(path.parent / "ca.pem")
    assert "password_file" not in mail.options


def test_templates_are_proven_by_drawing_with_them(written: Written) -> None:
    text = BASE.replace('type = "console"', 'type = "console"\ntemplates = "mine"')
    prove(written(text, **{"mine__plain.jinja": "{{ content.title }}\n{{ content.url }}\n"}), {})
    with pytest.raises(ConfigError) as refusal:
        prove(written(text, **{"mine__plain.jinja": "{{ content.nonsense }}"}), {})
    assert [(problem.line, problem.key) for problem in refusal.value.problems] == [(6, 'channel "screen" templates')]


def test_a_subscription_that_says_nothing_hears_the_usual(proven: Callable[[str], Config]) -> None:
    found = subscription(proven, "")
    assert (found.destinations, found.issuers, found.events) == (frozenset(), frozenset(), DEFAULT_EVENTS)
    assert (found.textures, found.reports, found.followups) == ({Texture.SUBSTANCE}, Reports.NONE, True)
    assert (found.min_level, found.quiet, found.digest) == (None, None, None)
    assert (found.locale, found.zone) == ("en", "UTC")


def test_a_subscription_that_says_everything(proven: Callable[[str], Config]) -> None:
    found = subscription(
        proven,
        'destinations = ["JP", "benelux"]\nissuers = ["CN", "US"]\nevents = ["raised", "lifted"]\ntext = ["wording"]\n'
        'min_level = 2\ndirection = "down"\ntags = ["region:asia"]\nregions = ["Hatay"]\nfollowups = false\n'
        'quiet = { from = "22:00", to = "07:00", timezone = "Asia/Tokyo", days = ["Monday"], unless_level = 4 }\n'
        'digest = "weekly friday 17:30"\ndigest_unless_level = 3\nlocale = "ja"\ntimezone = "Asia/Seoul"\n',
    )
    assert found.destinations == {"JP", "BE", "NL", "LU"}
    assert found.issuers == {"CN", "US"}
    assert found.events == {Kind.RAISED, Kind.LIFTED}
    assert found.textures == {Texture.WORDING}
    assert (found.min_level, found.direction) == (Level.CAUTION, "down")
    assert (found.tags, found.regions, found.followups) == ({"region:asia"}, ("Hatay",), False)
    assert found.quiet == Quiet(
        begin=time(22), end=time(7), zone="Asia/Tokyo", days=frozenset({1}), unless_level=Level.AVOID
    )
    assert found.digest == Digest(
        every="weekly", zone="Asia/Seoul", at=time(17, 30), weekday=5, unless_level=Level.RECONSIDER
    )
    assert (found.locale, found.zone) == ("ja", "Asia/Seoul")


def test_what_a_subscription_does_not_say_it_takes_from_the_daemon(proven: Callable[[str], Config]) -> None:
    daemon = '[daemon]\nlocale = "ja"\ntimezone = "Asia/Tokyo"\n'
    found = subscription(proven, 'quiet = { from = "22:00", to = "07:00" }\ndigest = "daily 08:00"\n', daemon)
    assert (found.locale, found.zone, found.quiet.zone, found.digest.zone) == ("ja", *["Asia/Tokyo"] * 3)


def test_one_word_may_stand_for_a_list(proven: Callable[[str], Config]) -> None:
    config = proven('[[subscription]]\nname = "desk"\nchannels = "screen"\ndestinations = "*"\nevents = "raised"\n')
    assert config.subscriptions[0].channels == ("screen",)
    assert config.subscriptions[0].events == {Kind.RAISED}


def test_a_star_among_others_means_all(proven: Callable[[str], Config]) -> None:
    found = subscription(proven, 'destinations = ["JP", "*"]\nissuers = ["*"]\nevents = ["*"]\n')
    assert (found.destinations, found.issuers) == (frozenset(), frozenset())
    assert Kind.BULLETIN in found.events


@pytest.mark.parametrize("locale", ["en-GB", "de-AT", "pt-BR", "zh-Hant", "zh-TW", "fr", "ko"])
def test_the_regions_of_a_language_are_free(proven: Callable[[str], Config], locale: str) -> None:
    assert subscription(proven, f'locale = "{locale}"\n').locale == locale


@pytest.mark.parametrize(
    "text",
    [
        'issuers = ["GB"]\nreports = "all"\n',
        'tags = ["wire"]\nreports = "all"\n',
        'events = ["first-reported"]\nreports = "corroborated"\n',
    ],
)
def test_with_news_watched_anybody_may_be_reported_on(proven: Callable[[str], Config], text: str) -> None:
    news = '[[source]]\nid = "agency"\ntype = "feed"\nrole = "news"\nurl = "https://example.org/"\ntags = ["wire"]\n'
    assert subscription(proven, text, news)


@pytest.mark.parametrize("destinations", ['["JP"]', '["asia"]', '["*"]'])
def test_a_source_about_one_place_reaches_whoever_names_it(written: Written, destinations: str) -> None:
    own = '[[source]]\nid = "own"\ntype = "feed"\nissuer = "CN"\nurl = "https://example.org/"\ndestination = "Japan"\n'
    who = f'[[subscription]]\nname = "desk"\nchannels = ["screen"]\ndestinations = {destinations}\n'
    prove(written(f'{own}[[channel]]\nname = "screen"\ntype = "console"\n{who}'), {})


def test_the_operator_and_the_limits(proven: Callable[[str], Config]) -> None:
    config = proven(
        '[operator]\nchannels = ["screen", "screen"]\nheartbeat_url = "https://hc.example.org/ping/x"\n'
        'heartbeat_every = "10m"\nremind_every = "12h"\n[limits]\nvanish_polls = 5\n[retention]\npayloads = "30d"\n'
    )
    assert config.operator.channels == ("screen",)
    assert config.operator.heartbeat_url is not None
    assert config.operator.heartbeat_url.reveal() == "https://hc.example.org/ping/x"
    assert config.operator.heartbeat_every == timedelta(minutes=10)
    assert config.operator.remind_every == timedelta(hours=12)
    assert (config.thresholds.vanish_polls, config.keep_payloads) == (5, timedelta(days=30))


def test_the_defaults_of_the_file_are_those_of_the_model() -> None:
    assert Thresholds(**dict(shape.Limits())) == Thresholds()
    assert set(shape.Limits.model_fields) == {field.name for field in fields(Thresholds)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "sqlite"),
        ('database = "sqlite"', "sqlite"),
        ('database = "data/my.db"', "{base}/data/my.db"),
        ('database = "/srv/my.db"', "/srv/my.db"),
        ('database = "postgresql://advisoryd@localhost/x"', "postgresql://advisoryd@localhost/x"),
    ],
)
def test_the_database_is_a_file_beside_the_configuration_or_a_server(
    written: Written, given: str, expected: str
) -> None:
    path = written(f"{BASE}[daemon]\n{given}\n")
    assert prove(path, {}).database == expected.format(base=path.parent)


def test_relative_paths_begin_beside_the_file_wherever_one_stands(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(BASE)
    monkeypatch.chdir(path.parent)
    assert prove(Path("advisoryd.toml"), {}).state_dir == str(path.parent / "state")


SET_BY_THE_FILE = [
    (model, name)
    for model, names in {
        Thresholds: tuple(shape.Limits.model_fields),
        Http: ("contact", "proxy", "allow_networks", "total_timeout", "max_body_bytes", "per_host", "in_flight"),
        Operator: ("channels", "heartbeat_url", "heartbeat_every", "remind_every"),
        ChannelSpec: ("fallback", "fallback_after", "give_up_after", "options", "secrets", "url", "kind"),
        Source: ("every", "detail_every", "spacing", "headers", "proxy", "allow_networks", "tags", "destination"),
        Subscription: tuple(field.name for field in fields(Subscription)),
        Config: ("locale", "zone", "keep_payloads", "keep_items", "baseline_summary"),
    }.items()
    for name in names
]


@pytest.mark.parametrize(("model", "name"), SET_BY_THE_FILE, ids=lambda value: getattr(value, "__name__", value))
def test_whatever_the_file_sets_is_read_by_something(model: type, name: str) -> None:
    """A switch that nothing reads is a promise that nobody keeps."""
    assert name in {field.name for field in fields(model)}
    assert re.search(rf"\.{name}\b", code_that_runs())


@cache
def code_that_runs() -> str:
    """All source but that which only fills the configuration."""
    package = Path(advisoryd.__file__).parent
    files = (file for file in package.rglob("*.py") if file.relative_to(package).parts[0] not in ("settings", "model"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
