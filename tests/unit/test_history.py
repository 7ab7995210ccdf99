"""A long history: who held what when, in marks; what happened; words of the last days."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import fields
from datetime import date, timedelta

import pytest
from shapely.geometry import box, mapping
from situation_kit import ARMY, MONITOR, RIVALS, Desk, FakeAtlas, place

import mapgen.api
import mapgen.drawing.data.page_data
from mapgen.drawing.data import holder_tracks
from mapgen.drawing.data.legend_rows import legend_rows
from mapgen.drawing.data.page_data import page_data, picture_data
from mapgen.drawing.figure import FigureError, picture_bytes
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role, Status
from mapgen.settings import Settings
from mapgen.situation import long_history as history
from mapgen.situation.shown import shown
from mapgen.situation.signs import signs_of

FIRST = date(2031, 1, 1)


def day(n):
    return FIRST + timedelta(days=n)


def war():
    """A hundred days: Alba taken, said to be retaken; Bero disputed; strikes early and late."""
    desk = Desk()

    def told(n, text, kind, *places, **more):
        desk.article(f"day{n}", published_on=day(n))
        desk.say(f"day{n}", text, kind, *places, days=(day(n), day(n), "today"), **more)

    told(0, "The River Front captured Alba today.", Kind.CONTROL_CHANGE, place("t:alba"),
         actor=RIVALS, from_actor=ARMY)  # fmt: skip
    told(2, "A strike hit Esta today.", Kind.STRIKE, place("t:esta"), actor=ARMY)
    told(40, "The River Front took Bero today.", Kind.CONTROL_CHANGE, place("t:bero"),
         actor=RIVALS, from_actor=ARMY)  # fmt: skip
    told(80, "The army is back in Alba today, the Watch said.", Kind.CONTROL_CHANGE,
         place("t:alba"), actor=ARMY, from_actor=RIVALS, status=Status.CLAIMED,
         attribution=MONITOR)  # fmt: skip
    told(95, "The River Front captured Dumo today.", Kind.CONTROL_CHANGE, place("t:dumo"),
         actor=RIVALS, from_actor=ARMY)  # fmt: skip
    told(99, "A strike hit Caro today.", Kind.STRIKE, place("t:caro"), actor=ARMY)
    return desk


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    monkeypatch.setattr(history, "MANY", 4)
    shapes = ("land", "admin", "borders", "coast", "disputed", "lakes", "rivers", "roads")
    empty = {"focus": None} | {name: [] for name in (*shapes, "countries", "waters", "provinces")}
    monkeypatch.setattr(
        mapgen.drawing.data.page_data,
        "cut_basemap",
        lambda bbox, _focus, **_: {"bbox": list(bbox), **empty},
    )


def data_of(desk):
    return page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))


def keys(data):
    return {side["name"]: key for key, side in data["sides"].items()}


def tracks_of_war():
    situation = situation_of(war().extraction())
    scene = shown(situation, FakeAtlas(), Settings())
    signs = [s for e in situation.events for s in signs_of(scene, e, "c1")]
    tracks, rest = holder_tracks.tracks_of(scene, signs)
    rivals, army = scene.sides.key(RIVALS.side), scene.sides.key(ARMY.side)
    return {t.name: t for t in tracks}, rest, rivals, army


def test_who_held_a_town_when_and_what_is_only_claimed():
    tracks, rest, rivals, army = tracks_of_war()
    assert tracks["Alba"].before == army
    assert tracks["Alba"].changes == ((day(0), rivals), (day(80), f"{army}?"))
    assert tracks["Dumo"].changes == ((day(95), rivals),)
    assert {s["type"] for s in rest} == {"strike"}


def test_a_contested_holder_has_a_mark_of_its_own():
    desk = war()
    desk.article("other", published_on=day(41))
    desk.say("other", "The army still holds Bero.", Kind.CONTROL_CHANGE, place("t:bero"),
             actor=RIVALS, from_actor=ARMY, status=Status.NEGATED,
             days=(day(40), day(40), "on Monday"))  # fmt: skip
    data = picture_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    bero = next(s for s in data["signs"] if s.get("name") == "Bero")
    assert bero["standing"] == "contested"
    assert holder_tracks._holder(bero) == "!"
    page = page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    words = {(row.part, row.words) for row in legend_rows(page, page["days"])}
    assert ("who", "Contested") in words


def test_the_slider_has_every_day_and_the_tracks():
    data = data_of(war())
    assert data["days"][0] == "2031-01-01"
    assert len(data["days"]) == 100
    assert set(data["tracks"]["names"].split("\n")) == {"Alba", "Bero", "Dumo"}
    assert not [s for s in data["signs"] if s["type"] == "control"]


def test_a_strike_is_drawn_for_two_weeks_and_stays_in_the_evidence():
    data = data_of(war())
    strikes = {s["name"]: s for s in data["signs"] if s["type"] == "strike"}
    assert strikes["Esta"]["to_day"] == "2031-01-17"
    assert any("Esta" in c["title"] for c in data["cards"])
    assert data["cards"][0]["day"] == "2031-04-10"  # the newest first


def test_headline_and_summary_tell_of_the_last_days():
    meta = data_of(war())["meta"]
    words = meta["title"] + " ".join(text for _, text in meta["summary"])
    assert "Dumo" in words
    assert "Bero" not in words
    assert "The summary covers the 14 days up to then." in meta["as_of_note"]
    assert any(head == "A long history" for head, *_ in meta["method"])


def test_a_picture_keeps_a_sign_for_each_holder():
    data = picture_data(shown(situation_of(war().extraction()), FakeAtlas(), Settings()))
    assert "tracks" not in data
    assert {s["name"] for s in data["signs"] if s["type"] == "control"} == {"Alba", "Bero", "Dumo"}


def figure_of(desk, monkeypatch):
    """Return what `Situation.figure` draws, and the data that it draws from."""
    drawn = []

    def noted(data, kind, **more):
        drawn.append(data)
        return picture_bytes(data, kind, **more)

    monkeypatch.setattr("mapgen.api._gazetteer", lambda: nullcontext(FakeAtlas()))
    monkeypatch.setattr("mapgen.drawing.figure.picture_bytes", noted)
    made = situation_of(desk.extraction())
    own = {f.name: getattr(made, f.name) for f in fields(made)}
    picture = mapgen.api.Situation(**own, settings=Settings(), coded=None).figure(dpi=50)
    return picture, drawn[0]


def test_the_figure_of_a_long_history_draws_every_holder(monkeypatch):
    picture, data = figure_of(war(), monkeypatch)
    rivals = keys(data)["River Front"]
    held = {s["name"]: s["side"] for s in data["signs"] if s["type"] == "control"}
    assert (held["Bero"], held["Dumo"]) == (rivals, rivals)
    drawn = picture_bytes(data, "svg").decode()
    assert all(f">{name}<" in drawn for name in ("Alba", "Bero", "Dumo"))
    assert picture.startswith(b"\x89PNG")


def test_the_figure_of_a_long_history_draws_a_region_told_of_twice(monkeypatch):
    desk = war()
    for n in (97, 98):
        desk.article(f"day{n}", published_on=day(n))
        desk.say(f"day{n}", "Fighting went on in the North.", Kind.CLASH, place("iso:SD-NO"),
                 actor=RIVALS if n == 97 else ARMY, days=(day(n), day(n), "today"))  # fmt: skip
    _, data = figure_of(desk, monkeypatch)
    regions = [s["geometry"]["type"] for s in data["signs"] if s["type"] == "region"]
    assert regions == ["Polygon", "Polygon"]


def test_data_packed_for_the_page_are_refused_by_pictures():
    with pytest.raises(FigureError, match="packed for a page"):
        picture_bytes(data_of(war()), "svg")


def test_a_few_articles_are_no_long_history(monkeypatch):
    monkeypatch.setattr(history, "MANY", 250)
    data = data_of(war())
    assert "tracks" not in data
    assert not any(s.get("to_day") for s in data["signs"] if s["type"] == "strike")
    assert "In words" not in data["meta"]["as_of_note"]


def test_shapes_of_several_signs_stand_once():
    square, other = mapping(box(0, 0, 1, 1)), mapping(box(2, 2, 3, 3))
    signs = [
        {"type": "region", "geometry": square},
        {"type": "displacement", "area": dict(square), "origin_area": None},
        {"type": "region", "geometry": other},
    ]
    shapes = history.shared_shapes(signs)
    assert shapes == {"s1": {"type": "Polygon", "coordinates": [[list(p) for p in r] for r in
                                                              square["coordinates"]]}}  # fmt: skip
    assert [signs[0]["geometry"], signs[1]["area"], signs[2]["geometry"]] == ["s1", "s1", other]


def test_a_total_whose_figure_is_denied_draws_nothing():
    desk = Desk().article("one")
    desk.say("one", "It is not so that 300,000 are uprooted in all of Sudan.", Kind.DISPLACEMENT,
             place("iso:SD", Role.REGION), status=Status.NEGATED,
             figure=(300000, 300000, "300,000"))  # fmt: skip
    desk.say("one", "People are uprooted in Sudan.", Kind.DISPLACEMENT,
             place("iso:SD", Role.REGION))  # fmt: skip
    data = data_of(desk)
    assert not [s for s in data["signs"] if s["type"] == "badge"]
    assert "300,000" not in " ".join(text for _, text in data["meta"]["summary"])


def test_no_town_of_a_track_is_named_a_second_time_for_orientation():
    data = data_of(war())
    tracked = set(data["tracks"]["ids"].split("\n"))
    assert "t:alba" in tracked
    assert tracked.isdisjoint(town["id"] for town in data["towns"])


def test_no_enlargement_shows_a_ground_without_signs(monkeypatch):
    asked = []

    def crowd(points, _bbox):
        asked.append(sorted(points))

    monkeypatch.setattr(mapgen.drawing.data.page_data, "inset", crowd)
    data_of(war())
    ((drawn,),) = asked  # Alba, Bero and Dumo are in the tracks, which an enlargement does not draw
    assert drawn == (15.3, 32.55)  # the late strike on Caro
