"""Make drafts of articles from the rows of a table, a row an article.

Rows come in; drafts go out, with remarks on the file: which columns were read, and what was not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from mapgen.core.chosen_columns import ChosenColumns
from mapgen.core.country_names import country_code
from mapgen.errors import InputError
from mapgen.reading.coded_events import coded_drafts, export_of
from mapgen.reading.columns import Columns, header_of, listed, plain_name, recognised
from mapgen.reading.day_forms import BOTH, EITHER, ORDERS, days_meant, order_of, the_day
from mapgen.reading.html_text import text_of_cell
from mapgen.reading.read_feeds import without_outlet
from mapgen.reading.read_text import draft_of
from mapgen.reading.table_rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from mapgen.reading.read_text import ArticleDraft

    Rows = Iterable[Row | InputError]
    Drafts = Iterator[ArticleDraft | InputError]

SAMPLE_ROWS = 500
"""Rows from which the columns and the form of the days are told."""

SAMPLE_CHARS = 8_000_000
"""Most characters of those rows."""

OWN_EXPORTS = (
    frozenset({"standing", "gazetteername"}),
    frozenset({"source", "publishedon", "narticles", "nreprints"}),
)
"""Columns of mapgen's own exports, which would confirm themselves if they were read again."""

# News services cut texts and say so: "The army said that it had retak… [+1234 chars]"
_CUT = re.compile(r"(?:…|\.\.\.)?\s*\[\+\d+ char(?:acter)?s\]$")
_CUT_CHARS = 100  # at the end of a text, among which it says that it is cut
_LAST_SENTENCE_END = re.compile(r"(?s)^(.*[.!?][”’\"')\]]*)(?=\s|$)")


@dataclass(slots=True)
class TableNotes:
    """What a user should know of a table, counted while its rows are read."""

    notes: list[str]
    n_cut: int = 0
    unknown_countries: dict[str, int] = field(default_factory=dict)

    def add_counts(self) -> None:
        """Add what was counted to the notes."""
        if self.n_cut:
            texts = "1 text is" if self.n_cut == 1 else f"{self.n_cut:,} texts are"
            self.notes.append(f"{texts} cut by the service; the last, torn sentence is left out")
        if self.unknown_countries:
            n = sum(self.unknown_countries.values())
            rows = "1 row names" if n == 1 else f"{n:,} rows name"
            names = listed(sorted(self.unknown_countries))
            self.notes.append(f"{rows} a country that is not known ({names})")


def articles_in_rows(
    name: str,
    rows_of: Callable[[], Rows],
    again: Callable[[], Rows] | None,
    *,
    chosen: ChosenColumns | None = None,
    notes: list[str] | None = None,
) -> Drafts:
    """Yield a draft for each row, or the reason why it is refused.

    Parameters
    ----------
    name
        The file, for messages.
    rows_of
        Function that returns the rows.
    again
        Function that returns the rows once more while the others are being read, or None if they
        can be read once only, as from standard input.
    chosen
        Columns that the user named.
    notes
        List to which remarks on the file are added.

    Raises
    ------
    InputError
        If no column holds the text, or the order of the numbers in the days is open.
    """
    chosen = chosen or ChosenColumns()
    told = TableNotes(notes if notes is not None else [])
    rows = iter(rows_of())
    sample: list[Row | InputError] = []
    while not any(isinstance(row, Row) for row in sample):
        yield from (row for row in sample if isinstance(row, InputError))
        sample = _sample(rows)
        if not sample:
            return
    first = [row.cells for row in sample if isinstance(row, Row)]
    header = header_of(first)
    named = {plain_name(column) for column in header}
    if any(named >= own for own in OWN_EXPORTS):
        raise InputError(
            name, "is an export of mapgen, not articles", "Give what it was made from."
        )
    export = export_of(header) if chosen.column("text") is None else None
    if export is not None:
        column = export.date_column(header)
        order = _day_order(name, column, first, chosen, again) if column else None
        yield from coded_drafts(name, export, chain(sample, rows), order, told.notes)
        return
    columns = recognised(name, header, first, chosen)
    order = _day_order(name, columns.date, first, chosen, again) if columns.date else None
    if not columns.is_own:
        told.notes.append(columns.line(order))
        told.notes += columns.remarks
    yield from _drafts(chain(sample, rows), columns, order, told)
    told.add_counts()


def _drafts(rows: Rows, columns: Columns, order: str | None, told: TableNotes) -> Drafts:
    """Yield the draft of each row, or the reason why it is refused."""
    for row in rows:
        if isinstance(row, InputError):
            yield row
            continue
        try:
            yield _draft(row, columns, order, told)
        except InputError as err:
            yield err


def _sample(rows: Iterator[Row | InputError]) -> list[Row | InputError]:
    """Return the next rows, not too many and not too long."""
    sample: list[Row | InputError] = []
    n_chars = 0
    for row in rows:
        sample.append(row)
        if isinstance(row, Row):
            n_chars += sum(len(cell) for cell in row.cells.values() if isinstance(cell, str))
        if len(sample) == SAMPLE_ROWS or n_chars > SAMPLE_CHARS:
            break
    return sample


def _day_order(
    name: str,
    column: str,
    first: Sequence[dict[str, object]],
    chosen: ChosenColumns,
    again: Callable[[], Rows] | None,
) -> str | None:
    """Return the order of the numbers in the days, settled by any row of the file."""
    if chosen.day_order:
        return chosen.day_order
    values = [cells.get(column) for cells in first]
    order = order_of(values)
    if order == EITHER and again is not None:
        others = (row.cells for row in again() if isinstance(row, Row))
        order = order_of(cells.get(column) for cells in others)
    if order not in {EITHER, BOTH}:
        return order
    advice = f"Say which with --columns date={column}:dmy (day first) or date={column}:mdy."
    if order == BOTH:
        problem = f"has days in {column} of which some have the day first and some the month"
        raise InputError(name, problem, advice)
    shown = next(v for v in values if len(set(days_meant(v).values())) > 1)
    ways = " or ".join(f"{day.day} {day:%B %Y}" for day in days_meant(shown).values())
    problem = f"has days in {column} such as {shown}, which can be {ways}; no row settles it"
    raise InputError(name, problem, advice)


def _draft(row: Row, columns: Columns, order: str | None, told: TableNotes) -> ArticleDraft:
    """Return the draft of a row."""
    text, was_cut = _text_of(row, columns)
    told.n_cut += was_cut
    cells = row.cells
    fields: dict[str, object] = {
        key: cells.get(column)
        for key, column in (
            ("id", columns.id),
            ("title", columns.title),
            ("source", columns.source),
            ("url", columns.url),
            ("language", columns.language),
        )
        if column is not None
    }
    title = fields.get("title")
    if isinstance(title, str):
        source = fields.get("source")
        outlet = source if isinstance(source, str) else None
        fields["title"] = without_outlet(text_of_cell(title), outlet)
    fields["published_on"] = _day_of(row, columns, order)
    if columns.date == "published_on":
        fields["published_on_basis"] = cells.get("published_on_basis")
    fields["country"] = _country_of(row, columns, told)
    return draft_of(row.where, fields, text)


def _text_of(row: Row, columns: Columns) -> tuple[str, bool]:
    """Return the text of a row, from the first of its columns that has one, and whether it is cut.

    Raises
    ------
    InputError
        If no column has one.
    """
    advice = f"Its column {' and '.join(columns.text)} is empty."
    if columns.text == ("text",):
        advice = 'Put the article in the field "text".'
    was_cut = False
    for column in columns.text:
        value = row.cells.get(column)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if not isinstance(value, str):
            raise InputError(row.where, f"has a {column} that is not a string", advice)
        text = text_of_cell(value)
        whole = _without_mark(text)
        if whole == text:
            return text, was_cut
        was_cut = True
        end = _LAST_SENTENCE_END.match(whole)
        if end is not None:
            return end[1], was_cut
    raise InputError(row.where, "has no text", advice)


def _without_mark(text: str) -> str:
    """Return a text without the mark that a service puts behind what it cuts: "… [+900 chars]"."""
    stripped = text.rstrip()
    found = _CUT.search(stripped, max(0, len(stripped) - _CUT_CHARS))
    return text if found is None else stripped[: found.start()].rstrip()


def _day_of(row: Row, columns: Columns, order: str | None) -> date | None:
    """Return the day of a row, or None if it has none."""
    value = row.cells.get(columns.date) if columns.date else None
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return the_day(value, order)
    except ValueError as err:
        shown = " ".join(str(value).split())[:60]
        problem = f"has a {columns.date} that is not a day ({shown})"
        if order in ORDERS and days_meant(value):
            problem = f"has a {columns.date} that is no day as {ORDERS[order]} ({shown})"
        elif days_meant(value):
            problem = f"has a {columns.date} that can be read in two ways ({shown})"
        advice = "Write it like 2024-12-06, or leave it out."
        raise InputError(row.where, problem, advice) from err


def _country_of(row: Row, columns: Columns, told: TableNotes) -> str | None:
    """Return the code of the country of a row; one that is not known is counted."""
    value = row.cells.get(columns.country) if columns.country else None
    if value is None or not str(value).strip():
        return None
    code = country_code(value)
    if code is None:
        shown = " ".join(str(value).split())[:40]
        told.unknown_countries[shown] = told.unknown_countries.get(shown, 0) + 1
    return code
