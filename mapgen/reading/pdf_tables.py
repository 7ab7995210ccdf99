"""Find the tables on a page of a PDF file: those with rules between the cells, and those without.

The layout of a page comes in; tables go out, each with where it stands and its cells. A PDF has no
tables, only words and lines at places, so a table is found by its rules or else by its columns.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_RULES = 2_000
"""Most rules of a page among which tables are looked for; a page with more is a drawing."""

MOST_PIECES = 4_000
"""Most pieces of text of a page among which tables are looked for."""

_MOST_CELLS = 5_000  # of the grid that the rules of a page make
_SNAP = 3.0  # points within which two rules lie on one line
_TOUCH = 1.0  # points that letters may reach over a rule beside them
_GAP = 0.9  # between two cells, as a multiple of the height of the letters
_ROW_GAP = 3.5  # between two rows, as a multiple of the height of the letters
_FIGURE = re.compile(r"[~≈]?\d[\d,.   ]*(?:[*†‡]|\s?%)?")


Rule = tuple[float, float, float]
"""A rule: its distance from the edge of the page, and from where to where it runs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line with no wide gap between them, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    words: str

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle of the words."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table on a page: its edges in points, and its cells; one that spans several is repeated."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[tuple[str, ...], ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def tables_of(page: Any, words_of: Callable[[Any], str]) -> list[PdfTable]:  # noqa: ANN401
    """Return the tables of a page, from its top to its bottom.

    Parameters
    ----------
    page
        Layout of a page as pdfminer gives it.
    words_of
        Function that returns the words of letters that stand beside each other.
    """
    from pdfminer.layout import LTTextBox  # noqa: PLC0415  only needed here

    across, down = _rules(page)
    parting = sorted(down) if len(across) + len(down) <= MOST_RULES else []
    lines = [line for box in page if isinstance(box, LTTextBox) for line in box]
    pieces = [piece for line in lines for piece in pieces_of(line, words_of, parting)]
    if len(pieces) > MOST_PIECES:
        return []
    found: list[PdfTable] = []
    if len(across) + len(down) <= MOST_RULES:
        for a, d in _connected(across, down):
            found.extend(_ruled(a, d, pieces))
    free = [p for p in pieces if not any(table.holds(*p.middle) for table in found)]
    found.extend(_aligned(free))
    return sorted(found, key=lambda table: -table.top)


def pieces_of(
    line: Any,  # noqa: ANN401
    words_of: Callable[[Any], str],
    down: Sequence[Rule] = (),
) -> list[Piece]:
    """Return the pieces of a line of text, which wide gaps or rules part.

    Parameters
    ----------
    line
        Line of text as pdfminer gives it.
    words_of
        Function that returns the words of letters that stand beside each other.
    down
        Rules that run down the page, from the left.
    """
    pieces = []
    for part in _parts(line, down):
        seen = [sign for sign in part if hasattr(sign, "x0") and sign.get_text().strip()]
        if seen:
            left, bottom = min(s.x0 for s in seen), min(s.y0 for s in seen)
            right_end, top = max(s.x1 for s in seen), max(s.y1 for s in seen)
            words = " ".join(words_of(part).split())
            pieces.append(Piece(left, bottom, right_end, top, words))
    return pieces


def _parts(line: Any, down: Sequence[Rule]) -> list[list[Any]]:  # noqa: ANN401
    """Return the signs of a line of text between wide gaps and rules."""
    middle = (line.y0 + line.y1) / 2
    cuts = [x for x, bottom, top in down if line.x0 < x < line.x1 and bottom <= middle <= top]
    parts: list[list[Any]] = [[]]
    right = None
    for sign in line:
        if hasattr(sign, "x0") and sign.get_text().strip():
            if right is not None and _is_apart(right, sign, cuts):
                parts.append([])
            right = sign.x1
        parts[-1].append(sign)
    return parts


def _is_apart(right: float, sign: Any, cuts: Sequence[float]) -> bool:  # noqa: ANN401
    """Whether a wide gap or a rule stands between a sign and the end of the one before it."""
    is_wide = sign.x0 - right > _GAP * sign.height
    return is_wide or any(right - _TOUCH <= x <= sign.x0 + _TOUCH for x in cuts)


# --- tables with rules --------------------------------------------------------------------------


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:  # noqa: ANN401
    """Return the rules of a page that run across it, and those that run down."""
    across: list[Rule] = []
    down: list[Rule] = []
    for shape in page:
        if not hasattr(shape, "linewidth"):
            continue
        x0, y0, x1, y1 = shape.bbox
        if y1 - y0 > _SNAP:
            down.append((x0, y0, y1))
            if x1 - x0 > _SNAP:  # a box
                down.append((x1, y0, y1))
                across += [(y0, x0, x1), (y1, x0, x1)]
        elif x1 - x0 > _SNAP:
            across.append(((y0 + y1) / 2, x0, x1))
    return across, down


def _connected(
    across: Sequence[Rule], down: Sequence[Rule]
) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Yield groups of rules in which each meets another one."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for i, (y, left, right) in enumerate(across):
        for k, (x, bottom, top) in enumerate(down, start=len(across)):
            if left - _SNAP <= x <= right + _SNAP and bottom - _SNAP <= y <= top + _SNAP:
                parent[root(k)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for n in range(len(parent)):
        is_down = n >= len(across)
        rule = down[n - len(across)] if is_down else across[n]
        groups[root(n)][is_down].append(rule)
    return groups.values()


def _snapped(places: Iterable[float]) -> list[float]:
    """Return places in order, those that lie close together once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _SNAP:
            kept.append(place)
    return kept


def _ruled(across: list[Rule], down: list[Rule], pieces: list[Piece]) -> list[PdfTable]:
    """Return the table that rules make, if they make one of two rows and two columns or more."""
    xs, ys = _snapped(x for x, _, _ in down), _snapped(y for y, _, _ in across)[::-1]
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    if n_rows < 2 or n_columns < 2 or n_rows * n_columns > _MOST_CELLS:  # noqa: PLR2004
        return []
    cells = _numbered(across, down, xs, ys)
    inside = _placed(pieces, cells, xs, ys)
    in_lines = {n: _rows(few) for n, few in inside.items()}
    if any(len(row) > 1 for lines in in_lines.values() for row in lines):
        return []  # bands of colour rather than rules: words stand apart where no rule is
    told = {n: " ".join(row[0].words for row in lines) for n, lines in in_lines.items()}
    rows = tuple(tuple(told.get(n, "") for n in numbers) for numbers in cells)
    return [PdfTable(xs[0], ys[-1], xs[-1], ys[0], rows)]


def _placed(
    pieces: Iterable[Piece], cells: list[list[int]], xs: Sequence[float], ys: Sequence[float]
) -> dict[int, list[Piece]]:
    """Return the pieces in each cell of a grid, by its number."""
    inside: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        x, y = piece.middle
        if xs[0] < x < xs[-1] and ys[-1] < y < ys[0]:
            row = next(row for row, below in zip(cells, ys[1:], strict=True) if y >= below)
            number = next(n for n, right in zip(row, xs[1:], strict=True) if x <= right)
            inside[number].append(piece)
    return inside


def _numbered(
    across: list[Rule], down: list[Rule], xs: Sequence[float], ys: Sequence[float]
) -> list[list[int]]:
    """Return a number for each place of a grid, the same where no rule parts two of them."""
    at_x = [[rule for rule in down if abs(rule[0] - x) <= _SNAP] for x in xs]
    at_y = [[rule for rule in across if abs(rule[0] - y) <= _SNAP] for y in ys]
    n_columns = len(xs) - 1
    cells = [[r * n_columns + c for c in range(n_columns)] for r in range(len(ys) - 1)]
    for r, row in enumerate(cells):
        for c in range(n_columns):
            if c and not _is_ruled(at_x[c], (ys[r] + ys[r + 1]) / 2):
                row[c] = row[c - 1]
            if r and not _is_ruled(at_y[r], (xs[c] + xs[c + 1]) / 2):
                row[c] = cells[r - 1][c]
    return cells


def _is_ruled(rules: Iterable[Rule], at: float) -> bool:
    """Whether one of the rules passes a point along them."""
    return any(a <= at <= b for _, a, b in rules)


# --- tables without rules -----------------------------------------------------------------------


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return pieces as lines from the top, each from the left."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.middle[1]):
        if rows and abs(rows[-1][0].middle[1] - piece.middle[1]) < (piece.top - piece.bottom) / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _aligned(pieces: list[Piece]) -> list[PdfTable]:
    """Return the tables that are told by their columns alone."""
    found: list[PdfTable] = []
    block: list[list[Piece]] = []
    for row in [*_rows(pieces), []]:
        height = median(p.top - p.bottom for p in block[-1]) if block else 0.0
        goes_on = row and block and block[-1][0].bottom - row[0].top < _ROW_GAP * height
        if goes_on and len(row) == 1 and (title := _title_over(row[0], block[-1])) is not None:
            block[-1][title] = _joined(block[-1][title], row[0])
            continue
        if block and not (goes_on and len(row) > 1):
            found.extend(_table_of(block))
            block = []
        if len(row) > 1:
            block.append(row)
    return found


def _title_over(piece: Piece, row: Sequence[Piece]) -> int | None:
    """Return which title of a header goes on in a piece right under it, or None."""
    if any(_FIGURE.fullmatch(p.words) for p in row) or _FIGURE.fullmatch(piece.words):
        return None
    ends = [p.left for p in row[1:]] + [float("inf")]
    for n, (title, end) in enumerate(zip(row, ends, strict=True)):
        is_under = abs(title.left - piece.left) < _SNAP and piece.right < end
        if n and is_under and title.bottom - piece.top < (piece.top - piece.bottom) / 2:
            return n
    return None


def _joined(title: Piece, piece: Piece) -> Piece:
    """Return a title with the line under it."""
    right = max(title.right, piece.right)
    return Piece(title.left, title.bottom, right, title.top, f"{title.words} {piece.words}")


def _table_of(block: list[list[Piece]]) -> list[PdfTable]:
    """Return lines with several pieces each as a table, if the pieces stand in columns."""
    if len(block) < 2:  # noqa: PLR2004  a header and a row
        return []
    widest = max(block, key=len)
    centres = [piece.middle[0] for piece in widest]
    rows = []
    for row in block:
        cells = [""] * len(widest)
        for piece in row:
            column = _column(piece, widest, centres)
            if column is None or cells[column]:
                return []
            cells[column] = piece.words
        rows.append(tuple(cells))
    if not any(_FIGURE.fullmatch(cell) for row in rows for cell in row):
        return []
    every = [piece for row in block for piece in row]
    return [
        PdfTable(
            min(p.left for p in every),
            min(p.bottom for p in every),
            max(p.right for p in every),
            max(p.top for p in every),
            tuple(rows),
        )
    ]


def _column(piece: Piece, widest: Sequence[Piece], centres: Sequence[float]) -> int | None:
    """Return the only column that a piece stands in, or None if it stands in two or in none."""
    over = [n for n, p in enumerate(widest) if min(p.right, piece.right) > max(p.left, piece.left)]
    if len(over) == 1:
        return over[0]
    if over:
        return None
    return min(range(len(centres)), key=lambda n: abs(centres[n] - piece.middle[0]))
