"""Areas of control that a user brings: drawn as given, with source; and faults told by feature."""

import json
from datetime import date

import pytest

import mapgen
from gazetteer import Gazetteer
from mapgen.command import cli
from mapgen.drawing.data.page_data import page_data
from mapgen.errors import FormatError, InputError
from mapgen.merging.baseline import read_baseline
from mapgen.merging.given_areas import read_given_areas
from mapgen.situation.shown import shown
from tests.unit.situation_kit import FakeAtlas

HOMS, RASTAN, HAMA = "geonames:169577", "geonames:172946", "geonames:170017"
SOURCE = "Invented survey </script><b>x"


def square(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


AROUND_HOMS = square(36.4, 34.5, 37.0, 35.0)
AROUND_HAMA = square(36.4, 35.0, 37.0, 35.4)


def layer(tmp_path, *features, **more):
    file = tmp_path / "control.geojson"
    document = {"type": "FeatureCollection", "features": list(features), **more}
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


@pytest.fixture
def control(tmp_path):
    return layer(
        tmp_path,
        feature(AROUND_HOMS, holder="Syrian government", as_of="2024-11-26", source=SOURCE),
        feature(AROUND_HAMA, holder="syria:hts", date="2024-12-01", source="Second survey"),
    )


@pytest.fixture
def situation(tmp_path, control):
    article = tmp_path / "article.txt"
    article.write_text(
        "Hayat Tahrir al-Sham captured Rastan on Monday. Rebels shelled Homs on Tuesday. "
        "Thousands of people fled from Talbisseh to Tartus on Monday.",
        encoding="utf-8",
    )
    return mapgen.build(article, country="SY", published_on="2024-12-04", baseline=control)


def data_of(situation):
    with Gazetteer.open() as places:
        return page_data(shown(situation, places, situation.settings))


def test_areas_are_drawn_as_given_from_their_day_on(situation):
    data = data_of(situation)
    first, second = data["areas"]
    assert (first["from_day"], first["to_day"]) == ("2024-11-26", "2024-12-01")
    assert (second["from_day"], second["to_day"]) == ("2024-12-01", None)
    assert list(first["sides"]) == ["gov"]
    assert sorted(second["sides"]) == ["gov", "hts"]
    assert first["sides"]["gov"]["unsure"] is None
    assert first["fronts"] == second["fronts"] == []
    ring = first["sides"]["gov"]["sure"]["coordinates"][0]
    assert {tuple(p) for p in ring} == {(36.4, 34.5), (37.0, 34.5), (37.0, 35.0), (36.4, 35.0)}


def test_sources_stand_in_the_credits_and_are_never_markup(situation):
    credits_ = data_of(situation)["meta"]["credits"]
    assert f"Control areas: {SOURCE}, as of 26 November 2024; given by the user" in credits_
    assert not any("baseline table" in line for line in credits_)
    method = json.dumps(data_of(situation)["meta"]["method"])
    assert "drawn unchanged" in method
    assert "kriging" not in method
    assert "</script><b>x" not in situation.to_html()


def test_towns_inside_have_that_holder_before(situation):
    before = {row.place_id: (row.holder, row.as_of, row.source) for row in situation.baseline}
    assert before[HOMS] == ("syria:gov", date(2024, 11, 26), SOURCE)
    assert before[RASTAN][0] == "syria:gov"
    assert len(before) == 2  # nor a town that is only fled from
    (rastan,) = [s for s in data_of(situation)["signs"] if s["type"] == "control"]
    assert (rastan["side"], rastan["from"]) == ("hts", "gov")
    held = situation.control().set_index("place_id")
    assert (held.loc[HOMS, "holder"], held.loc[HOMS, "basis"]) == ("syria:gov", "baseline")


def test_frames_and_days_follow(situation):
    areas = situation.areas().set_index("side")
    assert set(areas["part"]) == {"given"}
    assert areas.loc["syria:gov", "side_best_km2"] == pytest.approx(3050, rel=0.01)
    assert situation.front_line().empty
    earlier = situation.at("2024-11-30")
    assert [area.holder for area in earlier.given_areas] == ["syria:gov"]
    assert list(earlier.areas()["side"]) == ["syria:gov"]


def test_a_town_where_two_holders_overlap_has_none(tmp_path):
    both = [
        feature(AROUND_HOMS, holder=holder, as_of="2024-11-26", source="S")
        for holder in ("syria:gov", "syria:hts")
    ]
    article = tmp_path / "article.txt"
    article.write_text("Rebels shelled Homs on Tuesday.", encoding="utf-8")
    made = mapgen.build(
        article, country="SY", published_on="2024-12-04", baseline=layer(tmp_path, *both)
    )
    assert made.baseline == ()


def test_faults_are_told_by_file_and_feature(tmp_path):
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    file = layer(
        tmp_path,
        feature(AROUND_HOMS, holder="", as_of="yesterday", source="S"),
        feature({"type": "Point", "coordinates": [36, 34]}, holder="a", date="2024-11-26"),
        feature(bow, holder="a", as_of="2024-11-26", source="S"),
        feature(square(3600, 3400, 3700, 3500), holder="a", as_of="2024-11-26", source="S"),
        "no feature",
    )
    with pytest.raises(FormatError) as told:
        read_given_areas(file)
    text = str(told.value)
    assert text.startswith(str(file))
    for words in (
        "feature 1, holder: is missing",
        "feature 1, as_of: “yesterday” is not a day",
        "feature 2, source: is missing",
        "feature 2, geometry: is Point, not a polygon",
        "feature 3, geometry: is not valid (Self-intersection",
        "feature 4, geometry:",
        "feature 5, holder: is missing",
    ):
        assert words in text, words


def test_a_coordinate_of_400_digits_is_a_fault_of_its_feature(tmp_path):
    ring = [[36, 34], [10**400, 34], [37, 35], [36, 34]]
    far = {"type": "Polygon", "coordinates": [ring]}
    file = layer(tmp_path, feature(far, holder="a", as_of="2024-11-26", source="S"))
    with pytest.raises(FormatError, match="feature 1, geometry: cannot be read"):
        read_given_areas(file)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "is not valid JSON"),
        ("[]", "holds no features"),
        ('{"type": "FeatureCollection", "features": []}', "holds no features"),
        ("[" * 100_000, "is not valid JSON"),
    ],
)
def test_what_is_no_layer_is_told(tmp_path, content, words):
    file = tmp_path / "x.geojson"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=words):
        read_given_areas(file)


def test_another_coordinate_system_is_refused(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32637"}}
    good = feature(AROUND_HOMS, holder="a", as_of="2024-11-26", source="S")
    with pytest.raises(FormatError, match="crs: GeoJSON is in WGS 84"):
        read_given_areas(layer(tmp_path, good, crs=crs))
    with pytest.raises(InputError, match="is no file"):
        read_given_areas(tmp_path / "none.geojson")


def test_the_command_takes_a_layer_and_tells_its_faults(tmp_path, control, capsys):
    article = tmp_path / "a.txt"
    article.write_text("Hayat Tahrir al-Sham captured Rastan.", encoding="utf-8")
    target = tmp_path / "map.html"
    words = ["build", str(article), "--country", "SY", "-o", str(target), "--baseline"]
    assert cli.main([*words, str(control)]) == 0
    assert "Second survey" in target.read_text("utf-8")
    bad = layer(tmp_path, feature(AROUND_HOMS, holder="a", as_of="2024-11-26"))
    assert cli.main([*words, str(bad)]) == 2
    assert "feature 1, source: is missing" in capsys.readouterr().err


HEADER = "place,country,place_id,holder,as_of,source\n"


def test_a_baseline_row_whose_name_is_not_of_its_id_is_refused(tmp_path):
    file = tmp_path / "before.csv"
    rows = "Alba,SD,t:bero,t:army,2031-05-01,x\nCaro,TD,t:caro,t:army,2031-05-01,x\n"
    file.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(FormatError) as told:
        read_baseline(file, FakeAtlas())
    assert "row 2, place: “Alba” is not a name of t:bero, which is Bero" in str(told.value)
    assert "row 3, country: Caro is in SD" in str(told.value)


def test_other_spellings_of_a_name_are_the_same_place(tmp_path):
    file = tmp_path / "before.csv"
    rows = (
        f"Himş,SY,{HOMS},syria:gov,2024-11-26,x\n"
        f"Al-Rastan,SY,{RASTAN},syria:gov,2024-11-26,x\n"
        f"Hamah,sy,{HAMA},syria:gov,2024-11-26,x\n"
    )
    file.write_text(HEADER + rows, encoding="utf-8")
    with Gazetteer.open() as places:
        assert len(read_baseline(file, places)) == 3
        wrong = tmp_path / "wrong.csv"
        wrong.write_text(HEADER + f"Homs,SY,{HAMA},syria:gov,2024-11-26,x\n", encoding="utf-8")
        with pytest.raises(FormatError, match=f"row 2, place: “Homs” is not a name of {HAMA}"):
            read_baseline(wrong, places)
