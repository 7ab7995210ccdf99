"""Draw on a sheet: a thin layer over matplotlib, which writes PNG, SVG and PDF files."""

from __future__ import annotations

import html
import io
import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mapgen.drawing.figure.palette import indexed
from mapgen.drawing.figure.sizes import PNG_DPI, PRINT_DPI
from mapgen.drawing.figure.surface import Surface
from mapgen.drawing.figure.tagged_pdf import tagged_pdf
from mapgen.drawing.figure.typeface import font, lacking, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.drawing.figure.surface import Box, Look, Words

_LOG = logging.getLogger("mapgen")
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


class Canvas(Surface):
    """A sheet that becomes the bytes of a PNG, SVG or PDF file.

    Parameters
    ----------
    width, height
        Size of the sheet in points.
    """

    def __init__(self, width: float, height: float) -> None:
        super().__init__(width, height)
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

    def _path(self, path: Path, look: Look) -> None:
        """Draw a path, and note the colours used."""
        drawn = dict.fromkeys((look.fill, look.line))
        self.colours += [c for c in drawn if c and c.startswith("#") and c not in self.colours]
        style: dict[str, Any] = {"facecolor": look.fill or "none", "edgecolor": look.line or "none"}
        style["linewidth"] = look.width if look.line else 0
        if look.dash and look.line and look.width:  # matplotlib measures dashes in line widths
            style["linestyle"] = (0, [max(d, 0.01) / look.width for d in look.dash])
        patch = PathPatch(
            path,
            zorder=self._next(),
            joinstyle="round",
            capstyle=look.cap,
            alpha=look.alpha,
            **style,
        )
        patch.set_transform(self._axes.transData)  # add_patch would also compute the data limits
        self._axes.add_artist(patch)
        if self._window is not None:
            patch.set_clip_path(self._window)
        else:
            patch.set_clip_on(False)

    def _words(self, words: Words) -> None:
        self._unknown |= lacking(words.words)
        side = {"start": "left", "middle": "center", "end": "right"}[words.anchor]
        for outline in (True, False) if words.halo else (False,):
            drawn = self._axes.text(
                words.x,
                words.y,
                words.words,
                fontproperties=font(words.family, words.weight, words.style, words.size),
                color=words.colour,
                ha=side,
                va="baseline",
                parse_math=False,
                zorder=self._next(),
            )
            if outline:  # a second copy: outlined text becomes shapes, which cannot be searched
                edge = Stroke(linewidth=words.size * 0.3, foreground=words.halo or "")
                drawn.set_path_effects([edge])
            if self._window is not None:
                drawn.set_clip_path(self._window)

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
        if kind == "pdf":
            return tagged_pdf(stream.getvalue(), metadata["Title"], one_line(description))
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
