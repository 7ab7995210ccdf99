"""Days as reports write them, and numbers with spaces; an age is no number of people."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding.english.dates import find_dates
from mapgen.coding.english.quantities import find_figures

FRIDAY = date(2024, 12, 6)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Rebels took Bara last Friday.", "2024-11-29", "2024-11-29"),
        ("Rebels took Bara on Friday.", "2024-12-06", "2024-12-06"),
        ("Rebels took Bara last Wednesday.", "2024-12-04", "2024-12-04"),
        ("Thousands fled on Monday last week.", "2024-11-25", "2024-11-25"),
        ("Thousands fled on Friday last week.", "2024-11-29", "2024-11-29"),
        ("Lashio fell between 3 and 5 December.", "2024-12-03", "2024-12-05"),
        ("Sake fell on Dec. 3-5.", "2024-12-03", "2024-12-05"),
        ("Sake fell on 28 to 30 November 2023.", "2023-11-28", "2023-11-30"),
        ("Djibo fell on the night of 5 to 6 December.", "2024-12-05", "2024-12-06"),
        ("Lyman fell on the 4th of December.", "2024-12-04", "2024-12-04"),
        ("Ber fell on 2024-12-04.", "2024-12-04", "2024-12-04"),
        ("Ber fell a fortnight ago.", "2024-11-19", "2024-11-25"),
        ("Ber fell on Christmas Day.", "2023-12-25", "2023-12-25"),
        ("Ber was shelled in the past 48 hours.", "2024-12-04", "2024-12-06"),
        ("Ber was shelled in the last 10 days.", "2024-11-26", "2024-12-06"),
        ("Ber was shelled this weekend.", "2024-11-30", "2024-12-01"),
        ("SAKE FELL ON THURSDAY.", "2024-12-05", "2024-12-05"),
    ],
)
def test_a_day_in_words(text: str, start: str, end: str) -> None:
    (found,) = find_dates(text, FRIDAY)
    assert (str(found.when.start), str(found.when.end)) == (start, end)
    assert text[found.start : found.end] == found.when.words


@pytest.mark.parametrize(
    "text",
    [
        "Ber fell on 2024-02-30.",  # no such day
        "The march of 300 villagers began.",
        "The 3-5 battalions left.",
        "Some 12-15 families left.",
    ],
)
def test_what_is_no_day_has_none(text: str) -> None:
    assert [m for m in find_dates(text, FRIDAY) if m.when.start is not None] == []


@pytest.mark.parametrize(
    ("text", "low", "words"),
    [
        ("At least 14 000 people fled Bara.", 14_000, "At least 14 000"),
        ("Some 3 385 people left Bara.", 3_385, "Some 3 385"),
        ("IDPs: 1 204 500 people were displaced.", 1_204_500, "1 204 500"),
        ("Some 1,204 people left Bara.", 1_204, "Some 1,204"),
        ("On 5 December 300 people left Bara.", 300, "300"),
    ],
)
def test_a_number_with_spaces_between_thousands(text: str, low: int, words: str) -> None:
    (found,) = find_figures(text)
    assert found.quantity.low == low
    assert found.quantity.words == words


@pytest.mark.parametrize(
    "text",
    [
        "Ahmad Khalil, 54, left Homs with his family.",
        "Mona Idris, 61, fled El Fasher for Tawila.",
        "Halima, 72, walked to Adre.",
        "Brigadier Osman, 58, crossed into Chad.",
    ],
)
def test_an_age_is_no_number_of_people(text: str) -> None:
    assert find_figures(text) == []
