"""Find the sentence of a claim, with the places that it names.

The sentences and georeferences of an article come in. For an offset, the bounds of its sentence and
the references in it go out, in their order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import SentenceRecord
    from mapgen.places.georeference import Georeference


class SentencePlaces:
    """The sentences of an article with the places that they name.

    Parameters
    ----------
    sentences
        Sentences in the order of the text.
    references
        The places that the article names.
    """

    def __init__(
        self, sentences: Sequence[SentenceRecord], references: Sequence[Georeference]
    ) -> None:
        self._sentences = sentences
        self._starts = [s.start for s in sentences]
        self._references = sorted(references, key=lambda r: r.start)
        self._spots = [r.start for r in self._references]

    def number(self, offset: int) -> int:
        """Return the number of the sentence at an offset, or -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the offsets at which a sentence begins and ends."""
        return self._sentences[number].start, self._sentences[number].end

    def named(self, number: int) -> list[Georeference]:
        """Return the places that a sentence names, in their order."""
        start, end = self.bounds(number)
        first = bisect_left(self._spots, start)
        return self._references[first : bisect_left(self._spots, end, first)]
