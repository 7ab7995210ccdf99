"""Draw an animated picture: one frame per day, the last of which is shown longest.

The data of a picture and some days come in; the bytes of a GIF, WebP, MP4 or WebM file go out.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from mapgen.drawing.data.moment import days_of_change
from mapgen.drawing.figure.palette import palette_of
from mapgen.drawing.figure.sheet import draw_sheet
from mapgen.drawing.figure.sizes import ANIMATION_DPI, FigureError
from mapgen.drawing.figure.typeface import one_line
from mapgen.drawing.figure.video import VIDEOS, video

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.sizes import Size

_FRAME_MS, _LAST_MS = 1400, 3500
_WEBP_QUALITY = 82
MOST_FRAMES = 60


def animation(data: PictureData, size: Size, days: Sequence[str], kind: str) -> bytes:
    """Return an animation at 110 pixels per inch, which repeats endlessly unless it is a video.

    Parameters
    ----------
    data
        Data from `mapgen.drawing.data.page_data.picture_data`.
    size
        Size of the picture.
    days
        Days of the frames (``YYYY-MM-DD``), in order. If empty, every day of change.
    kind
        ``webp``, ``gif``, ``mp4`` or ``webm``.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    FigureError
        If nothing is dated, there are more than 60 frames, or ffmpeg makes no video of them.
    """
    shown = list(days) or days_of_change(data)
    if not shown:
        msg = "nothing here is dated, so there is no animation of it. Choose png, svg or pdf."
        raise FigureError(msg)
    if len(shown) > MOST_FRAMES:
        msg = (
            f"{len(shown)} days are too many for an animation; name up to {MOST_FRAMES} by --dates."
        )
        raise FigureError(msg)
    frames: list[Image.Image] = []
    colours: list[str] = []
    for day in shown:
        sheet = draw_sheet(data, size, day, shown)
        frames.append(sheet.image(ANIMATION_DPI))
        colours = list(dict.fromkeys([*colours, *sheet.colours]))
    lengths = [*[_FRAME_MS] * (len(frames) - 1), _LAST_MS]
    if kind in VIDEOS:
        return video(frames, lengths, kind, one_line(data["meta"]["title"]))
    stream = io.BytesIO()
    if kind == "webp":
        frames[0].save(
            stream,
            "WEBP",
            save_all=True,
            append_images=frames[1:],
            duration=lengths,
            loop=0,
            quality=_WEBP_QUALITY,
            method=4,
        )
        return stream.getvalue()
    # All frames share the palette of the last, which has the most signs, so colours do not flicker.
    palette = palette_of(frames[-1], colours)
    flat = [f.quantize(palette=palette, dither=Image.Dither.NONE) for f in frames]
    flat[0].save(
        stream, "GIF", save_all=True, append_images=flat[1:], duration=lengths, loop=0, disposal=1
    )
    return stream.getvalue()
