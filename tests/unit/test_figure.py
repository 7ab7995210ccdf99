"""Static pictures: what stands on them, where, in which colour, and that bytes do not change."""

from __future__ import annotations

import hashlib
import io
import math
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from pdfminer.high_level import extract_text
from PIL import Image
from shapely.geometry import LineString, Point, Polygon, box
from situation_kit import ARMY, MONITOR, PLACES, RIVALS, Desk, FakeAtlas, campaign, place

from mapgen.drawing.data.moment import Moment, days_of_change
from mapgen.drawing.data.page_data import page_data
from mapgen.drawing.figure import FigureError, kind_of, picture_bytes, whole_dpi, write_picture
from mapgen.drawing.figure.hatching import hatching
from mapgen.drawing.figure.labels import Label, Line, Placer
from mapgen.drawing.figure.prose import Face, TextBlock
from mapgen.drawing.figure.typeface import text_width
from mapgen.drawing.figure.view import View
from mapgen.merging.events import situation_of
from mapgen.model import Actor, Holding, Kind, Role, Status
from mapgen.settings import Settings
from mapgen.situation.shown import shown

SVG = "{http://www.w3.org/2000/svg}"
SETTINGS = Settings(parser="test")
HELD = tuple(
    Holding(
        place=p.name,
        country="SD",
        place_id=p.id,
        holder=holder,
        as_of=date(2031, 5, 1),
        source="test",
        lat=p.lat,
        lon=p.lon,
    )
    for p, holder in ((PLACES["t:alba"], "t:army"), (PLACES["t:dumo"], "t:army"))
)


def made(situation):
    return page_data(shown(situation, FakeAtlas(), SETTINGS))


@pytest.fixture(scope="module")
def data():
    return made(situation_of(campaign().extraction(), baseline=HELD))


def texts(svg: bytes) -> list[str]:
    return ["".join(t.itertext()) for t in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_words_of_the_page_stand_on_the_picture(data):
    words = texts(picture_bytes(data, "svg"))
    whole = " ".join(words)
    for word in data["meta"]["title"].split():
        assert word in whole
    assert any(data["meta"]["as_of_text"] in t for t in words)
    for side in data["sides"].values():
        assert side["name"] in words, "the legend names each holder"
    for sign in data["signs"]:
        if sign["type"] == "control":
            assert sign["name"] in words
    assert any("Natural Earth (public domain)" in t for t in words)
    assert any("GeoNames (CC BY 4.0)" in t for t in words)
    assert not any("Leaflet" in t for t in words), "no picture is drawn with Leaflet"
    assert "Sources." in words
    assert "Method." in words
    assert any(re.fullmatch(r"[\d,]+ km", t) for t in words), "the scale bar"


def test_flows_carry_the_words_of_the_article(data):
    words = texts(picture_bytes(data, "svg"))
    labels = [s["label"] for s in data["signs"] if s["type"] == "displacement"]
    assert labels
    assert all(line in words for label in labels for line in label)


def test_the_legend_names_only_what_is_drawn(data):
    only = {**data, "signs": [s for s in data["signs"] if s["type"] == "control"], "areas": []}
    words = texts(picture_bytes(only, "svg"))
    assert "Who holds a place (ring: before)" in words
    assert not any("fleeing" in t.lower() and "People" in t for t in words)
    assert "Supply link" not in words
    assert not any("estimated" in t and "Control" in t for t in words)


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def near_colour(image: Image.Image, x: float, y: float, r: int, colour: str) -> int:
    pixels = np.asarray(image.convert("RGB"), dtype=int)
    part = pixels[int(y) - r : int(y) + r + 1, int(x) - r : int(x) + r + 1]
    return int((np.abs(part - rgb(colour)).max(axis=2) < 12).sum())


def test_a_taken_town_has_the_colour_of_its_holder_and_a_ring_of_the_one_before(data):
    taken = next(s for s in data["signs"] if s["type"] == "control" and s["name"] == "Alba")
    svg = picture_bytes(data, "svg")
    letter = data["sides"][taken["side"]]["letter"]
    size = [float(v) for v in ET.fromstring(svg).attrib["viewBox"].split()]
    image = Image.open(io.BytesIO(picture_bytes(data, "png", dpi=144)))
    found = [
        (float(t.attrib["x"]), float(t.attrib["y"]))
        for t in ET.fromstring(svg).iter(f"{SVG}text")
        if "".join(t.itertext()) == letter
    ]
    assert found, "the letter of the side stands in its sign"
    scale = image.width / size[2]
    fill = data["sides"][taken["side"]]["light"]["fill"]
    ring = data["sides"][taken["from"]]["light"]["fill"]
    on_map = [(x, y) for x, y in found if x > size[2] * 0.28]
    assert on_map
    x, y = on_map[0][0] * scale, (on_map[0][1] - 2) * scale
    assert near_colour(image, x, y, 12, fill) > 40
    assert near_colour(image, x, y, 22, ring) > 40


def test_a_claimed_town_has_a_dashed_ring(data):
    claimed = next(s for s in data["signs"] if s["type"] == "control")
    plain = {**data, "signs": [{**claimed, "standing": "stated", "from_day": None}]}
    dashed = {**data, "signs": [{**claimed, "standing": "claimed", "from_day": None}]}
    count = [picture_bytes(d, "svg").count(b"stroke-dasharray") for d in (plain, dashed)]
    assert count[1] > count[0]
    assert "Holder: claimed by a source" in texts(picture_bytes(dashed, "svg"))


def test_a_contested_town_says_so(data):
    control = next(s for s in data["signs"] if s["type"] == "control")
    contested = {**data, "signs": [{**control, "standing": "contested", "label": "contested"}]}
    words = texts(picture_bytes(contested, "svg"))
    assert "Contested" in words
    assert "contested" in words


def test_areas_that_a_user_gave_are_not_called_estimates(data):
    ring = [[31.0, 14.0], [33.0, 14.0], [33.0, 16.0], [31.0, 14.0]]
    side = next(iter(data["sides"]))
    parts = {side: {"sure": {"type": "Polygon", "coordinates": [ring]}, "unsure": None}}
    phase = {"from_day": None, "to_day": None, "sides": parts, "fronts": []}
    for given, words in (
        (None, "Control, estimated"),
        ("An gazetteer", "Control, as given by its"),
    ):
        area = {**phase, **({"given": given} if given else {})}
        seen = texts(picture_bytes({**data, "areas": [area]}, "svg", size="column"))
        told = [t for t in seen if t.startswith("Control,")]
        assert len(told) == 1, "nothing unsure is drawn"
        assert told[0].startswith(words)


def test_a_name_without_room_on_the_map_is_listed_under_it(data):
    one = next(s for s in data["signs"] if s["type"] == "control" and s["name"] == "Alba")
    crowd = [
        {**one, "place": f"t:{i}", "name": f"Hamlet{i:02}", "lat": one["lat"] + i / 500, "rank": 1}
        for i in range(18)
    ]
    full = {**data, "signs": [*data["signs"], *crowd], "inset": None}
    words = texts(picture_bytes(full, "svg", size="column"))
    assert "On the map without a name:" in words
    listed = " ".join(words)
    assert all(sign["name"] in listed for sign in crowd)
    assert any(t.startswith("Hamlet") and "," not in t for t in words), "one has room"
    days = picture_bytes(full, "svg", days=[data["days"][0], data["days"][-1]])
    assert any("; not named: " in t and "Hamlet" in t for t in texts(days))
    assert "On the map without a name:" not in texts(picture_bytes(data, "svg"))


def test_hostile_text_stays_text():
    nasty = '<script>alert(1)</script> & "x" $\\frac{1}{2}$ ]]> \x00\x1b[31m\u2028end'
    actor = Actor(id="t:nasty", name='"><img src=x>', side="t:nasty")
    desk = Desk().article("a1")
    desk.say("a1", "They took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=actor)
    page = made(replace(situation_of(desk.extraction()), title=nasty))
    svg = picture_bytes(page, "svg")
    tree = ET.fromstring(svg)  # well-formed, and no element that we do not draw
    assert not {e.tag for e in tree.iter()} & {f"{SVG}script", f"{SVG}img", f"{SVG}foreignObject"}
    told = "".join(texts(svg)).replace(" ", "")  # long words are broken into lines
    assert "<script>alert(1)</script>" in told
    assert "$\\frac{1}{2}$" in told
    assert '"><img src=x>' in " ".join(texts(svg))
    assert picture_bytes(page, "pdf").startswith(b"%PDF")
    assert picture_bytes(page, "png", dpi=60).startswith(b"\x89PNG")


def test_right_to_left_names_are_shaped_and_stay_searchable(data):
    control = next(s for s in data["signs"] if s["type"] == "control")
    svg = picture_bytes({**data, "signs": [{**control, "name": "حمص"}]}, "svg")
    assert "حمص" in texts(svg), "in the order it is read; the reader's program shapes it"
    apart = text_width("ل", 100) + text_width("ا", 100)
    assert text_width("لا", 100) < 0.8 * apart, "lam and alef are joined to one sign"


def test_the_width_of_a_text_does_not_depend_on_who_asks_first():
    from matplotlib import rc_context

    for hinting in ("force_autohint", "none"):
        text_width.cache_clear()
        with rc_context({"text.hinting": hinting}):
            widths = {text_width("Headline of a map", size / 10) for size in range(60, 160)}
        if hinting == "force_autohint":
            first = widths
    assert widths == first


@pytest.mark.filterwarnings("error")
def test_letters_without_a_font_are_named_not_hidden(data, caplog):
    page = {**data, "meta": {**data["meta"], "title": "大馬士革"}}
    svg = picture_bytes(page, "svg")
    assert "大馬士革" in texts(svg)
    assert "U+5927" in caplog.text


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_two_runs_give_the_same_bytes(data, kind):
    assert picture_bytes(data, kind, dpi=80) == picture_bytes(data, kind, dpi=80)


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from test_figure import HELD, made, picture_bytes, situation_of, campaign
data = made(situation_of(campaign().extraction(), baseline=HELD))
for kind in ("png", "svg", "pdf"):
    print(kind, hashlib.sha256(picture_bytes(data, kind, size="column", dpi=72)).hexdigest())
"""


def test_bytes_do_not_depend_on_the_hash_seed_or_the_user_s_style(data, tmp_path):
    style = tmp_path / "matplotlibrc"
    style.write_text("font.size: 20\nlines.linewidth: 9\nsvg.fonttype: path\n", encoding="utf-8")
    seed = "77" if os.environ.get("PYTHONHASHSEED") != "77" else "78"  # other than of this process
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)],
        env={**os.environ, "PYTHONHASHSEED": seed, "MATPLOTLIBRC": str(style)},
        capture_output=True,
        check=True,
        text=True,
    )
    here = [
        f"{kind} {hashlib.sha256(picture_bytes(data, kind, size='column', dpi=72)).hexdigest()}"
        for kind in ("png", "svg", "pdf")
    ]
    assert done.stdout.splitlines() == here


def test_no_file_says_when_it_was_made(data):
    assert b"<dc:date>" not in picture_bytes(data, "svg")
    assert b"CreationDate" not in picture_bytes(data, "pdf")
    info = Image.open(io.BytesIO(picture_bytes(data, "png", dpi=60))).info
    assert info["Title"] == data["meta"]["title"]
    assert not any("time" in key.lower() or "date" in key.lower() for key in info)


def test_a_pdf_can_be_searched(data):
    told = " ".join(extract_text(io.BytesIO(picture_bytes(data, "pdf"))).split())
    assert data["meta"]["title"].split()[0] in told
    for word in ("Alba", "Sources.", "GeoNames"):
        assert word in told


@pytest.mark.parametrize(
    ("size", "pixels"), [("a4", (1169, 826)), ("a5", (826, 582)), ("column", (354, 551))]
)
def test_sizes_are_those_of_the_paper(data, size, pixels):
    image = Image.open(io.BytesIO(picture_bytes(data, "png", size=size, dpi=100)))
    assert all(abs(a - b) <= 1 for a, b in zip(image.size, pixels, strict=True))
    assert image.info["dpi"][0] == pytest.approx(100, abs=0.1)


def test_names_do_not_overlap():
    placer = Placer(1.0, (0, 0, 300, 200))
    wishes = [
        Label(
            priority=i,
            at=(100 + 3 * i, 100 + 9 * (i % 3)),
            r=5,
            lines=(Line(f"Town {i}", "event"),),
        )
        for i in range(12)
    ]
    placed = placer.place(wishes)
    boxes = [box(*p.box) for p in placed]
    assert 2 <= len(placed) < 12
    assert placed[0].lines[0].text == "Town 11", "the most important has the first choice"
    assert all(a.intersection(b).area == 0 for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_a_note_finds_empty_ground_beside_a_sign():
    placer = Placer(1.0, (0, 0, 400, 300))
    placer.block((200, 150), 20)
    lines = (Line("People fled", "note"), Line("“thousands”", "note2"))
    (note,) = placer.place([Label(priority=1, at=(200, 150), r=10, lines=lines, far=True)])
    assert not box(*note.box).intersects(box(180, 130, 220, 170))
    assert box(*note.box).distance(Polygon([(199, 149), (201, 149), (200, 151)])) < 60


def test_a_view_keeps_the_frame_inside_its_box():
    view = View.fitting((35.0, 32.0, 42.0, 37.0), (10, 20, 410, 320))
    west, south, east, north = view.bbox
    assert west <= 35.0
    assert south <= 32.0
    assert east >= 42.0
    assert north >= 36.999
    assert view.point(34.0, 36.0)[1] > view.point(35.0, 36.0)[1], "north is up"
    a, b = view.point(34.5, 38.0), view.point(34.5, 39.0)
    km = math.dist(a, b) / view.points_per_km
    assert km == pytest.approx(111.2 * math.cos(math.radians(34.5)), rel=0.01)


def test_the_card_has_the_pixels_that_networks_ask_for(data):
    with Image.open(io.BytesIO(picture_bytes(data, "png", size="card"))) as image:
        assert image.size == (1200, 630)
    words = texts(picture_bytes(data, "svg", size="card"))
    assert data["meta"]["as_of_text"] in words, "the day"
    headline = data["meta"]["title"].split()
    assert set(headline) <= set(" ".join(words).split())
    for side in data["sides"].values():
        assert side["name"] in words


def test_hatching_stays_inside_its_area():
    shape = Polygon([(0, 0), (40, 0), (40, 20), (20, 20), (20, 40), (0, 40)])
    strokes = hatching(shape, 5, 45)
    assert len(strokes) > 8
    grown = shape.buffer(0.01)
    assert all(grown.contains(Polygon([*s, s[0]]).boundary) for s in strokes)


def test_long_words_are_broken_and_long_texts_cut():
    face = Face(size=8)
    part = TextBlock("a" * 300 + " b", face, 100, most=3)
    assert len(part.lines) == 3
    assert part.lines[-1].endswith("…")
    assert all(face.width(line) <= 101 for line in part.lines)


def days_data():
    desk = Desk().article("a1")
    span = (date(2031, 5, 4), date(2031, 5, 8), "this week")
    desk.say(
        "a1", "They took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS,
        from_actor=ARMY, days=span,
    )  # fmt: skip
    fled = place("t:bero", Role.ORIGIN), place("t:esta", Role.DESTINATION)
    desk.say(
        "a1", "Thousands fled Bero for Esta.", Kind.DISPLACEMENT, *fled,
        status=Status.CLAIMED, attribution=MONITOR, figure=(1000, 9999, "Thousands"),
    )  # fmt: skip
    return made(situation_of(desk.extraction(), baseline=HELD))


def test_small_multiples_show_each_day_and_one_legend():
    data = days_data()
    words = texts(picture_bytes(data, "svg", days=["2031-05-02", "2031-05-05", "2031-05-10"]))
    assert "2 May 2031" in words
    assert "before the first report: baseline only" in words
    assert "5 May 2031" in words
    assert "Alba: changing, day unknown" in words
    assert "as the articles report it" in words
    assert words.count("Who") == 1
    assert words.count("Alba") == 3
    assert sum("Fled" in t for t in words) <= 2, "flight is drawn on the last day only"


def test_a_day_before_the_change_shows_the_holder_before():
    moment = Moment(days_data(), "2031-05-02")
    assert moment.signs("control", "displacement") == []
    (alba,) = [s for s in moment.sites() if s.name == "Alba"]
    assert alba.base is not None
    assert alba.signs == []


def test_an_animation_has_a_frame_for_each_day_of_change():
    data = days_data()
    assert days_of_change(data) == ["2031-05-01", "2031-05-04", "2031-05-08", "2031-05-10"]
    for kind in ("gif", "webp"):
        image = Image.open(io.BytesIO(picture_bytes(data, kind, size="column", dpi=60)))
        assert image.n_frames == 4
        assert image.info["loop"] == 0
        image.seek(0)
        first = np.asarray(image.convert("RGB"), dtype=int)
        image.seek(3)
        assert np.abs(np.asarray(image.convert("RGB"), dtype=int) - first).max() > 100


def test_what_cannot_be_drawn_is_said(data, tmp_path):
    with pytest.raises(FigureError, match=r"a4 \(297 x 210 mm\), a5"):
        picture_bytes(data, "png", size="a3")
    endings = r"\.png, \.svg, \.pdf, \.gif, \.webp, \.mp4, \.webm"
    with pytest.raises(FigureError, match=f"pictures end in {endings}"):
        kind_of(tmp_path / "map.bmp")
    with pytest.raises(FigureError, match="1999-01-01 is not from"):
        picture_bytes(data, "png", days=["1999-01-01"])
    with pytest.raises(FigureError, match="'9000' is not a whole number from 50 to 600"):
        whole_dpi("9000")


def test_an_empty_situation_is_a_picture_that_says_so(tmp_path, monkeypatch):
    desk = Desk().article("a1", published_on=None)
    situation = situation_of(desk.extraction())
    empty = made(situation)  # once: it cuts a map of the whole world
    monkeypatch.setattr("mapgen.drawing.data.page_data.picture_data", lambda *_args, **_more: empty)
    write_picture(shown(situation, FakeAtlas(), SETTINGS), tmp_path / "map.svg")
    words = texts((tmp_path / "map.svg").read_bytes())
    assert any("Undated" in t for t in words)
    assert "Who" not in words
    with pytest.raises(FigureError, match="nothing here is dated"):
        write_picture(shown(situation, FakeAtlas(), SETTINGS), tmp_path / "map.gif")
    assert not (tmp_path / "map.gif").exists()


@pytest.mark.parametrize("end", ["origin", "destination"])
def test_a_movement_with_one_known_end_points_to_all_sides(monkeypatch, end):
    from types import SimpleNamespace

    from mapgen.drawing.figure import sign_painter

    drawn = []
    monkeypatch.setattr(sign_painter, "draw_arrow", lambda _pen, path, *_, **__: drawn.append(path))
    painter = SimpleNamespace(
        pen=SimpleNamespace(unit=1.0),
        radius=6.0,
        placer=SimpleNamespace(block_line=lambda *_: None),
        _flow_width=lambda _: 3.0,
        _flow_words=lambda *_: None,
    )
    sign_painter.SignPainter._fan(painter, {"end": end}, (100.0, 100.0))
    tips = [(path[-1][0] - path[0][0], path[-1][1] - path[0][1]) for path in drawn]
    assert len(drawn) == 6
    assert abs(sum(x for x, _ in tips)) < 1
    assert abs(sum(y for _, y in tips)) < 1
    outward = [math.dist(p[-1], (100, 100)) > math.dist(p[0], (100, 100)) for p in drawn]
    assert set(outward) == {end == "origin"}


def test_a_name_beside_an_arrow_stands_clear_of_it() -> None:
    placer = Placer(unit=1.0, frame=(0.0, 0.0, 400.0, 200.0))
    placer.block_line([(200.0, 100.0), (390.0, 60.0)], 10.0)  # an arrow that ends at the town
    name = Label(
        priority=1.0, at=(200.0, 100.0), r=4.0, lines=(Line("El Obeid", "event"),), keep=True
    )
    [placed] = placer.place([name])
    arrow = LineString([(200, 100), (390, 60)]).buffer(10)
    assert not box(*placed.box).intersects(arrow)
    assert box(*placed.box).distance(Point(200, 100)) < 20


def test_a_name_without_room_beside_lines_covers_the_least_of_them() -> None:
    placer = Placer(unit=1.0, frame=(0.0, 0.0, 400.0, 200.0))
    for y in range(10, 200, 9):
        placer.block_line([(150.0, y), (390.0, y)], 6.0)  # nothing but lines, to the east
    placer.block_line([(110.0, 10.0), (110.0, 190.0)], 20.0)
    name = Label(
        priority=1.0, at=(160.0, 100.0), r=4.0, lines=(Line("El Obeid", "event"),), keep=True
    )
    [placed] = placer.place([name])
    assert placed.box[2] <= 160.0, "west, where the lines end"


@pytest.mark.parametrize("keep", [True, False])
def test_no_label_ever_covers_a_sign_of_the_story(keep) -> None:
    placer = Placer(unit=1.0, frame=(0.0, 0.0, 120.0, 120.0))
    signs = [(x, y) for x in (20.0, 60.0, 100.0) for y in (20.0, 60.0, 100.0)]
    for at in signs:
        placer.keep_clear(at, 9.0)
    placed = placer.place(
        [
            Label(priority=n, at=at, r=9.0, lines=(Line(f"Town {n}", "event"),), keep=keep)
            for n, at in enumerate(signs)
        ]
    )
    assert len(placed) < len(signs), "there is not room for all"
    for label in placed:
        assert all(box(*label.box).distance(Point(*at)) >= 9 - 1e-6 for at in signs), label.lines


def test_a_note_covers_a_small_town_before_it_stands_far_off() -> None:
    placer = Placer(1.0, (0, 0, 600, 400))
    for x in range(20, 600, 40):  # towns of the baseline everywhere but far in the east
        for y in range(20, 400, 40):
            if x < 480:
                placer.block((x, y), 4, soft=True)
    lines = (Line("People fled", "note"), Line("“thousands” (residents)", "note2"))
    (note,) = placer.place(
        [Label(priority=1, at=(200, 200), r=10, lines=lines, far=True, keep=True)]
    )
    assert box(*note.box).distance(Point(200, 200)) < 40


def test_the_words_of_a_movement_stand_once_where_two_lead_to_one_town(data):
    others = [s for s in data["signs"] if s["type"] != "displacement"]
    flow = next(s for s in data["signs"] if s["type"] == "displacement")
    whole = {**flow, "label": ["Fled to Dumo", "“some 300”"]}
    bare = {**flow, "label": ["Fled to Dumo"], "path": flow["path"][::-1]}
    words = texts(picture_bytes({**data, "signs": [*others, whole, bare]}, "svg"))
    assert [word.removesuffix(" ?") for word in words].count("Fled to Dumo") == 1
    words = texts(picture_bytes({**data, "signs": [*others, bare]}, "svg"))
    assert [word.removesuffix(" ?") for word in words].count("Fled to Dumo") == 1


@pytest.mark.parametrize("size", ["a4", "a5", "slide", "column"])
def test_labels_of_a_picture_leave_its_signs_free(data, size, monkeypatch):
    seen = []
    place_all = Placer.place

    def watched(placer, labels):
        placed = place_all(placer, labels)
        seen.append((placer, placed))
        return placed

    monkeypatch.setattr(Placer, "place", watched)
    close = {**data, "places": [{**p, "rank": 5} for p in data["places"]]}
    picture_bytes(close, "svg", size=size)
    assert any(placer._signs for placer, _ in seen)
    for placer, placed in seen:
        for (x, y), r in placer._signs:
            for label in placed:
                assert box(*label.box).distance(Point(x, y)) >= r - 1e-6, label.lines
