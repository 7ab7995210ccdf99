"""Read the marked texts in ``training/texts``.

One line is one example: ``@2024 Rebels took [Sinjil:C] and <900 people:F> fled.`` The README beside
this file explains the form and the labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.coding.second_reader.candidates import beside, parties
from mapgen.coding.second_reader.labels import (
    FIGURE_LABELS,
    NONE,
    PARTY_LABELS,
    PLACE_LABELS,
)
from mapgen.coding.second_reader.marked import MarkedText, Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = Path(__file__).parent / "texts"
_MARK = re.compile(
    r"\[([^\[\]]+):([A-Z0-9,\-]+)\]|<([^<>]+):([A-Z0-9,\-]+)>|\{([^{}]+):([A-Z0-9,\-]+)\}"
)
_STRAY = re.compile(r"[\[\]<>{}]")
_YEAR = re.compile(r"@(\d{4}) ")
_NUMBERED = re.compile(r"([A-Z]+)(\d*)")
BREAK = " || "


_FITTING = {
    SpanKind.PLACE: PLACE_LABELS,
    SpanKind.FIGURE: FIGURE_LABELS,
    SpanKind.PARTY: PARTY_LABELS,
    SpanKind.NAME: PARTY_LABELS,
}
"""Labels that a mark of each kind may have in the texts."""


class MarkError(ValueError):
    """A line of marked text that breaks the form."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a mark says: its labels, each with the number of its movement ("" if it has none)."""

    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A marked text, what its marks say, and where it comes from.

    ``marks`` are by the offset at which a span starts. ``pair`` counts the contrasts: examples
    with the same number differ in a few words that change what happened. ``tells_parties`` is
    whether the file marks who took, lost or holds a place.
    """

    marked: MarkedText
    marks: dict[int, Told]
    file: str
    line: int
    conflict: str
    style: str
    pair: int = 0
    plain: str = field(default="")
    tells_parties: bool = False


def examples(path: Path) -> Iterator[Example]:
    """Yield the examples of a file.

    Raises
    ------
    MarkError
        If a line breaks the form; the error names the line.
    """
    conflict = style = ""
    pair = 0
    text = path.read_text(encoding="utf-8")
    tells_parties = "{" in text
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if line.startswith("## "):
            conflict, _, style = (part.strip() for part in line[3:].partition("|"))
            continue
        if not line:
            continue
        if line.startswith("~ "):
            line = line[2:]
        else:
            pair += 1
        year = _YEAR.match(line)
        if year is None:
            msg = f"{path.name}, line {number}: no @year at the start"
            raise MarkError(msg)
        try:
            marked, marks = parsed(line[year.end() :], int(year[1]))
        except MarkError as e:
            msg = f"{path.name}, line {number}: {e}"
            raise MarkError(msg) from None
        yield Example(
            marked, marks, path.name, number, conflict, style, pair, marked.text, tells_parties
        )


def parsed(body: str, year: int | None) -> tuple[MarkedText, dict[int, Told]]:
    """Return a line without its marks, and what the marks say."""
    text, spans, sentences = "", [], []
    marks: dict[int, Told] = {}
    for part in body.split(BREAK):
        text += " " if text else ""
        start, at = len(text), 0
        for match in _MARK.finditer(part):
            text += part[at : match.start()]
            words = match[1] or match[3] or match[5]
            kind = _kind(match)
            spans.append(Span(len(text), len(text) + len(words), kind))
            marks[len(text)] = _told(match[2] or match[4] or match[6], kind)
            text += words
            at = match.end()
        rest = part[at:].rstrip()
        if _STRAY.search(rest):
            msg = f"a bracket that belongs to no mark: {rest[:60]}"
            raise MarkError(msg)
        text += rest
        sentences.append((start, len(text)))
    spans += parties(text, [(s.start, s.end) for s in spans])
    more = beside(text, sentences, [(s.start, s.end) for s in spans])
    return MarkedText(text, tuple(sentences), tuple(sorted(spans + more)), year), marks


def _kind(mark: re.Match[str]) -> SpanKind:
    """Return what a mark stands for; a party that no list knows is an unknown name."""
    if mark[1]:
        return SpanKind.PLACE
    if mark[3]:
        return SpanKind.FIGURE
    known = not mark[5][:1].isupper() or parties(mark[5])
    return SpanKind.PARTY if known else SpanKind.NAME


def _told(codes: str, kind: SpanKind) -> Told:
    fitting = _FITTING[kind]
    labels: dict[str, str] = {}
    for code in codes.split(","):
        if code == NONE:
            continue
        match = _NUMBERED.fullmatch(code)
        if match is None or match[1] not in fitting:
            msg = f"no label of a {kind}: {code}"
            raise MarkError(msg)
        labels[match[1]] = match[2]
    return Told(labels)
