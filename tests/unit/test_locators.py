"""Locator maps: what people write, which area it is, and what the picture shows."""

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib.image
import pytest
from pypdf import PdfReader

import mapgen
from mapgen.command import cli
from mapgen.errors import LocatorError
from mapgen.locators import Classes, locator
from mapgen.locators.areas import suggestions
from mapgen.locators.requests import parse_requests
from mapgen.locators.value_table import class_breaks, read_values

SVG = "{http://www.w3.org/2000/svg}"


def run(*words: str | Path) -> int:
    return cli.main([str(word) for word in words])


def texts(svg: str) -> list[str]:
    return ["".join(e.itertext()) for e in ET.fromstring(svg).iter(f"{SVG}text")]


def fill_of(svg: str, gid: str) -> str:
    (group,) = (g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("id") == gid)
    path = next(group.iter(f"{SVG}path"))
    found = re.search(r"fill: (#[0-9a-f]{6})", path.get("style", ""))
    assert found, path.attrib
    return found[1]


def classes_of(table: Path, classes: Classes) -> list[tuple[tuple[str, ...], str | None]]:
    return [(r.names, r.label) for r in read_values(table, classes)]


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "names", "colour", "hatch", "label"),
    [
        ("Syria=red", ("Syria",), "#ff0000", None, None),
        ("Syria = Red", ("Syria",), "#ff0000", None, None),
        ("syria:#c00", ("syria",), "#cc0000", None, None),
        ("Homs Governorate=orange", ("Homs Governorate",), "#ffa500", None, None),
        ("Iraq, Jordan = dark green dotted", ("Iraq", "Jordan"), "#006400", "...", None),
        ("Syria=red: at war, since 2011", ("Syria",), "#ff0000", None, "at war, since 2011"),
        ("Syria:#c00 hatched: at war", ("Syria",), "#cc0000", "////", "at war"),
    ],
)
def test_lines_are_understood_as_written(line, names, colour, hatch, label):
    (request,) = parse_requests([line])
    got = (request.names, request.fill.colour, request.fill.hatch, request.label)
    assert got == (names, colour, hatch, label)


def test_several_on_a_line_and_two_colours():
    first, second = parse_requests(["Syria=red, Iraq=orange/blue"])
    assert (first.names, second.names) == (("Syria",), ("Iraq",))
    assert (second.fill.colour, second.fill.second, second.fill.hatch) == (
        "#ffa500",
        "#0000ff",
        "////",
    )


def test_all_faults_are_told_at_once():
    with pytest.raises(LocatorError, match=r"'rde' is not a colour.*red.*'Iraq' has no colour"):
        parse_requests(["Syria=rde", "Iraq"])


# --- names ----------------------------------------------------------------------------------------


def test_unknown_names_give_suggestions_and_exit_code_two(tmp_path, capsys):
    assert suggestions("Syira")[0] == "Syria"
    assert run("locator", "Syira=red", "Lebanno=blue", "-o", tmp_path / "x.svg") == 2
    told = capsys.readouterr().err
    assert "Did you mean Syria" in told
    assert "Lebanon" in told
    assert not (tmp_path / "x.svg").exists()


def test_names_are_the_area_that_is_meant():
    made = locator("Homs Governorate=orange", "Georgia=red", "SY-ID=blue", "Donbas=teal")
    assert [a.id for a in made.areas] == ["iso:SY-HI", "iso:GE", "iso:SY-ID", "region:ua-donbas"]
    assert any("also Georgia (United States" in note for note in made.notes)


def test_namesakes_are_asked_about_unless_a_country_decides():
    with pytest.raises(LocatorError, match=r'"Punjab \(India\)".*"Punjab \(Pakistan\)"'):
        locator("Punjab=red")
    assert locator("Punjab (India)=red").areas[0].id == "iso:IN-PB"
    assert locator("Pakistan=grey", "Punjab=red").areas[1].id == "iso:PK-PB"


def test_towns_and_districts_without_outline_are_told_with_their_province():
    with pytest.raises(LocatorError, match=r"without an outline. Its province is \"Homs \(Syria"):
        locator("Rastan=red")
    with pytest.raises(LocatorError, match="no outlines of districts are packaged"):
        locator("Los Angeles County=red")


def test_a_district_with_an_outline_is_filled():
    (area,) = locator("Al-Rastan District=red").areas
    assert (area.id, area.name) == ("geonames:172947", "Al-Rastan District")


# --- tables ---------------------------------------------------------------------------------------


def test_numbers_become_classes_with_true_labels(tmp_path):
    table = tmp_path / "people.csv"
    table.write_text(
        'country,refugees\nTurkey,"2,900,000"\nLebanon,750000\nJordan,620000\n'
        "Iraq,300000\nEgypt,147000\nCyprus,\n",
        encoding="utf-8",
    )
    got = classes_of(table, Classes(breaks=(300_000, 1_000_000)))
    assert got == [
        (("Egypt",), "under 300,000"),
        (("Lebanon", "Jordan", "Iraq"), "300,000 to under 1,000,000"),
        (("Turkey",), "1,000,000 or more"),
        (("Cyprus",), "no data"),
    ]
    made = locator(data=table, classes=Classes(breaks=(300_000, 1_000_000)))
    assert "Turkey: 2,900,000 (1,000,000 or more)" in made.tips
    shown = texts(made.to_svg())
    assert "300,000 to under 1,000,000" in shown
    assert "no data" in shown


def test_methods_of_classes():
    values = [1.0, 2.0, 3.0, 4.0, 100.0]
    assert class_breaks(values, Classes(method="equal", n=3)) == [34.0, 67.0]
    assert class_breaks(values, Classes(method="quantiles", n=2)) == [3.0]
    assert class_breaks([5.0, 5.0], Classes(n=4)) == []  # one value: one class
    with pytest.raises(LocatorError, match="must rise"):
        class_breaks(values, Classes(breaks=(3, 2)))


def test_categories_and_colours_from_a_table(tmp_path):
    table = tmp_path / "who.csv"
    table.write_text("name;status\nSyria;war\nJordan;peace\nIraq;peace\n", encoding="utf-8")
    first, second = read_values(table, Classes())
    assert (first.names, second.names) == (("Syria",), ("Jordan", "Iraq"))
    assert first.fill.colour != second.fill.colour
    table.write_text("name,colour,label\nSyria,red,at war\nIraq,#00f,\n", encoding="utf-8")
    got = [(r.names, r.fill.colour, r.label) for r in read_values(table, Classes())]
    assert got == [(("Syria",), "#ff0000", "at war"), (("Iraq",), "#0000ff", None)]


# --- pictures -------------------------------------------------------------------------------------


def test_svg_has_the_fill_the_legend_and_the_credits():
    svg = mapgen.locator("Syria=red: at war", "Lebanon=#0072b2", title="Two countries").to_svg()
    assert fill_of(svg, "area-0") == "#ff0000"
    assert fill_of(svg, "area-1") == "#0072b2"
    shown = texts(svg)
    assert {"Two countries", "at war", "Syria", "Lebanon"} <= set(shown)
    assert any("Natural Earth" in t and "GeoNames" in t for t in shown)
    assert "stroke-dasharray" in svg  # the Golan: disputed borders are dashed
    assert "<title>Syria: at war</title>" in svg


def test_png_is_filled_at_damascus_and_not_in_turkey():
    made = locator("Syria=red", labels="none")
    picture = matplotlib.image.imread(io.BytesIO(made.to_bytes(".png")))
    height, width = picture.shape[:2]
    frame = made.drawing.frame

    def pixel(lat: float, lon: float) -> tuple[int, ...]:
        import shapely

        point = frame.project(shapely.Point(lon, lat))
        west, _, east, north = frame.bounds_m
        scale = 7.7 * 200 / (east - west)  # 8 inches less margins, 200 dots an inch
        x = 0.15 * 200 + (point.x - west) * scale
        y = 0.15 * 200 + (north - point.y) * scale
        assert 0 < x < width
        assert 0 < y < height
        return tuple(int(255 * v) for v in picture[int(y), int(x), :3])

    assert pixel(33.513, 36.292) == (255, 0, 0)  # Damascus
    assert pixel(36.8, 38.8) != (255, 0, 0)  # Urfa, in Turkey


def test_same_map_same_bytes():
    for suffix in (".svg", ".png", ".pdf", ".html"):
        one, two = (locator("Homs=orange hatched", zoom="Syria").to_bytes(suffix) for _ in "ab")
        assert one == two, suffix
        assert b"2026" not in one[:2000]


def test_a_pdf_names_its_areas_for_those_who_cannot_see_it():
    pdf = locator("Syria=red: at war", title="Where Syria lies").to_bytes(".pdf")
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata.title == "Where Syria lies"
    document = reader.root_object["/StructTreeRoot"]["/K"][0].get_object()
    assert document["/K"][0].get_object()["/Alt"] == "Syria: at war"


def test_options_change_the_picture():
    plain = locator("Syria=red")
    assert "Turkey" not in texts(plain.to_svg())
    assert "Turkey" in texts(locator("Syria=red", labels="all").to_svg())
    assert "Syria" not in texts(locator("Syria=red: x", labels="none").to_svg())
    assert 'id="borders"' in plain.to_svg()
    assert 'id="borders"' not in locator("Syria=red", borders="none").to_svg()
    assert "as seen by UA" in locator("Ukraine=red", borders="UA").to_svg()
    wide = locator("Syria=red", zoom="middle-east")
    assert wide.drawing.frame.width_km > 3 * plain.drawing.frame.width_km
    assert len(locator("Syria=red", provinces=True).to_svg()) > len(plain.to_svg())
    with pytest.raises(LocatorError, match=r"zoom: .*Nowhereland"):
        locator("Syria=red", zoom="Nowhereland")


def test_projections_suit_the_area():
    assert "laea" in locator("Syria=red").drawing.frame.crs
    world = locator("Brazil=green", "Russia=red", "Australia=blue").drawing.frame
    assert "eqearth" in world.crs
    fiji = locator("Fiji=blue", "New Zealand=red").drawing.frame  # across 180 degrees
    assert fiji.width_km < 5000


def test_small_areas_get_a_ring_and_hostile_words_stay_text():
    bad = "<script>alert(1)</script> $x^2$ --> </svg>"
    made = locator(f"Luxembourg=red: {bad}", zoom="europe", title=bad)
    page = made.to_html()
    assert "<script" not in page
    assert bad in texts(made.to_svg())
    assert bad in "".join(made.tips)
    assert "http-equiv" in page
    assert made.drawing.shapes.rings == (None,) or made.drawing.shapes.rings[0].geom_type == "Point"
    assert locator("Malta=red", zoom="world").drawing.shapes.rings[0].geom_type == "Point"


def test_command_writes_by_ending_and_says_what_it_replaced(tmp_path, capsys):
    out = tmp_path / "syria.html"
    assert run("locator", "Syria=red", "-o", out) == 0
    assert capsys.readouterr().err.splitlines()[-1] == f"Wrote {out}."
    assert run("locator", "Syria=blue", "-o", out) == 0
    assert capsys.readouterr().err.splitlines()[-1] == f"Replaced {out}."
    assert "#0000ff" in out.read_text("utf-8")
    assert run("locator", "Syria=red", "-o", tmp_path / "syria.gif") == 2
    assert ".svg, .html" in capsys.readouterr().err
