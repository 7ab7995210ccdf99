"""Find words other than dates that set what a sentence tells in the past: "in those days".

The trigger word comes in; the words that set it in the past go out. Examples are "before the war",
"at the time", "when the rebels held X", "nine months after", "recalling the exodus from X", and
sums such as "the deaths bring to 46 the number killed by drones".
"""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.reading.passages import Passage

_MONTHS = "|".join(calendar.month_name[1:])
_OPENING = re.compile(
    r"\W*(?P<words>In\sthose\s(?:days|months|weeks|years)|At\s(?:that|the)\stime(?!\sof\b)|Back\sthen"
    r"|In\sthe\spast|As\s(?:late|recently)\sas"
    r"|Before\sthe\s(?:ceasefire|conflict|coup|earthquake|invasion|offensive|revolution|truce|uprising"
    rf"|war)|(?:Before|Until)\s(?:{_MONTHS}))\b"
)
_OF_NOW = re.compile(r";|,\sbut\b|\b(?:but\snow|now|today)\b")
_HOLDING = frozenset({"be", "control", "govern", "hold", "occupy", "rule", "run"})


def time_gone(token: Token, passage: Passage) -> str | None:
    """Return the words that set a trigger in the past, or None.

    Parameters
    ----------
    token
        The trigger.
    passage
        The passage that contains it.
    """
    return (
        _long_before(token)
        or _opening(token, passage)
        or _while_it_lasted(token, passage)
        or _recalled(token, passage)
        or _summed_up(token, passage)
    )


def _opening(token: Token, passage: Passage) -> str | None:
    """Return the words that open "In those days they still held X"."""
    start, _ = passage.bounds(token.sent)
    at = passage.starts[token.i]
    found = _OPENING.match(passage.text, start, at)
    if found is None or token.tag_ in {"VBP", "VBZ"}:
        return None
    if _OF_NOW.search(passage.text, found.end(), at):
        return None
    goes_on = any(c.lower_ in {"has", "have", "is", "are"} for c in token.children)
    return None if goes_on else found["words"]


def opens_in_past(text: str, start: int, at: int) -> bool:
    """Whether a sentence opens with words that set what follows in the past: "Before the war".

    Parameters
    ----------
    text
        Text of the article.
    start
        Offset of the sentence.
    at
        Offset of a name in it.

    Examples
    --------
    >>> opens_in_past("Before the war they ran Sennar.", 0, 24)
    True
    """
    found = _OPENING.match(text, start, at)
    return found is not None and _OF_NOW.search(text, found.end(), at) is None


def _while_it_lasted(token: Token, passage: Passage) -> str | None:
    """Return the "when" of "when they held X, schools were closed"."""
    if token.lemma_.lower() not in _HOLDING or token.tag_ != "VBD" or token.dep_ != "advcl":
        return None
    when = next((c for c in token.children if c.lower_ in {"when", "while"}), None)
    return passage.word(when) if when is not None else None


def _long_before(token: Token) -> str | None:
    """Return "nine months after" or "a year since", which set a clause in the distant past."""
    mark = next((c for c in token.children if c.lower_ in {"after", "since"}), None)
    if mark is None or mark.i < token.sent.start + 2:
        return None
    span = mark.doc[mark.i - 2 : mark.i + 1]
    few = span[0].lower_ in {"a", "one", "two"} and span[1].lower_.startswith("month")
    long = span[1].lower_ in {"month", "months", "year", "years", "decade", "decades"}
    return span.text if long and not few else None


_RECALLED = re.compile(
    r"\b(?P<words>commemorating|echoing|evoking|marking|memories of|recalling|reminiscent of)\s"
    r"(?:(?:an?|its|that|the|their)\s)?(?:[\w’'-]+\s){0,3}$",
    re.IGNORECASE,
)


def _recalled(token: Token, passage: Passage) -> str | None:
    """Return the words of "recalling the exodus from X", which tell of another time."""
    start, _ = passage.bounds(token.sent)
    found = _RECALLED.search(passage.text, start, passage.starts[token.i])
    return found["words"] if found is not None and token.pos_ == "NOUN" else None


_SUMMED_UP = re.compile(
    r"\b(?P<words>(?:bring|brings|bringing|brought|raise[sd]?|raising|take|takes|taking|took)\b"
    r"(?:\s(?:the|to)\b)[^;.]{0,40}?\b(?:number|total)\b)[^;.]*$"
)


def _summed_up(token: Token, passage: Passage) -> str | None:
    """Return the words of "the deaths bring to 46 the number killed by drones in X": a sum."""
    start, _ = passage.bounds(token.sent)
    found = _SUMMED_UP.search(passage.text, start, passage.starts[token.i])
    return found["words"] if found is not None else None
