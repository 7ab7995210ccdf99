"""Each group of people that a sentence sends to another place has its own number, or none."""

from __future__ import annotations

from functools import cache

import pytest
from coding_kit import gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Claim, Kind, Quantity, Role


@cache
def _reader() -> TwoReaders:
    return TwoReaders(gazetteer())


def _lower_bound(quantity: Quantity) -> str | int | None:
    return quantity.low if quantity.high else f"over {quantity.low}"


def _told(text: str, country: str) -> dict[str, str | int | None]:
    """Return the number of those who came to each place."""
    found: list[Claim] = _reader().code(Article(id="t", text=text, country=country))[0]
    return {
        p.surface: None if c.quantity is None else _lower_bound(c.quantity)
        for c in found
        if c.kind is Kind.DISPLACEMENT and c.status.is_current
        for p in c.places
        if p.role is Role.DESTINATION
    }


@pytest.mark.parametrize(
    ("text", "country", "told"),
    [
        (
            "Some 5,200 families had reached Kabul from Kunduz by Monday, and an unknown number "
            "had gone on to Jalalabad.",
            "AF",
            {"Kabul": 5_200, "Jalalabad": None},
        ),
        (
            "Some 12,000 people fled Marawi, of whom 7,000 went to Iligan and 5,000 to Cagayan de "
            "Oro.",
            "PH",
            {"Iligan": 7_000, "Cagayan de Oro": 5_000},
        ),
        (
            "About 3,000 people fled Bambari to Bria, while dozens of others went to Bangui.",
            "CF",
            {"Bria": 3_000, "Bangui": 24},
        ),
        (
            "More than 6,000 people have arrived in Mekelle, and many more are walking towards "
            "Adigrat.",
            "ET",
            {"Mekelle": "over 6000", "Adigrat": None},
        ),
        (
            "Some 2,400 people from Sake reached Goma, and 1,100 more crossed to Gisenyi in "
            "Rwanda.",
            "CD",
            {"Goma": 2_400, "Gisenyi": 1_100},
        ),
        (
            "About 2,000 people fled Ramadi to Baghdad and, the governor said, more fled to "
            "Habbaniyah.",
            "IQ",
            {"Baghdad": 2_000, "Habbaniyah": None},
        ),
    ],
)
def test_a_number_is_that_of_its_own_group(
    text: str, country: str, told: dict[str, int | str | None]
) -> None:
    assert _told(text, country) == told


def test_the_rest_is_the_whole_less_the_other_part() -> None:
    text = "Of the 9,000 people who fled Sinjar, 6,500 went to Dohuk and the rest to Zakho."
    assert _told(text, "IQ") == {"Dohuk": 6_500, "Zakho": 2_500}


def test_the_rest_of_about_so_many_has_no_number() -> None:
    text = "Some 800 families left Stepanakert, of whom 500 reached Goris and the rest Sisian."
    assert _told(text, "AM") == {"Goris": 500, "Sisian": None}
    units = {c.quantity.unit for c in _reader().code(Article(id="t", text=text))[0] if c.quantity}
    assert units == {"families"}


def test_most_and_others_have_no_number_but_all_have() -> None:
    text = "About 15,000 people fled Bunia, most of them to Beni, others to Kasese in Uganda."
    assert _told(text, "CD") == {"Beni": None, "Kasese": None}
    found = _reader().code(Article(id="t", text=text, country="CD"))[0]
    (whole,) = [c for c in found if c.quantity]
    assert (whole.quantity and whole.quantity.low, [p.surface for p in whole.places]) == (
        15_000,
        ["Bunia"],
    )


def test_one_number_for_two_towns_stays_that_of_both() -> None:
    text = "More than 4,000 people fled Hodeidah for Sanaa and Ibb."
    assert _told(text, "YE") == {"Sanaa": "over 4000", "Ibb": "over 4000"}


def test_the_dead_are_no_part_of_those_who_fled() -> None:
    text = "Gunmen killed 30 people in Bambari, and the rest fled to Bria."
    assert _told(text, "CF") == {"Bria": None}


def test_a_day_begins_no_group() -> None:
    text = "Some 3,000 people fled Bambari to Bria on 12 June and to Bangui a week later."
    assert _told(text, "CF") == {"Bria": 3_000, "Bangui": 3_000}


def test_a_number_behind_the_first_place_is_no_other_group() -> None:
    text = (
        "Tens of thousands of people are walking to Sukhumi and Ochamchire; about 18,000 were "
        "carried by sea to Poti."
    )
    told = _told(text, "GE")
    assert told["Poti"] == 18_000
    assert 18_000 not in {told.get("Sukhumi"), told.get("Ochamchire")}
