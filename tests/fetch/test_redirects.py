"""Redirects: where next, with what, and when to stop; first as a pure function, then with a client."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.redirects import STATUSES, Hop, carried, follow
from advisoryd.fetch.urls import objection
from advisoryd.fetch.wire import Fault
from advisoryd.model.outcome import NotModified, Trouble, Validators
from advisoryd.model.reading import Request

from .asking import HTTP, IMPATIENT, failed, fetch, fetched
from .server import FaultServer, Reply, Seen, Wire, conditional, ok, redirect

START = Hop("https://a.example/list?page=2", "GET", None)
POST = Hop("https://a.example/search", "POST", b"{}")


def onward(hop: Hop, status: int, location: str) -> Hop:
    result = follow(hop, status, location, limit=5)
    assert isinstance(result, Hop), result
    return result


def refused(hop: Hop, location: str, limit: int = 5) -> str:
    result = follow(hop, 302, location, limit)
    assert isinstance(result, Fault), result
    assert result.trouble is Trouble.REDIRECTS
    return result.detail


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/other", "https://a.example/other"),
        ("other", "https://a.example/other"),
        ("?page=3", "https://a.example/list?page=3"),
        ("//b.example/x", "https://b.example/x"),
        ("https://b.example", "https://b.example"),
        (" /blank ", "https://a.example/blank"),
        ("/with blank#part", "https://a.example/with%20blank"),
        ("/\u00e6\u0097\u00a5", "https://a.example/%E6%97%A5"),
        ("/\u00e9t\u00e9", "https://a.example/%C3%A9t%C3%A9"),
    ],
)
def test_a_location_is_read_relative_to_where_it_was_found(location: str, url: str) -> None:
    if location == "/\u00e9t\u00e9":
        location = location.encode().decode("latin-1")
    assert onward(START, 302, location).url == url


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [(301, "GET", None), (302, "GET", None), (303, "GET", None), (307, "POST", b"{}"), (308, "POST", b"{}")],
)
def test_a_post_keeps_method_and_body_where_the_standard_says_so(status: int, method: str, body: bytes | None) -> None:
    hop = onward(POST, status, "/elsewhere")
    assert (hop.method, hop.body) == (method, body)


def test_a_put_stays_a_put_but_for_303() -> None:
    put = POST._replace(method="PUT")
    assert onward(put, 301, "/x").method == "PUT"
    assert onward(put, 303, "/x").method == "GET"


def test_a_post_may_lead_to_a_get_of_the_same_address() -> None:
    assert onward(POST, 303, POST.url).method == "GET"


def test_a_chain_is_permanent_while_every_hop_is() -> None:
    first = onward(START, 301, "/b")
    assert first.permanent
    assert onward(first, 308, "/c").permanent
    assert not onward(first, 302, "/c").permanent
    assert not onward(onward(first, 307, "/c"), 301, "/d").permanent


@pytest.mark.parametrize(
    ("start", "location", "at_home"),
    [
        ("https://a.example/", "/x", True),
        ("https://a.example/", "https://A.EXAMPLE:443/x", True),
        ("http://a.example/", "https://a.example/x", True),
        ("http://a.example:8080/", "https://a.example/x", False),
        ("https://a.example/", "https://a.example:8443/x", False),
        ("https://a.example/", "https://b.example/x", False),
        ("https://a.example/", "https://sub.a.example/x", False),
        ("https://a.example/", "https://a.example.evil.example/x", False),
        ("https://a.example/", "https://a.example@evil.example/x", False),
    ],
)
def test_only_the_same_party_is_home(start: str, location: str, at_home: bool) -> None:
    assert onward(Hop(start, "GET", None), 302, location).at_home is at_home


def test_once_away_from_home_always_away() -> None:
    away = onward(START, 302, "https://b.example/")
    assert not onward(away, 302, "https://a.example/back").at_home


def test_headers_stay_with_the_party_they_are_meant_for_and_the_bodys_with_the_body() -> None:
    fields = (("X-Key", "1"), ("content-type", "application/json"))
    assert carried(fields, POST) == fields
    assert carried(fields, onward(POST, 307, "/x")) == fields
    assert carried(fields, onward(POST, 303, "/x")) == (("X-Key", "1"),)
    assert carried(fields, onward(POST, 307, "https://b.example/")) == (("content-type", "application/json"),)
    assert carried(fields, onward(POST, 303, "https://b.example/")) == ()


def test_what_is_not_followed_is_said_in_a_sentence() -> None:
    assert refused(START, "") == "https://a.example/list?page=2 redirects without saying where to."
    assert refused(START, "ftp://b.example/").endswith(
        "redirects to ftp://b.example/, which is neither http nor https."
    )
    assert refused(START, "http://a.example/") == (
        "https://a.example/list?page=2 redirects from https down to http://a.example/, which is refused."
    )
    assert refused(START, START.url).endswith(f"redirects back to {START.url}; cookies are not kept here.")
    assert refused(START, "/x", limit=0) == f"There are more than 0 redirects; {START.url} wants to add another."


@pytest.mark.parametrize("location", ["https://b.example\\@a.example/", "https://a.example:0/", "https://[::1/"])
def test_an_address_that_parsers_read_differently_is_not_followed(location: str) -> None:
    refused(START, location)


@given(st.sampled_from(sorted(STATUSES)), st.text(max_size=80))
def test_any_location_leads_to_a_proper_address_or_to_a_sentence(status: int, location: str) -> None:
    result = follow(START, status, location, limit=5)
    if isinstance(result, Hop):
        assert not objection(result.url)
    else:
        assert result.detail.endswith(".")


def test_a_permanent_move_is_followed_and_reported(server: FaultServer) -> None:
    new = server.on("/new", ok(b"<rss/>"))
    old = server.on("/old", redirect("/between", 301))
    server.on("/between", redirect("/new", 308))
    outcome = fetched(Request(old, "xml"))
    assert (outcome.url, outcome.moved_to) == (old, new)


def test_a_move_for_now_is_followed_and_not_reported(server: FaultServer) -> None:
    server.on("/new", ok())
    assert fetched(server.on("/old", redirect("/new", 302))).moved_to == ""


def test_validators_go_along_and_the_last_answer_counts(server: FaultServer) -> None:
    server.on("/new", conditional(b"<rss/>", '"1"'))
    assert isinstance(fetch(server.on("/old", redirect("/new")), validators=Validators('"1"')), NotModified)


def test_a_circle_is_noticed_and_a_long_chain_cut(server: FaultServer) -> None:
    server.on("/b", redirect("/a"))
    assert failed(server.on("/a", redirect("/b"))).trouble is Trouble.REDIRECTS
    for number in range(9):
        server.on(f"/{number}", redirect(f"/{number + 1}"))
    outcome = failed(server.url("/0"))
    assert outcome.trouble is Trouble.REDIRECTS
    assert len(server.asked(f"/{HTTP.max_redirects}")) == 1
    assert not server.asked(f"/{HTTP.max_redirects + 1}")


def test_a_chain_of_the_allowed_length_is_followed(server: FaultServer) -> None:
    server.on("/end", ok())
    server.on("/c", redirect("/end"))
    server.on("/b", redirect("/c"))
    assert HTTP.max_redirects == 3
    fetched(server.on("/a", redirect("/b")))


def test_a_sources_headers_are_not_sent_to_another_host(server: FaultServer) -> None:
    server.on("/there", ok())
    url = server.on("/here", redirect(server.url("/there", host="localhost")))
    own = (("X-Key", "secret"), ("User-Agent", "mine"))
    fetched(Request(url, headers=(("Authorization", "Bearer secret"),)), headers=own)
    here, there = server.seen
    assert (here.headers["x-key"], here.headers["authorization"]) == ("secret", "Bearer secret")
    assert not {"x-key", "authorization"} & there.headers.keys()
    assert there.headers["user-agent"].startswith("Mozilla/5.0 (compatible; advisoryd/")


def test_a_redirect_within_the_host_keeps_the_headers(server: FaultServer) -> None:
    server.on("/there", ok())
    fetched(server.on("/here", redirect("/there")), headers=(("X-Key", "secret"),))
    assert server.seen[1].headers["x-key"] == "secret"


def test_all_hops_together_have_one_time_limit(server: FaultServer) -> None:
    def slowly(to: str) -> Reply:
        def reply(wire: Wire, seen: Seen) -> None:
            wire.stopping.wait(0.1)
            redirect(to)(wire, seen)

        return reply

    for start, end in ("ab", "bc", "cd"):
        server.on(f"/{start}", slowly(f"/{end}"))
    assert failed(server.url("/a"), IMPATIENT).trouble is Trouble.TIMEOUT
