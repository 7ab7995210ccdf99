"""Find sentences in capitals or in title case, and write their words as in any other sentence.

A parser takes "DENIED" for a name, and with it a denial for news. Names are found before, in the
text as it is; here the words between them get the letters that the parser knows.
"""

from __future__ import annotations

import re

_CHUNK = re.compile(r"[^.!?…\n]+[.!?…]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LEAST_WORDS = 4  # fewer are a name, or an acronym in an answer: "NATO: NO."
# Words that only a headline writes with a capital inside a sentence
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "not",
        "of",
        "on",
        "or",
        "over",
        "says",
        "than",
        "that",
        "the",
        "their",
        "to",
        "was",
        "were",
        "will",
        "with",
    ]
)
_LEAST_SMALL = 2  # of them with a capital, and no word without
_OPENING = " \t“”\"'‘’([—–-"
_ACRONYMS = frozenset({"US", "UN", "EU", "UK", "UAE", "USA", "NATO", "AU"})


class SentenceCase:
    """Gives the words of a paragraph the letters that they have in other sentences.

    Parameters
    ----------
    text
        An article.
    start, end
        Offsets of the paragraph.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._loud = [m.span() for m in _CHUNK.finditer(text, start, end) if _is_loud(m[0])]
        self._at = 0

    def word(self, word: str, at: int) -> str:
        """Return a word that is no name; it stays as it is unless its sentence is loud.

        Parameters
        ----------
        word
            The word.
        at
            Its offset in the article. Words are asked for in their order.
        """
        while self._at < len(self._loud) and self._loud[self._at][1] <= at:
            self._at += 1
        if self._at == len(self._loud) or self._loud[self._at][0] > at or word in _ACRONYMS:
            return word
        is_first = not self._text[self._loud[self._at][0] : at].strip(_OPENING)
        return word.capitalize() if is_first else word.lower()


def _is_loud(sentence: str) -> bool:
    words = _WORD.findall(sentence)
    if len(words) < _LEAST_WORDS:
        return False
    if sentence.isupper():
        return True
    small = [word for word in words if word.lower() in _SMALL]
    return len(small) >= _LEAST_SMALL and all(word[0].isupper() for word in words)
