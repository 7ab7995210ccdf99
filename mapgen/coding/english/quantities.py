"""Figures in words, with the bounds the words allow: "tens of thousands" is 10,000 to 99,999.

No value is put in the middle: ``best`` is set only when the text gives a number as such.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from gazetteer.demonyms import demonyms
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Quantity

KM_PER_MILE = 1.609344  # the international mile of 1959
_SMALL = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    w: 10 * i
    for i, w in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_SCALE = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "k": 1_000,
    "m": 1_000_000,
}
_VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (100, 999),
    "thousands": (1_000, 9_999),
    "tens of thousands": (10_000, 99_999),
    "hundreds of thousands": (100_000, 999_999),
    "millions": (1_000_000, 9_999_999),
}
_AT_LEAST = (
    r"more than|over|at least|upwards of|no fewer than|(?:no|not) less than|in excess of|"
    r"exceeding|a minimum of"
)
_AT_MOST = (
    r"(?:anything )?up to|as many as|no more than|fewer than|less than|under|nearly|almost|close to"
)
_ABOUT = (
    r"about|around|some|roughly|approximately|an estimated|estimated|a total of|another|an extra"
)
_WORD = "|".join([*_SMALL, *_TENS, "half a", "a", "an"])
_NUMBER = (
    rf"(?:\d[\d,]*(?:\.\d+)?|(?:{_WORD})(?:[ -](?:{'|'.join([*_SMALL, *_TENS])}))*)"
    r"(?:[ -](?:dozen|hundred|thousand|million))*"
)
_NOT_DRAWN = frozenset({"soldiers", "troops", "fighters", "members"})
_FAMILIES = frozenset({"families", "households"})
_MOVED = (
    r"have|has|had|were|was|are|flee|fled|fleeing|left|crossed|crossing|arrived|reached|moved|made|"
    r"headed|took|taking|sought|escaped|more|of the displaced|of them|to flee|to leave|displaced|"
    r"newly|over the border|into|from|out of|went|came|come|who"
)
_HARMED = re.compile(
    r"[”\"]?\s+(?:(?:who )?(?:were|was|are|have been|had been)\s+)?"
    r"(?:killed|dead|wounded|injured|executed|massacred|slain|missing|died)\b",
    re.IGNORECASE,
)
_COUNTED_AGAIN = re.compile(
    r"\b(?:including|among them)\s+[\w .-]*(?:babies|boys|children|girls|infants|minors|women)$"
)
_LEAST_BARE = 50  # a bare number that moves: smaller ones count hours, days, villages


@functools.cache
def _people() -> str:
    """Return the alternatives of a pattern for nouns of people, as news writes them."""
    nations = {name for name in demonyms() if name.endswith(("s", "ese", "i", "ish"))}
    plurals = {f"{name}s" for name in demonyms() if name.endswith(("n", "i"))}
    nouns = {*word_list("mentions", "people_nouns"), *word_list("quantities", "people_nouns")}
    nouns -= {"cars", "community", "everyone", "exodus", "family", "half", "majority", "many"}
    nouns -= {"most", "population", "tens", "thousands", "hundreds", "millions", "dozens"}
    nouns |= _NOT_DRAWN | {"asylum[- ]seekers"}
    return "|".join(sorted(nouns | nations | plurals, key=lambda n: (-len(n), n)))


@functools.cache
def _figure() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?!one\s+of\s)(?P<mod>(?:{_AT_LEAST}|{_AT_MOST}|{_ABOUT})\s+)?"
        rf"(?P<num>(?:between\s+(?:{_AT_MOST}|{_ABOUT})?\s*)?"
        rf"(?P<lo>{_NUMBER})(?:\s+(?:and|to)\s+|[-–])(?P<hi>{_NUMBER})|"
        rf"(?:(?P<several>several|a few|many)\s+)?"
        rf"(?:(?:tens|hundreds) of thousands|(?:dozens|scores|hundreds?|thousands?|millions))"
        rf"(?=\s+(?:of|{_MOVED})\b|\s+(?:[\w'’-]+\s+){{0,2}}?(?:{_people()})\b)|"
        rf"(?:several|a few)\s+(?:dozen|hundred|thousand|million)|{_NUMBER})[”\"]?"
        rf"(?P<tail>[”\"]?\s+(?:of\s+)?(?:the\s+|its\s+|their\s+|these\s+)?"
        rf"(?:[\w'’-]+\s+){{0,3}}?(?P<noun>{_people()})\b)?"
        rf"(?P<moved>(?=[”\"]?\s+(?:{_MOVED})\b))?",
        re.IGNORECASE,
    )


_COUNTED = re.compile(
    rf"\b(?:number|numbers|total|tally|count|figure)\b[^.;]{{0,110}}?"
    rf"\b(?:at|to|passed|reached|exceeded|topped|as|is|was)\s+"
    rf"(?P<mod>(?:{_AT_LEAST}|{_AT_MOST}|{_ABOUT})\s+)?"
    rf"(?P<num>(?:between\s+)?(?P<lo>{_NUMBER})\s+and\s+(?P<hi>{_NUMBER})|"
    rf"\d{{1,3}}(?:,\d{{3}})+|\d[\d.]*\s+million|half a million|a million)\b"
    r"(?!\s*(?:km|square))"
)
"""A count told behind its noun: "put the number displaced at 36,288"."""


class Figure(NamedTuple):
    """A quantity and where its words stand, relative to the text that was searched."""

    quantity: Quantity
    start: int
    end: int


def parse_number(words: str) -> int | None:
    """Return the number that English words or digits give, or None.

    Parameters
    ----------
    words
        For example "370,000", "1.2 million", "half a million", "twenty-five thousand".

    Examples
    --------
    >>> parse_number("1.2 million"), parse_number("half a million"), parse_number("370,000")
    (1200000, 500000, 370000)
    """
    total, current, seen = 0.0, 0.0, False
    text = words.lower().replace("half a", "0.5").replace("-", " ")
    for token in text.split():
        if re.fullmatch(r"\d[\d,]*(\.\d+)?", token):
            current, seen = current + float(token.replace(",", "")), True
        elif token in _SMALL or token in _TENS:
            current, seen = current + (_SMALL.get(token) or _TENS.get(token, 0)), True
        elif token in {"a", "an"}:
            current = current or 1
        elif token in _SCALE:
            current, seen = (current or 1) * _SCALE[token], True
            if _SCALE[token] >= 1000:  # noqa: PLR2004 - "hundred" may still be multiplied
                total, current = total + current, 0.0
        else:
            return None
    return round(total + current) if seen else None


def _bounds(
    mod: str, num: str, lo: str | None, hi: str | None
) -> tuple[int | None, int | None, int | None] | None:
    if lo and hi:
        low, high = parse_number(lo), parse_number(hi)
        return None if low is None or high is None else (low, high, None)
    vague = _vague(num)
    if vague is not None:
        low, high = vague
        return low, (None if re.fullmatch(_AT_LEAST, mod, re.IGNORECASE) else high), None
    value = parse_number(num)
    if value is None:
        return None
    if re.fullmatch(_AT_LEAST, mod, re.IGNORECASE):
        return value, None, None
    if re.fullmatch(_AT_MOST, mod, re.IGNORECASE):
        return None, value, None
    return value, value, value


def find_figures(text: str) -> list[Figure]:
    """Return the figures of people in a sentence, in reading order.

    Parameters
    ----------
    text
        One sentence. A number counts when a noun for people or families follows, or when it is a
        vague plural ("thousands have fled").

    Returns
    -------
    list of Figure
        With offsets into ``text``.
    """
    found: list[Figure] = []
    for m in _figure().finditer(text):
        num, noun = m["num"], (m["noun"] or "").lower()
        vague = _vague(num) is not None
        mod = (m["mod"] or "").strip()
        of = re.match(r"\s+of\b", text[m.end("num") : m.end("num") + 4]) is not None
        bare = m["moved"] is not None and _is_count(num)
        if (
            _HARMED.match(text, m.end())
            or _COUNTED_AGAIN.search(text, max(0, m.end() - 80), m.end())
            or noun in _NOT_DRAWN
            or (not noun and not (vague and not of) and not bare)
        ):
            continue
        bounds = _bounds(mod, num, m["lo"], m["hi"])
        if bounds is None or (
            bounds[2] is not None and bounds[2] <= 1 and num.lower() in {"a", "an"}
        ):
            continue
        unit = "families" if noun in _FAMILIES else "people"
        words = text[m.start() : m.end("num")].strip()
        low, high, best = bounds
        found.append(
            Figure(
                Quantity(low=low, high=high, best=best, unit=unit, words=words), m.start(), m.end()
            )
        )
    for m in _COUNTED.finditer(text):
        passed = re.search(r"\b(?:passed|exceeded|topped)\s*$", text[: m.start("num")]) is not None
        bounds = _bounds("over" if passed else (m["mod"] or "").strip(), m["num"], m["lo"], m["hi"])
        if bounds is None or any(f.start < m.end() and m.start("num") < f.end for f in found):
            continue
        low, high, best = bounds
        start = m.start("mod") if m["mod"] else m.start("num")
        words = text[start : m.end()]
        quantity = Quantity(low=low, high=high, best=best, unit="people", words=words)
        found.append(Figure(quantity, start, m.end()))
    return sorted(found, key=lambda f: f.start)


def _is_count(num: str) -> bool:
    """Whether a bare number can be one of people: not a small one, not a year."""
    value = parse_number(re.split(r"[-–]| to ", num, maxsplit=1)[0])
    year = re.fullmatch(r"(?:19|20)\d\d", num) is not None
    return value is not None and value >= _LEAST_BARE and not year


def _vague(num: str) -> tuple[int, int] | None:
    """Return the bounds of a vague plural: "several hundred" is 200 to 999."""
    words = " ".join(num.lower().split())
    m = re.fullmatch(r"(?:several|a few|many)\s+(dozen|hundred|thousand|million)s?", words)
    if m:
        scale = _SCALE[m[1]]
        top = 99 if m[1] == "dozen" else 10 * scale - 1
        return (2 * scale if words.startswith(("several", "a few")) else scale), top
    return _VAGUE.get(words)
