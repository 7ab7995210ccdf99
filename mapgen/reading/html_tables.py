"""Read the tables of displaced people in a saved web page.

The tree of a page comes in, and its tables go out. Then its text comes in, and goes out with a line
for each row.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from mapgen.reading.figure_tables import line_of, rows_of_figures
from mapgen.reading.html_text import words_of
from mapgen.reading.key_figures import figures_in_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from mapgen.reading.read_text import DraftTable

MOST_SPANNED = 100
"""Most columns or rows that one cell spans; a larger number in the markup is a mistake."""

MOST_CELLS = 200_000
"""Most cells of all tables of a page, those that a spanning cell covers among them."""

_CAPTIONS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "figcaption", "caption")
_BESIDE = ("nav", "footer", "aside", "header")  # what is in them is not the article's
_LONGEST_CAPTION = 500


PageTable = tuple[str, list[list[str]], list[list[str]]]
"""A table: the words above it, the own cells of each row, and the cells of each row with those that
span several columns or rows repeated."""


MANY = 20_000
"""Cells of a page from which its tables are taken out before its text is looked for.

An extractor takes seconds for them. By then the rows of figures are known, and go to the end of the
text; tables of more than `LARGE` cells without figures of people are left out, which is told."""

LARGE = 1_000


def found_tables(tree: HtmlElement) -> tuple[list[PageTable], int]:
    """Return the tables of displaced people in a page, in its order, and how many are left out.

    Parameters
    ----------
    tree
        Page without what it hides. Of a page with `MANY` cells the tables are taken out.
    """
    found = list(_found(tree))
    n_cells = sum(1 for _ in tree.iter("td", "th"))
    n_out = 0
    if n_cells > MANY:
        for element, _ in found:
            element.drop_tree()
        for table in list(tree.iter("table")):
            plain = table.find(".//table") is None
            if plain and sum(1 for _ in table.iter("td", "th")) > LARGE:
                table.drop_tree()
                n_out += 1
    return [table for _, table in found], n_out


def _found(tree: HtmlElement) -> Iterator[tuple[HtmlElement, PageTable]]:
    """Yield the tables of displaced people in a page, each with its element."""
    caption, room = "", MOST_CELLS
    for element in tree.iter(*_CAPTIONS, "table"):
        if element.tag != "table":
            inside = next(element.iterancestors("table", *_BESIDE), None)
            if inside is None or element.tag == "caption":
                caption = " ".join(element.text_content().split()) or caption
            continue
        if element.find(".//table") is not None or next(element.iterancestors(*_BESIDE), None):
            continue
        own, grid = _cells(element, room)
        room -= sum(map(len, grid))
        named = element.find("caption")
        told = caption if named is None else " ".join(named.text_content().split())
        told = told[-_LONGEST_CAPTION:]
        if rows_of_figures(grid, [line_of(cells) for cells in own], told):
            yield element, (told, own, grid)


def with_boxes_as_lines(tree: HtmlElement) -> None:
    """Write each table of key figures in a page as paragraphs, each with a number and its label.

    Parameters
    ----------
    tree
        Page without what it hides, which is changed.
    """
    from lxml.etree import SubElement  # noqa: PLC0415  slow to load, and only needed here

    for table in [table for table in tree.iter("table") if table.find(".//table") is None]:
        lines = figures_in_boxes(cells for _, cells in _rows(table, MOST_CELLS))
        if lines is None:
            continue
        table.tag = "div"
        for attribute in list(table.attrib):
            del table.attrib[attribute]
        for child in list(table):
            table.remove(child)
        table.text = None
        for line in lines:
            SubElement(table, "p").text = line


def with_rows(text: str, tables: list[PageTable]) -> tuple[str, tuple[DraftTable, ...]]:
    """Return the text of a page with a line for each row of its tables, and the tables.

    Parameters
    ----------
    text
        Text of the article. It often has the rows as ``| Tawila | 12,500 |``, and they stay as they
        are. The rows of a table that it lacks are added at its end.
    tables
        Tables of the page.

    Returns
    -------
    str
        The text.
    tuple of DraftTable
        The tables, in the order of their lines in the text.
    """
    lines, at = text.split("\n"), 0
    inside: list[DraftTable] = []
    added: list[DraftTable] = []
    for caption, own, grid in tables:
        found = _lines_of(own, lines, at)
        if found is None:
            added.append((caption, [line_of(cells) for cells in own], grid))
            continue
        inside.append((caption, [lines[n].strip() if n >= 0 else "" for n in found], grid))
        at = max(found) + 1
    for caption, rows, _ in added:
        text += "\n" + "\n".join(line for line in (caption, *rows) if line)
    return text, (*inside, *added)


def _cells(table: HtmlElement, room: int) -> tuple[list[list[str]], list[list[str]]]:
    """Return the own cells of each row, and the cells with those that span more than one place."""
    rows = list(_rows(table, room))
    return [own for own, _ in rows], [cells for _, cells in rows]


def _rows(table: HtmlElement, room: int) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the own cells of each row, and its cells with those that span more than one place."""
    reaching: dict[int, tuple[int, str]] = {}  # by column: rows that a cell above still spans
    for row in table.iter("tr"):
        words, cells, reaching = _row_of(row, reaching)
        room -= len(cells)
        if room < 0:
            return
        yield words, cells


def _row_of(
    row: HtmlElement, reaching: dict[int, tuple[int, str]]
) -> tuple[list[str], list[str], dict[int, tuple[int, str]]]:
    """Return the own cells of a row, all its cells, and those that reach down into the next one."""
    words: list[str] = []
    cells: list[str] = []
    below: dict[int, tuple[int, str]] = {}

    def put(told: str, n_rows: int) -> None:
        if n_rows > 1:
            below[len(cells)] = (n_rows - 1, told)
        cells.append(told)

    for cell in row:
        if cell.tag not in {"td", "th"}:
            continue
        while len(cells) in reaching:
            n_rows, told = reaching[len(cells)]
            put(told, n_rows)
        told = " ".join(words_of(cell).split())
        words.append(told)
        n_rows = _span(cell, "rowspan")
        for _ in range(_span(cell, "colspan")):
            put(told, n_rows)
    for column in range(len(cells), max(reaching, default=-1) + 1):
        n_rows, told = reaching.get(column, (1, ""))
        put(told, n_rows)
    return words, cells, below


def _span(cell: Any, name: str) -> int:  # noqa: ANN401  lxml has no types
    """Return how many columns or rows a cell spans."""
    words = cell.get(name)
    if words is None:
        return 1
    words = words.strip()
    return max(1, min(int(words[:4]), MOST_SPANNED)) if words.isascii() and words.isdigit() else 1


def _lines_of(own: list[list[str]], lines: list[str], first: int) -> list[int] | None:
    """Return which lines of a text hold the rows of a table, -1 for an empty row.

    None is returned if the text lacks a row.
    """
    found: list[int] = []
    by_words: dict[tuple[str, ...], list[int]] = {}
    for number in range(first, len(lines)):
        by_words.setdefault(_words_in(lines[number]), []).append(number)
    at = first
    for cells in own:
        words = tuple(word for cell in cells for word in cell.split())
        if not words:
            found.append(-1)
            continue
        numbers = by_words.get(words, [])
        first_after = bisect_left(numbers, at)
        if first_after == len(numbers):
            return None
        line = numbers[first_after]
        found.append(line)
        at = line + 1
    return found if found and max(found) >= 0 else None


def _words_in(line: str) -> tuple[str, ...]:
    """Return the words of a line without the bars between cells."""
    return tuple(line.replace("|", " ").split())
