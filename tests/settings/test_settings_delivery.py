"""Limits of channels, escalation and the web server, as the file says them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from advisoryd.model.config import Escalation
from advisoryd.model.ladder import Level
from advisoryd.settings import ConfigError, load, prove, web

from .conftest import SMALL

Written = Callable[..., Path]
PHONE = SMALL + 'escalate_to = "phone"\n{more}\n[[channel]]\nname = "phone"\ntype = "console"\n'
WEB = '[web]\nlisten = "127.0.0.1:8787"\nurl = "https://advice.example.org/alerts/"\n'


def problems(path: Path) -> str:
    with pytest.raises(ConfigError) as found:
        prove(path, {})
    return str(found.value)


def test_a_channel_may_have_limits(written: Written) -> None:
    [spec] = prove(
        written(SMALL.replace('"console"', '"console"\nmax_per_minute = 20\nmax_per_hour = 60')), {}
    ).channels
    assert (spec.max_per_minute, spec.max_per_hour) == (20, 60)
    assert "max_per_hour: must be at least 1" in problems(
        written(SMALL.replace('"console"', '"console"\nmax_per_hour = 0'))
    )


def test_an_escalation_and_its_defaults(written: Written) -> None:
    [plainly] = prove(written(PHONE.format(more="")), {}).subscriptions
    assert plainly.escalation == Escalation(channels=("phone",))
    [fully] = prove(written(PHONE.format(more='escalate_after = "1h"\nescalate_level = 3')), {}).subscriptions
    assert fully.escalation == Escalation(channels=("phone",), after=timedelta(hours=1), level=Level.RECONSIDER)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (SMALL + 'escalate_after = "1h"', "escalate_after: means nothing without escalate_to"),
        (SMALL + "escalate_level = 3", "escalate_level: means nothing without escalate_to"),
        (SMALL + 'escalate_to = ["pager"]', "is the name of no channel"),
        (SMALL + 'escalate_to = ["screen"]', "is among channels already"),
    ],
)
def test_an_escalation_that_leads_nowhere_is_told(written: Written, text: str, sentence: str) -> None:
    assert sentence in problems(written(text))


def test_the_web_server(written: Written) -> None:
    path = written(WEB + 'secret_file = "web.secret"\n' + SMALL, web__secret="")
    (path.parent / "web.secret").write_text("a secret of sixteen characters or more\n")
    found = prove(path, {}).web
    assert found
    assert (found.host, found.port, found.url) == ("127.0.0.1", 8787, "https://advice.example.org/alerts")
    assert found.secret.reveal() == "a secret of sixteen characters or more"
    assert load(path, {}).web == found
    assert prove(written(), {}).web is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (WEB, "secret_file: is required"),
        (WEB + 'secret = "short"', "must be at least 16 characters long"),
        (WEB + 'secret = "sixteen characters"\nsecret_file = "x"', "secret_file: is given beside secret"),
        (WEB.replace("https:", "gopher:") + 'secret = "sixteen characters"', "url: must be an http:// or https://"),
        (WEB.replace("127.0.0.1:", "localhost:") + 'secret = "sixteen characters"', "listen: must begin with an IP"),
        (WEB.replace(":8787", "") + 'secret = "sixteen characters"', "listen: must be an address and a port"),
        (WEB.replace("127.0.0.1", "::1") + 'secret = "sixteen characters"', "listen: must be an address and a port"),
        ('[web]\nurl = "https://advice.example.org"\n', "url: means nothing without listen"),
    ],
)
def test_what_is_wrong_with_a_web_server_is_told(written: Written, text: str, sentence: str) -> None:
    assert sentence in problems(written(text + "\n" + SMALL))


def test_an_address_of_the_newer_kind(written: Written) -> None:
    text = WEB.replace("127.0.0.1", "[::1]") + 'secret = "sixteen characters"\n' + SMALL
    found = prove(written(text), {}).web
    assert found
    assert (found.host, found.port) == ("::1", 8787)


def test_a_secret_in_a_file_for_everybody_is_told(written: Written) -> None:
    path = written(WEB + 'secret = "sixteen characters"\n' + SMALL)
    path.chmod(0o644)
    assert "secret: is a secret in a file that every user" in problems(path)


def test_missing_packages_are_named(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "find_spec", lambda name: None)
    assert "pip install 'advisoryd[web]'" in problems(written(WEB + 'secret = "sixteen characters"\n' + SMALL))
