"""Reads a few sentences of a test's own with both readers: what a map would draw of people."""

from __future__ import annotations

import functools
from datetime import date
from typing import TYPE_CHECKING

from coding_kit import gazetteer
from flight_kit import Move, move_of

from mapgen.coding import TwoReaders
from mapgen.model import Article, Claim, Kind
from mapgen.reading.line_wrapping import paragraph_starts

if TYPE_CHECKING:
    from collections.abc import Sequence


@functools.cache
def _readers() -> TwoReaders:
    return TwoReaders(gazetteer())


@functools.cache
def read_twice(text: str, country: str, day: str) -> Sequence[Claim]:
    """Return what both readers draw of a text that was published on a day."""
    article = Article(
        id="test",
        text=text,
        country=country,
        published_on=date.fromisoformat(day),
        paragraphs=paragraph_starts(text),
    )
    return [c for c in _readers().code(article)[0] if c.status.is_current and c.places]


def moved(text: str, country: str, day: str, kind: Kind = Kind.DISPLACEMENT) -> set[Move]:
    """Return the movements that both readers draw."""
    return {move_of(c) for c in read_twice(text, country, day) if c.kind is kind}
