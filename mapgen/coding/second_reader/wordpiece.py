"""Cut words into the pieces that the network knows.

This is the WordPiece scheme of BERT, uncased: accents and case are dropped, and each word is cut
into the longest pieces of the vocabulary, from the left. ``tests/unit/test_wordpiece.py`` compares
it with pieces that the library `tokenizers` made.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+|[^\w\s]")
_MOST_LETTERS = 100  # a longer word is unknown, as in BERT
_WORDS_KEPT = 20_000


class Vocabulary:
    """The pieces that a network knows, each with its number.

    Parameters
    ----------
    known
        The pieces, in the order of their numbers. A piece inside a word starts with ``##``.
    """

    def __init__(self, known: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(known)}
        self._unknown = self._numbers["[UNK]"]
        self.start, self.end = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self._cut = functools.lru_cache(_WORDS_KEPT)(self._pieces_of)

    def sign(self, name: str) -> int:
        """Return the number of a sign such as ``[unused1]``."""
        return self._numbers[name]

    def pieces(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text."""
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
        return [
            n for word in _WORD.findall(plain) for part in _parts(word) for n in self._cut(part)
        ]

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        if len(word) > _MOST_LETTERS:
            return (self._unknown,)
        found: list[int] = []
        at = 0
        while at < len(word):
            for end in range(len(word), at, -1):
                number = self._numbers.get(("##" if at else "") + word[at:end])
                if number is not None:
                    found.append(number)
                    at = end
                    break
            else:
                return (self._unknown,)
        return tuple(found)


def _parts(word: str) -> list[str]:
    """Return a word without underscores, which BERT takes for punctuation."""
    return re.split(r"(_)", word) if "_" in word else [word]
