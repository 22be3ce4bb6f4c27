"""Secrets in addresses: the server that they are meant for sees them, and nothing that is kept or told ever does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.keys import Key
from advisoryd.model.outcome import Fetched, FetchFailed, FetchOutcome, Trouble
from advisoryd.model.reading import PLACEHOLDER, Request
from advisoryd.model.secret import Secret, plain

from .asking import IMPATIENT, failed, fetch, fetched
from .server import FaultServer, Reply, Seen, Wire, message, ok, redirect, reset, stall, status

SECRET = "5e+cr/e7=="
ENCODED = "5e%2Bcr%2Fe7%3D%3D"
FEED = b"<rss></rss>"


def keyed(url: str, secret: str = SECRET) -> Request:
    return Request(f"{url}?key={PLACEHOLDER}&page=1", secret=plain(secret))


def discloses(outcome: FetchOutcome) -> bool:
    """Whether anything of an outcome holds the secret in one of its forms."""
    told = repr(outcome)
    return SECRET in told or ENCODED.lower() in told.lower()


def echo(wire: Wire, seen: Seen) -> None:
    """Repeats the address it was asked for, as it came and decoded."""
    wire.send(message(200, f"<rss>{seen.path} {seen.path.lower()} {SECRET}</rss>".encode()))


def test_the_server_is_asked_with_the_secret_encoded_once(server: FaultServer) -> None:
    request = keyed(server.on("/list", ok(FEED)))
    outcome = fetched(request)
    assert server.seen[0].path == f"/list?key={ENCODED}&page=1"
    assert outcome.url == request.url
    assert not discloses(outcome)


def test_an_address_without_a_secret_is_asked_for_as_it_is(server: FaultServer) -> None:
    fetch(Request(server.on("/list", ok(FEED)) + f"?key={PLACEHOLDER}"))
    assert server.seen[0].path == f"/list?key={PLACEHOLDER}"


@pytest.mark.parametrize("reply", [status(403), status(500), status(404), reset, stall(), redirect("ftp://x/")])
def test_what_goes_wrong_is_told_with_the_placeholder(server: FaultServer, reply: Reply) -> None:
    request = keyed(server.on("/list", reply))
    outcome = failed(request, IMPATIENT)
    assert outcome.url == request.url
    assert not discloses(outcome)


def test_what_a_server_repeats_of_the_secret_is_not_kept(server: FaultServer) -> None:
    outcome = fetched(keyed(server.on("/list", echo)))
    assert outcome.body.count(PLACEHOLDER.encode()) == 3
    assert not discloses(outcome)


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_the_secret_stays_with_its_host_through_redirects(server: FaultServer, code: int) -> None:
    url = server.on("/old", redirect(f"/new?key={ENCODED}", code))
    server.on("/new", ok(FEED))
    outcome = fetched(keyed(url))
    assert server.seen[1].path == f"/new?key={ENCODED}"
    assert not discloses(outcome)
    if code in (301, 308):
        assert outcome.moved_to.endswith(f"/new?key={PLACEHOLDER}")


@pytest.mark.parametrize("sent", [SECRET, ENCODED, ENCODED.lower(), PLACEHOLDER])
def test_another_host_never_gets_the_secret_however_the_first_one_hands_it_on(server: FaultServer, sent: str) -> None:
    stranger = FaultServer()
    stranger.start()
    stranger.on("/there", ok(FEED))
    outcome = fetch(keyed(server.on("/list", redirect(stranger.url(f"/there?key={sent}")))))
    stranger.stop()
    assert [seen.path for seen in stranger.seen] == [f"/there?key={PLACEHOLDER}"]
    assert not discloses(outcome)


def test_back_from_another_host_the_secret_is_not_sent_again(server: FaultServer) -> None:
    stranger = FaultServer()
    stranger.start()
    server.on("/back", ok(FEED))
    there = stranger.on("/there", redirect(server.url(f"/back?key={PLACEHOLDER}")))
    fetch(keyed(server.on("/list", redirect(there))))
    stranger.stop()
    assert server.asked(f"/back?key={PLACEHOLDER}")


def test_a_key_whose_file_is_not_there_asks_nothing_and_names_the_file(server: FaultServer, tmp_path: Path) -> None:
    file = tmp_path / "service.key"
    outcome = failed(Request(server.url("/list"), secret=Secret(file.read_text, f"file {file}")))
    assert outcome.trouble is Trouble.UNREACHABLE
    assert f"was not asked, because its key (file {file}) cannot be read: No such file" in outcome.detail
    assert server.seen == []


def test_an_empty_key_asks_nothing(server: FaultServer) -> None:
    assert "key (configuration) is empty" in failed(keyed(server.url("/list"), " \n")).detail
    assert server.seen == []


def test_a_key_does_not_print_itself() -> None:
    assert SECRET not in repr(Key(SECRET))


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=6), st.text(), st.text())
def test_whatever_the_secret_nothing_that_comes_back_holds_it(secret: str, before: str, after: str) -> None:
    key = Key(secret)
    sent = key.into(f"https://a.example/?key={PLACEHOLDER}")
    said = f"{before}{sent}{secret}{after}"
    body = key.hidden(Fetched("u", said.encode("utf-8", "replace")))
    told = key.hidden(FetchFailed("u", Trouble.STATUS, said))
    assert isinstance(body, Fetched)
    assert isinstance(told, FetchFailed)
    assert secret.encode() not in body.body.replace(PLACEHOLDER.encode(), b" ")
    assert secret not in told.detail.replace(PLACEHOLDER, " ")
