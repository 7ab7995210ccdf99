"""Figures in words, with the bounds the words allow: "tens of thousands" is 10,000 to 99,999.

No value is put in the middle: ``best`` is set only when the text gives a number as such.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mapgen.model import Quantity

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
_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "k": 1_000, "m": 1_000_000}
_VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (100, 999),
    "thousands": (1_000, 9_999),
    "tens of thousands": (10_000, 99_999),
    "hundreds of thousands": (100_000, 999_999),
    "millions": (1_000_000, 9_999_999),
}
_AT_LEAST = r"more than|over|at least|upwards of|no fewer than|no less than|in excess of|exceeding"
_AT_MOST = r"up to|as many as|no more than|fewer than|less than|under|nearly|almost|close to"
_ABOUT = r"about|around|some|roughly|approximately|an estimated|estimated"
_WORD = "|".join([*_SMALL, *_TENS, "half a", "a", "an"])
_NUMBER = (
    rf"(?:\d[\d,]*(?:\.\d+)?|(?:{_WORD})(?:[ -](?:{'|'.join([*_SMALL, *_TENS])}))*)"
    r"(?:[ -](?:hundred|thousand|million))*"
)
_PEOPLE = (
    "people|persons|IDPs|occupants|residents|civilians|refugees|villagers|inhabitants|citizens|women|men|"
    "children|evacuees|"
    "returnees|migrants|others|individuals|asylum[- ]seekers|Syrians|Lebanese|Armenians|"
    "Sudanese|Ukrainians|"
    "Palestinians|Congolese|Ethiopians|Azerbaijanis|"
    "Rohingya|Afghans|Alawites|displaced|fighters|members"
)
_FIGURE = re.compile(
    rf"\b(?P<mod>(?:{_AT_LEAST}|{_AT_MOST}|{_ABOUT})\s+)?"
    rf"(?P<num>between\s+(?P<lo>{_NUMBER})\s+and\s+(?P<hi>{_NUMBER})|"
    rf"(?:tens|hundreds) of thousands|(?:dozens|scores|hundreds|thousands|millions)"
    rf"(?=\s+(?:of|have|had|were|are|fled|more|left|crossed)\b)|{_NUMBER})"
    rf"(?P<tail>\s+(?:of\s+)?(?:the\s+|its\s+|their\s+)?(?:[\w'’-]+\s+){{0,3}}?"
    rf"(?P<noun>{_PEOPLE}|families|households|soldiers|troops)\b)?",
    re.IGNORECASE,
)


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
    if num.lower() in _VAGUE:
        low, high = _VAGUE[num.lower()]
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
    for m in _FIGURE.finditer(text):
        num, noun = m["num"], (m["noun"] or "").lower()
        vague = num.lower() in _VAGUE
        if not noun and not vague:
            continue
        if noun in {"soldiers", "troops", "fighters", "members"}:
            continue
        bounds = _bounds((m["mod"] or "").strip(), num, m["lo"], m["hi"])
        if bounds is None or (
            bounds[2] is not None and bounds[2] <= 1 and num.lower() in {"a", "an"}
        ):
            continue
        unit = "families" if noun in {"families", "households"} else "people"
        words = text[m.start() : m.end("num")].strip()
        low, high, best = bounds
        found.append(
            Figure(
                Quantity(low=low, high=high, best=best, unit=unit, words=words), m.start(), m.end()
            )
        )
    return found
