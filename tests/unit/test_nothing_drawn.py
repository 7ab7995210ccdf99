"""A map with nothing to draw says what was read and why, and shows the country that was read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from situation_kit import ARMY, Desk, FakeAtlas, place

from mapgen.claims.claims_file import claims_from_lines, claims_to_lines
from mapgen.drawing.data.page_data import page_data
from mapgen.merging.events import situation_of
from mapgen.model import Kind, NamedPlace, Precision, Status
from mapgen.settings import Settings
from mapgen.situation.shown import shown

BERO = NamedPlace(
    surface="Bero",
    place_id="t:bero",
    name="Bero",
    lat=15.4,
    lon=32.52,
    precision=Precision.SETTLEMENT,
)


def data_of(extraction, **settings):
    return page_data(shown(situation_of(extraction), FakeAtlas(), Settings(**settings)))


def silent(*places):
    """An article without a claim that names places."""
    made = Desk().article("one").extraction()
    return replace(made, articles=tuple(replace(a, places=places) for a in made.articles))


def left_off(status):
    desk = Desk().article("one")
    desk.say(
        "one", "The army could take Bero.", Kind.CONTROL_CHANGE, place("t:bero"),
        actor=ARMY, status=status,
    )  # fmt: skip
    return desk.extraction()


def summary(data):
    return dict(data["meta"]["summary"])


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (Status.HYPOTHETICAL, "One statement is only possible"),
        (Status.NEGATED, "One statement is denied or not so"),
        (Status.HISTORICAL, "One statement is from before"),
    ],
)
def test_a_map_without_signs_says_why(status, why):
    data = data_of(left_off(status))
    assert data["signs"] == []
    assert data["cards"] == []
    assert summary(data)["Nothing drawn."] == "No current change found in these articles."
    assert summary(data)["Read."] == "One article, which names Bero (Sudan)."
    assert summary(data)["Why."].startswith(why)
    assert "Off the map" in summary(data)["Why."]


@pytest.mark.parametrize("extraction", [left_off(Status.HYPOTHETICAL), silent(BERO)])
def test_a_map_without_signs_frames_the_places_that_were_read(extraction):
    data = data_of(extraction)
    west, south, east, north = data["base"]["bbox"]
    assert west < 32.52 < east
    assert south < 15.4 < north
    assert east - west < 15
    assert [(p["name"], p["base"]) for p in data["places"]] == [("Bero", None)]
    assert data["meta"]["country"] == "Sudan"
    assert data["meta"]["kicker"] == "Sudan · situation map"


def test_an_article_without_an_event_says_so():
    assert summary(data_of(silent(BERO)))["Why."] == (
        "No sentence reports a change, threat or movement."
    )


def test_only_a_country_is_shown_where_displacement_is_coarsened():
    data = data_of(silent(BERO), coarsen_displacement="admin1")
    assert data["places"] == []
    assert "Bero" not in str(data["meta"])
    west, _, east, _ = data["base"]["bbox"]
    assert east - west < 40


def test_a_map_with_signs_has_no_read_places():
    desk = Desk().article("one").article("two")
    desk.say("one", "The army took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=ARMY)
    made = desk.extraction()
    two = tuple(replace(a, places=(BERO,)) if a.id == "two" else a for a in made.articles)
    data = data_of(replace(made, articles=two))
    assert [p["name"] for p in data["places"]] == ["Alba"]
    assert "Read." not in summary(data)


def test_named_places_survive_the_claims_file():
    made = silent(BERO)
    lines = list(claims_to_lines(made))
    assert claims_from_lines(lines).articles[0].places == (BERO,)
    assert '"places"' not in next(claims_to_lines(Desk().article("one").extraction()))


def test_a_country_without_a_place_is_framed():
    country = NamedPlace(
        surface="Sudan", place_id="iso:SD", name="Sudan", lat=15.0, lon=30.0,
        precision=Precision.COUNTRY,
    )  # fmt: skip
    data = data_of(silent(country))
    west, south, east, north = data["base"]["bbox"]
    assert 20 < west < 25
    assert 36 < east < 40
    assert 5 < south < 10
    assert 20 < north < 24
