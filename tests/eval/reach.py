"""How many places of wars are found and placed right, on lists of our own in ``tests/data/reach``.

``python -m tests.eval.reach`` prints the table, with ``--verbose`` each row that fails; so does
``python bench/places.py``, beside peers. The lists say where their positions come from.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gazetteer import Gazetteer, distance_km
from mapgen.coding import code_articles
from mapgen.model import Article
from mapgen.places.geoparsing import find_toponyms
from mapgen.settings import DEFAULT_PARSER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mapgen.model import ClaimPlace
    from mapgen.places.toponyms import ToponymRecord

LISTS = Path(__file__).parents[1] / "data" / "reach"
PLACE_KM = 10.0  # a place of the lists this near is the right one
NOTE_KM = 25.0
POINTS = {"site", "settlement"}
_MARKED = re.compile(r"\[\[(.+?)\]\]")


class Row(NamedTuple):
    """A place in a sentence, and where it is (degrees, WGS 84)."""

    name: str
    country: str  # ISO 3166-1 alpha-2
    text: str
    lat: float
    lon: float

    def span(self) -> tuple[int, int]:
        """Return the offsets of the name in the sentence."""
        start = self.text.index(self.name)
        return start, start + len(self.name)


@dataclass(slots=True)
class Share:
    """How many of a list are right, and how many are answered wrong."""

    rows: int = 0
    right: int = 0
    wrong: int = 0
    failed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Names:
    """How many names are found, by exact span and by one letter in common."""

    wanted: int = 0
    found: int = 0
    exact: int = 0
    overlapping: int = 0
    failed: list[str] = field(default_factory=list)

    def f1(self, hits: int) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * hits / max(self.wanted + self.found, 1)


def read_rows(name: str) -> list[Row]:
    """Return the rows of a list: "towns", "villages" or "notes"."""
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return [
            Row(r["name"], r["country"], r["text"], float(r["lat"]), float(r["lon"]))
            for r in csv.DictReader(stream)
        ]


def read_excerpts() -> list[tuple[str, list[tuple[int, int]]]]:
    """Return each excerpt without its brackets, and the offsets of the names in them."""
    out = []
    for line in (LISTS / "excerpts.txt").read_text(encoding="utf-8").splitlines():
        spans, text, at = [], "", 0
        for match in _MARKED.finditer(line):
            text += line[at : match.start()]
            spans.append((len(text), len(text) + len(match[1])))
            text += match[1]
            at = match.end()
        out.append((text + line[at:], spans))
    return out


def places(rows: Iterable[Row], gazetteer: Gazetteer) -> Share:
    """Return how many places of sentences are placed right; no country is given."""
    share = Share()
    for row in rows:
        found = _named(row, find_toponyms([Article(id="x", text=row.text)], gazetteer))
        off = None if found is None else _off_km(row, found)
        is_right = off is not None and off <= PLACE_KM
        why = "missed" if found is None else (found.reason or found.place_id or "")
        _count(share, row, off, is_right=is_right, limit_km=PLACE_KM, why=why)
    return share


def notes(rows: Sequence[Row], gazetteer: Gazetteer, parser: str = DEFAULT_PARSER) -> Share:
    """Return how many notes on captures are drawn right; the country is given, as ACLED gives it.

    A note is right when its claim has the village within 25 km, or keeps its name and draws no
    point; it is wrong when any claim draws a point further off.
    """
    articles = [
        Article(id=str(i), text=row.text, country=row.country) for i, row in enumerate(rows)
    ]
    claims = code_articles(articles, gazetteer, parser=parser).claims
    share = Share()
    for i, row in enumerate(rows):
        drawn = [p for c in claims if c.article == str(i) and c.status.is_current for p in c.places]
        points = [off for off in (_off_km(row, place) for place in drawn) if off is not None]
        is_named = any(_is_at(row, place) for place in drawn)
        furthest = max(points, default=None)
        is_right = is_named and (furthest is None or furthest <= NOTE_KM)
        why = ", ".join(f"{p.surface} = {p.place_id}" for p in drawn) or "no claim"
        _count(share, row, furthest, is_right=is_right, limit_km=NOTE_KM, why=why)
    return share


def names(gazetteer: Gazetteer) -> Names:
    """Return how many names of the excerpts are found."""
    total = Names()
    for text, wanted in read_excerpts():
        records = find_toponyms([Article(id="x", text=text)], gazetteer)
        found = [(r.start, r.end) for r in records if r.type == "place"]
        total.wanted += len(wanted)
        total.found += len(found)
        total.exact += len(set(wanted) & set(found))
        left = list(found)
        for start, end in wanted:
            met = next(((s, e) for s, e in left if s < end and start < e), None)
            if met is not None:
                left.remove(met)
                total.overlapping += 1
            if met != (start, end):
                got = text[slice(*met)] if met else "nothing"
                total.failed.append(f"{text[start:end]}: {got}")
        total.failed += [f"no place: {text[s:e]}" for s, e in left]
    return total


def _named(row: Row, records: Iterable[ToponymRecord]) -> ToponymRecord | None:
    """Return the place found at the name."""
    return next((r for r in records if r.type == "place" and _is_at(row, r)), None)


def _is_at(row: Row, found: ToponymRecord | ClaimPlace) -> bool:
    start, end = row.span()
    return found.start < end and start < found.end


def _off_km(row: Row, place: ToponymRecord | ClaimPlace) -> float | None:
    """Return how far a point is from the right place; None of an area and of what has no place."""
    if place.lat is None or place.lon is None or str(place.precision) not in POINTS:
        return None
    return distance_km(row.lat, row.lon, place.lat, place.lon)


def _count(
    share: Share, row: Row, off: float | None, *, is_right: bool, limit_km: float, why: str
) -> None:
    is_wrong = off is not None and off > limit_km
    share.rows += 1
    share.right += is_right
    share.wrong += is_wrong
    if not is_right:
        how = f"{off:.0f} km off" if off is not None else "no point"
        share.failed.append(f"{row.name} ({row.country}): {how} ({why}) | {row.text}")


def table(gazetteer: Gazetteer) -> list[tuple[str, str, list[str]]]:
    """Return the lines of the table: what is measured, the figures, the rows that fail."""
    out = []
    for title, share in (
        ("towns, right within 10 km / wrong", places(read_rows("towns"), gazetteer)),
        ("villages, right within 10 km / wrong", places(read_rows("villages"), gazetteer)),
        ("notes, right within 25 km or no point / wrong", notes(read_rows("notes"), gazetteer)),
    ):
        figures = f"{share.right / share.rows:.2f} / {share.wrong / share.rows:.2f}"
        out.append((title, figures, share.failed))
    found = names(gazetteer)
    figures = f"{found.f1(found.exact):.2f} / {found.f1(found.overlapping):.2f}"
    return [*out, ("names in excerpts, F1 exact / overlapping", figures, found.failed)]


def main(write: Callable[[str], object] = sys.stdout.write) -> None:
    """Print the table."""
    with Gazetteer.open() as gazetteer:
        for title, figures, failed in table(gazetteer):
            write(f"{title:<48}{figures:>16}\n")
            if "--verbose" in sys.argv:
                write("".join(f"  {line}\n" for line in failed))


if __name__ == "__main__":
    main()
