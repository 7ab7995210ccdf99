"""Read the cells of a row of a dataset of events, checked as they are asked for.

`event_datasets` reads rows with it, and `coded_events` makes drafts of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from mapgen.core.bounds import MOST_PEOPLE
from mapgen.errors import InputError
from mapgen.reading.columns import plain_name
from mapgen.reading.day_forms import the_day
from mapgen.reading.html_text import text_of_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from mapgen.model import CodedEvent
    from mapgen.reading.table_rows import Row

_POLES, _DATE_LINE = 90, 180
_MOST_WORDS_CHARS = 1_000  # of a name in a row


@dataclass(frozen=True, slots=True)
class CodedRow:
    """What a row of an export says: its event, its words, and where it comes from."""

    event: CodedEvent
    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    country: str | None = None


class NotDrawn(Exception):  # noqa: N818  no error: the row is well, but mapgen has no sign for it
    """A row that is not drawn, with what it is coded as."""


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of export, recognised by its columns.

    Parameters
    ----------
    name
        Name of the dataset.
    needed
        Columns that all its exports have, as `plain_name` writes them.
    date
        Column of the day.
    read
        Function that reads a row. It raises `NotDrawn` if the row is not drawn.
    """

    name: str
    needed: frozenset[str]
    date: str
    read: Callable[[Cells], CodedRow]

    def date_column(self, header: Sequence[str]) -> str | None:
        """Return the column of the day as the file writes it."""
        return next((c for c in header if plain_name(c) == self.date), None)


class Cells:
    """The cells of a row by plain names of columns, checked as they are asked for."""

    def __init__(self, row: Row, order: str | None) -> None:
        self.where = row.where
        self._order = order
        self._cells: dict[str, Any] = {}
        for column, value in row.cells.items():
            self._cells.setdefault(plain_name(column), value)

    def text(self, column: str) -> str:
        """Return the words of a cell without markup, or an empty text."""
        value = self._cells.get(column)
        words = "" if value is None else str(value).strip()
        return text_of_cell(words)

    def raw(self, column: str) -> str:
        """Return the words of a cell as they are."""
        value = self._cells.get(column)
        return "" if value is None else str(value).strip()

    def name(self, column: str) -> str | None:
        """Return a name, cut if it is very long, or None."""
        return " ".join(self.text(column).split())[:_MOST_WORDS_CHARS] or None

    def day(self, column: str) -> date:
        """Return a day; raise InputError if there is none."""
        value = self._cells.get(column)
        try:
            return the_day(value, self._order)
        except ValueError as err:
            self.refuse(column, "is not a day", err)

    def number(self, column: str) -> float | None:
        """Return a number, or None for an empty cell; raise InputError if it is none."""
        text = self.text(column).replace(",", "")
        if not text:
            return None
        try:
            value = float(text)
        except ValueError as err:
            self.refuse(column, "is not a number", err)
        if not -MOST_PEOPLE <= value <= MOST_PEOPLE:  # not a number at all (nan) is neither
            self.refuse(column, "is not a number that a report can mean")
        return value

    def count(self, column: str) -> int | None:
        """Return a number of people, or None for an empty cell."""
        value = self.number(column)
        if value is None:
            return None
        if value < 0 or value != int(value):
            self.refuse(column, "is not a whole number, 0 or more")
        return int(value)

    def point(self) -> tuple[float, float]:
        """Return latitude and longitude in degrees; raise InputError if they are missing."""
        lat, lon = self.number("latitude"), self.number("longitude")
        if lat is None or lon is None or abs(lat) > _POLES or abs(lon) > _DATE_LINE:
            self.refuse("latitude", "and longitude are not a point in degrees")
        return lat, lon

    def refuse(self, column: str, problem: str, cause: Exception | None = None) -> NoReturn:
        """Raise the refusal of the row for a fault in a cell."""
        shown = self.raw(column)[:40]
        raise InputError(self.where, f"has a {column} that {problem} ({shown})") from cause
