"""Choose the size of a locator map, and lay out title, map, legend and credits on the sheet."""

from __future__ import annotations

import math
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mapgen.drawing.figure.sizes import CARD, SIZES
from mapgen.errors import LocatorError

if TYPE_CHECKING:
    from collections.abc import Sequence

LegendPlace = Literal["below", "top-left", "top-right", "bottom-left", "bottom-right", "none"]

DPI = 200
MARGIN_IN = 0.15
_MM = 25.4
_USUAL_IN = 8.0  # width without a size
_TEXT_PT, _TITLE_PT, _CREDIT_PT = 8.0, 13.0, 6.0
_LEAST_PT = 6.5  # of names and the legend
_SIDES_MM = (50.0, 1500.0)  # shortest and longest side of a sheet
_LETTER = 0.56  # mean width of a letter, as a share of its height
_MEASURES = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)")
_LEAST_MAP = 0.4  # least share of the height of a sheet for the map


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet of paper or a screen, in inches."""

    width_in: float = _USUAL_IN
    height_in: float | None = None  # None: as high as the map needs
    dpi: int = DPI

    @property
    def text_pt(self) -> float:
        """Size of names and the legend, in points."""
        scale = min(max(math.sqrt(self.width_in / _USUAL_IN), 0.8), 1.5)
        return max(_TEXT_PT * scale, _LEAST_PT)

    @property
    def title_pt(self) -> float:
        """Size of the headline, in points."""
        return _TITLE_PT * self.text_pt / _TEXT_PT

    @property
    def credit_pt(self) -> float:
        """Size of the credits, in points."""
        return max(_CREDIT_PT * self.text_pt / _TEXT_PT, _CREDIT_PT)

    @property
    def line_in(self) -> float:
        """Height of a row of the legend, in inches."""
        return 0.2 * self.text_pt / _TEXT_PT

    def wrapped(self, words: str, size_pt: float) -> list[str]:
        """Return text in lines that fit between the margins."""
        room_pt = (self.width_in - 2 * MARGIN_IN) * 72
        return textwrap.wrap(words, max(10, int(room_pt / (size_pt * _LETTER)))) or [""]


def sheet_of(size: str | None) -> Sheet:
    """Return the sheet for a size.

    Parameters
    ----------
    size
        Name of a size of pictures (``a4``, ``a5``, ``slide``, ``column``, ``card``), or width and
        height in mm, such as ``160x120``. None for a sheet of 8 inches that is as high as its map.

    Returns
    -------
    Sheet
        The sheet.

    Raises
    ------
    LocatorError
        If the size is not known, or too small or large.
    """
    if size is None:
        return Sheet()
    name = size.strip().lower()
    if name in SIZES:
        known = SIZES[name]
        dpi = known.dpi if name == CARD else DPI
        return Sheet(width_in=known.width_mm / _MM, height_in=known.height_mm / _MM, dpi=dpi)
    found = _MEASURES.fullmatch(name)
    low, high = _SIDES_MM
    if not found or not all(low <= float(side) <= high for side in found.groups()):
        message = (
            f"size: {size!r} is none of {', '.join(SIZES)}, nor width and height in mm from"
            f" {low:g} to {high:g}, such as 160x120"
        )
        raise LocatorError(message)
    return Sheet(width_in=float(found[1]) / _MM, height_in=float(found[2]) / _MM)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Heights of the parts of a sheet, in inches, and the lines of text in them."""

    title: tuple[str, ...]
    foot: tuple[str, ...]
    legend_columns: int
    legend_rows: int
    title_in: float
    legend_in: float  # of a legend below the map
    foot_in: float

    def map_in(self, sheet: Sheet) -> float | None:
        """Return the height that a sheet has for the map; None if the map decides.

        Raises
        ------
        LocatorError
            If there is too little.
        """
        if sheet.height_in is None:
            return None
        left = sheet.height_in - self.title_in - self.legend_in - self.foot_in - MARGIN_IN
        if left < _LEAST_MAP * sheet.height_in:
            message = (
                "size: too small for its legend and credits. Choose a larger one, or --legend none"
            )
            raise LocatorError(message)
        return left


def layout_of(
    sheet: Sheet,
    *,
    title: str | None,
    foot: Sequence[str],
    labels: Sequence[str],
    heading: str | None,
    place: LegendPlace,
) -> Layout:
    """Lay out a sheet around its map.

    Parameters
    ----------
    sheet
        The sheet.
    title
        Headline, if any.
    foot
        Paragraphs under the map: notes and credits.
    labels
        Labels of the legend.
    heading
        Heading of the legend, if any.
    place
        Place of the legend.
    """
    lines = tuple(sheet.wrapped(title, sheet.title_pt * 1.1)) if title else ()
    feet = tuple(line for words in foot for line in sheet.wrapped(words, sheet.credit_pt))
    room = (sheet.width_in - 2 * MARGIN_IN) * 72 / (sheet.text_pt * _LETTER * 1.07)
    longest = max((len(label) for label in labels), default=1) + 6
    is_below = place == "below"
    columns = max(1, min(4, int(room // longest), len(labels))) if is_below else 1
    rows = -(-len(labels) // columns) + bool(heading)
    return Layout(
        title=lines,
        foot=feet,
        legend_columns=columns,
        legend_rows=rows,
        title_in=len(lines) * sheet.title_pt * 1.35 / 72 + (0.16 if lines else 0.0),
        legend_in=rows * sheet.line_in + 0.1 if is_below and labels else 0.0,
        foot_in=len(feet) * sheet.credit_pt * 1.35 / 72 + 0.2,
    )
