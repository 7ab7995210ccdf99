"""People flee from the town that forces come to, never to it."""

from __future__ import annotations

import pytest
from coding_kit import claims, gazetteer, names

from mapgen.coding import RuleCoder
from mapgen.model import Article, Kind, Role

GOMA = "M23 and the army fought near Goma on Monday. "

LEFT = [
    ("By the time M23 rebels reached Kavumu, most civilians had already left.", "Kavumu"),
    ("Residents had fled before the rebels arrived in Bukavu.", "Bukavu"),
    ("Families fled after shells hit Katana.", "Katana"),
    ("Hundreds of people fled when gunmen stormed Minova.", "Minova"),
]


@pytest.mark.parametrize(("text", "town"), LEFT)
def test_people_left_the_town_that_forces_came_to(text: str, town: str) -> None:
    coder = RuleCoder(gazetteer())
    found = coder.code(Article(id="a", text=GOMA + text, country="CD"))[0]
    [fled] = [c for c in found if c.kind is Kind.DISPLACEMENT]
    assert (names(fled, Role.ORIGIN), names(fled, Role.DESTINATION)) == ([town], [])


@pytest.mark.parametrize(("text", "town"), LEFT)
def test_nobody_is_drawn_as_fleeing_to_it(text: str, town: str) -> None:
    found = claims(GOMA + text, "CD")
    assert not [c for c in found if names(c, Role.DESTINATION) == [town]]


NOBODY = [
    "The mayor fled when the rebels entered Bukavu.",
    "Traders left when prices fell in Uvira.",
    "Residents stayed at home as soldiers entered Uvira.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_one_man_traders_and_those_who_stay_are_no_flight(text: str) -> None:
    found = claims(GOMA + text, "CD")
    assert not [c for c in found if c.kind is Kind.DISPLACEMENT and c.places]
