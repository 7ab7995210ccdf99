"""The gallery: each file that is kept is opened by a library that is not ours, and checked."""

from __future__ import annotations

import importlib.util
import io
import json
import shlex
import sys
import zipfile
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
    sys.modules.pop("gallery_opened", None)
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
    assert sum(sizes.values()) < 3_600_000


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
        ("opened-word.png", None, 1),
        ("opened-slides.png", None, 1),
        ("opened-html.png", None, 1),
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
    assert {*TAKEN, "Homs", "HTS-led rebels", "200 km"} <= shown
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
    assert {row[0].text_content() for row in list(changes.iter("tr"))[1:]} == CHANGES
    (picture,) = page.iter("img")
    assert (GALLERY / picture.get("src")).is_file()


def test_the_report_for_word_has_tables_and_its_picture():
    document = docx.Document(str(GALLERY / "report.docx"))
    changes, people = document.tables
    assert {row.cells[0].text for row in changes.rows[1:]} == CHANGES
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
