"""Choose and measure type: the packaged fonts of matplotlib, whatever style the caller has set.

Text is always plain: the mathematics of matplotlib (``$...$``) is off, so no text of an article
becomes markup. matplotlib 3.11 shapes Arabic, Hebrew and Indic scripts itself (libraqm).
"""

from __future__ import annotations

import functools
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from mapgen.core.clean_text import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAMILIES = {"sans": ["DejaVu Sans"], "serif": ["DejaVu Serif", "DejaVu Sans"]}
_MEASURE_DPI = 288  # four pixels per point, so that the widths of small text are not rounded
# Control characters, line separators, lone surrogates and noncharacters, which are not drawn.
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_HINTING: Final = "text.hinting"
# The same input gives the same picture, whatever the matplotlibrc of the user says.
_RC: dict[Any, Any] = {
    "svg.fonttype": "none",  # keep text as text, which can be searched and edited
    "svg.hashsalt": "mapgen",
    "pdf.fonttype": 42,  # TrueType, so that text can be searched
    "pdf.compression": 6,
    "text.usetex": False,
    _HINTING: "none",
    "path.simplify": False,
    "axes.unicode_minus": False,
}


def one_line(text: str) -> str:
    """Return a text on one line, without control characters and others that cannot be drawn."""
    return " ".join(_UNWRITABLE.sub(" ", marked(text)).split())


@contextmanager
def plain_style() -> Iterator[None]:
    """Draw with the defaults of matplotlib and mapgen, whatever style the caller has set."""
    with mpl.rc_context(), warnings.catch_warnings():
        # Letters that the packaged fonts lack are drawn as boxes; `Canvas.bytes` warns of them.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # matplotlib warns of defaults that it is about to drop
            keep = {"backend", "backend_fallback", "interactive"}
            for key, value in mpl.rcParamsDefault.items():
                if key not in keep:
                    mpl.rcParams[key] = value
        mpl.rcParams.update(_RC)
        yield


@functools.lru_cache(maxsize=64)
def font(family: str, weight: str, style: Any, size: float) -> FontProperties:  # noqa: ANN401
    """Return the font of some lettering, with its fallbacks, for matplotlib."""
    return FontProperties(family=_FAMILIES[family], weight=weight, style=style, size=size)


@functools.cache
def _measurer() -> Any:  # noqa: ANN401  matplotlib's renderer has no type of its own
    return FigureCanvasAgg(Figure(dpi=_MEASURE_DPI)).get_renderer()  # type: ignore[no-untyped-call]


@functools.lru_cache(maxsize=4096)
def text_width(
    text: str, size: float, *, family: str = "sans", weight: str = "normal", style: str = "normal"
) -> float:
    """Measure one line of text.

    Parameters
    ----------
    text
        The words.
    size
        Size of the text in points.
    family
        ``sans`` or ``serif``.
    weight
        ``normal`` or ``bold``.
    style
        ``normal`` or ``italic``.

    Returns
    -------
    float
        Width in points.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        told = _UNWRITABLE.sub(" ", text)  # as it is drawn
        face = font(family, weight, style, size)
        users = mpl.rcParams[_HINTING]
        mpl.rcParams[_HINTING] = _RC[_HINTING]  # widths are kept, and pictures ask for them too
        try:
            width, _, _ = _measurer().get_text_width_height_descent(told, face, ismath=False)
        finally:
            mpl.rcParams[_HINTING] = users
    return float(width) * 72 / _MEASURE_DPI


def lacking(words: str) -> set[str]:
    """Return the characters of a text that the packaged fonts lack, which are drawn as boxes."""
    return {c for c in words if ord(c) not in _known_letters() and not c.isspace()}


@functools.cache
def _known_letters() -> frozenset[int]:
    return frozenset(get_font(findfont(font("sans", "normal", "normal", 10))).get_charmap())
