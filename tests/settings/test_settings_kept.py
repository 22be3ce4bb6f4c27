"""The kept form of a configuration: whole, without secrets, and never taken on trust."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.codec import Malformed
from advisoryd.model.config import ChannelSpec, Config, Digest, Http, Operator, Quiet, Reports, Subscription, Thresholds
from advisoryd.model.event import Kind
from advisoryd.model.ladder import Level
from advisoryd.model.secret import plain
from advisoryd.model.source import Source, SourceKind
from advisoryd.settings import kept
from advisoryd.settings.secrets import from_credential, from_file

WHOLE = Config(
    state_dir="/var/lib/advisoryd",
    locale="ja",
    zone="Asia/Tokyo",
    http=Http(contact="ops@example.org", allow_networks=("10.0.0.0/8",), total_timeout=1.5),
    thresholds=Thresholds(gone_share=0.125, confirm_after=timedelta(seconds=90)),
    sources=(
        Source(
            id="own",
            issuer="CN",
            name="自分",
            reader="table",
            kind=SourceKind.NEWS,
            headers=(("A", "b"),),
            options={"levels": {"x": 4}, "list": ["a", 1, 2.5, True, None], "deep": {"a": {"b": []}}},
        ),
    ),
    channels=(
        ChannelSpec(name="screen", kind="console", options={"templates": "/t"}, give_up_after=timedelta(days=9)),
    ),
    subscriptions=(
        Subscription(
            name="desk",
            channels=("screen",),
            destinations=frozenset({"JP", "PT-20"}),
            events=frozenset({Kind.RAISED, Kind.FIRST_REPORTED}),
            min_level=Level.CAUTION,
            reports=Reports.ALL,
            quiet=Quiet(begin=time(22), end=time(7, 30), zone="UTC", days=frozenset({1, 7}), unless_level=Level.AVOID),
            digest=Digest(every="weekly", zone="UTC", at=time(8), weekday=5),
        ),
    ),
    operator=Operator(channels=("screen",), remind_every=timedelta(hours=12)),
)


def again(config: Config, environment: dict[str, str] | None = None) -> Config:
    """``config`` after it was kept and read."""
    return kept.read(kept.write(kept.kept(config, "key")), environment or {}).config


def test_every_part_of_a_configuration_comes_back() -> None:
    assert again(WHOLE) == WHOLE
    assert type(again(WHOLE)) is Config


def test_secrets_come_back_as_places_where_they_are_found(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hush")
    secret = from_file("token", tmp_path)
    credential = from_credential("name", {"CREDENTIALS_DIRECTORY": str(tmp_path)})
    config = replace(
        WHOLE,
        database=secret,
        channels=(ChannelSpec(name="c", kind="slack", url=secret, secrets={"token": credential}),),
        operator=Operator(heartbeat_url=secret),
        sources=(replace(WHOLE.sources[0], options={"service_key": secret, "other": [1]}),),
    )
    body = kept.write(kept.kept(config, "key"))
    assert b"hush" not in body
    found = kept.read(body, {}).config
    assert found == config
    assert found.operator.heartbeat_url is not None
    assert found.operator.heartbeat_url.reveal() == "hush"


@pytest.mark.parametrize(
    "config",
    [
        replace(WHOLE, database=plain("hush")),
        replace(WHOLE, operator=Operator(heartbeat_url=plain("hush"))),
        replace(WHOLE, channels=(ChannelSpec(name="c", kind="slack", secrets={"token": plain("hush")}),)),
        replace(WHOLE, sources=(replace(WHOLE.sources[0], options={"key": plain("hush")}),)),
    ],
)
def test_a_secret_that_is_kept_nowhere_else_is_not_kept_here(config: Config) -> None:
    with pytest.raises(ValueError, match="kept anywhere else"):
        kept.write(kept.kept(config, "key"))


@pytest.mark.parametrize("odd", [date(2026, 1, 1), time(8), {"secret": "file /etc/passwd"}, float("inf")])
def test_what_would_come_back_as_something_else_is_seen(odd: Any) -> None:
    config = replace(WHOLE, sources=(replace(WHOLE.sources[0], options={"odd": odd}),))
    assert again(config) != config


def test_the_files_of_secrets_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hush")
    form = kept.kept(replace(WHOLE, database=from_file("token", tmp_path)), "key")
    assert form.fresh
    (tmp_path / "token").write_text("longer than before")
    assert not form.fresh
    (tmp_path / "token").unlink()
    with pytest.raises(OSError, match="No such file"):
        _ = form.fresh


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_may_be_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        kept.read(body, {})
