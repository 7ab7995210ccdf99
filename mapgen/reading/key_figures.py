"""Join the numbers in boxes of key figures with their labels: "12,400" over "people displaced".

The cells of a table, or two lines that follow each other, come in. What goes out are lines that
each have a number and its label, which are then read like a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    _Pair = tuple[str, str]  # a number and its label

_NUMBER = re.compile(
    r"(?:~|≈|>|c\. ?|about |approx\.? |over |more than |at least |an estimated |est\.? )?"
    r"\d{1,3}(?:(?:,\d{3})+|(?:[ \u00a0\u202f\u2009]\d{3})+|\d*(?:\.\d{1,2})?)"
    r"(?: ?(?:million|thousand|mn|m|k)(?![a-z]))?\+?"
    r"(?:[*†‡]|\(\d\))?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(rf"(?:US)?\$? ?(?:{_NUMBER.pattern})(?: ?%)?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2}")
_LABEL = re.compile(
    r"\b(?:people|persons?|individuals?|idps?|displaced|famil(?:y|ies)|households?|hhs?|civilians?|"
    r"children|women|returnees?|refugees?|arrivals?|evacuees|deaths?|dead|killed|injured|wounded|"
    r"casualties|fatalities|inhabitants|residents)\b",
    re.IGNORECASE,
)
_MOST_LABEL_WORDS = 20
_SENTENCE_INSIDE = re.compile(r"[a-z]{2}[.!?]\s+\S")
_LONGEST_CELL = 200


def is_number(words: str) -> bool:
    """Whether a line or cell is a number and nothing else: ``12,400``, ``~1.2 million``, 45K."""
    return _NUMBER.fullmatch(words.strip()) is not None


def is_label(words: str) -> bool:
    """Whether a line or cell can say whom a number counts: ``people displaced from Zamzam``."""
    told = words.strip()
    return (
        told[:1].isalpha()
        and len(told) <= _LONGEST_CELL
        and len(told.split()) <= _MOST_LABEL_WORDS
        and _LABEL.search(told) is not None
        and _SENTENCE_INSIDE.search(told) is None
    )


def goes_with(line: str, following: str) -> bool:
    """Whether a line is the number of a box and the next one its label."""
    return is_number(line) and is_label(following)


def figures_in_boxes(grid: Iterable[Sequence[str]]) -> list[str] | None:
    """Return the figures of a table of boxes, a line for each, or None if it is another table.

    A number stands over its label, to the left of it, or in one cell with it. A table with cells of
    other kinds or a number without a label is no table of boxes, and neither is one that counts no
    people.

    Parameters
    ----------
    grid
        Cells of each row; a cell that spans columns is repeated. No more rows are taken than it
        takes to tell.
    """
    rows = ([" ".join(cell.split()) for cell in row] for row in grid)
    filled = filter(any, rows)
    found: list[_Pair] = []
    row = next(filled, None)
    while row is not None:
        below = next(filled, None)
        over = _over(row, below) if below is not None else None
        pairs = _beside(row) if over is None else over
        if pairs is None:
            return None
        found += pairs
        row = below if over is None else next(filled, None)
    if not any(goes_with(number, label) for number, label in found):
        return None
    return [f"{number} {label}" for number, label in found]


def _over(row: Sequence[str], below: Sequence[str]) -> list[_Pair] | None:
    """Return the figures of a row of numbers over a row of labels, or None."""
    if len(row) != len(below):
        return None
    pairs = [pair for pair in zip(row, below, strict=True) if any(pair)]
    fit = all(_AMOUNT.fullmatch(number) and _WORDS.match(label) for number, label in pairs)
    return (
        [pair for at, pair in enumerate(pairs) if pair not in pairs[at - 1 : at]] if fit else None
    )


def _beside(row: Sequence[str]) -> list[_Pair] | None:
    """Return the figures of a row with each number before its label, or in its cell, or None."""
    cells = [cell for at, cell in enumerate(row) if cell and cell not in row[max(at - 1, 0) : at]]
    found: list[_Pair] = []
    waiting = iter(cells)
    for cell in waiting:
        amount = _AMOUNT.match(cell)
        label = cell[amount.end() :].strip() if amount else ""
        if amount and not label:
            label = next(waiting, "")
        if amount is None or not _WORDS.match(label):
            return None
        found.append((amount[0].strip(), label))
    return found
