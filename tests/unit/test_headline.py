"""No headline claims what only one report tells; the kicker names where the events are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from situation_kit import ARMY, DAY, MONITOR, PLACES, RIVALS, Desk, FakeAtlas, FakePlace, place

from mapgen.errors import SettingsError
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role, SentenceRecord, Status
from mapgen.settings import Settings
from mapgen.situation.headline import conflict_warning, map_headline, region_name
from mapgen.situation.shown import shown


def scene(desk, titles=None, *, settings=None, lines=(), **more):
    extraction = desk.extraction()
    if titles:
        extraction = replace(
            extraction,
            articles=tuple(replace(a, title=titles.get(a.id)) for a in extraction.articles),
        )
    if lines:
        heads = tuple(
            SentenceRecord(article="one", start=n - 100, end=n - 99, text=line, left_off="heading")
            for n, line in enumerate(lines)
        )
        extraction = replace(extraction, sentences=(*heads, *extraction.sentences))
    return shown(situation_of(extraction, **more), FakeAtlas(), settings or Settings())


def taken(desk, article, **more):
    return desk.say(
        article,
        "The River Front took Esta.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        actor=RIVALS,
        **more,
    )


def one_article():
    desk = Desk().article("one")
    taken(desk, "one")
    return desk


def test_one_article_has_its_own_title():
    made = scene(one_article(), {"one": "Fear on the river as front nears"})
    assert map_headline(made) == "Fear on the river as front nears"


@pytest.mark.parametrize(
    "lines",
    [
        ("Fear spreads along the river",),
        ("By Amal Idris", "Fear spreads along the river"),
        ("Khartoum, 10 May 2031", "Fear spreads along the river"),
    ],
)
def test_the_first_line_that_is_a_title_is_the_headline_of_a_text_file(lines):
    assert map_headline(scene(one_article(), lines=lines)) == "Fear spreads along the river"


def test_a_text_without_a_title_gets_a_neutral_line():
    made = scene(one_article())
    assert map_headline(made) == "What one report says about fighting in North, 10 May 2031"


def test_a_title_is_left_out_where_towns_are_hidden():
    made = scene(
        one_article(),
        {"one": "Nobody left in little Esta"},
        settings=Settings(coarsen_displacement="admin1"),
    )
    assert "Esta" not in map_headline(made)


def test_what_one_of_several_reports_says_is_no_headline():
    desk = Desk().article("one").article("two", published_on=DAY.replace(day=3))
    taken(desk, "one")
    desk.say("two", "Shells fell on Bero.", Kind.STRIKE, place("t:bero"), actor=ARMY)
    assert map_headline(scene(desk)).startswith("What 2 reports say about fighting in ")
    assert map_headline(scene(desk)).endswith(", 3-10 May 2031")


def test_the_same_source_twice_is_no_headline():
    desk = Desk().article("one").article("two")
    for name in ("one", "two"):
        taken(desk, name, status=Status.CLAIMED, attribution=MONITOR)
    assert map_headline(scene(desk)).startswith("What 2 reports say about fighting")


def test_what_two_independent_sources_report_may_be_the_headline():
    desk = Desk().article("one").article("two")
    taken(desk, "one")
    desk.say(
        "two",
        "Esta is now in the hands of the River Front after its men drove in at dawn.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        actor=RIVALS,
    )
    assert map_headline(scene(desk)) == "The River Front takes Esta"


def test_the_user_may_ask_for_events_and_the_users_title_wins():
    asked = Settings(headline="events")
    made = scene(one_article(), {"one": "Fear on the river"}, settings=asked)
    assert map_headline(made) == "The River Front takes Esta"
    assert map_headline(scene(one_article(), settings=asked, title="Mine")) == "Mine"


def test_another_kind_of_headline_is_refused():
    with pytest.raises(SettingsError, match="'loud' is neither reports nor events"):
        Settings().updated(headline="loud")


def test_only_movements_are_called_displacement():
    desk = Desk().article("one")
    desk.say("one", "People fled Caro.", Kind.DISPLACEMENT, place("t:caro", Role.ORIGIN))
    assert "about displacement in" in map_headline(scene(desk))


def elsewhere(monkeypatch):
    """Two conflicts: one article of Sudan, one of a town in Ukraine with other parties."""
    town = FakePlace("t:toretsk", "Toretsk", 48.4, 37.8, country="UA", admin1=None)
    land = FakePlace(
        "iso:UA", "Ukraine", 49.0, 32.0, country="UA", admin1=None, precision="country"
    )
    monkeypatch.setitem(PLACES, town.id, town)
    monkeypatch.setitem(PLACES, land.id, land)
    desk = Desk().article("one").article("two")
    taken(desk, "one")
    return desk


def test_two_conflicts_are_both_named_and_give_a_warning(monkeypatch):
    desk = elsewhere(monkeypatch)
    desk.say("two", "Shells fell on Toretsk.", Kind.STRIKE, place("t:toretsk"), actor=ARMY)
    made = scene(desk)
    assert region_name(made) == "Sudan and Ukraine"
    assert conflict_warning(made).startswith(
        "These articles tell of separate conflicts (Sudan; Ukraine)."
    )


def test_one_party_in_two_countries_is_one_conflict(monkeypatch):
    desk = elsewhere(monkeypatch)
    desk.say("two", "Shells fell on Toretsk.", Kind.STRIKE, place("t:toretsk"), actor=RIVALS)
    assert conflict_warning(scene(desk)) == ""
