"""Read an article with the network: what each place and each figure is, and how probably.

The text comes in with its sentences, georeferences and parties. Marks go out, one for each place,
unknown name and figure, with the probabilities of its labels and of the ties between them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.second_reader.candidates import beside
from mapgen.coding.second_reader.marked import MarkedText, Span, SpanKind, windows
from mapgen.model import ClaimPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.english.quantities import Figure
    from mapgen.coding.second_reader.network import Network
    from mapgen.model import Role
    from mapgen.places.georeference import Georeference


_TELLING = ("C", "O", "D")
_LIKELY, _NEARBY = 0.5, 8


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
    """

    span: Span
    sentence: tuple[int, int]
    words: str
    probabilities: dict[str, float]
    reference: Georeference | None = None
    figure: Figure | None = None

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
    parties: Sequence[tuple[int, int]],
    year: int | None,
    network: Network,
) -> list[Mark]:
    """Return what the network says of the places, unknown names and figures of a text.

    Parameters
    ----------
    text
        The text.
    sentences
        Offsets of the sentences to read, in reading order.
    references
        Georeferences of the text.
    parties
        Offsets of the names of parties.
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
    for start, (last, _) in figures.items():
        inside = [s.start for s in spans if start < s.start < last]
        until = min([last, *inside])  # "300 residents of Bor": the figure ends before the place
        until -= len(text[start:until]) - len(text[start:until].rstrip())
        if not any(s.start <= start < s.end for s in spans):
            spans.append(Span(start, until, SpanKind.FIGURE))
    taken += [(s.start, s.end) for s in spans]
    spans += beside(text, sentences, [*taken, *parties])
    marked = MarkedText(text, tuple(sentences), tuple(_apart(spans)), year)
    made = list(windows(marked, network.vocabulary))
    marks: list[Mark] = []
    for reading in network.read(made):
        for k, span in enumerate(reading.spans):
            sentence = next(s for s in sentences if s[0] <= span.start < s[1])
            marks.append(
                Mark(
                    span,
                    sentence,
                    text[span.start : span.end],
                    reading.probabilities[k],
                    places.get(span.start),
                    figures[span.start][1] if span.kind is SpanKind.FIGURE else None,
                )
            )
    return _pointing_back(marks, references)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return spans in the order of the text, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
    return kept


def _pointing_back(marks: Sequence[Mark], references: Sequence[Georeference]) -> list[Mark]:
    """Give the words that point back, such as "the town", the settlement named last before."""
    towns = [r for r in references if r.meant is not None and r.meant.precision == "settlement"]
    found: list[Mark] = []
    for mark in marks:
        if mark.reference is None and mark.span.kind is SpanKind.PLACE:
            before = [r for r in towns if r.end <= mark.span.start]
            nearby = [m for m in found[-_NEARBY:] if m.span.kind is SpanKind.NAME]
            if any(max(m.probabilities[x] for x in _TELLING) >= _LIKELY for m in nearby):
                before = []  # a village that no gazetteer knows may be meant
            found.append(replace(mark, reference=before[-1] if before else None))
        else:
            found.append(mark)
    return found
