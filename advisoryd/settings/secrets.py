"""Where secrets come from: a file, a systemd credential, or (against advice) the configuration itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from advisoryd.model.secret import Secret, plain

CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""systemd tells a service here where its ``LoadCredential=`` files are (systemd.exec(5))."""

_SECRET = re.compile(r"(?:.*_)?(?:token|password|passphrase|secret|authorization)|.*_key")


def is_secret_name(option: str) -> bool:
    """Whether an option of this name holds a secret, whatever channel or reader it belongs to."""
    return bool(_SECRET.fullmatch(option))


def from_file(name: str, base: Path) -> Secret:
    """A secret in a file; a relative path is beside the configuration. It is read at each use, so it can be renewed."""
    path = base / name
    return Secret(partial(_content, path), f"file {path}")


def from_credential(name: str, environment: Mapping[str, str]) -> Secret:
    """A secret that systemd hands over."""
    return Secret(partial(_content, Path(environment.get(CREDENTIALS, "")) / name), f"credential {name}")


def choose(value: str, file: str, credential: str, base: Path, environment: Mapping[str, str]) -> Secret | None:
    """The one of the three forms that is given, or ``None``."""
    if file:
        return from_file(file, base)
    if credential:
        return from_credential(credential, environment)
    return plain(value) if value else None


def referred(origin: str, environment: Mapping[str, str]) -> Secret:
    """The secret with this origin. Raises :class:`ValueError` for one that stood in the configuration itself."""
    kind, _, name = origin.partition(" ")
    if kind == "file":
        return from_file(name, Path())
    if kind == "credential":
        return from_credential(name, environment)
    raise ValueError(f"a secret that comes from {kind} is not kept anywhere else")


def unreadable(secret: Secret, environment: Mapping[str, str]) -> str:
    """Why a secret cannot be read, as a sentence, or ``""`` when it can. The path is not told: what stands in its
    place may be the secret itself, by mistake."""
    if secret.origin.startswith("credential ") and not environment.get(CREDENTIALS):
        return (
            f"is a systemd credential, which only the service is given; to check it here, say where its file is: "
            f"{CREDENTIALS}=FOLDER advisoryd check"
        )
    try:
        found = secret.reveal()
    except OSError as problem:
        return f"names a file that cannot be read: {problem.strerror}; a relative path is beside the configuration"
    except ValueError:
        return "names a file that holds no text in UTF-8"
    return "" if found else "is empty, or names an empty file"


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()
