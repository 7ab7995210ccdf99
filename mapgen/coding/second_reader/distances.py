"""How far marks of a text lie apart: names of places and parties, figures and numbers.

Marks come in; a mark, or a number of characters, goes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from mapgen.coding.second_reader.reader import Mark


def nearest(mark: Mark, others: Sequence[Mark]) -> Mark:
    """Return the one of some marks that stands nearest to a mark, the earlier of two."""
    return min(others, key=lambda o: distance(o, mark))


def distance(one: Mark, other: Mark) -> int:
    """Return how many characters lie between two marks."""
    return max(one.span.start - other.span.end, other.span.start - one.span.end)


def away(number: re.Match[str], mark: Mark) -> int:
    """Return how many characters lie between a number and a mark."""
    return max(number.start() - mark.span.end, mark.span.start - number.end())


def words_outside(text: str, start: int, end: int, marks: Iterable[Mark]) -> str:
    """Return the words of a sentence that are in no mark.

    Parameters
    ----------
    text
        The text.
    start, end
        Offsets of the sentence.
    marks
        Marks of the sentence.
    """
    kept, at = [], start
    for m in sorted(marks, key=lambda m: m.span):
        kept.append(text[at : m.span.start])
        at = m.span.end
    return " ".join([*kept, text[at:end]])
