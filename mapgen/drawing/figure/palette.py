"""Pictures of 256 colours for screens and GIF: never at the cost of a side's own colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLOURS = 256
_MOST_KEPT = 96


def indexed(image: Image.Image, keep: Iterable[str]) -> Image.Image:
    """Return a picture with a palette in which the colours that were drawn with are exact.

    Parameters
    ----------
    image
        The picture, RGB.
    keep
        Hex colours (``#rrggbb``); small signs of a rare colour would else turn grey.
    """
    return image.quantize(palette=palette_of(image, keep), dither=Image.Dither.NONE)


def palette_of(image: Image.Image, keep: Iterable[str]) -> Image.Image:
    """Return the palette of `indexed`, as an image to quantize others by."""
    exact = [bytes.fromhex(colour[1:7]) for colour in list(keep)[:_MOST_KEPT]]
    rest = image.quantize(_COLOURS - len(exact), Image.Quantize.MEDIANCUT).getpalette() or []
    values = [v for colour in exact for v in colour] + rest
    found = Image.new("P", (1, 1))
    found.putpalette(values[: 3 * _COLOURS])
    return found
