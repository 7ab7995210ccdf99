"""Figures keep the bounds of their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.coding.english.quantities import find_figures, parse_number


@pytest.mark.parametrize(
    ("sentence", "low", "high", "best", "unit", "words"),
    [
        (
            "Tens of thousands of residents are leaving.",
            10_000,
            99_999,
            None,
            "people",
            "Tens of thousands",
        ),
        ("Thousands have fled.", 1_000, 9_999, None, "people", "Thousands"),
        ("230K people displaced in Goma", 230_000, 230_000, 230_000, "people", "230K"),
        ("Over 1.5M people fled.", 1_500_000, None, None, "people", "Over 1.5M"),
        ("Some 1.2m people fled.", 1_200_000, 1_200_000, 1_200_000, "people", "Some 1.2m"),
        ("Over 370,000 people were uprooted.", 370_000, None, None, "people", "Over 370,000"),
        ("Up to a million people moved.", None, 1_000_000, None, "people", "Up to a million"),
        (
            "Some 1.2 million people need shelter.",
            1_200_000,
            1_200_000,
            1_200_000,
            "people",
            "Some 1.2 million",
        ),
        (
            "Between 250,000 and 300,000 people left.",
            250_000,
            300_000,
            None,
            "people",
            "Between 250,000 and 300,000",
        ),
        ("About 400 families arrived.", 400, 400, 400, "families", "About 400"),
        (
            "Half a million people live there.",
            500_000,
            500_000,
            500_000,
            "people",
            "Half a million",
        ),
    ],
)
def test_words_give_their_own_bounds(
    sentence: str, low: int | None, high: int | None, best: int | None, unit: str, words: str
) -> None:
    (figure,) = find_figures(sentence)
    q = figure.quantity
    assert (q.low, q.high, q.best, q.unit, q.words) == (low, high, best, unit, words)
    assert sentence[figure.start :].startswith(words)


@pytest.mark.parametrize(
    "sentence",
    [
        "The 80-kilometre drive took 30 hours.",
        "He scored from 12 metres.",
        "Some 300 soldiers surrendered.",
        "It was a good day.",
        "The village is 200m from the border.",
        "A 5k run was held.",
    ],
)
def test_other_numbers_are_no_figures_of_people(sentence: str) -> None:
    assert find_figures(sentence) == []


@given(st.integers(min_value=1, max_value=9_999_999))
def test_digits_round_trip(n: int) -> None:
    assert parse_number(f"{n:,}") == n


def test_a_word_that_is_no_number_gives_none() -> None:
    assert parse_number("several") is None


@pytest.mark.parametrize(
    ("text", "low", "high", "words"),
    [
        (
            "Most of the 150,000 inhabitants left for Mandalay.",
            75_000,
            150_000,
            "Most of the 150,000",
        ),
        ("The majority of its 2,000 residents fled.", 1_000, 2_000, "The majority of its 2,000"),
        ("They left with most of the 400 families.", 200, 400, "most of the 400"),
    ],
)
def test_most_of_a_number_is_more_than_half_of_it(
    text: str, low: int, high: int, words: str
) -> None:
    (figure,) = find_figures(text)
    quantity = figure.quantity
    assert (quantity.low, quantity.high, quantity.best) == (low, high, None)
    assert quantity.words == words


def test_most_of_them_is_no_share_of_a_number() -> None:
    (figure,) = find_figures("Most of them, 3,000 people, fled.")
    assert figure.quantity.best == 3_000
