"""Whether a French sentence of advice is about a country as a whole: by its words ("l'ensemble du pays", "le reste du
territoire"), or by naming the country as what is placed somewhere or as the aim of travel ("Vanuatu est placé en …",
"tout déplacement au Niger"). A country that is only mentioned, or whose neighbour is meant, does not count.
"""

from __future__ import annotations

import re

from advisoryd import places

_WHOLE = re.compile(
    r"(?:l['’](?:ensemble|intégralité)|la (?:quasi-)?totalité|la majeure partie|la majorité|le reste) "
    r"(?:du|de l['’]|de la|des|de|d['’]) ?(?:pays|territoire|archipel|îles?\b)"
    r"|\ble territoire (?:de |du |des )?[\w-]+ (?:est|figure)\b"
    r"|(?:tout déplacement|voyages?(?: [\w-]+){0,2}) (?:dans le pays|vers (?:le pays|l['’]île))",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    r"(?:(?:déplacements?|voyages?|voyager|rendre|séjours?|séjourner)(?: [\w’']+){0,3} (?:au|en|à|aux|vers|dans)"
    r"|(?:ensemble|intégralité|totalité|reste|majeure partie|territoire) (?:du|de|des|d))(?: la| le| les| l)?['’ ]*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:^|, )(?:le |la |les |l['’])?$", re.IGNORECASE)
_OF = re.compile(r"\s*(?:du|de|des|d)(?: la| le| les| l)?['’ ]*")
_IS_PLACED = re.compile(r"(?: \([^)]*\))? (?:est|sont|figure|demeure|reste)\b")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ý«])")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return _SENTENCE.split(text)


def whole(sentence: str, place: str, said: re.Pattern[str]) -> int:
    """Where the words for all of ``place``, a place id, end in ``sentence``; 0 when it has none. Where only the
    country's name tells, the sentence must also match ``said``, which finds the advice."""
    found = _WHOLE.search(sentence)
    named = [mention for mention in places.mentions(sentence, "fr") if mention.kind == "name"]
    if found and not any(
        mention.place != place and _belongs(sentence[found.end() : mention.start]) for mention in named
    ):
        return found.end()
    for mention in named:
        before, after = sentence[: mention.start], sentence[mention.end :]
        meant = _TOWARDS.search(before) or (_SUBJECT.search(before) and _IS_PLACED.match(after))
        if mention.place == place and meant and said.search(sentence):
            return mention.end
    return 0


def _belongs(between: str) -> bool:
    """Whether the country named after ``between`` is the one meant: "… du territoire | de la | Russie"."""
    return bool(_OF.fullmatch(between))
