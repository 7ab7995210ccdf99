"""The words that name happenings, from ``lexicon.csv``: adding one needs no Python."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.tables.in_force import csv_rows, packaged_text, per_tables, table_rows
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable


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


@per_tables
def lexicon() -> dict[tuple[str, str], LexiconEntry]:
    """Return the entries in force by (lemma or irregular form, part of speech)."""
    return _entries(table_rows("lexicon.csv"))


@functools.cache
def _packaged() -> dict[tuple[str, str], LexiconEntry]:
    return _entries(csv_rows(packaged_text("lexicon.csv")))


def verb_entry(word: str) -> LexiconEntry:
    """Return the entry of a verb that a rule asks for by its name.

    A lexicon of the user's may lack it: then it is the packaged one.

    Raises
    ------
    KeyError
        If the packaged lexicon lacks it too.
    """
    return lexicon().get((word, "verb")) or _packaged()[word, "verb"]


def packaged_frames() -> frozenset[tuple[str, str]]:
    """Return the parts of speech and frames that there are rules for."""
    return frozenset((entry.pos, entry.frame) for entry in _packaged().values())


def _entries(rows: Iterable[dict[str, str]]) -> dict[tuple[str, str], LexiconEntry]:
    table: dict[tuple[str, str], LexiconEntry] = {}
    for row in rows:
        entry = LexiconEntry(
            row["word"],
            row["pos"],
            row["frame"],
            Kind(row["kind"]),
            *(row.get(scheme) or None for scheme in ("acled", "plover", "cameo")),
        )
        for form in [row["word"], *row.get("forms", "").split("|")]:
            if form:
                table.setdefault((form, row["pos"]), entry)
    return table
