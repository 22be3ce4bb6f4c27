"""Japan's danger levels: the four steps, the level block of a notice, and the flags that come with it.

Japan's scale begins where others have their second step: its level 1 asks for care, and the ordinary case has no
level at all. So level N of Japan is not level N of anybody else; a notice that is lifted says 解除.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from advisoryd.model.ladder import Action, Level

_CAUTION, _ESSENTIAL_ONLY, _NO_TRAVEL, _LEAVE = 1, 2, 3, 4

LEVELS = {_CAUTION: Level.CAUTION, _ESSENTIAL_ONLY: Level.RECONSIDER, _NO_TRAVEL: Level.AVOID, _LEAVE: Level.AVOID}
WORDS = {
    _CAUTION: "レベル１：十分注意してください。",
    _ESSENTIAL_ONLY: "レベル２：不要不急の渡航は止めてください。",
    _NO_TRAVEL: "レベル３：渡航は止めてください。（渡航中止勧告）",
    _LEAVE: "レベル４：退避してください。渡航は止めてください。（退避勧告）",
}
ACTIONS = {
    _CAUTION: frozenset({Action.CAUTION}),
    _ESSENTIAL_ONLY: frozenset({Action.AVOID_NON_ESSENTIAL}),
    _NO_TRAVEL: frozenset({Action.AVOID_ALL}),
    _LEAVE: frozenset({Action.LEAVE, Action.AVOID_ALL}),
}
"""By Japan's step. The step 0 stands for "lifted", as it does in a block that lists what ended."""

_BLOCK = re.compile(r"【(?:感染症)?危険(?:レベル|情報|度)】(?P<block>.*?)(?P<end>【|$)", re.DOTALL)
_HEADLESS = re.compile(r"\s*(?P<block>[●◎].*?)(?P<end>【|$)", re.DOTALL)
_GIVEN = r"\s*(?=[:「《(]|退避|渡航|不要不急|十分)"
"""What follows a level that is given, and not one that is spoken of ("areas next to those of level 4")."""

_TOKEN = re.compile(
    rf"(?:[●◎]|^(?P<inner>・))\s*(?P<area>[^\n●◎]*?)\s*"
    rf"(?=\n|[●◎]|レベル\s*[1-4]{_GIVEN}|危険レベル解除|危険情報の解除|$)"
    rf"|レベル\s*(?P<step>[1-4]){_GIVEN}|(?P<lifted>危険レベル解除|危険情報の解除)",
    re.MULTILINE,
)
_MARK = re.compile(r"《([^》]+)》|\((継続|引き?上げ|引き?下げ|新規)[^)]*\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_WHOLE = re.compile(r"[^、。]*(?<![州県省道郡市区帯部])(?<!(?<!諸)島)全(?:土|域|国)|全(?:土|域|国)")
_REST = re.compile(
    r"(?P<before>.*?)(?:(?:上記|下記|これら|それ)?(?:以外|を除く)|その他)(?:の)?[^、。]{0,12}?(?:地域|地方|全域|全土|国内)"
)
_PROVINCE = re.compile(r"[州県省道郡]")
_OF_A_PROVINCE = re.compile(r"[州県省道郡]の(?:[^、。]*$|レベル)")
_CUT_LENGTH = 900
"""The feed cuts its descriptions at about a thousand characters; a block that ends later than this may be cut."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a level block: an area and its level, 0 where it was lifted."""

    area: str
    level: int

    @property
    def whole(self) -> bool:
        """Whether the area is the whole country, or what is left of it beside the other lines: "Mali 全土", "上記以外の
        地域", but neither the whole of a province nor the rest of one."""
        plain = self.area
        while plain != (inner := _BRACKETS.sub("", plain)):
            plain = inner
        plain = plain.strip()
        if not plain or _WHOLE.fullmatch(plain):
            return True
        rest = _REST.fullmatch(plain)
        return rest is not None and not _is_inside(rest["before"])


def _is_inside(before: str) -> bool:
    """Whether the words before "other than the above" bind it to one province, or to several that they list."""
    return len(_PROVINCE.findall(before)) > 1 or _OF_A_PROVINCE.search(before) is not None


@dataclass(frozen=True, slots=True)
class Block:
    """The level block of a notice. ``complete`` says that it was not cut off; ``marks`` are its remarks on what became
    of the levels (継続, 引き上げ), in order."""

    steps: tuple[Step, ...] = ()
    complete: bool = False
    marks: tuple[str, ...] = ()


def block(text: str) -> Block:
    """The level block in a notice's text, an empty one when there is none."""
    plain = normalize("NFKC", text)
    found = _BLOCK.search(plain) or _HEADLESS.match(plain)
    if found is None:
        return Block()
    complete = bool(found["end"]) or len(plain) < _CUT_LENGTH
    marks = (first or second for first, second in _MARK.findall(found["block"]))
    return Block(tuple(_steps(found["block"])), complete, tuple(dict.fromkeys(marks)))


def joined(blocks: Sequence[Block]) -> Block:
    """Several notices that are in force side by side, as one."""
    steps = tuple(step for one in blocks for step in one.steps)
    marks = tuple(dict.fromkeys(mark for one in blocks for mark in one.marks))
    return Block(steps, all(one.complete for one in blocks), marks)


def _steps(text: str) -> Iterator[Step]:
    """The lines of a block: one area or several, then their level. A level with no area before it is the whole
    country's if it comes first; later it is a remark about an earlier level. Where an area is divided by lines of its
    own, these have the levels."""
    areas = [""]
    for token in _TOKEN.finditer(text):
        if token["area"] is not None:
            areas = [token["area"]] if token["inner"] else [*filter(None, areas), token["area"]]
            continue
        level = int(token["step"]) if token["step"] else 0
        yield from (Step(area, level) for area in areas)
        areas = []
