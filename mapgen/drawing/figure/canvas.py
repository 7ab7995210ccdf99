"""Draw on a sheet: a thin layer over matplotlib, in points from the top left corner.

Shapes, lines and text come in, in points of the sheet (1/72 inch, y down). The bytes of a PNG, SVG
or PDF file go out. Text is always plain: the mathematics of matplotlib (``$...$``) is off, so no
text of an article becomes markup. matplotlib 3.11 shapes Arabic, Hebrew and Indic scripts itself
(libraqm), in all three formats.
"""

from __future__ import annotations

import functools
import html
import io
import logging
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mapgen.core.clean_text import marked
from mapgen.core.tables.style import SchemeColour, in_scheme
from mapgen.drawing.figure.hatching import hatching, sprinkled
from mapgen.drawing.figure.palette import indexed
from mapgen.drawing.figure.sizes import PNG_DPI, PRINT_DPI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely import Geometry

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom in points

_INK = SchemeColour.named("ink")
_LOG = logging.getLogger("mapgen")
_FAMILIES = {"sans": ["DejaVu Sans"], "serif": ["DejaVu Serif", "DejaVu Sans"]}
_SOFT_STEPS = 9  # number of nested polygons that make up a soft edge
_MEASURE_DPI = 288  # four pixels per point, so that the widths of small text are not rounded
# The same input gives the same picture, whatever the matplotlibrc of the user says.
_RC: dict[Any, Any] = {
    "svg.fonttype": "none",  # keep text as text, which can be searched and edited
    "svg.hashsalt": "mapgen",
    "pdf.fonttype": 42,  # TrueType, so that text can be searched
    "pdf.compression": 6,
    "text.usetex": False,
    "text.hinting": "none",
    "path.simplify": False,
    "axes.unicode_minus": False,
}


# Control characters, line separators, lone surrogates and noncharacters, which are not drawn.
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


_PATH = re.compile(rb'<path d="[^"]*"')
_DIGITS = re.compile(rb"(\.\d\d)\d+")
_FALLBACKS = (  # for machines without the fonts that are asked for
    (b"font-family: 'DejaVu Sans';", b"font-family: 'DejaVu Sans', Verdana, sans-serif;"),
    (
        b"font-family: 'DejaVu Serif', 'DejaVu Sans';",
        b"font-family: 'DejaVu Serif', 'DejaVu Sans', Georgia, serif;",
    ),
)
_TEXT_STYLE = re.compile(rb'<text style="[^"]*"')
_SVG_TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)
_NO_TURN = re.compile(rb' transform="rotate\(-0 [-.\d]+ [-.\d]+\)"(?=>)')


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
def _font(family: str, weight: str, style: Any, size: float) -> FontProperties:  # noqa: ANN401
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
        font = _font(family, weight, style, size)
        told = _UNWRITABLE.sub(" ", text)  # as it is drawn
        width, _, _ = _measurer().get_text_width_height_descent(told, font, ismath=False)
    return float(width) * 72 / _MEASURE_DPI


@functools.cache
def _known_letters() -> frozenset[int]:
    return frozenset(get_font(findfont(_font("sans", "normal", "normal", 10))).get_charmap())


def path_of(geometry: Geometry) -> Path | None:
    """Return the polygons of a geometry with their holes as one path, or None if it has none."""
    vertices: list[Any] = []
    codes: list[Any] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        for ring in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(ring)
            vertices.extend(xy)
            codes.extend([Path.MOVETO, *[Path.LINETO] * (len(xy) - 2), Path.CLOSEPOLY])
    return Path(np.array(vertices), codes) if vertices else None


def _is_new(colour: str, known: list[str]) -> bool:
    return colour.startswith("#") and colour not in known


class Canvas:
    """A sheet to draw on; what is drawn later covers what was drawn before.

    Parameters
    ----------
    width, height
        Size of the sheet in points.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="white")
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._z = 0
        self._window: PathPatch | None = None
        self._unknown: set[str] = set()
        self.colours: list[str] = []  # colours drawn so far, in order of first use

    def _next(self) -> int:
        self._z += 1
        return self._z

    @contextmanager
    def window(self, box: Box) -> Iterator[None]:
        """Clip everything drawn in the ``with`` block to a box (points)."""
        before = self._window
        left, top, right, bottom = box
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self._window = PathPatch(Path(corners, closed=True), transform=self._axes.transData)
        try:
            yield
        finally:
            self._window = before

    def _add(self, path: Path, **style: Any) -> None:  # noqa: ANN401  matplotlib's own keywords
        patch = PathPatch(path, zorder=self._next(), **{"joinstyle": "round", **style})
        patch.set_transform(self._axes.transData)  # add_patch would also compute the data limits
        self._axes.add_artist(patch)
        if self._window is not None:
            patch.set_clip_path(self._window)
        else:
            patch.set_clip_on(False)

    def area(
        self,
        geometry: Geometry,
        *,
        fill: str | None = None,
        line: str | None = None,
        width: float = 0.0,
        alpha: float | None = None,
        dash: Sequence[float] | None = None,
    ) -> None:
        """Draw polygons with their holes; other kinds of geometry are skipped.

        Parameters
        ----------
        geometry
            Shapely geometry in points of the sheet.
        fill, line
            Hex colours of the interior and the outline; None leaves it out.
        width
            Width of the outline in points.
        alpha
            Opacity from 0 to 1.
        dash
            Lengths of the dashes and gaps of the outline in points.
        """
        path = path_of(geometry)
        if path is not None:
            self._stroke(path, fill or "none", line, width, alpha, dash, "round")

    def hatched_area(
        self,
        shape: Geometry,
        colour: str,
        *,
        gap: float,
        degrees: float,
        width: float,
        alpha: float,
    ) -> None:
        """Fill a shape with parallel strokes.

        Parameters
        ----------
        shape
            Shapely geometry in points of the sheet.
        colour
            Hex colour.
        gap
            Distance between strokes in points.
        degrees
            Direction of the strokes, clockwise from the x axis as seen on the sheet.
        width
            Width of the strokes in points.
        alpha
            Opacity from 0 to 1.
        """
        self.lines(hatching(shape, gap, degrees), colour, width, alpha=alpha)

    def sprinkled_area(
        self, shape: Geometry, motif: Sequence[Point], colour: str, *, gap: float, alpha: float
    ) -> None:
        """Fill a shape with small copies of a motif, so that it can be told without its colour.

        Parameters
        ----------
        shape
            Shapely geometry in points of the sheet.
        motif
            Corners of the motif around (0, 0), in points.
        colour
            Hex colour.
        gap
            Distance between the copies in points.
        alpha
            Opacity from 0 to 1.
        """
        copies = [
            shapely.Polygon([(x + a, y + b) for a, b in motif]) for x, y in sprinkled(shape, gap)
        ]
        self.area(shapely.MultiPolygon(copies), fill=colour, alpha=alpha)

    def soft_area(
        self, shape: Geometry, fill: str, *, blur: float, alpha: float, within: Geometry | None
    ) -> None:
        """Draw a shape with a soft edge, as nested, nearly transparent polygons.

        Parameters
        ----------
        shape
            Shapely geometry in points of the sheet.
        fill
            Hex colour.
        blur
            Distance in points from the edge at which the colour begins, outside, and is full,
            inside.
        alpha
            Opacity of the middle, from 0 to 1.
        within
            Area to which the shape is clipped; None clips nothing.
        """
        each = 1 - (1 - alpha) ** (1 / _SOFT_STEPS)
        for i in range(_SOFT_STEPS):
            step = shape.buffer(blur * (1 - 2 * i / (_SOFT_STEPS - 1)), quad_segs=6)
            if step.is_empty:  # a strip narrower than the blur still needs a core
                step = shape
            if within is not None:
                step = step.intersection(within)
            self.area(step, fill=fill, alpha=each)

    def polygon(self, points: Iterable[Point], **style: Any) -> None:  # noqa: ANN401  as for `area`
        """Draw a polygon from its corners, with the keywords of `area`."""
        corners = list(points)
        if len(corners) > 2:  # noqa: PLR2004  fewer enclose nothing
            self.area(shapely.Polygon(corners), **style)

    def circle(self, x: float, y: float, r: float, **style: Any) -> None:  # noqa: ANN401
        """Draw a circle.

        Parameters
        ----------
        x, y, r
            Centre and radius in points of the sheet.
        **style
            Keywords of `area`.
        """
        turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        self.polygon([(x + r * np.cos(t), y + r * np.sin(t)) for t in turn], **style)

    def box(self, box: Box, **style: Any) -> None:  # noqa: ANN401
        """Draw a rectangle, with the keywords of `area`."""
        self.area(shapely.box(*box), **style)

    def line(
        self,
        points: Iterable[Point],
        colour: str,
        width: float,
        *,
        alpha: float | None = None,
        dash: Sequence[float] | None = None,
        cap: str = "butt",
    ) -> None:
        """Draw a line.

        Parameters
        ----------
        points
            Vertices in points of the sheet.
        colour
            Hex colour.
        width
            Width in points.
        alpha
            Opacity from 0 to 1.
        dash
            Lengths of the dashes and gaps in points.
        cap
            Form of the ends: ``butt``, ``round`` or ``projecting``, as in matplotlib.
        """
        self.lines([points], colour, width, alpha=alpha, dash=dash, cap=cap)

    def lines(
        self,
        paths: Iterable[Iterable[Point]],
        colour: str,
        width: float,
        *,
        alpha: float | None = None,
        dash: Sequence[float] | None = None,
        cap: str = "butt",
    ) -> None:
        """Draw several lines as one shape.

        Parameters
        ----------
        paths
            Lines, each a sequence of vertices in points of the sheet.
        colour, width, alpha, dash, cap
            As for `line`.
        """
        vertices: list[Any] = []
        codes: list[Any] = []
        for path in paths:
            points = list(path)
            if len(points) > 1:
                vertices.extend(points)
                codes.extend([Path.MOVETO, *[Path.LINETO] * (len(points) - 1)])
        if vertices:
            shape = Path(np.array(vertices, dtype=float), codes)
            self._stroke(shape, "none", colour, width, alpha, dash, cap)

    def _stroke(
        self,
        path: Path,
        fill: str,
        line: str | None,
        width: float,
        alpha: float | None,
        dash: Sequence[float] | None,
        cap: str,
    ) -> None:
        """Draw a path in the colours of the scheme, and note the colours used."""
        fill, line = in_scheme(fill), in_scheme(line) if line else None
        self.colours += [c for c in dict.fromkeys((fill, line or "")) if _is_new(c, self.colours)]
        style: dict[str, Any] = {"facecolor": fill, "edgecolor": line or "none", "alpha": alpha}
        style["linewidth"] = width if line else 0
        style["capstyle"] = cap
        if dash and line and width:  # matplotlib measures dashes in line widths
            style["linestyle"] = (0, [max(d, 0.01) / width for d in dash])
        self._add(path, **style)

    def text(  # noqa: PLR0913  options of the typeface, each with a default
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = _INK,
        anchor: str = "start",
        weight: str = "normal",
        family: str = "sans",
        style: str = "normal",
        halo: str | None = None,
    ) -> None:
        """Write one line of text.

        Parameters
        ----------
        x, y
            Position of the anchor, and of the baseline, in points.
        words
            Plain text; line breaks and control characters become spaces.
        size
            Size in points.
        colour
            Hex colour.
        anchor
            The part of the line that stands at ``x``: ``start``, ``middle`` or ``end``.
        weight, family, style
            As for `text_width`.
        halo
            Hex colour of an outline behind the text; None draws no outline.
        """
        words = one_line(words)
        self._note_unknown(words)
        side = {"start": "left", "middle": "center", "end": "right"}[anchor]
        for outline in (True, False) if halo else (False,):
            drawn = self._axes.text(
                x,
                y,
                words,
                fontproperties=_font(family, weight, style, size),
                color=in_scheme(colour),
                ha=side,
                va="baseline",
                parse_math=False,
                zorder=self._next(),
            )
            if outline:  # a second copy: outlined text becomes shapes, which cannot be searched
                edge = Stroke(linewidth=size * 0.3, foreground=in_scheme(halo or ""))
                drawn.set_path_effects([edge])
            if self._window is not None:
                drawn.set_clip_path(self._window)

    def _note_unknown(self, words: str) -> None:
        known = _known_letters()
        self._unknown.update(c for c in words if ord(c) not in known and not c.isspace())

    def image(self, dpi: int) -> Image.Image:
        """Return the sheet as an RGB image of ``dpi`` pixels per inch."""
        stream = io.BytesIO()
        self._figure.savefig(stream, format="png", dpi=dpi)
        with Image.open(stream) as image:
            return image.convert("RGB")

    def bytes(self, kind: str, *, title: str, description: str = "", dpi: int = PNG_DPI) -> bytes:
        """Return the sheet as the bytes of a file, without a creation date.

        Parameters
        ----------
        kind
            ``png``, ``svg`` or ``pdf``.
        title
            Title in the metadata of the file.
        description
            What the picture shows, for readers who cannot see it: the subject of a PDF, the
            ``desc`` of an SVG, the description of a PNG.
        dpi
            Pixels per inch. A PNG below 200 has a palette of 256 colours.
        """
        if self._unknown:
            _LOG.warning(
                "figure: no packaged font has %s; they are drawn as boxes (SVG keeps the text).",
                ", ".join(f"U+{ord(c):04X}" for c in sorted(self._unknown)[:12]),
            )
        metadata: dict[str, Any] = {"Title": one_line(title)}
        if description:
            metadata["Subject" if kind == "pdf" else "Description"] = one_line(description)
        if kind == "png":
            metadata["Software"] = "mapgen"
        elif kind == "svg":
            metadata.update({"Date": None, "Creator": ["mapgen"]})
        else:
            metadata.update({"Creator": "mapgen", "Producer": "mapgen", "CreationDate": None})
        stream = io.BytesIO()
        self._figure.savefig(stream, format=kind, dpi=dpi, metadata=metadata)
        if kind == "png" and dpi < PRINT_DPI:
            return _for_screens(stream, metadata, dpi, self.colours)
        if kind == "svg":
            return _described(_trimmed(stream.getvalue()), one_line(description))
        return stream.getvalue()


def _trimmed(svg: bytes) -> bytes:
    """Shorten an SVG: round its paths down to a hundredth of a point and drop null rotations.

    The patterns cannot match in text, where ``<`` and ``>`` are escaped.
    """
    paths = _PATH.sub(lambda found: _DIGITS.sub(rb"\1", found[0]), svg)
    return _NO_TURN.sub(b"", paths)


def _described(svg: bytes, description: str) -> bytes:
    """Add generic fonts after those asked for, and the description after the title of an SVG."""

    def with_fallback(found: re.Match[bytes]) -> bytes:
        style = found[0]
        for asked, more in _FALLBACKS:
            style = style.replace(asked, more)
        return style

    svg = _TEXT_STYLE.sub(with_fallback, svg)
    words = html.escape(description, quote=False).encode()
    return _SVG_TITLE.sub(lambda found: found[0] + b"<desc>" + words + b"</desc>", svg, count=1)


def _for_screens(
    stream: io.BytesIO, metadata: dict[str, str], dpi: int, colours: list[str]
) -> bytes:
    """Return a PNG with a palette, which takes a third of the bytes."""
    with Image.open(stream) as image:
        small = indexed(image.convert("RGB"), colours)
    info = PngInfo()
    for key, value in metadata.items():
        info.add_itxt(key, value)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True, pnginfo=info, dpi=(dpi, dpi))
    return out.getvalue()
