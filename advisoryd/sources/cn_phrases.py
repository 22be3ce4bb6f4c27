"""What the titles of China's consular reminders say: how strictly, to whom, about which countries and parts of them.

The ministry names three classes of reminders (注意安全, 谨慎前往, 暂勿前往); 避免前往, which it used on Japan in
November 2025, is none of them. The script of its own page groups a title with 勿 or 避免 as the strictest. Here
避免前往 is the step below 暂勿前往, which is how it is used, unless the configuration says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize

from advisoryd import places
from advisoryd.model.ladder import Action, Level, Reason
from advisoryd.model.record import Area, Region

ISSUER = "CN"
LANGUAGE = "zh-Hans"
AVOID_TRAVEL = "避免"
"""How the words begin whose step the configuration may raise."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How strictly a reminder asks. ``words`` are its own, ``""`` where it says that an earlier one has ended."""

    words: str
    level: Level
    actions: frozenset[Action] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """A country that a reminder is about. ``areas`` are the parts it is restricted to, none when it means the whole;
    ``there`` says that it speaks to people who are in the country."""

    place: str
    name: str
    areas: tuple[tuple[str, Area], ...] = ()
    there: bool = False

    def regions(self, level: Level | None) -> tuple[Region, ...]:
        """The parts, at the level of the reminder."""
        codes = (places.resolve_region(self.place, name) for name, _ in self.areas)
        return tuple(Region(name, level, kind, code) for (name, kind), code in zip(self.areas, codes, strict=True))


_ENDED = re.compile(r"(?:解除|撤销|取消|终止)(?:对[^，。]{0,10}的)?(?:暂勿|请勿|避免|谨慎|安全提醒|旅行提醒)|不再提醒")
"""The verb must govern the reminder itself: "after a blockade was lifted (解除)" lifts no advice."""
_SCALE = (
    (r"(?:应?尽快|应?立即|尽早|马上)?(?:撤离|离境)|转移至安全地区", Level.AVOID, {Action.LEAVE, Action.AVOID_ALL}),
    (r"(?:暂|请|切)勿(?:前往|赴)", Level.AVOID, {Action.AVOID_ALL}),
    (r"避免(?:前往|赴)", Level.RECONSIDER, {Action.AVOID_NON_ESSENTIAL}),
    (r"(?:谨慎|慎重)(?:考虑)?(?:前往|赴)|非必要不(?:前往|赴)", Level.RECONSIDER, {Action.RECONSIDER}),
    (
        r"注意[^，。]{0,6}安全|加强[^，。]{0,6}防范|提高[^，。]{0,4}警惕|密切关注|谨防|防范",
        Level.CAUTION,
        {Action.CAUTION},
    ),
)
_STRENGTHS = tuple((re.compile(words), level, frozenset(actions)) for words, level, actions in _SCALE)

_TRAVEL = re.compile(r"前往|赴|旅行|旅游|出行")
_AGAIN = re.compile(r"(?:再次|郑重|继续)提醒|重申")
_THERE = re.compile(r"(?:在|驻|驻留|旅居|滞留)$")
_RUN = re.compile(
    r"(?:(?!中国|公民|旅|游|注意|加强|提高|密切|应|须|务工|人员|的|、|和|及|与|等国|等地)[\u4e00-\u9fff])*"
)
_PARTIAL = re.compile(r"边境|边界|交界|接壤|周边|附近|沿海|[东西南北中]部|省|州|邦|县|市|岛|地区|区域|地带|一带")
_STRIP = re.compile(r"边境|边界|交界|接壤|周边|附近")
_JOINED = re.compile(r"[和及与、]")
_GOING = re.compile(r"前往")
_PARTS_OF_COUNTRIES = {"city": Area.CITY, "capital": Area.CITY, "region": Area.AREA}

_REASONS = {
    Reason.ARMED_CONFLICT: r"武装|冲突|战事|战争|交火|空袭|导弹|炮击|军事行动",
    Reason.TERRORISM: r"恐怖|恐袭",
    Reason.CRIME: r"治安|犯罪|抢劫|盗窃|诈骗|枪击|遇袭|伤人|凶杀",
    Reason.KIDNAPPING: r"绑架|劫持",
    Reason.UNREST: r"骚乱|抗议|示威|动荡|罢工|政变",
    Reason.DETENTION: r"拘押|拘留|扣押|羁押",
    Reason.HEALTH: r"疫情|传染病|霍乱|埃博拉|登革|病毒|疟疾",
    Reason.NATURAL_HAZARD: r"地震|海啸|台风|飓风|火山|洪水|洪涝|暴雨|泥石流|山火|自然灾害",
    Reason.POLITICAL: r"涉台|政治|外交关系|挑衅",
    Reason.ENTRY_RULES: r"入境政策|签证|关闭口岸|口岸关闭|边境关闭",
    Reason.TRANSPORT: r"航班|领空|机场关闭",
}
_REASON_PATTERNS = {reason: re.compile(words) for reason, words in _REASONS.items()}


def normalised(title: str) -> str:
    """A title as an identity: compatibility forms folded, white space removed."""
    return "".join(normalize("NFKC", title).split())


def is_advice(title: str) -> bool:
    """Whether the title advises about a country: it names one, and says how strictly or speaks of travelling there.
    All other notices are bulletins."""
    return bool(targets(title)) and (strength(title) is not None or _TRAVEL.search(title) is not None)


def strength(title: str) -> Strength | None:
    """How strictly the title asks, ``None`` when it holds none of the known wordings."""
    if _ENDED.search(title):
        return Strength("", Level.NORMAL)
    for pattern, level, actions in _STRENGTHS:
        if found := pattern.search(title):
            return Strength(found[0], level, actions)
    return None


def reissue(title: str) -> str:
    """The words by which the title says that it repeats an earlier reminder, ``""`` without them."""
    found = _AGAIN.search(title)
    return found[0] if found else ""


def reasons(text: str) -> frozenset[Reason]:
    """What the text gives as reasons."""
    return frozenset(reason for reason, pattern in _REASON_PATTERNS.items() if pattern.search(text))


def targets(title: str) -> tuple[Target, ...]:
    """The countries that the title is about, in its order; none when it names none but China."""
    apart = _GOING.sub("  ", title)  # 前往日本 (go to Japan) holds a word of its own, 往日 (days gone by)
    named = (mention for mention in places.mentions(apart, LANGUAGE) if mention.kind != "demonym")
    mentions = [mention for mention in named if mention.place != ISSUER]
    found = [_target(title, mention) for mention in mentions]
    for index in range(len(found) - 2, -1, -1):
        between = title[mentions[index].end : mentions[index + 1].start]
        if _JOINED.fullmatch(between) and not found[index].areas:
            found[index] = replace(found[index], areas=_borders(found[index + 1]))
    return tuple(_merged(found))


def _target(title: str, mention: places.Mention) -> Target:
    run = _RUN.match(title, mention.end)
    behind = run[0] if run and _PARTIAL.search(run[0]) else ""
    there = mention.form.startswith(("在", "驻")) or _THERE.search(title[: mention.start]) is not None
    kind = _PARTS_OF_COUNTRIES.get(mention.kind)
    if kind is not None:
        return Target(mention.place, name_of(mention), ((mention.form + behind, kind),), there)
    kind = Area.STRIP if _STRIP.search(behind) else Area.AREA
    return Target(mention.place, name_of(mention), ((behind, kind),) if behind else (), there)


def name_of(mention: places.Mention) -> str:
    """The country's name: as it is written, or in full where only a syllable of it is (在泰, 赴美)."""
    written = places.resolve(mention.form, LANGUAGE).place == mention.place
    return mention.form if written else places.display_name(mention.place, LANGUAGE)


def _borders(target: Target) -> tuple[tuple[str, Area], ...]:
    """The border areas of ``target``: "A and B's border areas" means both countries' borders."""
    return tuple((name, kind) for name, kind in target.areas if kind is Area.STRIP)


def _merged(found: Iterable[Target]) -> Iterator[Target]:
    """One target for each place: the whole of it where any mention means the whole; an embassy's name ("驻泰国使馆")
    does not say that people who are there are meant."""
    by_place: dict[str, list[Target]] = {}
    for target in found:
        by_place.setdefault(target.place, []).append(target)
    for targets_of_place in by_place.values():
        whole = any(not target.areas for target in targets_of_place)
        areas = () if whole else tuple(dict.fromkeys(area for target in targets_of_place for area in target.areas))
        yield replace(targets_of_place[0], areas=areas, there=all(target.there for target in targets_of_place))
