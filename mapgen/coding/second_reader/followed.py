"""Find the town that fell after others in "Y followed Z and W on Tuesday".

The network takes the towns that fell before for those of that day. Marks come in; the town that
followed goes out as one that was taken, and those that it followed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.second_reader import labels as says
from mapgen.coding.second_reader.marked import SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.second_reader.reader import Mark

_FOLLOWED = re.compile(r"(?:,? too,?)?,?\s(?:has\s|have\s)?(?:now\s|soon\s)?followed\s$")
_LISTED = re.compile(r",?\s(?:and|then)\s|,\s")


TAKEN = 0.6
"""Probability from which the network takes a town for captured."""


def with_followed(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Return marks with the town that "followed" captured ones as captured itself.

    Parameters
    ----------
    marks
        Marks of an article.
    text
        Its text.
    """
    by_sentence: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        if mark.span.kind is not SpanKind.PARTY and says.TAKEN in mark.probabilities:
            by_sentence.setdefault(mark.sentence, []).append(mark)
    found = [pair for here in by_sentence.values() if (pair := followed(here, text))]
    surest = {
        town.span.start: max(before, key=lambda m: m.probabilities[says.TAKEN])
        for town, before in found
    }
    return [_as_sure(m, surest[m.span.start]) if m.span.start in surest else m for m in marks]


def _as_sure(town: Mark, other: Mark) -> Mark:
    """Return a town as surely taken as one that fell before it, if that was taken."""
    sure = other.probabilities[says.TAKEN]
    if sure < TAKEN or town.probabilities.get(says.TAKEN, 1.0) >= sure:
        return town
    return replace(town, probabilities=other.probabilities)


def followed(here: Sequence[Mark], text: str) -> tuple[Mark, list[Mark]] | None:
    """Return the town that followed, and the towns before it; None if a sentence has no such.

    Parameters
    ----------
    here
        Marks of a sentence.
    text
        The text.
    """
    towns = sorted((m for m in here if m.figure is None), key=lambda m: m.span.start)
    for n, town in enumerate(towns[:-1]):
        if not _FOLLOWED.fullmatch(text, town.span.end, towns[n + 1].span.start):
            continue
        before = [towns[n + 1]]
        for other in towns[n + 2 :]:
            if not _LISTED.fullmatch(text, before[-1].span.end, other.span.start):
                break
            before.append(other)
        return town, before
    return None
