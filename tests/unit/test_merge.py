"""Merging: what becomes one event, what stays apart, what order does not change."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from situation_kit import ARMY, DAY, MONITOR, RIVALS, Desk, FakeAtlas, campaign, place

from mapgen.errors import FormatError, InputError
from mapgen.merging.events import read_baseline, situation_of
from mapgen.model import Actor, Kind, Role, Standing, Status


def events(desk, kind=None, **more):
    found = situation_of(desk.extraction(), **more).events
    return [e for e in found if kind is None or e.kind is kind]


def by_place(found):
    return {e.places[0].name: e for e in found}


def test_same_capture_in_two_articles_is_one_event_per_town():
    taken = by_place(events(campaign(), Kind.CONTROL_CHANGE))
    assert set(taken) == {"Alba", "Dumo", "Bero"}
    assert {c.article for c in taken["Alba"].claims} == {"one", "two"}
    assert taken["Alba"].standing is Standing.ASSESSED
    assert taken["Bero"].standing is Standing.CLAIMED
    assert taken["Alba"].actor == RIVALS
    assert taken["Alba"].from_actor == ARMY


def test_a_stated_week_bounds_the_day_and_publication_ends_it():
    alba = by_place(events(campaign(), Kind.CONTROL_CHANGE))["Alba"]
    assert (alba.earliest, alba.latest) == (date(2031, 5, 4), DAY)
    bero = by_place(events(campaign(), Kind.CONTROL_CHANGE))["Bero"]
    assert (bero.earliest, bero.latest) == (None, DAY)


def test_villages_near_a_town_never_take_the_town():
    bero = by_place(events(campaign(), Kind.CONTROL_CHANGE))["Bero"]
    assert "They took villages around Caro." in [c.quote for c in bero.claims]
    assert bero.standing is Standing.CLAIMED  # the vague report names no town: it proves nothing
    alone = Desk().article("one")
    alone.say(
        "one",
        "They took villages around Caro.",
        Kind.CONTROL_CHANGE,
        place("t:caro", Role.NEAR),
        actor=RIVALS,
    )
    (event,) = events(alone)
    assert event.places[0].role is Role.NEAR


def test_a_vague_capture_by_the_other_side_is_not_attached():
    desk = campaign()
    claim = desk.say(
        "one",
        "The army retook hamlets near Caro.",
        Kind.CONTROL_CHANGE,
        place("t:caro", Role.NEAR),
        actor=ARMY,
    )
    holding = [e for e in events(desk) if claim in e.claims]
    assert [e.actor for e in holding] == [ARMY]


def test_threat_and_advance_on_one_town_are_one_with_the_distance():
    (threat,) = [e for e in events(campaign()) if e.kind in {Kind.THREAT, Kind.ADVANCE}]
    assert threat.kind is Kind.THREAT
    assert threat.places[0].name == "Caro"
    assert threat.places[0].distance_km == 7.0


def test_one_movement_told_twice_is_a_range_not_a_sum():
    flows = [e for e in events(campaign(), Kind.DISPLACEMENT) if e.places[0].role is Role.ORIGIN]
    (flow,) = flows
    assert (flow.figure.low, flow.figure.high) == (2000, 22000)
    assert {p.name for p in flow.places} == {"Caro", "Sudanese shore"}
    assert flow.standing is Standing.CLAIMED  # only the monitor says where they go
    assert "Only RWG named where people went" in flow.rule


def test_a_country_total_stays_apart():
    totals = [e for e in events(campaign(), Kind.DISPLACEMENT) if e.places[0].name == "Sudan"]
    assert [(e.figure.low, len(e.claims)) for e in totals] == [(300000, 1)]


def test_movements_to_two_goals_stay_two():
    desk = Desk().article("one")
    for goal in ("t:dumo", "t:esta"):
        desk.say(
            "one",
            f"People fled Caro for {goal}.",
            Kind.DISPLACEMENT,
            place("t:caro", Role.ORIGIN),
            place(goal, Role.DESTINATION),
        )
    assert len(events(desk)) == 2


def test_hypothetical_and_past_claims_make_no_event():
    desk = Desk().article("one")
    for status in (Status.HYPOTHETICAL, Status.HISTORICAL, Status.NEGATED):
        desk.say(
            "one",
            f"{status.value} Alba",
            Kind.CONTROL_CHANGE,
            place("t:alba"),
            status=status,
            actor=RIVALS,
        )
    assert events(desk) == []


def test_areas_of_one_country_by_one_side_share_an_event_drawn_at_the_finest():
    desk = Desk().article("one")
    desk.say(
        "one",
        "The Front advanced in eastern Sudan.",
        Kind.ADVANCE,
        place("part:SD:east", Role.REGION),
        actor=RIVALS,
    )
    desk.say(
        "one",
        "It took posts along the border.",
        Kind.CONTROL_CHANGE,
        place("border:SD-ER", Role.NEAR),
        actor=RIVALS,
    )
    (event,) = events(desk)
    assert event.places[0].place_id == "border:SD-ER"
    assert event.kind is Kind.CONTROL_CHANGE


def test_strikes_on_two_days_are_two():
    desk = Desk().article("one")
    for day in (date(2031, 5, 1), date(2031, 5, 6)):
        desk.say(
            "one",
            f"Jets struck Esta on {day}.",
            Kind.STRIKE,
            place("t:esta"),
            actor=ARMY,
            days=(day, day, str(day)),
        )
    assert len(events(desk)) == 2


def test_an_unnamed_actor_joins_the_only_side_that_is_named():
    desk = Desk().article("one").article("two")
    desk.say("one", "Esta was captured.", Kind.CONTROL_CHANGE, place("t:esta"))
    desk.say("two", "The Front seized Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS)
    (event,) = events(desk)
    assert event.actor == RIVALS


def test_a_later_change_makes_the_earlier_one_outdated():
    desk = Desk().article("one", published_on=date(2031, 5, 1)).article("two")
    desk.say("one", "The Front took Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS)
    desk.say("two", "The army has retaken Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=ARMY)
    assert {e.actor: e.standing for e in events(desk)} == {
        RIVALS: Standing.OUTDATED,
        ARMY: Standing.STATED,
    }


def test_two_holders_on_one_day_contest_each_other():
    desk = Desk().article("one").article("two")
    desk.say("one", "The Front took Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS)
    desk.say("two", "The army took Esta.", Kind.CONTROL_CHANGE, place("t:esta"), actor=ARMY)
    assert {e.standing for e in events(desk)} == {Standing.CONTESTED}


def test_supply_lines_over_one_hinge_are_one():
    desk = Desk().article("one").article("two")
    desk.say(
        "one",
        "Bero links Alba with Dumo.",
        Kind.SUPPLY_LINE,
        place("t:bero"),
        place("t:alba", Role.ORIGIN),
        place("t:dumo", Role.DESTINATION),
        state="open",
    )
    desk.say(
        "two",
        "Bero is the gateway to the shore.",
        Kind.SUPPLY_LINE,
        place("t:bero"),
        place("region:sd-shore", Role.DESTINATION, "the shore"),
        state="open",
    )
    (event,) = events(desk)
    assert {p.name for p in event.places} == {"Bero", "Alba", "Dumo", "Sudanese shore"}


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_order_of_articles_changes_nothing(order):
    desk = campaign()
    assert (
        situation_of(desk.extraction(order=order)).events == situation_of(desk.extraction()).events
    )


KINDS = [
    Kind.CONTROL_CHANGE,
    Kind.THREAT,
    Kind.CLASH,
    Kind.DISPLACEMENT,
    Kind.ADVANCE,
    Kind.SUPPLY_LINE,
    Kind.WITHDRAWAL,
]
KEYS = ["t:alba", "t:bero", "t:dumo", "iso:SD", "region:sd-shore", "part:SD:east", "border:SD-ER"]
SAID = st.tuples(
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(KINDS),
    st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(list(Role))), min_size=1, max_size=3),
    st.sampled_from([ARMY, RIVALS, None]),
    st.sampled_from([None, 1, 4, 9]),
)


@settings(deadline=None, max_examples=60)  # a shared machine may pause in any example
@given(st.lists(SAID, max_size=7), st.permutations(range(3)))
def test_no_current_claim_with_a_place_is_lost_whatever_the_order(said, order):
    desk = Desk()
    for n, name in enumerate("abc"):
        desk.article(name, published_on=date(2031, 5, 10 + n))
    for name, kind, places, actor, day in said:
        days = (date(2031, 5, day), date(2031, 5, day), "then") if day else None
        desk.say(
            name, "It is said.", kind, *(place(k, r) for k, r in places), actor=actor, days=days
        )
    plain, shuffled = (situation_of(desk.extraction(order=o)) for o in (None, order))
    assert plain.events == shuffled.events
    assert {c.id for e in plain.events for c in e.claims} == {c.id for c in desk.claims}
    assert len({e.id for e in plain.events}) == len(plain.events)


def test_as_of_is_the_last_publication_the_given_day_or_unknown():
    desk = Desk().article("one", published_on=date(2031, 5, 1)).article("two", basis="inferred")
    found = situation_of(desk.extraction())
    assert (found.as_of, found.as_of_basis) == (DAY, "inferred")
    given_day = situation_of(desk.extraction(), as_of=date(2031, 6, 1))
    assert (given_day.as_of, given_day.as_of_basis) == (date(2031, 6, 1), "given")
    undated = situation_of(Desk().article("one", published_on=None).extraction())
    assert (undated.as_of, undated.as_of_basis) == (None, None)


def test_an_actor_without_a_side_stands_for_itself():
    desk = Desk().article("one")
    gunmen = Actor(id="gunmen", name="gunmen", side=None)
    desk.say("one", "Gunmen raided Esta.", Kind.CLASH, place("t:esta"), actor=gunmen)
    desk.say("one", "The army fought in Esta.", Kind.CLASH, place("t:esta"), actor=ARMY)
    assert len(events(desk)) == 2


HEADER = "place,country,place_id,holder,as_of,source\n"


def test_a_baseline_is_read_with_coordinates_from_the_gazetteer(tmp_path):
    file = tmp_path / "before.csv"
    file.write_text(HEADER + "Alba,SD,t:alba,t:army,2031-05-01,field report\n", encoding="utf-8")
    (row,) = read_baseline(file, FakeAtlas())
    assert (row.place, row.holder, row.as_of, row.lat) == (
        "Alba",
        "t:army",
        date(2031, 5, 1),
        15.60,
    )


def test_faults_of_a_baseline_are_named_by_row_and_field(tmp_path):
    file = tmp_path / "before.csv"
    rows = "Alba,SD,t:alba,t:army,May,x\nNowhere,SD,t:none,,2031-05-01,x\n"
    file.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(FormatError, match=r"row 2, as_of: “May”.*row 3, holder: is empty.*t:none"):
        read_baseline(file, FakeAtlas())


def test_a_baseline_that_is_not_there_says_which_are_packaged():
    with pytest.raises(InputError, match="packaged baseline"):
        read_baseline("atlantis-1900", FakeAtlas())


def test_monitor_quoted_by_two_outlets_is_one_source():
    desk = Desk().article("one").article("two")
    for name in ("one", "two"):
        desk.say(
            name,
            f"Esta fell, RWG told {name} reporters.",
            Kind.CONTROL_CHANGE,
            place("t:esta"),
            status=Status.CLAIMED,
            actor=RIVALS,
            attribution=MONITOR,
        )
    (event,) = events(desk)
    assert event.standing is Standing.CLAIMED


def test_people_from_two_towns_are_one_figure():
    desk = Desk().article("one")
    desk.say(
        "one",
        "About 900 fled Alba and Bero.",
        Kind.DISPLACEMENT,
        place("t:alba", Role.ORIGIN),
        place("t:bero", Role.ORIGIN),
        figure=(800, 1000, "About 900"),
    )
    (event,) = events(desk)
    assert (event.figure.low, event.figure.high) == (800, 1000)
    assert {p.name for p in event.places} == {"Alba", "Bero"}


def test_one_spelling_per_town_for_the_whole_map():
    desk = Desk().article("one")
    desk.say("one", "Fighting in Al Esta.", Kind.CLASH, place("t:esta", surface="Al Esta"))
    desk.say("one", "The town was shelled.", Kind.STRIKE, place("t:esta", surface="The town"))
    assert {e.places[0].surface for e in events(desk)} == {"Al Esta"}


def _fled(desk, words, number, *ends):
    figure = (number, number, f"{number:,}")
    return desk.say("one", words, Kind.DISPLACEMENT, *ends, figure=figure)


def test_those_who_fled_a_town_are_not_the_part_of_them_that_reached_another():
    desk = Desk().article("one")
    _fled(desk, "8,300 people fled Alba.", 8_300, place("t:alba", Role.ORIGIN))
    ends = (place("t:alba", Role.ORIGIN), place("t:bero", Role.DESTINATION))
    _fled(desk, "2,000 fled Alba for Bero.", 2_000, *ends)
    told = {tuple(p.name for p in e.places): e.figure.low for e in events(desk) if e.figure}
    assert told == {("Alba",): 8_300, ("Alba", "Bero"): 2_000}


def test_one_movement_that_two_counts_tell_nearly_alike_is_one():
    desk = Desk().article("one")
    _fled(desk, "8,300 people fled Alba.", 8_300, place("t:alba", Role.ORIGIN))
    ends = (place("t:alba", Role.ORIGIN), place("t:bero", Role.DESTINATION))
    _fled(desk, "8,000 fled Alba for Bero.", 8_000, *ends)
    assert len(events(desk, Kind.DISPLACEMENT)) == 1
