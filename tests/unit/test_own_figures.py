"""Each place of a list with numbers has its own; what grew or fell is no range."""

from __future__ import annotations

import pytest
from coding_kit import claims, gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Claim, Kind


def _figures(text: str, country: str) -> dict[str, int | None]:
    """Return the figure of each destination or host, as both readers tell it."""
    article = Article(id="t", text=text, country=country)
    found: list[Claim] = TwoReaders(gazetteer()).code(article)[0]
    return {
        p.surface: c.quantity.low if c.quantity else None
        for c in found
        if c.status.is_current
        for p in c.places
        if p.role.value in {"destination", "at"}
    }


@pytest.mark.parametrize(
    ("text", "country", "told"),
    [
        (
            "Around 200,000 people were uprooted in Nineveh, of whom 130,000 are now in Dohuk and "
            "40,000 in Erbil.",
            "IQ",
            {"Dohuk": 130_000, "Erbil": 40_000},
        ),
        (
            "People fled Mirebalais. Of these, 3,150 are in Hinche and 1,730 in Gonaïves.",
            "HT",
            {"Hinche": 3_150, "Gonaïves": 1_730},
        ),
        (
            "Some 2,000 fled to Gedaref, 1,500 to Kassala and 900 to Port Sudan.",
            "SD",
            {"Gedaref": 2_000, "Kassala": 1_500, "Port Sudan": 900},
        ),
    ],
)
def test_each_place_has_the_number_before_it(text: str, country: str, told: dict[str, int]) -> None:
    assert _figures(text, country) == told


def test_one_number_for_two_places_stays_one() -> None:
    found = claims("Some 5,000 people fled to Gedaref and Kassala.", "SD")
    moved = [c for c in found if c.kind is Kind.DISPLACEMENT]
    assert [(c.quantity and c.quantity.low, len(c.places)) for c in moved] == [(5_000, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "The displaced population in Kassala fell from 7,000 to 4,800 as families went home.",
        "The number of the displaced in Kassala grew from 3,000 to 5,000 in a week.",
    ],
)
def test_what_grew_or_fell_is_no_range(text: str) -> None:
    figures = [c.quantity for c in claims(text, "SD") if c.quantity]
    assert all(q.low == q.high for q in figures)
    assert {q.low for q in figures} <= {4_800, 5_000}


@pytest.mark.parametrize(
    ("text", "country", "town", "origin"),
    [
        ("Butembo reports 4,200 new arrivals from Lubero.", "CD", "Butembo", "Lubero"),
        ("Kassala reported another 900 displaced people from Singa.", "SD", "Kassala", "Singa"),
    ],
)
def test_a_town_that_reports_arrivals_takes_them_in(
    text: str, country: str, town: str, origin: str
) -> None:
    (move,) = [c for c in claims(text, country) if c.kind is Kind.DISPLACEMENT]
    assert {(p.surface, p.role.value) for p in move.places} == {
        (town, "destination"),
        (origin, "origin"),
    }
    assert move.attribution is None


def test_an_agency_that_reports_arrivals_is_the_source() -> None:
    (move,) = claims("UNHCR reports 4,200 arrivals from Lubero in Butembo.", "CD")
    assert move.attribution is not None
    assert move.attribution.name == "UNHCR"
