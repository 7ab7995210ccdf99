"""Layers of strangers are read by content and name, and never over a network."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import geopandas
import pytest
import shapely

from mapgen.errors import FormatError, InputError
from mapgen.ground.roads.road_files import read_roads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINE = {"type": "LineString", "coordinates": [[36.2, 34.7], [36.3, 34.9]]}
UTM = {"type": "LineString", "coordinates": [[610_000, 3_840_000], [620_000, 3_850_000]]}


def geojson(crs: Any = None, geometry: Any = None) -> str:
    feature = {"type": "Feature", "properties": {"ref": "M5"}, "geometry": geometry or LINE}
    document = {"type": "FeatureCollection", "features": [feature]}
    return json.dumps(document | ({"crs": crs} if crs is not None else {}))


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Listen outside the process that reads: the requests of GDAL pass by Python's sockets."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = b'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]]]'
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Keep the listener silent."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


READ = """
import sys
from mapgen.errors import MapgenError
from mapgen.ground.roads.road_files import read_roads
try:
    print(len(read_roads(sys.argv[1]).corridors), "read")
except MapgenError as err:
    print("refused:", err)
"""


def read_elsewhere(path: str) -> str:
    env = os.environ | {"PROJ_NETWORK": "ON"}
    told = subprocess.run(
        [sys.executable, "-c", READ, path], capture_output=True, text=True, env=env, check=True
    )
    return told.stdout


def test_no_layer_makes_a_connection(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    link = {"type": "link", "properties": {"href": f"{address}/crs", "type": "ogcwkt"}}
    vrt = f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/{address}/x'
    vrt += "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    files = {
        "link.geojson": geojson(link),
        "name.geojson": geojson({"type": "name", "properties": {"name": f"{address}/crs"}}),
        "vrt.gpkg": vrt,
        "vrt.vrt": vrt,
        "esri.geojson": json.dumps({"type": "x", "service": f"{address}/x", "features": []}),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert read_elsewhere(str(tmp_path / name)).startswith("refused"), name
    assert read_elsewhere(f"/vsicurl/{address}/roads.geojson").startswith("refused")
    assert read_elsewhere(f"{address}/roads.geojson").startswith("refused")
    assert asked == []
    (tmp_path / "plain.geojson").write_text(geojson(), "utf-8")
    assert read_elsewhere(str(tmp_path / "plain.geojson")) == "1 read\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.kml", b"<kml xmlns='http://www.opengis.net/kml/2.2'><Placemark><LineString>"),
        ("a.geojson", b"PK\x03\x04 a shapefile in a zip file"),
        ("a.gpkg", b"<gpx version='1.1'></gpx>"),
        ("a.gpx", b"<gpx version='1.1'><trk><trkseg/></trk></gpx>"),
        ("a.csv", b'WKT,name\n"LINESTRING (36 34,37 35)",M5\n'),
    ],
)
def test_other_kinds_of_files_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises((FormatError, InputError), match=name):
        read_roads(tmp_path / name)


def test_a_name_and_a_content_that_differ_are_refused(tmp_path: Path) -> None:
    lines = geopandas.GeoDataFrame(geometry=[shapely.LineString([(36, 34), (37, 35)])], crs=4326)
    lines.to_file(tmp_path / "a.gpkg", driver="GPKG")
    lines.to_file(tmp_path / "b.shp")
    (tmp_path / "c.geojson").write_bytes((tmp_path / "a.gpkg").read_bytes())
    assert len(read_roads(tmp_path / "a.gpkg").corridors) == 1
    for name in ("b.shp", "c.geojson"):
        with pytest.raises(FormatError, match=name):
            read_roads(tmp_path / name)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::32636", "EPSG:32636"])
def test_a_system_with_a_known_name_is_read(tmp_path: Path, name: str) -> None:
    file = tmp_path / "utm.geojson"
    file.write_text(geojson({"type": "name", "properties": {"name": name}}, UTM), "utf-8")
    [corridor] = read_roads(file).corridors
    [there] = geopandas.GeoSeries([shapely.geometry.shape(UTM)], crs=32636).to_crs(4326)
    assert corridor.path[0] == pytest.approx(there.coords[0][::-1], abs=1e-6)


@pytest.mark.parametrize(
    "code", ["EPSG:99999999", "EPSG:-1", "PROJ:+proj=longlat +nadgrids=@http://x"]
)
def test_an_unknown_system_is_refused(tmp_path: Path, code: str) -> None:
    file = tmp_path / "a.geojson"
    file.write_text(geojson({"type": "name", "properties": {"name": code}}), "utf-8")
    with pytest.raises(FormatError, match=r"a\.geojson"):
        read_roads(file)


def _package(tmp_path: Path) -> Path:
    file = tmp_path / "a.gpkg"
    lines = geopandas.GeoDataFrame(
        {"ref": ["M5"]}, geometry=[shapely.LineString([(36, 34), (37, 35)])], crs=4326
    )
    lines.to_file(file, driver="GPKG", layer="roads")
    return file


def test_a_package_runs_no_query_of_its_own(tmp_path: Path) -> None:
    file = _package(tmp_path)
    with sqlite3.connect(file) as base:
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid"
        base.execute(f"CREATE VIEW endless AS {endless}, NULL AS geom, 'x' AS ref FROM n")
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
            " VALUES ('endless', 'features', 'endless', 4326)"
        )
        base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'LINESTRING', 4326, 0, 0)"
        )
    base.close()
    assert [c.id for c in read_roads(file).corridors] == ["M5"]


def test_a_package_with_damaged_shapes_tells_how_many(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = _package(tmp_path)
    with sqlite3.connect(file) as base:
        for (trigger,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            base.execute(f'DROP TRIGGER "{trigger}"')
        blobs = [b"", b"GP", b"GP\x00\x01\x00\x00\x10\xe6\x99", b"\xff" * 99, "text", 5, None]
        base.executemany("INSERT INTO roads (geom, ref) VALUES (?, 'x')", [(b,) for b in blobs])
    base.close()
    assert [c.id for c in read_roads(file).corridors] == ["M5"]
    assert "6 shapes" in caplog.text


def _changed(file: Path, script: str) -> Path:
    """Return a package after a script has changed it, which needs its triggers dropped."""
    with sqlite3.connect(file) as base:
        for (trigger,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            base.execute(f'DROP TRIGGER "{trigger}"')
        base.executescript(script)
    base.close()
    return file


def test_a_small_package_of_computed_columns_does_not_fill_the_memory(tmp_path: Path) -> None:
    sign = "x" * 100_000
    computed = "||".join([f"'{sign}'"] * 9)  # 900 KB a row, of which the file holds nothing
    file = _changed(
        _package(tmp_path),
        f"ALTER TABLE roads ADD COLUMN big TEXT AS ({computed});"
        "INSERT INTO roads (geom, ref) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
        " FROM n WHERE i < 999) SELECT geom, ref FROM roads, n;",
    )
    assert file.stat().st_size < 2_000_000
    with pytest.raises(FormatError, match=r"a\.gpkg: .*holds more than 400 MB"):
        read_roads(file)


def test_a_package_with_damaged_names_is_refused(tmp_path: Path) -> None:
    file = _package(tmp_path)
    data = file.read_bytes()
    file.write_bytes(data.replace(b"gpkg_geometry_columns (", b"gpkg_\xfe\x81ometry_columns ("))
    with pytest.raises(FormatError, match=r"a\.gpkg: cannot be read as a map layer"):
        read_roads(file)


def test_a_layer_with_too_many_points_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _package(tmp_path)
    monkeypatch.setattr("mapgen.ground.geodata.MAX_POINTS", 2)
    assert [c.id for c in read_roads(file).corridors] == ["M5"]
    monkeypatch.setattr("mapgen.ground.geodata.MAX_POINTS", 1)
    with pytest.raises(FormatError, match=r"a\.gpkg: has more than 1 points"):
        read_roads(file)
