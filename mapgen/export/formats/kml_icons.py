"""Draw the icons of the sides for Google Earth, which has no icons of its own offline."""

from __future__ import annotations

import math
import struct
import zlib

import numpy as np
import shapely

SIZE_PX = 48
_FINE = 4  # samples per pixel in each direction, for smooth edges
_CORNERS = {"triangle": 3, "diamond": 4, "pentagon": 5, "hexagon": 6, "circle": 64}
_SQUARE = ((-0.72, -0.72), (0.72, -0.72), (0.72, 0.72), (-0.72, 0.72))
_ARM = 0.3  # half the width of the arms of a cross
_STAR_INNER = 0.45


def shape_png(shape: str, fill: str, line: str) -> bytes:
    """Return an icon with the shape of a side.

    Parameters
    ----------
    shape
        Name in `mapgen.core.tables.sides.SHAPES`. An unknown name gives a circle.
    fill, line
        Colours of the area and the outline, as ``#rrggbb``.

    Returns
    -------
    bytes
        A PNG of `SIZE_PX` by `SIZE_PX` pixels, transparent outside the shape.
    """
    outer = _outline(shape)
    inner = shapely.affinity.scale(outer, 0.78, 0.78, origin=(0, 0))
    step = 2 / (SIZE_PX * _FINE)
    axis = np.arange(-1 + step / 2, 1, step)
    xs, ys = np.meshgrid(axis, -axis)
    covered, inside = (_share(shapely.contains_xy(s, xs, ys)) for s in (outer, inner))
    ink, edge = (np.array([int(c[i : i + 2], 16) for i in (1, 3, 5)]) for c in (fill, line))
    mix = (inside / np.maximum(covered, 1e-9)).clip(0, 1)[..., None]
    colour = mix * ink + (1 - mix) * edge
    pixels = np.dstack([colour, covered * 255]).round().astype(np.uint8)
    return _png(pixels)


def _outline(shape: str) -> shapely.Polygon:
    """Return the outline of a shape, centred in a square from -1 to 1."""
    if shape == "square":
        return shapely.Polygon(_SQUARE)
    if shape == "cross":
        return shapely.box(-_ARM, -0.95, _ARM, 0.95) | shapely.box(-0.95, -_ARM, 0.95, _ARM)
    n = 10 if shape == "star" else _CORNERS.get(shape, _CORNERS["circle"])
    radii = [0.95 * (_STAR_INNER if shape == "star" and i % 2 else 1) for i in range(n)]
    angles = [math.pi / 2 + 2 * math.pi * i / n for i in range(n)]
    return shapely.Polygon(
        [(r * math.cos(a), r * math.sin(a)) for r, a in zip(radii, angles, strict=True)]
    )


def _share(samples: np.ndarray) -> np.ndarray:
    """Return the share of each pixel that is covered."""
    cells = samples.reshape(SIZE_PX, _FINE, SIZE_PX, _FINE)
    return np.asarray(cells.mean(axis=(1, 3)))


def _png(pixels: np.ndarray) -> bytes:
    """Return RGBA pixels as a PNG file."""
    height, width = pixels.shape[:2]
    lines = b"".join(b"\0" + row.tobytes() for row in pixels)

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(lines, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
