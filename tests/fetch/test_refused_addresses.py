"""The guard at work: no connection is made, and no kept one used, that the present source may not have."""

from __future__ import annotations

from dataclasses import replace

import pycurl
import pytest

from advisoryd.fetch import curl
from advisoryd.fetch.client import Client
from advisoryd.model.outcome import Fetched, FetchFailed, FetchOutcome, Trouble
from advisoryd.model.reading import Request

from .asking import HTTP, STRICT, failed, fetch, fetched, with_client
from .server import FaultServer, ok, redirect


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433"])
def test_a_private_address_is_refused_in_every_spelling_before_it_is_connected(server: FaultServer, host: str) -> None:
    server.on("/", ok())
    outcome = failed(server.url("/", host=host), STRICT)
    assert outcome.trouble is Trouble.REFUSED_ADDRESS
    assert "127.0.0.1 is a loopback address; allow its network" in outcome.detail
    assert server.connections == 0


@pytest.mark.parametrize("host", ["[::1]", "[::ffff:127.0.0.1]", "10.255.255.1", "169.254.169.254", "0.0.0.0"])
def test_other_private_addresses_are_refused_at_once(server: FaultServer, host: str) -> None:
    assert failed(server.url("/", host=host), STRICT).trouble is Trouble.REFUSED_ADDRESS


def test_a_source_may_be_allowed_what_others_are_not(server: FaultServer) -> None:
    url = server.on("/", ok())
    assert isinstance(fetch(url, STRICT, allow_networks=("127.0.0.1/32",)), Fetched)
    assert isinstance(fetch(url, STRICT, allow_networks=("10.0.0.0/8",)), FetchFailed)


def test_a_kept_connection_is_not_lent_to_a_source_that_may_not_have_it(server: FaultServer) -> None:
    request = Request(server.on("/", ok()))

    async def one_allowed_one_not(client: Client) -> FetchOutcome:
        await client.fetch(request, allow_networks=("127.0.0.0/8",))
        return await client.fetch(request)

    outcome = with_client(one_allowed_one_not, STRICT)
    assert isinstance(outcome, FetchFailed)
    assert outcome.trouble is Trouble.REFUSED_ADDRESS
    assert len(server.seen) == 1


def test_a_name_that_leads_elsewhere_the_second_time_is_checked_the_second_time(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on("/", ok())
    url = server.url("/", host="ministry.example")
    options = curl._OPTIONS

    def ask_when_it_leads_to(address: str) -> FetchOutcome:
        resolved = [f"ministry.example:{server.port}:{address}"]
        monkeypatch.setattr(curl, "_OPTIONS", (*options, (pycurl.RESOLVE, resolved)))
        return fetch(url, STRICT, allow_networks=("127.0.0.1/32",))

    assert isinstance(ask_when_it_leads_to("127.0.0.1"), Fetched)
    rebound = ask_when_it_leads_to("127.0.0.2")
    assert isinstance(rebound, FetchFailed)
    assert rebound.trouble is Trouble.REFUSED_ADDRESS
    assert rebound.detail.startswith("ministry.example was not asked, because 127.0.0.2 is a loopback address;")


def test_of_several_addresses_the_one_that_is_allowed_is_used(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.on("/", ok())
    both = [f"ministry.example:{server.port}:127.0.0.2,127.0.0.1"]
    monkeypatch.setattr(curl, "_OPTIONS", (*curl._OPTIONS, (pycurl.RESOLVE, both)))
    outcome = fetch(server.url("/", host="ministry.example"), STRICT, allow_networks=("127.0.0.1/32",))
    assert isinstance(outcome, Fetched)


def test_a_redirect_to_a_private_address_is_refused(server: FaultServer) -> None:
    url = server.on("/", redirect("http://169.254.169.254/latest/meta-data/"))
    outcome = failed(url)
    assert outcome.trouble is Trouble.REFUSED_ADDRESS
    assert "169.254.169.254 is a link-local address" in outcome.detail


def test_a_proxy_may_be_private_and_its_target_may_not(server: FaultServer) -> None:
    through = replace(STRICT, proxy=server.url(""))
    server.on("http://ministry.example/", ok())
    assert isinstance(fetch("http://ministry.example/", through), Fetched)
    for target in ("http://127.0.0.1/", "http://0x7f.1/", "http://localhost/", "http://[::1]/", "http://intranet/"):
        assert failed(target, through).trouble is Trouble.REFUSED_ADDRESS
    assert len(server.seen) == 1


def test_a_redirect_behind_a_proxy_is_checked_too(server: FaultServer) -> None:
    server.on("http://ministry.example/", redirect("http://169.254.169.254/"))
    assert failed("http://ministry.example/", replace(STRICT, proxy=server.url(""))).trouble is Trouble.REFUSED_ADDRESS


def test_nothing_is_refused_where_everything_is_allowed(server: FaultServer) -> None:
    assert fetched(server.on("/", ok()), HTTP).body
