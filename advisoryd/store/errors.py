"""What can be wrong with a database, in one sentence that says which one and what to do."""

from __future__ import annotations

import sqlite3

HINTS = {
    "database is locked": "another process has kept it busy for too long; stop that one, or try again",
    "readonly database": "the file and its folder must be writable for the user that runs advisoryd",
    "not a database": "it is no SQLite file; move it away, or give another path in [daemon] database",
    "unable to open": "its folder must exist and be writable for the user that runs advisoryd",
    "malformed": "it is damaged; restore a backup",
    "is full": "make room on its disk",
}
"""What to do, by a part of SQLite's own words. PostgreSQL's are sentences already."""


class StoreError(Exception):
    """The database cannot be used; the message is one sentence that says which and what to do."""


class Damaged(ValueError):
    """A stored value that cannot be read back; the message says what it is."""


def is_of_database(problem: Exception) -> bool:
    """Whether the database is what is wrong, and not our own code."""
    if isinstance(problem, Damaged | sqlite3.Error):
        return True
    from sqlalchemy.exc import DBAPIError

    return isinstance(problem, DBAPIError)


def plainly(problem: Exception) -> str:
    """The driver's own words in one line, without the statement and its parameters, and what to do about it."""
    cause = getattr(problem, "orig", None) or problem
    words = " ".join(str(cause).split()) or type(cause).__name__
    hint = next((hint for part, hint in HINTS.items() if part in words), "")
    return f"{words}; {hint}" if hint else words
