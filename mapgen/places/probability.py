"""How often a place is right, by how its name was matched.

The score of a georeference ranks places. The table ``data/place_probability.csv`` turns it into the
share of places with such a score that were right. ``tools/fit_probability.py`` makes the table from
four public corpora, and for villages from our own lists; ``bench/places.py`` prints how reliable it
is on documents that it was not made from.
"""

from __future__ import annotations

import csv
import functools
from bisect import bisect_right
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ANY = "any"  # for matches too rare to have steps of their own
VILLAGE = "village"  # from the layers of villages, which the corpora hardly name
Steps = dict[str, list[tuple[float, float]]]  # by kind: lowest score and probability, rising
_KINDS = {
    "inside the area stated": "stated area",
    "in the subject country": "subject country",
    "elsewhere": "elsewhere",
}


def kind_of(method: str) -> str:
    """Return the kind of match that the method of a georeference states.

    Examples
    --------
    >>> kind_of("exact name, in the subject country")
    'subject country'
    >>> kind_of("exact name of a village, inside the area stated")
    'village'
    """
    if "name of a village" in method:
        return VILLAGE
    return _KINDS.get(method.rpartition(", ")[2], ANY)


def probability(score: float, method: str, steps: Steps | None = None) -> float:
    """Return the share of places matched in this way, with such a score, that were right.

    Parameters
    ----------
    score
        Score of the georeference, 0 to 1.
    method
        Method of the georeference, as in ``toponyms.jsonl``.
    steps
        Steps to use instead of the packaged table.

    Returns
    -------
    float
        Above 0 and below 1. A town or site is right within 25 km, an area within 161 km of the
        annotated point.
    """
    table = packaged_steps() if steps is None else steps
    rows: Sequence[tuple[float, float]] = table.get(kind_of(method)) or table[ANY]
    step = bisect_right(rows, score, key=lambda row: row[0]) - 1
    return rows[max(step, 0)][1]


@functools.cache
def packaged_steps() -> Steps:
    """Return the packaged table."""
    path = resources.files("mapgen") / "data" / "place_probability.csv"
    table: Steps = {}
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        step = (float(row["from_score"]), float(row["probability"]))
        table.setdefault(row["kind"], []).append(step)
    return table
