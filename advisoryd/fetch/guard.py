"""Which addresses may be talked to: the public Internet, and the private networks that the operator allowed.

A name says nothing about where it leads, and may lead elsewhere a second later, so the check is made on the address of
the very socket that is about to be connected, and again on the peer of the connection that is about to carry a request.
Ranges are those of the IANA registries of special-purpose addresses (RFC 6890, RFC 9637).
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_SPECIAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("an unspecified address", ("0.0.0.0/8", "::/128")),
    ("a loopback address", ("127.0.0.0/8", "::1/128")),
    ("a private address", ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10")),
    ("a shared address behind a carrier's NAT", ("100.64.0.0/10",)),
    ("a link-local address", ("169.254.0.0/16", "fe80::/10")),
    ("a multicast address", ("224.0.0.0/4", "ff00::/8")),
    ("a cloud platform's own address", ("168.63.129.16/32",)),
    ("an address for documentation", ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")),
    ("an address for documentation", ("2001:db8::/32", "3fff::/20")),
    ("a reserved address", ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001::/23")),
)
_RANGES = tuple((ip_network(text), words) for words, texts in _SPECIAL for text in texts)
_GLOBAL_V6 = IPv6Network("2000::/3")
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "test", "invalid")

# Where an IPv6 address carries an IPv4 one, and by how many bits it is shifted: IPv4-mapped (RFC 4291), the outdated
# IPv4-compatible (RFC 4291), NAT64 (RFC 6052) and 6to4 (RFC 3056).
_EMBEDDING = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)


class Guard:
    """Lets through what is public, and ``allowed``: private networks such as ``10.0.0.0/8``.

    Raises :class:`ValueError` naming the text that is not a network.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = tuple(_network(text) for text in allowed)
        self.refusal = lru_cache(maxsize=4096)(self._refusal)

    def _refusal(self, address: str) -> str:
        """Why ``address`` may not be talked to (``127.0.0.1 is a loopback address``); ``""`` when it may."""
        try:
            seen = ip_address(address.partition("%")[0])
        except ValueError:
            return f"{address!r} is not an address"
        inner = _embedded(seen)
        if any(seen in network or (inner is not None and inner in network) for network in self._allowed):
            return ""
        words = _special(seen if inner is None else inner)
        return f"{address} is {words}" if words else ""

    def refusal_by_name(self, host: str) -> str:
        """The same for a host whose address only a proxy will learn; ``""`` when nothing speaks against it.

        Literal addresses are checked in every spelling that resolvers take (``0x7f.1``). Of names, only those that can
        have no public address are refused, and only while no private network is allowed: where a name leads is not
        known on this side of a proxy.
        """
        address = _literal(host)
        if address:
            return self.refusal(address)
        if self._allowed:
            return ""
        local = "." not in host or any(host == name or host.endswith("." + name) for name in _LOCAL_NAMES)
        return f"{host} is a name for local use" if local else ""


@lru_cache(maxsize=256)
def guard(allowed: tuple[str, ...]) -> Guard:
    """The guard for ``allowed``, the same one each time. Raises as :class:`Guard` does."""
    return Guard(allowed)


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"{text!r} is not a network such as 10.0.0.0/8 or fd00::/8") from None


def _special(address: IPv4Address | IPv6Address) -> str:
    for network, words in _RANGES:
        if address in network:
            return words
    if isinstance(address, IPv6Address) and address not in _GLOBAL_V6:
        return "outside the public Internet"
    return ""


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address) or int(address) <= 1:
        return None
    for network, shift in _EMBEDDING:
        if address in network:
            return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def _literal(host: str) -> str:
    bare = host.strip("[]")
    if ":" in bare:
        return bare
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except OSError:
        return ""
