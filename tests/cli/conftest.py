"""A small house with a real database, as verbs find it: a configuration, advice that stands, events, deliveries."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from advisoryd.cli import main

NOW = datetime.now(UTC).replace(microsecond=0)
"""Verbs read the clock of this machine; all that is stored here is told relative to it."""

CONFIGURATION = """
[daemon]
state_dir = "state"
[sources]
enable = ["cn-mfa", "uk-fcdo", "us-state"]
[[channel]]
name = "record"
type = "file"
path = "alerts.jsonl"
[[channel]]
name = "mail"
type = "file"
path = "mail.jsonl"
[[subscription]]
name = "japan-desk"
destinations = ["JP"]
channels = ["record", "mail"]
[[subscription]]
name = "level-four"
min_level = 4
channels = ["record"]
[operator]
channels = ["mail"]
"""


@dataclass(frozen=True)
class Said:
    """What a verb said, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def values(self) -> list[Any]:
        return [json.loads(line) for line in self.lines]


Verb = Callable[..., Said]


@pytest.fixture
def verb(capsys: pytest.CaptureFixture[str]) -> Verb:
    """Runs a verb in this process."""

    def run(*words: object) -> Said:
        capsys.readouterr()
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return Said(status, said.out, said.err)

    return run


@dataclass(frozen=True)
class Home:
    """Where the house is; ``raised`` and ``lowered`` are the ids of its events."""

    config: Path
    raised: str
    lowered: str
    verb: Verb

    def __call__(self, name: str, *words: object) -> Said:
        """Run a verb on this house."""
        return self.verb(name, "--config", self.config, *words)


@pytest.fixture
def home(home_folder: tuple[Path, str, str], verb: Verb) -> Home:
    """The house, for verbs that change nothing in it."""
    folder, raised, lowered = home_folder
    return Home(folder / "advisoryd.toml", raised, lowered, verb)


@pytest.fixture
def own_home(home: Home, tmp_path: Path) -> Home:
    """A house of one's own, for verbs that do."""
    mine = shutil.copytree(home.config.parent, tmp_path / "home")
    return replace(home, config=mine / "advisoryd.toml")


@pytest.fixture(scope="session")
def home_folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The house, built once."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "advisoryd.toml").write_text(CONFIGURATION)
    return folder, *_furnish(folder / "advisoryd.toml")


def _furnish(path: Path) -> tuple[str, str]:
    """What stands: China and the United States on Japan, the United Kingdom on Israel and Palestine (a level that
    cannot be read, in part another), the United States on Thailand (nothing). What happened: China raised and the
    United States lowered, and not all of it could be delivered."""
    from advisoryd.model.ladder import Level
    from advisoryd.model.record import Region, Scope, Section
    from advisoryd.model.standing import State
    from advisoryd.service.announce import Announcer
    from advisoryd.service.house import open_house
    from advisoryd.settings import prove
    from advisoryd.store import outbox

    config = prove(path, {})
    calm = Section("Safety", ("Take the usual care.",))
    alarm = Section("Safety", ("Avoid travelling to Japan in the near future.",))
    before = _record("CN", "JP", "日本", Level.CAUTION, "谨慎前往", sections=(calm,))
    after = replace(before, level=Level.RECONSIDER, native_level="近期避免前往", sections=(alarm,))
    state = _record("US", "JP", "Japan", Level.NORMAL, "Level 1: Exercise normal precautions")
    unread = _record(
        "GB", "IL+PS", "Israel and\x1b[31m Palestine", None, "some new words",
        scope=Scope(regional=True, regions=(Region("Gaza", Level.AVOID), Region("the rest", None))),
    )  # fmt: skip
    nothing = _record("US", "TH", "Thailand", None, "")
    with open_house(config) as house, house.store.begin() as tx:
        _keep(tx, before, "cn-mfa", NOW - timedelta(days=9))
        _stand(tx, after, "cn-mfa", State.IN_FORCE)
        _stand(tx, state, "us-state", State.IN_FORCE, dated=datetime(2021, 5, 4, tzinfo=UTC))
        _stand(tx, unread, "uk-fcdo", State.IN_FORCE, stale_since=NOW - timedelta(days=2))
        _stand(tx, nothing, "us-state", State.NO_ADVICE)
        announcer = Announcer(config)
        raised = announcer.announce(tx, _event("raised", before, after, "cn-mfa", NOW - timedelta(hours=3)), NOW)
        lowered = announcer.announce(
            tx, _event("lowered", replace(state, level=Level.CAUTION), state, "us-state", NOW - timedelta(days=5)), NOW
        )
        record, mail = outbox.of_event(tx, raised.id)
        outbox.settle_sent(tx, [record.id], NOW, "line-1")
        outbox.settle_dead(tx, [mail.id], NOW, "The mailbox is full")
        outbox.settle_later(
            tx, [outbox.of_event(tx, lowered.id)[1].id], NOW + timedelta(hours=1), "no answer", uncertain=True
        )
    return raised.id, lowered.id


def _record(issuer: str, destination: str, name: str, level: Any, words: str, **more: Any) -> Any:
    from advisoryd.model.record import Record

    key = f"{issuer}-{destination}"
    url = f"https://example.org/{key}"
    return Record(
        key=key, issuer=issuer, destination=destination, name=name, language="en", url=url, level=level,
        native_level=words, **more,
    )  # fmt: skip


def _keep(tx: Any, record: Any, source: str, seen: datetime) -> str:
    from advisoryd.store import advisories

    name = advisories.revision_id(record)
    advisories.put_revisions(tx, [advisories.Revision(name, record, source, (), 1, seen)])
    return name


def _stand(tx: Any, record: Any, source: str, state: Any, **more: Any) -> None:
    from advisoryd.model.standing import Standing
    from advisoryd.store import advisories

    seen = NOW - timedelta(days=1)
    standing = Standing(
        issuer=record.issuer, destination=record.destination, track=record.track, source=source, key=record.key,
        record=record, revision=_keep(tx, record, source, seen), state=state, first_seen=seen, changed_at=seen, **more,
    )  # fmt: skip
    advisories.save(tx, [standing])


def _event(kind: str, before: Any, after: Any, source: str, at: datetime) -> Any:
    from advisoryd.model.event import Event, Kind
    from advisoryd.store import advisories

    return Event(
        id="", kind=Kind(kind), issuer=after.issuer, destination=after.destination, source=source, at=at,
        first_seen=at - timedelta(minutes=2), reason=f"level {kind}", name=after.name, level_before=before.level,
        level_after=after.level, native_before=before.native_level, native_after=after.native_level,
        before=advisories.revision_id(before), after=advisories.revision_id(after), url=after.url,
    )  # fmt: skip
