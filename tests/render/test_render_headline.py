"""Which sentence is said when: every one of them can be reached, and it is the fullest that what is known allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from advisoryd.model.event import DOWNWARD, OPERATOR, UPWARD, Change, Event, Facet, Kind
from advisoryd.model.ladder import Grade, Level
from advisoryd.model.record import Stamp
from advisoryd.render.headline import GONE, STANDING, headline, title
from advisoryd.render.names import issuer_name, place_in_sentence, place_name
from advisoryd.render.sentences import HEADLINES, LABELS
from advisoryd.render.voice import LOCALES, placeholders, voice_for

AT = datetime(2025, 11, 14, 13, 30, tzinfo=UTC)
END = Stamp(datetime(2025, 12, 30, 16, 0, tzinfo=UTC), day=True)
ENGLISH = voice_for("en", "UTC")
L1, L2, L3, L4 = Level


def event(kind: Kind, before: Level | None = None, after: Level | None = None, **more: object) -> Event:
    base = Event(
        id="e", kind=kind, issuer="CN", destination="JP", source="cn-mfa", at=AT, first_seen=AT, reason="",
        level_before=before, level_after=after, highest_after=after,
    )  # fmt: skip
    return replace(base, **more)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (event(Kind.RAISED, L2, L4), "raised from level 2 (increased caution) to level 4 (do not travel)"),
        (event(Kind.RAISED, L4, L4), "made stricter, still level 4 (do not travel)"),
        (event(Kind.RAISED, None, L4), "raised to level 4 (do not travel), level before unknown"),
        (event(Kind.RAISED, L4, None), "made stricter, level unknown"),
        (event(Kind.WIDENED, L2, L2), "now covers more areas. Whole country: level 2 (increased caution)"),
        (event(Kind.WIDENED), "now covers more areas. Whole country: level unknown"),
        (event(Kind.NARROWED, L2, L2), "now covers fewer areas. Whole country: level 2 (increased caution)"),
        (event(Kind.NARROWED), "now covers fewer areas. Whole country: level unknown"),
        (event(Kind.RESTORED, None, L2), "is listed again, level 2 (increased caution)"),
        (event(Kind.RESTORED), "is listed again, level unknown"),
        (event(Kind.LOWERED, L4, L2), "lowered from level 4 (do not travel) to level 2 (increased caution)"),
        (event(Kind.LOWERED, L4, L4), "eased, still level 4 (do not travel)"),
        (event(Kind.LOWERED, None, L2), "lowered to level 2 (increased caution), level before unknown"),
        (event(Kind.LOWERED, L4, None), "eased, level unknown"),
        (event(Kind.LIFTED, L4, L1), "lifted, from level 4 (do not travel) to level 1 (normal precautions)"),
        (event(Kind.LIFTED, L4, None), "lifted, before: level 4 (do not travel)"),
        (event(Kind.LIFTED), "lifted"),
        (event(Kind.EXPIRED, L2), "has expired, before: level 2 (increased caution)"),
        (event(Kind.EXPIRED), "has expired"),
        (event(Kind.WITHDRAWN, L2), "withdrawn, reason unknown; before: level 2 (increased caution)"),
        (event(Kind.WITHDRAWN), "withdrawn, reason unknown"),
        (event(Kind.AMENDED, L2, L2), "amended, still level 2 (increased caution)"),
        (event(Kind.AMENDED, None, L2), "amended, level 2 (increased caution)"),
        (event(Kind.AMENDED), "amended, level unknown"),
        (event(Kind.REAFFIRMED, L2, L2), "reaffirmed, level 2 (increased caution)"),
        (event(Kind.REAFFIRMED), "reaffirmed, level unknown"),
        (event(Kind.EXPIRING, L2), "expires on 31 Dec 2025, now level 2 (increased caution)"),
        (event(Kind.EXPIRING), "expires on 31 Dec 2025"),
    ],
)
def test_advice_for_a_place(told: Event, sentence: str) -> None:
    assert headline(told, ENGLISH, END) == f"China – foreign ministry: advice for Japan {sentence}"


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (event(Kind.ISSUED, None, L3), "China – foreign ministry: new advice for Japan, level 3 (reconsider travel)"),
        (event(Kind.ISSUED), "China – foreign ministry: new advice for Japan, level unknown"),
        (
            event(Kind.VANISHED, L2),
            "China – foreign ministry: Japan is no longer listed, no reason given; before: level 2 (increased caution)",
        ),
        (event(Kind.VANISHED), "China – foreign ministry: Japan is no longer listed, no reason given"),
        (
            event(Kind.CORRECTED, L3, L2),
            (
                "China – foreign ministry: correction for Japan, "
                "level 2 (increased caution) instead of level 3 (reconsider travel)"
            ),
        ),
        (
            event(Kind.CORRECTED, L2, L2),
            "China – foreign ministry: correction for Japan, still level 2 (increased caution)",
        ),
        (
            event(Kind.CORRECTED, None, L2),
            "China – foreign ministry: correction for Japan, level 2 (increased caution)",
        ),
        (event(Kind.CORRECTED), "China – foreign ministry: correction for Japan, level unknown"),
        (event(Kind.BULLETIN, title="Quake"), "China – foreign ministry, notice for Japan: Quake"),
        (event(Kind.BULLETIN, title="Quake", destination=""), "China – foreign ministry, notice: Quake"),
        (event(Kind.BULLETIN, title="Quake", destination="", issuer=""), "Notice: Quake"),
        (
            event(Kind.CONFIRMED, None, L3),
            "China – foreign ministry: report about Japan officially confirmed, level 3 (reconsider travel)",
        ),
        (event(Kind.CONFIRMED), "China – foreign ministry: report about Japan officially confirmed, level unknown"),
        (
            event(Kind.CONSEQUENCE, title="Waivers"),
            "consequence of the advice (China – foreign ministry → Japan): Waivers",
        ),
        (event(Kind.CONSEQUENCE, title="Waivers", issuer=""), "consequence of the advice (Japan): Waivers"),
        (
            event(Kind.CONSEQUENCE, title="Waivers", issuer="", destination=""),
            "consequence of the advice: Waivers",
        ),
        (
            event(Kind.SWEEP, title="Entry", destination=""),
            "China – foreign ministry: the same sentences changed on many pages (Entry)",
        ),
        (event(Kind.SWEEP, destination=""), "China – foreign ministry: the same sentences changed on many pages"),
        (
            event(Kind.RELABELLED, changes=(Change(Facet.NAME, "Burma", "Myanmar"),)),
            "China – foreign ministry: renamed from “Burma” to “Myanmar”",
        ),
        (event(Kind.RELABELLED), "China – foreign ministry: Japan was renamed or its scale changed"),
        (
            event(Kind.RELABELLED, issuer="", destination=""),
            "Source cn-mfa: an entry was renamed or its scale changed",
        ),
        (event(Kind.SOURCE_DEGRADED, summary="no answer"), "Source cn-mfa cannot be relied on: no answer"),
        (event(Kind.SOURCE_DEGRADED), "Source cn-mfa cannot be relied on"),
        (event(Kind.SOURCE_RECOVERED, summary="after 2 h"), "Source cn-mfa works again: after 2 h"),
        (event(Kind.SOURCE_RECOVERED), "Source cn-mfa works again"),
        (event(Kind.SOURCE_FINDING, summary="unknown place"), "Source cn-mfa: unknown place"),
        (event(Kind.SOURCE_FINDING), "Source cn-mfa: something needs a look"),
        (event(Kind.CHANNEL_FAILING, source="mail", summary="refused"), "Channel mail does not deliver: refused"),
        (event(Kind.CHANNEL_FAILING, source="mail"), "Channel mail does not deliver"),
        (event(Kind.CHANNEL_RECOVERED, source="mail", summary="3 sent"), "Channel mail delivers again: 3 sent"),
        (event(Kind.CHANNEL_RECOVERED, source="mail"), "Channel mail delivers again"),
        (event(Kind.BASELINE), "Now watching: China – foreign ministry"),
        (event(Kind.BASELINE, issuer=""), "Now watching: cn-mfa"),
    ],
)
def test_other_first_lines(told: Event, line: str) -> None:
    assert headline(told, ENGLISH) == line


@pytest.mark.parametrize(
    ("kind", "grade", "line"),
    [
        (Kind.FIRST_REPORTED, Grade.SINGLE, "UNCONFIRMED – media report (China – foreign ministry → Japan): X"),
        (
            Kind.CORROBORATED,
            Grade.CORROBORATED,
            "UNCONFIRMED – reported by several media (China – foreign ministry → Japan): X",
        ),
        (Kind.DISPUTED, Grade.DISPUTED, "DISPUTED – media report (China – foreign ministry → Japan): X"),
        (Kind.DISPUTED, Grade.SINGLE, "DISPUTED – media report (China – foreign ministry → Japan): X"),
    ],
)
def test_reports_begin_with_their_doubt(kind: Kind, grade: Grade, line: str) -> None:
    assert headline(event(kind, title="X", grade=grade), ENGLISH) == line


@pytest.mark.parametrize(
    ("told", "subject"),
    [
        (event(Kind.RAISED, L2, L3), "Raised: Japan, level 2 → 3 (China)"),
        (event(Kind.RAISED, None, L3), "Raised: Japan, level 3 (China)"),
        (event(Kind.RAISED), "Raised: Japan, level unknown (China)"),
        (event(Kind.WIDENED, L2, L2, highest_after=L4), "Widened: Japan, level 2, in parts 4 (China)"),
        (event(Kind.LOWERED, L3, L2, highest_after=L4), "Lowered: Japan, level 3 → 2, in parts 4 (China)"),
        (event(Kind.VANISHED, L3), "No longer listed: Japan (China)"),
        (event(Kind.FIRST_REPORTED, issuer="", grade=Grade.SINGLE), "UNCONFIRMED – Media report: Japan"),
        (event(Kind.SOURCE_DEGRADED), "Source trouble: cn-mfa"),
        (event(Kind.BASELINE, destination=""), "Now watching: China"),
        (event(Kind.BULLETIN, issuer="", destination="", source="", title="Quake"), "Notice: Quake"),
        (event(Kind.BULLETIN, issuer="", destination="", source=""), "Notice"),
    ],
)
def test_subjects_fit_a_lock_screen(told: Event, subject: str) -> None:
    assert title(told, ENGLISH) == subject


def test_every_kind_has_a_label_and_sentences() -> None:
    assert set(HEADLINES) == set(LABELS) == set(Kind)


def test_the_last_sentence_of_a_kind_needs_least() -> None:
    for kind, sentences in HEADLINES.items():
        needs = [len(placeholders(sentence)) for sentence in sentences]
        assert needs[-1] == min(needs), kind


def test_kinds_that_stand_and_kinds_that_are_gone_do_not_overlap() -> None:
    assert not STANDING & GONE
    assert UPWARD <= STANDING
    assert DOWNWARD <= STANDING | GONE
    assert not OPERATOR & (STANDING | GONE)


@pytest.mark.parametrize("locale", [locale.replace("_", "-") for locale in LOCALES])
def test_no_first_line_is_left_with_a_gap(locale: str) -> None:
    voice = voice_for(locale, "UTC")
    for kind in Kind:
        for before in (None, L2, L3):
            for after in (None, L2, L3):
                line = headline(event(kind, before, after, title="X", summary="Y"), voice, END)
                assert "{" not in line
                assert "  " not in line
                assert not line.endswith((" ", ",", ":", "，", "："))


def test_a_long_title_of_a_strangers_is_shortened() -> None:
    line = headline(event(Kind.BULLETIN, title="word " * 200), ENGLISH)
    assert len(line) < 300
    assert line.endswith("word…")


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("en", "China – foreign ministry"),
        ("de", "China – Außenministerium"),
        ("fr", "Chine – ministère des Affaires étrangères"),
        ("es", "China – Ministerio de Asuntos Exteriores"),
        ("it", "Cina – ministero degli Esteri"),
        ("pt", "China – Ministério das Relações Exteriores"),
        ("ja", "中国外務省"),
        ("ko", "중국 외교부"),
        ("zh-Hans", "中国外交部"),
        ("zh-Hant", "中國外交部"),
    ],
)
def test_the_issuer_is_named_as_each_language_does(locale: str, name: str) -> None:
    assert issuer_name(event(Kind.RAISED), voice_for(locale, "UTC")) == name


@pytest.mark.parametrize(("locale", "name"), [("zh-Hans", "日本外务省"), ("ko", "일본 외무성"), ("ja", "日本外務省")])
def test_japans_ministry_has_its_own_name_in_east_asia(locale: str, name: str) -> None:
    assert issuer_name(event(Kind.RAISED, issuer="JP"), voice_for(locale, "UTC")) == name


def test_composites_and_unknown_ids_have_a_name_too() -> None:
    assert place_name("IL+PS", ENGLISH) == "Israel and Palestine"
    assert place_name("QZ", ENGLISH) == "QZ"
    assert place_in_sentence("NL", ENGLISH) == "the Netherlands"
    assert place_in_sentence("NL", voice_for("de", "UTC")) == "Niederlande"
