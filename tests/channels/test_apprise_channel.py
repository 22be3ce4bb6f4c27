"""Apprise: every trap that was measured, on loopback."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from advisoryd.channels import build_channel, channel_problems
from advisoryd.channels.apprise_url import AppriseUrl, _outcome
from advisoryd.model.message import Form, Limits, Message, Post, Priority
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain
from advisoryd.model.secret import Secret, plain

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise tries it

Tell = Callable[..., Message]
LINK = "https://www.mfa.gov.cn/notice/1"


@pytest.fixture
def make(sink: Any, spec: Any, post: Post, tmp_path: Path) -> Callable[..., AppriseUrl]:
    """A channel for ``url``, in which {host} stands for the loopback server."""

    def channel(url: str = "json://{host}/T0KENpath", **options: Any) -> AppriseUrl:
        whole = url.replace("{host}", sink.url.removeprefix("http://"))
        built = build_channel(spec("apprise", url=whole, **options), post, tmp_path)
        assert isinstance(built, AppriseUrl)
        return built

    return channel


@pytest.fixture
def plugged() -> Iterator[str]:
    """A plug-in from outside Apprise, as a decorator makes one."""
    from apprise.decorators import notify
    from apprise.manager_plugins import NotificationManager

    @notify(on="pigeons")
    def wrapper(body: str, title: str, notify_type: str, *args: object, **kwargs: object) -> bool:
        return True

    yield "pigeons://loft"
    NotificationManager().remove("pigeons")


def test_a_message_is_handed_over(make: Any, sink: Any, tell: Tell) -> None:
    assert make().send(tell()) == Sent()
    assert sink.last.json["title"] == "China raises its advice on Japan"
    assert sink.last.json["message"] == f"Avoid travelling to Japan in the near future.\n{LINK}"
    assert sink.last.headers["user-agent"] == "advisoryd"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused),
        (401, Refused),
        (403, Refused),
        (404, Refused),
        (413, Refused),
        (429, TryAgain),
        (500, TryAgain),
        (503, TryAgain),
    ],
)
def test_a_failure_is_told_by_its_status(make: Any, sink: Any, tell: Tell, status: int, kind: type) -> None:
    sink.answer(status, b"no")
    outcome = make().send(tell())
    assert isinstance(outcome, kind)
    assert str(status) in outcome.reason


def test_a_service_that_is_not_there_is_tried_again(make: Any, tell: Tell, closed_port: int) -> None:
    outcome = make(f"json://127.0.0.1:{closed_port}/T0KENpath").send(tell())
    assert isinstance(outcome, TryAgain)
    assert "the service could not be reached" in outcome.reason


def test_a_service_that_takes_the_message_and_hangs_up_leaves_it_uncertain(make: Any, sink: Any, tell: Tell) -> None:
    sink.hang_up()
    assert isinstance(make().send(tell()), Uncertain)


def test_a_service_that_takes_the_message_and_stays_silent_leaves_it_uncertain(
    make: Any, sink: Any, tell: Tell
) -> None:
    enough = threading.Event()
    sink.replies = lambda request: (enough.wait(30) and 200, {}, b"")
    outcome = make("json://{host}/?rto=0.3").send(tell())
    enough.set()
    assert isinstance(outcome, Uncertain)
    assert "the connection ended before the service answered" in outcome.reason


def test_a_call_that_takes_too_long_is_uncertain_because_its_worker_goes_on(make: Any, sink: Any, tell: Tell) -> None:
    enough, delivered = threading.Event(), threading.Event()

    def late(request: Any) -> tuple[int, dict[str, str], bytes]:
        enough.wait(30)
        delivered.set()
        return 200, {}, b""

    sink.replies = late
    outcome = make(timeout=1).send(tell())
    assert isinstance(outcome, Uncertain)
    assert not delivered.is_set()
    enough.set()
    assert delivered.wait(10)


def test_a_redirect_is_not_taken_for_success(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(302, Location=f"{sink.url}/elsewhere")
    assert isinstance(make("json://{host}/?redirect=yes").send(tell()), Refused)
    assert len(sink.requests) == 1


def test_an_optional_service_that_fails_is_a_failure_all_the_same(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(500)
    assert isinstance(make("json://{host}/?optional=yes&retry=3&wait=9").send(tell()), TryAgain)
    assert len(sink.requests) == 1


def test_with_several_recipients_a_failure_may_have_reached_some(make: Any, sink: Any, tell: Tell) -> None:
    sink.replies = lambda request: (200 if request.json["channel"] == "one" else 500, {}, {})
    assert isinstance(make("mmost://{host}/3ccdd113474722377935511fc85d3dd4?to=one,two").send(tell()), Uncertain)
    assert len(sink.requests) == 2


def test_a_long_message_is_cut_to_the_services_limit_with_its_link(make: Any, sink: Any, tell: Tell) -> None:
    channel = make("mmost://{host}/3ccdd113474722377935511fc85d3dd4")
    assert channel.send(tell(body=f"{'word ' * 5_000}\n{LINK}", url=LINK)) == Sent()
    assert len(sink.requests) == 1
    assert len(sink.last.json["text"]) <= 4_000
    assert sink.last.json["text"].endswith(LINK)


@pytest.mark.parametrize(
    ("url", "limits"),
    [
        ("json://localhost", Limits(200, 32_768)),
        ("ntfys://topic", Limits(200, 7_800 - 204)),
        ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", Limits(200, 2_000 - 204)),
        ("tgram://123456789:abcdefg_hijklmnop/12315544", Limits(200, 4_096 - 204)),
        (f"pover://{'u' * 30}@{'t' * 30}", Limits(200, 1_024)),
        ("dapnet://user:pass@DF1ABC", Limits(20, 80 - 24)),
    ],
)
def test_limits_are_the_services_own(make: Any, url: str, limits: Limits) -> None:
    assert make(url).limits == limits


def test_an_empty_message_is_never_sent(make: Any, sink: Any, tell: Tell) -> None:
    assert make().send(tell(body="")) == Sent()
    assert sink.last.json["message"] == "China raises its advice on Japan"


@pytest.mark.parametrize(
    ("url", "field", "steps"),
    [
        ("gotify://{host}/t0ken", "priority", [0, 3, 5, 8, 10]),
        ("ntfy://{host}/topic", "x-priority", ["min", "low", "", "high", "max"]),
    ],
)
def test_urgency_is_on_the_services_own_scale(
    make: Any, sink: Any, tell: Tell, url: str, field: str, steps: list[object]
) -> None:
    channel = make(url)
    sink.answer(200, {"id": 1})
    for priority in Priority:
        channel.send(tell(priority=priority))
    assert [request.json.get(field, request.headers.get(field, "")) for request in sink.requests] == steps


def test_a_service_without_a_scale_is_told_the_type(make: Any, sink: Any, tell: Tell) -> None:
    channel = make()
    for priority in Priority:
        channel.send(tell(priority=priority))
    assert [request.json["type"] for request in sink.requests] == ["info", "info", "info", "warning", "failure"]


def test_a_priority_in_the_url_stays(make: Any, sink: Any, tell: Tell) -> None:
    make("gotify://{host}/t0ken?priority=low").send(tell(priority=Priority.URGENT))
    assert sink.last.json["priority"] == 0


def test_one_object_is_kept_for_each_priority(make: Any, sink: Any, tell: Tell) -> None:
    channel = make()
    for _ in range(3):
        channel.send(tell(priority=Priority.HIGH))
        channel.send(tell(priority=Priority.LOW))
    assert len(channel._made) == 2
    channel.close()
    assert channel._made == {}


def test_a_changed_url_is_used_at_once(spec: Any, sink: Any, post: Post, tmp_path: Path, tell: Tell) -> None:
    host, current = sink.url.removeprefix("http://"), ["first"]
    secret = Secret(lambda: f"json://{host}/{current[0]}", "file x")
    channel = build_channel(spec("apprise", url=secret), post, tmp_path)
    channel.send(tell())
    current[0] = "second"
    channel.send(tell())
    assert [request.path for request in sink.requests] == ["/first", "/second"]


def test_a_url_that_has_gone_is_waited_for(spec: Any, post: Post, tmp_path: Path, tell: Tell) -> None:
    file = tmp_path / "url"
    file.write_text("json://localhost")
    channel = build_channel(spec("apprise", url=Secret(file.read_text, "file url")), post, tmp_path)
    file.unlink()
    assert isinstance(channel.send(tell()), TryAgain)
    assert channel.limits == Limits()


def test_a_url_that_became_unusable_is_refused(spec: Any, post: Post, tmp_path: Path, tell: Tell) -> None:
    channel = build_channel(spec("apprise", url=plain("nonsense://x", "file url")), post, tmp_path)
    assert isinstance(channel.send(tell()), Refused)
    assert channel.limits == Limits()


@pytest.mark.parametrize(
    ("form", "sent"), [("plain", "a **b** &lt;i&gt;c&lt;/i&gt;"), ("markdown", "a *b*"), ("html", "a **b** <i>c</i>")]
)
def test_the_form_decides_what_is_escaped(
    make: Any, tell: Tell, monkeypatch: pytest.MonkeyPatch, form: str, sent: str
) -> None:
    import requests

    said: list[str] = []

    class Answer:
        status_code, content, headers = 200, b'{"ok":true}', {}

    def recorded(*_: object, data: str, **__: object) -> Answer:
        said.append(json.loads(data)["text"])
        return Answer()

    monkeypatch.setattr(requests, "post", recorded)
    channel = make("tgram://123456789:abcdefg_hijklmnop/12315544", form=form)
    assert channel.form is Form(form)
    channel.send(tell(title="", body="a **b** <i>c</i>" if form != "markdown" else "a **b**"))
    assert sent in said[0]


def test_refused_markup_goes_out_again_as_plain_text(make: Any, sink: Any, tell: Tell) -> None:
    def strict(request: Any) -> tuple[int, dict[str, str], bytes]:
        return (400 if "<b>" in request.json["message"] else 200), {}, b""

    sink.replies = strict
    assert make(form="html").send(tell(body="<b>Avoid</b> travelling")) == Sent()
    assert sink.last.json["message"] == "Avoid travelling"


def test_another_refusal_is_not_asked_for_twice(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(404)
    assert isinstance(make(form="html").send(tell()), Refused)
    assert len(sink.requests) == 1


def test_nothing_that_wakes_a_room_leaves_the_house(make: Any, sink: Any, tell: Tell) -> None:
    make().send(tell(title="@everyone", body="@here <!channel> <@U01>"))
    assert not any(word in sink.last.body.decode() for word in ("@everyone", "@here", "<!", "<@"))


def test_files_are_kept_below_the_state_directory_for_us_alone(make: Any, tell: Tell, tmp_path: Path) -> None:
    channel = make()
    channel.send(tell())
    assert (tmp_path / "apprise").stat().st_mode & 0o777 == 0o700
    service = next(iter(channel._made.values()))
    assert str(service.asset.storage_path) == str(tmp_path / "apprise")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("file:///etc/passwd", "is of the scheme 'file', which reaches nobody from a service; use another."),
        ("dbus://", "is of the scheme 'dbus', which reaches nobody from a service; use another."),
        ("windows://", "is of the scheme 'windows', which reaches nobody from a service; use another."),
        (
            "https://example.org/apprise.yml",
            "belongs to no service that Apprise knows; compare it with https://appriseit.com/services/.",
        ),
        ("s3cret", "belongs to no service that Apprise knows; compare it with https://appriseit.com/services/."),
        ("s3cret://x", "belongs to no service that Apprise knows; compare it with https://appriseit.com/services/."),
        ("tgram://s3cret", "is not a complete 'tgram' address; compare it with https://appriseit.com/services/."),
        (
            "pover://s3cret",
            "is a 'pover' address with a part that is missing or wrong; see https://appriseit.com/services/.",
        ),
        ("json://a.example, json://b.example", "holds more than one address; make a channel of each."),
    ],
)
def test_a_url_that_does_not_load_is_told_without_its_secrets(
    spec: Any, url: str, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = channel_problems(spec("apprise", url=url))
    assert told == [f"The url (file /etc/advisoryd/chat.url) {sentence}"]
    assert "s3cret" not in "".join(told) + caplog.text


@pytest.mark.skipif(find_spec("smpplib") is not None, reason="the package that must be missing is installed")
def test_a_service_whose_package_is_missing_names_it(spec: Any) -> None:
    assert channel_problems(spec("apprise", url="smpp://u:s3cret@localhost:2775/15145551234/15145555678")) == [
        (
            "The url (file /etc/advisoryd/chat.url) is a 'smpp' address, "
            "which needs a package that is not installed: smpplib."
        )
    ]


def test_what_apprise_does_not_know_is_refused() -> None:
    assert isinstance(_outcome("NOMATCH", "Apprise", [], 0), Refused)


def test_a_plug_in_from_outside_must_be_listed(spec: Any, plugged: str, post: Post, tmp_path: Path, tell: Tell) -> None:
    assert channel_problems(spec("apprise", url=plugged)) == [
        (
            "The url (file /etc/advisoryd/chat.url) belongs to a plug-in from outside Apprise; "
            "list its scheme in 'allow_schemas' to use it."
        )
    ]
    listed = spec("apprise", url=plugged, allow_schemas=["pigeons"])
    assert channel_problems(listed) == []
    assert build_channel(listed, post, tmp_path).send(tell()) == Sent()


def test_native_addresses_of_services_are_understood(spec: Any) -> None:
    url = "https://discord.com/api/webhooks/4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js"
    assert channel_problems(spec("apprise", url=url)) == []


@pytest.fixture
def spies() -> Iterator[list[str]]:
    """Every line that a handler sees, on the root logger and on Apprise's and urllib3's own."""
    seen: list[str] = []

    class Spy(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(f"{record.name} {record.getMessage()}")

    spy, loggers = Spy(logging.NOTSET), [logging.getLogger(name) for name in ("", "apprise", "urllib3")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(spy)
        logger.setLevel(logging.DEBUG)
    yield seen
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(spy)
        logger.setLevel(level)


def test_no_log_line_holds_what_apprise_knows(make: Any, sink: Any, tell: Tell, spies: list[str]) -> None:
    replies = [(200, {}, b""), (500, {}, b"s3cret"), (0, {}, b"")]
    for reply in replies:
        sink.replies = lambda request, reply=reply: reply
        outcome = make("json://user:s3cretpw@{host}/T0KENpath?+X-Key=s3cretheader").send(tell(body="private text"))
        assert not any(word in str(outcome) for word in ("s3cret", "T0KEN", "private"))
    assert not any(word in line for line in spies for word in ("s3cret", "T0KEN", "private"))


def test_what_apprise_logs_reaches_no_other_logger(make: Any, sink: Any, tell: Tell) -> None:
    sink.answer(500)
    make().send(tell())
    assert logging.getLogger("apprise").propagate is False
    assert logging.getLogger("urllib3.connectionpool").isEnabledFor(logging.ERROR) is False


def test_apprise_is_not_imported_before_it_is_needed() -> None:
    program = (
        "import sys; from pathlib import Path; from advisoryd.channels import build_channel\n"
        "from advisoryd.model.config import ChannelSpec; from advisoryd.model.secret import plain\n"
        "build_channel(ChannelSpec(name='a', kind='apprise', url=plain('json://h')), None, Path('.'))\n"
        "sys.exit('apprise' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_what_is_wrong_is_told(spec: Any) -> None:
    assert channel_problems(spec("apprise", form="slack", timeout=0)) == [
        "A channel of type 'apprise' needs 'url' or 'url_file'.",
        "Option 'form' must be one of: plain, short, markdown, html.",
        "Option 'timeout' must be a number of seconds from 1 to 300.",
    ]
