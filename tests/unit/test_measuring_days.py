"""A date that only measures or describes is no day of what happened."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import claim, extract

from mapgen.coding.english.dates import find_dates
from mapgen.model import Kind

DAY = date(2018, 10, 3)  # a Wednesday


@pytest.mark.parametrize(
    "text",
    [
        "Some 300 families went back to Hawija, the first such return since 2014.",
        "In the worst fighting since 2012, 4,000 people fled Goma for Bukavu.",
        "For the first time since 2015, some 250 families returned to Kobani.",
        "Jets bombed Harad, deserted since 2016.",
        "Rebels took the airport, which has been closed since early 2015.",
        "They reached Kirkuk, adding to over 60,000 uprooted in the province since January.",
    ],
)
def test_it_is_left_out(text: str) -> None:
    assert find_dates(text, DAY) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rebels have held Harad since 2016.", "2016"),
        ("About 900 people have fled Taiz for Aden since August.", "August"),
        ("The first families have returned to Harad since Monday.", "Monday"),
        ("The road, closed on Monday, leads to Taiz.", "Monday"),
        ("Bo is held, the first since 3 May, Ko the second since 1 May.", "3 May,1 May"),
        ("The town has been in rebel hands since 3 September.", "3 September"),
    ],
)
def test_the_day_of_an_event_stays(text: str, words: str) -> None:
    assert [d.when.words for d in find_dates(text, DAY)] == words.split(",")


def test_a_capture_has_its_own_day() -> None:
    text = "Government forces captured Baiji, deserted since 2015, on Monday."
    found = claim(text, Kind.CONTROL_CHANGE, "IQ")
    assert found.date is not None
    assert found.date.words == "Monday"


def test_a_flight_in_the_worst_fighting_since_then_is_of_now() -> None:
    text = "In the worst fighting since 2012, 4,000 people fled Goma for Bukavu."
    (move,) = extract(text, "CD", published_on=DAY).claims
    assert move.status.is_current
    assert move.date is None
