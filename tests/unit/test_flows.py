"""Movements: figures in the articles' words, and lines that claim no more than is known."""

from __future__ import annotations

from situation_kit import MONITOR, Desk, FakeAtlas, campaign, place

from mapgen.ground.roads.corridors import Roads
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role, Status
from mapgen.situation.figure_words import figure_lines, width_of
from mapgen.situation.flows import (
    end_of,
    ends,
    movement_label,
    route,
    shown_name,
)

ATLAS = FakeAtlas()


def flow():
    events = situation_of(campaign().extraction()).events
    return next(e for e in events if e.kind is Kind.DISPLACEMENT and len(e.places) > 1)


def test_figures_stand_apart_with_who_gives_them():
    assert figure_lines(flow()) == ["“some 20,000” (RWG)", "“several thousand” (another article)"]


def test_width_follows_the_order_of_magnitude():
    assert width_of(flow()) == 3
    desk = Desk().article("one")
    desk.say("one", "A few left Bero.", Kind.DISPLACEMENT, place("t:bero", Role.ORIGIN))
    assert width_of(situation_of(desk.extraction()).events[0]) == 1


def test_an_area_is_an_area_with_a_point_inside_it():
    (goal,) = ends(flow(), Role.DESTINATION, ATLAS)
    assert goal.name == "the shore"
    assert goal.area is not None
    assert 34.5 < goal.lon < 35.5


def test_label_says_where_to_in_the_words_of_the_article():
    event = flow()
    (start,), (goal,) = (ends(event, r, ATLAS) for r in (Role.ORIGIN, Role.DESTINATION))
    assert movement_label(event, start, goal)[0] == "Fled to the shore"
    assert movement_label(event, start, None)[0] == "Fled from Caro"


def test_without_roads_the_line_is_plain():
    event = flow()
    (start,), (goal,) = (ends(event, r, ATLAS) for r in (Role.ORIGIN, Role.DESTINATION))
    path, method = route(start, goal, event.claims, None)
    assert method == "plain"
    assert path[0] == [15.3, 32.55]
    assert len(path) == 2


def test_a_road_between_both_ends_is_likely_and_stated_only_when_named():
    roads = Roads.for_country("SY")
    assert roads is not None
    homs = place("t:alba").__class__(
        surface="Homs", start=0, end=4, role=Role.ORIGIN, lat=34.724, lon=36.726
    )
    damascus = homs.__class__(
        surface="Damascus", start=0, end=8, role=Role.DESTINATION, lat=33.510, lon=36.291
    )
    for text, expected in (("They left by car.", "likely"), ("They left on the M5.", "stated")):
        desk = Desk().article("one")
        claim = desk.say("one", text, Kind.DISPLACEMENT, homs, damascus)
        start, goal = end_of(homs, ATLAS), end_of(damascus, ATLAS)
        assert start is not None
        assert goal is not None
        path, method = route(start, goal, [claim], roads)
        assert method == expected
        assert len(path) > 2


def test_the_spelling_of_the_article_wins_unless_it_is_no_name():
    assert shown_name(place("t:alba", surface="Al Alba")) == "Al Alba"
    assert shown_name(place("t:alba", surface="the city")) == "Alba"


def test_claims_without_figures_give_none():
    desk = Desk().article("one")
    desk.say(
        "one",
        "People fled Bero.",
        Kind.DISPLACEMENT,
        place("t:bero", Role.ORIGIN),
        status=Status.CLAIMED,
        attribution=MONITOR,
    )
    assert figure_lines(situation_of(desk.extraction()).events[0]) == []


def test_a_name_with_an_arabic_article_stays_as_the_article_has_it():
    named = place("t:caro", Role.AT, surface="en-Caro")
    assert shown_name(named) == "en-Caro"
