"""Any service that Apprise knows, by its URL (https://appriseit.com/services/).

This is the only module that imports Apprise, and only when a message is sent, limits are asked for or the
configuration is checked. Traps of Apprise 2, measured, each with a test:

- ``notify`` gives a result that says whether, not why; the reason is read from the log lines that it carries. Its
  time-out leaves the worker running: the message may arrive afterwards.
- Debug lines hold passwords, headers and message texts in clear, warnings hold addresses, ``url(privacy=True)`` masks
  only a part, and urllib3 logs paths with tokens in them. So no line of either leaves: of Apprise's, only those of a
  running call pass, freed of every part of the URL, and below a warning only that a connection broke.
- An object sleeps between two of its requests (5.5 s by default), so it is kept for the life of the channel, one for
  each priority, because urgency can only be set when the object is made.
- Too long a message is passed on and refused for ever: it is cut here, and ``overflow=split`` is the net below.
- ``retry``, ``wait`` and ``optional`` in a URL would wait in memory or call a failure a success: they are overridden.
- Redirects would be followed, and the GET that comes of a 302 counted as success: ``redirect=no`` is forced. Not every
  plug-in heeds it; for a receiver of one's own the kind ``webhook`` is safer.
- An address with several recipients has one result for all; a channel for each recipient is better.
- Remote configuration and includes are never read: only a single service URL is taken. Services that live on a
  desktop, and plug-ins from outside Apprise, are refused unless ``allow_schemas`` lists them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisoryd.channels.apprise_verdict import blames_markup, connection_trouble, failure, own_priority
from advisoryd.channels.options import Options, SecretUnreadable, later_without_secret, problems_of, reveal, settled
from advisoryd.channels.text import clean, fit, line, redacted, secret_parts, unmarked, unmentioned
from advisoryd.model.config import ChannelSpec
from advisoryd.model.message import Form, Limits, Message, Post, Priority
from advisoryd.model.outcome import Refused, SendOutcome, Sent, Uncertain
from advisoryd.model.secret import Secret, plain

if TYPE_CHECKING:
    from apprise import Apprise, AppriseAsset
    from apprise.plugins.base import NotifyBase

_LOCAL = frozenset(
    {"file", "windows", "dbus", "qt", "kde", "glib", "gio", "gnome", "macosx", "syslog", "growl", "blink1"}
)
_BODY_FORMATS = {Form.PLAIN: "text", Form.SHORT: "text", Form.MARKDOWN: "markdown", Form.HTML: "html"}
_MARKUP = (Form.MARKDOWN, Form.HTML)
_CONNECT_SECONDS, _READ_SECONDS = 10.0, 15.0
_LONGEST_TITLE = 200
_SEPARATOR = 4
_hidden: ContextVar[tuple[str, ...] | None] = ContextVar("advisoryd_apprise_hidden", default=None)


class NotLoadable(ValueError):
    """A URL that no usable service can be made of; the message is a sentence without any part of the URL."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``timeout`` is for one message with everything Apprise does for it, its own pauses included."""

    url: Secret
    form: Form
    timeout: float
    allowed: frozenset[str]


def _settings(options: Options) -> Settings:
    return Settings(
        url=options.url() or plain(""),
        form=Form(options.choice("form", tuple(_BODY_FORMATS), Form.PLAIN)),
        timeout=options.seconds("timeout", 45.0, 1, 300),
        allowed=frozenset(scheme.lower() for scheme in options.texts("allow_schemas", ())),
    )


def _proven_settings(options: Options) -> Settings:
    settings = _settings(options)
    if not options.problems and (url := reveal(settings.url)):
        try:
            load(url, Priority.NORMAL, _asset(None), settings.allowed)
        except NotLoadable as problem:
            options.complain(f"The url ({settings.url.origin}) {problem}")
    return settings


def problems(spec: ChannelSpec) -> list[str]:
    """What is wrong with ``spec``, one sentence each; the URL is tried out without a request."""
    return problems_of(spec, _proven_settings)


def build(spec: ChannelSpec, post: Post, state_dir: Path) -> AppriseUrl:
    """The channel. Raises :class:`ValueError` for a ``spec`` with problems other than the URL itself."""
    return AppriseUrl(settled(spec, _settings), state_dir / "apprise")


@dataclass(slots=True)
class AppriseUrl:
    """One service. Objects are made when first needed, and anew when the URL has changed."""

    settings: Settings
    storage: Path
    _made: dict[tuple[bytes, Priority], Apprise] = field(default_factory=dict, repr=False)

    @property
    def form(self) -> Form:
        """The form its messages must be in."""
        return self.settings.form

    @property
    def limits(self) -> Limits:
        """The service's own limits. Where the title becomes part of the body, room is kept for it."""
        try:
            return _limits(self._service(Priority.NORMAL))
        except (NotLoadable, SecretUnreadable):
            return Limits()

    @later_without_secret
    def send(self, message: Message) -> SendOutcome:
        """Hand over to Apprise, once more as plain text where markup was turned down; there is no reference."""
        try:
            apprise = self._apprise(message.priority)
        except NotLoadable as problem:
            return Refused(f"The url {problem}")
        limits = _limits(next(iter(apprise)))
        title = fit(unmentioned(line(message.title)), limits.title)
        body = fit(unmentioned(clean(message.body)), limits.body, message.url) or title
        outcome = self._notify(apprise, title, body, message.priority, self.form)
        if self.form in _MARKUP and isinstance(outcome, Refused) and blames_markup(outcome.reason):
            plain_body = unmarked(body) if self.form is Form.HTML else body
            return self._notify(apprise, title, plain_body, message.priority, Form.PLAIN)
        return outcome

    def close(self) -> None:
        """Let go of the objects and what they hold open."""
        self._made.clear()

    def _notify(self, apprise: Apprise, title: str, body: str, priority: Priority, form: Form) -> SendOutcome:
        with (
            _listening(secret_parts(reveal(self.settings.url))),
            apprise.notify(
                body=body,
                title=title,
                notify_type=_notify_type(priority),
                body_format=_BODY_FORMATS[form],
                timeout=self.settings.timeout,
                log_level=logging.DEBUG,
            ) as result,
        ):
            name = next((line(str(service.name)) for service in result), "Apprise")
            lines = [entry.message for entry in result.logs()]
            return _outcome(result.status.name, name, lines, len(next(iter(apprise))))

    def _service(self, priority: Priority) -> NotifyBase:
        return next(iter(self._apprise(priority)))

    def _apprise(self, priority: Priority) -> Apprise:
        """The object for ``priority``. Raises :class:`NotLoadable`, :class:`SecretUnreadable`."""
        url = reveal(self.settings.url)
        name = (blake2b(url.encode("utf-8", "replace")).digest(), priority)
        if name not in self._made:
            self._made = {key: value for key, value in self._made.items() if key[0] == name[0]}
            self._made[name] = load(url, priority, _asset(self.storage), self.settings.allowed)
        return self._made[name]


def _outcome(status: str, service: str, lines: list[str], recipients: int) -> SendOutcome:
    match status:
        case "SUCCESS":
            return Sent()
        case "TIMEOUT":
            return Uncertain(f"{service} did not finish in time, so the message may have arrived")
        case "NOMATCH":
            return Refused("Apprise knows of no service to notify: check the channel's url")
        case _:
            return failure(service, lines, recipients)


def _notify_type(priority: Priority) -> Any:
    kinds = _library().NotifyType
    return {Priority.URGENT: kinds.FAILURE, Priority.HIGH: kinds.WARNING}.get(priority, kinds.INFO)


def _limits(service: NotifyBase) -> Limits:
    whole = int(service.body_maxlen)
    title = min(int(service.title_maxlen) or _LONGEST_TITLE, _LONGEST_TITLE, whole // 4)
    shared = service.title_maxlen == 0 or service.overflow_amalgamate_title
    return Limits(title=title, body=whole - title - _SEPARATOR if shared else whole)


def load(url: str, priority: Priority, asset: AppriseAsset, allowed: frozenset[str] = frozenset()) -> Apprise:
    """The Apprise object with the one service that ``url`` names. Raises :class:`NotLoadable`."""
    library = _library()
    scheme = url.partition("://")[0].lower()
    if len(library.utils.parse.parse_urls(url)) > 1:
        raise NotLoadable("holds more than one address; make a channel of each.")
    if scheme in _LOCAL - allowed:
        raise NotLoadable(f"is of the scheme '{scheme}', which reaches nobody from a service; use another.")
    parsed = library.plugins.url_to_dict(url)
    if not parsed:
        raise NotLoadable(_unreadable(scheme))
    service = library.Apprise.instantiate(_overridden(parsed, priority), asset=asset)
    if service is None:
        raise NotLoadable(_unusable(parsed["schema"]))
    if service.category != "native" and parsed["schema"] not in allowed:
        raise NotLoadable("belongs to a plug-in from outside Apprise; list its scheme in 'allow_schemas' to use it.")
    apprise: Apprise = library.Apprise(asset=asset)
    apprise.add(service)
    return apprise


def _unreadable(scheme: str) -> str:
    """Why a URL was not understood. Its scheme is named only where it is one: another text could be a secret."""
    if scheme in _library().manager_plugins.NotificationManager():
        return f"is not a complete '{scheme}' address; compare it with https://appriseit.com/services/."
    return "belongs to no service that Apprise knows; compare it with https://appriseit.com/services/."


def _unusable(scheme: str) -> str:
    plugins = _library().plugins
    service = _library().manager_plugins.NotificationManager()[scheme]
    packages = ", ".join(plugins.requirements(service)["packages_required"])
    if packages and not service.enabled:
        return f"is a '{scheme}' address, which needs a package that is not installed: {packages}."
    return f"is a '{scheme}' address with a part that is missing or wrong; see https://appriseit.com/services/."


def _overridden(parsed: dict[str, Any], priority: Priority) -> dict[str, Any]:
    """``parsed`` with what we decide. A priority that the URL states stays."""
    parsed = {"cto": _CONNECT_SECONDS, "rto": _READ_SECONDS, **parsed}
    parsed |= {"overflow": "split", "retry": 0, "wait": 0.0, "optional": False, "redirect": False}
    own = own_priority(str(parsed["schema"]), priority)
    if own is not None and "priority" not in parsed.get("qsd", {}):
        parsed["priority"] = own
    return parsed


def _asset(storage: Path | None) -> AppriseAsset:
    if storage:
        storage.mkdir(parents=True, exist_ok=True, mode=0o700)
    asset: AppriseAsset = _library().AppriseAsset(
        storage_path=str(storage) if storage else None,
        storage_mode="auto" if storage else "memory",
        service_timeout=0,
    )
    asset.app_id, asset.app_desc, asset.app_url = "advisoryd", "advisoryd", ""
    asset.image_url_mask = asset.image_url_logo = ""
    asset.pgp_autogen = asset.pem_autogen = False
    return asset


def _library() -> Any:
    """Apprise, imported when first needed, its log and that of urllib3 made harmless."""
    import apprise

    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    logger = logging.getLogger("apprise")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logger.addFilter(_harmless)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return apprise


@contextmanager
def _listening(hidden: tuple[str, ...]) -> Iterator[None]:
    """Let Apprise's log lines through while a message is sent; Apprise takes the context to its worker threads."""
    token = _hidden.set(hidden)
    try:
        yield
    finally:
        _hidden.reset(token)


def _harmless(record: logging.LogRecord) -> bool:
    """Whether ``record`` may pass; it is rewritten to hold no secret."""
    hidden = _hidden.get()
    text = record.getMessage()
    if hidden is None or (record.levelno < logging.WARNING and not text.startswith("Socket Exception")):
        return False
    warning = record.levelno >= logging.WARNING
    record.msg, record.args = fit(redacted(text, hidden), 300) if warning else connection_trouble(text), ()
    return True
