"""The gallery: each file that is kept is opened by a library that is not ours, and checked."""

from __future__ import annotations

import importlib.util
import io
import json
import shlex
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import geopandas
import lxml.html
import markdown_it
import numpy as np
import pandas as pd
import pptx
import pyogrio
import pypdf
import pytest
from pdfminer.high_level import extract_text
from PIL import Image

from mapgen.command import cli
from mapgen.core.formats import REPORTS, SUFFIXES
from mapgen.core.tables.sides import Sides
from mapgen.drawing.figure import MOVING, STILLS

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "docs" / "gallery"
TAKEN = {"Aleppo", "Hama", "Rastan", "Talbisseh"}  # as the dispatches write them
CHANGES = TAKEN | {"along the Iraqi border", "near the Jordanian border"}  # ground, no town
KML = "{http://www.opengis.net/kml/2.2}"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("build_gallery", ROOT / "tools/build_gallery.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]
    for helper in ("gallery_opened", "opened_by_libraries"):
        sys.modules.pop(helper, None)
    while str(ROOT / "tools") in sys.path:
        sys.path.remove(str(ROOT / "tools"))


def test_the_page_is_as_the_tool_writes_it_and_names_tests_that_exist(tool):
    assert tool.PAGE.read_text("utf-8") == tool.page()
    made = " ".join([*tool.COMMANDS, tool.LIKE_PAGE])
    pictures_of_the_page = {f"{shot}.png" for _, shot, *_ in tool.SHOTS} | set(tool.OPENED)
    for item in tool.ITEMS:
        assert (ROOT / item.test).is_file(), item.name
        assert (GALLERY / item.name).is_file() == item.kept, item.name
        if item.name in pictures_of_the_page:
            continue
        stem, ending = item.name.split(".", 1)
        assert f"/{stem}." in made, item.name
        assert f"/{item.name}" in made or item.name in {"report.png"} | {
            f"homs.{kind}" for kind in ("events.csv", "sources.csv", *tool.FORMATS.split(","))
        }, ending
    for command in (*tool.COMMANDS, tool.LIKE_PAGE):
        cli._parser().parse_args(shlex.split(command)[1:])


_VIDEOS = {"mp4", "webm"}  # need an installed ffmpeg, and have the frames of the animation


def test_every_format_of_the_program_is_in_it(tool):
    known = {item.name.rsplit(".", 1)[1] for item in tool.ITEMS}
    reports = {ending.lstrip(".") for ending in REPORTS}
    assert {*SUFFIXES, *STILLS, *MOVING, *reports} - _VIDEOS <= known


def test_files_stay_small(tool):
    listed = {item.name for item in tool.ITEMS if item.kept} | {"README.md"}
    sizes = {path.name: path.stat().st_size for path in GALLERY.iterdir()}
    assert set(sizes) == listed
    pictures = {name for name in listed if name.endswith((".png", ".gif", ".webp", ".pdf"))}
    assert max(sizes[name] for name in pictures) < 300_000
    assert sizes.pop("homs.gpkg") < 1_000_000  # it brings a base map and a project for QGIS
    assert max(sizes.values()) < 600_000
    assert sum(sizes.values()) < 4_000_000  # 0.7 MB of it are pictures of opened files


@pytest.mark.parametrize(
    ("name", "size", "frames"),
    [
        ("homs.png", (1440, 900), 1),
        ("homs-dark.png", (1440, 900), 1),
        ("homs-tablet.png", (820, 1180), 1),
        ("homs-phone.png", (390, 844), 1),
        ("homs-arabic.png", (390, 844), 1),
        ("figure-a4.png", (1286, 909), 1),
        ("figure-column.png", (673, 1047), 1),
        ("figure-dates.png", (1286, 909), 1),
        ("figure-offensive.gif", None, 3),
        ("figure-offensive.webp", None, 3),
        ("report.png", None, 1),
        ("locator-neighbours.png", None, 1),
        ("opened-qgis.png", None, 1),
        ("opened-kml.png", (800, 595), 1),
        ("opened-kmz.png", (720, 653), 1),
        ("opened-geojson.png", (800, 595), 1),
        ("opened-parquet.png", (800, 594), 1),
        ("opened-csv.png", None, 1),
        ("opened-events.png", None, 1),
        ("opened-svg.png", None, 1),
        ("opened-pdf.png", None, 1),
        ("opened-frames.png", None, 1),
        ("opened-markdown.png", None, 1),
        ("opened-word.png", None, 1),
        ("opened-slides.png", None, 1),
        ("opened-html.png", None, 1),
        ("opened-notebook.png", None, 1),
    ],
)
def test_pictures_are_pictures(name, size, frames):
    with Image.open(GALLERY / name) as image:
        assert size in {None, image.size}
        assert getattr(image, "n_frames", 1) >= frames
        colours = np.unique(np.asarray(image.convert("RGB")).reshape(-1, 3), axis=0)
    assert len(colours) > 20, "not an empty sheet"


def test_the_pdf_has_the_words():
    told = " ".join(extract_text(GALLERY / "figure-column.pdf").split())
    for word in ("Homs", "GeoNames", *TAKEN):
        assert word in told
    with pypdf.PdfReader(GALLERY / "figure-column.pdf") as reader:
        (sheet,) = reader.pages
        assert [round(float(mm) * 25.4 / 72) for mm in sheet.mediabox[2:]] == [90, 140]


def test_the_svg_has_the_words_as_text():
    tree = ET.parse(GALLERY / "figure-column.svg")
    shown = {"".join(t.itertext()) for t in tree.iter(f"{SVG}text")}
    shown = {words.removesuffix(" ?") for words in shown}  # the mark of a doubtful sign
    # there is no room for one of the towns, whose name would cover the sign of the next
    assert {*TAKEN - {"Talbisseh"}, "Homs", "HTS-led rebels", "200 km"} <= shown
    assert {"On the map without a name:", "Talbisseh."} <= shown
    assert {e.tag for e in tree.iter()}.isdisjoint({f"{SVG}script", f"{SVG}foreignObject"})
    assert len(list(tree.iter(f"{SVG}path"))) > 100


def held(table):
    if "layer" in table:
        table = table[table["layer"] == "control"]
    told = table["basis"] == "articles" if "basis" in table else table["claim_ids"].notna()
    rows = table[told]
    return dict(zip(rows["place"], rows["holder"], strict=True))


def test_map_files_agree_on_who_took_what():
    expected = dict.fromkeys(TAKEN, "syria:hts")
    assert held(pyogrio.read_dataframe(GALLERY / "homs.geojson")) == expected
    assert held(pyogrio.read_dataframe(GALLERY / "homs.gpkg", layer="control")) == expected
    assert held(geopandas.read_parquet(GALLERY / "homs.parquet")) == expected
    table = pd.read_csv(GALLERY / "homs.csv", skiprows=[1], low_memory=False)
    assert held(table) == expected
    with zipfile.ZipFile(GALLERY / "homs.kmz") as archive:
        inside = archive.read("doc.kml")
    for source in (io.BytesIO(inside), GALLERY / "homs.kml"):
        marks = pyogrio.read_dataframe(source, layer="Who holds what")
        assert set(marks["Name"]) >= TAKEN
        homs = marks.set_index("Name").loc["Homs"].geometry
        assert homs.x == pytest.approx(36.72, abs=0.02)
        assert homs.y == pytest.approx(34.73, abs=0.02)
    marks = {
        m.findtext(f"{KML}name"): m for m in ET.parse(GALLERY / "homs.kml").iter(f"{KML}Placemark")
    }
    (line,) = marks["Homs → the coast"].iter(f"{KML}LineString")
    (head,) = marks["Homs → the coast (head of the arrow)"].iter(f"{KML}LinearRing")
    start, tip = (e.findtext(f"{KML}coordinates").split()[0].split(",") for e in (line, head))
    assert [float(v) for v in start] == pytest.approx([36.72, 34.73], abs=0.02)
    assert 35.7 < float(tip[0]) < 36.4, "its head is on the coast"


def test_the_events_have_a_row_for_each_town_taken():
    table = pd.read_csv(GALLERY / "homs.events.csv")
    assert set(table["location"]) >= TAKEN
    listed = dict(zip(table["location"], table["gazetteer_name"], strict=True))
    assert listed["Talbisseh"] == "Tallbīsah", "as GeoNames writes it"
    assert set(table["country"]) == {"Syria"}


def test_the_articles_are_counted_by_source_and_day():
    (row,) = pd.read_csv(GALLERY / "homs.sources.csv").to_dict("records")
    assert row["source"].startswith("mapgen project, restating two news reports")
    assert (row["n_articles"], row["n_reprints"]) == (2, 0)
    assert pd.isna(row["published_on"]), "both days are inferred"


def test_the_collection_leaves_possible_things_off_the_map():
    features = json.loads((GALLERY / "homs.geojson").read_text("utf-8"))["features"]
    off = [f for f in features if f["properties"]["layer"] == "off_map"]
    assert off
    assert {f["geometry"] is None for f in off} == {True}


def test_the_report_is_markdown_with_tables():
    text = (GALLERY / "report.md").read_text("utf-8")
    page = lxml.html.fromstring(markdown_it.MarkdownIt("commonmark").enable("table").render(text))
    changes = next(page.iter("table"))
    rows = [row[0].text_content() for row in list(changes.iter("tr"))[1:]]
    assert sorted(rows) == sorted(CHANGES), "each once"
    (picture,) = page.iter("img")
    assert (GALLERY / picture.get("src")).is_file()


def test_the_report_for_word_has_tables_and_its_picture():
    document = docx.Document(str(GALLERY / "report.docx"))
    changes, people = document.tables
    assert sorted(row.cells[0].text for row in changes.rows[1:]) == sorted(CHANGES), "each once"
    assert [cell.text for cell in people.rows[1].cells][1:4] == ["Homs", "the coast", "1,000"]
    (picture,) = document.inline_shapes
    assert picture.width.cm == pytest.approx(17, abs=0.01)
    assert "situation map" in picture._inline.docPr.get("descr").lower()


def test_the_report_as_slides_has_its_map_as_shapes_and_its_quotes_as_notes():
    deck = pptx.Presentation(str(GALLERY / "report.pptx"))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[2:4] == ["What changed hands", "People on the move"]
    (group,) = [shape for shape in deck.slides[1].shapes if shape.shape_type == 6]
    words = {s.text_frame.text.removesuffix(" ?") for s in group.shapes if s.has_text_frame}
    assert {"Homs", "Aleppo"} <= words
    assert "Rastan: “" in deck.slides[2].notes_slide.notes_text_frame.text


def opened(name):
    """Return a picture that a foreign program made, as an array of pixels."""
    with Image.open(GALLERY / name) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def in_common(one, other):
    """Return how far two pictures differ in the mean, of 255, when one is as large as the other."""
    with Image.fromarray(other.astype(np.uint8)) as image:
        same_size = image.resize(one.shape[1::-1], Image.Resampling.LANCZOS)
    return float(np.abs(one - np.asarray(same_size).astype(int)).mean())


@pytest.mark.usefixtures("tool")
@pytest.mark.parametrize(("name", "part", "near"), [("kml", "line", 60), ("geojson", "fill", 20)])
def test_qgis_draws_each_town_in_the_colour_of_who_holds_it(name, part, near):
    picture = opened(f"opened-{name}.png")
    height, width, _ = picture.shape
    west, south, east, north = sys.modules["gallery_opened"].EXTENT
    towns = pyogrio.read_dataframe(GALLERY / "homs.geojson", where="layer = 'control'")
    sides = Sides(sorted(set(towns["holder"])), [])
    seen = {}
    for town in towns.itertuples():
        x = round((town.geometry.x - west) / (east - west) * width)
        y = round((north - town.geometry.y) / (north - south) * height)
        around = picture[y - 6 : y + 7, x - 6 : x + 7].reshape(-1, 3)
        wanted = rgb(sides.get(town.holder).light.fill)
        seen[town.place] = np.abs(around - wanted).max(axis=1).min()
    assert len(seen) == 69
    far = {place for place, distance in seen.items() if distance > near}
    assert not far, f"no {part} of their side"
    assert np.mean(np.abs(picture - 255).max(axis=2) < 4) > 0.3, "nothing but Syria is drawn"


@pytest.mark.usefixtures("tool")
def test_qgis_draws_the_flight_of_kml_and_the_ground_taken_in_their_colours():
    picture = opened("opened-kml.png")
    height, width, _ = picture.shape
    west, south, east, north = sys.modules["gallery_opened"].EXTENT

    def at(lon, lat):
        x, y = (lon - west) / (east - west) * width, (north - lat) / (north - south) * height
        return picture[round(y), round(x)]

    (head,) = pyogrio.read_dataframe(
        GALLERY / "homs.kml", layer="People on the move: heads of the arrows"
    ).geometry
    purple = at(head.centroid.x, head.centroid.y)
    assert np.abs(purple - rgb("#6b3fa0")).max() < 30
    taken = at(40.23, 35.9)  # the east, where no town is, nor an estimated area
    red, green, blue = taken
    assert red > green > blue + 40, "the yellow of the Kurdish-led forces"


def cells(picture):
    """Return for each row of a sheet which of its cells have something in them."""
    dark = picture.max(axis=2) < 150
    lines = list(np.flatnonzero(dark.mean(axis=1) > 0.8))
    lines = [y for i, y in enumerate(lines) if not i or y - lines[i - 1] > 1]
    edges = list(np.flatnonzero(dark.mean(axis=0) > 0.8))
    edges = [x for i, x in enumerate(edges) if not i or x - edges[i - 1] > 1]
    return [
        [
            bool(dark[top + 2 : bottom - 1, left + 2 : right - 1].any())
            for left, right in pairwise(edges)
        ]
        for top, bottom in pairwise(lines)
    ]


@pytest.mark.usefixtures("tool")
def test_the_sheets_in_calc_have_a_row_for_each_row_and_are_filled_as_the_file_is():
    shown = sys.modules["gallery_opened"].ROWS
    for name, kept in (("csv", "homs.csv"), ("events", "homs.events.csv")):
        letters, *rows = cells(opened(f"opened-{name}.png"))
        table = pd.read_csv(GALLERY / kept, header=None, dtype=str)
        assert len(rows) == min(shown, len(table)), name
        assert len(letters) > 10, "columns"
        assert letters[1:] == [True] * (len(letters) - 1), "A, B, C ..."
        width = len(letters) - 1
        for (number, *drawn), told in zip(rows, table.itertuples(index=False), strict=False):
            assert number, "1, 2, 3 ..."
            filled = [isinstance(value, str) for value in told[:width]]
            assert drawn == filled, (name, told[:width])
    news = pd.read_csv(GALLERY / "homs.csv", skiprows=[1], low_memory=False)
    assert set(news["place"][: len(TAKEN)]) == TAKEN, "what the articles say comes first"


@pytest.mark.usefixtures("tool")
def test_librsvg_chromium_and_poppler_draw_what_matplotlib_drew():
    drawn = opened("figure-column.png")
    assert in_common(opened("opened-pdf.png"), drawn) < 15
    both = opened("opened-svg.png")
    half = round((both.shape[1] - sys.modules["gallery_opened"].GAP) / 2)
    left, right = both[:, :half], both[:, -half:]
    assert in_common(left, drawn) < 10
    assert in_common(right, drawn) < 10
    assert in_common(left, right) < 8
    assert in_common(left, opened("figure-a4.png")) > 25, "another picture differs"


@pytest.mark.usefixtures("tool")
def test_the_animations_are_shown_frame_by_frame_and_alike():
    sheet = opened("opened-frames.png")
    with Image.open(GALLERY / "figure-offensive.gif") as image:
        frames = []
        for number in range(image.n_frames):
            image.seek(number)
            frames.append(np.asarray(image.convert("RGB")).astype(int))
    gap = sys.modules["gallery_opened"].GAP
    wide = (sheet.shape[1] - gap * (len(frames) - 1)) / len(frames)
    high = (sheet.shape[0] - gap) / 2
    for row in range(2):
        for number in range(len(frames)):
            x, y = round(number * (wide + gap)), round(row * (high + gap))
            shown = sheet[y : y + round(high), x : x + round(wide)]
            apart = [in_common(shown, frame) for frame in frames]
            assert apart.index(min(apart)) == number, apart
    assert in_common(frames[0], frames[-1]) > 3


def test_the_markdown_shows_its_picture_between_its_text():
    page, picture = opened("opened-markdown.png"), opened("report.png")
    ink = (page.min(axis=2) < 254).mean(axis=1) > 0.85  # as wide as the text
    first, last = np.flatnonzero(ink)[[0, -1]]
    assert 0.25 < first / len(page) < 0.5, "title and summary above it"
    assert (page[last + 20 :].min(axis=2) < 100).any(), "a table below it"
    across = np.flatnonzero((page[first : first + 40].min(axis=2) < 250).any(axis=0))
    shape = picture.shape[0] / picture.shape[1]
    width = across[-1] - across[0] + 1
    shown = page[first : first + round(width * shape), across[0] : across[-1] + 1]
    assert in_common(shown, picture) < 8


def spots_of(name):
    """Return the place, longitude and latitude of a town, and the pixels around it in a picture."""
    picture = opened(name)
    height, width, _ = picture.shape
    west, south, east, north = sys.modules["gallery_opened"].EXTENT
    towns = pyogrio.read_dataframe(GALLERY / "homs.geojson", where="layer = 'control'")
    assert len(towns) == 69

    def northing(lat):
        return np.arcsinh(np.tan(np.radians(lat)))

    for town in towns.itertuples():
        x = (town.geometry.x - west) / (east - west)
        if name == "opened-kmz.png":  # a map of the web
            y = (northing(north) - northing(town.geometry.y)) / (northing(north) - northing(south))
        else:
            y = (north - town.geometry.y) / (north - south)
        x, y = round(x * width), round(y * height)
        yield town, picture[y - 5 : y + 6, x - 5 : x + 6].reshape(-1, 3)


@pytest.mark.usefixtures("tool")
def test_the_signs_of_the_kmz_are_drawn_in_the_colour_of_who_holds_the_town():
    sides = Sides(sorted({town.holder for town, _ in spots_of("opened-kmz.png")}), [])
    far = {
        town.place
        for town, around in spots_of("opened-kmz.png")
        if np.abs(around - rgb(sides.get(town.holder).light.fill)).max(axis=1).min() > 12
    }
    assert not far
    picture = opened("opened-kmz.png")
    signs = {
        side: (np.abs(picture - rgb(sides.get(side).light.fill)).max(axis=2) < 12).sum()
        for side in ("syria:gov", "syria:hts", "syria:sdf", "syria:sna")
    }
    assert min(signs.values()) > 300, "filled forms, not outlines"


@pytest.mark.usefixtures("tool")
def test_geopandas_finds_the_holders_in_the_parquet_file_and_colours_all_towns_of_one_alike():
    from matplotlib import colormaps

    own = (np.array(colormaps["tab10"].colors) * 255).round()
    seen = {}
    for town, around in spots_of("opened-parquet.png"):
        apart = np.abs(around[:, None] - own).max(axis=2).min(axis=0)
        found = set(np.flatnonzero(apart < 20).tolist())
        seen[town.holder] = seen.get(town.holder, found) & found
    assert all(seen.values()), f"no colour is at all towns of a side: {seen}"
    assert len({*map(frozenset, seen.values())}) == len(seen) == 4, "each side has its own"
    source = (ROOT / "tools" / "parquet_in_geopandas.py").read_text("utf-8")
    assert "import mapgen" not in source
    assert "from mapgen" not in source


def test_the_notebook_shows_the_map_on_the_screen_and_whole_in_print():
    sheet = opened("opened-notebook.png")
    gap = (np.abs(sheet - 0x77).max(axis=2) < 4).mean(axis=0) > 0.99
    first, last = np.flatnonzero(gap)[[0, -1]]
    screen, printed = sheet[:, :first], sheet[:, last + 1 :]
    assert printed.shape[1] / printed.shape[0] == pytest.approx(8.5 / 11, abs=0.01), "a sheet"
    sides = Sides(["syria:gov", "syria:hts", "syria:sna", "syria:sdf"], [])
    for side, near in (("syria:gov", 60), ("syria:hts", 24)):  # nothing else is as red
        wanted = rgb(sides.get(side).light.fill)
        for part in (screen, printed):
            y, x = np.nonzero(np.abs(part - wanted).max(axis=2) < near)
            assert len(y) > 20, side
            assert x.max() < part.shape[1] - 10, "not cut at the right"
    red, green, blue = np.moveaxis(printed, 2, 0)
    y, x = np.nonzero((red > green) & (green > blue + 50) & (red > 200))
    assert 0.3 < (x.max() - x.min()) / printed.shape[1] < 0.8, "the east, which the SDF took"
    assert x.max() < 0.95 * printed.shape[1]
    assert 0.2 < (y.max() - y.min()) / printed.shape[0] < 0.5
