"""Find the dates that only measure or describe something: "the first return since 2019".

The words before a date come in; whether the date is no day of an event goes out. So it is in
comparisons ("the worst fighting since 2012"), of what a place has been for long ("closed since
2014"), and of a sum that a report adds to ("adding to 60,000 uprooted since January").
"""

from __future__ import annotations

import re

from mapgen.coding.english.patterns import one_of

_RANKS = one_of(
    [
        "biggest",
        "bloodiest",
        "deadliest",
        "fiercest",
        "first",
        "gravest",
        "heaviest",
        "highest",
        "largest",
        "longest",
        "lowest",
        "most intense",
        "most serious",
        "second",
        "smallest",
        "third",
        "worst",
    ]
)
_IDLE = one_of(
    [
        "abandoned",
        "banned",
        "closed",
        "defunct",
        "deserted",
        "destroyed",
        "disused",
        "divided",
        "empty",
        "idle",
        "inactive",
        "in ruins",
        "out of action",
        "out of service",
        "out of use",
        "shut",
        "shuttered",
        "suspended",
        "unused",
    ]
)
_SUM = one_of(["adding to", "added to", "in addition to", "on top of", "joining", "bringing"])
_NO_VERB = r"(?: (?! \b (?: are | had | has | have | is | was | were ) \b ) [^.;:] ){0,60}"
_SINCE = r"since \s (?: \w+ \s ){0,2} $"
_SUCH = one_of(["attack", "attacks", "flight", "movement", "return", "returns", "time"])
_MEASURED = re.compile(
    rf"""
    \b (?: the | their | its | his | her | a ) \s (?: \w+ \s )? {_RANKS} \s
        (?: {_NO_VERB} \s )? {_SINCE}
  | \b {_RANKS} \s (?: such \s )? {_SUCH} \s {_SINCE}
  | (?: , | \( | \b (?: which | that ) \s ha[sd] \s been ) \s? (?: \w+ \s )?
        {_IDLE} \s (?: \w+ \s ){{0,3}} {_SINCE}
  | \b {_SUM} \s [^.;:]{{0,80}} \b {_SINCE}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ONE_BY_ONE = re.compile(r"\bthe (?:latter|other|second) since\b", re.IGNORECASE)
_NEAR = 120  # characters before a date that are searched


def only_measures(text: str, start: int) -> bool:
    """Whether a date only measures or describes, and is no day of what a sentence reports.

    Parameters
    ----------
    text
        A sentence.
    start
        Offset of the date in it.
    """
    if _ONE_BY_ONE.search(text):  # "both are held, the first since May, the second since June"
        return False
    return _MEASURED.search(text, max(0, start - _NEAR), start) is not None
