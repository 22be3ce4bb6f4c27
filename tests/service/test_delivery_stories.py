"""Stories of messages on a timeline, readable aloud: what a ministry says, and when whose phone rings.

Every line that a reader gets is told as day and time in his own zone, the channel, and the subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from advisoryd.model.config import ChannelSpec, Digest, Escalation, Quiet, Subscription, Web
from advisoryd.model.ladder import Level
from advisoryd.model.message import Form, Message
from advisoryd.model.outcome import SendOutcome
from advisoryd.model.secret import plain
from advisoryd.model.silence import Matcher
from advisoryd.service.acknowledge import acknowledge
from advisoryd.store import outbox, silences

from .conftest import Play, playing
from .world import COUNTRIES, Inbox, Server, config, register, rows

MINISTRY = register()
BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
CHANNELS = tuple(ChannelSpec(name=name, kind="console") for name in ("chat", "phone", "mail", "ops"))
WEB = Web(host="127.0.0.1", port=8787, url="https://advice.example.org", secret=plain("sixteen characters"))


@dataclass
class Phone(Inbox):
    """A receiver that writes down what came, and tells the story when."""

    name: str = ""
    form: Form = Form.EMAIL
    ring: Callable[[str, Message], None] = lambda name, message: None

    def send(self, message: Message) -> SendOutcome:
        """Take it."""
        self.ring(self.name, message)
        return super().send(message)


@dataclass
class Story:
    """One reader's days: the clock goes on, the ministry speaks, phones ring."""

    zone: str
    now: datetime
    play: Play
    levels: dict[str, str] = field(default_factory=lambda: dict.fromkeys(COUNTRIES, "calm"))
    lines: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def rings(self, name: str, message: Message) -> None:
        """A phone rings now."""
        self.lines.append(f"{self.now.astimezone(ZoneInfo(self.zone)):%a %H:%M} {name}: {message.title}")
        self.messages.append(message)

    def until(self, local: str) -> None:
        """Time passes until this wall-clock time in the reader's zone; whatever falls due on the way is delivered."""
        end = at(local, self.zone)
        while self.now < end:
            self.now = min([*self._due_times(), end])
            self.play.deliver(self.now)

    def _due_times(self) -> list[datetime]:
        with self.play.house.store.reading() as tx:
            waiting = outbox.listed(tx)
            pauses = [outbox.channel_state(tx, delivery.channel).not_before for delivery in waiting]
        times = [*(delivery.next_attempt for delivery in waiting), *pauses]
        return [moment for moment in times if moment is not None and moment > self.now]

    def says(self, **levels: str) -> None:
        """The ministry changes its levels; what gets looser is read twice, as everywhere, half an hour apart."""
        looser = any(RANK.index(word) < RANK.index(self.levels[place]) for place, word in levels.items())
        self.levels |= levels
        self.play.server.serve(MINISTRY, rows(self.levels))
        for wait in (0, 30) if looser else (0,):
            self.now += timedelta(minutes=wait)
            self.play.poll(self.now)
            self.play.deliver(self.now)

    def told(self) -> list[str]:
        """What has been told since the last time this was asked."""
        told, self.lines[:] = list(self.lines), []
        return told


RANK = ("calm", "care", "reconsider", "avoid")


def at(local: str, zone: str) -> datetime:
    """A wall-clock time as an instant; of a time that comes twice the first."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))


Tell = Callable[..., Story]


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Tell]:
    """Begins a story: a reader with these wishes, in a calm world that is known already."""
    with ExitStack() as open_:

        def begin(zone: str, local: str, **wishes: object) -> Story:
            reader = Subscription(**{"name": "desk", "channels": ("chat",), "zone": zone} | wishes)  # type: ignore[arg-type]
            given = config(tmp_path, [MINISTRY], channels=CHANNELS, subscriptions=(reader,), web=WEB)
            phones = {spec.name: Phone(name=spec.name) for spec in CHANNELS}
            play = open_.enter_context(playing(tmp_path, given, Server(), **phones))
            made = Story(zone, at(local, zone), play)
            for phone in phones.values():
                phone.ring = made.rings
            made.says()
            return made

        yield begin


def nights(zone: str, **more: object) -> Quiet:
    return Quiet(begin=time(22), end=time(7), zone=zone, **more)  # type: ignore[arg-type]


def daily(zone: str, clock: str = "02:30") -> Digest:
    return Digest(every="daily", at=time.fromisoformat(clock), zone=zone)


@pytest.mark.parametrize(
    ("zone", "evening", "morning"),
    [
        (BERLIN, "2026-03-28", "2026-03-29"),
        (BERLIN, "2026-10-24", "2026-10-25"),
        (NEW_YORK, "2026-03-07", "2026-03-08"),
        (NEW_YORK, "2026-10-31", "2026-11-01"),
    ],
    ids=["Berlin, clocks go forward", "Berlin, clocks go back", "New York, forward", "New York, back"],
)
def test_quiet_hours_on_the_night_when_the_clocks_change(story: Tell, zone: str, evening: str, morning: str) -> None:
    desk = story(zone, f"{evening} 20:00", quiet=nights(zone))
    desk.until(f"{evening} 21:55")
    desk.says(FR="care")
    assert desk.told() == ["Sat 21:55 chat: Raised: France, level 1 → 2 (New Zealand)"]
    desk.until(f"{evening} 22:30")
    desk.says(JP="reconsider")
    desk.until(f"{morning} 06:55")
    assert desk.told() == []
    desk.until(f"{morning} 09:00")
    assert desk.told() == ["Sun 07:00 chat: Raised: Japan, level 1 → 3 (New Zealand)"]


@pytest.mark.parametrize(
    ("zone", "saturday", "sunday", "monday", "first"),
    [
        (BERLIN, "2026-03-28", "2026-03-29", "2026-03-30", "Sun 03:00"),
        (BERLIN, "2026-10-24", "2026-10-25", "2026-10-26", "Sun 02:30"),
        (NEW_YORK, "2026-03-07", "2026-03-08", "2026-03-09", "Sun 03:00"),
        (NEW_YORK, "2026-10-31", "2026-11-01", "2026-11-02", "Sun 02:30"),
    ],
    ids=["Berlin, the time is skipped", "Berlin, it comes twice", "New York, skipped", "New York, back an hour before"],
)
def test_a_digest_at_half_past_two_on_those_nights(
    story: Tell, zone: str, saturday: str, sunday: str, monday: str, first: str
) -> None:
    desk = story(zone, f"{saturday} 20:00", digest=daily(zone))
    desk.says(JP="reconsider")
    desk.says(FR="care")
    desk.until(f"{sunday} 12:00")
    assert desk.told() == [f"{first} chat: Digest: 2 changes"]
    desk.says(IT="care")
    desk.says(KE="care")
    desk.until(f"{monday} 12:00")
    assert desk.told() == ["Mon 02:30 chat: Digest: 2 changes"]


def test_the_strictest_level_rings_at_night_and_the_rest_waits_for_the_morning(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 20:00", quiet=nights(BERLIN, unless_level=Level.AVOID))
    desk.until("2026-06-02 02:10")
    desk.says(FR="reconsider")
    desk.says(JP="avoid")
    desk.until("2026-06-02 08:00")
    assert desk.told() == [
        "Tue 02:10 chat: Raised: Japan, level 1 → 4 (New Zealand)",
        "Tue 07:00 chat: Raised: France, level 1 → 3 (New Zealand)",
    ]


def test_the_strictest_level_does_not_wait_for_the_digest_where_the_reader_says_so(story: Tell) -> None:
    wish = Digest(every="daily", at=time(8), zone=BERLIN, unless_level=Level.AVOID)
    desk = story(BERLIN, "2026-06-01 20:00", digest=wish)
    desk.says(JP="avoid", FR="care")
    desk.until("2026-06-02 08:00")
    assert desk.told() == [
        "Mon 20:00 chat: Raised: Japan, level 1 → 4 (New Zealand)",
        "Tue 08:00 chat: Raised: France, level 1 → 2 (New Zealand)",
    ]


def test_what_was_raised_and_lowered_overnight_is_one_line_in_the_morning(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 20:00", quiet=nights(BERLIN))
    desk.until("2026-06-01 23:00")
    desk.says(JP="reconsider")
    desk.until("2026-06-02 03:00")
    desk.says(JP="calm")
    desk.until("2026-06-02 08:00")
    assert desk.told() == ["Tue 07:00 chat: 1 change during quiet hours"]
    assert "advice for Japan raised to level 3 (reconsider travel) and lowered again, back at level 1" in (
        desk.messages[-1].body
    )


def silence(desk: Story, until: str, **matcher: object) -> None:
    with desk.play.house.store.begin() as tx:
        ends = at(until, desk.zone)
        silences.add(tx, Matcher(**matcher), "typhoon drill", desk.now, ends)  # type: ignore[arg-type]


def test_a_silence_ends_and_what_it_held_back_stays_untold(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 09:00")
    silence(desk, "2026-06-01 18:00", destinations=frozenset({"JP"}))
    desk.says(JP="care")
    desk.says(FR="care")
    desk.until("2026-06-01 20:00")
    assert desk.told() == ["Mon 09:00 chat: Raised: France, level 1 → 2 (New Zealand)"]
    desk.says(JP="reconsider")
    assert desk.told() == ["Mon 20:00 chat: Raised: Japan, level 2 → 3 (New Zealand)"]
    with desk.play.house.store.reading() as tx:
        [held] = [one for one in outbox.listed(tx, ["dropped"]) if one.channel == "chat"]  # type: ignore[list-item]
    assert held.last_reason == "silenced (1): typhoon drill"


def test_what_still_waits_when_a_silence_ends_goes_out_as_usual(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 21:00", quiet=nights(BERLIN))
    silence(desk, "2026-06-02 06:00", destinations=frozenset({"JP"}))
    desk.until("2026-06-01 23:00")
    desk.says(JP="care")
    desk.until("2026-06-02 08:00")
    assert desk.told() == ["Tue 07:00 chat: Raised: Japan, level 1 → 2 (New Zealand)"]


def test_advice_that_goes_up_to_the_strictest_level_breaks_through_a_silence(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 09:00")
    silence(desk, "2026-06-08 09:00", channels=frozenset({"chat"}))
    desk.says(JP="reconsider")
    desk.says(JP="avoid")
    desk.says(JP="reconsider")
    assert desk.told() == ["Mon 09:00 chat: Raised: Japan, level 3 → 4 (New Zealand)"]


def test_unless_the_silence_says_that_it_must_not(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 09:00")
    silence(desk, "2026-06-08 09:00", channels=frozenset({"chat"}), alarms=True)
    desk.says(JP="avoid")
    assert desk.told() == []


ESCALATING = Escalation(channels=("phone",), after=timedelta(minutes=15))


def test_an_alert_that_nobody_acknowledges_goes_to_the_next_channel(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 02:00", escalation=ESCALATING)
    desk.says(FR="reconsider")
    desk.says(JP="avoid")
    desk.until("2026-06-01 09:00")
    assert desk.told() == [
        "Mon 02:00 chat: Raised: France, level 1 → 3 (New Zealand)",
        "Mon 02:00 chat: Raised: Japan, level 1 → 4 (New Zealand)",
        "Mon 02:15 phone: Raised: Japan, level 1 → 4 (New Zealand)",
    ]
    assert "nobody has acknowledged it within 15 minutes" in desk.messages[-1].body


def test_an_alert_that_somebody_acknowledges_in_time_goes_to_nobody_else(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 02:00", escalation=ESCALATING)
    desk.says(JP="avoid")
    assert "https://advice.example.org/ack/" in desk.messages[-1].body
    desk.until("2026-06-01 02:10")
    [event] = desk.play.events()
    with desk.play.house.store.begin() as tx:
        assert acknowledge(tx, event.id, "desk", desk.now, "link")
    desk.until("2026-06-01 09:00")
    assert desk.told() == ["Mon 02:00 chat: Raised: Japan, level 1 → 4 (New Zealand)"]


def test_an_alert_that_was_eased_meanwhile_escalates_no_more(story: Tell) -> None:
    slow = Escalation(channels=("phone",), after=timedelta(hours=2))
    desk = story(BERLIN, "2026-06-01 02:00", escalation=slow)
    desk.says(JP="avoid")
    desk.until("2026-06-01 02:30")
    desk.says(JP="care")
    desk.until("2026-06-01 09:00")
    assert desk.told() == [
        "Mon 02:00 chat: Raised: Japan, level 1 → 4 (New Zealand)",
        "Mon 03:00 chat: Lowered: Japan, level 4 → 2 (New Zealand)",
    ]


def test_an_alert_that_waits_for_the_morning_can_be_acknowledged_in_the_morning(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 23:00", escalation=ESCALATING, quiet=nights(BERLIN))
    desk.says(JP="avoid")
    desk.until("2026-06-02 09:00")
    assert [line[:15] for line in desk.told()] == ["Tue 07:00 chat:", "Tue 07:15 phone"]


def test_how_a_story_goes_on_is_told_to_those_who_heard_its_beginning_and_to_nobody_else(story: Tell) -> None:
    desk = story(BERLIN, "2026-06-01 09:00", min_level=Level.RECONSIDER)
    desk.says(FR="care")
    desk.says(JP="reconsider")
    desk.says(JP="care")
    desk.says(FR="calm")
    assert desk.told() == [
        "Mon 09:00 chat: Raised: Japan, level 1 → 3 (New Zealand)",
        "Mon 09:30 chat: Lowered: Japan, level 3 → 2 (New Zealand)",
    ]
    assert "Follow-up to the message of 1 Jun 2026, 09:00 CEST" in desk.messages[-1].body


def test_many_changes_through_a_channel_with_a_limit_become_few_messages(tmp_path: Path) -> None:
    narrow = (ChannelSpec(name="inbox", kind="console", max_per_hour=2), ChannelSpec(name="ops", kind="console"))
    with playing(tmp_path, config(tmp_path, [MINISTRY], channels=narrow), Server()) as play:
        desk = Story("UTC", at("2026-06-01 09:00", "UTC"), play)
        desk.says()
        for place, word in (("FR", "care"), ("IT", "care"), ("KE", "care"), ("JP", "avoid"), ("PE", "care")):
            desk.says(**{place: word})
        got = play.inboxes["inbox"].got
        assert [message.title for message in got] == [
            "Raised: France, level 1 → 2 (New Zealand)",
            "Raised: Italy, level 1 → 2 (New Zealand)",
        ]
        desk.until("2026-06-01 10:00")
        assert [message.title for message in got[2:]] == [
            "Raised: Japan, level 1 → 4 (New Zealand)",
            "2 changes at once",
        ]
