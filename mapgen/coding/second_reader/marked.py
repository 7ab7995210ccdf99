"""Split a marked text into windows that the network reads one at a time.

A text with its sentences and marked spans comes in: the names of places and parties, and figures
that may matter. Windows go out: a few sentences with a sign before and after each span, and some
words of context on both sides.
"""

from __future__ import annotations

import re
from calendar import month_name
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapgen.coding.second_reader.wordpiece import Vocabulary

WORDS_BEFORE, WORDS_AFTER = 32, 28
"""Words of context before and after the sentences of a window."""

MOST_PIECES = 120
"""Pieces of words in the sentences of a window; one long sentence may have more."""

LONGEST = 300
"""Pieces of one sentence that are read; the rest of a longer one is left unread."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = "|".join(f"{m}|{m[:3]}" for m in month_name if m)
_FULL_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}}),? (?P<year>\d{{4}})\b"
)

_DAY_NO, _MONTH_NO, _YEAR_NO = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_IN_FIGURES = re.compile(
    rf"\b(?:(?P<year>{_YEAR_NO})(?P<sign>[-/.])(?P<month>{_MONTH_NO})(?P=sign)(?P<day>{_DAY_NO})"
    rf"|(?P<first>{_DAY_NO})(?P<dot>[/.])(?P<next>{_MONTH_NO})(?P=dot)(?P<last>{_YEAR_NO}))\b"
)


class SpanKind(StrEnum):
    """What a marked span may be."""

    PLACE = "place"
    NAME = "name"  # a name that no gazetteer knows, of a place or of anything else
    FIGURE = "figure"
    PARTY = "party"


_SIGNS = {
    SpanKind.PLACE: ("[unused1]", "[unused2]"),
    SpanKind.NAME: ("[unused3]", "[unused4]"),
    SpanKind.FIGURE: ("[unused5]", "[unused6]"),
    SpanKind.PARTY: ("[unused9]", "[unused10]"),
}
_FIRST, _LAST = "[unused7]", "[unused8]"  # around the sentences that are read
SIGNS = (*(sign for pair in _SIGNS.values() for sign in pair), _FIRST, _LAST)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A marked span by its character offsets, the end exclusive."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its sentences and the spans to judge.

    Parameters
    ----------
    text
        The text.
    sentences
        Offsets of its sentences, in reading order.
    spans
        Spans in the order of the text; they do not overlap.
    year
        Year of the report, to tell years past from this one; None if it is not known.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    spans: tuple[Span, ...]
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Numbers of the pieces of a window, and where its spans are among them.

    ``first`` and ``last`` are the positions of the signs around each span of ``spans``, and
    ``before`` that of the sign before the sentences.
    """

    pieces: tuple[int, ...]
    before: int
    spans: tuple[Span, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]


def windows(
    marked: MarkedText, vocabulary: Vocabulary, most: int = MOST_PIECES
) -> Iterator[Window]:
    """Yield the windows of a text that have spans to judge.

    Parameters
    ----------
    marked
        The text.
    vocabulary
        Vocabulary of the network.
    most
        Pieces that the sentences of a window may have together, unless it is one sentence.
    """
    group: list[int] = []
    pieces: list[int] = []
    places: list[tuple[Span, int, int]] = []
    for start, end in marked.sentences:
        here = [s for s in marked.spans if start <= s.start and s.end <= end]
        more, found = _signed(marked, start, end, here, vocabulary)
        if group and len(pieces) + len(more) > most:
            yield from _framed(marked, (group[0], group[-1]), pieces, places, vocabulary)
            group, pieces, places = [], [], []
        if not group and not here:
            continue  # a window starts with the first sentence that has a span
        places += [(s, a + len(pieces), b + len(pieces)) for s, a, b in found]
        group += [start, end]
        pieces += more
    if group:
        yield from _framed(marked, (group[0], group[-1]), pieces, places, vocabulary)


def _framed(
    marked: MarkedText,
    bounds: tuple[int, int],
    pieces: Sequence[int],
    places: Sequence[tuple[Span, int, int]],
    vocabulary: Vocabulary,
) -> Iterator[Window]:
    """Yield a window with its context, if it has spans."""
    if not places:
        return
    start, end = bounds
    ahead = " ".join(marked.text[max(0, start - 400) : start].split()[-WORDS_BEFORE:])
    behind = " ".join(marked.text[end : end + 400].split()[:WORDS_AFTER])
    context = vocabulary.pieces(with_ages(ahead, marked.year))
    rest = vocabulary.pieces(with_ages(behind, marked.year))
    head = [vocabulary.start, *context, vocabulary.sign(_FIRST)]
    numbers = (*head, *pieces, vocabulary.sign(_LAST), *rest, vocabulary.end)
    yield Window(
        pieces=numbers,
        before=len(head) - 1,
        spans=tuple(s for s, _, _ in places),
        first=tuple(a + len(head) for _, a, _ in places),
        last=tuple(b + len(head) for _, _, b in places),
    )


def _signed(
    marked: MarkedText, start: int, end: int, spans: Sequence[Span], vocabulary: Vocabulary
) -> tuple[list[int], list[tuple[Span, int, int]]]:
    """Return the pieces of a sentence with a sign around each span, and where the signs are."""
    pieces: list[int] = []
    found: list[tuple[Span, int, int]] = []
    at = start
    for span in spans:
        before = vocabulary.pieces(with_ages(marked.text[at : span.start], marked.year))
        inside = vocabulary.pieces(marked.text[span.start : span.end])
        opening, closing = _SIGNS[span.kind]
        if len(pieces) + len(before) + len(inside) + 2 > LONGEST:
            return pieces, found
        pieces += before
        first = len(pieces)
        pieces += [vocabulary.sign(opening), *inside, vocabulary.sign(closing)]
        found.append((span, first, len(pieces) - 1))
        at = span.end
    rest = vocabulary.pieces(with_ages(marked.text[at:end], marked.year))
    return pieces + rest[: LONGEST - len(pieces)], found


def with_ages(words: str, year: int | None) -> str:
    """Return words with the age of each year behind it: "in 2016 (years ago)".

    A day in figures is written in words: "2024-12-04" becomes "4 December".
    """
    if year is None:
        return words

    def aged(match: re.Match[str]) -> str:
        age = year - int(match[0])
        told = {0: " (this year)", 1: " (last year)"}.get(age, " (years ago)" if age > 1 else "")
        return match[0] + told

    words = _IN_FIGURES.sub(_in_words, words)
    # The texts that train the network leave the year of a day of this year out, as reports do.
    words = _FULL_DAY.sub(lambda m: m["day"] if int(m["year"]) == year else m[0], words)
    return _YEAR.sub(aged, words)


def _in_words(day: re.Match[str]) -> str:
    """Return a day in figures in words; which of 04/12 is the month is of no account here."""
    number, month = int(day["day"] or day["first"]), int(day["month"] or day["next"])
    return f"{number} {month_name[month]} {day['year'] or day['last']}"
