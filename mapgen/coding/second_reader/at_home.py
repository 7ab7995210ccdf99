"""Find sentences that count those who live in a place, who lack something there, or work elsewhere.

The words of a sentence come in; whether it tells of those who are at home goes out. "Ten thousand
people live in X" and "X, a town of 10,000 people" host nobody, and "4,000 people in X are without
water" or "farmers from X sell onions in Z" moves nobody. Where the words say that people fled, or
sleep in schools, they are not asked.
"""

from __future__ import annotations

import re

from mapgen.coding.english.errands import is_errand

_COUNTED = (
    r"(?:\d[\d,.]*(?:\s(?:hundred|thousand|million))?|(?:a|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-]"
    r"(?:hundred|thousand|million)|(?:tens|hundreds|dozens)\sof\s(?:hundreds|thousands)|thousands)"
)
_SOULS = r"(?:inhabitants|people|persons|residents|souls)"
_LIVES = re.compile(
    rf"\b{_SOULS}\s(?:still\s|now\s|who\s|once\s)?(?:live|lived|lives|living|reside|resided)\s"
    r"(?:around|at|in|inside|there)\b"
    r"|\b(?:city|hamlet|quarter|suburb|town|township|village)\sof\s(?:[a-z]+\s){0,2}?"
    rf"{_COUNTED}(?!\s(?:displaced|refugees))"
    rf"|\bpopulation\s(?:is|of|was|stands\sat|stood\sat)\s(?:[a-z]+\s){{0,2}}?{_COUNTED}\b"
    rf"|\bha(?:d|s)\s(?:[a-z]+\s){{0,2}}?{_COUNTED}\s(?:inhabitants|residents|{_SOULS}\sbefore)\b"
    rf"|\bhome\sto\s(?:[a-z]+\s){{0,2}}?{_COUNTED}\s{_SOULS}\b(?!\swho)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:arriv\w+|bolted|came|camps?|cross\w*|crowd\w+|displac\w+|driven|drove|empt(?:y|ied|ies)"
    r"|escap\w+|evacu\w+|exodus|fle[ed]\w*|flight|gone|headed|heading|homeless|host\w*|IDPs?|left"
    r"|leav\w+|moved|newcomers|poured|quit\w*|ran|reached|refuge\w*|resettl\w+|return\w*|run"
    r"|schools?|settled|settlements?|shelter\w*|sought|streamed|tak(?:en|ing)\sin|tents?|took\sin"
    r"|trek\w*|uprooted|walk\w*|went)\b",
    re.IGNORECASE,
)
_LACKS = re.compile(
    r"\b(?:are|been|is|left|remain|was|were)\s(?:still\s|now\s)?without\s(?:access\sto\s|any\s|clean\s"
    r"|drinking\s|running\s)?(?:aid|bread|electricity|food|fuel|gas|heating|medic\w+|power|supplies|water)\b",
    re.IGNORECASE,
)


def tells_who_lives(text: str, start: int, end: int) -> bool:
    """Whether a sentence only tells of those who live in a place, lack something or work elsewhere.

    Parameters
    ----------
    text
        Text of the article.
    start, end
        Offsets of the sentence.

    Examples
    --------
    >>> tells_who_lives("Ten thousand people live in Sake.", 0, 33)
    True
    """
    if is_errand(text, start, end):
        return True
    told = _LIVES.search(text, start, end) or _LACKS.search(text, start, end)
    return told is not None and _MOVED.search(text, start, end) is None
