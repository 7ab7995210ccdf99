"""Parse which columns of a table hold what: ``text=notes,date=event_date``."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

FIELDS = ("text", "title", "date", "source", "url", "country", "language", "id")
"""What a column of a table of articles can hold."""

DAY_ORDERS = ("dmy", "mdy", "ymd")
"""Orders of the numbers of a day, written behind the column: ``date=event_date:dmy``."""

_EXAMPLE = "write it like text=notes,date=event_date:dmy"


@dataclass(frozen=True, slots=True)
class ChosenColumns:
    """The columns that the user named, by field, and the order of the numbers in the days."""

    by_field: tuple[tuple[str, str], ...] = ()
    day_order: str | None = None

    def column(self, field: str) -> str | None:
        """Return the column of a field, or None if the user did not name one."""
        return dict(self.by_field).get(field)


def parse_columns(words: object) -> ChosenColumns:
    """Parse the columns that a user names.

    Parameters
    ----------
    words
        Pairs of a field, one of `FIELDS`, and the name of a column, separated by commas. The name
        of the date's column may be followed by the order of its numbers, one of `DAY_ORDERS`.

    Returns
    -------
    ChosenColumns
        The columns. Names keep their case.

    Raises
    ------
    ValueError
        If a pair is not of this form, or a field is unknown or given twice.
    """
    if not isinstance(words, str) or not words.strip():
        msg = f"{words!r} names no columns: {_EXAMPLE}"
        raise ValueError(msg)
    chosen: dict[str, str] = {}
    order = None
    for pair in words.split(","):
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or not column:
            msg = f"{pair.strip()!r} is not a field and a column: {_EXAMPLE}"
            raise ValueError(msg)
        if field not in FIELDS:
            near = get_close_matches(field, FIELDS, n=1)
            meant = f" (did you mean {near[0]}?)" if near else ""
            msg = f"{field!r} is not one of {', '.join(FIELDS)}{meant}"
            raise ValueError(msg)
        if field in chosen:
            msg = f"{field} is given twice"
            raise ValueError(msg)
        name, colon, last = column.rpartition(":")
        if field == "date" and colon and last in DAY_ORDERS:
            column, order = name.strip(), last
        chosen[field] = column
    return ChosenColumns(tuple(chosen.items()), order)
