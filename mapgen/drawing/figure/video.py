"""Make an MP4 or WebM file of the frames of an animation, with an installed ffmpeg.

Images come in, with how long each is shown; the bytes of a video go out. ffmpeg reads the images
from its standard input, and no words of articles but the title, which no shell sees.
"""

from __future__ import annotations

import io
import math
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.drawing.figure.programs import ffmpeg_path, run_program
from mapgen.drawing.figure.sizes import FigureError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

VIDEOS = ("mp4", "webm")
_CODECS = {  # in the quality at which small letters stay sharp
    "mp4": ("-c:v", "libx264", "-preset", "slow", "-crf", "18", "-movflags", "+faststart"),
    "webm": ("-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0"),
}
_EVEN = "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white"  # the codecs need even sizes
_RATE = "10"  # frames a second of the video; some players stumble over fewer
_SECONDS = 300.0
_ADVICE = "Write a .gif or .webp, which needs no ffmpeg."


def check_video(kind: str) -> None:
    """Check that a picture can be made, if it is a video.

    Parameters
    ----------
    kind
        Format of the picture.

    Raises
    ------
    FigureError
        If it is a video and no ffmpeg is installed.
    """
    if kind in VIDEOS:
        _installed_ffmpeg(kind)


def _installed_ffmpeg(kind: str) -> str:
    found = ffmpeg_path()
    if found is None:
        msg = (
            f".{kind} needs ffmpeg, and none was found. Install it, or name the program in "
            f"MAPGEN_FFMPEG. {_ADVICE}"
        )
        raise FigureError(msg)
    return found


def video(frames: Sequence[Image.Image], lengths_ms: Sequence[int], kind: str, title: str) -> bytes:
    """Return a video of some images.

    Parameters
    ----------
    frames
        The images, all of one size. An odd width or height grows by a white pixel.
    lengths_ms
        How long each is shown, in milliseconds.
    kind
        ``mp4`` (H.264) or ``webm`` (VP9).
    title
        Title in the metadata of the file.

    Returns
    -------
    bytes
        The file. The same ffmpeg gives the same bytes; another may give others.

    Raises
    ------
    FigureError
        If ffmpeg is missing, fails (it may lack a codec), or takes longer than five minutes.
    """
    ffmpeg = _installed_ffmpeg(kind)
    step = math.gcd(*lengths_ms)
    fed = io.BytesIO()
    for frame, length in zip(frames, lengths_ms, strict=True):
        png = io.BytesIO()
        frame.save(png, "PNG", compress_level=1)
        fed.write(png.getvalue() * (length // step))
    with tempfile.TemporaryDirectory(prefix="mapgen-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / f"video.{kind}"
        words = [
            *(ffmpeg, "-nostdin", "-loglevel", "error", "-y"),
            *("-f", "image2pipe", "-c:v", "png", "-framerate", f"1000/{step}", "-i", "pipe:0"),
            *("-vf", _EVEN, "-pix_fmt", "yuv420p", "-r", _RATE, *_CODECS[kind]),
            *("-map_metadata", "-1", "-metadata", f"title={title}"),
            *("-fflags", "+bitexact", "-flags:v", "+bitexact", str(made)),
        ]
        run_program(words, seconds=_SECONDS, advice=_ADVICE, fed=fed.getvalue())
        if not made.is_file():
            msg = f"{ffmpeg} made no video. {_ADVICE}"
            raise FigureError(msg)
        return made.read_bytes()
