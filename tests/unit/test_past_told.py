"""What is told of the past: months in other words, what is recalled, how it all began."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract, names

from mapgen.coding.english.dates import find_dates
from mapgen.model import Claim, Kind, Role

JUNE = date(1999, 6, 15)

MONTHS = [
    ("It fell in the first days of May.", "May", date(1999, 5, 1)),
    ("They were brought there in that same February.", "February", date(1999, 2, 1)),
    ("July's first offensive failed.", "July", date(1998, 7, 1)),
    ("In the second half of April they left.", "April", date(1999, 4, 1)),
]


@pytest.mark.parametrize(("text", "words", "first"), MONTHS)
def test_a_month_in_other_words_is_a_date(text: str, words: str, first: date) -> None:
    [found] = find_dates(text, JUNE)
    assert (found.when.words, found.when.start) == (words, first)


@pytest.mark.parametrize("text", ["May's government fell.", "That may be.", "It march on."])
def test_names_and_verbs_are_no_months(text: str) -> None:
    assert find_dates(text, JUNE) == []


def drawn(text: str, country: str, day: date) -> list[Claim]:
    found = extract(text, country, published_on=day).claims
    return [c for c in found if c.status.is_current and c.places]


def test_what_somebody_recalls_is_not_of_now() -> None:
    text = (
        "Bosnian troops took Sanski Most on Tuesday. “They come on tractors,” an official said, "
        "recalling the exodus from Croatia's Krajina region."
    )
    found = drawn(text, "BA", date(1995, 10, 12))
    assert [(c.kind, names(c)) for c in found] == [(Kind.CONTROL_CHANGE, ["Sanski Most"])]


def test_how_it_began_is_past_and_recent_days_behind_it_are_not() -> None:
    text = (
        "Live: Serbs leave Kosovo\n\n10:00 NATO troops entered Pristina on Saturday.\n\n09:00 How "
        "it began: 850,000 Albanians were expelled since March, mostly to Kukës.\n\n08:00 How we "
        "got here: Serb forces left Prizren on Sunday."
    )
    found = drawn(text, "XK", JUNE)
    assert not [c for c in found if c.kind is Kind.DISPLACEMENT]
    assert [names(c) for c in found if c.kind is Kind.WITHDRAWAL] == [["Prizren"]]


def test_a_region_of_a_country_is_one_place_and_no_town() -> None:
    text = (
        "Some 130,000 people have been displaced in Upper Nile. Some 41,000 of them crossed into "
        "the Gambella Region of Ethiopia."
    )
    [crossed] = [
        c
        for c in extract(text, "SS", published_on=date(2025, 4, 8)).claims
        if c.quantity is not None and c.quantity.best == 41_000
    ]
    assert [p.place_id for p in crossed.places if p.role is Role.DESTINATION] == ["iso:ET-GA"]
