"""Tell days from those who act: "On Friday, the 17th, the army", "5 December 2024 rebels".

Words of a parsed sentence come in; whether they are days, and phrases without them, go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.patterns import MONTH_NAMES, WEEKDAYS
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

TIMES = word_list("days", "times")
_DAYS = frozenset(map(str.casefold, [*WEEKDAYS, *MONTH_NAMES]))


def is_day(token: Token) -> bool:
    """Whether a word is a day of the week, a month or another time word."""
    return token.lower_ in _DAYS or token.lower_ in TIMES


def is_dated(token: Token) -> bool:
    """Whether a word is a day or its number: "On Friday, the 17th, the army took X"."""
    return is_day(token) or (token.tag_ == "NN" and token.text[:1].isdigit())


_BESIDE_DAYS = frozenset({"by", "early", "in", "late", "on"})


def without_days(run: list[Token]) -> list[Token]:
    """Drop a date before the words for a party: "5 December 2024 rebels".

    The date within a capitalised name is kept: "the September Martyrs Brigade".
    """
    in_capitals = all(t.text.isupper() for t in run)
    if not (run[-1].text.islower() or in_capitals) or not any(is_day(t) for t in run[:-1]):
        return run
    last = max(i for i, t in enumerate(run[:-1]) if is_day(t) or t.like_num)
    if not all(is_day(t) or t.like_num or t.lower_ in _BESIDE_DAYS for t in run[: last + 1]):
        return run
    return run[last + 1 :]
