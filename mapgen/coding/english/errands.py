"""Find sentences about people who go somewhere for the day: to work, to trade, to meet, to protest.

The words of a sentence come in; whether it tells of such an errand goes out. "Farmers from X sell
onions in Z" and "residents of X marched to the governor's office" move nobody out of a home. A
sentence that also says that people fled or shelter somewhere is not taken for one.
"""

from __future__ import annotations

import re

_SEATS = (
    r"(?:bank|consulate|court(?:house)?|embassy|governor|headquarters|jail|market|ministry|office|palace"
    r"|parliament|police\sstation|president|prison|state\shouse)"
)
_ERRAND = re.compile(
    r"\bfrom\s(?:[A-Z][\w'’-]*\s){1,3}(?:often\s|regularly\s|still\s|usually\s)?"
    r"(?:buy|bring|commute|sell|sold|shop|study|trade|work)\b"
    r"|\battend(?:ed|ing|s)?\b|\bmarch(?:ed|ing)\b[^.;]{0,60}?\b(?:against|chanting|demanding|for"
    r"\s(?:justice|peace)|in\sprotest|to\s(?:call|condemn|demand|denounce|press|protest|urge))\b"
    rf"|\b(?:drove|gathered|marched|marching|walked|went)\s(?:to|at|on|outside)\s(?:the\s|an?\s)?"
    rf"(?:[\w'’-]+\s){{0,3}}?{_SEATS}(?:s|['’]s)?\b"
    r"|\b(?:come|came|coming|dr[io]ve|driving|drove|go|going|gone|travel\w*|walk\w*|went)\b[^.;]{0,60}?"
    r"\bto\s(?:(?:sit|take)\s(?:\w+\s)?exam\w*|buy|fetch|harvest|sell|shop|trade|visit|vote|work)\b"
    r"|\bfor\s(?:an?\s|the\s|their\s)?(?:[a-z]+\s)?(?:celebrations?|conference|courses?|exams?"
    r"|festival|funeral|games?|match|parade|pilgrimage|prayers|rally|talks|tournament|training|wedding"
    r"|workshop)\b"
)
_FLED = re.compile(
    r"\b(?:displac\w+|escap\w+|evacu\w+|exodus|fle[ed]\w*|IDPs?|refuge\w*|shelter\w*|uprooted)\b",
    re.IGNORECASE,
)


def is_errand(text: str, start: int, end: int) -> bool:
    """Whether a sentence only tells of people who go somewhere and come home again.

    Parameters
    ----------
    text
        Text of the article.
    start, end
        Offsets of the sentence.

    Examples
    --------
    >>> is_errand("Residents of Sake marched to the governor's office.", 0, 51)
    True
    >>> is_errand("Residents of Sake fled before the march to the governor's office.", 0, 66)
    False
    """
    return _ERRAND.search(text, start, end) is not None and _FLED.search(text, start, end) is None
