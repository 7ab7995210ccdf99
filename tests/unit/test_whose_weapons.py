"""Whose weapons struck is read in the words before the weapon, never guessed from its maker."""

from __future__ import annotations

import pytest
from coding_kit import actor_name, claim, claims

from mapgen.model import Kind

STRIKES = [
    ("UA", "Russian strikes on Kharkiv killed three on Thursday.", "Russian forces"),
    (
        "UA",
        "A Russian missile struck an apartment block in Zaporizhzhia, killing nine people.",
        "Russian forces",
    ),
    ("UA", "Ukrainian missiles struck a Russian jet at Belbek on Thursday.", "Ukrainian forces"),
    ("LB", "An Israeli drone strike on a car in Tyre killed two people.", "Israeli forces"),
    ("PS", "Israel's air strikes on Rafah killed 12 people on Thursday.", "Israeli forces"),
    ("SD", "Drone strikes by the RSF hit Port Sudan on Sunday.", "Rapid Support Forces"),
    ("SD", "An RSF drone hit the airport of Merowe on Monday.", "Rapid Support Forces"),
    ("YE", "A Houthi missile hit the market of Marib on Thursday.", "Houthi forces"),
    ("MM", "Junta air strikes on Myawaddy killed three on Thursday.", "Myanmar military"),
    ("SY", "Turkish drones struck Qamishli on Thursday.", "Turkey"),
]


@pytest.mark.parametrize(("country", "text", "who"), STRIKES)
def test_the_side_whose_weapons_struck(country: str, text: str, who: str) -> None:
    assert actor_name(claim(text, Kind.STRIKE, country)) == who


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("UA", "Iranian Shahed drones hit Odesa on Thursday."),  # Russia flies them
        ("UA", "Turkish drones hit Donetsk on Thursday."),
        ("UA", "A missile hit a Russian drone base near Taganrog on Thursday."),
        ("UA", "A drone struck Russian artillery near Tokmak on Thursday."),
        ("UA", "Drones hit an oil depot near Feodosia on Monday."),
        (
            "SD",
            "The RSF fought the army in El Fasher. An air strike hit the market of Kabkabiya on "
            "Monday, killing 40 people.",
        ),
    ],
)
def test_a_maker_or_a_target_is_no_striker(country: str, text: str) -> None:
    struck = [c for c in claims(text, country) if c.kind is Kind.STRIKE]
    assert struck
    assert [actor_name(c) for c in struck] == [None] * len(struck)


def test_weapons_of_two_sides_in_one_sentence_name_neither() -> None:
    text = "Russian missiles and Ukrainian drones hit Kupiansk on Thursday."
    assert {actor_name(c) for c in claims(text, "UA") if c.kind is Kind.STRIKE} <= {None}
