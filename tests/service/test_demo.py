"""The demonstration: China's advice on Japan, whole and quick, without a network beyond loopback."""

from __future__ import annotations

import asyncio
import io
import socket
import time
from contextlib import redirect_stdout
from dataclasses import dataclass

import pytest

from advisoryd.cli import main
from advisoryd.service import demo
from advisoryd.service.demo import Notice, Site, recording


@dataclass(frozen=True)
class Shown:
    """What was on the screen, by what the narrator announced, and how long it took."""

    scenes: list[str]
    seconds: float
    reached: set[str]


@pytest.fixture(scope="module")
def shown() -> Shown:
    reached: set[str] = set()
    look_up = socket.getaddrinfo

    def noted(host: str, *more: object, **named: object) -> object:
        reached.add(str(host))
        return look_up(host, *more, **named)  # type: ignore[arg-type]

    screen = io.StringIO()
    begun = time.monotonic()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(screen):
        patch.setattr(socket, "getaddrinfo", noted)
        demo.demo(lambda line: print(f"\n── {line}"))
    return Shown(screen.getvalue().split("\n── ")[1:], time.monotonic() - begun, reached)


def test_it_takes_less_than_a_minute_and_reaches_nobody(shown: Shown) -> None:
    assert shown.seconds < 60
    assert shown.reached <= {"127.0.0.1", "localhost"}


def test_the_first_look_is_a_baseline_and_no_alarm(shown: Shown) -> None:
    assert "the daemon meets the consular site" in shown.scenes[0]
    assert "Now watching: cn-mfa" in shown.scenes[0]
    assert "避免前往日本" not in shown.scenes[0]


def test_the_alarm_has_an_english_headline_beside_the_official_chinese(shown: Shown) -> None:
    alarm = shown.scenes[1]
    assert "China – foreign ministry: new advice for Japan, level 3 (reconsider travel)" in alarm
    assert "In the issuer's words · Chinese (Simplified)\n  提醒中国公民近期避免前往日本" in alarm


def test_without_news_there_is_silence(shown: Shown) -> None:
    assert "nothing new" in shown.scenes[2]
    assert "避免前往" not in shown.scenes[2]


def test_a_repetition_is_a_follow_up_and_no_second_alarm(shown: Shown) -> None:
    for scene, words in ((3, "再次提醒"), (4, "春节")):
        assert words in shown.scenes[scene]
        assert "Follow-up to the message of 15 Nov 2025" in shown.scenes[scene]
        assert "advice for Japan reaffirmed, level 3" in shown.scenes[scene]
        assert "New advice" not in shown.scenes[scene].splitlines()[1]


def test_the_verb_speaks_other_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--locale", "de"]) == 0
    said = capsys.readouterr().out
    assert "One alarm, its repetitions in the same story, and silence in between." in said
    assert "Japan" in said


# the recorded site


def test_the_site_shows_what_was_on_its_list_at_that_time() -> None:
    recorded = recording()
    site = Site(recorded.notices)
    titles = []
    for step in recorded.steps:
        site.now = step.at
        page = site.page("") or ""
        titles.append(page.count("<li>"))
    assert titles == [2, 3, 3, 4, 5]
    assert all(site.page(notice.path) for notice in recorded.notices)
    assert site.page("nothing.html") is None


def test_what_is_not_on_the_list_yet_has_no_page() -> None:
    recorded = recording()
    site = Site(recorded.notices)
    site.now = recorded.steps[0].at
    hidden = [notice for notice in recorded.notices if notice.listed > site.now]
    assert len(hidden) == 3
    assert not any(site.page(notice.path) for notice in hidden)


def test_titles_are_text_and_never_markup() -> None:
    notice = Notice(recording().steps[0].at, "2025-11-14", "<b>日本</b>", ["<script>"])
    site = Site([notice])
    site.now = notice.listed
    assert "&lt;b&gt;" in (site.page("") or "")
    assert "<script>" not in (site.page(notice.path) or "")


def test_the_site_answers_request_after_request_on_one_connection() -> None:
    async def ask() -> list[bytes]:
        site = Site(recording().notices)
        site.now = recording().steps[-1].at
        server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        answers = []
        for path in ("/aqtx/", "/aqtx/gone.html"):
            writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            answers.append(head.splitlines()[0])
        writer.close()
        await writer.wait_closed()
        server.close()
        return answers

    assert asyncio.run(ask()) == [b"HTTP/1.1 200 OK", b"HTTP/1.1 404 Not Found"]
