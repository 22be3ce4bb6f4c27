"""What was proven is kept; whatever is in doubt is proven anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import advisoryd
from advisoryd.model.config import Config
from advisoryd.model.secret import Secret
from advisoryd.settings import ConfigError, build, cache, load, prove

Written = Callable[..., Path]

WHOLE = """
[daemon]
database_file = "database.url"
[sources]
enable = ["cn-mfa", "us-state"]
[sources.us-state]
headers = { Accept-Language = "en" }
[[source]]
id = "own"
type = "table"
issuer = "CN"
url = "https://example.org/x"
[source.options]
row = "tr"
name = "td"
levels = { "avoid" = 4 }
level = "td"
[[channel]]
name = "mail"
type = "email"
server = "mail.example.org"
from = "a@example.org"
to = ["b@example.org"]
username = "a"
password_file = "mail.password"
[[channel]]
name = "duty"
type = "pagerduty"
routing_key_credential = "duty.key"
[[subscription]]
name = "japan-desk"
channels = ["mail", "duty"]
destinations = ["JP"]
events = ["raised"]
min_level = 2
quiet = { from = "22:00", to = "07:00", days = ["monday"], unless_level = 4 }
digest = "daily 08:00"
[operator]
channels = ["mail"]
heartbeat_url_file = "heartbeat.url"
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / "duty.key").write_text("key")
    return {"CREDENTIALS_DIRECTORY": str(tmp_path / "credentials")}


@pytest.fixture
def whole(written: Written) -> Path:
    """A configuration with everything in it that is hard to keep, and its state directory."""
    return written(
        WHOLE,
        **{
            "mail.password": "hush",
            "database.url": "postgresql://a:hush@localhost/x",
            "heartbeat.url": "https://example.org/hush",
            "state__here": "",
        },
    )


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every proof that was made."""
    made: list[Path] = []
    really = build.build

    def counted(path: Path, environment: dict[str, str]) -> Config:
        made.append(path)
        return really(path, environment)

    monkeypatch.setattr(build, "build", counted)
    return made


def test_what_is_kept_is_what_was_proven(whole: Path, environment: dict[str, str], proofs: list[Path]) -> None:
    first = load(whole, environment)
    second = load(whole, environment)
    assert len(proofs) == 1
    assert second == first == prove(whole, environment)
    assert isinstance(second.database, Secret)
    assert second.database.reveal() == "postgresql://a:hush@localhost/x"
    assert [secret.reveal() for channel in second.channels for secret in channel.secrets.values()] == ["hush", "key"]
    assert type(second) is Config


def test_no_secret_is_kept_and_nobody_else_may_read_it(whole: Path, environment: dict[str, str]) -> None:
    load(whole, environment)
    file = whole.parent / "state" / cache.FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"hush" not in file.read_bytes()
    assert names_in(file.parent) == {"here", cache.FILE}


def names_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_the_options_of_a_source_may_be_secrets(
    written: Written, monkeypatch: pytest.MonkeyPatch, proofs: list[Path]
) -> None:
    from advisoryd.sources import catalogue

    monkeypatch.setattr(catalogue, "check_options", lambda source: [])
    text = '[sources]\nenable = ["cn-mfa"]\n[sources.cn-mfa]\nsecrets_file = { service_key = "korea.key" }\n'
    path = written(text, **{"korea.key": "hush", "state__here": ""})
    assert load(path, {}) == load(path, {})
    [option] = load(path, {}).sources[0].options.values()
    assert isinstance(option, Secret)
    assert option.reveal() == "hush"
    assert len(proofs) == 1


Change = Callable[[Path, dict[str, str]], object]
CHANGES: dict[str, Change] = {
    "the file": lambda path, _: path.write_text(path.read_text() + "# changed\n"),
    "a further file": lambda path, _: [
        (path.parent / "conf.d").mkdir(),
        (path.parent / "conf.d" / "10.toml").write_text("[http]\ncontact = 'x'\n"),
    ],
    "a variable of ours": lambda _, environment: environment.update(ADVISORYD_DAEMON__LOCALE="ja"),
    "a secret": lambda path, _: (path.parent / "mail.password").write_text("other"),
    "the time of a secret": lambda path, _: os.utime(path.parent / "database.url", (1, 1)),
    "where credentials are": lambda path, environment: [
        (path.parent / "credentials").rename(path.parent / "elsewhere"),
        environment.update(CREDENTIALS_DIRECTORY=str(path.parent / "elsewhere")),
    ],
    "what is kept": lambda path, _: (path.parent / "state" / cache.FILE).write_bytes(b"{}"),
    "half of what is kept": lambda path, _: os.truncate(path.parent / "state" / cache.FILE, 100),
    "who may read it": lambda path, _: (path.parent / "state" / cache.FILE).chmod(0o644),
    "that it is a file": lambda path, _: [
        (path.parent / "state" / cache.FILE).rename(path.parent / "moved"),
        (path.parent / "state" / cache.FILE).symlink_to(path.parent / "moved"),
    ],
    "that it is there": lambda path, _: (path.parent / "state" / cache.FILE).unlink(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_anything_that_the_proof_rests_on_is_a_new_proof(
    what: str, whole: Path, environment: dict[str, str], proofs: list[Path]
) -> None:
    load(whole, environment)
    CHANGES[what](whole, environment)
    load(whole, environment)
    assert len(proofs) == 2
    load(whole, environment)
    assert len(proofs) == 2


def test_another_version_or_another_catalogue_is_a_new_proof(
    whole: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {cache.key_of(whole, environment)}
    monkeypatch.setattr(advisoryd, "__version__", "99")
    keys.add(cache.key_of(whole, environment))
    monkeypatch.setattr(sys, "version", "4.0")
    keys.add(cache.key_of(whole, environment))
    package = whole.parent / "package"
    (package / "sources" / "catalogue").mkdir(parents=True)
    (package / "sources" / "catalogue" / "xx.toml").write_text("id = 'xx'")
    monkeypatch.setattr(advisoryd, "__file__", str(package / "__init__.py"))
    keys.add(cache.key_of(whole, environment))
    assert len(keys) == 4


def test_variables_of_others_change_nothing(whole: Path, environment: dict[str, str], proofs: list[Path]) -> None:
    load(whole, environment)
    load(whole, {**environment, "PATH": "/other", "LANG": "C"})
    assert len(proofs) == 1


def test_a_lost_secret_is_told_though_all_was_proven_once(whole: Path, environment: dict[str, str]) -> None:
    load(whole, environment)
    (whole.parent / "mail.password").unlink()
    with pytest.raises(ConfigError, match="names a file that cannot be read"):
        load(whole, environment)


@pytest.mark.parametrize(
    "inline",
    [
        '[[channel]]\nname = "duty"\ntype = "pagerduty"\nrouting_key = "hush"\n',
        '[[channel]]\nname = "chat"\nurl = "json://hush@localhost/"\n',
        '[daemon]\ndatabase = "postgresql://a:hush@localhost/x"\n',
        '[operator]\nheartbeat_url = "https://example.org/hush"\n',
    ],
)
def test_a_configuration_that_holds_a_secret_itself_is_never_kept(
    written: Written, inline: str, proofs: list[Path]
) -> None:
    path = written('[sources]\nenable = ["cn-mfa"]\n' + inline, state__here="")
    load(path, {})
    load(path, {})
    assert len(proofs) == 2
    assert names_in(path.parent / "state") == {"here"}


def test_nothing_is_kept_before_there_is_a_state_directory(written: Written, proofs: list[Path]) -> None:
    path = written()
    load(path, {})
    assert not (path.parent / "state").exists()
    (path.parent / "state").mkdir()
    load(path, {})
    load(path, {})
    assert len(proofs) == 2


def test_a_refused_configuration_is_refused_each_time(written: Written, proofs: list[Path]) -> None:
    path = written('[sources]\nenable = ["hush"]\n', state__here="")
    for _ in range(2):
        with pytest.raises(ConfigError):
            load(path, {})
    assert len(proofs) == 2
    assert names_in(path.parent / "state") == {"here"}


@pytest.mark.parametrize("line", ['state_dir = "elsewhere"', "state_dir='elsewhere'", "  state_dir = 'elsewhere' # x"])
def test_the_state_directory_is_found_wherever_it_is_named(written: Written, line: str, proofs: list[Path]) -> None:
    path = written(f'[sources]\nenable = ["cn-mfa"]\n[daemon]\n{line}\n', elsewhere__here="")
    load(path, {})
    assert load(path, {}).state_dir == str(path.parent / "elsewhere")
    assert len(proofs) == 1


def test_the_state_directory_may_come_from_a_further_file_or_the_environment(
    written: Written, proofs: list[Path]
) -> None:
    path = written(elsewhere__here="")
    given = {"ADVISORYD_DAEMON__STATE_DIR": "elsewhere"}
    load(path, given)
    load(path, given)
    assert len(proofs) == 1
    (path.parent / "conf.d").mkdir()
    (path.parent / "conf.d" / "10.toml").write_text("daemon.state_dir = 'elsewhere'\n")
    load(path, {})
    load(path, {})
    assert len(proofs) == 2


def test_what_lies_in_a_folder_that_only_a_comment_names_is_not_taken(written: Written, proofs: list[Path]) -> None:
    """Somebody who may write there must not configure the daemon, not even as the same user."""
    text = '[sources]\nenable = ["cn-mfa"]\n[daemon]\nstate_dir = "state"\nlocale = """\nstate_dir = "planted"\n"""\n'
    path = written(
        text.replace('locale = """', 'timezone = "UTC"\n[http]\ncontact = """'), state__here="", planted__x=""
    )
    load(path, {})
    kept = (path.parent / "state" / cache.FILE).read_bytes()
    (path.parent / "state" / cache.FILE).unlink()
    (path.parent / "planted" / cache.FILE).write_bytes(kept)
    (path.parent / "planted" / cache.FILE).chmod(0o600)
    load(path, {})
    assert len(proofs) == 2


STEADY = """
import sys, json
from pathlib import Path
from advisoryd.settings import load
config = load(Path(sys.argv[1]))
heavy = ["pydantic", "structlog", "babel", "alembic", "rich", "jinja2", "apprise", "tomllib", "sqlalchemy"]
print(json.dumps([len(config.sources), [name for name in heavy if name in sys.modules]]))
"""


def test_the_steady_state_imports_nothing_heavy(written: Written) -> None:
    path = written(state__here="")
    load(path)
    ran = subprocess.run([sys.executable, "-c", STEADY, str(path)], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [1, []]


def test_reading_what_was_kept_of_a_thousand_sources_costs_a_small_part_of_proving_it(written: Written) -> None:
    one = '[[source]]\nid = "s{0}"\ntype = "feed"\nissuer = "CN"\nurl = "http://127.0.0.1/{0}.xml"\nevery = "10m"\n\n'
    path = written("".join(one.format(number) for number in range(1000)), state__here="")
    load(path)
    assert spent(lambda: load(path)) < 0.25 * spent(lambda: prove(path))


def spent(work: Callable[[], object]) -> float:
    """The least processor time of three runs, in seconds: other processes do not count."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
