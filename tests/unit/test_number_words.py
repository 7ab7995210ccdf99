"""Numbers in words: a long number word is never read as the short one it begins with."""

from __future__ import annotations

import pytest

from mapgen.coding.english.quantities import find_figures


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("Seventeen civilians fled Bunagana.", 17, "people"),
        ("Some sixteen families left Taiz.", 16, "families"),
        ("Fourteen people fled Myawaddy.", 14, "people"),
        ("Eighteen households left Djibo.", 18, "families"),
        ("Nineteen villagers fled Mekelle.", 19, "people"),
        ("Sixty families fled El Fasher.", 60, "families"),
        ("Seventy refugees reached Adre.", 70, "people"),
        ("Seven civilians fled Sake.", 7, "people"),
        ("Six families left Kidal.", 6, "families"),
        ("Sixty-seven people fled Loikaw.", 67, "people"),
    ],
)
def test_number_words_are_read_whole(text: str, number: int, unit: str) -> None:
    """The value, the unit and the words are those that the sentence has."""
    (figure,) = find_figures(text)
    assert (figure.quantity.best, figure.quantity.unit) == (number, unit)
    assert text[figure.start :].startswith(figure.quantity.words)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("In 2024 400 people fled Bara.", 400),
        ("In March 2023 1,200 people left Sake.", 1200),
        ("On 5 December 300 people left Bara.", 300),
    ],
)
def test_a_year_or_a_day_before_a_number_is_no_number_of_people(text: str, low: int) -> None:
    assert [f.quantity.low for f in find_figures(text)] == [low]
