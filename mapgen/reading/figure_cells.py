"""Read the figure in a cell of a table: "12,400", "> 300", "1,200 - 1,500", "3,100 HH".

The words of a cell come in; a quantity with the bounds that the words allow goes out.
"""

from __future__ import annotations

import re

from mapgen.core.bounds import MOST_PEOPLE
from mapgen.model import Quantity

PEOPLE, FAMILIES = "people", "families"
"""Units of the figures of displaced people."""

_THOUSANDS = "|".join(  # one sign throughout: "41,200 300" are two figures
    rf"\d{{1,3}}(?:{sign}\d{{3}})+" for sign in (",", r"\.", "[’']", "[ \u00a0\u202f\u2009]")
)
_NUMBER = rf"(?:{_THOUSANDS})(?![\d.])|\d+(?:\.\d{{1,2}})?(?= ?(?:k|m|million)\b)|\d+(?:\.0+)?"
_SCALE = {"k": 1_000, "m": 1_000_000, "million": 1_000_000}
_UNIT = re.compile(r"\b(?:hhs?|households?|famil(?:y|ies))\b", re.IGNORECASE)
_CELL = re.compile(
    r"(?P<mod>~|≈|c\.|circa|about|around|approx(?:\.|imately)?|est(?:\.|imated)?|some|"
    r">=?|≥|over|more than|at least|<=?|≤|up to|less than|fewer than|under)? ?"
    rf"(?P<low>{_NUMBER})(?: ?(?P<scale>k|m|million)\b)?"
    rf"(?: ?(?:-|–|to) ?(?P<high>{_NUMBER})(?: ?(?P<scale2>k|m|million)\b)?)?\+?"
    r"(?P<unit> ?(?:individuals?|ind\.?|people|persons?|pers\.?|idps?|hhs?|households?|families))?"
    r"(?: ?\([^()]*\b(?:hhs?|households?|families|individuals?|ind|people|persons?)\b\.?\))?",
    re.IGNORECASE,
)
_AT_LEAST = frozenset({">", ">=", "≥", "over", "more than", "at least"})
_AT_MOST = frozenset({"<", "<=", "≤", "up to", "less than", "fewer than", "under"})
_MARKS = re.compile(r"[*†‡§¹²³⁰-⁹]+$|\s*\([a-z\d]\)$|\s*\[\d+\]$")


def without_marks(words: str) -> str:
    """Return the words of a cell without the sign of a footnote behind them: ``12,400*``."""
    return _MARKS.sub("", words.strip()).strip()


def quantity_in(words: str, unit: str) -> Quantity | None:
    """Return the number of people or families in a cell, or None for anything else.

    Parameters
    ----------
    words
        Words of the cell. A unit in it, other than in brackets, goes before that of the column.
    unit
        Unit of the column, `PEOPLE` or `FAMILIES`.
    """
    found = _CELL.fullmatch(without_marks(words))
    if found is None:
        return None
    first = _number(found["low"], found["scale"] or (found["scale2"] if found["high"] else None))
    second = _number(found["high"], found["scale2"]) if found["high"] else first
    if first is None or second is None or second < first:
        return None
    how = (found["mod"] or "").casefold()
    low: int | None = None if how in _AT_MOST else first
    high: int | None = None if how in _AT_LEAST or words.rstrip().endswith("+") else second
    if found["unit"]:
        unit = FAMILIES if _UNIT.search(found["unit"]) else PEOPLE
    best = low if low is not None and low == high else None
    return Quantity(low=low, high=high, best=best, unit=unit, words=words)


def _number(words: str, scale: str | None) -> int | None:
    """Return the number that digits express, or None for nothing or more people than there are."""
    if scale or re.fullmatch(r"\d+\.0+", words):
        number = round(float(words) * _SCALE.get((scale or "").casefold(), 1))
    else:
        number = int(re.sub(r"\D", "", words)[: len(str(MOST_PEOPLE)) + 1])
    return number if 0 < number < 10 ** (len(str(MOST_PEOPLE)) - 1) else None
