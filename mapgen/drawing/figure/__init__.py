"""Draw static and animated pictures with matplotlib, without a browser.

The data of `mapgen.drawing.data.page_data` come in; the bytes of a PNG, SVG, PDF, GIF, WebP, MP4 or
WebM file go out. Pictures use the cartography of the page and are drawn from the same data, so they
agree.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.drawing.figure.sizes import CARD, DEFAULT_SIZE, DPI_RANGE, FigureError, size_named
from mapgen.drawing.figure.video import VIDEOS, check_video

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.situation.drawn_records import TitleBlock
    from mapgen.situation.shown import Shown

STILLS = ("png", "svg", "pdf")
MOVING = ("gif", "webp", *VIDEOS)

__all__ = [
    "MOVING",
    "STILLS",
    "FigureError",
    "Picture",
    "canvas",
    "kind_of",
    "page_screenshot",
    "picture_bytes",
    "plate",
    "programs",
    "shape_list",
    "sizes",
    "still",
    "surface",
    "tagged_pdf",
    "typeface",
    "video",
    "whole_dpi",
    "write_picture",
]


class Picture(bytes):
    """The bytes of a PNG file, which a notebook displays and ``Path.write_bytes`` saves."""

    __slots__ = ()

    def _repr_png_(self) -> bytes:
        """Return the PNG that a notebook displays."""
        return bytes(self)


def kind_of(path: str | Path) -> str:
    """Return the format of a picture from the ending of its file name.

    Parameters
    ----------
    path
        Name of the file.

    Returns
    -------
    str
        ``png``, ``svg``, ``pdf``, ``gif``, ``webp``, ``mp4`` or ``webm``.

    Raises
    ------
    FigureError
        If the name has another ending.
    """
    kind = Path(path).suffix.lower().lstrip(".")
    if kind not in STILLS + MOVING:
        choices = ", ".join(f".{k}" for k in STILLS + MOVING)
        msg = f"{path}: pictures end in {choices}. Name the output file so."
        raise FigureError(msg)
    return kind


def whole_dpi(words: str) -> int:
    """Parse the pixels per inch that a user gives.

    Parameters
    ----------
    words
        Value of the option ``--dpi``.

    Returns
    -------
    int
        Pixels per inch.

    Raises
    ------
    FigureError
        If the value is not a whole number from 50 to 600.
    """
    low, high = DPI_RANGE
    if not (words.isdecimal() and words.isascii() and low <= int(words[:9]) <= high):
        msg = f"--dpi: {words!r} is not a whole number from {low} to {high}."
        raise FigureError(msg)
    return int(words)


def picture_bytes(
    data: PictureData,
    kind: str,
    *,
    size: str = DEFAULT_SIZE,
    days: Sequence[str] = (),
    dpi: int | None = None,
) -> bytes:
    """Draw a picture and return the bytes of its file.

    Parameters
    ----------
    data
        Data from `mapgen.drawing.data.page_data.picture_data`.
    kind
        ``png``, ``svg`` or ``pdf``; ``gif``, ``webp``, ``mp4`` or ``webm`` for an animation.
    size
        Name of a size in `mapgen.drawing.figure.sizes`: ``a4``, ``a5``, ``slide``, ``column`` or
        ``card``.
    days
        Days to draw (``YYYY-MM-DD``). More than one gives small multiples, or the frames of an
        animation. By default, the last day, or every day of change in an animation.
    dpi
        Pixels per inch of a PNG, 50 to 600. By default 300, or 100 for a card, which then
        has 1200 x 630 pixels. Below 200, the PNG has a palette of 256 colours.

    Returns
    -------
    bytes
        The file. The same data give the same bytes.

    Raises
    ------
    FigureError
        If the size, format or a day is unknown, the resolution is out of range, the data are
        packed for a page, or a video needs an ffmpeg that is missing or fails.
    """
    from mapgen.drawing.figure.card import draw_card  # noqa: PLC0415
    from mapgen.drawing.figure.moving import animation  # noqa: PLC0415
    from mapgen.drawing.figure.sheet import draw_series, draw_sheet  # noqa: PLC0415
    from mapgen.drawing.figure.typeface import plain_style  # noqa: PLC0415  loads matplotlib

    chosen = size_named(size)
    dpi = dpi or chosen.dpi
    if not DPI_RANGE[0] <= dpi <= DPI_RANGE[1]:
        msg = f"{dpi} dpi is not from {DPI_RANGE[0]} to {DPI_RANGE[1]}."
        raise FigureError(msg)
    if "tracks" in data:
        msg = "these data are packed for a page; a picture is made from `picture_data`."
        raise FigureError(msg)
    wanted = _known_days(data, days)
    with plain_style():
        if kind in MOVING:
            return animation(data, chosen, wanted, kind)
        if kind not in STILLS:
            msg = f"{kind!r} is not a picture format. Choose from: {', '.join(STILLS + MOVING)}."
            raise FigureError(msg)
        if len(wanted) > 1:
            sheet = draw_series(data, chosen, wanted)
        elif chosen.name == CARD:
            sheet = draw_card(data, chosen, wanted[0] if wanted else None)
        else:
            sheet = draw_sheet(data, chosen, wanted[0] if wanted else None)
        meta = data["meta"]
        return sheet.bytes(kind, title=meta["title"], description=_description(meta), dpi=dpi)


def _description(meta: TitleBlock) -> str:
    """Describe a picture in words, for readers who cannot see it: its day and its summary."""
    told = [f"{lead} {words}" for lead, words in meta["summary"]]
    return " ".join([f"{meta['kicker']}, {meta['as_of_text']}.", *told])


def _known_days(data: PictureData, days: Sequence[str]) -> list[str]:
    """Return the days sorted and without repeats.

    Raises
    ------
    FigureError
        If a day is not one of the days of the map, or nothing on the map is dated.
    """
    wanted = sorted(set(days))
    if wanted and not data["days"]:
        msg = "--dates: nothing here is dated, so it cannot be shown by day."
        raise FigureError(msg)
    unknown = [d for d in wanted if d not in data["days"]]
    if unknown:
        first, last = data["days"][0], data["days"][-1]
        msg = f"--dates: {', '.join(unknown)} is not from {first} to {last}, the days of this map."
        raise FigureError(msg)
    return wanted


def write_picture(
    shown: Shown,
    path: str | Path,
    *,
    size: str = DEFAULT_SIZE,
    days: Sequence[str] = (),
    dpi: int | None = None,
) -> None:
    """Draw a picture of a situation and write it to a file.

    Parameters
    ----------
    shown
        What may be shown, from :func:`mapgen.situation.shown.shown`.
    path
        File to write, atomically. Its ending gives the format: one of `STILLS` and `MOVING`.
    size, days, dpi
        As for `picture_bytes`.

    Raises
    ------
    FigureError
        As for `picture_bytes`.
    OutputError
        If the file cannot be written.
    """
    from mapgen.core.files import write_bytes_atomically  # noqa: PLC0415
    from mapgen.drawing.data.page_data import picture_data  # noqa: PLC0415  loads the map libraries

    kind = kind_of(path)
    check_video(kind)
    size_named(size)
    data = picture_data(shown)
    write_bytes_atomically(path, picture_bytes(data, kind, size=size, days=days, dpi=dpi))
