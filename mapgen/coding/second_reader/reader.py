"""Read an article with the network: what each place and each figure is, and how probably.

The text comes in with its sentences, georeferences and parties. Marks go out, one for each place,
party, unknown name and figure, with the probabilities of its labels and of the ties between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from mapgen.coding.english.led_lines import LedLines
from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.second_reader.candidates import beside, parties
from mapgen.coding.second_reader.labels import PARTY_LABELS, PLACE_LABELS
from mapgen.coding.second_reader.marked import MarkedText, Span, SpanKind, windows
from mapgen.core.spans import Spans
from mapgen.core.tables.word_lists import peoples
from mapgen.model import ClaimPlace
from mapgen.reading.passages import paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.english.quantities import Figure
    from mapgen.coding.second_reader.network import Network
    from mapgen.model import Role
    from mapgen.places.georeference import Georeference


_TELLING = ("C", "O", "D")
_LIKELY, _NEARBY = 0.5, 8
_SAYS = 0.6  # probability of a label from which an unknown name is read as that of a place


@dataclass(frozen=True, slots=True)
class Mark:
    """What the second reader says of one span.

    Parameters
    ----------
    span
        The span.
    sentence
        Offsets of its sentence.
    words
        The article's words.
    probabilities
        Probability of each label that fits the kind of the span.
    reference
        Georeference of a place; of "the town" that of the place it points back to.
    figure
        The figure, if the span is one.
    since
        Whether the text says since when the place is held, so that it counts as taken; see
        `since_when`.
    """

    span: Span
    sentence: tuple[int, int]
    words: str
    probabilities: dict[str, float]
    reference: Georeference | None = None
    figure: Figure | None = None
    since: bool = False

    @property
    def is_read_as_place(self) -> bool:
        """Whether this is a name of no list of which the network says what happened there."""
        return self.span.kind is SpanKind.NAME and self.is_told

    @property
    def is_told(self) -> bool:
        """Whether the network says what happened at this place."""
        return max(self.probabilities.get(label, 0.0) for label in PLACE_LABELS) >= _SAYS

    def claim_place(self, role: Role) -> ClaimPlace:
        """Return the mark as a place of a claim; one that is not known has no coordinates."""
        span, reference = self.span, self.reference
        place = reference.meant if reference is not None else None
        if reference is None or place is None:
            return ClaimPlace(surface=self.words, start=span.start, end=span.end, role=role)
        coref = reference.start != span.start
        return Mention(place, span.start, span.end, self.words, coref=coref).claim_place(role)


def read(
    text: str,
    sentences: Sequence[tuple[int, int]],
    references: Sequence[Georeference],
    year: int | None,
    network: Network,
) -> list[Mark]:
    """Return what the network says of the places, parties, unknown names and figures of a text.

    Parameters
    ----------
    text
        The text.
    sentences
        Offsets of the sentences to read, in reading order.
    references
        Georeferences of the text.
    year
        Year of the report, or None.
    network
        The network.

    Returns
    -------
    list of Mark
        The marks in the order of the text.
    """
    places = {r.start: r for r in references if r.meant is not None}
    figures = {}
    for start, end in sentences:
        for figure in find_figures(text[start:end]):
            figures[start + figure.start] = (start + figure.end, figure)
    taken = [(r.start, r.end) for r in places.values()]
    spans = [Span(r.start, r.end, SpanKind.PLACE) for r in places.values()]
    known = Spans(taken)
    starts = sorted(start for start, _ in taken)
    for start, (last, _) in figures.items():
        at = bisect_right(starts, start)
        until = min([last, *starts[at : at + 1]])  # in "300 residents of Bor" before the place
        until -= len(text[start:until]) - len(text[start:until].rstrip())
        if not known.overlaps(start, start + 1):
            spans.append(Span(start, until, SpanKind.FIGURE))
            known.add(start, until)
    taken += [(s.start, s.end) for s in spans]
    acting = parties(text, taken)
    spans += acting
    spans += beside(text, sentences, [*taken, *((s.start, s.end) for s in acting)])
    marked = MarkedText(text, tuple(sentences), tuple(_apart(spans)), year)
    made = list(windows(marked, network.vocabulary))
    ordered = sorted(sentences)
    begin = [start for start, _ in ordered]
    marks: list[Mark] = []
    for reading in network.read(made):
        for k, span in enumerate(reading.spans):
            sentence = ordered[bisect_right(begin, span.start) - 1]
            words, chances = text[span.start : span.end], reading.probabilities[k]
            if span.kind is SpanKind.NAME and peoples().issuperset(words.split()):
                span = replace(span, kind=SpanKind.PARTY)  # noqa: PLW2901 - "Serbs" is no place
                chances = {label: chances[label] for label in PARTY_LABELS}
            marks.append(
                Mark(
                    span,
                    sentence,
                    words,
                    chances,
                    places.get(span.start),
                    figures[span.start][1] if span.kind is SpanKind.FIGURE else None,
                )
            )
    return _pointing_back(marks, text, references, LedLines.of(text, references))


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return spans in the order of the text, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def _pointing_back(
    marks: Sequence[Mark], text: str, references: Sequence[Georeference], led: LedLines
) -> list[Mark]:
    """Give the words that point back, such as "the town", the settlement that they mean.

    That is the one that leads the paragraph, unless their own sentence names another before them;
    else the one of the paragraph named last before, or the one that the paragraphs before are
    about.
    """
    towns = [r for r in references if r.meant is not None and r.meant.precision == "settlement"]
    towns.sort(key=lambda r: r.end)
    ends = [r.end for r in towns]
    parts = [p.start for p in paragraphs(text)]
    found: list[Mark] = []
    for mark in marks:
        if mark.reference is None and mark.span.kind is SpanKind.PLACE:
            last = bisect_right(ends, mark.span.start) - 1
            line = led.at(mark.span.start)
            if line is not None and (last < 0 or ends[last] <= mark.sentence[0]):
                found.append(replace(mark, reference=line.leader))
                continue
            nearby = [m for m in found[-_NEARBY:] if m.span.kind is SpanKind.NAME]
            if any(max(m.probabilities[x] for x in _TELLING) >= _LIKELY for m in nearby):
                last = -1  # a village that no gazetteer knows may be meant
            begin = parts[max(bisect_right(parts, mark.span.start) - 1, 0)] if parts else 0
            meant = _meant(towns, last, text, begin, parts)
            found.append(replace(mark, reference=meant))
        else:
            found.append(mark)
    return found


def _meant(
    towns: Sequence[Georeference], last: int, text: str, begin: int, parts: Sequence[int]
) -> Georeference | None:
    """Return the town that "the city" means in the paragraph that begins at an offset.

    ``last`` is the number of the town named last before it, or -1. Of several towns of an earlier
    paragraph one is meant only if something is denied of all others, or only their airports are
    told of; else it is that of the title.
    """
    if last < 0 or towns[last].start >= begin:
        return towns[last] if last >= 0 else None
    number = bisect_right(parts, towns[last].start) - 1
    opens = parts[max(number, 0)]
    near = (towns[n] for n in range(last, max(last - _MOST_TOWNS, -1), -1))
    here = list(takewhile(lambda r: r.start >= opens, near))[::-1]
    if _are_one(here):
        return here[-1]
    told = [r for r in here if not _is_denied(r, text) and not _AT_A_SITE.match(text, r.end)]
    if _are_one(told):
        return told[-1]
    title = parts[1] if len(parts) > 1 else 0
    head = list(takewhile(lambda r: r.start < title, towns))
    if _are_one(head):
        return head[-1]
    return here[-1] if here and len(told) == len(here) else None


_MOST_TOWNS = 50
"""Of an earlier paragraph that are looked at."""


def _are_one(references: Sequence[Georeference]) -> bool:
    return len({r.meant.id for r in references if r.meant is not None}) == 1


def _is_denied(reference: Georeference, text: str) -> bool:
    """Whether a sentence says behind the name of a town that somebody denies it."""
    end = _SENTENCE_END.search(text, reference.end)
    return _DENIED.search(text, reference.end, end.start() if end else len(text)) is not None


_AT_A_SITE = re.compile(r"\s(?:air\s?base|airfield|airport|bridge|camp|dam|port)\b")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_DENIED = re.compile(
    r"\b(?:which|who|but|and)\b[^.;]{0,40}\b(?:denied|denies|deny|dismissed|dismisses|rejected)\b"
)
