"""Find figures of people in a sentence, with the bounds that the words allow.

Text comes in; quantities with their offsets go out. "Tens of thousands" is 10,000 to 99,999.
``best`` is set only if the text gives an exact number; a midpoint is never computed.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import NamedTuple

from gazetteer.demonyms import demonyms
from mapgen.coding.english.figure_shares import share_before
from mapgen.coding.english.patterns import MONTH_NAMES, one_of
from mapgen.core.bounds import MOST_PEOPLE
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Quantity

KM_PER_MILE = 1.609344  # the international mile, agreed in 1959
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
_AT_LEAST = one_of(
    [
        "more than",
        "over",
        "at least",
        "upwards of",
        "no fewer than",
        "no less than",
        "not less than",
        "in excess of",
        "exceeding",
        "a minimum of",
    ]
)
_AT_MOST = one_of(
    [
        "up to",
        "anything up to",
        "as many as",
        "no more than",
        "fewer than",
        "less than",
        "under",
        "nearly",
        "almost",
        "close to",
    ]
)
_ABOUT = one_of(
    [
        "about",
        "around",
        "some",
        "roughly",
        "approximately",
        "an estimated",
        "estimated",
        "a total of",
        "another",
        "an extra",
    ]
)
_MONTH = one_of(MONTH_NAMES)
_MODIFIER = rf"(?:{_AT_LEAST}|{_AT_MOST}|{_ABOUT})"
# longest first, because "seven" is the beginning of "seventeen" and "six" of "sixty"
_NUMBER_WORDS = sorted([*_SMALL, *_TENS], key=len, reverse=True)
_LARGE = one_of(["dozen", "hundred", "thousand", "million"])
# "230K people", "1.2M displaced", "1.2m people"; not "200m from the border"
_SHORT_SCALE = r"""(?: (?: k | (?-i: M ) | m (?= \s (?: people | persons | individuals
    | civilians | children | refugees | idps | displaced ) ) ) \b )?"""
_NUMBER = rf"""(?:
    (?: (?<!\d) \d{{1,3}} (?: [ \u00a0\u202f] \d{{3}} )+ (?![\d,])  # 14 000
      | \d (?: [\d,]* \d )? (?: \.\d+ )? {_SHORT_SCALE}
      | {one_of([*_NUMBER_WORDS, "half a", "a", "an"])}
        (?: [ -] {one_of(_NUMBER_WORDS)} )* )
    (?: [ -] {_LARGE} )*
)"""
# a hyphen between two numbers, but not the one in "sixty-seven"
_TO = rf"(?! (?<=ty) - {one_of(list(_SMALL)[1:10])} \b ) [-–]"
_PER_CENT = one_of(["per cent", "percent", "pct"])
_NOT_DRAWN = frozenset({"soldiers", "troops", "fighters", "members"})
_FAMILIES = frozenset({"families", "hh", "hhs", "households"})
_MOVED = one_of(  # words after a bare number that show it to be one of people on the move
    [
        "have",
        "has",
        "had",
        "were",
        "was",
        "are",
        "flee",
        "fled",
        "fleeing",
        "left",
        "crossed",
        "crossing",
        "arrived",
        "reached",
        "moved",
        "made",
        "headed",
        "took",
        "taking",
        "sought",
        "escaped",
        "more",
        "of the displaced",
        "of them",
        "to flee",
        "to leave",
        "displaced",
        "newly",
        "over the border",
        "into",
        "from",
        "out of",
        "went",
        "came",
        "come",
        "coming",
        "returning",
        "who",
    ]
)
_HARM = ["killed", "dead", "wounded", "injured", "executed", "massacred", "slain", "missing"]
_HARMED = re.compile(
    rf"""
    [”\"]? \s+ (?: (?: who\  )? {one_of(["were", "was", "are", "have been", "had been"])} \s+ )?
    {one_of([*_HARM, "died"])} \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PART = ["babies", "boys", "children", "girls", "infants", "minors", "women"]
_COUNTED_AGAIN = re.compile(
    rf"\b {one_of(['including', 'among them'])} \s+ [\w .,-]* {one_of(_PART)} $", re.VERBOSE
)
# "780 families (3,900 people)" and "3,900 individuals, or 780 households" are one group
_ALSO = re.compile(r"\s*(?:\(\s*|,?\s+or\s+|,\s+that\s+is\s+)", re.IGNORECASE)
# "bringing to 9,400 the number of arrivals since January", "planned for 300 households"
_NOT_OF_NOW = re.compile(
    rf"""
    (?: \b {one_of(["bring", "brings", "bringing", "brought"])} \s
        (?: (?: the | its ) \s [^.;,]{{0,60}}? )?\b to
      | \b {one_of(["on top of", "added to", "up from", "down from", "compared with"])}
      | \b {one_of(["planned", "built", "designed", "intended", "capacity"])} \s (?: for | of )
      | \b population \s of | (?P<home> \b home \s to ) | , \s population
      | (?P<before> \b already \s {one_of(["hosting", "housing", "sheltering"])} )
      | \b {one_of(["her", "his", "my"])}  # "with her three children"
    ) \s (?: the \s )? (?: {_MODIFIER} \s )? $
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "of whom some 300 are under five", "who came with three children"
_OF_AGE = re.compile(
    rf"""
    \s {one_of(["are", "is", "was", "were"])} \s (?: (?: now | still | all | reportedly ) \s )?
    {
        one_of(
            [
                "aged",
                "between the ages",
                "children",
                "disabled",
                "elderly",
                "girls",
                "boys",
                "infants",
                "minors",
                "older than",
                "over",
                "pregnant",
                "unaccompanied",
                "under",
                "women",
                "younger than",
            ]
        )
    } \b (?! \s (?: guard | siege | the ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WITH_HER = re.compile(r"\bwith (?:her |his |their )?(?:own )?$", re.IGNORECASE)
_RELATIVES = re.compile(
    r"\s(?:\w+ )?(?:babies|boys|children|daughters|girls|grandchildren|kids|siblings|sons)\b",
    re.IGNORECASE,
)
_MOST_RELATIVES = 12  # a family has no more children
_FLED = re.compile(r"\b(?:displaced|evacuees|IDPs|refugees)\b")
_INHABITANTS = re.compile(
    r"\(\s*(?:\w+\s)?[\d,.]+(?:\smillion)?\s(?:inhabitants|residents)\s*\)", re.IGNORECASE
)  # "Goma (670,000 inhabitants)"
_LEAST_BARE = 50  # smaller numbers without a noun often count hours, days or villages


@per_tables
def sites() -> str:
    """Return a pattern of the nouns for places and vehicles that are counted."""
    return one_of(sorted(word_list("quantities", "sites")))


@per_tables
def _people() -> str:
    """Return a regular expression for the nouns for people in news, nationalities included."""
    nations = {name for name in demonyms() if name.endswith(("s", "ese", "i", "ish"))}
    plurals = {f"{name}s" for name in demonyms() if name.endswith(("n", "i"))}
    nouns = {*word_list("mentions", "people_nouns"), *word_list("quantities", "people_nouns")}
    nouns |= {f"{people}s" for people in word_list("quantities", "peoples")}
    nouns -= {"cars", "community", "everyone", "exodus", "family", "half", "majority", "many"}
    nouns -= {"most", "population", "tens", "thousands", "hundreds", "millions", "dozens"}
    nouns |= _NOT_DRAWN | {"asylum-seekers", "asylum seekers", "hh", "hhs"}
    # "four Thai provinces" counts no people; "four Thai crossed the river" does
    alone = rf"(?! \s+ (?: [a-z][\w-]* \s+ )? {sites()} \b )"
    peoples = one_of(sorted(nations, key=lambda n: (-len(n), n)))
    return (
        f"(?: {one_of(sorted(nouns | plurals, key=lambda n: (-len(n), n)))} | {peoples} {alone} )"
    )


@per_tables
def _figure() -> re.Pattern[str]:
    """Return the pattern of a number and the noun for people after it, if there is one."""
    return re.compile(
        rf"""
        \b (?! one \s+ of \s )
        (?P<mod> {_MODIFIER} \s+ )?
        (?P<num>
            (?: between \s+ (?: {_AT_MOST} | {_ABOUT} )? \s* )?
            (?P<lo> {_NUMBER} ) (?: \s+ (?:and|to) \s+ | {_TO} ) (?P<hi> {_NUMBER} )
          | (?: (?P<several> several | a\ few | many ) \s+ )?
            (?: (?:tens|hundreds)\ of\ thousands | dozens|scores|hundreds?|thousands?|millions )
            (?= \s+ (?: of | {_MOVED} ) \b | \s+ (?: [\w'’-]+ \s+ ){{0,2}}? {_people()} \b )
          | (?: several | a\ few ) \s+ {_LARGE}
          | {_NUMBER} (?! \s? (?: % | {_PER_CENT} \b ) )
        )
        [”\"]?
        (?P<tail>
            [”\"]? \s+ (?: of \s+ )? (?: {one_of(["the", "its", "their", "these"])} \s+ )?
            (?: (?! {_MONTH} \b | \d+ \s ) [\w'’-]+ \s+ ){{0,3}}? (?P<noun> {_people()} ) \b
        )?
        (?P<moved> (?= [”\"]? \s+ {_MOVED} \b ) )?
        """,
        re.IGNORECASE | re.VERBOSE,
    )


_COUNTED = re.compile(
    rf"""
    \b {one_of(["number", "numbers", "total", "tally", "count", "figure"])} \b [^.;]{{0,110}}?
    \b {one_of(["at", "to", "passed", "reached", "exceeded", "topped", "as", "is", "was"])} \s+
    (?P<mod> {_MODIFIER} \s+ )?
    (?P<num>
        (?: between \s+ )? (?P<lo> {_NUMBER} ) \s+ and \s+ (?P<hi> {_NUMBER} )
      | \d{{1,3}} (?: ,\d{{3}} )+ | \d[\d.]* \s+ million | half\ a\ million | a\ million
    )
    \b (?! \s* (?:km|square) )
    """,
    re.VERBOSE,
)
"""Pattern of a count that follows its noun: "put the number displaced at 36,288"."""


class Figure(NamedTuple):
    """A quantity, and the character offsets of its words in the text that was searched."""

    quantity: Quantity
    start: int
    end: int


def parse_number(words: str) -> int | None:
    """Return the number that English words or digits express, or None.

    Parameters
    ----------
    words
        For example "370,000", "1.2 million", "half a million" or "twenty-five thousand".

    Returns
    -------
    int or None
        The number, rounded to an integer; None if any word is not part of a number, or if it has
        hundreds of digits.

    Examples
    --------
    >>> parse_number("1.2 million"), parse_number("half a million"), parse_number("370,000")
    (1200000, 500000, 370000)
    """
    total, current, seen = 0.0, 0.0, False
    text = words.lower().replace("half a", "0.5").replace("-", " ")
    text = re.sub(r"(?<=\d)\s(?=\d{3}(?!\d))", "", text)  # "14 000"
    text = re.sub(r"(?<=\d)(?=[km]\b)", " ", text)  # "230k"
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
    return round(total + current) if seen and math.isfinite(total + current) else None


def _bounds(
    mod: str, num: str, lo: str | None, hi: str | None
) -> tuple[int | None, int | None, int | None] | None:
    """Return the low, high and best values of a number with its modifier ("over", "up to")."""
    if lo and hi:
        low, high = parse_number(lo), parse_number(hi)
        if low is None or high is None or max(low, high) > MOST_PEOPLE or low > high:
            return None  # "fell from 7,000 to 4,800" is no range
        return low, high, None
    vague = _vague(num)
    if vague is not None:
        low, high = vague
        return low, (None if re.fullmatch(_AT_LEAST, mod, re.IGNORECASE) else high), None
    value = parse_number(num)
    if value is None or value > MOST_PEOPLE:
        return None
    if re.fullmatch(_AT_LEAST, mod, re.IGNORECASE):
        return value, None, None
    if re.fullmatch(_AT_MOST, mod, re.IGNORECASE):
        return None, value, None
    return value, value, value


def beyond_bounds(text: str) -> str | None:
    """Return the words of the first figure of people that no report can mean, or None.

    Parameters
    ----------
    text
        One sentence.
    """
    for m in _figure().finditer(text):
        numbers = [m["lo"], m["hi"]] if m["lo"] else [m["num"]]
        for number in numbers:
            value = parse_number(number)
            if value is None and _vague(number) is None and re.fullmatch(r"[\d,. \u00a0]+", number):
                return number
            if value is not None and value > MOST_PEOPLE:
                return number
    return None


def find_figures(text: str) -> list[Figure]:
    """Return the figures of people in a sentence, in reading order.

    A number counts if a noun for people or families follows it, if it is a vague plural ("thousands
    have fled"), if words of movement follow it ("9,000 crossed"), or if it follows words such as
    "the number displaced". Numbers of soldiers, and of people who were harmed, are left out.

    Parameters
    ----------
    text
        One sentence.

    Returns
    -------
    list of Figure
        Quantities in people or families, with character offsets into ``text``.
    """
    figures = (_before_noun(m) for m in _figure().finditer(text))
    found = [f for f in figures if f is not None]
    for m in _COUNTED.finditer(text):
        figure = _behind_noun(m)
        if figure is not None and not any(
            f.start < m.end() and m.start("num") < f.end for f in found
        ):
            found.append(figure)
    return _of_now(text, sorted(found, key=lambda f: f.start))


def _of_now(text: str, figures: list[Figure]) -> list[Figure]:
    """Drop running totals, how many live at a place, and a group in its second unit.

    Of "780 families (3,900 people)" the first is kept, as it is written.
    """
    kept: list[Figure] = []
    living = [m.span() for m in _INHABITANTS.finditer(text)]
    for f in figures:
        if kept and _is_same_group(text, kept[-1], f):
            kept[-1] = kept[-1]._replace(end=f.end)
            continue
        if _GREW_FROM.search(text, max(0, f.start - 60), f.start):
            continue
        before = _NOT_OF_NOW.search(text, max(0, f.start - 100), f.start)
        if before is not None and not _is_stock(text, before, f, last=f is figures[-1]):
            continue
        if any(start <= f.start < end for start, end in living) or _is_of_family(text, f):
            continue
        kept.append(_of_a_share(text, f))
    return kept


def _is_of_family(text: str, figure: Figure) -> bool:
    """Whether a figure counts how many of a group are so old, or the children of one person."""
    words = figure.start + len(figure.quantity.words)
    if _OF_AGE.match(text, words):
        return True
    few = (figure.quantity.best or _MOST_RELATIVES + 1) <= _MOST_RELATIVES
    return few and bool(_WITH_HER.search(text[: figure.start]) and _RELATIVES.match(text, words))


_GREW_FROM = re.compile(  # "rose from 3,000 to 5,000" counts all who are there
    r"\b(?:climbed|grew|grown|increased|jumped|rise|risen|rose|swelled|swollen)\s(?:\w+\s){0,3}"
    r"from\s(?:(?:about|almost|around|nearly|over|some)\s)?$",
    re.IGNORECASE,
)


def _of_a_share(text: str, figure: Figure) -> Figure:
    """Return "most of the town's 20,000 people" as more than half of them, up to all."""
    whole = figure.quantity.best
    share = share_before(text, figure.start, figure.end, whole) if whole is not None else None
    if share is None:
        return figure
    words = share.words or text[share.start : figure.start] + figure.quantity.words
    own = replace(figure.quantity, low=share.low, high=share.high, best=share.best, words=words)
    return figure._replace(quantity=own, start=share.start)


def _is_stock(text: str, before: re.Match[str], figure: Figure, *, last: bool) -> bool:
    """Whether a figure counts those who stay at a place, and no other figure those who come."""
    if before["home"]:
        return _FLED.search(text, figure.start, figure.end) is not None
    return before["before"] is not None and last


def _is_same_group(text: str, first: Figure, second: Figure) -> bool:
    """Whether the second figure only counts the first group in another unit."""
    units = {first.quantity.unit, second.quantity.unit}
    between = text[first.end : second.start]
    return units == {"families", "people"} and _ALSO.fullmatch(between) is not None


def _before_noun(m: re.Match[str]) -> Figure | None:
    """Return the figure of "3,000 people" or "thousands have fled"; None if not of people."""
    num, noun = m["num"], (m["noun"] or "").lower()
    if not noun and not _counts_people(m):
        return None
    again = _COUNTED_AGAIN.search(m.string, max(0, m.end() - 80), m.end())
    if noun in _NOT_DRAWN or again or _HARMED.match(m.string, m.end()):
        return None
    bounds = _bounds((m["mod"] or "").strip(), num, m["lo"], m["hi"])
    if bounds is None:
        return None
    low, high, best = bounds
    if best is not None and best <= 1 and num.lower() in {"a", "an"}:
        return None
    unit = "families" if noun in _FAMILIES else "people"
    words = m.string[m.start() : m.end("num")].strip()
    quantity = Quantity(low=low, high=high, best=best, unit=unit, words=words)
    return Figure(quantity, m.start(), m.end())


def _counts_people(m: re.Match[str]) -> bool:
    """Whether a number without a noun counts people: "thousands", "9,000 crossed"."""
    of = re.match(r"\s+of\b", m.string[m.end("num") : m.end("num") + 4]) is not None
    if _vague(m["num"]) is not None and not of:
        return True
    return m["moved"] is not None and _is_count(m["num"])


def _behind_noun(m: re.Match[str]) -> Figure | None:
    """Return the figure of "put the number displaced at 36,288"."""
    passed = re.search(r"\b(?:passed|exceeded|topped)\s*$", m.string[: m.start("num")]) is not None
    bounds = _bounds("over" if passed else (m["mod"] or "").strip(), m["num"], m["lo"], m["hi"])
    if bounds is None:
        return None
    low, high, best = bounds
    start = m.start("mod") if m["mod"] else m.start("num")
    words = m.string[start : m.end()]
    quantity = Quantity(low=low, high=high, best=best, unit="people", words=words)
    return Figure(quantity, start, m.end())


def _is_count(num: str) -> bool:
    """Whether a bare number can be one of people; small numbers and years cannot."""
    value = parse_number(re.split(r"[-–]| to ", num, maxsplit=1)[0])
    year = re.fullmatch(r"(?:19|20)\d\d", num) is not None
    return value is not None and value >= _LEAST_BARE and not year


def _vague(num: str) -> tuple[int, int] | None:
    """Return the bounds of a vague plural, or None: "several hundred" is 200 to 999."""
    words = " ".join(num.lower().split())
    m = re.fullmatch(r"(?:several|a few|many)\s+(dozen|hundred|thousand|million)s?", words)
    if m:
        scale = _SCALE[m[1]]
        top = 99 if m[1] == "dozen" else 10 * scale - 1
        return (2 * scale if words.startswith(("several", "a few")) else scale), top
    return _VAGUE.get(words)


COUNT = rf"""
    (?: (?P<mod> {_MODIFIER} ) \s+ )?
    (?P<num>
        (?: between \s+ )? (?P<lo> {_NUMBER} ) (?: \s+ (?:and|to) \s+ | {_TO} ) (?P<hi> {_NUMBER} )
      | (?: several | a\ few | many ) \s+ {_LARGE}
      | (?: tens | hundreds )\ of\ thousands | dozens | scores | hundreds | thousands
      | {_NUMBER}
    )
"""
"""Pattern of a number with its modifier, in the groups ``mod``, ``num``, ``lo`` and ``hi``."""


def quantity_of(m: re.Match[str], unit: str) -> Quantity | None:
    """Return the quantity of a match of `COUNT`, or None if it is no number of people.

    Parameters
    ----------
    m
        A match of a pattern that contains `COUNT` once.
    unit
        What is counted, such as ``killed``.
    """
    bounds = _bounds((m["mod"] or "").strip(), m["num"], m["lo"], m["hi"])
    if bounds is None or m["num"].lower() in {"a", "an"}:
        return None
    low, high, best = bounds
    start = m.start("mod") if m["mod"] else m.start("num")
    words = m.string[start : m.end("num")].strip()
    return Quantity(low=low, high=high, best=best, unit=unit, words=words)
