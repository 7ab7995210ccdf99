"""No headline claims what only one report tells; the kicker names where the events are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from situation_kit import ARMY, DAY, MONITOR, PLACES, RIVALS, Desk, FakeAtlas, FakePlace, place

from mapgen.errors import SettingsError
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role, SentenceRecord, Status
from mapgen.settings import Settings
from mapgen.situation.conflicts import _groups, conflict_warning
from mapgen.situation.headline import map_headline, region_name
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


def test_a_village_in_no_list_of_towns_lies_in_its_province():
    """Villages have files of their own: the outlines say where Sake and its like lie."""
    spot = replace(
        place("t:esta"), place_id="geonames:216183", name="Ngungu", lat=-1.6442, lon=28.8632
    )
    sea = replace(spot, lat=34.5, lon=34.5)
    atlas = FakeAtlas()
    atlas.get = lambda key: {
        "iso:CD-NK": FakePlace("iso:CD-NK", "North Kivu", -0.6, 28.7, precision="province"),
        "iso:CD": FakePlace("iso:CD", "DR Congo", -3.0, 24.0, country="CD", precision="country"),
    }.get(key, PLACES.get(key))
    for where, told in ((spot, "North Kivu, DR Congo"), (sea, "")):
        desk = Desk().article("one")
        desk.say("one", "M23 took it.", Kind.CONTROL_CHANGE, where, actor=RIVALS)
        made = shown(situation_of(desk.extraction()), atlas, Settings())
        assert region_name(made) == told


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


class CountingAtlas(FakeAtlas):
    """Counts how often a place is looked up."""

    asked = 0

    def get(self, place_id):
        self.asked += 1
        return super().get(place_id)


def lookups_and_comparisons(n, monkeypatch):
    """Return how much work it takes to tell the conflicts of n articles apart, and to head them."""
    desk = Desk()
    for number in range(n):
        article, day = f"a{number:04d}", DAY - timedelta(days=30 * number)
        desk.article(article)
        shelled = (Kind.STRIKE, place("t:esta"))
        desk.say(article, "The army shelled Esta.", *shelled, days=(day, day, "then"))
    atlas = CountingAtlas()
    made = shown(situation_of(desk.extraction()), atlas, Settings())
    compared = []
    may_draw = type(made).may_draw
    monkeypatch.setattr(
        type(made), "may_draw", lambda self, event: compared.append(1) or may_draw(self, event)
    )
    atlas.asked = 0
    conflict_warning(made)
    map_headline(made)
    region_name(made)
    monkeypatch.undo()
    return len(made.situation.events), atlas.asked + len(compared)


def test_the_work_grows_with_the_number_of_events_not_its_square(monkeypatch):
    few, work_of_few = lookups_and_comparisons(20, monkeypatch)
    many, work_of_many = lookups_and_comparisons(80, monkeypatch)
    assert many >= 4 * few - 4
    assert work_of_many / many <= 1.1 * work_of_few / few


def merged_one_by_one(ties_of):
    """Return the same groups as `_groups`, by comparing each article with every group."""
    groups = []
    for article in sorted(ties_of):
        ties = ties_of[article]
        if all(tie.startswith("party ") for tie in ties):
            continue
        linked = [g for g in groups if g[0] & ties]
        apart = [g for g in groups if not g[0] & ties]
        ties = ties.union(*(g[0] for g in linked))
        groups = [*apart, (ties, {article}.union(*(g[1] for g in linked)))]
    return groups


@settings(deadline=None)
@given(
    st.lists(
        st.sets(st.sampled_from(["SD", "TD", "UA", "CD", "RW", "party a", "party b"]), max_size=3),
        max_size=12,
    )
)
def test_groups_are_those_that_comparing_all_articles_finds(ties):
    ties_of = {f"a{n:02d}": own for n, own in enumerate(ties)}
    found = [(group.ties, group.articles) for group in _groups(ties_of)]
    assert found == merged_one_by_one(ties_of)
