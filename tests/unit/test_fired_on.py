"""Strikes by aircraft and shots, withdrawals that "fall back", and calls to get out."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Role

AT_WAR = "Jihadists attacked soldiers in Djibo and killed 20 of them. "

STRUCK = [
    ("US B-52s struck Taliban positions in Sheberghan overnight.", "AF", "Sheberghan"),
    ("An army helicopter fired on suspected rebel boats off Zaranj.", "AF", "Zaranj"),
    ("Su-24s hit rebel bases in Taftanaz.", "SY", "Taftanaz"),
    ("Soldiers fired at protesters in Kaya.", "BF", "Kaya"),
    ("The army struck a Fano camp near Lalibela.", "ET", "Lalibela"),
]


@pytest.mark.parametrize(("text", "country", "town"), STRUCK)
def test_what_aircraft_and_soldiers_fire_on_is_struck(text: str, country: str, town: str) -> None:
    found = [c for c in claims(AT_WAR + text, country) if c.start >= len(AT_WAR)]
    assert [c.kind for c in found] == [Kind.STRIKE]
    assert [p.surface for p in found[0].places] == [town]


NOT_STRUCK = [
    ("The minister was fired on Friday in Ouagadougou.", "BF"),
    ("Hunters fired at birds near Kongoussi.", "BF"),
    ("The president struck a deal in Kaya.", "BF"),
    ("F-16s arrived in Kaya.", "BF"),
    ("Prices fell back from their peak in Kaya.", "BF"),
    ("The B4 form hit the desks in Kaya.", "BF"),
]


@pytest.mark.parametrize(("text", "country"), NOT_STRUCK)
def test_nothing_is_struck(text: str, country: str) -> None:
    assert not [c for c in claims(AT_WAR + text, country) if c.start >= len(AT_WAR)]


def test_forces_that_fall_back_from_a_town_withdraw_from_it() -> None:
    [left] = [
        c
        for c in claims(AT_WAR + "The army fell back from Arbinda to Djibo.", "BF")
        if c.kind is Kind.WITHDRAWAL
    ]
    assert [(p.surface, p.role) for p in left.places] == [("Arbinda", Role.ORIGIN)]


@pytest.mark.parametrize(
    "call", ["asked residents of Kelbo to get out", "told people in Kelbo to clear out"]
)
def test_a_call_to_get_out_is_an_order_to_leave(call: str) -> None:
    found = claims(AT_WAR + f"The army {call}.", "BF")
    assert [c.kind for c in found if c.status.is_current][-1] is Kind.EVACUATION_ORDER
    assert not [c for c in found if c.kind is Kind.DISPLACEMENT and c.status.is_current]


def test_the_day_of_an_aside_dates_nothing_that_follows() -> None:
    text = "In Mansila, lost in June, jihadists burned a school. The army fell back from Arbinda."
    [left] = [c for c in claims(AT_WAR + text, "BF") if c.kind is Kind.WITHDRAWAL]
    assert left.date is None or "June" not in left.date.words


def test_who_speaks_of_a_place_is_not_the_source_of_who_fled_there() -> None:
    text = (
        "Around 2,700 people left Kelbo for Djibo, where the mayor says he has room for half that "
        "number."
    )
    [fled] = [c for c in claims(AT_WAR + text, "BF") if c.kind is Kind.DISPLACEMENT]
    assert fled.attribution is None
