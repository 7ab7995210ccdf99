"""Find what the second reader judges: names, words that stand for a place, parties, and figures.

The georeferences and figures of a text are known already. This module adds names that no gazetteer
knows, so that a village of which nothing is known is not passed over, words such as "the town" that
point back to a place, and the parties, by name or by words such as "rebels".
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.coding.second_reader.marked import Span, SpanKind
from mapgen.core.tables.actors import FORCE_WORDS, REBEL_WORDS, STATE_WORDS, default_table
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LETTER = r"[^\W\d_]"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻŁŃŅŇŌŐŒŔŘŚŞŠŤŪŮŰŲŹŻŽẞ]"
_WORD = rf"(?:{_CAPITAL}[\w'’]*|(?:al|el|an|ar|as|ash|az|ed|es)-{_CAPITAL}[\w'’]*)(?:-[\w'’]+)*"
_NAME = re.compile(rf"(?<![\w'’-]){_WORD}(?: (?:(?:de|del|la|al|el|da|do|of the) )?{_WORD})*")
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_NAMES = frozenset({*month_name, *day_name, "I", "GMT", "UTC", "Mr", "Mrs", "Ms", "Dr"})
_BEFORE_NAMES = frozenset(
    {
        "about",
        "above",
        "across",
        "after",
        "against",
        "all",
        "and",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "below",
        "between",
        "both",
        "but",
        "by",
        "even",
        "except",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "like",
        "near",
        "nearby",
        "of",
        "on",
        "only",
        "outside",
        "over",
        "since",
        "then",
        "through",
        "to",
        "toward",
        "towards",
        "under",
        "until",
        "when",
        "while",
        "with",
        "within",
        "without",
    }
)
"""Words that may stand with a capital before a name at the start of a sentence: "From Kidal"."""

_SHORT = 3  # letters; a shorter word that starts a sentence is no name: "In", "The"
_LONGEST = 40  # letters; longer runs of capitalised words are headlines
_TOWN_NOUNS = word_list("mentions", "town_nouns")
_PREMISES = word_list("mentions", "premises")


@per_tables
def _back() -> re.Pattern[str]:
    """Return a pattern for words that point back to a place, such as "the town".

    "The town of Adre" points to no place named before, and "the city jail" is not the city.
    """
    others = "|".join(sorted({"of", "called", "named"} | _PREMISES))
    nouns = "|".join(sorted(_TOWN_NOUNS))
    return re.compile(rf"\b(?:[Tt]he|[Tt]hat|[Tt]his) (?:{nouns})\b(?! (?:{others})\b)")


@per_tables
def _forces() -> re.Pattern[str]:
    """Return a pattern for parties named by general words: "rebels", "Russian troops"."""
    nations = "|".join(sorted(map(re.escape, demonyms()), key=len, reverse=True))
    sides = r"government|[Pp]ro-[\w-]+|[\w'’]+-(?:allied|backed|held|led|linked)"
    nouns = "|".join(sorted(STATE_WORDS | REBEL_WORDS | FORCE_WORDS))
    return re.compile(
        rf"\b(?:(?:{nations}|{sides}) )*(?:[Aa]rmed )?(?:{nouns})\b(?:['’]s)?(?: (?:{nouns})\b)?"
        rf"|\b(?:{nations})\b"
    )


def parties(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """Return the parties of a text, named or in general words, apart from the spans taken.

    Parameters
    ----------
    text
        The text.
    taken
        Offsets of what stands for something else: places and figures.

    Returns
    -------
    list of Span
        The parties in the order of the text. They do not overlap.
    """
    busy = sorted(taken)
    kept: list[Span] = []
    named = default_table().spans(text)
    general = [m.span() for m in _forces().finditer(text)]
    for start, end in [*named, *general]:
        own = _POSSESSIVE.search(text, start, end)
        span = Span(start, own.start() if own else end, SpanKind.PARTY)
        if not any(a < span.end and span.start < b for a, b in busy):
            kept.append(span)
            busy.append((span.start, span.end))
    return sorted(kept)


def beside(
    text: str, sentences: Sequence[tuple[int, int]], taken: Iterable[tuple[int, int]]
) -> list[Span]:
    """Return the names and the words that point back to a place, apart from the spans taken.

    Parameters
    ----------
    text
        The text.
    sentences
        Offsets of its sentences.
    taken
        Offsets of what is known: places, parties, figures.

    Returns
    -------
    list of Span
        Unknown names, and phrases such as "the town" as places, in the order of the text.
    """
    busy = sorted(taken)
    found = []
    for start, end in sentences:
        here = [b for b in busy if b[0] < end and start < b[1]]
        spans = [
            Span(m.start(), m.end(), SpanKind.PLACE) for m in _back().finditer(text, start, end)
        ]
        spans += _names(text, start, end)
        found += [s for s in spans if not any(a < s.end and s.start < b for a, b in here)]
    return sorted(found)


def _names(text: str, start: int, end: int) -> list[Span]:
    found = []
    for match in _NAME.finditer(text, start, end):
        a, b = match.span()
        words = match[0].split()
        while words and words[0] in _NO_NAMES:
            a += len(words.pop(0)) + 1
        while words and words[-1] in _NO_NAMES:
            b -= len(words.pop()) + 1
        while len(words) > 1 and words[0].lower() in _BEFORE_NAMES:
            a += len(words.pop(0)) + 1
        if not words or (a == start and len(words) == 1 and len(words[0]) <= _SHORT):
            continue
        own = _POSSESSIVE.search(text, a, b)
        b = own.start() if own else b
        if 0 < b - a <= _LONGEST:
            found.append(Span(a, b, SpanKind.NAME))
    return found
