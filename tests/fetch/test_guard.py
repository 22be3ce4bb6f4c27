"""Who may be talked to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisoryd.fetch.guard import Guard, guard

PUBLIC = Guard()

REFUSED = {
    "0.0.0.0": "an unspecified address",
    "0.1.2.3": "an unspecified address",
    "127.0.0.1": "a loopback address",
    "127.255.255.254": "a loopback address",
    "10.0.0.1": "a private address",
    "172.16.0.1": "a private address",
    "172.31.255.255": "a private address",
    "192.168.1.1": "a private address",
    "100.64.0.1": "a shared address behind a carrier's NAT",
    "100.100.100.200": "a shared address behind a carrier's NAT",
    "169.254.169.254": "a link-local address",
    "168.63.129.16": "a cloud platform's own address",
    "224.0.0.1": "a multicast address",
    "239.255.255.255": "a multicast address",
    "240.0.0.1": "a reserved address",
    "255.255.255.255": "a reserved address",
    "192.0.0.192": "a reserved address",
    "198.18.0.1": "a reserved address",
    "192.0.2.1": "an address for documentation",
    "::": "an unspecified address",
    "::1": "a loopback address",
    "fc00::1": "a private address",
    "fd00:ec2::254": "a private address",
    "fec0::1": "a private address",
    "fe80::1": "a link-local address",
    "fe80::1%eth0": "a link-local address",
    "ff02::1": "a multicast address",
    "2001:db8::1": "an address for documentation",
    "2001::1": "a reserved address",
    "64:ff9b:1::1": "outside the public Internet",
    "100::1": "outside the public Internet",
    "::ffff:127.0.0.1": "a loopback address",
    "::ffff:10.0.0.1": "a private address",
    "::127.0.0.1": "a loopback address",
    "64:ff9b::7f00:1": "a loopback address",
    "64:ff9b::a9fe:a9fe": "a link-local address",
    "2002:7f00:1::": "a loopback address",
    "2002:c0a8:101::1": "a private address",
}


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_public_is_refused_by_name(address: str) -> None:
    assert PUBLIC.refusal(address) == f"{address} is {REFUSED[address]}"


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "169.253.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "64:ff9b::101:101",
        "::ffff:1.1.1.1",
        "2002:101:101::1",
    ],
)
def test_what_is_public_passes(address: str) -> None:
    assert PUBLIC.refusal(address) == ""


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "::g", "999.1.1.1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    assert PUBLIC.refusal(text) == f"{text!r} is not an address"


def test_an_allowed_network_passes_also_in_its_embedded_forms_and_nothing_else() -> None:
    allowed = Guard(["10.1.0.0/16", "fd00::/8"])
    for address in ("10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::a01:203", "fd12::1"):
        assert allowed.refusal(address) == ""
    for address in ("10.2.0.1", "::ffff:10.2.0.1", "127.0.0.1", "fe80::1"):
        assert allowed.refusal(address)


def test_a_single_address_may_be_allowed() -> None:
    assert Guard(["192.168.1.7"]).refusal("192.168.1.7") == ""
    assert Guard(["192.168.1.7"]).refusal("192.168.1.8")


@pytest.mark.parametrize("text", ["ten", "10.0.0.0/33", "10.0.0/8", ""])
def test_a_network_that_is_none_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a network such as 10\.0\.0\.0/8"):
        Guard([text])


def test_the_same_networks_have_the_same_guard() -> None:
    assert guard(("10.0.0.0/8",)) is guard(("10.0.0.0/8",))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_every_ipv4_address_that_python_does_not_call_global_is_refused(address: IPv4Address) -> None:
    if not address.is_global or address.is_multicast:
        assert PUBLIC.refusal(str(address))


@given(st.integers(0, 2**128 - 1).map(IPv6Address) | st.integers(0, 2**32 - 1).map(lambda n: IPv6Address(n << 64)))
def test_ipv6_outside_global_unicast_passes_only_as_a_public_ipv4_address_in_disguise(address: IPv6Address) -> None:
    if address not in ip_network("2000::/3") and not PUBLIC.refusal(str(address)):
        disguises = (ip_network("::/96"), ip_network("::ffff:0:0/96"), ip_network("64:ff9b::/96"))
        assert any(address in disguise for disguise in disguises)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["::ffff:0:0", "64:ff9b::", "::"]))
def test_an_embedded_address_is_judged_as_itself(number: int, prefix: str) -> None:
    inner = IPv4Address(number)
    outer = IPv6Address(int(IPv6Address(prefix)) + number)
    if int(outer) > 1:
        assert bool(PUBLIC.refusal(str(outer))) == bool(PUBLIC.refusal(str(inner)))


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(text: str) -> None:
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        assert PUBLIC.refusal(text)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "[::1]",
        "::1",
        "169.254.169.254",
        "localhost",
        "db.localhost",
        "printer.local",
        "metadata.google.internal",
        "router.lan",
        "nas.home.arpa",
        "intranet",
    ],
)
def test_behind_a_proxy_local_names_and_literal_addresses_are_refused(host: str) -> None:
    assert PUBLIC.refusal_by_name(host)


@pytest.mark.parametrize("host", ["travel.state.gov", "example.org", "local.example.org", "1.1.1.1", "0x01010101"])
def test_behind_a_proxy_other_names_pass(host: str) -> None:
    assert PUBLIC.refusal_by_name(host) == ""


def test_behind_a_proxy_local_names_pass_once_a_network_is_allowed_but_literal_addresses_are_still_checked() -> None:
    allowed = Guard(["10.0.0.0/8"])
    assert allowed.refusal_by_name("intranet") == ""
    assert allowed.refusal_by_name("10.0.0.1") == ""
    assert allowed.refusal_by_name("127.0.0.1")
