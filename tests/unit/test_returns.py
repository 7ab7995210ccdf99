"""People who go back are no flight, and those who are only expected are not drawn."""

from __future__ import annotations

import pytest

from mapgen.model import Kind, Role
from tests.unit.coding_kit import claims, names


@pytest.mark.parametrize(
    ("country", "text", "place"),
    [
        ("SD", "Some 95 families went back to Wad Madani from Gedaref after the fighting.",
         "Wad Madani"),
        ("MM", "About 1,200 people have gone home to Lashio since the clashes ended.", "Lashio"),
        ("CD", "Another 2,300 displaced people went home to Goma after M23 fighters left.", "Goma"),
    ],
)  # fmt: skip
def test_who_goes_back_returns(country: str, text: str, place: str) -> None:
    (told,) = claims(text, country)
    assert told.kind is Kind.RETURN
    assert names(told, Role.DESTINATION) == [place]


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("SD", "About 300 people went to Wad Madani after the RSF attacked Sennar."),
        ("CD", "Some 2,300 people went to Minova after M23 attacked Sake."),
    ],
)
def test_who_goes_elsewhere_flees(country: str, text: str) -> None:
    assert {c.kind for c in claims(text, country)} & {Kind.DISPLACEMENT, Kind.RETURN} == {
        Kind.DISPLACEMENT
    }


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("CD", "Partners are preparing for up to 40,000 arrivals in Uvira as M23 attacks go on."),
        ("SD", "In a worst-case scenario, 60,000 people displaced by fighting reach Kosti."),
        ("TD", "Adre is bracing for 20,000 refugees from El Geneina after the RSF attacked it."),
        ("UA", "A contingency plan has 5,000 people evacuated from Lyman after shelling."),
    ],
)
def test_who_is_only_expected_has_not_come(country: str, text: str) -> None:
    moves = [c for c in claims(text, country) if c.kind is Kind.DISPLACEMENT]
    assert [c.quote for c in moves if c.status.is_current] == []
