"""Measure a report: columns of tables by their content, and whether it fits on one page.

Text is measured in DejaVu Sans. It is wider than Arial, in which the reports are written, and
programs without Arial use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from itertools import permutations
from typing import TYPE_CHECKING

from mapgen.drawing.figure.typeface import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.export.report.content import Report, Table

WIDTH_CM, PAGE_CM = 17.0, 27.1  # of the text on A4, between margins of 2 and 1.3 cm
PICTURE_CM = (6.0, 18.0)  # least and greatest height of a picture
_CM_PT = 72 / 2.54
_LEADING = 1.2  # height of a line, in multiples of the size of its text
_SPARE = 1.0  # share of the page that is planned; heights are reckoned with some room
CELL_PT = 3.0  # room at each side of a cell
_STEPS_PT = (24.0, 12.0, 6.0)  # by which columns are widened, one after the other
_MEASURED = 60  # rows by which the columns of a table are measured
_ONE_CELL = 0.01  # what a line of a cell counts that is not the highest of its row


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """Sizes of text, in points."""

    title: float
    heading: float
    body: float
    table: float
    fine: float  # method, limits, articles, credits
    gap: float  # space after a paragraph


ONE_PAGE = Look(title=15, heading=10, body=8.5, table=7, fine=6.5, gap=2)
LONG = Look(title=20, heading=13, body=10.5, table=8, fine=9, gap=5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How a report is laid out."""

    look: Look
    picture_cm: float  # height of the picture
    is_one_page: bool


def planned(report: Report) -> Plan:
    """Plan a report: one page if the content leaves room for a picture, else several."""
    spare = PAGE_CM * _SPARE - height_cm(report, ONE_PAGE)
    least, most = PICTURE_CM
    if spare >= least:
        return Plan(look=ONE_PAGE, picture_cm=min(spare, most), is_one_page=True)
    first = PAGE_CM * _SPARE - _head_height(report, LONG) / _CM_PT
    return Plan(look=LONG, picture_cm=max(least, min(first, most)), is_one_page=False)


def height_cm(report: Report, look: Look) -> float:
    """Return the height of a report on one page, without its picture, in cm."""
    height = _head_height(report, look)
    for table in report.tables:
        height += look.heading * _LEADING + 4 * look.gap + _table_height(table, look)
        height += _height(table.below or "", look.fine, WIDTH_CM) + look.gap
    fine = ["Method: " + " ".join(f"{a}. {b}" for a, b in report.method)]
    fine += [f"{name}: " + " · ".join(one.text for one in lines) for name, lines in report.lists]
    height += 3 * look.gap + sum(_height(text, look.fine, WIDTH_CM) + look.gap / 2 for text in fine)
    return height / _CM_PT


def _head_height(report: Report, look: Look) -> float:
    """Return the height of title, day and summary, in points."""
    height = _height(report.title, look.title, WIDTH_CM) + 3 * look.gap
    lines = (f"As of: {report.as_of}", *report.summary_lines)
    return height + sum(_height(line, look.body, WIDTH_CM) + look.gap for line in lines)


def column_widths(table: Table, size_pt: float, width_cm: float = WIDTH_CM) -> list[float]:
    """Return the widths of the columns of a table, in cm, by what stands in them.

    Every column has room for its longest word, if that is possible; the rest of the width goes
    where it makes the rows lowest.

    Parameters
    ----------
    table
        The table.
    size_pt
        Size of its text in points.
    width_cm
        Width of all columns together.
    """
    width = width_cm * _CM_PT
    columns = _columns(table)
    heads = [_width(head, size_pt, "bold") for head in table.head]
    least = _least(table, size_pt)
    texts = [max(_width(text, size_pt) for text in column) for column in columns]
    whole = [max(one, head) + _PAD for one, head in zip(texts, heads, strict=True)]
    if sum(least) >= width:
        return [width_cm * one / sum(least) for one in least]
    wish = [most - low for low, most in zip(least, whole, strict=True)]
    free = width - sum(least)
    share = free / sum(wish) if sum(wish) else 0.0
    wide = [low + more * share for low, more in zip(least, wish, strict=True)]
    wide = [width * one / sum(wide) for one in wide]
    return [one / _CM_PT for one in _lowest(table, size_pt, wide, least)]


def breaks_no_word(table: Table, size_pt: float, width_cm: float) -> bool:
    """Whether each column has room for its longest word, with the arguments of `column_widths`."""
    return sum(_least(table, size_pt)) < width_cm * _CM_PT


def _columns(table: Table) -> list[tuple[str, ...]]:
    return list(zip(*table.rows, strict=True)) or [("",)] * len(table.head)


def _least(table: Table, size_pt: float) -> list[float]:
    """Return the widths in points at which no word of a table breaks."""
    heads = [_width(head, size_pt, "bold") for head in table.head]
    longest = [
        max(_width(word, size_pt) for text in column for word in (text.split() or [""]))
        for column in _columns(table)
    ]
    return [max(one, head) + _PAD for one, head in zip(longest, heads, strict=True)]


def _lowest(
    table: Table, size_pt: float, widths: list[float], least: Sequence[float]
) -> list[float]:
    """Move width (points) from column to column as long as the rows get lower."""
    rows = table.rows[:_MEASURED]

    @cache
    def lines(column: int, width: float) -> list[int]:
        room = (width - _PAD) / _CM_PT
        return [_n_lines(row[column], size_pt, room) for row in rows]

    def height(tried: Sequence[float]) -> float:
        high = list(zip(*(lines(*one) for one in enumerate(tried)), strict=True))
        return float(sum(max(row) + _ONE_CELL * sum(row) for row in high))

    best = height(widths)
    for step in _STEPS_PT:
        is_lower = True
        while is_lower:
            is_lower = False
            for giver, taker in permutations(range(len(widths)), 2):
                if widths[giver] - step < least[giver]:
                    continue
                tried = list(widths)
                tried[giver] = round(tried[giver] - step, 2)
                tried[taker] = round(tried[taker] + step, 2)
                if (now := height(tried)) < best:
                    best, widths, is_lower = now, tried, True
    return widths


def rows_by_height(
    table: Table, size_pt: float, widths_cm: Sequence[float], height_cm: float
) -> list[tuple[tuple[str, ...], ...]]:
    """Divide the rows of a table into parts that fit into a height, each below its head.

    Parameters
    ----------
    table
        The table.
    size_pt
        Size of its text in points.
    widths_cm
        Widths of its columns.
    height_cm
        Height of each part with its head; a part has at least one row.
    """
    high = partial(_row_height, size_pt=size_pt, widths_cm=widths_cm)
    parts: list[list[tuple[str, ...]]] = []
    left = 0.0
    for row in table.rows:
        if not parts or high(row) > left:
            parts.append([])
            left = height_cm * _CM_PT - high(table.head)
        parts[-1].append(row)
        left -= high(row)
    return [tuple(part) for part in parts]


def rows_height_cm(
    rows: Iterable[Sequence[str]], size_pt: float, widths_cm: Sequence[float]
) -> float:
    """Return the height of some rows of a table in cm, with the arguments of `rows_by_height`."""
    return sum(_row_height(row, size_pt, widths_cm) for row in rows) / _CM_PT


def text_height_cm(text: str, size_pt: float, width_cm: float) -> float:
    """Return the height in cm of a paragraph in a size (points) and width."""
    return _height(text, size_pt, width_cm) / _CM_PT


def _row_height(row: Sequence[str], size_pt: float, widths_cm: Sequence[float]) -> float:
    """Return the height of a row of a slide in points."""
    room = [width - _PAD / _CM_PT for width in widths_cm]
    return 6 + max(_height(text, size_pt, w) for text, w in zip(row, room, strict=True))


_PAD = 2 * CELL_PT + 1


def _table_height(table: Table, look: Look) -> float:
    if not table.rows:
        return _height("x", look.body, WIDTH_CM)
    widths = [w - _PAD / _CM_PT for w in column_widths(table, look.table)]
    rows = [table.head, *table.rows]
    return sum(
        max(_height(text, look.table, w) for text, w in zip(row, widths, strict=True)) + 2
        for row in rows
    )


def _height(text: str, size_pt: float, width_cm: float) -> float:
    """Return the height of a paragraph, in points."""
    if not text:
        return 0.0
    return _n_lines(text, size_pt, width_cm) * size_pt * _LEADING


def _n_lines(text: str, size_pt: float, width_cm: float) -> int:
    """Return the number of lines of a paragraph."""
    room, lines, used = width_cm * _CM_PT, 1, 0.0
    space = _width(" ", size_pt)
    for word in text.split():
        wide = _width(word, size_pt)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        lines += int(wide // room)
        used += wide % room + space
    return lines


def _width(text: str, size_pt: float, weight: str = "normal") -> float:
    return text_width(text, size_pt, weight=weight)
