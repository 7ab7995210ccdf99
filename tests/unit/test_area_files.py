"""Areas of control as GIS programs save them: GeoPackage, shapefile, KML and GeoJSON."""

from __future__ import annotations

import json
import logging
from datetime import date
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd
import pytest
import shapely

from mapgen.command import cli
from mapgen.errors import FormatError, InputError
from mapgen.merging.given_areas import read_given_areas

if TYPE_CHECKING:
    from pathlib import Path

AROUND_MYITKYINA = shapely.box(97.2, 25.2, 97.6, 25.6)
AROUND_LASHIO = shapely.box(97.6, 22.8, 97.9, 23.1)
KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Control</name><Folder>
<Placemark><name>Kachin Independence Army</name>
<TimeStamp><when>2024-11-26T00:00:00Z</when></TimeStamp>
<ExtendedData><Data name="source"><value>Own survey</value></Data></ExtendedData>
<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>
97.2,25.2,0 97.6,25.2,0 97.6,25.6,0 97.2,25.6,0 97.2,25.2,0
</coordinates></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>
97.3,25.3 97.4,25.3 97.4,25.4 97.3,25.4 97.3,25.3
</coordinates></LinearRing></innerBoundaryIs></Polygon></MultiGeometry></Placemark>
<Placemark><name>A pin</name><Point><coordinates>97.3,25.3,0</coordinates></Point></Placemark>
<Placemark><name>No shape</name></Placemark>
</Folder></Document></kml>
"""


def saved(path: Path, crs: int = 4326) -> Path:
    """Save the areas; a shapefile has no instants, so GIS programs write them as text there."""
    made = frame().to_crs(crs)
    made.astype({"as_of": str}).to_file(path) if path.suffix == ".shp" else made.to_file(path)
    return path


def frame(**more: Any) -> geopandas.GeoDataFrame:
    """Return two areas and a row without a shape, with instants as GIS programs keep them."""
    return geopandas.GeoDataFrame(
        {
            "holder": ["Kachin Independence Army", "Myanmar army", "nobody"],
            "as_of": pd.to_datetime(["2024-11-26 09:30", "2024-12-01 00:00", "2024-12-02 12:00"]),
            "source": ["Own survey", "Own survey", "Own survey"],
            **more,
        },
        geometry=[AROUND_MYITKYINA, AROUND_LASHIO, None],
        crs="EPSG:4326",
    )


@pytest.mark.parametrize(
    ("name", "crs"),
    [("a.gpkg", 4326), ("a.gpkg", 32647), ("a.shp", 4326), ("a.shp", 32647), ("a.geojson", 4326)],
)
def test_what_a_gis_program_saves(
    name: str, crs: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = saved(tmp_path / name, crs)
    with caplog.at_level(logging.WARNING, "mapgen"):
        first, second = read_given_areas(path)
    assert [area.as_of for area in (first, second)] == [date(2024, 11, 26), date(2024, 12, 1)]
    assert (first.source, second.holder) == ("Own survey", "myanmar:mil")
    for area, right in ((first, AROUND_MYITKYINA), (second, AROUND_LASHIO)):
        assert shapely.symmetric_difference(area.geometry, right).area < 0.001 * right.area
    assert f"{path}: 1 feature has no shape and is left out" in caplog.text


def test_kml_as_google_earth_saves_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.kml"
    path.write_text(KML, "utf-8")
    with caplog.at_level(logging.WARNING, "mapgen"):
        (area,) = read_given_areas(path)
    assert (area.as_of, area.source) == (date(2024, 11, 26), "Own survey")
    assert area.geometry.bounds == (97.2, 25.2, 97.6, 25.6)
    assert area.geometry.area == pytest.approx(0.15)  # with the hole
    assert "1 feature has no shape" in caplog.text


def test_kml_as_qgis_saves_it(tmp_path: Path) -> None:
    path = tmp_path / "a.kml"
    whole = frame(Name=["x", "y", "z"]).iloc[:2].astype({"as_of": str})
    whole.to_file(path, driver="KML")
    first, second = read_given_areas(path)
    assert (first.as_of, second.holder) == (date(2024, 11, 26), "myanmar:mil")
    assert second.geometry.bounds == pytest.approx(AROUND_LASHIO.bounds)


@pytest.mark.parametrize(
    ("day", "right"),
    [
        ("2024-11-26T23:00:00Z", date(2024, 11, 26)),
        ("2024/11/26 00:00:00", date(2024, 11, 26)),
        ("2024-11-26 00:00:00+06:30", date(2024, 11, 26)),
        ("26 November 2024", date(2024, 11, 26)),
        ("04/12/2024", None),  # of April or of December
        ("soon", None),
    ],
)
def test_days_with_a_time(day: str, right: date | None, tmp_path: Path) -> None:
    properties = {"holder": "a", "as_of": day, "source": "S"}
    shape = shapely.geometry.mapping(AROUND_LASHIO)
    feature = {"type": "Feature", "properties": properties, "geometry": shape}
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    if right is None:
        with pytest.raises(FormatError, match=f"feature 1, as_of: “{day}” is not a day"):
            read_given_areas(path)
    else:
        assert [area.as_of for area in read_given_areas(path)] == [right]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.kml", b"<kml><Placemark>", "is not valid KML"),
        (
            "a.kml",
            b'<!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/hostname">]><k>&a;</k>',
            "no polygons",
        ),
        ("a.kml", b"<kml/>", "holds no polygons"),
        ("a.gpkg", b"SQLite format 3\x00 and no more", "cannot be read as a map layer"),
        ("a.gpkg", b"PK\x03\x04", "it is no GeoPackage"),
        ("a.shp", b"\x00\x00\x27\x0a", "has no a.dbf beside it"),
    ],
)
def test_damaged_files_are_refused(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FormatError, match=told):
        read_given_areas(tmp_path / name)
    with pytest.raises(InputError, match="is no file"):
        read_given_areas(tmp_path / f"none{name[1:]}")


def test_a_damaged_shapefile_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.shp")
    whole = path.read_bytes()
    for data in (b"", whole[:150], whole[:104] + b"\xff" * 60 + whole[164:]):
        path.write_bytes(data)
        with pytest.raises(FormatError, match=r"a\.shp"):
            read_given_areas(path)
    path.write_bytes(whole)
    path.with_suffix(".prj").unlink()
    with pytest.raises(FormatError, match=r"has no a\.prj beside it"):
        read_given_areas(path)


def test_a_map_is_made_with_each_kind(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Published 6 December 2024\n\nThe army shelled Lashio on Thursday.\n")
    saved(tmp_path / "b.gpkg")
    saved(tmp_path / "b.shp")
    (tmp_path / "b.kml").write_text(KML, "utf-8")
    for ending in ("gpkg", "shp", "kml"):
        target = tmp_path / f"{ending}.html"
        words = ["build", str(article), "--country", "MM", "-o", str(target), "--baseline"]
        assert cli.main([*words, str(tmp_path / f"b.{ending}")]) == 0
        assert "Control areas: Own survey" in target.read_text("utf-8")
        assert f"b.{ending}: 1 feature has no shape and is left out" in caplog.text
