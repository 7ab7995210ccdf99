"""Read the sheets of Excel workbooks into lists of cells.

It runs in the guarded process; see `mapgen.reading.guarded`.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from mapgen.errors import InputError
from mapgen.reading.read_text import refuse_bomb

MAX_CELLS = 5_000_000
"""Most filled cells of a workbook."""

MAX_CHARS = 100_000_000
"""Most characters of a workbook."""

MAX_EMPTY_ROWS = 10_000
"""Most empty rows one after another. Excel allows a million rows, which a small file can name."""

_SAVE_AS_CSV = "Save the sheet as CSV UTF-8 and give that."

Sheet = tuple[str, list[list[Any]]]
"""Name and rows of a sheet."""


def read_xlsx(name: str, data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook that are not hidden, with the values that Excel last showed.

    Days are returned as text in ISO 8601.

    Raises
    ------
    InputError
        If it is not an .xlsx file, or larger than the limits.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  slow to load, and only needed here

    try:
        refuse_bomb(name, data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        budget = _Budget(name)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [(sheet.title, _rows(sheet, budget)) for sheet in visible]
    except InputError:
        raise
    except Exception as err:  # zip, XML and workbook errors have no common base class
        problem = f"cannot be read as an Excel file of the .xlsx kind ({type(err).__name__})"
        raise InputError(name, problem, _SAVE_AS_CSV) from err


@dataclass(slots=True)
class _Budget:
    """How much of a workbook was read so far."""

    name: str
    n_cells: int = 0
    n_chars: int = 0

    def spend(self, row: list[Any], n_empty: int) -> None:
        """Count a row and the empty rows before it; raise InputError beyond the limits."""
        self.n_cells += len(row)
        self.n_chars += sum(len(cell) for cell in row if isinstance(cell, str))
        for n, most, what in (
            (self.n_cells, MAX_CELLS, "cells"),
            (self.n_chars, MAX_CHARS, "characters"),
            (n_empty, MAX_EMPTY_ROWS, "empty rows in one place"),
        ):
            if n > most:
                raise InputError(self.name, f"has more than {most:,} {what}", _SAVE_AS_CSV)


def _rows(sheet: Any, budget: _Budget) -> list[list[Any]]:  # noqa: ANN401  openpyxl has no types
    """Return the rows of a sheet up to the last one with a value."""
    sheet.reset_dimensions()  # the file may name a million rows that are not there
    rows: list[list[Any]] = []
    n_empty = 0
    for cells in sheet.iter_rows(values_only=True):
        row = [_value(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if not row:  # Excel keeps empty rows that once had a colour
            n_empty += 1
            continue
        budget.spend(row, n_empty)
        rows += [*([] for _ in range(n_empty)), row]
        n_empty = 0
    return rows


def _value(cell: object) -> Any:  # noqa: ANN401  text, number, truth or None
    """Return the value of a cell as JSON can hold it."""
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, str | int | float | bool) or cell is None:
        return cell
    return str(cell)
