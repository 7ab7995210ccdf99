"""Patterns made of lists of words match what the words say, letter by letter."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mapgen.coding.english.dates import find_dates, past_words
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import find_figures

PUBLISHED = date(2024, 12, 6)


@pytest.mark.parametrize("flags", [re.NOFLAG, re.VERBOSE])
def test_words_of_a_list_match_letter_by_letter(flags: re.RegexFlag) -> None:
    pattern = re.compile(one_of(["last week", "U.N.", "no. #1"]), flags)
    assert pattern.fullmatch("last week")
    assert pattern.fullmatch("no. #1")
    assert not pattern.fullmatch("lastweek")
    assert not pattern.fullmatch("UXNX")


def test_the_first_word_of_a_list_that_fits_counts() -> None:
    match = re.match(one_of(["six", "sixteen"]), "sixteen")
    assert match is not None
    assert match.group(0) == "six"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They left on 3 March 2024.", ["3 March 2024"]),
        ("They left on March 3rd, 2024.", ["March 3rd, 2024"]),
        ("They left in early March 2024.", ["early March 2024"]),
        ("The 23 March Movement took the town on Monday.", ["Monday"]),
        ("It fell in March, five weeks ago.", ["March", "five weeks ago"]),
        ("It may fall.", []),
        ("It fell in the past few days.", ["in the past few days"]),
        ("It fell in the last 24 hours.", ["in the last 24 hours"]),
        ("Shells fell over the weekend.", ["over the weekend"]),
        ("In 2014 it fell; 2000 people fled.", ["2014"]),
    ],
)
def test_dates_are_found_in_their_words(text: str, words: list[str]) -> None:
    assert [found.when.words for found in find_dates(text, PUBLISHED)] == words


def test_since_reaches_back_from_its_date() -> None:
    found = find_dates("The army has lost ten towns since the offensive in October.", PUBLISHED)
    assert [(d.since, d.when.start, d.when.end) for d in found] == [
        (True, date(2024, 10, 1), PUBLISHED)
    ]
    assert [d.since for d in find_dates("It fell in October.", PUBLISHED)] == [False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It fell three years ago.", "years ago"),
        ("It fell eleven months earlier.", "eleven months earlier"),
        ("It fell last summer.", "last summer"),
        ("It fell in the 1990s.", "1990s"),
        ("It fell a month ago.", None),
        ("It fell in the yearslong war.", None),
    ],
)
def test_words_of_the_past(text: str, words: str | None) -> None:
    assert past_words(text, PUBLISHED) == words


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("No fewer than 3,000 people fled.", [(3000, None, None, "people")]),
        ("Anything up to 400 families fled.", [(None, 400, None, "families")]),
        ("Between 200 and 300 families left.", [(200, 300, None, "families")]),
        ("Some twelve civilians fled.", [(12, 12, 12, "people")]),
        ("Half a million asylum-seekers came.", [(500_000, 500_000, 500_000, "people")]),
        ("They put the number displaced at 36,288.", [(36_288, 36_288, 36_288, "people")]),
        ("3,000 people were killed.", []),
        ("They came, among them 900 children.", []),
        ("The front moved 300 km.", []),
    ],
)
def test_figures_of_people(
    text: str, figures: list[tuple[int | None, int | None, int | None, str]]
) -> None:
    found = [f.quantity for f in find_figures(text)]
    assert [(q.low, q.high, q.best, q.unit) for q in found] == figures
