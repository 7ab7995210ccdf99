"""Turn examples into batches of numbers for training.

Names are swapped at random, so that the network learns the words around a place and not the place;
some places are shown as names that no gazetteer knows; some examples are joined to longer texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from mapgen.coding.second_reader.labels import LABELS, PARTY_LABELS, labels_of
from mapgen.coding.second_reader.marked import (
    MOST_PIECES,
    MarkedText,
    Span,
    SpanKind,
    Window,
    windows,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from mapgen.coding.second_reader.wordpiece import Vocabulary
    from training.marked_texts import Example, Told

SWAPPED, UNKNOWN, JOINED, SHORT = 0.5, 0.25, 0.5, 0.15
"""Shares of examples with other names, of places and parties shown as unknown names, of examples
that are joined to others, and of those whose windows are single sentences."""

MOST_JOINED = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A window with what its spans should be called, and the ties of figures to places.

    ``wanted`` has the labels of each span, and ``tells_parties`` whether those of parties are
    known. ``ties`` has 1 or 0 for a pair of span numbers (figure,
    place) of which it is known whether they belong together.
    """

    window: Window
    wanted: tuple[frozenset[str], ...]
    ties: dict[tuple[int, int], float]
    tells_parties: bool = True


def items(
    examples: Sequence[Example],
    vocabulary: Vocabulary,
    rng: random.Random | None,
    pool: Sequence[str],
) -> list[Item]:
    """Return the windows of examples; with ``rng`` varied for training, else as they stand."""
    texts: list[tuple[MarkedText, dict[int, Told], bool]] = []
    if rng is None:
        texts = [(e.marked, e.marks, e.tells_parties) for e in examples]
    else:
        for group in _joined(examples, rng):
            varied = [_varied(e, rng, pool) for e in group]
            texts.append((*_concatenated(varied), group[0].tells_parties))
    found = []
    for marked, marks, tells_parties in texts:
        most = 1 if rng is not None and rng.random() < SHORT else MOST_PIECES
        for window in windows(marked, vocabulary, most):
            told = [marks.get(s.start) for s in window.spans]
            wanted = tuple(frozenset(t.labels) if t else frozenset() for t in told)
            found.append(Item(window, wanted, _ties(window, told, marked), tells_parties))
    return found


def _joined(examples: Sequence[Example], rng: random.Random) -> list[list[Example]]:
    """Yield examples alone or joined with others of the same year, in a random order."""
    order = list(examples)
    rng.shuffle(order)
    order.sort(key=lambda e: (e.marked.year or 0, e.tells_parties))
    groups: list[list[Example]] = []
    for example in order:
        last = groups[-1] if groups else []
        fits = bool(last) and len(last) < MOST_JOINED and _can_join(last[0], example)
        if fits and not any(_are_pair(example, e) for e in last) and rng.random() < JOINED:
            last.append(example)
        else:
            groups.append([example])
    return groups


def _can_join(one: Example, other: Example) -> bool:
    same_year = one.marked.year == other.marked.year
    return same_year and one.tells_parties == other.tells_parties


def _are_pair(one: Example, other: Example) -> bool:
    return (one.file, one.pair) == (other.file, other.pair)


_SEEN_AS = {
    SpanKind.PLACE: SpanKind.NAME,
    SpanKind.PARTY: SpanKind.NAME,
    SpanKind.NAME: SpanKind.PLACE,
}
"""As what else a name may be seen, as no list of names is complete or free of errors."""


def _varied(
    example: Example, rng: random.Random, pool: Sequence[str]
) -> tuple[MarkedText, dict[int, Told]]:
    """Return an example with other names of places, or as it stands."""
    marked = example.marked
    names: dict[str, str] = {}
    if rng.random() < SWAPPED:
        for s in marked.spans:
            words = marked.text[s.start : s.end]
            if s.kind is SpanKind.PLACE and words[:1].isupper():
                names.setdefault(words, rng.choice(pool))
    text, at = "", 0
    spans, marks, moved = [], {}, {}
    for s in marked.spans:
        text += marked.text[at : s.start]
        words = marked.text[s.start : s.end]
        kind = s.kind
        if words[:1].isupper() and rng.random() < UNKNOWN:
            kind = _SEEN_AS.get(kind, kind)
        moved[s.start] = len(text)
        words = names.get(words, words)
        spans.append(Span(len(text), len(text) + len(words), kind))
        if s.start in example.marks:
            marks[len(text)] = example.marks[s.start]
        text += words
        at = s.end
    text += marked.text[at:]
    sentences = tuple(
        (_shifted(a, marked, spans), _shifted(b, marked, spans)) for a, b in marked.sentences
    )
    return MarkedText(text, sentences, tuple(spans), marked.year), marks


def _shifted(offset: int, old: MarkedText, spans: Sequence[Span]) -> int:
    """Return where an offset of the old text, at no span's inside, lies in the new one."""
    shift = 0
    for before, after in zip(old.spans, spans, strict=True):
        if before.end <= offset:
            shift = after.end - before.end
    return offset + shift


def _concatenated(
    parts: Sequence[tuple[MarkedText, dict[int, Told]]],
) -> tuple[MarkedText, dict[int, Told]]:
    text, year = "", parts[0][0].year
    sentences: list[tuple[int, int]] = []
    spans: list[Span] = []
    marks: dict[int, Told] = {}
    for part, told in parts:
        text += "\n\n" if text else ""
        shift = len(text)
        text += part.text
        sentences += [(a + shift, b + shift) for a, b in part.sentences]
        spans += [Span(s.start + shift, s.end + shift, s.kind) for s in part.spans]
        marks |= {a + shift: t for a, t in told.items()}
    return MarkedText(text, tuple(sentences), tuple(spans), year), marks


def _ties(
    window: Window, told: Sequence[Told | None], marked: MarkedText
) -> dict[tuple[int, int], float]:
    """Return for pairs of a figure and a place in one sentence whether they belong together."""
    ties = {}
    movers = {"O", "D", "OX", "DX", "RET", "HOST", "ORD"}
    moved = {"F", "FX", "FR", "FH", "FO"}
    for f, figure in enumerate(told):
        if figure is None or window.spans[f].kind is not SpanKind.FIGURE:
            continue
        for p, place in enumerate(told):
            if window.spans[p].kind is SpanKind.FIGURE:
                continue
            if not _in_one_sentence(window.spans[f], window.spans[p], marked):
                continue
            ours = {figure.labels[x] for x in moved & figure.labels.keys()}
            theirs = {place.labels[x] for x in movers & place.labels.keys()} if place else set()
            ties[f, p] = float(bool(ours & theirs))
    return ties


def _in_one_sentence(one: Span, other: Span, marked: MarkedText) -> bool:
    return any(a <= one.start < b and a <= other.start < b for a, b in marked.sentences)


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors, with the spans of all of them in one list."""

    numbers: torch.Tensor
    inside: torch.Tensor
    row: torch.Tensor
    first: torch.Tensor
    last: torch.Tensor
    before: torch.Tensor
    wanted: torch.Tensor
    weight: torch.Tensor
    pairs: torch.Tensor
    tied: torch.Tensor


def batch(group: Sequence[Item]) -> Batch:
    """Return items as tensors."""
    longest = max(len(i.window.pieces) for i in group)
    numbers = torch.zeros((len(group), longest), dtype=torch.long)
    inside = torch.zeros((len(group), longest), dtype=torch.bool)
    row, first, last, before, wanted, weight, pairs, tied = [], [], [], [], [], [], [], []
    for r, item in enumerate(group):
        window = item.window
        numbers[r, : len(window.pieces)] = torch.tensor(window.pieces)
        inside[r, : len(window.pieces)] = True
        base = len(row)
        for k, span in enumerate(window.spans):
            row.append(r)
            first.append(window.first[k])
            last.append(window.last[k])
            before.append(window.before)
            fitting = set(labels_of(span.kind))
            if not item.tells_parties:
                fitting -= set(PARTY_LABELS)
            wanted.append([float(label in item.wanted[k]) for label in LABELS])
            weight.append([float(label in fitting) for label in LABELS])
        for (f, p), is_tied in item.ties.items():
            pairs.append((base + f, base + p))
            tied.append(is_tied)
    as_numbers = [torch.tensor(x, dtype=torch.long) for x in (row, first, last, before)]
    return Batch(
        numbers,
        inside,
        *as_numbers,
        torch.tensor(wanted),
        torch.tensor(weight),
        torch.tensor(pairs, dtype=torch.long).reshape(-1, 2),
        torch.tensor(tied),
    )


def batches(found: Sequence[Item], size: int, rng: random.Random) -> Iterator[Sequence[Item]]:
    """Yield items of about the same length together, in a random order."""
    order = sorted(found, key=lambda i: len(i.window.pieces) + rng.random() * 10)
    groups = [order[k : k + size] for k in range(0, len(order), size)]
    rng.shuffle(groups)
    yield from groups
