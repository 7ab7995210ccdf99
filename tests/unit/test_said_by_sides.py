"""What a side says it did itself is its claim, and names it; what others say is not."""

from __future__ import annotations

import pytest
from coding_kit import names
from readers_kit import read_twice

from mapgen.model import Kind, Status

DAY = "2024-12-06"


@pytest.mark.parametrize(
    ("country", "text", "place", "who"),
    [
        (
            "LY",
            '"We have taken Tarhuna," said Mohammed Gununu, a spokesman for the Government of '
            "National Accord.",
            "Tarhuna",
            "Government of National Accord (GNA)",
        ),
        (
            "CD",
            'M23 spokesman Willy Ngoma said: "We have liberated Masisi."',
            "Masisi",
            "M23",
        ),
        (
            "SD",
            '"We have regained Singa," army spokesman Nabil Abdallah said on Saturday.',
            "Singa",
            "Sudanese army",
        ),
    ],
)
def test_we_have_taken_a_town(country: str, text: str, place: str, who: str) -> None:
    taken = [c for c in read_twice(text, country, DAY) if c.kind is Kind.CONTROL_CHANGE]
    assert [(names(c), c.actor and c.actor.name, c.status) for c in taken] == [
        ([place], who, Status.CLAIMED)
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"We have not taken Masisi," M23 spokesman Willy Ngoma said.',
        '"We will take Masisi," M23 spokesman Willy Ngoma said.',
        '"We are in Masisi," M23 spokesman Willy Ngoma said.',
        '"We would have taken Masisi but for the rain," M23 spokesman Willy Ngoma said.',
    ],
)
def test_nothing_is_drawn_of_what_a_side_did_not_do(text: str) -> None:
    drawn = [
        (c.kind, names(c))
        for c in read_twice(text, "CD", DAY)
        if c.status.is_current and c.kind in {Kind.CONTROL_CHANGE, Kind.DISPLACEMENT}
    ]
    assert drawn == []


def test_people_who_say_where_they_are_fled_there() -> None:
    text = '"We are in Idlib now with our children," said Um Ahmed, who fled Hama on Tuesday.'
    came = {p for c in read_twice(text, "SY", DAY) if c.kind is Kind.DISPLACEMENT for p in names(c)}
    assert came == {"Hama", "Idlib"}
