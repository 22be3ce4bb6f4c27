"""A configuration that was proven once need not be proven again while nothing has changed.

Proving costs half a second, most of it for importing what it is proven with; reading what was kept costs milliseconds.
The kept form lies in the state directory, for this user's eyes only, under a key made of everything that the proof
rested on. A configuration that holds a secret itself is not kept. Whatever is in doubt is proven anew.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import advisoryd
from advisoryd.model.config import Config
from advisoryd.settings import kept
from advisoryd.settings.secrets import CREDENTIALS

FILE = "config.cache"
_PREFIX = "ADVISORYD_"
_STATE_DIR = re.compile(r"""^[ \t]*(?:daemon[ \t]*\.[ \t]*)?state_dir[ \t]*=[ \t]*["'](.+?)["']""", re.MULTILINE)
_PACKAGES = ("site-packages", "dist-packages")


def key_of(path: Path, environment: Mapping[str, str]) -> str:
    """A hash of everything that a proof rests on, except the secrets' files, which only the proof finds. Raises
    :class:`OSError` when a file cannot be read."""
    whole = blake2b(digest_size=20)
    for part in _grounds(path, environment):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def recall(path: Path, key: str, environment: Mapping[str, str]) -> Config | None:
    """The configuration kept under ``key``, or ``None``."""
    for folder in _state_dirs(path, environment):
        with suppress(OSError, ValueError):
            found = kept.read(_own_file(folder / FILE), environment)
            if found.key == key and Path(found.bare.state_dir) == folder and found.fresh:
                return found.config
    return None


def keep(config: Config, key: str, environment: Mapping[str, str]) -> None:
    """Keep a proven configuration, if its state directory is there and it comes back as it is."""
    folder = Path(config.state_dir)
    with suppress(OSError, ValueError, TypeError):
        body = kept.write(kept.kept(config, key))
        if folder.is_dir() and kept.read(body, environment).config == config:
            _write(folder / FILE, body)


def _grounds(path: Path, environment: Mapping[str, str]) -> Iterator[bytes]:
    yield f"{advisoryd.__version__} {sys.version} {path.absolute()}".encode()
    for name in sorted(environment):
        if name.upper().startswith(_PREFIX) or name == CREDENTIALS:
            yield f"{name}={environment[name]}".encode(errors="surrogateescape")
    for file in _files(path):
        yield bytes(file)
        yield file.read_bytes()
    package = Path(advisoryd.__file__).parent
    for file in sorted((package / "sources" / "catalogue").glob("*.toml")):
        yield file.read_bytes()
    code = (file for floor in ("settings", "model") for file in sorted((package / floor).glob("*.py")))
    for place in (*code, *_installed()):
        yield f"{place} {place.stat().st_mtime_ns}".encode()


def _files(path: Path) -> list[Path]:
    """The files of the configuration."""
    return [path, *sorted(path.absolute().parent.glob("conf.d/*.toml"))]


def _installed() -> Iterator[Path]:
    """Folders that change when a distribution is installed, which may bring sources and channels."""
    return (Path(folder) for folder in sys.path if folder.endswith(_PACKAGES) and Path(folder).is_dir())


def _state_dirs(path: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Where the state directory may be, without reading the files as TOML, which takes longer than all the rest. A
    wrong guess does no harm: nothing of ours with the right key in it lies there."""
    named = [environment.get(f"{_PREFIX}DAEMON__STATE_DIR", "")]
    for file in _files(path):
        named += _STATE_DIR.findall(file.read_text(encoding="utf-8", errors="replace"))
    base = path.absolute().parent
    yield from dict.fromkeys((base / name).resolve() for name in (*named, "state") if name)


def _own_file(file: Path) -> bytes:
    """The bytes of a file that nobody but this user can have written. Raises :class:`OSError`."""
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as opened:
        status = os.fstat(opened.fileno())
        if status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) & 0o077:
            raise PermissionError(f"{file} is not this user's alone")
        return opened.read()


def _write(file: Path, body: bytes) -> None:
    """Write whole or not at all, for this user's eyes only (as :func:`tempfile.mkstemp` makes it)."""
    import tempfile  # half a dozen modules, needed once

    descriptor, name = tempfile.mkstemp(prefix=f".{FILE}.", dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(body)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
