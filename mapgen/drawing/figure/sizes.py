"""Define the sizes of pictures by name, with the scale of their text and signs."""

from __future__ import annotations

from dataclasses import dataclass

from mapgen.errors import MapgenError

MM_TO_PT = 72 / 25.4
PNG_DPI = 300
DPI_RANGE = (50, 600)
PRINT_DPI = 200  # a PNG below this is for screens, and has a palette
ANIMATION_DPI = 110
LEAST_TYPE = 6.0
"""Size in points below which nothing is printed: smaller type cannot be read on paper."""
DEFAULT_SIZE = "a4"
CARD = "card"


class FigureError(MapgenError, ValueError):
    """Raised if a picture cannot be made as asked; the message lists the choices."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size of a picture.

    Lengths and positions in a picture are in points (1/72 inch) from its top left corner.
    """

    name: str
    width_mm: float
    height_mm: float
    unit: float  # points per pixel of the page; scales all signs and the labels of the map
    text: float  # size of the summary and the legend, in points
    title: float  # size of the headline, in points
    panel: float  # share of the width for the text column; 0 sets text above and below the map
    dpi: int = PNG_DPI  # pixels per inch of a PNG, if the user gives none

    @property
    def width(self) -> float:
        """Width in points."""
        return self.width_mm * MM_TO_PT

    @property
    def height(self) -> float:
        """Height in points."""
        return self.height_mm * MM_TO_PT

    @property
    def words(self) -> str:
        """Name and measures: millimetres, or pixels of a size for screens."""
        if self.dpi == PNG_DPI:
            return f"{self.name} ({self.width_mm:g} x {self.height_mm:g} mm)"
        across, down = (round(side / 25.4 * self.dpi) for side in (self.width_mm, self.height_mm))
        return f"{self.name} ({across} x {down} pixels)"


SIZES = {
    size.name: size
    for size in (
        Size("a4", 297, 210, 0.66, 7.6, 16.0, 0.265),
        Size("a5", 210, 148, 0.56, 6.2, 11.5, 0.285),
        Size("slide", 338, 190, 0.72, 8.0, 17.0, 0.29),
        Size("column", 90, 140, 0.47, 6.2, 10.0, 0.0),
        Size(CARD, 304.8, 160.02, 1.16, 14.0, 33.0, 0.4, dpi=100),  # 1200 x 630 pixels
    )
}


def readable(points: float) -> float:
    """Return a size of type in points, raised to the least that can be read on paper."""
    return max(points, LEAST_TYPE)


def size_named(name: str) -> Size:
    """Return a size by its name.

    Parameters
    ----------
    name
        ``a4``, ``a5``, ``slide``, ``column`` or ``card``.

    Returns
    -------
    Size
        The size.

    Raises
    ------
    FigureError
        If there is no such size. The message lists the sizes.
    """
    if name not in SIZES:
        choices = ", ".join(size.words for size in SIZES.values())
        msg = f"{name!r} is not a size of pictures. Choose from: {choices}."
        raise FigureError(msg)
    return SIZES[name]
