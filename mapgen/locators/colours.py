"""Parse colours and patterns, and choose ones that colour-blind readers can distinguish."""

from __future__ import annotations

import re
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib import colors
from rapidfuzz import process
from rapidfuzz.distance import OSA

from mapgen.errors import LocatorError

# Okabe and Ito, "Color Universal Design" (2008), https://jfly.uni-koeln.de/color/; without black
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#f0e442", "#999999")
# Ramps whose order is visible to colour-blind readers and in grey: cividis (Nunez, Anderton and
# Renslow 2018, doi:10.1371/journal.pone.0199239) and sequential ColorBrewer ramps (Brewer 2003).
RAMPS = {
    "cividis": "cividis_r",
    "blues": "Blues",
    "oranges": "Oranges",
    "purples": "Purples",
    "heat": "YlOrRd",
}
NO_DATA = "#ffffff"
INK = "#222222"
_RAMP_ENDS = (0.12, 0.92)  # the palest must differ from land, the darkest must allow a label

# Names of patterns, with the hatch of matplotlib.
PATTERNS = {
    "hatched": "////",
    "crosshatched": "xxxx",
    "crossed": "xxxx",
    "dotted": "...",
    "horizontal": "----",
    "vertical": "||||",
    "striped": "////",
}
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """The fill of an area: a colour (``#rrggbb``), optionally with a pattern in a second one."""

    colour: str
    second: str | None = None
    hatch: str | None = None  # hatch of matplotlib

    @property
    def ink(self) -> str:
        """Colour of the pattern: the second colour, or else one with contrast to the first."""
        return self.second or ("#ffffff" if luminance(self.colour) < 0.4 else INK)  # noqa: PLR2004


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1, as WCAG 2.2 defines it."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for c in colors.to_rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def parse_colour(words: str) -> str:
    """Convert a CSS colour name or hexadecimal code to ``#rrggbb``.

    Parameters
    ----------
    words
        Name or code; case, spaces, hyphens and underscores are ignored.

    Returns
    -------
    str
        The colour.

    Raises
    ------
    LocatorError
        If it is neither. The message suggests similar names.

    Examples
    --------
    >>> parse_colour("Dark Green"), parse_colour("#C00")
    ('#006400', '#cc0000')
    """
    name = re.sub(r"[\s_-]+", "", words.strip().lower())
    if _HEX.fullmatch(name) or name in colors.CSS4_COLORS:
        return colors.to_hex(name)
    near = [
        told
        for told, _, _ in process.extract(
            name, sorted(colors.CSS4_COLORS), scorer=OSA.normalized_similarity, limit=3
        )
    ]
    message = (
        f"{words.strip()!r} is not a colour. Write a CSS colour name ({', '.join(near)} ...)"
        " or a code such as #cc0000"
    )
    raise LocatorError(message)


def parse_fill(words: str) -> Fill:
    """Parse a fill such as ``red``, ``red hatched``, ``red/blue`` or ``#c00 dotted``.

    Parameters
    ----------
    words
        One or two colours separated by a slash, and an optional pattern.

    Returns
    -------
    Fill
        The fill; two colours without a pattern are striped.

    Raises
    ------
    LocatorError
        If a colour is not known.
    """
    hatch, rest = None, []
    for word in words.split():
        pattern = PATTERNS.get(word.lower())
        if pattern is None:
            rest.append(word)
        else:
            hatch = pattern
    first, slash, second = " ".join(rest).partition("/")
    if not slash:
        return Fill(colour=parse_colour(first), hatch=hatch)
    return Fill(
        colour=parse_colour(first),
        second=parse_colour(second),
        hatch=hatch or PATTERNS["striped"],
    )


def category_fills(n: int) -> list[Fill]:
    """Return fills for categories: plain colours first, then the same with patterns.

    Parameters
    ----------
    n
        Number of categories.

    Returns
    -------
    list of Fill
        One fill per category.

    Raises
    ------
    LocatorError
        If there are more categories than fills.
    """
    hatches = (None, PATTERNS["hatched"], PATTERNS["dotted"], PATTERNS["crosshatched"])
    fills = [Fill(colour=colour, hatch=hatch) for hatch in hatches for colour in PALETTE]
    if n > len(fills):
        message = (
            f"{n} categories are more than a reader can tell apart (at most {len(fills)})."
            " Group them, or give values to be put into classes"
        )
        raise LocatorError(message)
    return fills[:n]


def ramp_fills(name: str, n: int) -> list[Fill]:
    """Return fills from pale to dark for classes of numbers.

    Parameters
    ----------
    name
        One of `RAMPS`.
    n
        Number of classes.

    Returns
    -------
    list of Fill
        One fill per class.

    Raises
    ------
    LocatorError
        If there is no such ramp.
    """
    if name not in RAMPS:
        message = f"there is no ramp {name!r}. Choose from {', '.join(RAMPS)}"
        raise LocatorError(message)
    ramp = mpl.colormaps[RAMPS[name]]
    low, high = _RAMP_ENDS
    steps = [low + (high - low) * i / max(1, n - 1) for i in range(n)]
    return [Fill(colour=colors.to_hex(ramp(step))) for step in steps]
