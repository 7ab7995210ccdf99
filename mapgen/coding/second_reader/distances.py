"""How far marks of a text lie apart: names of places and parties, figures and numbers.

Marks come in; a mark, or a number of characters, goes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

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
