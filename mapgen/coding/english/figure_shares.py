"""Read a share of a figure: "most of the town's 20,000 people", "4,000 of its 20,000 inhabitants".

The words before a figure come in; the bounds of those who are counted go out. The whole is the
number of those who lived there, not of those who moved.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mapgen.coding.english.patterns import one_of

_WHOSE = (
    r"(?:the|its|their|these|those|some|his|her|(?:the\s[a-z]+|(?:[A-Z][\w’'-]*\s){0,2}"
    r"[A-Z][\w-]*)['’]s?)"
)
_SHARES: dict[str, tuple[float | None, float]] = {
    # (least, most) of the whole
    "almost all": (0.5, 1.0),
    "nearly all": (0.5, 1.0),
    "virtually all": (0.5, 1.0),
    "more than half": (0.5, 1.0),
    "over half": (0.5, 1.0),
    "at least half": (0.5, 1.0),
    "most": (0.5, 1.0),
    "the majority": (0.5, 1.0),
    "a majority": (0.5, 1.0),
    "the vast majority": (0.5, 1.0),
    "half": (0.5, 0.5),
    "a third": (1 / 3, 1 / 3),
    "one third": (1 / 3, 1 / 3),
    "two thirds": (2 / 3, 2 / 3),
    "two-thirds": (2 / 3, 2 / 3),
    "a quarter": (0.25, 0.25),
    "three quarters": (0.75, 0.75),
    "three-quarters": (0.75, 0.75),
    "many": (None, 1.0),
    "some": (None, 1.0),
    "part": (None, 1.0),
    "few": (None, 1.0),
}
_ABOUT = r"(?:about|almost|around|nearly|perhaps|roughly|some)"
_LEAST = r"(?:at\sleast|more\sthan|no\sfewer\sthan|over)"
_MOST = r"(?:as\smany\sas|close\sto|fewer\sthan|less\sthan|no\smore\sthan|up\sto)"
_BEFORE = re.compile(
    rf"\b(?:(?P<share>(?:{_ABOUT}\s)?{one_of(sorted(_SHARES, key=lambda w: (-len(w), w)))})"
    rf"|(?<!\band\s)(?P<part>(?:(?P<least>{_LEAST})\s|(?P<most>{_MOST})\s|{_ABOUT}\s)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d{2,})))"
    rf"\sof\s{_WHOSE}\s(?:{_ABOUT}\s|estimated\s|original\s|remaining\s)?$",
    re.IGNORECASE,
)
_BACK = 70  # characters that the words for a share take
_OF_MOVERS = re.compile(
    r"(?:\s(?:people|residents|civilians|those))?\s(?:(?:newly\s)?displaced|evacuees|refugees|who)\b"
)


_STAY = re.compile(
    r"\s(?:are\s(?:believed\sto\sbe\s|thought\sto\sbe\s)?(?:left|still)|remain(?:ed)?|stay(?:ed)?)\b"
)


class Share(NamedTuple):
    """A share of a figure: where its words begin, and its bounds."""

    start: int
    low: int | None
    high: int | None
    best: int | None
    words: str | None  # of a part that is counted itself


def share_before(text: str, start: int, end: int, whole: int) -> Share | None:
    """Return the share of a whole that the words before it give, or None.

    Parameters
    ----------
    text
        One sentence.
    start, end
        Offsets of the figure of the whole: of its first word, and behind the word for people.
    whole
        The number of the whole.

    Examples
    --------
    >>> share_before("Most of the town's 20,000 people", 19, 32, 20000)
    Share(start=0, low=10000, high=20000, best=None, words=None)
    """
    found = _BEFORE.search(text, max(0, start - _BACK), start)
    if found is None:
        return None
    if found["part"]:
        part = int(found["number"].replace(",", ""))
        if part >= whole or _STAY.match(text, end):
            return None
        if _OF_MOVERS.match(text, end) or _OF_MOVERS.search(text[start:end]):
            return None  # "4,000 of the 20,000 who fled": these moved as well
        low, high = None if found["most"] else part, None if found["least"] else part
        best = part if low == high else None
        return Share(found.start(), low, high, best, found["part"])
    words = re.sub(rf"^{_ABOUT}\s(?!all\b)", "", found["share"].lower())
    least, most = _SHARES[words]
    low = None if least is None else int(whole * least)
    return Share(found.start(), low, round(whole * most), None, None)
