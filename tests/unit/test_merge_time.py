"""Merging over weeks and months: later evidence, undated reports, articles added one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from situation_kit import ARMY, DAY, MONITOR, RIVALS, Desk, place

from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role, Standing, Status

A, B = RIVALS, ARMY


def told(*reports, kind=Kind.CONTROL_CHANGE):
    """Say that Esta fell: (day of publication, actor, status, stated day) each, an article each."""
    desk = Desk()
    for n, (day, actor, status, stated) in enumerate(reports):
        name = f"a{n}"
        desk.article(name, published_on=DAY + timedelta(days=day))
        when = DAY + timedelta(days=stated) if stated is not None else None
        desk.say(
            name,
            f"In words of its own article {n} tells of Esta.",
            kind,
            place("t:esta"),
            actor=actor,
            status=status,
            days=(when, when, "then") if when else None,
        )
    return situation_of(desk.extraction()).events


def holders(events):
    """Return who holds Esta by the events that stand."""
    return {e.actor.id for e in events if e.standing not in {Standing.OUTDATED, Standing.DENIED}}


SAID, NOT = Status.ASSERTED, Status.NEGATED


def test_a_town_can_be_taken_lost_and_taken_again():
    first = told((0, A, SAID, None), (9, B, SAID, None))
    assert holders(first) == {B.id}
    again = told((0, A, SAID, None), (9, B, SAID, None), (20, A, SAID, None))
    assert holders(again) == {A.id}
    days = [(e.latest, e.standing) for e in sorted(again, key=lambda e: e.latest)]
    assert days == [
        (DAY, Standing.OUTDATED),
        (DAY + timedelta(days=9), Standing.OUTDATED),
        (DAY + timedelta(days=20), Standing.STATED),
    ]
    dated = told((9, B, SAID, 5), (9, A, SAID, 1), (9, A, SAID, 8))
    assert holders(dated) == {A.id}


def test_reports_of_one_day_contest_and_a_later_one_decides():
    assert {e.standing for e in told((0, A, SAID, None), (0, B, SAID, None))} == {
        Standing.CONTESTED
    }
    assert holders(told((0, A, SAID, None), (0, B, SAID, None), (3, A, SAID, None))) == {A.id}


def test_the_same_holder_told_of_again_is_not_outdated():
    events = told((0, A, SAID, 0), (20, A, SAID, 20))
    assert {e.standing for e in events} == {Standing.STATED}
    assert all("another holder" not in e.rule for e in events)


def test_a_denial_says_nothing_of_what_came_after_it():
    (later,) = told((0, A, NOT, None), (60, A, SAID, None))
    assert later.standing is Standing.STATED
    (dated,) = told((0, A, NOT, None), (6, A, SAID, 5))
    assert dated.standing is Standing.STATED
    for day in (0, 2, 90):
        (denied,) = told((0, A, SAID, None), (day, A, NOT, None))
        assert denied.standing is Standing.CONTESTED
        assert len(denied.claims) == 2


def test_a_denial_makes_no_report_later():
    events = told((0, A, SAID, None), (0, B, SAID, None), (5, A, NOT, None))
    assert {e.standing for e in events} == {Standing.CONTESTED}


@given(st.integers(0, 400))
@settings(deadline=None, max_examples=30)
def test_a_report_without_a_day_is_reported_by_its_publication(gap):
    events = told((0, A, SAID, None), (gap, A, SAID, None), kind=Kind.STRIKE)
    assert {e.earliest for e in events} == {None}
    expected = {DAY} if gap <= 30 else {DAY, DAY + timedelta(days=gap)}
    assert {e.latest for e in events} == expected


def test_a_wire_story_in_five_outlets_is_one_source():
    desk = Desk()
    lines = [
        "Fighters of the Front entered Esta at dawn after the garrison left its posts.",
        "The market stayed shut and the bridge to the north was closed to lorries all day.",
    ]
    for name in "abcde":
        desk.article(name)
        for line in lines:
            desk.say(name, line, Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS)
    (event,) = situation_of(desk.extraction()).events
    assert event.standing is Standing.STATED
    assert len({c.article for c in event.claims}) == 5
    desk.article("f").say(
        "f", "Our own reporter saw it.", Kind.CONTROL_CHANGE, place("t:esta"), actor=RIVALS
    )
    (event,) = situation_of(desk.extraction()).events
    assert event.standing is Standing.ASSESSED
    assert "two independent articles" in event.rule


def test_a_part_and_its_whole_stay_apart():
    desk = Desk().article("one").article("two")
    desk.say("one", "Alba fell.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS)
    desk.say("two", "North province fell.", Kind.CONTROL_CHANGE, place("iso:SD-NO"), actor=RIVALS)
    events = situation_of(desk.extraction()).events
    assert sorted(e.places[0].place_id for e in events) == ["iso:SD-NO", "t:alba"]
    assert {e.standing for e in events} == {Standing.STATED}  # neither confirms the other


def test_a_stock_and_a_flow_of_one_province_stay_apart():
    desk = Desk().article("one").article("two")
    desk.say(
        "one",
        "In North province 40,000 live displaced.",
        Kind.DISPLACEMENT,
        place("iso:SD-NO", Role.REGION),
        figure=(40_000, 40_000, "40,000"),
    )
    desk.say(
        "two",
        "Some 3,000 fled North province for Esta.",
        Kind.DISPLACEMENT,
        place("iso:SD-NO", Role.ORIGIN),
        place("t:esta", Role.DESTINATION),
        figure=(3_000, 3_000, "Some 3,000"),
    )
    ranges = {(e.figure.low, e.figure.high) for e in situation_of(desk.extraction()).events}
    assert ranges == {(40_000, 40_000), (3_000, 3_000)}


@given(st.lists(st.tuples(st.integers(1, 90_000), st.integers(0, 5)), min_size=1, max_size=6))
@settings(deadline=None, max_examples=50)
def test_one_movement_is_a_range_with_every_source_and_never_a_sum(reports):
    desk = Desk()
    for n, (people, day) in enumerate(reports):
        desk.article(f"a{n}", published_on=DAY + timedelta(days=day))
        desk.say(
            f"a{n}",
            f"Report {n} counts people who fled Bero for Esta.",
            Kind.DISPLACEMENT,
            place("t:bero", Role.ORIGIN),
            place("t:esta", Role.DESTINATION),
            figure=(people, people, str(people)),
        )
    (event,) = situation_of(desk.extraction()).events
    figures = [people for people, _ in reports]
    assert (event.figure.low, event.figure.high) == (min(figures), max(figures))
    assert {c.article for c in event.claims} == set(desk.articles)


def test_families_are_not_counted_among_people():
    from dataclasses import replace

    desk = Desk().article("one")
    for text, low in (("900 families fled Bero.", 900), ("5,000 people fled Bero.", 5000)):
        desk.say(
            "one",
            text,
            Kind.DISPLACEMENT,
            place("t:bero", Role.ORIGIN),
            figure=(low, low, text.split(" fled", maxsplit=1)[0]),
        )
    first = desk.claims[0]
    desk.claims[0] = replace(first, quantity=replace(first.quantity, unit="families"))
    (event,) = situation_of(desk.extraction()).events
    assert (event.figure.low, event.figure.high) == (5000, 5000)


KEYS = ["t:alba", "t:bero", "t:dumo", "iso:SD-NO", "region:sd-shore", "part:SD:east"]
REPORT = st.tuples(
    st.integers(0, 120),
    st.sampled_from(
        [
            Kind.CONTROL_CHANGE,
            Kind.STRIKE,
            Kind.DISPLACEMENT,
            Kind.ADVANCE,
            Kind.CONTROL_STATE,
            Kind.SUPPLY_LINE,
        ]
    ),
    st.sampled_from(KEYS),
    st.sampled_from([Role.AT, Role.NEAR, Role.ORIGIN, Role.DESTINATION]),
    st.sampled_from([ARMY, RIVALS, None]),
    st.sampled_from([Status.ASSERTED, Status.CLAIMED, Status.NEGATED]),
    st.booleans(),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(REPORT, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_adding_an_article_loses_no_claim_and_order_changes_nothing(reports, random):
    desk = Desk()
    kept: set[str] = set()
    for n, (day, kind, key, role, actor, status, dated) in enumerate(reports):
        on = DAY + timedelta(days=day)
        desk.article(f"a{n}", published_on=on)
        claim = desk.say(
            f"a{n}",
            f"Article {n} says so.",
            kind,
            place(key, role),
            actor=actor,
            status=status,
            attribution=MONITOR if status is Status.CLAIMED else None,
            days=(on, on, "then") if dated else None,
        )
        if status.is_current:
            kept.add(claim.id)
        found = situation_of(desk.extraction())
        assert kept <= {c.id for e in found.events for c in e.claims}
        assert len({e.id for e in found.events}) == len(found.events)
    order = list(range(len(reports)))
    random.shuffle(order)
    assert situation_of(desk.extraction(order=order)).events == found.events


@pytest.mark.parametrize("days", [10, 700])
def test_hamlets_near_a_town_hang_on_a_capture_of_that_time_only(days):
    desk = (
        Desk().article("old", published_on=DAY).article("new", published_on=DAY + timedelta(days))
    )
    desk.say("old", "The Front took Bero.", Kind.CONTROL_CHANGE, place("t:bero"), actor=RIVALS)
    desk.say(
        "new",
        "The Front took hamlets near Caro.",
        Kind.CONTROL_CHANGE,
        place("t:caro", Role.NEAR),
        actor=RIVALS,
    )
    assert len(situation_of(desk.extraction()).events) == (1 if days == 10 else 2)


def test_a_week_and_a_day_within_it_are_one_capture():
    desk = Desk().article("one").article("two")
    for name, start in (("one", date(2031, 5, 4)), ("two", date(2031, 5, 8))):
        desk.say(
            name,
            f"Article {name} says Esta fell.",
            Kind.CONTROL_CHANGE,
            place("t:esta"),
            actor=RIVALS,
            days=(start, max(start, date(2031, 5, 8)), "then"),
        )
    (event,) = situation_of(desk.extraction()).events
    assert (event.earliest, event.latest) == (date(2031, 5, 8), date(2031, 5, 8))
