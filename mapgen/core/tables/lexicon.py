"""Read the lexicon of verbs and nouns that name events, from ``lexicon.csv``."""

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
    """A word, its frame (the arrangement of its arguments) and its meaning."""

    word: str
    pos: str  # verb | noun
    frame: str
    kind: Kind
    acled: str | None  # sub-event type
    plover: str | None  # event type
    cameo: str | None  # event code


@per_tables
def lexicon() -> dict[tuple[str, str], LexiconEntry]:
    """Return the entries in force, by lemma or irregular form and part of speech."""
    return _entries(table_rows("lexicon.csv"))


@functools.cache
def _packaged() -> dict[tuple[str, str], LexiconEntry]:
    return _entries(csv_rows(packaged_text("lexicon.csv")))


def verb_entry(word: str) -> LexiconEntry:
    """Return the entry of a verb that a rule needs.

    If the lexicon of a user lacks the verb, the packaged entry is returned.

    Parameters
    ----------
    word
        Lemma of the verb.

    Returns
    -------
    LexiconEntry
        The entry.

    Raises
    ------
    KeyError
        If the packaged lexicon lacks it too.
    """
    return lexicon().get((word, "verb")) or _packaged()[word, "verb"]


def packaged_frames() -> frozenset[tuple[str, str]]:
    """Return the pairs of part of speech and frame for which rules exist."""
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
