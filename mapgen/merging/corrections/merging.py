"""Merge the corrections of two reviewers, and measure how far they agree.

Two tables of corrections come in. One table goes out, with the agreement and a line for each
decision in which the reviewers contradict each other. A contradiction is left out of the table:
people decide it, not the order of the files.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapgen.core.spreadsheet_cells import never_formula
from mapgen.core.words import fold, joined, unique
from mapgen.merging.corrections.rows import (
    COLUMNS,
    Action,
    Correction,
    Target,
    read_corrections,
    rows_of_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mapgen.merging.corrections.rows import Names

Row = dict[str, str]
_Key = tuple[Target, str]
_Slot = tuple[str, str]  # what is decided of a target: whether it holds, or one field of it
_HOLDS = ("", "")


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedCorrections:
    """The corrections of two reviewers as one table.

    Attributes
    ----------
    rows
        Rows of the table, by column: those of the first file, then those of the second.
    conflicts
        A line for each target on which the reviewers contradict each other. It has no row.
    n_both
        Number of targets on which both decided.
    n_agreed
        Number of these without a contradiction.
    kappa
        Cohen's kappa of accepting, rejecting and changing these targets: 1 for full agreement, 0
        for as much as chance gives. None if it is not defined.
    """

    rows: tuple[Row, ...]
    conflicts: tuple[str, ...]
    n_both: int
    n_agreed: int
    kappa: float | None

    def to_csv(self) -> str:
        """Return the table as CSV text in which no cell is a formula."""
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        for row in self.rows:
            writer.writerow({column: never_formula(text) for column, text in row.items()})
        return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Made:
    """A decision with the cells of its row."""

    correction: Correction
    cells: Row


def merge_corrections(first: str | Path, second: str | Path, gazetteer: Names) -> MergedCorrections:
    """Merge two tables of corrections.

    Parameters
    ----------
    first, second
        CSV files as `read_corrections` reads them. If a reviewer decided the same thing twice, the
        later day counts, then the later row.
    gazetteer
        Gazetteer for looking up places: two spellings of one place agree.

    Returns
    -------
    MergedCorrections
        The table, the contradictions and the agreement.

    Raises
    ------
    InputError
        If a file does not exist or is not text.
    FormatError
        If a file has faults.
    """
    one, two = (_decisions(path, gazetteer) for path in (first, second))
    both = [key for key in one if key in two]
    clashing = {key for key in both if _contradict(one[key], two[key])}
    rows = [
        _by_both(made, two.get(key, {}).get(slot))
        for key, own in one.items()
        if key not in clashing
        for slot, made in own.items()
    ]
    rows += [
        made.cells
        for key, own in two.items()
        if key not in clashing
        for slot, made in own.items()
        if slot not in one.get(key, {})
    ]
    return MergedCorrections(
        rows=tuple(rows),
        conflicts=tuple(_told(key, one[key], two[key]) for key in both if key in clashing),
        n_both=len(both),
        n_agreed=len(both) - len(clashing),
        kappa=_kappa([(_verdict(one[key]), _verdict(two[key])) for key in both]),
    )


def _decisions(path: str | Path, gazetteer: Names) -> dict[_Key, dict[_Slot, _Made]]:
    """Return the decisions in a file that count, by target and by what they decide of it."""
    cells = rows_of_file(path)
    made = [_Made(c, cells[c.row]) for c in read_corrections(path, gazetteer)]
    found: dict[_Key, dict[_Slot, _Made]] = {}
    for one in sorted(made, key=lambda m: (m.correction.on, m.correction.row)):
        own = found.setdefault((one.correction.target, one.correction.target_id), {})
        if one.correction.action is not Action.SET:
            own.clear()  # to accept or reject the whole takes back the changes made before
        else:
            own.pop(_HOLDS, None)
        own[_slot(one.correction)] = one
    return found


def _slot(correction: Correction) -> _Slot:
    if correction.action is not Action.SET or correction.field is None:
        return _HOLDS
    return correction.field.value, fold(correction.which or "")


def _contradict(one: Mapping[_Slot, _Made], two: Mapping[_Slot, _Made]) -> bool:
    """Whether decisions on one target cannot both hold. Changes of different fields can."""
    if (_HOLDS in one) != (_HOLDS in two):
        return True
    return any(_what(one[slot]) != _what(two[slot]) for slot in one if slot in two)


def _what(made: _Made) -> tuple[Action, Any]:
    return made.correction.action, made.correction.new


def _by_both(one: _Made, two: _Made | None) -> Row:
    """Return the row of a decision, by both reviewers if both made it."""
    if two is None:
        return one.cells
    a, b = one.correction, two.correction
    why = a.why if a.why == b.why else f"{a.by}: {a.why}; {b.by}: {b.why}"
    by = joined(unique([a.by, b.by]))
    return {**one.cells, "by": by, "why": why, "on": max(a.on, b.on).isoformat()}


def _told(key: _Key, one: Mapping[_Slot, _Made], two: Mapping[_Slot, _Made]) -> str:
    """Return a contradiction: ``claim c1: Ann accepts (seen); Ben rejects (old)``."""
    sides = [", ".join(_decided(made) for made in own.values()) for own in (one, two)]
    return f"{key[0].value} {key[1]}: {'; '.join(sides)}"


def _decided(made: _Made) -> str:
    c = made.correction
    does = f"{c.action.value}s" if c.action is not Action.SET else f"sets {made.cells['field']}"
    value = f" to {made.cells['value']}" if c.action is Action.SET else ""
    return f"{c.by} {does}{value} ({c.why})"


def _verdict(own: Mapping[_Slot, _Made]) -> str:
    return own[_HOLDS].correction.action.value if _HOLDS in own else Action.SET.value


def _kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of pairs of verdicts, or None if chance alone would give agreement.

    Notes
    -----
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20 (1), 37-46.
    """
    counted = Counter(pairs)
    n = sum(counted.values())
    if not n:
        return None
    same = sum(k for (a, b), k in counted.items() if a == b) / n
    left, right = Counter[str](), Counter[str]()
    for (a, b), k in counted.items():
        left[a] += k
        right[b] += k
    chance = sum(left[word] * right[word] for word in left) / n**2
    return None if chance == 1 else (same - chance) / (1 - chance)
