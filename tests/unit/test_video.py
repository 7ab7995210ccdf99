"""MP4 and WebM of an animation: what ffmpeg is asked for, and what is said without one."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import replace

import pytest
from PIL import Image
from situation_kit import Desk, FakeAtlas
from test_figure import SETTINGS, days_data

from mapgen.command import doctor
from mapgen.drawing.figure import FigureError, picture_bytes, write_picture
from mapgen.drawing.figure.video import video
from mapgen.merging.events import situation_of
from mapgen.situation.shown import shown

FAKE = """#!{python}
import json, pathlib, sys
fed = sys.stdin.buffer.read()
folder = pathlib.Path(__file__).parent
(folder / "asked.json").write_text(json.dumps(sys.argv[1:]), encoding="utf-8")
(folder / "fed").write_bytes(fed)
{then}
"""
MADE = 'pathlib.Path(sys.argv[-1]).write_bytes(b"a video")'
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """An ffmpeg on the search path that notes what it is asked for."""

    def put(then=MADE):
        program = tmp_path / "ffmpeg"
        program.write_text(FAKE.format(python=sys.executable, then=then), encoding="utf-8")
        program.chmod(0o755)
        return tmp_path

    monkeypatch.delenv("MAPGEN_FFMPEG", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    put()
    return put


def asked(folder):
    return json.loads((folder / "asked.json").read_text(encoding="utf-8"))


def after(words, flag):
    return words[words.index(flag) + 1]


def test_ffmpeg_gets_a_frame_for_each_day_of_change_the_last_one_longest(fake):
    folder = fake()
    data = days_data()
    data = {**data, "meta": {**data["meta"], "title": "-i /etc/passwd; $(rm) \n “title”"}}
    assert picture_bytes(data, "mp4", size="column") == b"a video"
    words = asked(folder)
    assert (after(words, "-c:v"), after(words, "-pix_fmt")) == ("png", "yuv420p")
    assert "libx264" in words
    assert "title=-i /etc/passwd; $(rm) “title”" in words, "one argument, which no shell reads"
    frames = (folder / "fed").read_bytes().split(PNG)[1:]
    frames = [Image.open(io.BytesIO(PNG + f)).convert("RGB").tobytes() for f in frames]
    changes = [i for i in range(1, len(frames)) if frames[i] != frames[i - 1]]
    assert after(words, "-framerate") == "1000/700"
    assert changes == [2, 4, 6], "1.4 seconds each"
    assert len(frames) == 6 + 5, "and the last 3.5 seconds"


def test_a_webm_is_made_with_its_own_codec_and_of_even_size(fake):
    folder = fake()
    video([Image.new("RGB", (3, 5))], [700], "webm", "t")
    words = asked(folder)
    assert "libvpx-vp9" in words
    assert after(words, "-vf").startswith("pad=ceil(iw/2)*2:ceil(ih/2)*2")
    assert words[-1].endswith(".webm")


def test_what_ffmpeg_says_is_told(fake, monkeypatch, tmp_path):
    one = [Image.new("RGB", (4, 4))]
    fake("sys.stderr.write('Unknown encoder libx264\\n\\n'); raise SystemExit(8)")
    with pytest.raises(FigureError, match=r"exit code 8\): Unknown encoder libx264\. Write"):
        video(one, [700], "mp4", "t")
    fake("")
    with pytest.raises(FigureError, match="made no video"):
        video(one, [700], "mp4", "t")
    monkeypatch.setenv("MAPGEN_FFMPEG", str(tmp_path / "none"))
    with pytest.raises(FigureError, match="none cannot be started"):
        video(one, [700], "mp4", "t")


def test_without_ffmpeg_a_video_is_refused_before_anything_is_drawn(monkeypatch, tmp_path):
    monkeypatch.delenv("MAPGEN_FFMPEG", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    told = shown(situation_of(Desk().article("a1").extraction()), FakeAtlas(), replace(SETTINGS))
    monkeypatch.setattr("mapgen.drawing.data.page_data.picture_data", None)
    for name in ("map.mp4", "map.webm"):
        with pytest.raises(FigureError, match=r"needs ffmpeg, .* found\..*\.gif or \.webp"):
            write_picture(told, tmp_path / name)
    found = {one.name: one.found for one in doctor.examine()}
    assert found["ffmpeg"] == "none found (optional: MP4 and WebM of an animation)"
