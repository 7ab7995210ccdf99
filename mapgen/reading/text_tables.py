"""Find tables of displaced people in a plain text, whose columns are told by spaces, tabs or bars.

A text comes in, as mails, notes and programs write it; its tables go out, each with its lines as
they stand in the text and the cells of each line. Other tables are left alone.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.reading.figure_tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, rows_of_figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapgen.reading.read_text import DraftTable

    Grid = list[list[str]]

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_LONGEST_LINE = 1_000  # characters of a line of a table
_LONGEST_CAPTION = 500
_PIECE = re.compile(r"\S+(?:[ \u00a0]\S+)*")  # words with no wide gap between them
_RULE = re.compile(r"[\s|+:=_–—.-]*[|+:=_–—-]{2}[\s|+:=_–—.-]*")  # a line drawn under the header
_FIGURE = re.compile(r"(?:[~≈<>] ?)?\d[\d,.’'\u00a0\u202f ]*[*†‡+]?")
_CELLS = re.compile(r"\t| {2}|\S\|\S|\| |│ ")
_BARS = str.maketrans("│┃║─━═┼╋╬├┤┌┐└┘┬┴╔╗╚╝╠╣╦╩", "|||---" + "+" * 19)  # of drawn boxes
_LEAST_LINES = 2  # a header and a row


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table in a text, and the offset at which each of its lines begins."""

    draft: DraftTable
    starts: tuple[int, ...]
    end: int  # offset behind its last line


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text with its offset; its tabs are as written."""

    start: int
    words: str

    @property
    def n_cells(self) -> int:
        """The number of cells, if it stood alone."""
        return len(_parts(self.plain))

    @property
    def plain(self) -> str:
        """Its words with bars in place of the signs of drawn boxes; equally long."""
        return self.words.translate(_BARS)

    @property
    def is_rule(self) -> bool:
        """Whether it is drawn with signs and has no words."""
        return _RULE.fullmatch(self.plain) is not None


def tables_in(text: str) -> Iterator[TextTable]:
    """Yield the tables of displaced people in a text, in its order.

    Parameters
    ----------
    text
        Text of an article.
    """
    if not _CELLS.search(text):
        return
    block: list[_Line] = []
    caption = above = ""
    end = spacing = 0  # offset of the line before, and line ends between the last two rows
    for found in _LINE.finditer(text):
        words = found.group()
        line = _Line(found.start() + len(words) - len(words.lstrip()), words.rstrip())
        if not line.words.strip():
            continue
        n_ends = len(re.findall(r"\r\n|[\r\n\u2028\u2029]", text[end : found.start()]))
        end = found.end()
        is_row = len(words) <= _LONGEST_LINE and (line.is_rule or line.n_cells > 1)
        goes_on = is_row and len(block) < MOST_ROWS and (n_ends < 2 or _is_open(block))  # noqa: PLR2004
        is_wide = is_row and n_ends == spacing and _is_data(_parts(line.plain))
        spacing = n_ends
        if block and not (goes_on or is_wide):
            yield from _table(block, caption)
            block = []
        if is_row:
            caption = caption if block else above
            block.append(line)
        above = "" if is_row else words.strip()[-_LONGEST_CAPTION:]
    yield from _table(block, caption)


def _is_open(block: Sequence[_Line]) -> bool:
    """Whether a table may go on behind an empty line: one that has no figures yet."""
    return not any(_is_data(_parts(line.plain)) for line in block)


def _table(block: Sequence[_Line], caption: str) -> Iterator[TextTable]:
    """Yield lines as a table, if they are one of displaced people."""
    lines = [line for line in block if not line.is_rule]
    if len(lines) < _LEAST_LINES:
        return
    for grid in _grids([line.plain for line in lines]):
        words = [line.words.strip() for line in lines]
        if rows_of_figures(grid, words, caption):
            starts = tuple(line.start for line in lines)
            yield TextTable((caption, words, grid), starts, starts[-1] + len(words[-1]))
            return


def _grids(lines: Sequence[str]) -> Iterator[Grid]:
    """Yield the cells of lines in each way in which all of them can be parted."""
    if all("|" in line for line in lines):
        yield [[" ".join(c.split()) for c in line.strip().strip("|").split("|")] for line in lines]
        return
    if all("\t" in line.strip() for line in lines):
        for sign in (r"\t", r"\t+"):
            grid = [[" ".join(c.split()) for c in re.split(sign, line.rstrip())] for line in lines]
            if len({len(cells) for cells in grid}) == 1 and len(grid[0]) <= MOST_COLUMNS:
                yield grid
                return
        yield from _unequal(lines)
    spaced = [line.expandtabs() for line in lines]
    aligned = _aligned(spaced)
    if aligned is not None:
        yield aligned
    yield from _between_gaps(spaced)


def _unequal(lines: Sequence[str]) -> Iterator[Grid]:
    """Yield the cells between tabs, filled up where a line lacks its last ones."""
    grid = [[" ".join(c.split()) for c in line.rstrip().split("\t")] for line in lines]
    widest = max(map(len, grid))
    if widest <= MOST_COLUMNS:
        yield [cells + [""] * (widest - len(cells)) for cells in grid]


def _parts(line: str) -> list[str]:
    """Return the words of a line between tabs, bars and wide gaps."""
    return [
        part.strip() for part in re.split(r"\t+|\||[ \u00a0]{2,}", line.strip()) if part.strip()
    ]


def _is_data(cells: Sequence[str]) -> bool:
    """Whether a line has a name first and a figure behind it."""
    return len(cells) > 1 and any(_FIGURE.fullmatch(cell) for cell in cells[1:])


def _aligned(lines: Sequence[str]) -> Grid | None:
    """Return the cells of lines whose columns stand under each other, or None.

    The rows with figures tell where the columns are. A title that stands over several of them is
    repeated.
    """
    pieces = [[(m.start(), m.end(), m.group()) for m in _PIECE.finditer(line)] for line in lines]
    data = [row for row in pieces if _is_data([words for _, _, words in row])]
    columns = _joined([(left, right) for row in data for left, right, _ in row])
    if len(columns) < 2 or len(columns) > MOST_COLUMNS:  # noqa: PLR2004
        return None
    first = next(n for n, row in enumerate(pieces) if row in data)
    grid = []
    for number, row in enumerate(pieces):
        cells = [""] * len(columns)
        for left, right, words in row:
            over = _columns_of(left, right, columns)
            if len(words) > LONGEST_CELL or (number >= first and len(over) > 1):
                return None
            for at in over:
                if number >= first and cells[at]:
                    return None
                cells[at] = f"{cells[at]} {words}".strip()
        grid.append(cells)
    return grid


def _between_gaps(lines: Sequence[str]) -> Iterator[Grid]:
    """Yield the cells between the places that are blank in every line, however narrow they are.

    A single space parts two cells of a line only before a figure: "Belet Hawo" is one name.
    """
    inked = {at for line in lines for at, sign in enumerate(line) if not sign.isspace()}
    columns = _joined([(at, at + 1) for at in inked], touching=True)
    if not 1 < len(columns) <= MOST_COLUMNS:
        return
    for line in lines:
        for (_, end), (start, right) in itertools.pairwise(columns):
            is_narrow = (
                start - end == 1 and line[end - 1 : end].strip() and line[start:right].strip()
            )
            if (
                is_narrow
                and line[start] != " "
                and not _FIGURE.fullmatch(line[start:right].strip())
            ):
                return
    yield [[" ".join(line[a:b].split()) for a, b in columns] for line in lines]


def _joined(spans: Sequence[tuple[int, int]], *, touching: bool = False) -> list[tuple[int, int]]:
    """Return spans from the left; those that overlap are one, and if wanted those that touch."""
    joined: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if joined and left < joined[-1][1] + touching:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def _columns_of(left: int, right: int, columns: Sequence[tuple[int, int]]) -> list[int]:
    """Return the columns over which a piece stands, or else the nearest one."""
    over = [n for n, (a, b) in enumerate(columns) if left < b and a < right]
    if over:
        return over
    middle = left + right
    return [min(range(len(columns)), key=lambda n: abs(sum(columns[n]) - middle))]
