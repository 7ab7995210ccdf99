"""Keep spans of a text, and say fast whether another one overlaps any of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Spans:
    """Spans of a text, each with a start and an end behind it.

    Parameters
    ----------
    spans
        The spans, in any order; they may overlap.

    Examples
    --------
    >>> taken = Spans([(5, 9), (0, 3)])
    >>> taken.overlaps(8, 12), taken.overlaps(3, 5)
    (True, False)
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted((s, e) for s, e in spans if s < e)
        self._starts = [s for s, _ in ordered]
        self._furthest = list(accumulate((e for _, e in ordered), max))  # end of all up to here
        self._later: list[tuple[int, int]] = []  # added since, of which none overlaps another one

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a span overlaps one of these."""
        at = bisect_left(self._starts, end)
        if at and self._furthest[at - 1] > start:
            return True
        at = bisect_left(self._later, (end, end))
        return at > 0 and self._later[at - 1][1] > start

    def add(self, start: int, end: int) -> None:
        """Add a span that overlaps none of these."""
        insort(self._later, (start, end))
