"""Broken configurations: each problem is told with its file, its line, its key and what would be right.

Wrong values in the files hold the word "hush", which must never be seen again.
"""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from advisoryd.settings import ConfigError, load, prove

BROKEN = Path(__file__).parent / "broken"
MAIN = "advisoryd.toml"
OPEN_TO_ALL = "everybody-may-read-it"

ENVIRONMENT = {
    "environment": {
        "ADVISORYD_DEAMON__LOCALE": "hush",
        "ADVISORYD_DAEMON__LOKALE": "hush",
        "ADVISORYD_SOURCES__ENABLE": "hush,hush",
        "ADVISORYD_SOURCES__ENABEL": '["hush"]',
        "ADVISORYD_SOURCES__CN-MFA__EVERY": "hush",
        "ADVISORYD_HTTP__IN_FLIGHT": "hush",
        "ADVISORYD_LIMITS__GONE_SHARE": "7",
        "ADVISORYD_CHANNEL": '["hush"]',
    }
}

Expected = list[tuple[str, int, str, str]]
"""File, line, key, and a part of the sentence that says what would be right."""

EXPECTED: dict[str, Expected] = {
    "addresses": [
        (MAIN, 2, "http allow_networks number 2", 'must be a network such as "10.0.0.0/8" or "fd00::/8"'),
        (MAIN, 3, "http proxy", "must be the address of a proxy such as"),
        (MAIN, 9, "sources cn-mfa proxy", "must be the address of a proxy such as"),
        (MAIN, 10, "sources cn-mfa allow_networks number 1", 'must be a network such as "10.0.0.0/8" or "fd00::/8"'),
        (MAIN, 11, "sources cn-mfa headers X One", "must be a header: a name of letters and dashes, one line"),
        (MAIN, 11, "sources cn-mfa headers X-Two", "must be a header: a name of letters and dashes, one line"),
        (MAIN, 18, 'source "embassy-notices" url', "must be an http:// or https:// address"),
        (MAIN, 24, 'source "bad-brackets" url', "must be an http:// or https:// address"),
        (MAIN, 32, "operator heartbeat_url", "must be an http:// or https:// address"),
    ],
    "channels-that-do-not-load": [
        (MAIN, 6, 'channel "typo" type', "(did you mean 'console'?)"),
        (MAIN, 8, 'channel "mail"', "'username' and 'password' belong together: give both or"),
        (MAIN, 8, 'channel "mail"', "Option 'to' is missing; it must be a list of one or more"),
        (MAIN, 12, 'channel "mail" port', "Option 'port' must be a whole number from 1 to 65535."),
        (MAIN, 13, 'channel "mail" from', "Option 'from' must hold mail addresses: name@host, or"),
        (MAIN, 15, 'channel "mail" password_file', "is given beside password; keep one of them"),
        (MAIN, 19, 'channel "chat" url', "The url (configuration) belongs to no service that"),
        (MAIN, 24, 'channel "phone" topic_file', "'topic' or 'topic_file' is missing."),
        (MAIN, 24, 'channel "phone" topic_file', "must be text in quotes"),
        (MAIN, 25, 'channel "phone" sevrer', "Option 'sevrer' is unknown to a channel of type 'ntfy';"),
        (MAIN, 31, 'channel "file" templates', "must name a folder with templates"),
    ],
    "environment": [
        ("environment", 0, "ADVISORYD_CHANNEL", "(did you mean 'ADVISORYD_OPERATOR__CHANNELS'?)"),
        ("environment", 0, "ADVISORYD_DAEMON__LOKALE", "(did you mean 'ADVISORYD_DAEMON__LOCALE'?)"),
        ("environment", 0, "ADVISORYD_DEAMON__LOCALE", "(did you mean 'ADVISORYD_DAEMON__LOCALE'?)"),
        ("environment", 0, "ADVISORYD_HTTP__IN_FLIGHT", "must be a whole number"),
        ("environment", 0, "ADVISORYD_LIMITS__GONE_SHARE", "must be at most 1"),
        ("environment", 0, "ADVISORYD_SOURCES__CN-MFA__EVERY", 'must be a time span such as "15m", "6h" or "7d"'),
        ("environment", 0, "ADVISORYD_SOURCES__ENABEL", "(did you mean 'ADVISORYD_SOURCES__ENABLE'?)"),
        ("environment", 0, "ADVISORYD_SOURCES__ENABLE", 'must be JSON, such as ["first", "second"]; or set it in'),
    ],
    "everybody-may-read-it": [
        (MAIN, 2, "daemon database", "move it to database_file"),
        (MAIN, 5, "http proxy", "take the file"),
        (MAIN, 11, "sources us-state headers Authorization", "take the file"),
        (MAIN, 15, 'channel "chat" url', "move it to url_file"),
        (MAIN, 20, 'channel "phone" topic', "move it to topic_file"),
        (MAIN, 25, 'channel "duty-officer" routing_key', "move it to routing_key_file"),
        (MAIN, 31, 'channel "case-system" secret', "move it to secret_file"),
    ],
    "fallbacks": [
        (MAIN, 7, 'channel "chat" fallback', "leads in a circle (chat to mail to phone to chat); the"),
        (MAIN, 22, 'channel "pager" fallback', "(did you mean 'phone'?)"),
        (MAIN, 27, 'channel "mirror" fallback', "leads in a circle (mirror to mirror); the last channel"),
        (MAIN, 32, 'channel "leads-in" fallback', "names a channel that does not exist"),
    ],
    "limits": [
        (MAIN, 2, "http in_flight", "must be at least 1"),
        (MAIN, 3, "http per_host", "must be at most 16"),
        (MAIN, 4, "http max_body", "must be at least 1000"),
        (MAIN, 10, "sources cn-mfa spacing", "must be at most 3600"),
        (MAIN, 11, "sources cn-mfa options avoid_level", 'the option "avoid_level" must be 3 or 4, the step that'),
        (MAIN, 14, "limits gone_share", "must be at most 1"),
        (MAIN, 15, "limits tier_share", "must be more than 0"),
        (MAIN, 16, "limits missing_rows", "must be at least 2"),
        (MAIN, 17, "limits mass_share", "must be a number"),
    ],
    "lists-and-tables": [
        (MAIN, 1, "daemon", "must be a table"),
        (MAIN, 3, "http", "must be a table"),
        (MAIN, 9, "channel", "must be a list: write [[channel]] instead of [channel]"),
    ],
    "misspelt-keys": [
        (MAIN, 1, "loose", "is not a known table"),
        (MAIN, 3, "deamon", "(did you mean 'daemon'?)"),
        (MAIN, 7, "daemon lokale", "(did you mean 'locale'?)"),
        (MAIN, 8, "daemon state?dir", "(did you mean 'state_dir'?)"),
        (MAIN, 11, "sources enabel", "(did you mean 'enable'?)"),
        (MAIN, 13, "sources cn-mfa evry", "(did you mean 'every'?)"),
        (MAIN, 22, 'subscription "japan-desk" destination', "(did you mean 'destinations'?)"),
        (MAIN, 23, 'subscription "japan-desk" quiet to', "is required"),
        (MAIN, 23, 'subscription "japan-desk" quiet until', "is not a known key"),
        (MAIN, 26, "limits gone_shares", "(did you mean 'gone_share'?)"),
    ],
    "names": [
        (MAIN, 9, 'channel "screen" name', "is the name of another channel too; give it another one"),
        (MAIN, 13, "channel number 3 name", "must be 1 to 63 lower-case letters, figures, dots, dashes"),
        (MAIN, 17, 'subscription "operator" name', "is taken, by another subscription or by the daemon; give"),
        (MAIN, 25, 'subscription "japan-desk" name', "is taken, by another subscription or by the daemon; give"),
    ],
    "no-quotes": [
        (MAIN, 2, "", "is not valid TOML: a value must be text in quotes, a"),
    ],
    "not-toml": [
        (MAIN, 5, "", "is not valid TOML: text must end on its line with the"),
    ],
    "not-utf8": [
        (MAIN, 3, "", "is not UTF-8 text; save it as UTF-8"),
    ],
    "nothing-watched": [
        (MAIN, 0, "sources enable", "names no source, and there is no [[source]]: nothing"),
        (MAIN, 2, "daemon database", 'must be "sqlite", the path of a file, or a postgresql://'),
        (MAIN, 3, "daemon state_dir", "must be a folder, and is a file"),
    ],
    "own-sources": [
        (MAIN, 5, 'source "cn-mfa" id', "is the id of another source too; give it another one"),
        (MAIN, 14, 'source "second-voice" track', "is that of cn-mfa, which speaks for the same issuer;"),
        (MAIN, 17, 'source "no-issuer" issuer', "is required for an official source: who speaks, such as"),
        (MAIN, 22, 'source "no-url" url', "is required"),
        (MAIN, 24, 'source "no-url" type', "(did you mean 'feed'?)"),
        (MAIN, 32, 'source "a-table" destination', 'must be a place such as "JP"; leave it out where entries'),
        (MAIN, 33, 'source "a-table" every', "must be at least 1m, out of politeness to the server"),
        (MAIN, 35, 'source "a-table" options', "one of the options key, link, name, title is needed to"),
        (MAIN, 35, 'source "a-table" options name', 'the option "name" or a destination is needed to know'),
        (MAIN, 36, 'source "a-table" options row', 'the option "row" must be a CSS selector, with @attribute'),
        (MAIN, 37, 'source "a-table" options collumn', 'the option "collumn" is not known here; known are date,'),
        (MAIN, 38, 'source "a-table" options levels', 'the option "levels" must be a table of the issuer\'s words'),
        (MAIN, 38, 'source "a-table" options levels', 'the option "levels" needs the option "level", which says'),
    ],
    "quiet-hours-and-digests": [
        (MAIN, 11, 'subscription "one-line" quiet from', 'must be a time of day such as "22:00"'),
        (MAIN, 11, 'subscription "one-line" quiet to', 'must be a time of day such as "22:00"'),
        (MAIN, 11, 'subscription "one-line" quiet unless_level', "must be at most 4"),
        (MAIN, 12, 'subscription "one-line" digest', 'must be "hourly", "daily 08:00" or "weekly monday 08:00"'),
        (MAIN, 17, 'subscription "sub-table" digest_unless_level', "means nothing without digest"),
        (MAIN, 20, 'subscription "sub-table" quiet to', "must differ from when the quiet hours begin"),
        (MAIN, 21, 'subscription "sub-table" quiet timezone', 'must be a time zone such as "Europe/Berlin" or'),
        (MAIN, 24, 'subscription "sub-table" quiet days number 2', "(did you mean 'tuesday'?)"),
        (MAIN, 30, 'subscription "dotted" quiet to', "is required"),
        (MAIN, 31, 'subscription "dotted" digest', 'must be "hourly", "daily 08:00" or "weekly monday 08:00"'),
        (MAIN, 36, 'subscription "daily" digest', 'must be "hourly", "daily 08:00" or "weekly monday 08:00"'),
    ],
    "split-members": [
        ("conf.d/10-more.toml", 3, 'channel "mail" type', "is not a kind of channel; there are apprise, console,"),
        ("conf.d/10-more.toml", 10, 'subscription "china-desk" destinations number 2', "must be a place by ISO code"),
        ("conf.d/10-more.toml", 15, 'subscription "china-desk" quiet to', 'must be a time of day such as "22:00"'),
    ],
    "split": [
        ("conf.d/10-more.toml", 3, "daemon locale", "advisoryd.toml:2 already; keep one"),
        ("conf.d/10-more.toml", 6, "channel", "advisoryd.toml:7 already; keep one"),
        ("conf.d/20-not-toml.toml", 2, "", "is not valid TOML: a value must be text in quotes, a"),
    ],
    "time-spans": [
        (MAIN, 5, "sources cn-mfa every", "must be at least 1m, out of politeness to the server"),
        (MAIN, 6, "sources cn-mfa detail_every", 'must be a time span such as "15m", "6h" or "7d"'),
        (MAIN, 9, "http timeout", 'must be a time span such as "15m", "6h" or "7d"'),
        (MAIN, 14, 'channel "screen" give_up_after', 'must be a time span such as "15m", "6h" or "7d"'),
        (MAIN, 15, 'channel "screen" fallback_after', 'must be a time span such as "15m", "6h" or "7d"'),
        (MAIN, 18, "retention payloads", 'must be a time span such as "15m", "6h" or "7d"'),
    ],
    "unknown-issuers": [
        (MAIN, 7, 'source "embassy-notices" issuer', "must be an ISO 3166-1 code"),
        (MAIN, 17, 'subscription "japan-desk" issuers number 2', "(did you mean 'CN'?)"),
        (MAIN, 17, 'subscription "japan-desk" issuers number 3', "(did you mean 'EU'?)"),
        (MAIN, 17, 'subscription "japan-desk" issuers number 4', "(did you mean 'CN'?)"),
        (MAIN, 17, 'subscription "japan-desk" issuers number 5', "must be an ISO 3166-1 code"),
    ],
    "unknown-places": [
        (MAIN, 13, 'subscription "asia-desk" destinations number 2', "(did you mean 'JP'?)"),
        (MAIN, 14, 'subscription "asia-desk" destinations number 3', "(did you mean 'asean'?)"),
        (MAIN, 15, 'subscription "asia-desk" destinations number 4', "must be a place by ISO code"),
        (MAIN, 21, 'subscription "nobody" destinations', 'must name at least one, or be left out for "*"'),
    ],
    "unknown-sources": [
        (MAIN, 4, "sources enable number 2", "(did you mean 'us-state'?)"),
        (MAIN, 5, "sources enable number 3", "(did you mean 'region:asia'?)"),
        (MAIN, 6, "sources enable number 4", "is neither a catalogue id nor a tag in use; see"),
        (MAIN, 8, "sources disable number 1", "is neither a catalogue id nor a tag in use; see"),
        (MAIN, 10, "sources uk_fcdo", "(did you mean 'uk-fcdo'?)"),
    ],
    "unknown-words": [
        (MAIN, 11, 'subscription "japan-desk" events number 2', "(did you mean 'raised'?)"),
        (MAIN, 11, 'subscription "japan-desk" events number 3', "is not a kind of event; there are raised, widened,"),
        (MAIN, 11, 'subscription "japan-desk" events number 4', "is not a kind of event; there are raised, widened,"),
        (MAIN, 12, 'subscription "japan-desk" text number 2', "must be one of 'substance', 'wording' or 'boilerplate'"),
        (MAIN, 13, 'subscription "japan-desk" direction', "(did you mean 'up'?)"),
        (MAIN, 14, 'subscription "japan-desk" reports', "must be one of 'none', 'corroborated' or 'all'"),
        (MAIN, 15, 'subscription "japan-desk" min_level', "must be at most 4"),
    ],
    "unreachable": [
        (MAIN, 18, 'subscription "whose-advice" issuers number 2', "no source of this issuer is watched"),
        (MAIN, 18, 'subscription "whose-advice" issuers number 3', "no source of this issuer is watched"),
        (MAIN, 23, 'subscription "which-tag" tags number 1', "(did you mean 'region:asia'?)"),
        (MAIN, 28, 'subscription "which-news" reports', "can never be heard: no news source is watched"),
        (MAIN, 34, 'subscription "which-way" direction', "excludes every kind of event that events asks for"),
        (MAIN, 39, 'subscription "only-reports" events', 'are all media reports, and reports is "none"; set it to'),
        (MAIN, 41, 'subscription "elsewhere"', "can never be reached: no source that is watched speaks of"),
        (MAIN, 49, 'subscription "no-channel" channels number 1', "(did you mean 'screen'?)"),
        (MAIN, 49, 'subscription "no-channel" channels number 2', "is the name of no channel"),
    ],
    "unreadable-secrets": [
        (MAIN, 3, "daemon database_file", "is given beside database; keep one of them"),
        (MAIN, 3, "daemon database_file", "names a file that cannot be read: No such file or"),
        (MAIN, 9, "sources cn-mfa secrets_file service_key", "names a file that cannot be read: No such file or"),
        (MAIN, 9, "sources cn-mfa secrets_file service_key", 'the option "service_key" is not known here; known are'),
        (MAIN, 13, 'channel "missing" url_file', "names a file that cannot be read: No such file or"),
        (MAIN, 19, 'channel "empty" token_file', "is empty, or names an empty file"),
        (MAIN, 24, 'channel "binary" topic_file', "names a file that holds no text in UTF-8"),
        (MAIN, 29, 'channel "from-systemd" routing_key_credential', "is a systemd credential"),
        (MAIN, 33, "operator heartbeat_url_file", "must be an http:// or https:// address"),
    ],
    "wrong-types": [
        (MAIN, 2, "daemon locale", "must be text in quotes"),
        (MAIN, 3, "daemon baseline_summary", "must be true or false"),
        (MAIN, 6, "http in_flight", "must be a whole number"),
        (MAIN, 7, "http per_host", "must be a whole number"),
        (MAIN, 8, "http max_body", "must be a whole number"),
        (MAIN, 11, "sources enable number 2", "must be text in quotes"),
        (MAIN, 14, "sources cn-mfa every", 'must be a time span such as "15m", "6h" or "7d"'),
        (MAIN, 15, "sources cn-mfa spacing", "must be a number"),
        (MAIN, 23, 'subscription "japan-desk" channels', 'must be a list such as ["first", "second"]'),
        (MAIN, 24, 'subscription "japan-desk" min_level', "must be a whole number"),
        (MAIN, 25, 'subscription "japan-desk" quiet', "must be a table"),
        (MAIN, 31, 'subscription "china-desk" channels number 2', "must be text in quotes"),
    ],
    "zones-and-languages": [
        (MAIN, 2, "daemon locale", "is not a language that messages are written in; there are"),
        (MAIN, 3, "daemon timezone", 'must be a time zone such as "Europe/Berlin" or'),
        (MAIN, 15, 'subscription "japan-desk" locale', "is not a language that messages are written in; there are"),
        (MAIN, 16, 'subscription "japan-desk" timezone', 'must be a time zone such as "Europe/Berlin" or'),
    ],
}


Refusal = Callable[[str], tuple[ConfigError, Path]]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Refusal:
    """The problems of one broken configuration, read where nobody else may read it."""

    @cache
    def refusal(name: str) -> tuple[ConfigError, Path]:
        folder = tmp_path_factory.mktemp(name)
        path = Path(shutil.copy(BROKEN / f"{name}.toml", folder / MAIN))
        path.chmod(0o644 if name == OPEN_TO_ALL else 0o600)
        if (BROKEN / f"{name}.conf.d").is_dir():
            shutil.copytree(BROKEN / f"{name}.conf.d", folder / "conf.d")
        (folder / "secrets").mkdir()
        (folder / "secrets" / "good").write_text("hush")
        (folder / "secrets" / "empty").write_text("\n")
        (folder / "secrets" / "not-utf8").write_bytes(b"hush \xff")
        with pytest.raises(ConfigError) as refused:
            prove(path, ENVIRONMENT.get(name, {}))
        return refused.value, folder

    return refusal


def test_every_broken_configuration_has_its_expected_problems() -> None:
    assert set(EXPECTED) == {file.stem for file in BROKEN.glob("*.toml")}
    assert len(EXPECTED) >= 20


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_problem_has_its_place_and_its_remedy(name: str, broken: Refusal) -> None:
    refused, folder = broken(name)
    found = [(problem.file.removeprefix(f"{folder}/"), problem.line, problem.key) for problem in refused.problems]
    assert found == [(file, line, key) for file, line, key, _ in EXPECTED[name]]
    for problem, (*_, remedy) in zip(refused.problems, EXPECTED[name], strict=True):
        assert remedy in problem.message


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_value_is_ever_shown(name: str, broken: Refusal) -> None:
    refused, folder = broken(name)
    told = "\n".join([str(refused), repr(refused), repr(refused.problems), *traceback.format_exception(refused)])
    assert "hush" not in told.replace(str(folder), "").casefold()


def test_all_problems_of_all_kinds_are_told_at_once(tmp_path: Path) -> None:
    """One file with a mistake in every table and list, and in the environment."""
    path = tmp_path / MAIN
    path.write_text(EVERYWHERE, encoding="utf-8")
    path.chmod(0o644)
    (tmp_path / "conf.d").mkdir()
    (tmp_path / "conf.d" / "10-more.toml").write_text('[[channel]]\nname = "second"\ntype = "hush"\n')
    with pytest.raises(ConfigError) as refused:
        load(path, {"ADVISORYD_HTTP__TIMEOUT": "hush"})
    keys = [problem.key.partition(" ")[0] for problem in refused.value.problems]
    for where in ("daemon", "sources", "source", "channel", "subscription", "operator", "limits", "retention"):
        assert where in keys
    assert "ADVISORYD_HTTP__TIMEOUT" in keys
    assert {Path(problem.file).name for problem in refused.value.problems} == {MAIN, "10-more.toml", "environment"}


EVERYWHERE = """
[daemon]
timezone = "hush"
[sources]
enable = ["hush"]
[[source]]
id = "own"
type = "feed"
url = "hush"
[[channel]]
name = "phone"
type = "ntfy"
topic = "hush"
[[subscription]]
name = "japan-desk"
channels = ["hush"]
[operator]
channels = ["hush"]
[limits]
gone_rows = 0
[retention]
items = "hush"
"""
