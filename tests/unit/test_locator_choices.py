"""Locator maps: what is asked, refused and noted, and how names, classes and sizes come out."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from gazetteer import Gazetteer
from mapgen.command import cli
from mapgen.errors import LocatorError
from mapgen.locators import Classes, Legend, locator
from mapgen.locators.draw import _figure
from mapgen.locators.value_table import class_breaks

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(e.itertext()) for e in ET.fromstring(svg).iter(f"{SVG}text")]


def table(folder: Path, *rows: str) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(("country,value", *rows)) + "\n", encoding="utf-8")
    return path


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Kashmir", ["Jammu and Kashmir (India)", "Azad Kashmir (Pakistan)"]),
        ("Congo", ["Democratic Republic of the Congo", "Republic of the Congo"]),
        ("korea", ["North Korea", "South Korea"]),
    ],
)
def test_a_divided_region_is_asked_about_and_its_parts_are_understood(name, parts):
    with pytest.raises(LocatorError) as told:
        locator(f"{name}=red")
    for part in parts:
        assert f'"{part}"' in str(told.value)
    assert len(locator(f"{', '.join(parts)} = red").areas) == len(parts)


def test_namesakes_of_one_country_are_told_apart_by_their_codes():
    with pytest.raises(LocatorError, match=r'"MD-SN" .*"ne:1159311147"'):
        locator("Transnistria=red")
    assert locator("MD-SN=red").areas[0].id == "iso:MD-SN"
    assert locator("ne:1159311147=red").areas[0].id == "ne:1159311147"


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("سوريا", "iso:SY"),
        ("السودان", "iso:SD"),
        ("Україна", "iso:UA"),
        ("Сирия", "iso:SY"),
        ("ישראל", "iso:IL"),
        ("缅甸", "iso:MM"),
        ("မြန်မာ", "iso:MM"),
        ("ኢትዮጵያ", "iso:ET"),
        ("भारत", "iso:IN"),
        ("Ucraina", "iso:UA"),
        ("إدلب", "iso:SY-ID"),  # also a town, which has no outline
        ("محافظة إدلب", "iso:SY-ID"),
        ("Донецька область", "iso:UA-14"),
        ("شمال دارفور", "iso:SD-DN"),
        ("Ituri", "iso:CD-IT"),
        ("إيتوري", "iso:CD-IT"),
    ],
)
def test_names_in_other_scripts_are_known(name, area):
    assert [a.id for a in locator(f"{name}=red").areas] == [area]


def test_a_name_that_nobody_uses_stays_unknown_in_any_script():
    with pytest.raises(LocatorError, match=r"زززز.* is not known"):
        locator("زززز=red")


# --- disputed areas -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("Israel", "Israel is filled with Golan, which Syria claims; East Jerusalem, which"),
        ("India", "Jammu and Kashmir, Siachen Glacier and Ladakh, which Pakistan claims"),
        ("Ukraine", "filled without Autonomous Republic of Crimea and Sevastopol, which Russia"),
        ("Somalia", "Somalia is filled with Somaliland, which governs itself."),
        ("Kosovo", "Kosovo is drawn as a country of its own; Serbia claims it."),
        ("Crimea", "Autonomous Republic of Crimea is held by Russia and claimed by Ukraine."),
    ],
)
def test_a_disputed_area_that_is_filled_or_left_out_is_named(words, note):
    made = locator(f"{words}=red")
    assert note in " ".join(made.notes)
    assert note.split(", which")[0] in " ".join(texts(made.to_svg())), "a reader sees it too"


def test_other_countries_and_other_views_have_no_such_note():
    assert locator("Jordan=red", "Sudan=blue", "Haiti=green").notes == []
    told = locator("Ukraine=red", borders="UA").notes
    assert told == [
        "Ukraine is filled with Autonomous Republic of Crimea and Sevastopol, which Russia claims."
    ]


# --- tables ---------------------------------------------------------------------------------------


def test_two_rows_of_one_country_are_refused_with_both_named(tmp_path):
    rows = table(tmp_path, "Syria,3", "Iraq,4", "SY,5")
    with pytest.raises(LocatorError, match=r'row 2 \("Syria"\) and row 4 \("SY"\) are one area'):
        locator(data=rows)
    with pytest.raises(LocatorError, match='"Syria" and "Syrian Arab Republic" are one area'):
        locator("Syria=red", "Syrian Arab Republic=blue")
    made = locator("Syria=red: besieged", data=table(tmp_path, "Syria,3", "Iraq,4"))
    assert made.tips == ("Syria: besieged", "Iraq: 4 (4 or more)"), "words override a table"


@pytest.mark.parametrize(
    ("values", "breaks"),
    [
        ([3, 7, 12, 45, 88, 120, 333], [10, 25, 50, 100]),
        ([2_900_000, 750_000, 620_000, 300_000, 147_000], [250_000, 500_000, 750_000, 2_500_000]),
        ([12_345, 99_812, 234_567, 671_234, 1_203_456, 5_500_000], None),
        ([-20, -5, 0, 3, 17], None),
        ([1, 2], [2]),
        ([0.5, 1.25, 3.3, 8.8], None),
    ],
)
def test_breaks_are_round_and_part_the_values_as_exact_ones_do(values, breaks):
    made = class_breaks([float(v) for v in values], Classes())
    if breaks is not None:
        assert made == breaks
    if all(v == round(v) for v in values):
        assert all(b == round(b) for b in made)
        assert all(b == round(b) for b in class_breaks(values, Classes(method="equal")))
    ends = [min(values) - 1, *made, max(values) + 1]
    for low, high in pairwise(ends):
        assert any(low <= v < high for v in values), "no class is empty"
    assert all(len(f"{step:.0f}".strip("-").rstrip("0")) <= 2 for step in made)


def test_the_legend_has_a_title_a_unit_and_a_place(tmp_path):
    data = table(tmp_path, "Lebanon,750000", "Jordan,620000", "Iraq,300000")
    legend = Legend(title="Refugees", unit="people", place="top-right")
    made = locator(data=data, legend=legend)
    assert "Refugees (people)" in texts(made.to_svg())
    assert made.tips[-1].startswith("Lebanon: 750000 people (")
    below = locator(data=data, legend=Legend(title="Refugees"))
    assert len(texts(below.to_svg())) == len(texts(made.to_svg()))
    assert 'id="legend"' in made.to_svg(), "a box on the map"
    assert 'id="legend"' not in below.to_svg()
    bare = texts(locator(data=data, legend=Legend(place="none")).to_svg())
    assert not any("to under" in words for words in bare)
    with pytest.raises(LocatorError, match="legend: 'left' is none of below, top-left"):
        locator(data=data, legend=Legend(place="left"))


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "pixels"),
    [("a5", (1654, 1165)), ("160x120", (1260, 945)), ("card", (1200, 630))],
)
def test_a_size_is_kept_and_the_map_fills_it(size, pixels):
    made = locator("Jordan=red", title="A title " * 12, size=size)
    with Image.open(io.BytesIO(made.to_bytes(".png"))) as image:
        assert image.size == pytest.approx(pixels, abs=2)
    svg = made.to_svg()
    assert any(words.startswith("Boundaries: ") for words in texts(svg))
    assert sum("title" in words for words in texts(svg)) >= 2, "a long title is broken"


def test_sizes_that_do_not_exist_are_refused(tmp_path, capsys):
    out = tmp_path / "x.svg"
    for size, told in (("10x10", "from 50 to 1500"), ("big", "none of a4, a5, slide")):
        assert cli.main(["locator", "Syria=red", "--size", size, "-o", str(out)]) == 2
        assert told in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    "areas",
    [
        ["Lebanon=red", "Cyprus=green", "Kuwait=orange", "Qatar=purple", "Syria=blue"],
        ["Rwanda=red", "Burundi=blue", "Uganda=green"],
        ["Malta=red", "Sudan=blue", "Singapore=green", "Somalia=orange"],
    ],
)
def test_names_hide_neither_colours_nor_each_other(areas):
    drawing = locator(*areas, zoom="world" if "Malta=red" in areas else None).drawing
    notes: list[str] = []
    figure = _figure(drawing, notes)
    axes = figure.axes[0]
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = {t.get_text(): t.get_window_extent(renderer) for t in axes.texts}
    assert set(boxes) == set(drawing.names), notes
    for name, box in boxes.items():
        assert not any(box.overlaps(other) for key, other in boxes.items() if key != name)
        corners = axes.transData.inverted().transform(box.get_points()).reshape(-1)
        for shape, other in zip(drawing.shapes.areas, drawing.names, strict=True):
            hidden = shapely.clip_by_rect(shapely.make_valid(shape), *corners).area / shape.area
            assert hidden <= (0.3 if other == name else 0.02), (name, other)


def test_a_name_beside_its_area_has_a_line_to_it():
    assert 'id="leader"' in locator("Lebanon=red", "Syria=blue", zoom="middle-east").to_svg()
    assert 'id="leader"' not in locator("Syria=red").to_svg()


def test_a_legend_on_a_filled_area_is_said():
    legend = Legend(title="People who fled", place="bottom-left")
    made = locator("South Sudan, Central African Republic = red: a", legend=legend, zoom="Sudan")
    made.to_svg()
    assert (
        "The legend covers part of Central African Republic: choose another --legend." in made.notes
    )


def test_the_borders_of_provinces_are_those_of_today():
    tshopo, ituri = (locator(f"{n}=red", zoom="DR Congo").drawing for n in ("Tshopo", "Ituri"))
    common = tshopo.shapes.areas[0].buffer(4000).intersection(ituri.shapes.areas[0].buffer(4000))
    border = shapely.intersection(ituri.shapes.provinces, common)
    assert border.length > 100_000, "both were parts of Orientale until 2015"


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("Occitanie", (43.60, 1.44), (44.84, -0.58)),  # Toulouse, Bordeaux
        ("Normandy", (49.44, 1.10), (48.11, -1.68)),  # Rouen, Rennes
        ("Corsica", (42.31, 9.15), (43.30, 5.37)),  # Corte, Marseille
        ("Sidama", (7.05, 38.47), (6.86, 37.76)),  # Hawassa, Sodo
        ("South West Ethiopia Region", (7.27, 36.25), (7.67, 36.83)),  # Bonga, Jimma
        ("South Ethiopia Region", (6.03, 37.55), (7.05, 38.47)),  # Arba Minch, Hawassa
        ("Central Ethiopia Region", (7.55, 37.85), (6.86, 37.76)),  # Hosaena, Sodo
        ("Bandiagara Region", (14.07, -3.08), (14.49, -4.19)),  # Koro, Mopti
        ("Région de Ménaka", (15.92, 2.40), (16.27, -0.04)),  # Ménaka, Gao
        ("San Region", (13.30, -4.90), (13.43, -6.26)),  # San, Ségou
    ],
)
def test_regions_of_today_hold_their_towns_and_no_others(name, inside, outside):
    (area,) = locator(f"{name}=red").areas
    with Gazetteer.open() as places:
        outline = places.geometry(area.id)
    assert outline.covers(shapely.Point(inside[::-1]))
    assert not outline.covers(shapely.Point(outside[::-1]))


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("Koshi", '2015: "NP-ME", "NP-KO" and "NP-SA"'),
        ("Abai Region", '2022: "KZ-VOS"'),
        ("Taoudenit", '2016: "ML-6"'),
        ("Madhesh Province (Nepal)", '2015: "NP-SA", "NP-JA" and "NP-NA"'),
    ],
)
def test_a_province_of_today_without_an_outline_is_told_with_what_it_was_part_of(name, units):
    with pytest.raises(
        LocatorError, match="a province of today without a packaged outline"
    ) as told:
        locator(f"{name} = red")
    assert units in str(told.value)
    assert "Japan" not in str(told.value), "a town abroad of that name is not meant"


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Mopti Region", "until 2023; it now belongs to Mopti, Douentza and Bandiagara."),
        ("East Kazakhstan", "until 2022; it now belongs to East Kazakhstan and Abai."),
        ("Bagmati Zone", "until 2015; it now belongs to Bagmati."),
    ],
)
def test_a_province_of_before_a_reform_is_named_as_such(name, note):
    made = locator(f"{name}=red")
    assert [n for n in made.notes if n.endswith(note)]
    assert note.rpartition(" ")[2] in " ".join(texts(made.to_svg())), "under the map as well"


def test_a_map_of_the_world_names_large_countries_and_small_ones():
    made = locator("Brazil=green", "Russia=red", "Malta=blue", zoom="world")
    assert {"Brazil", "Russia", "Malta"} <= set(texts(made.to_svg()))
