"""Define the sizes of pictures by name, with the scale of their text and signs."""

from __future__ import annotations

from dataclasses import dataclass

from mapgen.errors import MapgenError

MM_TO_PT = 72 / 25.4
PNG_DPI = 300
DPI_RANGE = (50, 600)
PRINT_DPI = 200  # a PNG below this is for screens, and has a palette
ANIMATION_DPI = 110
DEFAULT_SIZE = "a4"


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

    @property
    def width(self) -> float:
        """Width in points."""
        return self.width_mm * MM_TO_PT

    @property
    def height(self) -> float:
        """Height in points."""
        return self.height_mm * MM_TO_PT


SIZES = {
    size.name: size
    for size in (
        Size("a4", 297, 210, 0.66, 7.6, 16.0, 0.265),
        Size("a5", 210, 148, 0.52, 5.9, 11.5, 0.275),
        Size("slide", 338, 190, 0.72, 8.0, 17.0, 0.29),
        Size("column", 90, 120, 0.43, 5.4, 9.5, 0.0),
    )
}


def size_named(name: str) -> Size:
    """Return a size by its name.

    Parameters
    ----------
    name
        ``a4``, ``a5``, ``slide`` or ``column``.

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
        choices = ", ".join(
            f"{s.name} ({s.width_mm:g} x {s.height_mm:g} mm)" for s in SIZES.values()
        )
        msg = f"{name!r} is not a size of pictures. Choose from: {choices}."
        raise FigureError(msg)
    return SIZES[name]
