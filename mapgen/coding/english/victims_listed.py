"""Add up victims who are listed one by one: "a monk and two traders died" are three.

The words of a sentence come in; the lists with their sums go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = ["a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_NUMBER = rf"(?:{one_of([*_NUMBERS, 'ten', 'eleven', 'twelve'])}|\d{{1,3}})"
_ITEM = rf"(?:(?:her|his|their)\s)?{_NUMBER}\s[a-z][a-z-]*(?:\s(?!and\b)[a-z][a-z-]*)?"
_WERE = r"(?:(?:are|were|have\sbeen|had\sbeen)\s)?"
_LIST = re.compile(
    rf"\b(?P<items>{_ITEM}(?:,\s{_ITEM}){{0,5}},?\sand\s{_ITEM})\s{_WERE}"
    r"(?P<cue>dead|died|hurt|injured|killed|wounded)\b",
    re.IGNORECASE,
)
_APART = re.compile(r",\s(?:and\s)?|\sand\s")
_OWN = re.compile(r"(?:her|his|their)\s", re.IGNORECASE)


class Victims(NamedTuple):
    """A list of victims: its offsets, the word that says what befell them, and how many."""

    start: int
    end: int
    verb: int
    cue: str
    number: int
    words: str


def listed_victims(words: str) -> Iterator[Victims]:
    """Yield the lists of victims in the words of a sentence.

    Examples
    --------
    >>> [(v.number, v.cue) for v in listed_victims("X was bombed; a monk and two traders died.")]
    [(3, 'died')]
    """
    for found in _LIST.finditer(words):
        items = [_OWN.sub("", i).split(maxsplit=1)[0] for i in _APART.split(found["items"])]
        numbers = [1 if i.lower() in {"a", "an"} else parse_number(i) for i in items]
        known = [n for n in numbers if n is not None]
        if len(known) == len(items):
            at = found.start("items"), found.end(), found.start("cue")
            yield Victims(*at, found["cue"].lower(), sum(known), found["items"])
