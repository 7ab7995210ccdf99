"""Where fighting is told to be: reported at a place, going on in it, or at one in no list."""

from __future__ import annotations

import pytest
from coding_kit import claims, names

from mapgen.model import Kind, Role

AT_WAR = "Rebels attacked soldiers near Bhamo and killed 20 of them. "

TOLD = [
    ("Shelling was reported at Bhamo on Friday.", Kind.STRIKE, "Bhamo"),
    ("In Shwegu, air strikes went on for a third day.", Kind.STRIKE, "Shwegu"),
    ("In Falam, street fighting continued all week.", Kind.CLASH, "Falam"),
    ("Heavy fighting was heard in Loikaw.", Kind.CLASH, "Loikaw"),
    ("An army captain told of heavy fighting at Falam.", Kind.CLASH, "Falam"),
]


@pytest.mark.parametrize(("text", "kind", "town"), TOLD)
def test_fighting_that_is_reported_or_goes_on_is_where_it_is_told_to_be(
    text: str, kind: Kind, town: str
) -> None:
    found = [c for c in claims(AT_WAR + text, "MM") if c.start >= len(AT_WAR)]
    assert [(c.kind, names(c)) for c in found] == [(kind, [town])]


IN_NO_LIST = [
    ("Fighting between soldiers and rebels broke out at Warjwokk on Monday.", "Warjwokk"),
    ("Rebels ambushed a column at Deim Kellenn and burned nine lorries.", "Deim Kellenn"),
]


@pytest.mark.parametrize(("text", "name"), IN_NO_LIST)
def test_a_name_in_no_list_at_which_there_was_fighting_is_a_place(text: str, name: str) -> None:
    found = [c for c in claims(AT_WAR + text, "MM") if c.start >= len(AT_WAR)]
    assert [(c.kind, names(c)) for c in found] == [(Kind.CLASH, [name])]
    assert found[0].places[0].lat is None


@pytest.mark.parametrize(
    "text",
    ["Reporters shouted at Warjwokk on Monday.", "Soldiers fired at Mr Owachik in Bhamo."],
)
def test_those_who_are_shouted_or_shot_at_are_no_places(text: str) -> None:
    found = [c for c in claims(AT_WAR + text, "MM") if c.start >= len(AT_WAR)]
    assert not {"Warjwokk", "Owachik"} & {p.surface for c in found for p in c.places}


def test_our_men_are_those_of_whoever_speaks() -> None:
    text = "The army and M23 clashed near Fizi. “Our men hold Baraka,” an M23 spokesman said."
    [found] = [c for c in claims(text, "CD") if c.kind is Kind.CONTROL_STATE]
    assert found.actor is not None
    assert (found.actor.name, names(found)) == ("M23", ["Baraka"])


def test_soldiers_who_leave_their_post_in_a_town_withdraw_from_it() -> None:
    text = "Soldiers and rebels clashed near Fizi. The soldiers left their position in Baraka."
    [found] = [c for c in claims(text, "CD") if c.kind is Kind.WITHDRAWAL]
    assert names(found, Role.ORIGIN) == ["Baraka"]


def test_nobody_moved_to_the_town_that_is_fought_for() -> None:
    text = "The battle for Tripoli goes on. The UN puts the number displaced by the battle for "
    found = claims(text + "Tripoli since November at 94,000.", "LY")
    assert not [c for c in found if names(c, Role.DESTINATION)]


def test_what_once_befell_a_town_does_not_date_who_holds_it() -> None:
    text = "The junta remains in control of Loikaw, attacked by resistance forces in May 2021. "
    found = claims(text + "Some 300 families have gone back to Demoso.", "MM")
    now = [(c.kind, c.status.is_current, names(c)) for c in found]
    assert (Kind.CONTROL_STATE, True, ["Loikaw"]) in now
    assert (Kind.RETURN, True, ["Demoso"]) in now


BEATEN_BACK = [
    ("They were driven back by Islamic State gunmen near Awja.", "Iraqi forces", "Awja"),
    ("Iraqi troops were forced back in Fallujah by car bombs.", "Iraqi forces", "Fallujah"),
]


@pytest.mark.parametrize(("text", "side", "town"), BEATEN_BACK)
def test_troops_who_are_driven_back_fought_there(text: str, side: str, town: str) -> None:
    first = "Iraqi forces pushed toward Tikrit from the south on Tuesday. "
    [found] = [c for c in claims(first + text, "IQ") if c.start >= len(first)]
    assert (found.kind, names(found)) == (Kind.CLASH, [town])
    assert found.actor is not None
    assert found.actor.name == side


def test_protesters_who_are_pushed_back_fought_nobody() -> None:
    first = "Iraqi forces pushed toward Tikrit from the south on Tuesday. "
    text = first + "Protesters were pushed back in Basra."
    assert not [c for c in claims(text, "IQ") if c.start >= len(first)]


def test_rockets_fired_at_a_town_struck_it_and_fireworks_did_not() -> None:
    first = "Rebels took Myawaddy on Monday. "
    [found] = [
        c
        for c in claims(first + "Rockets have been fired at Kawkareik since Friday.", "MM")
        if c.start >= len(first)
    ]
    assert (found.kind, names(found)) == (Kind.STRIKE, ["Kawkareik"])
    text = first + "Fireworks were fired at Kawkareik."
    assert not [c for c in claims(text, "MM") if c.start >= len(first)]
