"""Read the appearance of marks and their legend texts, from ``data/marks.toml``.

The scripts of the page receive the same table as data, so that page and pictures cannot differ.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Fill = Literal["holder", "halves", "stripes"]
Size = Literal["close", "usual", "small"]
CHANGING = "changing"  # a place between the first and last day on which it can have changed hands
CONTESTED = "contested"
_PLAIN = "unknown"


@dataclass(frozen=True, slots=True)
class Look:
    """The appearance of the mark of a place.

    Attributes
    ----------
    name
        A standing, or ``changing``.
    fill
        Filling of the mark.
    ring, ring_small, ring_key
        Dashes and gaps of the ring in pixels of the page: on usual signs, on crowded signs, and in
        legend and cards. Empty for a solid ring.
    words
        Key of the interface text for the legend; empty if the legend has no row.
    """

    name: str
    fill: Fill
    ring: tuple[float, ...]
    ring_small: tuple[float, ...]
    ring_key: tuple[float, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Stripes:
    """Stripes of a contested place: offsets in radii, angle in degrees, width in pixels."""

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
    """The whole table of marks."""

    place: dict[str, Look]
    stripes: Stripes
    arrow: ArrowWidths

    def look(self, standing: str, phase: str = "now") -> Look:
        """Return the appearance of a place.

        Parameters
        ----------
        standing
            Standing of the event that says who holds the place.
        phase
            ``span`` between the first and last possible day of a change. A contested place looks
            contested in every phase.

        Returns
        -------
        Look
            The appearance; that of ``unknown`` for a standing that is not in the table.
        """
        if standing != CONTESTED and phase == "span":
            return self.place[CHANGING]
        return self.place.get(standing, self.place[_PLAIN])

    def arrow_width(self, magnitude: int, size: Size = "usual") -> float:
        """Return the width of an arrow of people on the move, in pixels of the page.

        Parameters
        ----------
        magnitude
            Order of magnitude, 1 to 4; other values are clipped.
        size
            ``close`` in an enlargement, ``small`` on a map at a small scale.

        Returns
        -------
        float
            Width in pixels.
        """
        widths = self.arrow.widths
        factor = {"close": self.arrow.close, "small": self.arrow.small}.get(size, 1.0)
        return widths[max(1, min(len(widths), magnitude)) - 1] * factor

    def record(self) -> dict[str, Any]:
        """Return the table as plain values for the scripts of the page."""
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
