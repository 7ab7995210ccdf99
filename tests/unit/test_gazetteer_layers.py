"""A user's own places: CSV, GeoJSON and OCHA's boundaries over the packaged places, and a dump.

Each fault is told with its file and row, and leaves the gazetteer that was there as it was.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile

import pytest
import shapely

from gazetteer import Gazetteer, GazetteerError, build, cli, dumps, opening, sources, store
from gazetteer.layer_files import read_rows
from gazetteer.layers import layer_places

LEBANON = frozenset({"LB"})
CAMPS = """\
name,lat,lon,id,country,feature,names,population,source,licence,date
Camp Seven,33.95,36.10,seven,LB,camp,Site 7|مخيم سبعة,1200,UNHCR,CC BY 4.0,2026-05-01
Ain Test,33.90,36.05,,,,,,,,
Baalbeck City,34.0065,36.2110,geonames:277130,,,,,,,2026-04
"""
BEKAA = [[[35.8, 33.7], [36.2, 33.7], [36.2, 34.0], [35.8, 34.0], [35.8, 33.7]]]
SQUARE = [[[36.0, 34.0], [36.1, 34.0], [36.1, 34.1], [36.0, 34.1], [36.0, 34.0]]]
OCHA_DISTRICT = {
    "ADM0_EN": "Lebanon",
    "ADM0_PCODE": "LB",
    "ADM1_EN": "Bekaa",
    "ADM1_PCODE": "LB2",
    "ADM2_AR": "زحلة",
    "ADM2_EN": "Zahleh Test",
    "ADM2_PCODE": "LB24",
    "ADM3_EN": None,
    "date": "2019/02/18",
    "Shape_Area": 0.04,
}
DUMP_LINE = (
    "1\tKfar Test\tKfar Test\tKfar Tist\t34.1\t36.1\tP\tPPL\tLB\t\t08\t\t\t\t0\t\t\t\t2026-01-01\n"
)


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def polygon(rings):
    return {"type": "Polygon", "coordinates": rings}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    camps, areas, ocha = (folder / n for n in ("camps.csv", "zones.geojson", "lbn_adm.geojson"))
    camps.write_text(CAMPS, encoding="utf-8")
    valley = feature(polygon(SQUARE), name="Test Zone", names=["The Zone", "Zone T"], id=4.0)
    spot = feature({"type": "Point", "coordinates": [36.2, 34.05, 900]}, name="Spot", country="LBN")
    areas.write_text(collection(valley, spot), encoding="utf-8")
    province = {k: v for k, v in OCHA_DISTRICT.items() if "ADM2" not in k}
    ocha.write_text(
        collection(feature(polygon(BEKAA), **OCHA_DISTRICT), feature(polygon(SQUARE), **province)),
        encoding="utf-8",
    )
    for path in (camps, areas, ocha):
        os.utime(path, (1_767_225_600, 1_767_225_600))  # 1 January 2026, UTC
    return [camps, areas, ocha]


@pytest.fixture(scope="module")
def compiled(files, tmp_path_factory):
    path = tmp_path_factory.mktemp("cache") / "gazetteer.sqlite"
    build.build(path, layers=files, countries=LEBANON)
    return path


@pytest.fixture
def places(compiled):
    with Gazetteer.open(compiled) as opened:
        yield opened


@pytest.fixture(scope="module")
def areas():
    return sources.read_areas()


@pytest.fixture
def layer(tmp_path, areas):
    """Read a layer that is written to a file first."""

    def read(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return [entry.place for entry in layer_places(path, read_rows(path), areas, {})[0]]

    return read


def test_a_place_of_a_csv_file_is_found_under_all_its_names(places):
    camp = places.lookup("Site 7", country="LB")[0].place
    assert (camp.id, camp.name) == ("layer:camps:seven", "Camp Seven")
    assert (camp.lat, camp.lon) == (33.95, 36.10)
    assert (camp.feature, camp.precision, camp.population) == ("CMPRF", "site", 1200)
    assert (camp.source, camp.admin1) == ("UNHCR", "LB-BH")
    assert places.lookup("مخيم سبعة")[0].place == camp


def test_country_and_province_follow_from_the_point_and_the_id_from_the_row(places):
    village = places.get("layer:camps:3")
    assert (village.name, village.country, village.admin1) == ("Ain Test", "LB", "LB-BH")
    assert (village.feature, village.precision) == ("PPL", "settlement")
    assert (village.population, village.names, village.source) == (None, (), "camps")


def test_a_row_with_a_geonames_id_takes_the_place_of_that_town(places):
    town = places.get("geonames:277130")
    assert (town.name, town.lat, town.lon) == ("Baalbeck City", 34.0065, 36.2110)
    assert town.source == "camps"
    assert town.population == 30916  # what the row leaves empty stays as listed
    assert "Baalbek" in town.names
    assert [c.place.id for c in places.lookup("Baalbek", country="LB")].count(town.id) == 1


def test_a_polygon_keeps_its_outline(places):
    zone = places.lookup("Zone T", country="LB")[0].place
    assert (zone.id, zone.feature, zone.precision) == ("layer:zones:4", "RGN", "region")
    outline = places.geometry(zone.id)
    assert outline.covers(shapely.Point(36.05, 34.05))
    assert outline.covers(shapely.Point(zone.lon, zone.lat))
    spot = places.get("layer:zones:2")
    assert (spot.lat, spot.lon, spot.country) == (34.05, 36.2, "LB")
    assert places.geometry(spot.id) is None


def test_ochas_boundaries_are_read_as_they_come(places):
    district = places.lookup("Zahleh Test", country="LB")[0].place
    assert (district.id, district.feature, district.precision) == ("pcode:LB24", "ADM2", "district")
    assert (district.country, district.admin1, district.names) == ("LB", "LB-BI", ("زحلة",))
    assert places.geometry("pcode:LB24").bounds == (35.8, 33.7, 36.2, 34.0)
    province = places.get("pcode:LB2")
    assert (province.name, province.feature, province.precision) == ("Bekaa", "ADM1", "province")


def test_ochas_boundaries_with_the_field_names_of_today_are_read(layer):
    unit = {
        "adm0_name": "Lebanon",
        "adm0_pcode": "LB",
        "iso2": "LB",
        "iso3": "LBN",
        "adm1_name": "Bekaa",
        "adm1_pcode": "LB2",
        "adm2_name": "Zahleh Test",
        "adm2_name1": "زحلة",
        "adm2_pcode": "LB24",
        "valid_on": "2024-01-01",
        "lang": "en",
    }
    province = {k: v for k, v in unit.items() if not k.startswith("adm2")}
    shapes = collection(feature(polygon(SQUARE), **unit), feature(polygon(BEKAA), **province))
    district, above = layer("adm.geojson", shapes)
    assert (district.id, district.name, district.names) == ("pcode:LB24", "Zahleh Test", ("زحلة",))
    assert (district.feature, district.country, district.pcode) == ("ADM2", "LB", "LB24")
    assert (above.id, above.name, above.precision) == ("pcode:LB2", "Bekaa", "province")


def test_only_units_of_a_layer_with_p_codes_have_one(places):
    assert places.get("pcode:LB2").pcode == "LB2"
    assert places.get("iso:LB").pcode is None


def test_a_p_code_is_found_as_it_is_written(places):
    (found,) = places.lookup("LB24")
    assert (found.place.name, found.level) == ("Zahleh Test", "exact")
    assert places.lookup("LB24", country="LB")[0].place.id == "pcode:LB24"
    assert not places.lookup("LB24", country="SY")
    assert not [c for c in places.lookup("LB99") if c.place.id.startswith("pcode:")]


def test_json_of_a_search_has_the_p_code(compiled, monkeypatch, capsys):
    monkeypatch.setattr(store, "default_path", lambda: compiled)
    assert cli.main(["search", "Zahleh Test", "--country", "LB", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["place"]["pcode"], found["place"]["id"]) == ("LB24", "pcode:LB24")


def test_a_province_of_a_layer_does_not_push_its_namesake_town_aside(places, layer):
    unit = {"ADM1_EN": "Zahle", "ADM1_PCODE": "LB9", "ISO": "LBN"}
    (province,) = layer("adm1.geojson", collection(feature(polygon(SQUARE), **unit)))
    town = places.get("geonames:266045")
    assert (province.country, town.name) == ("LB", "Zahlé")
    assert build.importance_of(town) > build.importance_of(province)


def test_info_lists_each_source_with_number_licence_and_date(compiled, monkeypatch, capsys):
    monkeypatch.setattr(store, "default_path", lambda: compiled)
    assert cli.main(["info"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "source places licence date" in lines
    assert "UNHCR (camps.csv) 1 CC BY 4.0 2026-05-01" in lines
    assert "camps.csv 2 not stated 2026-01-01 to 2026-04" in lines
    assert "zones.geojson 2 not stated 2026-01-01" in lines
    assert "lbn_adm.geojson 2 not stated 2019-02-18" in lines
    assert "OurAirports 5535 public domain 2022-10" in lines
    (towns,) = [line for line in lines if line.startswith("GeoNames cities500")]
    assert " 51 CC BY 4.0" in towns  # 52 of Lebanon, one of them replaced


def test_the_command_compiles_layers_in(files, tmp_path, monkeypatch, capsys):
    made = {}
    monkeypatch.setattr(cli, "build", lambda path, **told: made.update(told, path=path))
    command = ["build", "--quiet", "--layer", str(files[0]), "--layer", str(files[1])]
    assert cli.main([*command, "--geonames", "LB.zip"]) == 0
    assert made["layers"] == files[:2]
    assert made["geonames"].name == "LB.zip"
    monkeypatch.undo()
    monkeypatch.setenv("MAPGEN_CACHE", str(tmp_path))
    assert cli.main(["build", "--quiet", "--layer", str(tmp_path / "none.csv")]) == 2
    assert "none.csv: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "places.csv: is empty"),
        ("name,lat,lon\n", "places.csv: holds no places"),
        (
            "name,breadth,lon\nA,34,36\n",
            "has no column lat. It has: name, breadth, lon. Needed: name, lat, lon",
        ),
        ("name;lat;lon\nA;34;36\n", "has no column name or lat or lon. It has: name;lat;lon"),
        ("name,lat,lon,contry\nA,34,36,LB\n", "column contry, which looks like a slip for country"),
        ("name,lat,lon,lat\nA,34,36,34\n", "has the column lat twice"),
        ("name,lat,lon\nA,34,36\nB,34\n", "row 3: has 2 cells, but the header has 3"),
        ("name,lat,lon\nA,34,36\n\nB,91,-120\n", "row 4: lat 91, lon -120 lie off the globe"),
        ("name,lat,lon\nA,34,181\n", "row 2: lat 34, lon 181 lie off the globe"),
        ("name,lat,lon\nA,136,34\n", "row 2: lat 136, lon 34 look swapped"),
        ("name,lat,lon,country\nA,36.1,34,LB\n", "row 2: lat 36.1, lon 34 lie outside LB and look"),
        ("name,lat,lon\nA,34°N,36\n", "row 2: lat '34°N' and lon '36' are not both numbers"),
        ("name,lat,lon\nA,nan,36\n", "row 2: lat nan, lon 36 are not both numbers"),
        ("name,lat,lon\n,34,36\n", "row 2: has no name"),
        ("name,lat,lon,id\nA,34,36,x\nB,34,36,x\n", "row 3: has the id layer:places:x, which row"),
        ("name,lat,lon,country\nA,34,36,Libanon\n", "row 2: has country 'Libanon', which is no"),
        ("name,lat,lon,admin1\nA,34,36,Bekaa\n", "row 2: has admin1 'Bekaa', which is not an ISO"),
        ("name,lat,lon,feature\nA,34,36,big town\n", "row 2: has the unknown feature 'big town'"),
        ("name,lat,lon,population\nA,34,36,many\n", "row 2: has the population 'many'"),
        ("name,lat,lon,date\nA,34,36,May\n", "row 2: has the date 'May', which is not a date"),
        ('name,lat,lon\n"A,34,36\n', "row 2: is not valid CSV"),
    ],
)
def test_a_bad_csv_file_is_told_with_its_row(layer, text, message):
    with pytest.raises(GazetteerError) as told:
        layer("places.csv", text)
    assert message in str(told.value)


BOW_TIE = [[[36.0, 34.0], [36.1, 34.1], [36.1, 34.0], [36.0, 34.1], [36.0, 34.0]]]
LINE = {"type": "LineString", "coordinates": [[36, 34], [36.1, 34]]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  \n", "places.geojson: is empty"),
        ('{"type": "FeatureCollection", "features": [', "is not valid JSON"),
        ('{"type": "Topology"}', "is not a GeoJSON FeatureCollection"),
        ("[1]", "is not a GeoJSON FeatureCollection"),
        (collection(), "holds no places"),
        (collection({"type": "Point"}), "feature 1: is not a GeoJSON feature"),
        (collection(feature(None, name="A")), "feature 1: has no geometry"),
        (collection(feature(LINE, name="A")), "feature 1: is a LineString. Points and polygons"),
        (
            collection(feature(polygon(BOW_TIE), name="A")),
            "feature 1: has an invalid outline (Self",
        ),
        (collection(feature(polygon([]), name="A")), "feature 1: has an empty Polygon"),
        (collection(feature(polygon([[[1, 2]]]), name="A")), "coordinates that make no Polygon"),
        (collection(feature(polygon(["x"]), name="A")), "coordinates that make no Polygon"),
        (collection(feature({"type": "Point"}, name="A")), "coordinates that make no Point"),
        (
            collection(feature({"type": "Point", "coordinates": [34, 136]}, name="A")),
            "feature 1: lat 136.0, lon 34.0 look swapped",
        ),
        (
            collection(feature({"type": "Point", "coordinates": [4e6, 3e6]}, name="A")),
            "lie off the globe",
        ),
        (
            collection(
                feature(polygon(SQUARE), name="A"), feature(polygon(SQUARE), label="no name")
            ),
            "feature 2: has no name",
        ),
        (
            collection(*[feature(polygon(SQUARE), ADM2_EN="A", ADM2_PCODE="LB1")] * 2),
            "feature 2: has the id pcode:LB1, which row or feature 1 has too",
        ),
    ],
)
def test_a_bad_geojson_file_is_told_with_its_feature(layer, text, message):
    with pytest.raises(GazetteerError) as told:
        layer("places.geojson", text)
    assert message in str(told.value)


def test_other_files_are_refused(layer, tmp_path):
    with pytest.raises(GazetteerError, match=r"places.xlsx: is neither CSV nor GeoJSON"):
        layer("places.xlsx", "x")
    (tmp_path / "latin.csv").write_bytes("name,lat,lon\nZahlé,34,36\n".encode("latin-1"))
    with pytest.raises(GazetteerError, match=r"latin.csv: is not UTF-8 text"):
        read_rows(tmp_path / "latin.csv")


def test_what_spreadsheets_write_is_read(layer):
    (town,) = layer("a.csv", '\ufeffName , LAT,lon,License\r\n"Kfar, Test",34.1,36.1,MIT\r\n')
    assert (town.name, town.lat) == ("Kfar, Test", 34.1)


@pytest.mark.parametrize(
    ("kind", "precision"), [("STM", "line"), ("MTS", "region"), ("AIRB", "site"), ("MNMT", "site")]
)
def test_how_exact_a_place_is_follows_from_its_feature(layer, kind, precision):
    (place,) = layer("a.csv", f"name,lat,lon,feature\nA,34,36,{kind}\n")
    assert (place.feature, place.precision) == (kind, precision)


def test_a_failed_build_leaves_the_gazetteer_as_it_was(compiled, tmp_path, files, monkeypatch):
    monkeypatch.setattr(build.sources, "read_cities", lambda *_: [])  # they take long
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(compiled.read_bytes())
    bad = tmp_path / "bad.csv"
    bad.write_text("name,lat,lon\nA,34,36\nB,north,36\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"bad.csv, row 3: lat 'north'"):
        build.build(path, layers=[files[0], bad], countries=LEBANON)
    same = tmp_path / "other" / "camps.csv"
    same.parent.mkdir()
    same.write_text("name,lat,lon\nA,34,36\nB,34,36\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="layer:camps:3, which another layer has too"):
        build.build(path, layers=[files[0], same], countries=LEBANON)

    def full(*_):
        message = "database or disk is full"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr(build, "_insert_place", full)
    with pytest.raises(GazetteerError, match="disk is full"):
        build.build(path, countries=LEBANON)
    assert path.read_bytes() == compiled.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.csv", "gazetteer.sqlite", "other"]


def test_an_outdated_gazetteer_is_compiled_with_the_same_layers(
    compiled, tmp_path, files, monkeypatch
):
    monkeypatch.setattr(build.sources, "read_cities", lambda *_: [])  # they take long
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(compiled.read_bytes())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE meta SET value = 'older' WHERE key = 'fingerprint'")
    connection.close()
    real, asked = build.build, []

    def of_lebanon(where, **told):
        asked.append(told["layers"])
        real(where, **told, countries=LEBANON)

    monkeypatch.setattr(opening, "build", of_lebanon)
    with Gazetteer.open(path) as opened:
        assert opened.get("layer:camps:seven").name == "Camp Seven"
    assert asked == [files]


def test_an_outdated_gazetteer_whose_layer_is_gone_says_so(tmp_path):
    path = tmp_path / "gazetteer.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    gone = json.dumps([str(tmp_path / "gone.csv")])
    connection.execute("INSERT INTO meta VALUES ('layer_files', ?)", (gone,))
    connection.close()
    with pytest.raises(GazetteerError, match=r"gone.csv: cannot be read .*run gazetteer build"):
        Gazetteer.open(path)


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return path


def test_a_zipped_dump_is_read_as_it_is_downloaded(tmp_path):
    path = zipped(tmp_path / "LB.zip", readme_txt="About this file", LB_txt=DUMP_LINE)
    (village,) = dumps.read_dump(path)
    assert (village.id, village.name) == ("geonames:1", "Kfar Test")
    assert (village.lat, village.lon, village.country) == (34.1, 36.1, "LB")
    world = zipped(tmp_path / "world.zip", allCountries_txt=DUMP_LINE * 2)
    assert len(list(dumps.read_dump(world))) == 2
    both = zipped(tmp_path / "SY.zip", LB_txt="", SY_txt=DUMP_LINE)
    assert len(list(dumps.read_dump(both))) == 1


def test_an_archive_without_a_dump_is_refused(tmp_path):
    odd = zipped(tmp_path / "odd.zip", readme_txt="x", photo_jpg="y")
    with pytest.raises(GazetteerError, match=r"no GeoNames dump, but readme.txt, photo.jpg"):
        list(dumps.read_dump(odd))
    two = zipped(tmp_path / "two.zip", LB_txt=DUMP_LINE, SY_txt=DUMP_LINE)
    with pytest.raises(GazetteerError, match=r"holds several dumps \(LB.txt, SY.txt\)"):
        list(dumps.read_dump(two))
    cut = tmp_path / "cut.zip"
    cut.write_bytes(zipped(tmp_path / "LB.zip", LB_txt=DUMP_LINE * 50).read_bytes()[:-30])
    with pytest.raises(GazetteerError, match="is not a zip file, or only part of one"):
        list(dumps.read_dump(cut))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "LB.txt: is empty"),
        (DUMP_LINE + DUMP_LINE[:30], "LB.txt: line 2 has 4 columns, not 19"),
        (DUMP_LINE + DUMP_LINE[:-4], "LB.txt: line 2 ends with '2026-01', not a date"),
        (DUMP_LINE.replace("34.1", "94.1"), "line 1: lat 94.1, lon 36.1 look swapped"),
        (DUMP_LINE.replace("36.1", "x"), "line 1: lat '34.1' and lon 'x' are not both numbers"),
        (DUMP_LINE.replace("\t0\t", "\tfew\t"), "line 1: has the population 'few'"),
    ],
)
def test_a_bad_dump_is_told_with_its_line(tmp_path, text, message):
    path = tmp_path / "LB.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError) as told:
        list(dumps.read_dump(path))
    assert message in str(told.value)


def _csv(n):
    return "name,lat,lon\n" + "".join(f"Camp {i},34.5,36.5\n" for i in range(n))


def _json(n):
    return collection(*[feature({"type": "Point", "coordinates": [36, 34]}, name="X")] * n)


@pytest.mark.parametrize(
    ("name", "text", "limit", "problem"),
    [
        ("a.csv", _csv(9), ("layer_files.MAX_ROWS", 9), "has more than 9 places"),
        ("a.geojson", _json(9), ("layer_files.MAX_ROWS", 9), "has more than 9 places"),
        ("a.csv", _csv(9), ("layer_files.MAX_CSV_BYTES", 180), "is larger than 0 MB"),
        ("a.geojson", _json(9), ("layer_files.MAX_LAYER_BYTES", 1000), "is larger than 0 MB"),
        ("a.geojson", _json(9), ("bounded.MAX_JSON_MEMORY", 13_000), "has too many values"),
    ],
)
def test_a_layer_beyond_the_limits_is_refused(tmp_path, monkeypatch, name, text, limit, problem):
    file = tmp_path / name
    file.write_text(text, "utf-8")
    monkeypatch.setattr(f"gazetteer.{limit[0]}", limit[1])
    assert len(read_rows(file)) == 9
    more = _csv(10) if name == "a.csv" else _json(10)
    file.write_text(more + " " * (len(text) - len(more)), "utf-8")
    with pytest.raises(GazetteerError, match=rf"{name}: {problem}.* Split it, or leave out"):
        read_rows(file)


def test_a_layer_on_a_device_without_end_is_refused(tmp_path):
    link = tmp_path / "a.csv"
    link.symlink_to("/dev/zero")
    with pytest.raises(GazetteerError, match="is larger than 50 MB"):
        read_rows(link)
