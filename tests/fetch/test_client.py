"""What the client asks, and what it makes of a good answer."""

from __future__ import annotations

import gzip

import pytest

from advisoryd import __version__
from advisoryd.fetch.client import Client
from advisoryd.model.outcome import Fetched, NotModified, Validators
from advisoryd.model.reading import Request

from .asking import HTTP, failed, fetch, fetched, with_client
from .server import FaultServer, conditional, ok, redirect

FEED = b"<?xml version='1.0'?><rss><channel/></rss>"
MODIFIED = "Fri, 14 Nov 2025 08:00:00 GMT"


def test_a_whole_body_comes_with_its_type_charset_and_validators(server: FaultServer) -> None:
    kind = "Content-Type: Application/RSS+XML; Charset=UTF-8"
    url = server.on("/feed", ok(FEED, kind, 'ETag: W/"1"', f"Last-Modified: {MODIFIED}"))
    assert fetch(Request(url, "xml")) == Fetched(
        url=url,
        body=FEED,
        content_type="application/rss+xml",
        charset="utf-8",
        validators=Validators('W/"1"', MODIFIED),
    )


def test_an_answer_without_type_validators_or_promises_is_fine(server: FaultServer) -> None:
    url = server.on("/feed", ok(FEED))
    assert fetch(Request(url, "xml")) == Fetched(url=url, body=FEED)


def test_validators_are_sent_and_304_means_not_modified(server: FaultServer) -> None:
    url = server.on("/feed", conditional(FEED, '"7"', "Cache-Control: max-age=600"))
    assert fetch(url, validators=Validators('"7"', MODIFIED)) == NotModified(url, fresh_for=600.0)
    assert server.seen[0].headers["if-modified-since"] == MODIFIED


@pytest.mark.parametrize("validators", [Validators('"7"'), Validators(modified=MODIFIED)])
def test_one_validator_is_enough(server: FaultServer, validators: Validators) -> None:
    fetch(server.on("/feed", ok(FEED)), validators=validators)
    sent = server.seen[0].headers
    assert (sent.get("if-none-match", ""), sent.get("if-modified-since", "")) == (validators.etag, validators.modified)


def test_a_validator_that_could_not_be_sent_back_is_not_kept(server: FaultServer) -> None:
    url = server.on("/feed", ok(FEED, f'ETag: "{"x" * 600}"', "Last-Modified: soon\x01"))
    assert fetched(url).validators == Validators()


def test_the_promise_of_the_server_is_passed_on(server: FaultServer) -> None:
    assert fetched(server.on("/feed", ok(FEED, "Cache-Control: max-age=900", "Age: 300"))).fresh_for == 600.0


def test_we_say_who_we_are_and_what_we_take(server: FaultServer) -> None:
    fetch(Request(server.on("/feed", ok()), "xml"))
    headers = server.seen[0].headers
    assert headers["user-agent"] == f"Mozilla/5.0 (compatible; advisoryd/{__version__}; +ops@example.org)"
    assert headers["accept"].startswith("application/atom+xml")
    assert headers["accept-encoding"] == "gzip"
    assert not {"cookie", "expect", "referer", "authorization"} & headers.keys()


def test_a_source_may_add_headers_and_replace_ours(server: FaultServer) -> None:
    own = (("user-agent", "Mozilla/5.0 (compatible; advisoryd)"), ("X-Key", "1"))
    fetch(server.on("/feed", ok()), headers=own)
    assert server.seen[0].headers["user-agent"] == "Mozilla/5.0 (compatible; advisoryd)"
    assert server.seen[0].headers["x-key"] == "1"


def test_a_request_may_have_a_method_and_a_body(server: FaultServer) -> None:
    url = server.on("/search", ok(b"{}"))
    own = (("Content-Type", "application/json"),)
    fetch(Request(url, "json", "POST", own, b'{"q": "\x00"}'))
    seen = server.seen[0]
    assert (seen.method, seen.body, seen.headers["content-type"]) == ("POST", b'{"q": "\x00"}', "application/json")


def test_a_post_leaves_nothing_behind_for_the_next_request(server: FaultServer) -> None:
    url = server.on("/", ok())

    async def both(client: Client) -> None:
        await client.fetch(Request(url, method="PUT", body=b"x"))
        await client.fetch(Request(url))

    with_client(both)
    assert [(seen.method, seen.body) for seen in server.seen] == [("PUT", b"x"), ("GET", b"")]


@pytest.mark.parametrize(
    ("name", "value"), [("X", "1\r\nHost: elsewhere"), ("X\r\nY", "1"), ("", "1"), ("X:", "1"), ("X", "\N{SNOWMAN}")]
)
def test_a_header_that_cannot_be_sent_is_refused(server: FaultServer, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be sent|latin-1"):
        fetch(server.url("/"), headers=((name, value),))
    assert not server.seen


def test_a_network_that_is_none_is_named(server: FaultServer) -> None:
    with pytest.raises(ValueError, match="'ten' is not a network"):
        fetch(server.url("/"), allow_networks=("ten",))


def test_a_compressed_body_is_unpacked(server: FaultServer) -> None:
    url = server.on("/feed", ok(gzip.compress(FEED), "Content-Encoding: gzip"))
    assert fetched(Request(url, "xml")).body == FEED


def test_a_body_of_exactly_the_limit_passes(server: FaultServer) -> None:
    assert len(fetched(server.on("/feed", ok(b"x" * HTTP.max_wire_bytes))).body) == HTTP.max_wire_bytes


def test_connections_are_kept_and_cookies_are_not(server: FaultServer) -> None:
    url = server.on("/feed", ok(FEED, "Set-Cookie: a=1"))

    async def twice(client: Client) -> None:
        await client.fetch(Request(url))
        await client.fetch(Request(url))

    with_client(twice)
    assert [(seen.connection, seen.headers.get("cookie")) for seen in server.seen] == [(1, None), (1, None)]


def test_user_information_of_the_address_is_sent_as_credentials(server: FaultServer) -> None:
    server.on("/feed", ok())
    fetch(server.url("/feed", host="me:secret@127.0.0.1"))
    assert server.seen[0].headers["authorization"] == "Basic bWU6c2VjcmV0"


def test_a_foreign_address_is_asked_in_ascii(server: FaultServer) -> None:
    fetch(server.url("/reise hinweise/日本?land=österreich#oben"))
    assert server.seen[0].path == "/reise%20hinweise/%E6%97%A5%E6%9C%AC?land=%C3%B6sterreich"


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_not_used(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetched(server.on("/feed", ok(FEED))).body == FEED


def test_a_configured_proxy_is_used(server: FaultServer) -> None:
    server.on("http://ministry.example/feed", ok(FEED))
    assert fetched("http://ministry.example/feed", proxy=server.url("")).body == FEED


def test_secrets_of_an_address_do_not_appear_in_what_is_said_of_it(server: FaultServer) -> None:
    secret = "5ecre7"
    url = server.on("/list", redirect(f"ftp://me:{secret}@127.0.0.1/?serviceKey={secret}"))
    outcome = failed(f"{url}?serviceKey={secret}")
    assert secret not in outcome.detail
    assert "serviceKey=***" in outcome.detail
