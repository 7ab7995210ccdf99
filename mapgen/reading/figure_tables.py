"""Read tables of displaced people in reports: places, where from and where to, and a figure.

The cells of a table come in; the rows that say how many people stay at, left or reached a place go
out. A table that does not say so in its header is left alone, and so are totals, targets, needs
and columns that could be two things.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.model import CodedPlace, Kind, Precision, Role, TableRow, When
from mapgen.reading.day_forms import order_of, the_day
from mapgen.reading.figure_cells import FAMILIES, PEOPLE, quantity_in, without_marks
from mapgen.reading.figure_columns import Counted, figure_columns
from mapgen.reading.printed_day import as_of_day
from mapgen.reading.read_text import ArticleDraft

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mapgen.model import Quantity
    from mapgen.reading.figure_columns import FigureColumn

    Grid = Sequence[Sequence[str]]

MOST_ROWS = 5_000
"""Most rows of a table of figures that are read."""

MOST_COLUMNS = 200
"""Most columns of a table of figures; a table with more is not read."""

LONGEST_CELL = 200
"""Most characters of the title of a column, a name or a figure; a longer cell is none of these."""

_LINES_ABOVE = 10  # rows above the header of a sheet
_CAPTION_CHARS = 500
_HEADER_ROWS = 3  # "IDPs" over "individuals" and "HH" is a header of two rows
_LEVELS = (
    (
        Precision.PROVINCE,
        r"governorate|province|state|region|adm(?:in)? ?1|oblast|department|prefecture|wilayah?",
    ),
    (
        Precision.DISTRICT,
        r"district|county|locality|territory|adm(?:in)? ?2|woreda|raion|lga|local government area|"
        r"zone|cercle|division|township|sub-?prefecture|mantika",
    ),
    (
        Precision.SETTLEMENT,
        r"location|place|site|camp|town|city|village|settlement|commune|municipality|adm(?:in)? ?3|"
        r"payam|kebele|baladiya",
    ),
)
_ORIGIN = re.compile(
    r"^(?:\w+ ){0,2}(?:of )?origin\b|^(?:displaced |fled |fleeing |moved )?from\b|^departure",
    re.IGNORECASE,
)
_DESTINATION = re.compile(
    r"^(?:current )?(?:destination|displacement location|arrival)\b"
    r"|^(?:\w+ ){1,2}of (?:destination|displacement|arrival|refuge|return)\b"
    r"|^\w+ destination\b|^(?:displaced |fled |moved )?to\b"
    r"|^(?:hosted|arrived|arriving) (?:in|at)\b"
    r"|^(?:place|location) of current stay\b|^current location\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"^host(?:ing)? \w+$", re.IGNORECASE)  # where people went, if it says from where
_DATE = re.compile(
    r"^(?:event |incident |displacement |arrival )?(?:date|day)\b"
    r"|^(?:date|day) of (?:the )?(?:event|incident|displacement|arrival|movement)\b",
    re.IGNORECASE,
)
_OF_DISPLACED = re.compile(r"\bidps?\b|displac|\bfled\b|\bflee", re.IGNORECASE)
_OF_RETURN = re.compile(r"\bof return\b", re.IGNORECASE)
_VARIES = re.compile(  # a district in one country, a province or a place in another
    r"\b(?:locality|department|zone|woreda|township|division|municipality|commune|lga|payam)\b",
    re.IGNORECASE,
)
_MEANT = {
    Counted.RETURNED: (Kind.RETURN, Role.DESTINATION),
    Counted.ARRIVED: (Kind.DISPLACEMENT, Role.DESTINATION),
    Counted.LEFT: (Kind.DISPLACEMENT, Role.ORIGIN),
    Counted.HOSTED: (Kind.HOSTING, Role.AT),
}
_BLANK = re.compile(r"[-–—.… ]*|0|n\.? ?[/.]? ?[ad]\.?|nil|none", re.IGNORECASE)  # no figure
_TOTAL = re.compile(
    r"^(?:grand |sub-?\s?|overall )?totals?\b|^(?:sum|overall|all)\b|^national\b|\btotal$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Header:
    """Which columns of a table hold what."""

    n_rows: int
    places: tuple[tuple[int, Precision], ...]  # coarse to fine
    moves: tuple[tuple[int, Precision, Role], ...]  # columns of origin and destination
    any_level: frozenset[int]  # columns of places whose title fits a district and a town
    figures: tuple[FigureColumn, ...]
    date: int | None
    is_return: bool  # whether the column of destinations says that people returned there
    of_displaced: bool  # whether the table says that it is about displaced people


def rows_of_figures(
    grid: Grid, lines: Sequence[str], caption: str = ""
) -> dict[int, tuple[TableRow, ...]]:
    """Return what the rows of a table say about displaced people, by number of the row from 0.

    A row says one thing for each column of figures: how many people stay at a place, and how many
    returned to it.

    Parameters
    ----------
    grid
        Cells of each row, the header among them. A cell that spans columns or rows is repeated.
    lines
        Each row as it stands in the text.
    caption
        The line above the table.
    """
    n_titles = _rows_of_titles(grid)
    caption = " ".join([caption, *lines[:n_titles]])
    header = _header(grid[n_titles:], caption)
    if header is None:
        return {}
    first = n_titles + header.n_rows
    rows = _filled_down(grid[first:MOST_ROWS], header)
    days = _days(rows, header, caption)
    found: dict[int, tuple[TableRow, ...]] = {}
    for number, (cells, day) in enumerate(zip(rows, days, strict=True), start=first):
        told = _told(cells, header, lines[number], day)
        if told:
            found[number] = told
    return found


def _rows_of_titles(grid: Grid) -> int:
    """Return the number of rows over the header that are blank or one cell with a title."""
    for number, cells in enumerate(grid[:_LINES_ABOVE]):
        first, *others = [cell.strip() for cell in cells] or [""]
        if set(others) - {"", first}:
            return number
    return 0


def _days(rows: Grid, header: _Header, caption: str) -> list[When | None]:
    """Return the day of each row: that of its column of days, else the one in the caption."""
    as_of = as_of_day(caption)
    told = (
        None
        if as_of is None
        else When(start=as_of[0], end=as_of[0], words=as_of[1], basis="carried")
    )
    if header.date is None:
        return [told] * len(rows)
    words = [_cell(cells, header.date) for cells in rows]
    order = order_of(words)
    found: list[When | None] = []
    for cell in words:
        try:
            day = the_day(cell, order)
        except ValueError:  # an empty cell, or a day that can be read in two ways
            found.append(told)
        else:
            found.append(When(start=day, end=day, words=cell, basis="stated"))
    return found


def draft_of_figures(name: str, rows: Sequence[Sequence[object]]) -> ArticleDraft | None:
    """Return a sheet that is a table of displaced people as one article, or None.

    Parameters
    ----------
    name
        The file, for messages.
    rows
        Cells of each row, with the lines above the header.

    Raises
    ------
    InputError
        If it has more than `MOST_ROWS` rows.
    """
    grid = [["" if cell is None else str(cell) for cell in row] for row in rows]
    lines = [line_of(cells) for cells in grid]
    for at in range(min(_LINES_ABOVE, len(grid))):
        caption = " ".join(lines[:at])[-_CAPTION_CHARS:]
        if rows_of_figures(grid[at:], lines[at:], caption):
            if len(grid) - at > MOST_ROWS:
                raise InputError(name, f"has more than {MOST_ROWS:,} rows of figures", "Split it.")
            table = (caption, lines[at:], grid[at:])
            return ArticleDraft(text="\n".join(filter(None, lines)), tables=(table,))
    return None


def line_of(cells: Sequence[str]) -> str:
    """Return the words of a row as one line; a cell that spans columns counts once."""
    words = [" ".join(cell.split()) for cell in cells]
    return " ".join(w for at, w in enumerate(words) if w and (at == 0 or w != words[at - 1]))


def _header(grid: Grid, caption: str) -> _Header | None:
    """Return the header of a table, or None if it is not one of displaced people."""
    for n_rows in range(1, _HEADER_ROWS + 1):
        if len(grid) <= n_rows or not all(map(_is_short, grid[:n_rows])):
            return None
        rows = _spanned(grid[:n_rows])
        titles = [line_of(column) for column in zip(*rows, strict=True)]
        found = _columns(titles, caption, n_rows, grid[n_rows])
        if found is not None and _begins_with_figures(grid[n_rows:], found):
            return found
    return None


def _spanned(rows: Grid) -> list[list[str]]:
    """Return the rows of a header, equally long; a title over several others stands over each.

    A file without merged cells has "IDPs" once, over "HH" and "Ind.".
    """
    widest = max(map(len, rows))
    spanned = [[*row, *[""] * (widest - len(row))] for row in rows]
    for row, below in itertools.pairwise(spanned):
        for at in range(1, widest):
            if row[at - 1].strip() and not row[at].strip() and below[at - 1].strip():
                row[at] = row[at - 1] if below[at].strip() else ""
    return spanned


def _ends(titles: Sequence[str], first: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the columns that say where people came from and where they went."""
    named = [
        t if quantity_in(_cell(first, at), PEOPLE) is None else "" for at, t in enumerate(titles)
    ]
    origin = next((at for at, t in enumerate(named) if _ORIGIN.search(t)), None)
    destination = next((at for at, t in enumerate(named) if _DESTINATION.search(t)), None)
    if destination is None and origin is not None:
        destination = next((at for at, t in enumerate(named) if _HOST.search(t)), None)
    return origin, destination


def _place_columns(
    titles: Sequence[str], others: Collection[int | None]
) -> list[tuple[int, Precision]]:
    """Return the columns of places, coarse to fine, apart from other columns."""
    return [
        (at, level)
        for level, words in _LEVELS
        for at, title in enumerate(titles)
        if at not in others and re.fullmatch(_named(words), title.casefold())
    ]


# "From | To | Number" under "Movements since March" counts those who moved
_NUMBER = re.compile(
    r"(?:(?:total|estimated)\s)?(?:figures?|hhs?|households?|families|individuals?|no\.?|number|people"
    r"|persons?|total)",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:arriv|displac|fled|flee|flight|moved|movement)", re.IGNORECASE)


def _columns(
    titles: Sequence[str], caption: str, n_rows: int, first: Sequence[str]
) -> _Header | None:
    """Return what the columns with these titles hold, or None if it is not clear.

    The first row under the titles tells "Arrivals", a figure, from "Arrival", a place.
    """
    origin, destination = _ends(titles, first)
    others = ["" if at in {origin, destination} else t for at, t in enumerate(titles)]
    if (
        origin is not None
        and destination is not None
        and _MOVED.search(" ".join([*titles, caption]))
    ):
        others = [f"{t} displaced" if _NUMBER.fullmatch(t.strip()) else t for t in others]
    figures = figure_columns(others, caption)
    if not figures:
        return None
    places = _place_columns(titles, {*(column.at for column in figures), origin, destination})
    if not places and origin is None and destination is None:
        return None
    about = " ".join([*titles, *others, caption])
    return _Header(
        n_rows=n_rows,
        places=tuple(places),
        moves=tuple(
            (at, _level_in(titles[at]), role)
            for at, role in ((origin, Role.ORIGIN), (destination, Role.DESTINATION))
            if at is not None
        ),
        any_level=frozenset(at for at, t in enumerate(titles) if _VARIES.search(t)),
        figures=figures,
        date=next((at for at, t in enumerate(titles) if _DATE.search(t)), None),
        is_return=destination is not None and _OF_RETURN.search(titles[destination]) is not None,
        of_displaced=_OF_DISPLACED.search(about) is not None,
    )


def _named(words: str) -> str:
    """Return a pattern for the title of a column of places: ``Name of district``, ``State``."""
    return rf"(?:name of )?(?:{words})(?: ?names?)?"


def _begins_with_figures(rows: Grid, header: _Header) -> bool:
    """Whether the first row that is not blank in the columns of figures has a figure there."""
    for cells in rows:
        words = [_cell(cells, column.at) for column in header.figures]
        if not all(map(_BLANK.fullmatch, words)):
            return any(_quantity(cells, column) is not None for column in header.figures)
    return False


def _quantity(cells: Sequence[str], column: FigureColumn) -> Quantity | None:
    """Return the figure of a row in the unit of its column or cell, or None."""
    return quantity_in(_cell(cells, column.at), FAMILIES if column.is_of_families else PEOPLE)


def _told(
    cells: Sequence[str], header: _Header, line: str, day: When | None
) -> tuple[TableRow, ...]:
    """Return what a row says, one thing for each column that has a figure in it."""
    first = next((c.strip() for c in cells if c.strip()), "")
    if _TOTAL.search(first):
        return ()
    rows: list[TableRow] = []
    for column in header.figures:
        quantity = _quantity(cells, column)
        if quantity is None:
            continue
        kind, places = _kind_and_places(cells, header, column.counted)
        if kind is None or not places or any(_TOTAL.search(place.name) for place in places):
            continue
        rows.append(
            TableRow(
                line=line,
                kind=kind,
                places=places,
                quantity=quantity,
                date=day,
                is_same_line=bool(rows),
            )
        )
    return tuple(rows)


def _kind_and_places(
    cells: Sequence[str], header: _Header, counted: Counted
) -> tuple[Kind | None, tuple[CodedPlace, ...]]:
    """Return what the people of a column did, and where by the words of a row."""
    moved = [
        _place(_cell(cells, at), level, role, any_level=True)
        for at, level, role in header.moves
        if _cell(cells, at)
    ]
    if moved:
        is_return = header.is_return or counted is Counted.RETURNED
        kind = Kind.RETURN if is_return else Kind.DISPLACEMENT
        return (kind if header.of_displaced or is_return else None), tuple(moved)
    named = [(_cell(cells, at), level) for at, level in header.places]
    if not named or not named[-1][0]:  # the sum of a province, in a table of its districts
        return None, ()
    told = _MEANT.get(counted)
    if told is None:
        return None, ()
    kind, role = told
    name, level = named[-1]
    within = named[0][0] if len(named) > 1 else None
    any_level = header.places[-1][0] in header.any_level
    place = _place(name, level, role, within, any_level=any_level)
    return (kind if header.of_displaced or kind is Kind.RETURN else None), (place,)


def _place(
    name: str, level: Precision, role: Role, within: str | None = None, *, any_level: bool
) -> CodedPlace:
    """Return a place of a row; where people come from or go to may be of any level."""
    return CodedPlace(
        name=without_marks(name),
        lat=None,
        lon=None,
        role=role,
        precision=level,
        within=without_marks(within) if within else None,
        any_level=any_level,
    )


def _level_in(title: str) -> Precision:
    """Return the level of place that the title of a column names, else that of a town."""
    return next(
        (level for level, words in _LEVELS if re.search(rf"\b(?:{words})\b", title.casefold())),
        Precision.SETTLEMENT,
    )


def _filled_down(rows: Grid, header: _Header) -> list[list[str]]:
    """Return rows in which a province that stands only in its first row is repeated below it."""
    coarse = [at for at, _ in header.places[:-1]]
    last: dict[int, str] = {}
    filled = []
    for cells in rows:
        row = list(cells)
        for at in coarse:
            if at < len(row) and row[at].strip():
                last[at] = row[at]
            elif at < len(row) and _cell(row, header.places[-1][0]):
                row[at] = last.get(at, "")
        filled.append(row)
    return filled


def _is_short(cells: Sequence[str]) -> bool:
    """Whether a row has no more columns, and no longer words in them, than a header has."""
    return len(cells) <= MOST_COLUMNS and all(len(cell) <= LONGEST_CELL for cell in cells)


def _cell(cells: Sequence[str], at: int) -> str:
    """Return the words of a cell, or an empty text for a cell that is too long."""
    if at >= len(cells) or len(cells[at]) > LONGEST_CELL:
        return ""
    return " ".join(cells[at].split())
