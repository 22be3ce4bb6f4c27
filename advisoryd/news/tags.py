"""The parts of speech of travel advice: what a word can be in a sentence about it.

A sentence is read as a string of tags, one character each, so that a rule can be an ordinary pattern over that string
and the order of words decides who speaks about where (:mod:`advisoryd.news.grammar`).
"""

from __future__ import annotations

from enum import StrEnum


class Tag(StrEnum):
    """What a word is. The value is the character that stands for it in a tag string."""

    # places, told by advisoryd.places
    PLACE = "P"
    CAPITAL = "C"
    CITY = "Y"
    DEMONYM = "D"
    # who
    BODY = "G"
    MINISTRY = "M"
    EMBASSY = "E"
    PEOPLE = "a"
    RESIDENT = "z"
    STRANGER = "x"
    # speech
    URGE = "u"
    ISSUE = "i"
    SAY = "c"
    REACT = "r"
    DEFEND = "d"
    # what is asked
    ASK = "N"
    CARE = "K"
    LEAVE = "L"
    BAN = "B"
    SHELTER = "H"
    REGISTER = "g"
    SHUN = "s"
    TRAVEL = "t"
    # the advice as a thing
    ADVICE = "W"
    ALERT = "w"
    STEP = "#"
    # what became of it
    RAISE = "R"
    LOWER = "Z"
    LIFT = "X"
    KEEP = "k"
    EFFECT = "e"
    # small words
    NOT = "n"
    TO = "T"
    AT = "@"
    FROM = "f"
    BY = "y"
    OF = "o"
    OWN = "q"
    AND = "A"
    WITH = "b"
    SINCE = "S"
    WORLD = "J"
    MANY = "m"
    PART = "p"
    BORDER = "%"
    QUARREL = "="
    # look-alikes
    WEATHER = "h"
    ENTRY = "v"
    NOTICE = "Q"
    FEATURE = "F"
    # a phrase that means nothing here, and keeps shorter ones from being found in it
    NOTHING = "0"
    # shape of the sentence
    GAP = "-"
    COMMA = ","
    STOP = "/"


NATIONS = frozenset({Tag.PLACE, Tag.CAPITAL, Tag.DEMONYM, Tag.CITY})
"""Tags whose hit carries a place."""

PARTICLES = frozenset({Tag.TO, Tag.AT, Tag.FROM, Tag.BY, Tag.OWN, Tag.AND})
"""Words so short that, where words are not spaced, they count only beside a name."""
