"""Villages, outlines of districts, provinces of today: by content, in a small gazetteer."""

from __future__ import annotations

import functools
import http.server
import json
import threading
import zipfile
from collections import Counter

import pytest
import shapely

from gazetteer import Gazetteer, GazetteerError, added, build, cli, distance_km, store, villages
from gazetteer.village_files import VillageRow, about, pack, unpack
from gazetteer.villages import SCHEMA_VERSION

COUNTRIES = frozenset({"AM", "AZ", "CD", "MM", "SD", "SY", "UA"})


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    path = tmp_path_factory.mktemp("cache") / "gazetteer.sqlite"
    build.build(path, countries=COUNTRIES)
    return path


@pytest.fixture
def places(compiled):
    with Gazetteer.open(compiled) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon", "unit"),
    [
        ("Stepova Novoselivka", "UA", 49.660, 37.862, "UA-63"),
        ("Kitshanga", "CD", -0.973, 28.698, "CD-NK"),
        ("Umm Higeina", "SD", 12.983, 25.933, "SD-DN"),
    ],
)
def test_a_village_is_found_in_its_country_and_province(places, name, country, lat, lon, unit):
    found = places.villages(name, country)
    near = [v for v in found if distance_km(v.place.lat, v.place.lon, lat, lon) < 2]
    assert [(v.place.name, v.place.admin1, v.place.precision) for v in near] == [
        (name, unit, "settlement")
    ]
    assert places.village(near[0].place.id, country) == near[0].place
    other = "SY" if country != "SY" else "UA"
    assert places.villages(name, other) == ()


def test_villages_are_in_no_other_look_up(places):
    assert places.namesakes("Stepova Novoselivka") == ()
    assert places.lookup("Stepova Novoselivka") == []
    assert places.lookup("Stepova Novoselivka", country="UA") == []
    assert places.get(places.villages("Stepova Novoselivka", "UA")[0].place.id) is None


@pytest.mark.parametrize(
    ("name", "country", "place_id", "lat", "lon"),
    [
        ("Shushi", "AZ", "geonames:147105", 39.760, 46.750),
        ("Lachin", "AZ", "geonames:147625", 39.637, 46.546),
        ("Kyauktaw", "MM", "geonames:1316499", 20.845, 92.975),
    ],
)
def test_towns_stay_where_they_were(places, name, country, place_id, lat, lon):
    best = places.lookup(name, country=country)[0]
    assert best.place.id == place_id
    assert distance_km(best.place.lat, best.place.lon, lat, lon) < 5
    assert place_id not in {v.place.id for v in places.villages(name, country)}


def test_a_village_never_outranks_a_town(places):
    town = max(n.importance for n in places.namesakes("Kyauktaw"))
    assert town > 0
    hamlets = places.villages("Kyauktaw", "MM")
    assert len(hamlets) == 6
    assert all(v.namesake().importance < town for v in hamlets)
    assert all(v.place.population is None for v in hamlets)


def test_no_village_matches_a_looser_spelling(places):
    assert places.villages("Stepova Novosilivka", "UA") == ()
    assert places.villages("Stepowa Novoselivka", "UA") == ()


def test_the_area_chooses_between_bearers_of_one_name(places):
    everywhere = places.villages("Andriivka", "UA")
    units = Counter(v.place.admin1 for v in everywhere)
    assert len(units) > 4
    assert places.bearers("Andriivka", "UA") > len(everywhere)  # and those that are listed
    inside = places.villages("Andriivka", "UA", within="iso:UA-46")
    assert [v.place.admin1 for v in inside] == ["UA-46"] * len(inside)
    assert {v.admin1_name for v in inside} == {"Lviv", ""}  # one row names no province
    named = places.villages("Andriivka", "UA", within="Lviv")
    assert {v.place.id for v in named} == {v.place.id for v in inside if v.admin1_name}
    assert places.villages("Andriivka", "UA", within="iso:UA-43") == ()
    assert places.bearers("No Such Village", "UA") == 0


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("Time", {"common word"}),
        ("Base", {"common word"}),
        ("Omar", {"given name"}),
        ("Manuel", {"given name"}),
        ("Rao", {"short"}),
        ("Ali", {"given name", "short"}),
        ("Robotyne", set()),
        ("Ali Sabieh", set()),
    ],
)
def test_names_that_need_more_evidence_are_marked(name, marks):
    assert villages.marks_of(name) == marks


def test_a_row_carries_the_marks_of_its_name(places):
    (village,) = [v for v in places.villages("Omar", "SY") if not v.is_listed]
    assert village.marks == {"given name"}


def test_ukraine_has_latin_names(places):
    rows = unpack(villages.read_file("UA", places.path.parent), "UA")
    assert not [r.name for r in rows if any("\u0400" <= c <= "\u04ff" for c in r.name)]
    by_id = {r.id: r for r in rows}
    assert by_id["geonames:706950"].name == "Kamianets-Podilskyi"
    assert "Керч" in by_id["geonames:706524"].others


def test_other_names_of_a_listed_place_lead_to_it(places):
    row = next(
        r
        for r in unpack(villages.read_file("AZ", places.path.parent), "AZ")
        if r.id == "geonames:147105"
    )
    known = {places.get(row.id).name, *places.get(row.id).names}
    new = [n for n in row.others if n not in known and not places.lookup(n, country="AZ")]
    for name in new:
        assert row.id in {v.place.id for v in places.villages(name, "AZ") if v.is_listed}
    assert places.village(row.id, "AZ") is None  # the listed row stands alone


def test_a_file_reads_back_as_it_was_packed():
    row = VillageRow(
        id="wof:1125773715",
        name="Köy",
        others=("Koy", "كوي"),
        lat=-1.2345,
        lon=179.9999,
        feature="PPL",
        admin1="A",
        admin2="",
        population=7,
        source="geonames",
    )
    data = pack({"country": "XX"}, [row])
    assert pack({"country": "XX"}, [row]) == data
    assert unpack(data, "x") == [row]
    assert about(data, "x")["rows"] == 1
    with pytest.raises(GazetteerError, match="x: is not a file of villages"):
        unpack(b"nothing", "x")
    with pytest.raises(GazetteerError, match="x: is damaged"):
        unpack(data[:-20], "x")


def test_a_layer_is_made_once_and_anew_when_the_data_changes(compiled, monkeypatch):
    with Gazetteer.open(compiled) as opened:
        opened.villages("Norashen", "AM")
    path = compiled.parent / "villages" / f"AM-{SCHEMA_VERSION}.sqlite"
    first = path.read_bytes()
    with Gazetteer.open(compiled) as opened:
        monkeypatch.setattr(villages, "write_rows", None)  # would fail if it were called
        assert opened.villages("Norashen", "AM")
    monkeypatch.undo()
    path.write_bytes(first[:5000])
    with Gazetteer.open(compiled) as opened:
        assert opened.villages("Norashen", "AM")
    assert path.read_bytes() == first  # same data, same bytes


def test_a_district_is_found_by_a_point_and_has_an_outline(places):
    goma = places.district_at(-1.68, 29.22, "CD")
    assert (goma.name, goma.feature, goma.admin1) == ("Goma", "ADM2", "CD-NK")
    fasher = places.district_at(13.63, 25.35, "SD")
    assert (fasher.name, fasher.admin1) == ("Al Fasher", "SD-DN")
    assert places.geometry(fasher.id).area > 0.01
    assert places.district_at(0, 0, "SD") is None
    assert places.district_at(13.63, 25.35, None) is None


def test_outlines_double_no_listed_district(places):
    rows = places._connection.execute(
        "SELECT id FROM place WHERE feature = 'ADM2' AND country = 'SD' AND id LIKE 'wof:%'"
    ).fetchall()
    assert len(rows) > 50
    for (place_id,) in rows:
        place, outline = places.get(place_id), places.geometry(place_id)
        bare = [
            c.place.id
            for c in places.lookup(place.name, country="SD")
            if c.place.feature == "ADM2" and places.geometry(c.place.id) is None
            if outline.distance(shapely.Point(c.place.lon, c.place.lat)) < 0.4
        ]
        assert bare == [], place


def test_names_of_outlines_are_found_only_where_the_country_is_known(places):
    rows = places._connection.execute("SELECT name FROM place WHERE id LIKE 'wof:%' ORDER BY id")
    for (name,) in rows.fetchall()[:200]:
        assert not [n for n in places.namesakes(name) if n.id.startswith("wof:")]


def test_congo_has_its_26_provinces(places):
    query = "SELECT admin1, name FROM place WHERE feature = 'ADM1' AND country = 'CD'"
    units = dict(places._connection.execute(query))
    assert len(units) == 26
    assert units["CD-IT"] == "Ituri"
    bunia = places.lookup("Bunia", country="CD")[0].place
    assert bunia.admin1 == "CD-IT"
    assert places.lookup("Kisangani", country="CD")[0].place.admin1 == "CD-TO"
    assert places.lookup("Ituri province")[0].place.id == "iso:CD-IT"
    whole = places.geometry("iso:CD")
    parts = sum(places.geometry(f"iso:{code}").area for code in units)
    assert parts == pytest.approx(whole.area, rel=0.002)  # no land lost, none given twice


def test_the_former_provinces_of_congo_are_regions(places):
    former = places.get("iso:CD-OR")
    assert (former.name, former.feature, former.admin1) == ("Orientale", "RGN", None)


DUMP = (
    "5\tAbia State\tAbia State\t\t5.4\t7.5\tA\tADM1\tNG\t\t45\t\t\t\t0\t\t\t\t2026-01-01\n"
    "6\tUmu Test\tUmu Test\tOmutezt\t5.5\t7.6\tP\tPPL\tNG\t\t45\t\t\t\t0\t\t\t\t2026-01-01\n"
    "7\tElsewhere\tElsewhere\t\t6.5\t2.6\tP\tPPL\tBJ\t\t01\t\t\t\t0\t\t\t\t2026-01-01\n"
    "8\tGone\tGone\t\t5.6\t7.6\tP\tPPLH\tNG\t\t45\t\t\t\t0\t\t\t\t2026-01-01\n"
)


@pytest.fixture
def command(compiled, monkeypatch):
    monkeypatch.setattr(store, "default_path", lambda: compiled)
    monkeypatch.setattr(cli, "default_path", lambda: compiled)
    yield cli.main
    villages.own_file("NG", compiled.parent).unlink(missing_ok=True)


def test_a_country_is_added_from_a_file(command, tmp_path, capsys):
    dump = tmp_path / "NG.txt"
    dump.write_text(DUMP, encoding="utf-8")
    assert command(["search", "Omutezt", "--country", "NG"]) == 1
    assert command(["add", "ng", "--geonames", str(dump)]) == 0
    assert "1 places of NG written to" in capsys.readouterr().out
    assert command(["search", "Omutezt", "--country", "NG"]) == 0
    row = capsys.readouterr().out.splitlines()[1].split()
    assert row[:5] == ["Umu", "Test", "(Omutezt)", "geonames:6", "5.5000"]
    assert row[-2:] == ["exact", "village"]
    assert command(["search", "Omutezt", "--country", "NG", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["admin1_name"], told["n_bearers"], told["marks"]) == ("Abia State", 1, [])
    assert command(["info"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert any(line.startswith("villages of NG: GeoNames (NG.txt) 1 CC BY 4.0") for line in lines)
    assert any(line.startswith("villages of UA: Who's On First (UA) 33415") for line in lines)


def test_a_dump_of_another_country_is_refused(command, tmp_path, capsys):
    dump = tmp_path / "BJ.txt"
    dump.write_text(DUMP.splitlines(keepends=True)[2], encoding="utf-8")
    assert command(["add", "NG", "--geonames", str(dump)]) == 2
    assert "has no populated place in NG" in capsys.readouterr().err


@pytest.fixture
def server(tmp_path, monkeypatch):
    folder = tmp_path / "served"
    folder.mkdir()
    with zipfile.ZipFile(folder / "NG.zip", "w") as archive:
        archive.writestr("NG.txt", DUMP)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{running.server_port}"
        monkeypatch.setattr(added, "ADDRESS", address)
        yield folder, address
        running.shutdown()


def test_a_country_is_fetched_only_when_asked_and_the_offer_is_shown(command, server, capsys):
    folder, address = server
    with pytest.raises(SystemExit):
        command(["add", "NG"])
    assert command(["add", "NG", "--fetch"]) == 0
    told = capsys.readouterr().out.splitlines()
    size = (folder / "NG.zip").stat().st_size
    assert told[0].startswith(f"fetching {address}/NG.zip ({size:,} bytes; CC BY 4.0, GeoNames; 20")
    assert "1 places of NG" in told[1]


@pytest.mark.usefixtures("server")
def test_what_cannot_be_fetched_is_told(command, capsys):
    assert command(["add", "ZZ", "--fetch"]) == 2
    assert "ZZ.zip: answers 404" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon", "feature"),
    [
        ("Zamzam camp", "SD", 13.49, 25.31, "CMPRF"),
        ("Kutupalong", "BD", 21.21, 92.16, "CMPRF"),
        ("Klishchiivka", "UA", 48.53, 37.96, "PPL"),
        ("Cite Soleil", "HT", 18.58, -72.33, "PPLX"),
        ("Jebel Aulia Dam", "SD", 15.24, 32.49, "DAM"),
        ("Nuseirat", "PS", 31.45, 34.39, "CMPRF"),
    ],
)
def test_places_collected_by_hand_are_found_and_name_a_source(
    places, name, country, lat, lon, feature
):
    best = places.lookup(name, country=country)[0].place
    assert distance_km(best.lat, best.lon, lat, lon) < 2
    assert best.feature == feature
    assert best.source != "knowledge"
    assert best.certainty in {"high", "med"}


def test_regions_of_burkina_faso_are_those_of_2025(places):
    liptako = places.lookup("Liptako region")[0].place
    assert (liptako.id, liptako.country, liptako.feature) == ("region:bf-liptako", "BF", "RGN")
    outline = places.geometry(liptako.id)
    assert outline.covers(shapely.Point(-0.03, 14.03))  # Dori
    assert not outline.covers(shapely.Point(-1.63, 14.10))  # Djibo, in the region of Soum
    soum = places.geometry("region:bf-soum")
    assert soum.covers(shapely.Point(-1.63, 14.10))
