"""E-mail, against a real SMTP server on loopback: with and without TLS, with log-in, and with every kind of trouble."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, ClassVar

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from advisoryd.channels import build_channel, channel_problems
from advisoryd.channels.email import Email
from advisoryd.model.message import Form, Message, Post
from advisoryd.model.outcome import Refused, Sent, TryAgain, Uncertain
from advisoryd.model.secret import Secret

Tell = Callable[..., Message]
PASSWORD = "c0rrect horse"


class Mailroom:
    """What the server does with each recipient and each text, and what it has taken."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, list[str], bytes]] = []
        self.recipients: dict[str, str] = {}
        self.text_answer: str | None = None
        self.hangs_up = False
        self.hangs_up_at_quit = False
        for verb, hook in {"RCPT": self.recipient, "DATA": self.text, "QUIT": self.farewell}.items():
            setattr(self, f"handle_{verb}", hook)

    async def recipient(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.recipients.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def text(self, server: Any, session: Any, envelope: Any) -> str:
        if self.hangs_up:
            server.transport.abort()
            return "250 nobody hears this"
        if self.text_answer:
            return self.text_answer
        self.letters.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        return "250 taken"

    async def farewell(self, server: Any, session: Any, envelope: Any) -> str:
        if self.hangs_up_at_quit:
            server.transport.abort()
        return "221 bye"

    def letter(self, index: int = -1) -> EmailMessage:
        parsed = message_from_bytes(self.letters[index][2], policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed


def certified(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


class Server(Controller):
    """A server of which a test can replace verbs."""

    verbs: ClassVar[dict[str, Any]] = {}

    def factory(self) -> SMTP:
        kind = type("Protocol", (SMTP,), {f"smtp_{verb}": does for verb, does in self.verbs.items()})
        return kind(self.handler, hostname="localhost", **self.SMTP_kwargs)


@pytest.fixture
def serve(closed_port: int) -> Iterator[Callable[..., Mailroom]]:
    running: list[Server] = []

    def start(verbs: dict[str, Any] | None = None, **options: Any) -> Mailroom:
        room = Mailroom()
        running.append(Server(room, hostname="127.0.0.1", port=closed_port, **options))
        running[-1].verbs = verbs or {}
        running[-1].start()
        return room

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def make(spec: Any, post: Post, tmp_path: Path, closed_port: int) -> Callable[..., Email]:
    def channel(secrets: dict[str, Any] | None = None, **options: Any) -> Email:
        fields = {
            "server": "127.0.0.1",
            "port": closed_port,
            "tls": "none",
            "from": "advisoryd <alerts@example.org>",
            "to": ["ops@example.org"],
            "timeout": 5,
        } | options
        built = build_channel(spec("email", secrets=secrets or {}, **fields), post, tmp_path)
        assert isinstance(built, Email)
        return built

    return channel


def test_a_letter_arrives(serve: Any, make: Any, tell: Tell) -> None:
    room = serve()
    channel = make()
    assert channel.form is Form.EMAIL
    outcome = channel.send(tell(html="<p>Avoid travelling</p>"))
    assert isinstance(outcome, Sent)
    letter = room.letter()
    assert outcome.reference == letter["Message-ID"]
    assert letter["Subject"] == "China raises its advice on Japan"
    assert letter["From"] == "advisoryd <alerts@example.org>"
    assert room.letters[0][:2] == ("alerts@example.org", ["ops@example.org"])


def test_each_recipient_gets_a_letter_of_his_own(serve: Any, make: Any, tell: Tell) -> None:
    room = serve()
    assert isinstance(make(to=["a@example.org", "b@example.org", "a@example.org"]).send(tell()), Sent)
    assert [to for _, to, _ in room.letters] == [["a@example.org"], ["b@example.org"]]
    assert [room.letter(index)["To"] for index in (0, 1)] == ["a@example.org", "b@example.org"]
    assert room.letter(0)["Message-ID"] == room.letter(1)["Message-ID"]


def test_the_date_is_that_of_sending(serve: Any, make: Any, tell: Tell) -> None:
    room = serve()
    channel = make()
    Email(channel.settings, lambda: datetime(2025, 11, 14, 14, 12, tzinfo=UTC)).send(tell())
    assert room.letter()["Date"] == "Fri, 14 Nov 2025 14:12:00 +0000"


def test_starttls_is_used_with_a_checked_certificate_and_a_log_in(
    serve: Any, make: Any, tell: Tell, server_certificate: Path, authority: Path
) -> None:
    def check(_server: Any, session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=session.ssl is not None and given.password == PASSWORD.encode(), handled=False)

    room = serve(
        tls_context=certified(server_certificate), require_starttls=True, auth_required=True, authenticator=check
    )
    fields = {"tls": "starttls", "ca_file": str(authority), "username": "u"}
    assert isinstance(make({"password": PASSWORD}, **fields).send(tell()), Sent)
    assert len(room.letters) == 1
    refused = make({"password": "wr0ng"}, **fields).send(tell())
    assert isinstance(refused, Refused)
    assert refused.reason.startswith("The mail server answered 535")


def test_implicit_tls(serve: Any, make: Any, tell: Tell, server_certificate: Path, authority: Path) -> None:
    room = serve(ssl_context=certified(server_certificate))
    assert isinstance(make(tls="implicit", ca_file=str(authority)).send(tell()), Sent)
    assert len(room.letters) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(
    serve: Any, make: Any, tell: Tell, server_certificate: Path
) -> None:
    room = serve(tls_context=certified(server_certificate))
    outcome = make(tls="starttls").send(tell())
    assert isinstance(outcome, TryAgain)
    assert "certificate" in outcome.reason.lower()
    assert room.letters == []


def test_nothing_is_sent_in_clear_when_starttls_is_not_offered(serve: Any, make: Any, tell: Tell) -> None:
    room = serve()
    outcome = make(tls="starttls").send(tell())
    assert isinstance(outcome, TryAgain)
    assert "STARTTLS" in outcome.reason
    assert room.letters == []


def test_a_temporary_refusal_is_tried_again_for_that_recipient_only(serve: Any, make: Any, tell: Tell) -> None:
    room = serve()
    room.recipients["slow@example.org"] = "450 4.2.0 greylisted, come back later"
    channel = make(to=["slow@example.org", "ops@example.org"])
    outcome = channel.send(tell())
    assert outcome == TryAgain("The mail server answered 450: 4.2.0 greylisted, come back later")
    room.recipients.clear()
    assert isinstance(channel.send(tell()), Sent)
    assert [to for _, to, _ in room.letters] == [["ops@example.org"], ["slow@example.org"]]


def test_a_bundle_that_has_grown_goes_to_everybody_again(serve: Any, make: Any, tell: Tell) -> None:
    room = serve()
    room.recipients["slow@example.org"] = "450 later"
    channel = make(to=["slow@example.org", "ops@example.org"])
    one, two, three = ({"kind": "raised", "id": name} for name in "abc")
    channel.send(tell(data={"events": [one, two]}))
    room.recipients.clear()
    assert isinstance(channel.send(tell(data={"events": [one, two, three]})), Sent)
    assert sorted(to[0] for _, to, _ in room.letters) == ["ops@example.org", "ops@example.org", "slow@example.org"]


def test_a_wrong_address_stops_nobody_else_and_is_told(serve: Any, make: Any, tell: Tell) -> None:
    room = serve()
    room.recipients["gone@example.org"] = "550 5.1.1 no such user"
    outcome = make(to=["gone@example.org", "ops@example.org"]).send(tell())
    assert outcome == Refused(
        "1 of 2 recipients were refused. gone@example.org: The mail server answered 550: 5.1.1 no such user"
    )
    assert [to for _, to, _ in room.letters] == [["ops@example.org"]]


@pytest.mark.parametrize(("answer", "kind"), [("451 4.3.0 try later", TryAgain), ("554 5.7.1 spam", Refused)])
def test_what_the_server_says_to_the_text_counts(serve: Any, make: Any, tell: Tell, answer: str, kind: type) -> None:
    serve().text_answer = answer
    assert isinstance(make().send(tell()), kind)


@pytest.mark.parametrize(("answer", "kind"), [("451 not now", TryAgain), ("554 never", Refused)])
@pytest.mark.parametrize("verb", ["MAIL", "DATA"])
def test_a_verb_that_is_turned_down_counts_too(
    serve: Any, make: Any, tell: Tell, verb: str, answer: str, kind: type
) -> None:
    async def turned_down(server: Any, _: str) -> None:
        await server.push(answer)

    serve({verb: turned_down})
    assert isinstance(make().send(tell()), kind)


def test_a_connection_that_breaks_after_the_text_is_uncertain(serve: Any, make: Any, tell: Tell) -> None:
    serve().hangs_up = True
    assert isinstance(make(to=["a@example.org", "b@example.org"]).send(tell()), Uncertain)


def test_a_connection_that_breaks_at_the_farewell_does_no_harm(serve: Any, make: Any, tell: Tell) -> None:
    serve().hangs_up_at_quit = True
    assert isinstance(make().send(tell()), Sent)


def test_a_server_that_is_not_there_is_tried_again(make: Any, tell: Tell) -> None:
    outcome = make().send(tell())
    assert isinstance(outcome, TryAgain)
    assert "refused" in outcome.reason


def test_an_international_address_needs_a_server_that_takes_it(serve: Any, make: Any, tell: Tell) -> None:
    room = serve(enable_SMTPUTF8=True)
    assert isinstance(make(to=["用户@bücher.example"]).send(tell(title="日本")), Sent)
    assert room.letters[0][1] == ["用户@xn--bcher-kva.example"]
    assert "日本".encode() in room.letters[0][2]


def test_an_international_address_is_refused_by_an_old_server(serve: Any, make: Any, tell: Tell) -> None:
    room = serve(enable_SMTPUTF8=False)
    assert isinstance(make(to=["用户@example.org"]).send(tell()), Refused)
    assert isinstance(make(to=["ops@bücher.example"]).send(tell()), Sent)
    assert room.letters[0][1] == ["ops@xn--bcher-kva.example"]


def test_messages_that_never_settle_are_forgotten_in_the_end(make: Any, tell: Tell) -> None:
    channel = make()
    for number in range(510):
        channel.heard[f"old {number}"] = {}
    channel.send(tell())
    assert len(channel.heard) == 500
    assert tell().key in channel.heard


def test_what_is_wrong_is_told(spec: Any) -> None:
    wrong = {
        "to": ["not an address", "also@wrong@example.org", "a@b\tc"],
        "from": "nobody",
        "tls": "ssl",
        "port": 70_000,
        "ca_file": "/nowhere",
        "username": "u",
        "list_id": "no dots",
        "unsubscribe": "http://example.org",
    }
    assert set(channel_problems(spec("email", **wrong))) == {
        "Option 'tls' must be one of: starttls, implicit, none.",
        "Option 'server' is missing; it must be one line of text.",
        "Option 'port' must be a whole number from 1 to 65535.",
        "Option 'to' must be a list of one or more texts.",
        "Option 'from' must hold mail addresses: name@host, or Name <name@host>.",
        "Option 'list_id' must be a dotted name such as 'advisories.example.org'.",
        "Option 'unsubscribe' must be an address that starts with https:// or mailto:.",
        "'username' and 'password' belong together: give both or neither.",
        "Option 'ca_file' names no file.",
    }


def test_a_password_file_that_is_gone_is_told_and_waited_for(
    make: Any, spec: Any, tell: Tell, unreadable: Secret, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD)
    channel = make({"password": Secret(file.read_text, "file password")}, username="u")
    file.unlink()
    assert isinstance(channel.send(tell()), TryAgain)
    fields = {"server": "h", "to": ["a@example.org"], "from": "a@example.org", "username": "u"}
    assert channel_problems(spec("email", secrets={"password": unreadable}, **fields)) == [
        "A secret cannot be read from its file /etc/advisoryd/gone: No such file or directory."
    ]
