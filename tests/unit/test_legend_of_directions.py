"""The legend shows what is drawn: arrows, arrows on all sides, rings, withdrawals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from situation_kit import ARMY, Desk, FakeAtlas, place

from mapgen.drawing.data.legend_rows import legend_rows
from mapgen.drawing.data.page_data import page_data
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role
from mapgen.settings import Settings
from mapgen.situation.shown import shown

LEFT = place("t:bero", Role.ORIGIN)
REACHED = place("t:esta", Role.DESTINATION)
OUT = ("fan_out", "People leaving, destination not stated")
INTO = ("fan_in", "People arriving, origin not stated")
FLIGHT = ("displacement", "People fleeing")
HOME = ("return", "People returning")


def layers(*said: tuple[Kind, Any, Any]) -> list[tuple[str, str]]:
    desk = Desk().article("one")
    for kind, actor, places in said:
        desk.say("one", "Something happened.", kind, *places, actor=actor)
    data = page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    return [(r.glyph, r.words) for r in legend_rows(data, [None]) if r.part == "layers"]


@pytest.mark.parametrize(
    ("kind", "places", "rows"),
    [
        (Kind.DISPLACEMENT, [LEFT], [OUT]),
        (Kind.DISPLACEMENT, [REACHED], [INTO]),
        (Kind.DISPLACEMENT, [LEFT, REACHED], [FLIGHT]),
        (Kind.RETURN, [LEFT, REACHED], [HOME]),
        (Kind.RETURN, [REACHED], [("fan_back", "People returning, origin not stated")]),
        (Kind.RETURN, [LEFT], [("fan_home", "People returning, destination not stated")]),
    ],
)
def test_a_movement_has_the_row_of_what_is_drawn(kind, places, rows):
    assert layers((kind, None, places)) == rows


def test_movements_with_one_end_and_with_both_have_a_row_each():
    told = layers(
        (Kind.DISPLACEMENT, None, [LEFT, REACHED]),
        (Kind.DISPLACEMENT, None, [place("t:alba", Role.ORIGIN)]),
        (Kind.DISPLACEMENT, None, [place("t:dumo", Role.DESTINATION)]),
    )
    assert told == [FLIGHT, OUT, INTO]


def test_flight_and_return_have_a_sign_each():
    told = layers(
        (Kind.DISPLACEMENT, None, [LEFT, REACHED]),
        (Kind.RETURN, None, [place("t:alba", Role.ORIGIN), place("t:dumo", Role.DESTINATION)]),
    )
    assert told == [FLIGHT, HOME]


@pytest.mark.parametrize(
    ("kinds", "rows"),
    [
        ([Kind.WITHDRAWAL], [("withdrawal", "Withdrawal")]),
        ([Kind.STRIKE], [("strike", "Strike, attack")]),
        ([Kind.CLASH, Kind.WITHDRAWAL], [("clash", "Clash"), ("withdrawal", "Withdrawal")]),
        ([Kind.SIEGE], [("siege", "Siege")]),
    ],
)
def test_each_kind_of_incident_has_its_own_row(kinds, rows):
    spots = ["t:alba", "t:dumo"]
    said = [(k, ARMY, [place(spots[i])]) for i, k in enumerate(kinds)]
    assert layers(*said) == rows


def test_a_threat_without_a_direction_is_a_ring_in_the_legend():
    told = layers((Kind.THREAT, ARMY, [place("t:alba", Role.NEAR)]))
    assert told == [("threat_ring", "Advance, threat: direction not stated")]


def north_of(km: float) -> Any:
    return replace(place("t:alba", Role.NEAR, distance_km=km), direction="north")


def test_a_threat_on_a_stated_side_is_an_arc_in_the_legend():
    told = layers((Kind.THREAT, ARMY, [north_of(20.0)]))
    assert told == [("threat_arc", "Advance, threat: on the side stated")]


def test_no_arrow_comes_from_another_side_than_the_one_stated():
    """Bero lies south of Alba: from there no arrow can come to a force in the north."""
    told = layers(
        (Kind.CONTROL_STATE, ARMY, [place("t:bero")]), (Kind.THREAT, ARMY, [north_of(20.0)])
    )
    assert [glyph for glyph, _ in told] == ["threat_arc"]


def test_a_threat_from_the_side_stated_is_an_arrow_from_the_place_held_there():
    """Alba lies north of Bero."""
    told = layers(
        (Kind.CONTROL_STATE, ARMY, [place("t:alba")]),
        (Kind.THREAT, ARMY, [replace(place("t:bero", Role.NEAR), direction="north")]),
    )
    assert told == [("threat", "Advance, threat")]


def test_no_arrow_comes_from_a_place_held_nearby_if_no_words_say_whence():
    told = layers(
        (Kind.CONTROL_STATE, ARMY, [place("t:bero")]),
        (Kind.THREAT, ARMY, [place("t:alba", Role.NEAR)]),
    )
    assert told == [("threat_ring", "Advance, threat: direction not stated")]


def test_a_place_that_is_held_is_not_called_taken():
    desk = Desk().article("one")
    desk.say("one", "The army holds Bero.", Kind.CONTROL_STATE, place("t:bero"), actor=ARMY)
    data = page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    (row,) = [r for r in legend_rows(data, [None]) if r.part == "held"]
    assert row.words == "Holder: one article says so"
