"""Reduce pictures to 256 colours, for screens and GIF, without changing the colours of sides.

An RGB image and the colours to keep come in; an image with a palette goes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLOURS = 256
_MOST_KEPT = 96


def indexed(image: Image.Image, keep: Iterable[str]) -> Image.Image:
    """Return a picture with a palette of 256 colours, some of which are exact.

    Parameters
    ----------
    image
        The picture, in RGB.
    keep
        Hex colours (``#rrggbb``) to keep exactly, so that a small sign in a rare colour does not
        turn grey. Only the first 96 are kept.

    Returns
    -------
    PIL.Image.Image
        The picture in mode ``P``, without dithering.
    """
    return image.quantize(palette=palette_of(image, keep), dither=Image.Dither.NONE)


def palette_of(image: Image.Image, keep: Iterable[str]) -> Image.Image:
    """Return the palette that `indexed` uses.

    Parameters
    ----------
    image, keep
        As for `indexed`.

    Returns
    -------
    PIL.Image.Image
        An image of one pixel that has the palette, for ``Image.quantize``.
    """
    exact = [bytes.fromhex(colour[1:7]) for colour in list(keep)[:_MOST_KEPT]]
    rest = image.quantize(_COLOURS - len(exact), Image.Quantize.MEDIANCUT).getpalette() or []
    values = [v for colour in exact for v in colour] + rest
    found = Image.new("P", (1, 1))
    found.putpalette(values[: 3 * _COLOURS])
    return found
