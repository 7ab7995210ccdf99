"""The GeoPackage, opened in QGIS: a finished map with its project, not a heap of layers."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mapgen.core.tables.sides import Sides
from mapgen.core.tables.style import colours

pytestmark = pytest.mark.interop

SCRIPT = Path(__file__).with_name("open_in_qgis.py")
LAYERS = Path(__file__).parents[2] / "tools" / "layers_in_qgis.py"
BEFORE_HAMA = "2024-12-02"  # Hama fell on 5 December, Aleppo about the end of November
THIN = 60  # the same for the thin outline of a sign
NEUTRAL = 12  # difference in one channel that smoothing may make


@pytest.fixture(scope="module")
def opened(made, qgis_python, tmp_path_factory):
    """Return what QGIS found in the project, with the folder of its pictures."""
    folder = tmp_path_factory.mktemp("qgis")
    done = subprocess.run(
        [qgis_python, SCRIPT, made / "map.gpkg", folder, BEFORE_HAMA],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": "", "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    return {**told, "folder": folder, "stderr": done.stderr}


def named(opened, table):
    (found,) = [layer for layer in opened["layers"] if layer.get("table") == table]
    return found


def pixel(opened, picture, lat, lon):
    """Return the colour of a picture at a place, by the extent of the project."""
    import pyproj

    change = pyproj.Transformer.from_crs("EPSG:4326", opened["crs"], always_xy=True)
    x, y = change.transform(lon, lat)
    west, south, east, north = opened["extent"]
    image = Image.open(opened["folder"] / f"{picture}.png").convert("RGB")
    # QGIS widens the extent to the shape of the picture
    step = max((east - west) / image.width, (north - south) / image.height)
    across = image.width / 2 + (x - (west + east) / 2) / step
    down = image.height / 2 - (y - (south + north) / 2) / step
    return image.getpixel((round(across), round(down)))


def fill_of(side):
    colour = Sides([side], []).get(side).light.fill
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def near(one, other):
    return all(abs(a - b) <= NEUTRAL for a, b in zip(one, other, strict=True))


def test_the_project_opens_with_every_layer_valid_and_no_warning(opened):
    assert opened["opened"]
    assert opened["crs"] == "EPSG:3857"
    assert opened["title"] == "What 2 reports say about fighting in Syria"
    assert "GeoNames (CC BY 4.0)" in opened["abstract"]
    assert all(layer["valid"] for layer in opened["layers"])
    assert "GeoPackage user_version" not in opened["stderr"]
    assert all(not told["errors"] for told in opened["pictures"].values())


def test_points_lie_above_areas_and_the_base_map_below_all(opened):
    tables = [layer["table"] for layer in opened["layers"] if layer["valid"]]
    order = ["events", "control", "control_past", "flows", "regions", "front_line", "areas"]
    assert [t for t in tables if t in order] == order
    base = [n for n, t in enumerate(tables) if t.startswith("base_")]
    assert min(base) > tables.index("areas")
    assert tables.index("base_country") < tables.index("base_land")
    groups = list(dict.fromkeys(layer["group"] for layer in opened["layers"]))
    assert groups == ["Situation", "Estimates", "Base map", "Tables"]
    assert {"base_borders", "base_coast", "base_country", "base_land"} <= set(tables)


def test_the_legend_names_only_what_is_there(opened):
    assert named(opened, "control")["legend"] == [
        "Government",
        "HTS-led rebels",
        "Syrian National Army",
        "Kurdish-led forces (SDF)",
    ]
    assert named(opened, "control_past")["legend"] == ["Government"]
    assert named(opened, "flows")["legend"] == ["Likely route"]
    assert "Kurdish-led forces (SDF): ground taken" in named(opened, "regions")["legend"]


def test_each_place_of_the_reports_has_its_name_once(opened):
    labels = [label["text"] for label in opened["pictures"]["map"]["labels"]]
    assert labels
    for town in ("Aleppo", "Hama", "Rastan", "Talbisseh", "Homs", "Tartus", "Latakia", "Damascus"):
        assert labels.count(town) == 1, town


def test_signs_have_the_colour_of_their_side_above_the_areas(opened):
    assert near(pixel(opened, "map", 35.13179, 36.75783), fill_of("syria:hts"))  # Hama
    sea = colours()["sea"]
    assert near(pixel(opened, "map", 34.9, 35.2), tuple(int(sea[i : i + 2], 16) for i in (1, 3, 5)))


def test_a_past_day_is_fully_drawn(opened):
    assert near(pixel(opened, BEFORE_HAMA, 35.13179, 36.75783), fill_of("syria:gov"))
    past = opened["pictures"][BEFORE_HAMA]["labels"]
    assert [label["layer"] for label in past if label["text"] == "Hama"] == ["Who held it before"]
    assert "Who held it before" not in {
        label["layer"] for label in opened["pictures"]["map"]["labels"]
    }
    assert opened["days"] == ["2024-11-26T00:00:00Z", "2024-12-07T00:00:00Z"]
    timed = ("events", "control", "control_past", "flows", "regions", "areas", "front_line")
    assert all(named(opened, table)["temporal"] for table in timed)


def test_both_pages_print_with_title_and_legend(opened):
    assert opened["layouts"] == {"A4 landscape": True, "A4 portrait": True}
    across = Image.open(opened["folder"] / "A4 landscape.png").convert("RGB")
    assert across.width > across.height
    pixels = np.asarray(across).astype(int)
    legend = pixels[:, int(across.width * 0.74) :]
    red = np.array(fill_of("syria:gov"))
    assert (np.abs(legend - red).max(axis=2) <= NEUTRAL).sum() > 30
    title = pixels[: int(across.height * 0.08)]
    assert (title.max(axis=2) < 80).sum() > 300


def test_kml_is_drawn_with_its_movement_its_sides_and_the_ground_they_took(
    made, qgis_python, run, tmp_path
):
    import geopandas

    west, south, east, north = extent = (35.3, 32.1, 42.7, 37.6)
    png = tmp_path / "kml.png"
    run(qgis_python, LAYERS, made / "map.kml", png, *map(str, extent))
    image = Image.open(png).convert("RGB")

    def around(lon, lat, reach):
        x = round((lon - west) / (east - west) * image.width)
        y = round((north - lat) / (north - south) * image.height)
        square = image.crop((x - reach, y - reach, x + reach + 1, y + reach + 1))
        return {colour for _, colour in square.getcolors(10_000)}

    towns = geopandas.read_file(made / "map.geojson", where="layer = 'control'")
    for town in towns.itertuples():
        seen = np.array(sorted(around(town.geometry.x, town.geometry.y, 7)))
        far = np.abs(seen - fill_of(town.holder)).max(axis=1).min()
        assert far < THIN, town.place
    (head,) = geopandas.read_file(
        made / "map.kml", layer="People on the move: heads of the arrows"
    ).geometry
    assert around(head.centroid.x, head.centroid.y, 0) == {(0x6B, 0x3F, 0xA0)}, "people fled"
    ((red, green, blue),) = around(40.23, 35.9, 0)
    assert red > green > blue + 40, "the Kurdish-led forces took ground in the east"
