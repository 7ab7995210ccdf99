"""Pictures for print: type, day, headlines, sources, borders, washes, enlargement, description."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader
from situation_kit import ARMY, MONITOR, RIVALS, Desk, FakeAtlas, campaign, place
from test_figure import HELD, SVG, days_data, texts

from mapgen.drawing.data.day_headline import day_headline
from mapgen.drawing.data.moment import Moment
from mapgen.drawing.data.page_data import page_data
from mapgen.drawing.figure import picture_bytes
from mapgen.drawing.figure.canvas import Canvas
from mapgen.drawing.figure.footer import sources
from mapgen.drawing.figure.ground_names import names_of_ground
from mapgen.drawing.figure.legend import FlowingLegend, legend_of
from mapgen.drawing.figure.mapbox import _Corners, _has_signs, _inset_box
from mapgen.drawing.figure.marks import Pen, wash_of
from mapgen.drawing.figure.prose import Face, TextBlock
from mapgen.drawing.figure.sizes import LEAST_TYPE, SIZES
from mapgen.drawing.figure.typeface import plain_style
from mapgen.drawing.figure.view import View
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Precision, Role, Status
from mapgen.settings import Settings
from mapgen.situation.shown import shown

SETTINGS = Settings(parser="test")
STYLE_SIZE = re.compile(r"font-size: ([\d.]+)px|font: (?:\w+ )*([\d.]+)px")


def made(situation, **settings):
    return page_data(shown(situation, FakeAtlas(), replace(SETTINGS, **settings)))


@pytest.fixture(scope="module")
def situation():
    return situation_of(campaign().extraction(), baseline=HELD)


@pytest.fixture(scope="module")
def data(situation):
    return made(situation)


@pytest.mark.parametrize("size", sorted(SIZES))
def test_no_type_is_smaller_than_can_be_read_on_paper(data, size):
    svg = picture_bytes(data, "svg", size=size)
    found = [STYLE_SIZE.search(t.attrib["style"]) for t in ET.fromstring(svg).iter(f"{SVG}text")]
    sizes = [float(m[1] or m[2]) for m in found if m is not None]
    assert len(sizes) == len(found) > 20
    assert min(sizes) >= LEAST_TYPE - 0.01


def test_a_lead_without_a_text_is_printed():
    """The day stood alone when nothing was to be said of it, and was not printed."""
    with plain_style():
        canvas = Canvas(200, 50)
        block = TextBlock("", Face(size=10), 200, lead="3 May 2031.")
        block.draw(canvas, 0, 0)
        assert block.height > 10
        assert texts(canvas.bytes("svg", title="t")) == ["3 May 2031."]


def test_each_day_has_its_own_headline():
    data = days_data()
    told = {day: day_headline(Moment(data, day)) for day in data["days"]}
    assert told["2031-05-08"] == "Alba taken by River Front"
    assert told["2031-05-10"].startswith("Fled to Esta")
    assert not told["2031-05-02"], "nothing is new on that day"
    words = texts(picture_bytes(data, "svg", days=["2031-05-02", "2031-05-08", "2031-05-10"]))
    assert words.count("Alba taken by River Front") == 1
    frame = " ".join(texts(picture_bytes(data, "svg", days=["2031-05-08"])))
    assert "Alba taken by River Front" in frame
    assert data["meta"]["title"] in frame, "the title of the situation stands above it"


def test_what_is_only_claimed_is_a_claim_in_the_headline_too():
    desk = Desk().article("one")
    desk.say(
        "one", "It said it took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS,
        status=Status.CLAIMED, attribution=MONITOR,
    )  # fmt: skip
    data = made(situation_of(desk.extraction()))
    (sign,) = data["signs"]
    assert (
        day_headline(Moment({**data, "signs": [{**sign, "day": "2031-05-03"}]}, "2031-05-03"))
        == "Alba reported taken by River Front"
    )


def test_sources_are_cited_by_publication():
    def article(source, day, basis="printed"):
        return {
            "label": "x", "title": "Some title", "source": source, "url": None,
            "published_on": day, "basis": basis,
        }  # fmt: skip

    meta = {
        "articles": {
            "1": article("Nile Wire", "2031-05-03"),
            "2": article("Nile Wire", "2031-05-01"),
            "3": article(None, None),
        }
    }
    assert sources(meta) == "Nile Wire (2 articles), 1 May 2031 to 3 May 2031; Some title."


def test_the_line_about_borders_is_ours_the_users_or_none(situation):
    def line(**settings):
        told = texts(picture_bytes(made(situation, **settings), "svg"))
        return told[told.index("Borders.") + 1] if "Borders." in told else None

    assert line().startswith("Borders and names on this map take no position")
    assert line(disclaimer="Our own words.") == "Our own words."
    assert line(disclaimer="none") is None


def test_the_picture_is_described_for_those_who_cannot_see_it(data):
    root = ET.fromstring(picture_bytes(data, "svg"))
    words = root.find(f"{SVG}desc").text
    assert data["meta"]["as_of_text"] in words
    assert data["meta"]["summary"][0][1] in words
    info = PdfReader(io.BytesIO(picture_bytes(data, "pdf"))).metadata
    assert (info.title, info.subject) == (data["meta"]["title"], words)
    assert Image.open(io.BytesIO(picture_bytes(data, "png", dpi=60))).info["Description"] == words


def test_a_pdf_is_a_described_figure_with_title_and_language(data):
    pdf = picture_bytes(data, "pdf")
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    root, (page,) = reader.root_object, reader.pages
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"], "the title, not the name of the file"
    tree = root["/StructTreeRoot"]
    (document,) = (one.get_object() for one in tree["/K"])
    (figure,) = (one.get_object() for one in document["/K"])
    assert (document["/S"], figure["/S"]) == ("/Document", "/Figure")
    assert figure["/Alt"] == reader.metadata.subject
    assert figure["/Pg"].get_object() == page.get_object()
    numbers = tree["/ParentTree"]["/Nums"]  # from a page to what stands on it
    assert numbers[page["/StructParents"] * 2 + 1][figure["/K"]].get_object() == figure
    drawn = page.get_contents().get_data()
    assert drawn.startswith(b"/Figure <</MCID 0>> BDC")
    assert drawn.rstrip().endswith(b"EMC")
    assert "taken from the Northern army" in page.extract_text(), "text can still be searched"
    assert picture_bytes(data, "pdf") == pdf


def test_an_svg_names_generic_fonts_after_its_own_and_leaves_texts_alone(data):
    odd = "font-family: 'DejaVu Sans'; alone"
    svg = picture_bytes({**data, "meta": {**data["meta"], "kicker": odd}}, "svg")
    styles = [t.attrib["style"] for t in ET.fromstring(svg).iter(f"{SVG}text")]
    assert styles
    assert all("sans-serif" in s or "Georgia, serif" in s for s in styles)
    assert odd in texts(svg)


def test_the_washes_of_two_sides_differ_without_colour(data):
    pen = Pen(Canvas(10, 10), data["sides"], 1.0)
    looks = [wash_of(pen, side) for side in data["sides"]]
    assert len(looks) > 1
    assert len({degrees for degrees, _ in looks}) == len(looks)
    assert len({len(form) for _, form in looks}) == len(looks)


def test_a_force_on_a_stated_side_is_an_arc_on_that_side():
    def seen(direction):
        near = replace(place("t:alba", Role.NEAR, distance_km=40.0), direction=direction)
        desk = Desk().article("one")
        desk.say("one", "It stands near Alba.", Kind.THREAT, near, actor=ARMY)
        data = made(situation_of(desk.extraction()))
        image = Image.open(io.BytesIO(picture_bytes(data, "png", dpi=110, size="slide")))
        colour = data["sides"]["t:army" if "t:army" in data["sides"] else next(iter(data["sides"]))]
        rgb = [int(colour["light"]["fill"][i : i + 2], 16) for i in (1, 3, 5)]
        pixels = np.asarray(image.convert("RGB"), dtype=int)
        ys, xs = np.nonzero(np.abs(pixels - rgb).max(axis=2) < 12)
        on_map = xs > image.width * 0.32
        return float(np.median(ys[on_map])), int(on_map.sum())

    (north, n_north), (south, _), (_, n_ring) = seen("north"), seen("south"), seen(None)
    assert north < south
    assert n_north < 0.5 * n_ring, "an arc, not a circle"


class Atlas(FakeAtlas):
    """Knows the outlines around places that lie somewhere in an area."""

    def geometry(self, place_id):
        return super().geometry(place_id.rpartition("within:")[2].partition(":")[2] or place_id)


def somewhere(name):
    return replace(
        place("iso:SD-NO"),
        place_id=f"within:{name}:iso:SD-NO",
        name=f"{name}, somewhere in North",
        surface=name,
        precision=Precision.PROVINCE,
    )


def test_places_somewhere_in_an_area_are_named_in_it_with_what_happened():
    desk = Desk().article("one")
    for name in ("Lumbi", "Ruzi"):
        desk.say(
            "one",
            f"The River Front took {name}.",
            Kind.CONTROL_CHANGE,
            somewhere(name),
            actor=RIVALS,
        )
    told = page_data(shown(situation_of(desk.extraction()), Atlas(), SETTINGS))
    words = texts(picture_bytes(told, "svg"))
    assert {"Taken: Lumbi", "Taken: Ruzi", "somewhere in North"} <= set(words)
    assert words.count("River Front") <= 2, "the key, and once in the area"


def test_a_country_is_named_where_it_has_room_on_the_picture_and_never_across_a_border():
    view = View.fitting((0.0, 0.0, 10.0, 10.0), (0.0, 0.0, 400.0, 400.0))
    border = {"type": "LineString", "coordinates": [[8.0, 0.0], [8.0, 10.0]]}
    base = {
        "countries": [
            {"name": "Far", "lat": 5.0, "lon": 30.0, "spots": [[5.0, 8.15], [5.0, 9.2]]},
            {"name": "Unseen", "lat": 50.0, "lon": 30.0, "spots": [[50.0, 31.0]]},
        ],
        "waters": [],
        "borders": [border],
        "disputed": [],
        "focus": None,
    }
    moment = SimpleNamespace(data={"base": base, "meta": {"country": ""}})
    (label,) = names_of_ground(view, moment, 1.0)
    assert label.lines[0].text == "FAR"
    assert label.at == view.point(5.0, 9.2), "at 8.15 the name would cross the border"


def test_an_enlargement_never_covers_the_front_and_is_never_empty(data):
    box = (0.0, 0.0, 300.0, 200.0)
    enlarged = {"bbox": [30.0, 15.0, 31.0, 16.0], "title": "x"}
    front = [((float(x), float(y)), 1000.0) for x in range(0, 150, 4) for y in range(0, 200, 4)]
    found = _inset_box(_Corners(box, front, 5.0), box, enlarged, 1.0, (0.3, 0.4))
    assert found is not None
    assert found[0] > 150
    everywhere = [
        ((float(x), float(y)), 1000.0) for x in range(0, 300, 4) for y in range(0, 200, 4)
    ]
    assert _inset_box(_Corners(box, everywhere, 5.0), box, enlarged, 1.0, (0.3, 0.4)) is None
    moment = Moment(data, data["days"][-1])
    (site, *_) = [s for s in moment.sites() if s.signs]
    assert _has_signs(moment, (site.lon - 0.1, site.lat - 0.1, site.lon + 0.1, site.lat + 0.1))
    assert not _has_signs(moment, (site.lon + 40, 0.0, site.lon + 41, 1.0))


def test_the_legend_of_a_column_is_at_most_a_third(data):
    size = SIZES["column"]
    sections = legend_of(data, [data["days"][-1]])
    legend = FlowingLegend(sections, size.width * 0.968, size.text, size.unit, most=size.height / 3)
    assert 0 < legend.height <= size.height / 3


def test_the_legend_is_in_the_language_asked_for(situation):
    words = texts(picture_bytes(made(situation, language="fr"), "svg"))
    assert "Language." in words
    assert any("not translated" in w for w in words)
    assert "Qui" in words
