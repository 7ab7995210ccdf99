"""The words that name happenings, from ``data/lexicon.csv``: adding one needs no Python."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib import resources

from mapgen.model import Kind


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One word: how its arguments stand around it (frame), and what it means."""

    word: str
    pos: str  # verb | noun
    frame: str
    kind: Kind
    acled: str | None  # sub-event type
    plover: str | None  # event type
    cameo: str | None  # event code


@functools.cache
def lexicon() -> dict[tuple[str, str], LexiconEntry]:
    """Return the entries by (lemma or irregular form, part of speech)."""
    text = resources.files("mapgen").joinpath("data/lexicon.csv").read_text(encoding="utf-8")
    table: dict[tuple[str, str], LexiconEntry] = {}
    for row in csv.DictReader(text.splitlines()):
        entry = LexiconEntry(
            row["word"],
            row["pos"],
            row["frame"],
            Kind(row["kind"]),
            *(row[scheme] or None for scheme in ("acled", "plover", "cameo")),
        )
        for form in [row["word"], *row["forms"].split("|")]:
            if form:
                table.setdefault((form, row["pos"]), entry)
    return table
