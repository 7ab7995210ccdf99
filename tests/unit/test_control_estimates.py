"""What the map takes as known of who holds which place, before areas are estimated from it."""

from __future__ import annotations

from datetime import date

import pytest
from situation_kit import ARMY, MONITOR, RIVALS, Desk, FakeAtlas, campaign, place

from mapgen.merging.events import situation_of
from mapgen.model import Holding, Kind, Status
from mapgen.settings import Settings
from mapgen.situation.estimates import known_now, shaken, stale
from mapgen.situation.shown import Held, shown


def held(number, *, east_km=0.0, side="army", changed=False):
    return Held(15.0, 32.0 + east_km / 107.4, side, f"t:{number}", changed)


def known_of(desk, baseline=()):
    scene = shown(situation_of(desk.extraction(), baseline=baseline), FakeAtlas(), Settings())
    return {round(k.lat, 2): (k.side, k.unsure) for k in known_now(scene)}


def test_a_town_told_by_two_articles_is_firm_and_one_only_claimed_is_not():
    known = known_of(campaign())
    assert known[15.60] == ("t:rivals", False)  # Alba, in both articles
    assert known[15.40] == ("t:rivals", True)  # Bero, by the monitor alone


def test_a_town_that_reports_contradict_each_other_about_has_no_known_holder():
    desk = Desk().article("one").article("two")
    say = "The River Front has captured Alba."
    desk.say("one", say, Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS, from_actor=ARMY)
    desk.say(
        "two",
        "Alba has not been captured by the River Front, the River Watch Group (RWG) said.",
        Kind.CONTROL_CHANGE,
        place("t:alba"),
        actor=RIVALS,
        from_actor=ARMY,
        status=Status.NEGATED,
        attribution=MONITOR,
    )
    assert known_of(desk) == {15.60: (None, True)}


def test_a_baseline_town_beside_one_that_was_taken_is_unsure():
    # Caro lies 34 km from Alba, which was taken, and 5 and 8 km from two that were not.
    near = [
        Holding(
            place=name, country="SD", place_id=f"t:{name}", holder="t:army",
            as_of=date(2031, 5, 1), source="test", lat=lat, lon=lon,
        )
        for name, lat, lon in (("caro", 15.30, 32.55), ("x", 15.25, 32.55), ("y", 15.30, 32.63))
    ]  # fmt: skip
    desk = Desk().article("one")
    say = "The River Front has captured Alba."
    desk.say("one", say, Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS, from_actor=ARMY)
    known = known_of(desk, near)
    assert known[15.60] == ("t:rivals", False)
    assert known[15.30] == ("t:army", True)


@pytest.mark.parametrize(
    ("taken", "is_stale", "is_shaken"),
    [(0, False, False), (1, False, True), (2, True, True), (3, True, True)],
)
def test_a_baseline_town_among_three_others(taken, is_stale, is_shaken):
    me = held(0)
    around = [
        held(n, east_km=5.0 * n, side="rivals" if n <= taken else "army", changed=n <= taken)
        for n in (1, 2, 3)
    ]
    assert stale(me, [me, *around]) is is_stale
    assert shaken(me, [me, *around]) is is_shaken


def test_what_was_taken_further_than_40_km_away_does_not_count():
    me, far = held(0), held(1, east_km=42.0, side="rivals", changed=True)
    near = held(1, east_km=38.0, side="rivals", changed=True)
    assert not stale(me, [me, far])
    assert stale(me, [me, near])


def test_a_town_that_was_taken_itself_is_never_stale():
    me = held(0, side="rivals", changed=True)
    others = [held(n, east_km=5.0 * n, side="army", changed=True) for n in (1, 2, 3)]
    assert not stale(me, [me, *others])
    assert not shaken(me, [me, *others])


@pytest.mark.parametrize(
    ("kind", "actor", "holder"),
    [
        (Kind.THREAT, RIVALS, "t:army"),
        (Kind.ADVANCE, RIVALS, "t:army"),
        (Kind.REINFORCEMENT, ARMY, "t:army"),
        (Kind.REINFORCEMENT, RIVALS, None),  # their own men near it say nothing of who holds it
        (Kind.STRIKE, RIVALS, None),
    ],
)
def test_a_town_that_an_enemy_stands_before_has_not_fallen(kind, actor, holder):
    caro = Holding(
        place="caro", country="SD", place_id="t:caro", holder="t:army", as_of=date(2031, 5, 1),
        source="test", lat=15.30, lon=32.55,
    )  # fmt: skip
    desk = Desk().article("one")
    for town in ("alba", "bero"):  # both within 40 km of Caro
        say = f"The River Front has captured {town.capitalize()}."
        desk.say("one", say, Kind.CONTROL_CHANGE, place(f"t:{town}"), actor=RIVALS,
                 from_actor=ARMY)  # fmt: skip
    assert known_of(desk, [caro])[15.30] == (None, True)
    desk.say("one", "Something is told of Caro.", kind, place("t:caro"), actor=actor)
    assert known_of(desk, [caro])[15.30] == (holder, True)
