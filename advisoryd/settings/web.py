"""The daemon's own web server."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from advisoryd.model.config import Web
from advisoryd.model.secret import Secret
from advisoryd.settings import secrets, shape, words
from advisoryd.settings.collect import Collector

LEAST_SECRET = 16
"""Characters: with fewer a signature could be guessed by trying secrets."""

NEEDED = ("starlette", "uvicorn")


def build_web(part: shape.WebPart, collector: Collector, base: Path, environment: Mapping[str, str]) -> Web | None:
    """What it needs, or ``None`` when there shall be none."""
    if not part.listen:
        for key in sorted(part.model_fields_set - {"listen"}):
            collector.add(("web", key), "means nothing without listen")
        return None
    if not all(map(find_spec, NEEDED)):
        collector.add(("web", "listen"), "needs further packages: pip install 'advisoryd[web]'")
    host, port = collector.attempt(("web", "listen"), partial(words.endpoint, part.listen), ("", 0))
    url = collector.attempt(("web", "url"), partial(words.web_address, part.url), "")
    secret = _secret(part, collector, base, environment)
    return Web(host=host, port=port, url=url.rstrip("/"), secret=secret) if secret else None


def _secret(part: shape.WebPart, collector: Collector, base: Path, environment: Mapping[str, str]) -> Secret | None:
    forms = [name for name in ("secret", "secret_file", "secret_credential") if getattr(part, name)]
    for name in forms[1:]:
        collector.add(("web", name), f"is given beside {forms[0]}; keep one of them")
    secret = secrets.choose(part.secret, part.secret_file, part.secret_credential, base, environment)
    if secret is None:
        collector.add(("web", "secret_file"), "is required; 'openssl rand -hex 32' makes a secret to put there")
    elif trouble := secrets.unreadable(secret, environment):
        collector.add(("web", forms[-1]), trouble)
    elif len(secret.reveal()) < LEAST_SECRET:
        collector.add(("web", forms[-1]), f"must be at least {LEAST_SECRET} characters long")
    return secret
