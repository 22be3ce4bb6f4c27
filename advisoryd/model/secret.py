"""A value that cannot print itself."""

from __future__ import annotations

from collections.abc import Callable


class Secret:
    """Holds a way to obtain a secret, not the secret: it is read at the moment of use and never kept.

    ``str`` and ``repr`` show stars, equality compares the origin only. ``origin`` says where it comes from, in words
    that may be printed (``file /etc/advisoryd/chat.url``).
    """

    __slots__ = ("_obtain", "origin")

    def __init__(self, obtain: Callable[[], str], origin: str) -> None:
        self._obtain = obtain
        self.origin = origin

    def reveal(self) -> str:
        """The secret itself. Raises :class:`OSError` when its file cannot be read."""
        return self._obtain()

    def __repr__(self) -> str:
        return f"Secret(********, {self.origin})"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other.origin == self.origin

    def __hash__(self) -> int:
        return hash(self.origin)


def plain(value: str, origin: str = "configuration") -> Secret:
    """A secret whose value is already in memory."""
    return Secret(lambda: value, origin)
