"""Print the story of tests/data/story as tables: ``python -m tests.integration.story_table``."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import mapgen

STORY = Path(__file__).parents[1] / "data" / "story"
DISPATCHES = sorted(STORY.glob("[0-9]*.md"))
CORRECTIONS = STORY / "corrections.csv"
TOWNS = {
    "geonames:172946": "Rastan",
    "geonames:163779": "Talbisseh",
    "geonames:164947": "Salamiyah",
    "geonames:167046": "Masyaf",
}
DAYS_ASKED = ("2031-03-02", "2031-03-04", "2031-03-06", "2031-03-08", "2031-03-10", "2031-03-13")
NAMES = {"syria:hts": "HTS", "syria:gov": "government"}


def as_read() -> list[tuple[Path, mapgen.Situation]]:
    """Return the situation after each dispatch: what a reader of that day could know."""
    found = []
    situation = None
    for path in DISPATCHES:
        situation = mapgen.build(path) if situation is None else situation + path
        found.append((path, situation))
    return found


def holders(situation: mapgen.Situation) -> dict[str, str]:
    """Return who holds each town, in words: ``HTS, claimed``, ``contested``, ``-``."""
    told = {}
    for row in situation.control().to_dict("records"):
        name = NAMES.get(row["holder"])
        told[TOWNS[row["place_id"]]] = f"{name}, {row['standing']}" if name else row["standing"]
    return {town: told.get(town, "–") for town in TOWNS.values()}


def movements(situation: mapgen.Situation) -> list[str]:
    """Return each movement with its range, in words."""
    words = []
    for row in situation.flows().to_dict("records"):
        low, high = row["low"], row["high"]
        figure = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        verb = "fled" if row["kind"] == "displacement" else "returned"
        way = f"{row['origin']} to {row['destination']}"
        words.append(f"{figure} {verb}, {way} ({row['standing']})")
    return words


def corrected(situation: mapgen.Situation) -> mapgen.Situation:
    """Return the same articles with the analyst's corrections."""
    settings = situation.settings.updated(corrections=CORRECTIONS)
    return replace(situation, settings=settings).at(situation.as_of)


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _row(head: str, situation: mapgen.Situation) -> str:
    cells = [head, *holders(situation).values(), "; ".join(movements(situation)) or "–"]
    return f"| {' | '.join(cells)} |"


def table() -> str:
    """Return the three tables of docs/story.md."""
    head = ["Rastan", "Talbisseh", "Salamiyah", "Masyaf", "People"]
    rule = f"|{'---|' * (len(head) + 1)}"
    told = as_read()
    last = told[-1][1]
    lines = [f"| {' | '.join(['After dispatch', *head])} |", rule]
    lines += [_row(f"{p.stem[:2]}, {_day(s.as_of)} ({p.stem[3:]})", s) for p, s in told]
    lines += [_row("with the analyst's correction", corrected(last)), ""]
    lines += [f"| {' | '.join(['As of', *head])} |", rule]
    lines += [_row(_day(date.fromisoformat(d)), last.at(d)) for d in DAYS_ASKED]
    lines += ["", "| Event | Reported by or on | Standing, with the reason |", "|---|---|---|"]
    lines += [
        f"| {e.kind.value.replace('_', ' ')}, {e.places[0].surface} | {_day(e.latest)} | {e.rule} |"
        for e in sorted(last.events, key=lambda e: (e.latest, e.kind, e.id))
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
