"""Reading Apprise's log lines: what is worth another try, and how urgency is counted."""

from __future__ import annotations

import pytest

from advisoryd.channels.apprise_verdict import (
    MAYBE_ARRIVED,
    NOT_REACHED,
    connection_trouble,
    failure,
    own_priority,
)
from advisoryd.model.message import Priority
from advisoryd.model.outcome import Refused, TryAgain, Uncertain

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise tries it


@pytest.mark.parametrize(
    "line",
    [
        "Failed to send Telegram notification: Bad Request: can't parse entities, error=400.",
        "Failed to send Slack notification: error=403.",
        "Failed to send JSON POST notification: Page not found., error=404.",
        "Failed to send Pushover notification: error=413",
        "Failed to send JSON POST notification: error=302.",
        "The Slack channel #x was not found",
        "Unauthorized",
        "An invalid API key was specified",
        "SMTP authentication failed",
    ],
)
def test_what_will_never_be_taken_is_refused(line: str) -> None:
    assert isinstance(failure("Chat", [line], 1), Refused)


@pytest.mark.parametrize(
    "lines",
    [
        ["Failed to send ntfy notification: error=429."],
        ["Failed to send ntfy notification: Internal server error., error=500."],
        ["Failed to send: error=408"],
        ["Too many requests, you are forbidden for a while"],
        ["A Connection error occurred sending JSON notification", NOT_REACHED],
        ["Something nobody has seen before"],
        [],
    ],
)
def test_everything_else_is_tried_again(lines: list[str]) -> None:
    assert isinstance(failure("Chat", lines, 1), TryAgain)
    assert isinstance(failure("Chat", lines, 2), Uncertain)


def test_the_last_status_counts() -> None:
    assert isinstance(failure("Chat", ["error=404 for the avatar", "error=503"], 1), TryAgain)


def test_a_connection_that_broke_late_is_uncertain_whatever_else_was_said() -> None:
    assert isinstance(failure("Chat", ["A Connection error occurred", MAYBE_ARRIVED], 1), Uncertain)


def test_a_refusal_stays_one_with_several_recipients() -> None:
    assert isinstance(failure("Chat", ["error=404"], 3), Refused)


def test_the_reason_names_the_service() -> None:
    assert failure("Chat", ["error=503", ""], 1).reason == "Chat: error=503"
    assert failure("Chat", [], 1).reason == "Chat: Apprise gave no reason"


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("Socket Exception: HTTPConnectionPool(host='h'): Read timed out. (read timeout=2.0)", MAYBE_ARRIVED),
        ("Socket Exception: ('Connection aborted.', RemoteDisconnected('Remote end closed'))", MAYBE_ARRIVED),
        ("Socket Exception: [Errno 104] Connection reset by peer", MAYBE_ARRIVED),
        ("Socket Exception: Max retries exceeded (Caused by ConnectTimeoutError('connect timeout=4'))", NOT_REACHED),
        ("Socket Exception: Failed to establish a new connection: [Errno 111] Connection refused", NOT_REACHED),
        ("Socket Exception: Failed to resolve 'h' ([Errno -2] Name or service not known)", NOT_REACHED),
        ("Socket Exception: certificate verify failed", NOT_REACHED),
    ],
)
def test_what_a_broken_connection_means(line: str, meaning: str) -> None:
    assert connection_trouble(line) == meaning


@pytest.mark.parametrize(
    ("scheme", "lowest", "highest"),
    [("ntfy", "min", "max"), ("ntfys", "min", "max"), ("pover", -2, 2), ("gotifys", 0, 10), ("squadcast", "P5", "P1")],
)
def test_urgency_on_the_services_scale(scheme: str, lowest: object, highest: object) -> None:
    assert own_priority(scheme, Priority.SILENT) == lowest
    assert own_priority(scheme, Priority.URGENT) == highest


def test_a_service_without_a_scale_gets_none() -> None:
    assert own_priority("json", Priority.URGENT) is None


def test_every_scale_is_one_that_apprise_accepts() -> None:
    from apprise.manager_plugins import NotificationManager
    from apprise.plugins import details

    from advisoryd.channels.apprise_verdict import _SCALES

    services = NotificationManager()
    for scheme, scale in _SCALES.items():
        accepted = details(services[scheme])["args"]["priority"]["values"]
        assert len(scale) == len(Priority)
        assert set(scale) <= set(accepted), scheme
