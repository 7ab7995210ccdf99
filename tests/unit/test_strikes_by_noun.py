"""Strikes told by a noun or a weapon: "a drone attack on Y killed two", "rockets fall on Y"."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind


def _struck(text: str, country: str) -> list[str]:
    return [
        p.surface
        for c in claims(text, country)
        if c.kind is Kind.STRIKE and c.status.is_current
        for p in c.places
    ]


WAR = " Russian troops fought Ukrainian soldiers and rebels last week."


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        ("A drone attack on Port Sudan killed two people.", "SD", "Port Sudan"),
        ("A Houthi missile attack on Marib on Sunday wounded nine.", "YE", "Marib"),
        ("A rocket attack on Haifa on Monday damaged a school.", "IL", "Haifa"),
        ("Most of the strikes hit Odesa, the mayor said.", "UA", "Odesa"),
        ("An Iskander struck Sumy on Sunday.", "UA", "Sumy"),
        ("Two Kinzhal missiles hit Lviv overnight.", "UA", "Lviv"),
        ("Rockets fall on Stepanakert again.", "AZ", "Stepanakert"),
        ("Shells fell on Minova in the morning.", "CD", "Minova"),
        ("Shells landed on Omdurman at dawn.", "SD", "Omdurman"),
        ("Grad rockets rained down on Mykolaiv.", "UA", "Mykolaiv"),
        ("An artillery attack on Taiz killed a child.", "YE", "Taiz"),
    ],
)
def test_a_weapon_or_a_noun_tells_a_strike(text: str, country: str, town: str) -> None:
    assert town in _struck(text + WAR, country)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A heart attack on Sunday killed the mayor of Odesa.", "UA"),
        ("The teachers' strikes hit Odesa on Monday.", "UA"),
        ("A verbal attack on Kyiv by the minister drew criticism.", "UA"),
        ("A drone attack on Kyiv was averted on Sunday.", "UA"),
        ("Russia plans a missile attack on Kyiv.", "UA"),
        ("Prices fall on Kharkiv's market.", "UA"),
        ("Night falls on Stepanakert.", "AZ"),
        ("Snow fell on Aleppo on Monday.", "SY"),
        ("There was no drone attack on Sumy on Sunday.", "UA"),
        ("A tornado struck Odesa on Sunday.", "UA"),
        ("A cyber attack on Lviv cut the heating.", "UA"),
        ("Suspicion fell on Odesa after the rockets had gone.", "UA"),
    ],
)
def test_other_attacks_strikes_and_falls_are_no_strikes(text: str, country: str) -> None:
    assert _struck(text + WAR, country) == []


def test_a_school_that_gunmen_burn_is_an_attack_in_its_town() -> None:
    text = "Gunmen burned a school in Bamenda on Monday. Separatists fought the army elsewhere."
    found = [c for c in claims(text, "CM") if c.status.is_current and c.places]
    assert [[p.surface for p in c.places] for c in found] == [["Bamenda"]]


@pytest.mark.parametrize(
    "text",
    [
        "Residents burned rubbish in Bamenda on Monday.",
        "Gunmen burned with anger in Bamenda on Monday.",
    ],
)
def test_burning_of_other_things_is_none(text: str) -> None:
    assert not [
        c for c in claims(text + WAR, "CM") if c.kind is not Kind.CLASH and c.status.is_current
    ]


def test_a_town_struck_from_the_air_is_struck_whatever_befell_it_before() -> None:
    text = "Demoso, emptied in 2021, was struck from the air twice on Tuesday."
    (found,) = claims(text, "MM")
    assert (found.kind, found.status.is_current) == (Kind.STRIKE, True)
    assert [p.surface for p in found.places] == ["Demoso"]


def test_a_town_struck_by_a_storm_is_not() -> None:
    assert _struck("Sittwe was struck by the cyclone on Sunday. " + WAR, "MM") == []
