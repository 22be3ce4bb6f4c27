"""The configuration file, proven before it runs.

files, environment ─> tree ─> shape ─> sources, channels, subscriptions ─> Config      every problem at once, or none

The modules that prove are imported only when there is something to prove: see :mod:`advisoryd.settings.cache`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from advisoryd.model.config import Config
from advisoryd.settings import cache
from advisoryd.settings.problem import ConfigError, Problem

__all__ = ["Config", "ConfigError", "Problem", "load", "prove"]


def prove(path: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The configuration at ``path``, proven now. Raises :class:`ConfigError` with every problem."""
    from advisoryd.settings.build import build

    return build(path, os.environ if environment is None else environment)


def load(path: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The proven configuration at ``path``; what was proven before and has not changed since is taken as it was kept.

    Raises :class:`ConfigError` with every problem.
    """
    given = os.environ if environment is None else environment
    key = _key(path, given)
    if key and (kept := cache.recall(path, key, given)):
        return kept
    config = prove(path, given)
    if key and key == _key(path, given):
        cache.keep(config, key, given)
    return config


def _key(path: Path, environment: Mapping[str, str]) -> str:
    """The key of what ``path`` holds now, ``""`` when it cannot be read."""
    try:
        return cache.key_of(path, environment)
    except OSError:
        return ""
