"""Do no harm: where people flee from is an admin area in every byte that leaves the program."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date

import geopandas
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from situation_kit import PLACES, RIVALS, Desk, FakeAtlas, FakePlace, place

import mapgen
from mapgen import model
from mapgen.command import cli
from mapgen.export.frames.situation_frames import flow_frame
from mapgen.export.report.content import report_of
from mapgen.export.report.markdown import markdown
from mapgen.export.report.webpage import webpage
from mapgen.export.report.word import word
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role, Status
from mapgen.settings import Settings
from mapgen.situation.coarsening import coarsened
from mapgen.situation.shown import shown

# Towns that only people who flee are told of: by name, by other names, asked, denied, not found.
TEXT = """Exodus from TALBISEH

HTS fighters captured Saraqib on Monday, the Syrian Observatory for Human Rights said.
Thousands of people fled Talbiseh for Salamiyah, residents of Talbiseh said.
The road out of Talbiseh was full of cars.
More people could flee Kafr Nabl in the coming days.
Some 300 people fled the village of Tell Zibdiyat.
About 2,000 people have returned to Khan Shaykhun, the mayor of Khan Shaykhun said.
Hundreds fled Saraqib.
"""
HIDDEN = (
    "Talbiseh",
    "Tallbīsah",
    "Tallbisah",
    "Salamiyah",
    "Salamīyah",
    "Kafr Nabl",
    "Kafranbel",
    "Tell Zibdiyat",
    "Khan Shaykhun",
    "Khān Shaykhūn",
)


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    folder = tmp_path_factory.mktemp("talbiseh-exodus")
    path = folder / "fled-talbiseh.md"
    front = (
        "---\ntitle: Thousands leave Talbiseh\nurl: https://news.example/2024/talbiseh-exodus\n"
        "source: Harbour Post\npublished_on: 2024-12-06\n---\n"
    )
    path.write_text(front + TEXT, encoding="utf-8")
    return folder, path


def built(paths, level):
    settings = Settings(country="SY", coarsen_displacement=level)
    return mapgen.build(str(paths[1]), settings=settings)


def smaller_names(text, situation):
    """Return what of the hidden towns a text shows: names in any form, ids, coordinates."""
    plain = re.sub(r"[\s_-]+", " ", text.casefold())
    # a district may be named after its seat: "Al Salamiyah District" is what hides Salamiyah
    plain = re.sub(r"al salamiyah(?: district)?", "", plain)
    found = [n for n in HIDDEN if n.casefold() in plain]
    for claim in situation.extraction.claims:
        if claim.kind not in {Kind.DISPLACEMENT, Kind.RETURN}:
            continue
        for p in claim.places:
            if p.surface == "Saraqib" or p.place_id is None:
                continue
            lat, lon = (re.escape(str(round(v, 4))[:6]) for v in (p.lat, p.lon))
            pair = re.search(rf"{lat}.{{0,40}}{lon}|{lon}.{{0,40}}{lat}", text)
            found += [p.place_id] * (p.place_id in text) + [f"{lat}, {lon}"] * (pair is not None)
    return found


def test_without_the_setting_the_names_are_there(paths):
    situation = built(paths, None)
    assert {"Talbiseh", "Salamiyah", "Kafr Nabl", "Khan Shaykhun"} <= set(
        smaller_names(situation.to_html(), situation)
    )
    told = {c.kind for c in situation.extraction.claims}
    assert {Kind.DISPLACEMENT, Kind.RETURN, Kind.CONTROL_CHANGE} <= told


@pytest.mark.parametrize("level", ["admin1", "admin2"])
def test_no_byte_of_the_page_or_frames_shows_a_smaller_place(paths, level):
    situation = built(paths, level)
    page = situation.to_html()
    # The vector basemap under every map has towns of its own; they say nothing about people.
    data = json.loads(re.search(r'id="mg-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    del data["base"]
    assert smaller_names(json.dumps(data, ensure_ascii=False), situation) == []
    around = re.sub(r'id="mg-data"[^>]*>.*?</script>', "", page, flags=re.DOTALL)
    assert smaller_names(around, situation) == []
    assert "▒▒▒▒▒▒▒▒" in page
    assert "Saraqib" in page  # it was taken: that stays on the map
    for frame in (
        situation.to_geodataframe(),
        situation.flows(),
        situation.claims(),
        situation.off_map(),
        situation.control(),
        situation.areas(),
        situation.front_line(),
    ):
        text = frame.to_csv() + str(frame.to_json(default=str))
        assert smaller_names(text, situation) == []
    fled = situation.flows()
    provinces, districts = {"iso:SY-HI", "iso:SY-HM"}, {"geonames:172947", "geonames:164946"}
    expected = provinces if level == "admin1" else districts
    assert expected <= {*fled["origin_id"], *fled["destination_id"]}
    changed = situation.diff("2024-12-01", "2024-12-06")
    assert smaller_names(changed.to_csv(), situation) == []
    assert situation.to_folium() is not None


def test_a_town_that_is_also_taken_is_hidden_beside_people_who_flee(paths):
    situation = built(paths, "admin1")
    claims = situation.claims()
    fled = claims[claims["quote"].str.startswith("Hundreds fled")].iloc[0]
    assert "Saraqib" not in fled["quote"]
    taken = claims[claims["kind"] == "control_change"].iloc[0]
    assert "Saraqib" in taken["quote"]


@pytest.mark.parametrize("level", ["admin1", "admin2"])
def test_the_command_line_hides_too_and_extract_does_not(paths, tmp_path, level, capsys):
    out, lines = tmp_path / "map.html", tmp_path / "claims.jsonl"
    words = ["--country", "SY", "--quiet"]
    code = cli.main(
        ["build", str(paths[0]), *words, "--coarsen-displacement", level, "-o", str(out)]
    )
    assert code == 0
    situation = built(paths, None)
    page = out.read_text(encoding="utf-8")
    data = json.loads(re.search(r'id="mg-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    del data["base"]
    assert smaller_names(json.dumps(data, ensure_ascii=False), situation) == []
    assert capsys.readouterr().err == ""
    assert cli.main(["extract", str(paths[0]), *words, "-o", str(lines)]) == 0
    assert "Talbiseh" in lines.read_text(encoding="utf-8")  # the analyst's raw data
    again = tmp_path / "again.html"
    given = ["render", str(lines), "--quiet", "--coarsen-displacement", level, "-o", str(again)]
    assert cli.main(given) == 0
    assert again.read_bytes() == out.read_bytes()


def test_a_level_we_do_not_know_is_refused(paths, capsys):
    assert cli.main(["build", str(paths[1]), "--coarsen-displacement", "town"]) == 2
    assert "--coarsen-displacement: 'town' is neither admin1 nor admin2" in capsys.readouterr().err


def test_corrections_do_not_bring_a_town_back(paths, tmp_path):
    plain = built(paths, None)
    fled = next(
        c
        for c in plain.extraction.claims
        if c.kind is Kind.DISPLACEMENT and c.places[0].surface == "Talbiseh"
    )
    table = tmp_path / "corrections.csv"
    table.write_text(
        "target_type,target_id,action,field,value,by,why,on\n"
        f"claim,{fled.id},set,place,geonames:163779,analyst,the other town,2024-12-09\n"
        f"claim,{fled.id},reject,,,analyst,not from Talbiseh,2024-12-08\n",
        encoding="utf-8",
    )
    settings = Settings(country="SY", coarsen_displacement="admin1", corrections=str(table))
    situation = mapgen.build(str(paths[1]), settings=settings)
    page = situation.to_html()
    data = json.loads(re.search(r'id="mg-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])
    del data["base"]
    assert smaller_names(json.dumps(data, ensure_ascii=False), plain) == []


def test_districts_are_used_where_their_outlines_are_known():
    class Atlas(FakeAtlas):
        def district_at(self, lat, lon, country):  # noqa: ARG002
            inside = country == "SD" and 15.35 < lat < 15.45
            return (
                FakePlace("t:d1", "Lower Bero", 15.4, 32.5, precision="district")
                if inside
                else None
            )

        def geometry(self, place_id):
            return shapely.box(32, 15, 33, 16) if place_id == "t:d1" else super().geometry(place_id)

    desk = Desk().article("one")
    for key in ("t:bero", "t:caro"):
        name = PLACES[key].name
        desk.say("one", f"People fled {name}.", Kind.DISPLACEMENT, place(key, Role.ORIGIN))
    situation = situation_of(desk.extraction())
    for level, expected in (("admin2", {"t:d1", "iso:SD-NO"}), ("admin1", {"iso:SD-NO"})):
        scene = shown(situation, Atlas(), Settings(coarsen_displacement=level))
        assert {p.place_id for e in scene.situation.events for p in e.places} == expected
        assert set(flow_frame(scene)["origin_id"]) == expected


def test_what_is_not_known_to_the_gazetteer_is_hidden_and_ids_cannot_be_tried_out():
    desk = Desk().article("one")
    lost = replace(place("t:bero", Role.ORIGIN, "Nowhere Mill"), place_id=None, name=None, lat=None)
    desk.say("one", "People fled Nowhere Mill.", Kind.DISPLACEMENT, lost)
    desk.say(
        "one",
        "10 km north of Caro people fled.",
        Kind.DISPLACEMENT,
        place("t:caro", Role.ORIGIN, distance_km=10.0),
    )
    situation = situation_of(desk.extraction())
    coarse = coarsened(situation, FakeAtlas())
    assert "Nowhere" not in repr(coarse)
    assert "Caro" not in repr(coarse)
    assert "10.0" not in repr([c.places for c in coarse.extraction.claims])
    assert {e.id for e in coarse.events}.isdisjoint(e.id for e in situation.events)


def test_other_events_keep_their_places_and_offsets_stay_true():
    desk = Desk().article("one")
    desk.say("one", "The Front took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS)
    desk.say("one", "People fled Caro.", Kind.DISPLACEMENT, place("t:caro", Role.ORIGIN))
    desk.say(
        "one",
        "Caro may see more flee.",
        Kind.DISPLACEMENT,
        place("t:caro", Role.ORIGIN),
        status=Status.HYPOTHETICAL,
    )
    situation = situation_of(desk.extraction())
    coarse = coarsened(situation, FakeAtlas())
    assert coarse.extraction.claims[0] == situation.extraction.claims[0]
    (article,) = coarse.extraction.articles
    for claim in coarse.extraction.claims:
        assert article.text[claim.start : claim.end] == claim.quote
    assert "Caro" not in article.text


def test_a_town_called_as_its_province_is_hidden_in_quotes_of_people_who_flee():
    article = model.Article(
        id="a",
        text="Rebels reached Idlib province. Thousands fled Idlib for Hama.",
        published_on=date(2024, 12, 6),
        published_on_basis="printed",
        language="en",
        country="SY",
        sha256="x",
    )
    empty = mapgen.Situation(
        as_of=None,
        as_of_basis=None,
        title=None,
        extraction=model.Extraction(articles=(), sentences=(), claims=()),
        settings=Settings(coarsen_displacement="admin1"),
    )
    claims = (empty + article).claims()
    (fled,) = claims[claims["kind"] == "displacement"]["quote"]
    assert "Idlib" not in fled
    assert "Hama" not in fled


@pytest.mark.parametrize("level", ["admin1", "admin2"])
def test_no_byte_of_an_export_or_report_shows_a_smaller_place(paths, level, tmp_path):
    situation = built(paths, level)
    for name in ("geojson", "gpkg", "kml", "kmz", "csv", "parquet"):
        situation.export(tmp_path / f"map.{name}")
    tables = {n: pyogrio.read_dataframe(tmp_path / "map.gpkg", layer=n) for n in _layers(tmp_path)}
    with zipfile.ZipFile(tmp_path / "map.kmz") as archive:
        told = {"kmz": archive.read("doc.kml").decode("utf-8")}
    told |= {f"gpkg {n}": t.to_csv() for n, t in tables.items()}
    parquet = geopandas.read_parquet(tmp_path / "map.parquet")
    told["parquet"] = parquet.to_csv() + str(pyarrow.parquet.read_schema(tmp_path / "map.parquet"))
    report = situation._framed(report_of)
    told["md"], told["html"] = markdown(report), webpage(report)
    with zipfile.ZipFile(io.BytesIO(word(report))) as archive:
        told["docx"] = archive.read("word/document.xml").decode("utf-8")
    # Compression cuts names into pieces ("Al ", "Salamiyah", " District"): unpacked they are whole.
    table = pyarrow.parquet.read_table(tmp_path / "map.parquet")
    pyarrow.parquet.write_table(table, tmp_path / "map.parquet", compression="none")
    for path in tmp_path.iterdir():  # packed or not: also what no reader shows
        told[path.name] = path.read_bytes().decode("utf-8", "replace")
    for name, text in told.items():
        assert smaller_names(text, situation) == [], name
    assert "Saraqib" in told["map.geojson"] + told["map.csv"]  # it was taken


def _layers(folder):
    return [name for name, _ in pyogrio.list_layers(folder / "map.gpkg")]
