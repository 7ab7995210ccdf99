"""How marks look and what the legend says of them, from one table: ``data/marks.toml``.

The page's scripts get the same table as data, so that page and pictures cannot differ.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Fill = Literal["holder", "halves", "stripes"]
Size = Literal["close", "usual", "small"]
CHANGING = "changing"  # the look of a place between two days on which it can have changed hands
CONTESTED = "contested"
_PLAIN = "unknown"


@dataclass(frozen=True, slots=True)
class Look:
    """How the mark of a place looks.

    Attributes
    ----------
    name
        A standing, or ``changing``.
    fill
        What fills the mark.
    ring, ring_small, ring_key
        Strokes and gaps of the ring in pixels of the page, on usual signs, on crowded ones, and in
        legend and cards; empty where the ring is unbroken.
    words
        Key of the interface text for the legend; empty where the legend needs no row.
    """

    name: str
    fill: Fill
    ring: tuple[float, ...]
    ring_small: tuple[float, ...]
    ring_key: tuple[float, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Stripes:
    """The stripes of a contested place: offsets in radii, angle in degrees, width in pixels."""

    offsets: tuple[float, ...]
    angle: float
    width: float


@dataclass(frozen=True, slots=True)
class ArrowWidths:
    """Widths in pixels by order of magnitude, and factors for large and small maps."""

    widths: tuple[float, ...]
    close: float
    small: float


@dataclass(frozen=True, slots=True)
class Marks:
    """The whole table."""

    place: dict[str, Look]
    stripes: Stripes
    arrow: ArrowWidths

    def look(self, standing: str, phase: str = "now") -> Look:
        """Return how a place looks.

        Parameters
        ----------
        standing
            The standing of the event that says who holds the place.
        phase
            ``span`` while the day of the change is not known. A contested place stays contested.
        """
        if standing != CONTESTED and phase == "span":
            return self.place[CHANGING]
        return self.place.get(standing, self.place[_PLAIN])

    def arrow_width(self, magnitude: int, size: Size = "usual") -> float:
        """Return the width of an arrow of people on the move, in pixels of the page.

        Parameters
        ----------
        magnitude
            1 to 4, by order of magnitude; others count as the nearest of these.
        size
            ``close`` in an enlargement, ``small`` on a map at a small scale.
        """
        widths = self.arrow.widths
        factor = {"close": self.arrow.close, "small": self.arrow.small}.get(size, 1.0)
        return widths[max(1, min(len(widths), magnitude)) - 1] * factor

    def record(self) -> dict[str, Any]:
        """Return the table as plain values, for the page's scripts."""
        return asdict(self)


@cache
def marks() -> Marks:
    """Return the table of marks."""
    table = tomllib.loads((files("mapgen") / "data" / "marks.toml").read_text(encoding="utf-8"))
    place = {
        name: Look(
            name=name,
            fill=row["fill"],
            ring=tuple(row["ring"]),
            ring_small=tuple(row["ring_small"]),
            ring_key=tuple(row["ring_key"]),
            words=row["words"],
        )
        for name, row in table["place"].items()
    }
    stripes, arrow = table["stripes"], table["arrow"]
    return Marks(
        place=place,
        stripes=Stripes(tuple(stripes["offsets"]), stripes["angle"], stripes["width"]),
        arrow=ArrowWidths(tuple(arrow["widths"]), arrow["close"], arrow["small"]),
    )
