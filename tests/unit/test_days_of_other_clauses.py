"""The day of a clause with "although" is not that of the people of whom the sentence tells."""

from __future__ import annotations

import pytest
from readers_kit import read_twice

from mapgen.model import Kind

DAYS = [
    ("Roughly 900 have taken boats to Goma, although Sake was raided on the 14th.", "CD", None),
    ("About 2,000 people have moved to Goma, although the road was shelled on Monday.", "CD", None),
    (
        "Some 700 families have moved to Minova, even though its market burned down on 12 "
        "November.",
        "CD",
        None,
    ),
    ("Although Sake was shelled on Monday, about 2,000 people have moved to Goma.", "CD", None),
    (
        "Although the road was cut on Friday, about 2,000 people moved to Goma on Monday.",
        "CD",
        "2023-11-20",
    ),
    ("About 2,000 people moved to Goma on Monday, though aid had stopped.", "CD", "2023-11-20"),
    (
        "On Monday about 2,000 people moved to Goma, although the road had been mined on Friday.",
        "CD",
        "2023-11-20",
    ),
    ("About 2,000 people have moved to Goma, where rockets killed nine on Monday.", "CD", None),
    ("More than 2,000 people fled to Goma when Sake was shelled on Monday.", "CD", "2023-11-20"),
]


@pytest.mark.parametrize(("text", "country", "day"), DAYS)
def test_the_day_of_a_flight_is_that_of_its_clause(
    text: str, country: str, day: str | None
) -> None:
    made = read_twice(text, country, "2023-11-22")
    [flight] = [c for c in made if c.kind is Kind.DISPLACEMENT]
    start = flight.date.start if flight.date else None
    assert (start.isoformat() if start else None) == day


def test_the_number_behind_a_month_is_no_day() -> None:
    text = "In June 3,000 people fled from Kodok to Malakal."
    [flight] = [c for c in read_twice(text, "SS", "2023-07-10") if c.kind is Kind.DISPLACEMENT]
    assert flight.date is not None
    assert str(flight.date.start) == "2023-06-01"
    assert str(flight.date.end) == "2023-06-30"


ORDERS = [
    ("On Thursday the mayor told everyone in Tarhuna to leave.", True),
    ("On Thursday the mayor told everyone in Tarhuna to stay calm.", False),
    ("The army urged residents of Tarhuna to stay indoors and not to take to the roads.", False),
    ("The army told residents of Tarhuna to leave and those of Bani Walid to stay.", True),
]


@pytest.mark.parametrize(("text", "is_told"), ORDERS)
def test_who_is_told_to_stay_is_not_told_to_leave(text: str, *, is_told: bool) -> None:
    made = read_twice(text, "LY", "2020-05-24")
    assert any(c.kind is Kind.EVACUATION_ORDER for c in made) == is_told
