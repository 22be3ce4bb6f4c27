"""Secrets: where they come from, that they do not print themselves, and who may read the file they stand in."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from advisoryd.model.secret import Secret, plain
from advisoryd.settings import ConfigError, prove, secrets
from advisoryd.settings.exposed import holds_password

Written = Callable[..., Path]

BASE = '[sources]\nenable = ["cn-mfa"]\n'


def test_a_secret_in_a_file_is_read_at_each_use(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("first\n")
    secret = secrets.from_file("token", tmp_path)
    assert secret.reveal() == "first"
    (tmp_path / "token").write_text("second\n")
    assert secret.reveal() == "second"
    assert repr(secret) == f"Secret(********, file {tmp_path / 'token'})"


def test_a_credential_is_found_where_systemd_put_it(tmp_path: Path) -> None:
    (tmp_path / "chat.url").write_text("json://example.org\n")
    secret = secrets.from_credential("chat.url", {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    assert secret.reveal() == "json://example.org"
    assert secrets.unreadable(secret, {"CREDENTIALS_DIRECTORY": str(tmp_path)}) == ""
    assert "only the service is given" in secrets.unreadable(secret, {})


def test_a_secret_elsewhere_can_be_handed_to_another_process(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("word")
    assert pickle.loads(pickle.dumps(secrets.from_file("token", tmp_path))).reveal() == "word"


def test_only_secrets_that_are_kept_elsewhere_can_be_referred_to(tmp_path: Path) -> None:
    for secret in (secrets.from_file("token", tmp_path), secrets.from_credential("name", {})):
        assert secrets.referred(secret.origin, {}) == secret
    with pytest.raises(ValueError, match="kept anywhere else"):
        secrets.referred(plain("word").origin, {})


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "names a file that cannot be read"), (b"\n \n", "is empty"), (b"\xff\xfe", "holds no text in UTF-8")],
)
def test_why_a_secret_cannot_be_read_is_told_without_its_path(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / "hush").write_bytes(content)
    sentence = secrets.unreadable(secrets.from_file("hush", tmp_path), {})
    assert words in sentence
    assert "hush" not in sentence


def test_a_path_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    assert secrets.unreadable(secrets.from_file("a\0b", tmp_path), {})


@pytest.mark.parametrize(
    "name", ["token", "password", "api_key", "routing_key", "service_key", "secret", "previous_secret", "authorization"]
)
def test_options_that_hold_secrets_are_known_by_their_names(name: str) -> None:
    assert secrets.is_secret_name(name)


@pytest.mark.parametrize("name", ["key", "tokens_max", "topic", "name", "secretary", "keyword", "monkey"])
def test_other_options_are_not(name: str) -> None:
    assert not secrets.is_secret_name(name)


def test_a_secret_that_stands_in_the_file_never_shows_in_the_configuration(written: Written) -> None:
    channel = '[[channel]]\nname = "duty"\ntype = "pagerduty"\nrouting_key = "hush"\n'
    chat = '[[channel]]\nname = "chat"\nurl = "json://hush@localhost/"\n'
    daemon = '[daemon]\ndatabase = "postgresql://advisoryd:hush@localhost/x"\n'
    source = '[sources.us-state]\nevery = "1h"\n[operator]\nheartbeat_url = "https://example.org/hush"\n'
    config = prove(written(BASE.replace("cn-mfa", "us-state") + source + channel + chat + daemon), {})
    assert "hush" not in repr(config)
    assert config.channels[0].secrets["routing_key"].reveal() == "hush"
    assert "routing_key" not in config.channels[0].options


def test_the_secrets_of_a_source_reach_its_reader_and_are_not_shown(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    from advisoryd.sources import catalogue

    monkeypatch.setattr(catalogue, "check_options", lambda source: [])
    beside = '[sources.cn-mfa]\nsecrets_file = { service_key = "korea.key" }\noptions = { other_key = "hush" }\n'
    config = prove(written(BASE + beside, **{"korea.key": "hush\n"}), {})
    revealed = {name: value.reveal() for name, value in config.sources[0].options.items() if isinstance(value, Secret)}
    assert revealed == {"service_key": "hush", "other_key": "hush"}
    assert "hush" not in repr(config)


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("postgresql://user:word@host/db", True),
        ("http://user:word@proxy:3128", True),
        ("postgresql://user@host/db", False),
        ("postgresql://host:5432/db?x=a:b@c", False),
        ("sqlite", False),
        (None, False),
    ],
)
def test_a_url_holds_a_password_between_colon_and_at(url: object, holds: bool) -> None:
    assert holds_password(url) is holds


@pytest.mark.parametrize(
    "part",
    [
        '[[channel]]\nname = "chat"\nurl = "json://localhost/token"\n',
        '[[channel]]\nname = "hook"\ntype = "webhook"\nurl = "https://example.org/hook?key=1"\n',
        '[http]\nproxy = "http://user:word@proxy:3128"\n',
        '[[source]]\nid = "own"\ntype = "feed"\nrole = "news"\nurl = "https://a:b@example.org/"\n',
    ],
)
def test_a_secret_in_a_file_is_a_problem_only_while_everybody_may_read_it(written: Written, part: str) -> None:
    path = written(BASE + part)
    prove(path, {})
    path.chmod(0o604)
    with pytest.raises(ConfigError, match="is a secret in a file that every user of this machine may read"):
        prove(path, {})


@pytest.mark.parametrize(
    "part",
    [
        '[[channel]]\nname = "hook"\ntype = "webhook"\nurl = "https://example.org/hooks/advisories"\n',
        '[[channel]]\nname = "local"\nurl = "json://localhost"\n',
        '[daemon]\ndatabase = "postgresql://advisoryd@localhost/x"\n',
        '[http]\nproxy = "http://proxy:3128"\n',
    ],
)
def test_everybody_may_read_a_file_without_secrets(written: Written, part: str) -> None:
    path = written(BASE + part)
    path.chmod(0o644)
    prove(path, {})


def test_a_secret_from_the_environment_is_in_no_file(written: Written) -> None:
    path = written(BASE + '[daemon]\nlocale = "en"\n')
    path.chmod(0o644)
    prove(path, {"ADVISORYD_DAEMON__DATABASE": "postgresql://advisoryd:hush@localhost/x"})


def test_only_the_file_that_holds_the_secret_matters(written: Written) -> None:
    path = written(BASE)
    path.chmod(0o644)
    (path.parent / "conf.d").mkdir()
    private = path.parent / "conf.d" / "10.toml"
    private.write_text('[[channel]]\nname = "duty"\ntype = "pagerduty"\nrouting_key = "hush"\n')
    private.chmod(0o600)
    prove(path, {})
