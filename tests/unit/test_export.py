"""Exports, each read by a library that is not ours and compared with the situation."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from contextlib import closing
from datetime import date
from importlib import import_module

import geopandas
import lxml.etree
import pandas as pd
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from situation_kit import ARMY, DAY, MONITOR, PLACES, RIVALS, Desk, FakeAtlas, campaign, place

import mapgen
from mapgen.command import cli
from mapgen.core.files import OutputError
from mapgen.core.formats import SUFFIXES, formats_of
from mapgen.errors import SettingsError
from mapgen.export import write
from mapgen.export.columns import COLUMNS
from mapgen.export.formats.kml import kml
from mapgen.export.layers import layers_of
from mapgen.export.plain_text import cell
from mapgen.merging.events import situation_of
from mapgen.model import Attribution, Holding, Kind, Quantity, Role, Status
from mapgen.reasons import reason_of
from mapgen.settings import Settings
from mapgen.situation.shown import shown

DATA = ("geojson", "gpkg", "kml", "kmz", "csv", "parquet")
KML = "{http://www.opengis.net/kml/2.2}"
QUOTE = "The River Front has captured Alba and Dumo."
NASTY = '=HYPERLINK("http://x.example","y") </script><b>bold</b> ]]> $[name] \x0b\u202e'


def holding(key: str, holder: str) -> Holding:
    entry = PLACES[key]
    return Holding(
        place=entry.name,
        country="SD",
        place_id=key,
        holder=holder,
        as_of=date(2031, 5, 1),
        source="A public gazetteer",
        lat=entry.lat,
        lon=entry.lon,
    )


def situation(desk: Desk | None = None, **more: object):
    baseline = (holding("t:alba", "t:army"), holding("t:esta", "t:army"))
    return situation_of((desk or campaign()).extraction(), baseline=baseline, **more)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "map.html"
    files = write(shown(situation(), FakeAtlas(), Settings()), path, DATA)
    assert [f.name for f in files] == [
        "map.geojson",
        "map.gpkg",
        "map.kml",
        "map.kmz",
        "map.csv",
        "map.events.csv",
        "map.sources.csv",
        "map.parquet",
    ]
    return path.parent


def features(folder, layer):
    data = json.loads((folder / "map.geojson").read_text("utf-8"))
    return [f for f in data["features"] if f["properties"]["layer"] == layer]


def one(rows, **where):
    found = [r for r in rows if all(r[k] == v for k, v in where.items())]
    assert len(found) == 1, found
    return found[0]


def test_geojson_says_who_holds_a_town_by_which_words(written):
    towns = [f["properties"] | {"g": f["geometry"]} for f in features(written, "control")]
    alba = one(towns, place="Alba")
    assert (alba["holder"], alba["holder_name"]) == ("t:rivals", "River Front")
    assert (alba["standing"], alba["latest"]) == ("assessed", "2031-05-10")
    assert alba["g"] == {"type": "Point", "coordinates": [32.5, 15.6]}
    assert {c["quote"] for c in alba["claims"]} == {
        QUOTE,
        "Fighters walked into Dumo and Alba this week.",
    }
    first = one(alba["claims"], quote=QUOTE)
    assert (first["article"], first["start"], first["published_on"]) == ("one", 0, "2031-05-10")
    esta = one(towns, place="Esta")
    assert (esta["holder"], esta["basis"], esta["sources"]) == (
        "t:army",
        "baseline",
        "A public gazetteer",
    )
    bero = one(towns, place="Bero")
    assert (bero["standing"], bero["claims"][0]["said_by"]) == ("claimed", "RWG")


def test_geojson_keeps_rfc_7946(written):
    text = (written / "map.geojson").read_text("utf-8")
    data = json.loads(text)
    assert "crs" not in data
    west, south, east, north = data["bbox"]
    shapes = [shapely.geometry.shape(f["geometry"]) for f in data["features"] if f["geometry"]]
    assert shapes
    for shape in shapes:
        assert shape.is_valid
        assert shapely.box(west, south, east, north).covers(shape)
        for part in getattr(shape, "geoms", [shape]):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw
                assert not any(hole.is_ccw for hole in part.interiors)
        for number in shapely.get_coordinates(shape).ravel():
            assert round(number, 7) == number
    assert data["mapgen"]["as_of"] == "2031-05-10"
    assert any("CC BY 4.0" in line for line in data["mapgen"]["credits"])
    assert len(pyogrio.read_dataframe(written / "map.geojson")) == len(data["features"])


def test_what_could_happen_has_no_geometry_and_stays_off_the_layers(written):
    off = features(written, "off_map")
    could = one([f["properties"] for f in off], text="The loss of Caro could decide the war.")
    assert could["group"] == "Hypothetical"
    assert all(f["geometry"] is None for f in off)
    assert "Caro" not in [f["properties"]["place"] for f in features(written, "control")]


def test_totals_are_no_shape_and_areas_no_point(written):
    (total,) = features(written, "totals")
    assert total["geometry"] is None
    assert (total["properties"]["place"], total["properties"]["low"]) == ("Sudan", 300000)
    shore = one([f["properties"] for f in features(written, "regions")], place="Sudanese shore")
    assert shore["role"] == "destination"
    assert {f["geometry"]["type"] for f in features(written, "events")} == {"Point"}


def test_past_holders_have_a_span(written):
    (past,) = [f["properties"] for f in features(written, "control_past")]
    assert (past["place"], past["holder"]) == ("Alba", "t:army")
    assert (past["shown_from"], past["shown_to"]) == ("2031-05-01", "2031-05-10")


def test_all_formats_agree(written):
    expected = {
        f["properties"]["place"]: f["properties"]["holder"] for f in features(written, "control")
    }
    package = pyogrio.read_dataframe(written / "map.gpkg", layer="control")
    assert dict(zip(package["place"], package["holder"], strict=True)) == expected
    table = pd.read_csv(written / "map.csv", skiprows=[1])
    own = table[table["layer"] == "control"]
    assert dict(zip(own["place"], own["holder"], strict=True)) == expected
    parquet = geopandas.read_parquet(written / "map.parquet")
    own = parquet[parquet["layer"] == "control"]
    assert dict(zip(own["place"], own["holder"], strict=True)) == expected
    root = ET.parse(written / "map.kml").getroot()
    marks = root.findall(f".//{KML}Folder[{KML}name='Who holds what']/{KML}Placemark")
    data = [{d.get("name"): d.findtext(f"{KML}value") for d in m.iter(f"{KML}Data")} for m in marks]
    assert {d["place"]: d["holder"] for d in data} == expected


def test_geopackage_is_read_by_gdal_with_types_and_crs(written):
    path = written / "map.gpkg"
    layers = dict(pyogrio.list_layers(path))
    assert layers["control"] == "Point"
    assert layers["regions"] == "MultiPolygon"
    assert layers["claims"] is None
    flows = pyogrio.read_dataframe(path, layer="flows")
    assert flows.crs.to_epsg() == 4326
    flow = flows.iloc[0]
    assert (flow["origin"], flow["low"], flow["high"]) == ("Caro", 2000, 22000)
    assert flow["latest"].date() == DAY
    assert "RWG" in flow["sources"] or "River Watch" in flow["sources"]
    info = pyogrio.read_info(path, layer="control")
    types = dict(zip(info["fields"], info["dtypes"], strict=True))
    assert types["shown_from"].startswith("datetime64")
    claims = pyogrio.read_dataframe(path, layer="claims")
    assert QUOTE in set(claims["quote"])
    about = pyogrio.read_dataframe(path, layer="about")
    assert (about["key"] == "credit").sum() >= 2


def test_geopackage_has_styles_columns_and_metadata(written):
    with closing(sqlite3.connect(written / "map.gpkg")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        defaults = {row[0] for row in base.execute("SELECT useAsDefault FROM layer_styles")}
        titles = dict(
            base.execute(
                "SELECT column_name, title FROM gpkg_data_columns WHERE table_name='flows'"
            )
        )
        changed = {row[0] for row in base.execute("SELECT last_change FROM gpkg_contents")}
        (text,) = base.execute("SELECT metadata FROM gpkg_metadata").fetchone()
        geometry = dict(base.execute("SELECT table_name, srs_id FROM gpkg_geometry_columns"))
    assert defaults == {1}
    assert set(styles) == set(geometry)
    assert set(geometry.values()) == {4326}
    assert titles["low"] == "Least"
    assert changed == {"2031-05-10T00:00:00.000Z"}
    assert "Place names: GeoNames (CC BY 4.0)" in json.loads(text)["rights"]
    control = lxml.etree.fromstring(styles["control"])
    values = {c.get("value"): c.get("symbol") for c in control.iter("category")}
    symbols = {s.get("name"): s for s in control.find("renderer-v2/symbols")}
    scene = layers_of(shown(situation(), FakeAtlas(), Settings())).shown
    fill = scene.sides.get("t:rivals").light.fill
    rgb = ",".join(str(int(fill[i : i + 2], 16)) for i in (1, 3, 5))
    options = symbols[values["t:rivals"]].findall("layer/Option/Option[@name='color']")
    assert options[0].get("value") == f"{rgb},255"
    assert control.find("temporal").get("startField") == "shown_from"
    flows = lxml.etree.fromstring(styles["flows"])
    assert {s.get("class") for s in flows.iterfind("renderer-v2/symbols/symbol/layer")} == {
        "ArrowLine"
    }


def test_unsure_estimates_are_hatched():
    from mapgen.export.formats.qgis_styles import style_of

    style = lxml.etree.fromstring(
        style_of(layers_of(shown(situation(), FakeAtlas(), Settings())), "areas")
    )
    symbols = {s.get("name"): s for s in style.find("renderer-v2/symbols")}
    for category in style.iter("category"):
        kind = symbols[category.get("symbol")].find("layer").get("class")
        assert kind == ("LinePatternFill" if "unsure" in category.get("value") else "SimpleFill")


def test_kml_has_spans_styles_and_escaped_words(written):
    root = ET.parse(written / "map.kml").getroot()
    marks = {m.findtext(f"{KML}name"): m for m in root.iter(f"{KML}Placemark")}
    dumo = marks["Dumo"]
    assert dumo.findtext(f"{KML}TimeSpan/{KML}begin") == "2031-05-10"
    assert dumo.findtext(f"{KML}TimeSpan/{KML}end") is None
    assert dumo.findtext(f"{KML}Point/{KML}coordinates") == "33.5,14.4"
    assert QUOTE in dumo.findtext(f"{KML}description")
    ids = {s.get("id") for s in root.iter(f"{KML}Style")}
    used = {u.text.removeprefix("#") for u in root.iter(f"{KML}styleUrl")}
    assert used <= ids
    assert "http" not in "".join(h.text or "" for h in root.iter(f"{KML}href"))
    assert pyogrio.read_dataframe(written / "map.kml", layer="Who holds what").shape[0] == 4


def test_kmz_carries_its_own_pictures(written):
    with zipfile.ZipFile(written / "map.kmz") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        root = ET.fromstring(archive.read("doc.kml"))
        assert names[0] == "doc.kml"
        assert {h.text for h in root.iter(f"{KML}href")} <= set(names)
        icon = next(n for n in names if n.endswith(".png"))
        assert archive.read(icon).startswith(b"\x89PNG\r\n\x1a\n")
    image = pytest.importorskip("PIL.Image")
    with zipfile.ZipFile(written / "map.kmz") as archive:
        picture = image.open(io.BytesIO(archive.read(icon)))
        assert picture.size == (48, 48)
        assert picture.getpixel((0, 0))[3] == 0
        assert picture.getpixel((24, 26))[3] == 255


def test_csv_has_hxl_tags_and_plain_numbers(written):
    rows = list(csv.reader(io.StringIO((written / "map.csv").read_bytes().decode("utf-8-sig"))))
    head, tags = rows[0], rows[1]
    assert all(t.startswith("#") for t in tags)
    assert dict(zip(head, tags, strict=True))["latitude"] == "#geo+lat"
    table = [dict(zip(head, row, strict=True)) for row in rows[2:]]
    alba = one(table, layer="control", place="Alba")
    assert (alba["latitude"], alba["longitude"]) == ("15.6", "32.5")
    assert "CC BY 4.0" in alba["credits"]
    shore = one(table, layer="regions", place="Sudanese shore")
    assert (shore["latitude"], shore["low"], shore["high"]) == ("", "2000", "22000")


def test_events_have_the_columns_of_acled(tmp_path):
    desk = campaign()
    claim = desk.say(
        "one",
        "Shelling of Bero on Friday killed 12.",
        Kind.STRIKE,
        place("t:bero"),
        actor=ARMY,
        days=(date(2031, 5, 9), date(2031, 5, 9), "on Friday"),
        reasons=(reason_of("kind:strike:shell"),),
    )
    killed = Quantity(low=12, high=12, best=12, unit="killed", words="killed 12")
    desk.claims[desk.claims.index(claim)] = import_module("dataclasses").replace(
        claim, quantity=killed
    )
    desk.say(
        "one",
        "The army took Esta, it says.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        actor=RIVALS,
        status=Status.CLAIMED,
        attribution=Attribution(name="Northern army", role="party", words="it"),
        reasons=(reason_of("kind:control_change:seize"),),
    )
    made = situation(desk)
    write(shown(made, FakeAtlas(), Settings()), tmp_path / "map.csv")
    table = pd.read_csv(tmp_path / "map.events.csv", keep_default_na=False, dtype=str)
    strike = table[table["location"] == "Bero"].iloc[0]
    assert strike["event_date"] == "2031-05-09"
    assert strike["time_precision"] == "1"
    assert strike["event_type"] == "Explosions/Remote violence"
    assert strike["sub_event_type"] == "Shelling/artillery/missile attack"
    assert (strike["actor1"], strike["fatalities"]) == ("Northern army", "12")
    assert (strike["country"], strike["admin1"]) == ("Sudan", "North")
    assert (strike["latitude"], strike["geo_precision"]) == ("15.4", "1")
    esta = table[table["location"] == "Esta"].iloc[0]
    assert esta["sub_event_type"] == "Non-state actor overtakes territory"
    assert (esta["event_date"], esta["time_precision"], esta["fatalities"]) == ("", "", "")
    assert esta["source"].startswith("Northern army")
    assert "Caro" not in set(table["location"])  # threats and flight are not coded by ACLED


def test_parquet_is_geoparquet_with_credits(written):
    frame = geopandas.read_parquet(written / "map.parquet")
    assert frame.crs.to_epsg() == 4326
    dumo = frame[(frame["layer"] == "control") & (frame["place"] == "Dumo")].iloc[0]
    assert dumo.geometry == shapely.Point(33.5, 14.4)
    assert pd.Timestamp(dumo["latest"]).date() == DAY
    assert QUOTE in dumo["quotes"]
    told = pyarrow.parquet.read_schema(written / "map.parquet").metadata
    assert json.loads(told[b"geo"])["primary_column"] == "geometry"
    assert "Place names: GeoNames (CC BY 4.0)" in json.loads(told[b"mapgen"])["credits"]


def test_parquet_has_a_box_around_each_shape_by_which_readers_skip_rows(written):
    path = written / "map.parquet"
    geo = json.loads(pyarrow.parquet.read_schema(path).metadata[b"geo"])
    covering = geo["columns"]["geometry"]["covering"]["bbox"]
    assert covering["xmin"] == ["bbox", "xmin"]
    assert "bbox" in pyarrow.parquet.read_schema(path).names
    east = geopandas.read_parquet(path, bbox=(33.4, 14.3, 33.6, 14.5))
    assert "Dumo" in set(east["place"])
    assert "Alba" not in set(east["place"])


def test_a_row_without_a_shape_has_no_box(written):
    rows = pyarrow.parquet.read_table(written / "map.parquet").to_pylist()
    assert {row["bbox"] is None for row in rows if row["layer"] == "totals"} == {True}
    assert all((row["bbox"] is None) == (row["geometry"] is None) for row in rows)


def test_geojson_features_have_ids_that_differ_and_name_what_they_are(written):
    found = json.loads((written / "map.geojson").read_text("utf-8"))["features"]
    ids = [f["id"] for f in found]
    assert len(set(ids)) == len(ids)
    (dumo,) = [f for f in features(written, "control") if f["properties"]["place"] == "Dumo"]
    assert dumo["id"].startswith("control/")
    assert dumo["id"].endswith("/t:dumo")


@pytest.mark.parametrize(
    ("kind", "places", "name"),
    [
        (Kind.DISPLACEMENT, [("t:bero", Role.DESTINATION)], "People fled to Bero"),
        (Kind.DISPLACEMENT, [("t:caro", Role.ORIGIN)], "People fled from Caro"),
        (Kind.RETURN, [("t:bero", Role.DESTINATION)], "People returned to Bero"),
        (
            Kind.DISPLACEMENT,
            [("t:caro", Role.ORIGIN), ("t:bero", Role.DESTINATION)],
            "Caro → Bero",
        ),
    ],
)
def test_movements_in_kml_have_names_for_readers_and_families_no_bare_number(kind, places, name):
    desk = Desk().article("one", published_on=DAY)
    desk.say(
        "one",
        "300 families moved.",
        kind,
        *(place(*p) for p in places),
        figure=(300, 300, "300 families", "families"),
    )
    made = layers_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    root = ET.fromstring(kml(made))
    marks = {m.findtext(f"{KML}name"): m for m in root.iter(f"{KML}Placemark")}
    told = marks[name].findtext(f"{KML}description").split("<br>")
    assert "Least: 300 families" in told
    assert "Least: 300" not in told
    assert not [n for n in marks if "unknown" in n]


def test_the_spreadsheet_begins_with_what_the_articles_say(written):
    table = pd.read_csv(written / "map.csv", skiprows=[1])
    towns = table[table["layer"] == "control"]
    known_before = list(towns["claim_ids"].isna())
    assert {True, False} <= set(known_before)
    assert known_before == sorted(known_before)
    assert list(towns["place"])[-1] == "Esta", "of the baseline, and of no article"


def test_ground_taken_has_the_colour_of_its_side_in_kml_and_a_place_of_refuge_none():
    desk = Desk().article("one", published_on=DAY)
    shore = place("region:sd-shore", Role.DESTINATION)
    desk.say(
        "one",
        "The front took the shore.",
        Kind.CONTROL_CHANGE,
        place("region:sd-shore"),
        actor=RIVALS,
    )
    desk.say(
        "one", "People fled Caro for it.", Kind.DISPLACEMENT, place("t:caro", Role.ORIGIN), shore
    )
    made = layers_of(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    root = ET.fromstring(kml(made))
    styles = {s.get("id"): s for s in root.iter(f"{KML}Style")}
    folder = root.find(f".//{KML}Folder[{KML}name='Reports that name an area only']")
    drawn = {
        "fled" if "displacement" in mark.findtext(f"{KML}description") else "taken": styles[
            mark.findtext(f"{KML}styleUrl")[1:]
        ].findtext(f"{KML}PolyStyle/{KML}color")
        for mark in folder.iter(f"{KML}Placemark")
    }
    fill = made.shown.sides.get("t:rivals").light.fill
    assert drawn["taken"][2:] == fill[5:7] + fill[3:5] + fill[1:3], "blue, green, red"
    assert drawn["fled"][2:] not in {drawn["taken"][2:], "ffffff"}


def test_two_runs_give_the_same_bytes(written, tmp_path):
    again = write(shown(situation(), FakeAtlas(), Settings()), tmp_path / "map.html", DATA)
    for path in again:
        assert path.read_bytes() == (written / path.name).read_bytes(), path.name


def hostile_situation():
    desk = Desk().article("one")
    desk.say(
        "one",
        f"{NASTY} fell",
        Kind.CONTROL_CHANGE,
        place("t:alba"),
        actor=RIVALS,
        status=Status.CLAIMED,
        attribution=import_module("dataclasses").replace(MONITOR, name="@SUM(A1)<i>"),
    )
    desk.say("one", "-2+3 people fled Caro.", Kind.DISPLACEMENT, place("t:caro", Role.ORIGIN))
    return situation(desk, title=NASTY)


def test_hostile_text_stays_text(tmp_path):
    write(shown(hostile_situation(), FakeAtlas(), Settings()), tmp_path / "map.html", DATA)
    for name in ("map.csv", "map.events.csv", "map.sources.csv"):
        text = (tmp_path / name).read_bytes().decode("utf-8-sig")
        cells = [c for r in csv.reader(io.StringIO(text, newline="")) for c in r]
        assert name != "map.csv" or "'@SUM(A1)<i>" in cells
        bad = [c for c in cells if c[:1] in "=+@\t\r" and c]
        assert bad == []
        assert [
            c for c in cells if c.startswith("-") and not c[1:].replace(".", "").isdigit()
        ] == []
    root = ET.parse(tmp_path / "map.kml").getroot()
    marked = re.sub("[\x0b\u202e]", "\N{REPLACEMENT CHARACTER}", NASTY)
    assert marked == root.findtext(f"{KML}Document/{KML}name")
    for told in root.iter(f"{KML}description"):
        assert "<b>" not in told.text
        assert "<i>" not in told.text
        assert "$[name]" not in told.text
    (alba,) = [
        f["properties"] for f in features(tmp_path, "control") if f["properties"]["place"] == "Alba"
    ]
    quote = NASTY.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    assert alba["claims"][0]["quote"] == f"{quote} fell"
    frame = pyogrio.read_dataframe(tmp_path / "map.gpkg", layer="control")
    assert "</script><b>bold</b>" in frame[frame["place"] == "Alba"].iloc[0]["quotes"]


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "  =1", "\u00a0=1"]
)
def test_no_cell_is_a_formula(text):
    assert cell(text) == f"'{text}"


def test_numbers_and_plain_words_stay_as_they_are():
    assert cell(-3.5) == -3.5
    assert cell("Homs - north") == "Homs - north"
    assert cell("'90s") == "'90s"


def test_quotes_are_as_short_as_asked(tmp_path):
    settings = Settings(quote_chars=12)
    write(shown(situation(), FakeAtlas(), settings), tmp_path / "map.html", DATA)
    for path in tmp_path.iterdir():
        data = path.read_bytes()
        if path.suffix == ".kmz":
            with zipfile.ZipFile(path) as archive:
                data = archive.read("doc.kml")
        assert b"has captured" not in data, path.name
    assert "The River Fr…" in (tmp_path / "map.geojson").read_text("utf-8")


def test_a_situation_of_nothing_can_be_written(tmp_path):
    empty = situation_of(Desk().article("one").extraction())
    for path in write(shown(empty, FakeAtlas(), Settings()), tmp_path / "map.html", DATA):
        assert path.stat().st_size > 0
    assert json.loads((tmp_path / "map.geojson").read_text("utf-8"))["features"] == []
    assert "about" in dict(pyogrio.list_layers(tmp_path / "map.gpkg"))
    assert len(geopandas.read_parquet(tmp_path / "map.parquet")) == 0


def test_formats_are_checked():
    assert formats_of("GeoJSON, .kml geojson") == ("geojson", "kml")
    assert set(DATA) < set(SUFFIXES)
    with pytest.raises(SettingsError, match=r"formats: .shp. is not known\. Known formats: geo"):
        formats_of("geojson,shp")
    with pytest.raises(SettingsError, match="formats: names none"):
        formats_of(",")


def test_every_column_of_every_layer_is_explained():
    layers = layers_of(shown(situation(), FakeAtlas(), Settings()))
    for frame in (*layers.frames.values(), *layers.tables.values()):
        assert set(frame.columns) - {"geometry"} <= set(COLUMNS)


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    path = tmp_path_factory.mktemp("in") / "one.md"
    path.write_text(
        "---\npublished_on: 2024-12-06\nsource: Harbour Post\n---\n"
        "Rebels captured Saraqib in Syria on Monday, residents said.\n",
        encoding="utf-8",
    )
    return path


def test_the_command_writes_beside_the_map(article, tmp_path, capsys):
    out = tmp_path / "map.html"
    words = ["build", str(article), "--country", "SY", "-o", str(out), "--formats", "geojson,csv"]
    assert cli.main(words) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "map.csv",
        "map.events.csv",
        "map.geojson",
        "map.html",
        "map.sources.csv",
    ]
    (town,) = [f["properties"] for f in features(tmp_path, "control")]
    assert town["place"].startswith("Sar")
    assert town["claims"][0]["publisher"] == "Harbour Post"
    assert "map.geojson" in capsys.readouterr().err
    mapgen.build(article, country="SY").export(tmp_path / "other.geojson")
    assert (tmp_path / "other.geojson").read_bytes() == (tmp_path / "map.geojson").read_bytes()


def test_the_command_refuses_what_would_go_wrong(article, tmp_path, capsys):
    words = ["build", str(article), "--country", "SY"]
    assert cli.main([*words, "-o", "-", "--formats", "csv"]) == 2
    assert "Name a file with -o" in capsys.readouterr().err
    assert cli.main([*words, "-o", str(tmp_path / "map.csv"), "--formats", "csv"]) == 2
    assert "would be one file" in capsys.readouterr().err
    table = tmp_path / "held.csv"
    table.write_text("place,country\n", encoding="utf-8")
    given = [*words, "--baseline", str(table), "-o", str(tmp_path / "held.html")]
    assert cli.main([*given, "--formats", "csv"]) == 2
    assert "is an input and would be written over" in capsys.readouterr().err
    assert table.read_text("utf-8") == "place,country\n"
    assert list(tmp_path.iterdir()) == [table]


def test_a_suffix_that_no_format_has_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="'shp' is not known"):
        write(shown(situation(), FakeAtlas(), Settings()), tmp_path / "map.shp")
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is not a folder"):
        write(shown(situation(), FakeAtlas(), Settings()), tmp_path / "file" / "map.kml")
