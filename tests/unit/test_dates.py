"""Dates resolve against the day of publication and are never made up."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding.english.dates import find_dates, is_deadline, past_words

FRIDAY = date(2024, 12, 6)


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("They took it on Monday.", date(2024, 12, 2), date(2024, 12, 2)),
        ("They took it on Friday.", FRIDAY, FRIDAY),
        ("They took it yesterday.", date(2024, 12, 5), date(2024, 12, 5)),
        ("They took it this week.", date(2024, 11, 30), FRIDAY),
        ("Since Sunday 70 people have gone.", date(2024, 12, 1), FRIDAY),
        ("It fell on 29 November.", date(2024, 11, 29), date(2024, 11, 29)),
        ("It fell on November 29, 2016.", date(2016, 11, 29), date(2016, 11, 29)),
        ("They recaptured it in June 2021.", date(2021, 6, 1), date(2021, 6, 30)),
        ("It fell on 30 December.", date(2023, 12, 30), date(2023, 12, 30)),
    ],
)
def test_words_become_days(sentence: str, start: date, end: date) -> None:
    when = find_dates(sentence, FRIDAY)[0].when
    assert (when.start, when.end) == (start, end)


def test_without_a_publication_date_relative_words_stay_words() -> None:
    when = find_dates("They took it on Monday.", None)[0].when
    assert (when.words, when.start, when.end) == ("Monday", None, None)


def test_an_impossible_day_gives_none() -> None:
    assert find_dates("It fell on 31 June.", FRIDAY)[0].when.start is None


@pytest.mark.parametrize(
    "sentence",
    [
        "By 2014 the quarter lay in ruins.",
        "They were driven out years ago.",
        "In June 2021 it fell.",
    ],
)
def test_the_past_is_told_by_its_words(sentence: str) -> None:
    assert past_words(sentence, FRIDAY) is not None


@pytest.mark.parametrize(
    "sentence", ["They took it on Monday.", "It fell this week.", "Since 2011 the war has gone on."]
)
def test_the_present_is_not_past(sentence: str) -> None:
    assert past_words(sentence, FRIDAY) is None


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("The army told the people of Tibnin to leave by noon on Wednesday.", True),
        ("They have until Wednesday to go.", True),
        ("Residents were urged to leave before Wednesday.", True),
        ("On Wednesday the army told the people of Tibnin to leave.", False),
        ("The order came on Wednesday.", False),
        ("Signed by the governor, the order came out late on a hot Wednesday.", False),
    ],
)
def test_the_day_by_which_people_are_to_leave_is_a_deadline(sentence: str, is_one: bool) -> None:
    (day,) = [d for d in find_dates(sentence, date(2024, 10, 10)) if "Wednesday" in d.when.words]
    assert is_deadline(day.when, sentence) is is_one
