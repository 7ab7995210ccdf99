"""Fit how often a place is right by its score: ``mapgen/data/place_probability.csv``.

    python -m tools.fit_probability DIR

``DIR`` holds corpora as ``bench/places.py`` reads them. A place is right where an annotated name
overlaps it and lies within 25 km (a town, a site) or 161 km (an area, whose point is a matter of
taste). Names that the annotators left without coordinates do not count. Corpora hardly name
villages: the step for these comes from our own lists in ``tests/data/reach``. Steps of at least 60
places are pooled until the share of right places rises with the score (isotonic regression); one
right and one wrong place are added to each step, so that no share is 0 or 1. Only numbers are kept,
no text.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import NamedTuple

from gazetteer import Gazetteer, distance_km
from mapgen.model import Article
from mapgen.places.geoparsing import find_toponyms
from mapgen.places.probability import ANY, VILLAGE, Steps, kind_of
from tests.eval.reach import PLACE_KM, POINTS, read_rows

ROOT = Path(__file__).parents[1]
LEAST_PLACES = 60  # of a step: its share is then known to about a tenth
POINT_KM = 25.0
AREA_KM = 161.0


class Answer(NamedTuple):
    """A place that was found, and whether it is right."""

    document: int
    method: str
    score: float
    is_right: bool


class Pool(NamedTuple):
    """Places with scores from one up, and how many of them are right."""

    from_score: float
    right: int
    places: int

    @property
    def share(self) -> float:
        """The share of right places, with one right and one wrong added."""
        return (self.right + 1) / (self.places + 2)


def pools(pairs: list[tuple[float, bool]]) -> list[Pool]:
    """Return steps of the score in which the share of right places rises."""
    pairs = sorted(pairs)
    out: list[Pool] = []
    for begin in range(0, len(pairs), LEAST_PLACES):
        part = pairs[begin : begin + LEAST_PLACES]
        out.append(Pool(part[0][0], sum(right for _, right in part), len(part)))
        while len(out) > 1 and _falls(out[-2], out[-1]):
            before, after = out[-2:]
            right, places = before.right + after.right, before.places + after.places
            out[-2:] = [Pool(before.from_score, right, places)]
    return out


def _falls(before: Pool, after: Pool) -> bool:
    return after.places < LEAST_PLACES or before.share >= after.share


def fitted(answers: list[Answer]) -> dict[str, list[Pool]]:
    """Return the steps by kind of match; ``any`` is made from all."""
    by_kind: dict[str, list[tuple[float, bool]]] = {}
    for answer in answers:
        by_kind.setdefault(kind_of(answer.method), []).append((answer.score, answer.is_right))
    table = {
        kind: pools(pairs)
        for kind, pairs in sorted(by_kind.items())
        if kind not in {ANY, VILLAGE} and len(pairs) >= LEAST_PLACES
    }
    return table | {ANY: pools([(a.score, a.is_right) for a in answers])}


def as_steps(table: dict[str, list[Pool]]) -> Steps:
    """Return a fitted table in the form that `probability` takes."""
    return {kind: [(p.from_score, p.share) for p in rows] for kind, rows in table.items()}


def villages(gazetteer: Gazetteer) -> list[Pool]:
    """Return the one step for villages, from our own lists: right within 10 km."""
    rights = []
    for row in (*read_rows("towns"), *read_rows("villages")):
        start, end = row.span()
        for r in find_toponyms([Article(id="x", text=row.text)], gazetteer):
            is_there = r.start < end and start < r.end and str(r.precision) in POINTS
            if not is_there or kind_of(r.method or "") != VILLAGE:
                continue
            if r.lat is not None and r.lon is not None:
                rights.append(distance_km(row.lat, row.lon, r.lat, r.lon) <= PLACE_KM)
    return [Pool(0.0, sum(rights), len(rights))]


def main() -> int:
    """Write the table."""
    sys.path.insert(0, str(ROOT / "bench"))
    from places import answers, read  # noqa: PLC0415 - a script, not a module of a package

    table = fitted(answers(read(Path(sys.argv[1]))))
    with Gazetteer.open() as gazetteer:
        table[VILLAGE] = villages(gazetteer)
    path = ROOT / "mapgen" / "data" / "place_probability.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(["kind", "from_score", "probability", "places"])
        for kind, steps in table.items():
            for pool in steps:
                rows.writerow([kind, f"{pool.from_score:.3f}", f"{pool.share:.3f}", pool.places])
            sys.stdout.write(f"{kind}: {len(steps)} steps\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
