"""Reports for Word and as slides: how they are laid out, and what is in them besides tables."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import permutations

import docx
import lxml.html
import markdown_it
import pptx
import pytest
import shapely
from PIL import Image
from situation_kit import ARMY, RIVALS, Desk, FakeAtlas, campaign, place

from mapgen.core import formats
from mapgen.drawing.data.page_data import picture_data
from mapgen.drawing.figure.ground_layers import NEIGHBOUR, draw_base
from mapgen.drawing.figure.marks import Pen
from mapgen.drawing.figure.plate import plate, plate_png
from mapgen.drawing.figure.shape_list import Shape, ShapeList
from mapgen.drawing.figure.surface import Words
from mapgen.drawing.figure.view import View, box_of
from mapgen.errors import SettingsError
from mapgen.export.report import write_report
from mapgen.export.report.content import Line, Table, _article, report_of
from mapgen.export.report.layout import (
    LONG,
    ONE_PAGE,
    PAGE_CM,
    column_widths,
    height_cm,
    planned,
    rows_by_height,
    rows_height_cm,
)
from mapgen.export.report.markdown import markdown
from mapgen.export.report.slides import slides
from mapgen.export.report.webpage import webpage
from mapgen.export.report.word import word
from mapgen.merging.events import situation_of
from mapgen.model import Kind
from mapgen.settings import Settings
from mapgen.situation.shown import shown

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINKED = Line(text="A week, The Paper", address="https://paper.example/a?x=1&y=(2)")


@pytest.fixture(scope="module")
def told():
    return shown(situation_of(campaign().extraction()), FakeAtlas(), Settings())


@pytest.fixture(scope="module")
def report(told):
    return replace(report_of(told), articles=(LINKED, Line(text="No address")))


def long_of(report):
    changes = report.tables[0]
    rows = tuple((f"Town {i}", *changes.rows[0][1:]) for i in range(60))
    return replace(report, tables=(replace(changes, rows=rows), *report.tables[1:]))


def opened(report, picture=None):
    return docx.Document(io.BytesIO(word(report, picture)))


def test_a_short_report_is_planned_for_one_page_and_a_long_one_for_more(report):
    short, more = planned(report), planned(long_of(report))
    assert short.is_one_page
    assert short.look == ONE_PAGE
    room = PAGE_CM - height_cm(report, ONE_PAGE)
    assert short.picture_cm == min(room, 18), "the map fills the page"
    assert not more.is_one_page
    assert more.look == LONG
    headings = [p for p in opened(long_of(report)).paragraphs if p.text == "What changed hands"]
    assert [p.paragraph_format.page_break_before for p in headings] == [True]
    headings = [p for p in opened(report).paragraphs if p.text == "What changed hands"]
    assert [p.paragraph_format.page_break_before for p in headings] == [False]


def test_rows_stay_whole_and_heads_are_repeated(report):
    for table in opened(report).tables:
        first, *others = table.rows
        assert first._tr.trPr.find(f"{W}tblHeader") is not None
        assert all(row._tr.trPr.find(f"{W}tblHeader") is None for row in others)
        assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)
        assert sum(column.width.cm for column in table.columns) == pytest.approx(17, abs=0.05)


def test_columns_are_as_wide_as_what_is_in_them():
    rows = (("Bara", "stated", "“The army took the town of Bara, where it had been driven out”"),)
    table = Table(heading="x", head=("Place", "Standing", "Quotes"), rows=rows)
    narrow, middle, wide = column_widths(table, 8)
    assert narrow < middle < wide
    assert narrow + middle + wide == pytest.approx(17)
    assert wide > 3 * narrow
    crowded = replace(table, rows=(("Bara", "x" * 300, "short"),))
    assert sum(column_widths(crowded, 8)) == pytest.approx(17)


def test_rows_are_divided_among_slides_and_none_is_lost():
    rows = tuple((f"Town {i}", "word " * (i % 40)) for i in range(50))
    table = Table(heading="x", head=("Place", "Quotes"), rows=rows)
    parts = rows_by_height(table, 12, [5.0, 12.0], 14.0)
    assert len(parts) > 1
    assert [row for part in parts for row in part] == list(rows)
    assert rows_by_height(replace(table, rows=()), 12, [5.0, 12.0], 14.0) == []


def test_articles_are_links_and_nothing_else_is(report):
    with zipfile.ZipFile(io.BytesIO(word(report))) as archive:
        rels = archive.read("word/_rels/document.xml.rels").decode()
        body = archive.read("word/document.xml").decode()
    assert re.findall(r'Target="(http[^"]*)"', rels) == ["https://paper.example/a?x=1&amp;y=(2)"]
    assert body.count("<w:hyperlink") == 1
    deck = pptx.Presentation(io.BytesIO(slides(report, _data())))
    runs = [
        (run.text, run.hyperlink.address)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    ]
    assert runs == [(LINKED.text, LINKED.address)]
    md = markdown_it.MarkdownIt("commonmark").render(markdown(report))
    for page in (lxml.html.fromstring(md), lxml.html.fromstring(webpage(report))):
        (link,) = page.iter("a")
        assert link.text_content() == LINKED.text
        assert link.get("href").replace("%28", "(").replace("%29", ")") == LINKED.address


def _data():
    return picture_data(shown(situation_of(campaign().extraction()), FakeAtlas(), Settings()))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        (None, None),
        ("HTTPS://paper.example/", "HTTPS://paper.example/"),
    ],
)
def test_only_addresses_of_the_web_are_links(report, url, address):
    record = {"title": "A", "label": "a", "source": "P", "published_on": None, "basis": None}
    line = _article({**record, "url": url})
    assert line.address == address
    body = opened(replace(report, articles=(line,))).element.xml
    assert body.count("<w:hyperlink") == (address is not None)


def test_places_that_are_only_held_have_not_changed_hands():
    desk = Desk().article("one")
    desk.say("one", "The army holds Bero.", Kind.CONTROL_STATE, place("t:bero"), actor=ARMY)
    desk.say(
        "one", "The River Front took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS
    )
    changes = report_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings())).tables[0]
    assert [row[0] for row in changes.rows] == ["Alba"]
    assert changes.below.startswith("Held, as the articles say: Bero (")
    assert any("The army holds Bero." in note for note in changes.notes)


def test_the_dead_have_a_table_of_their_own():
    desk = Desk().article("one")
    killed = (12, 12, "12", "killed")
    desk.say("one", "A drone killed 12 in Caro.", Kind.STRIKE, place("t:caro"), figure=killed)
    tables = report_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings())).tables
    (row,) = tables[2].rows
    assert (row[0], row[2], row[3]) == ("Caro", "strike", "12 killed")
    assert tables[2].heading == "Killed and injured"


def test_slides_have_title_map_tables_and_notes_with_quotes(report):
    deck = pptx.Presentation(io.BytesIO(slides(report, _data())))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == report.title
    assert titles[1].startswith("The map: ")
    assert titles.count(report.title) == 1, "no double headline"
    assert titles[2:5] == ["What changed hands", "People on the move", "Method"]
    (picture,) = [s for s in deck.slides[1].shapes if s.shape_type == 13]
    assert "Taken. " in picture._element.nvPicPr.cNvPr.get("descr")
    with Image.open(io.BytesIO(picture.image.blob)) as image:
        assert image.width > 1500
    notes = deck.slides[2].notes_slide.notes_text_frame.text
    assert "Alba: “The River Front has captured Alba and Dumo.”" in notes
    assert "RWG" in deck.slides[1].notes_slide.notes_text_frame.text


def test_the_map_of_slides_can_be_shapes_with_words(report):
    deck = pptx.Presentation(io.BytesIO(slides(report, _data(), as_shapes=True)))
    (group,) = [s for s in deck.slides[1].shapes if s.shape_type == 6]
    words = {s.text_frame.text for s in group.shapes if s.has_text_frame and s.text_frame.text}
    named = {w.removesuffix(" ?") for w in words}
    assert {"Alba", "Bero", "Dumo", "River Front"} <= named
    assert sum(not (s.has_text_frame and s.text_frame.text) for s in group.shapes) > 20
    assert not [s for s in deck.slides[1].shapes if s.shape_type == 13]


def test_two_runs_give_the_same_slides(report):
    one = slides(report, _data(), as_shapes=True)
    assert one == slides(report, _data(), as_shapes=True)


def test_a_plate_has_its_size_and_no_headline(told):
    data = picture_data(told)
    png = plate_png(data, 170, 90, dpi=100)
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == pytest.approx((669, 354), abs=2)
    sheet = plate(data, 170, 90, ShapeList)
    words = [one.words for one in sheet.drawn if isinstance(one, Words)]
    assert data["meta"]["title"] not in " ".join(words)
    assert "Who" in words, "the key"
    assert min(one.size for one in sheet.drawn if isinstance(one, Words)) >= 4


def test_a_name_without_room_on_a_small_plate_stands_below_it(told):
    sheet = plate(picture_data(told), 60, 60, ShapeList)
    words = [one.words for one in sheet.drawn if isinstance(one, Words)]
    (lead,) = [n for n, one in enumerate(words) if one == "On the map without a name:"]
    unnamed = {name.rstrip(".?, ") for name in " ".join(words[lead + 1 :]).split(",")}
    assert unnamed
    assert not unnamed & {one.removesuffix(" ?") for one in words[:lead]}


def test_the_width_of_a_table_goes_where_it_makes_the_rows_lowest():
    short, long = (
        "stated, 12 May",
        "“The army has retaken the town and its bridge, and the road to it.”",
    )
    rows = tuple((f"Town {n}", short, long, long[:30]) for n in range(4))
    table = Table(heading="T", head=("Place", "When", "Quotes", "Who"), rows=rows)
    widths = column_widths(table, 8, 9.0)
    assert sum(widths) == pytest.approx(9, abs=0.01)
    height = rows_height_cm(rows, 8, widths)
    for giver, taker in permutations(range(4), 2):
        tried = list(widths)
        tried[giver] -= 0.25
        tried[taker] += 0.25
        assert rows_height_cm(rows, 8, tried) >= height - 1e-6


def test_the_slide_of_the_map_has_its_credits(report):
    deck = pptx.Presentation(io.BytesIO(slides(report, _data())))
    (slide,) = (s for s in deck.slides if s.shapes.title.text.startswith("The map"))
    (line,) = (
        s.text_frame.text
        for s in slide.shapes
        if s.has_text_frame and "GeoNames" in s.text_frame.text
    )
    assert line.endswith("Place names: GeoNames (CC BY 4.0) · Machine reading, not reviewed")


@pytest.mark.parametrize(("size", "beside"), [((170, 60), True), ((90, 170), False)])
def test_the_key_stands_where_it_leaves_more_room_for_the_map(told, size, beside):
    sheet = plate(picture_data(told), *size, ShapeList)
    words = {one.words: one for one in sheet.drawn if isinstance(one, Words)}
    assert (words["Who"].y < 20) is beside, "beside the map it begins at the top"


def test_a_strip_of_a_map_has_land_to_its_end_where_the_neighbours_are(told):
    data = picture_data(told)
    sheet = ShapeList(900, 60)
    view = View.fitting(box_of(data["base"]["bbox"]), (0, 0, 900, 60))
    assert view.bbox[0] < data["base"]["far"][0] - 5, "the strip reaches beyond the fine ground"
    with sheet.window(view.box):
        draw_base(Pen(sheet, data["sides"], 1.0), view, data["base"])
    land = [one for one in sheet.drawn if one.look.fill == NEIGHBOUR]
    whole = shapely.union_all(
        [shapely.make_valid(shapely.Polygon(r)) for s in land for r in s.runs]
    )
    west = shapely.Point(1, 30)
    assert whole.contains(west), "the Sahel is no sea"
    assert not whole.contains(shapely.Point(*view.point(14.5, 54))), "the Arabian Sea is one"


def test_shapes_are_clipped_to_their_window_and_keep_holes():
    sheet = ShapeList(100, 100)
    with sheet.window((0, 0, 50, 50)):
        sheet.box((40, 40, 80, 80), fill="#ff0000")
        sheet.text(70, 70, "outside", 8)
        sheet.line([(0, 10), (90, 10)], "#000000", 1)
    square, line = sheet.drawn
    assert isinstance(square, Shape)
    assert max(x for run in square.runs for x, _ in run) == 50
    assert max(x for run in line.runs for x, _ in run) == 50
    sheet = ShapeList(100, 100)
    sheet.area(shapely.Point(50, 50).buffer(40).difference(shapely.Point(50, 50).buffer(20)))
    assert len(sheet.drawn[0].runs) == 2


def test_without_python_pptx_slides_are_refused_before_anything_is_read(
    monkeypatch, told, tmp_path
):
    monkeypatch.setattr(formats, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"slides need python-pptx.*mapgen\[slides\]"):
        write_report(told, tmp_path / "r.pptx")
    assert not list(tmp_path.iterdir())
