""" "The village" is the last one that something happened at, known or not."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind

MEANT = [
    (
        "Azerbaijani forces attacked Shusha on 30 October. Azerbaijani infantry cut the Lachin "
        "road near Dashalti and took the village that night.",
        "AZ",
        "Dashalti",
    ),
    (
        "Azerbaijani forces reached Shusha. Had the relief succeeded, Martuni might have been "
        "saved as well. President Ilham Aliyev announced the capture of the city.",
        "AZ",
        "Shusha",
    ),
    (
        "M23 rebels attacked Sake. Had the army come, Goma could have been spared. The rebels "
        "captured the town on Friday.",
        "CD",
        "Sake",
    ),
    (
        "Rebels blocked the Homs highway outside Telbira and captured the village on Sunday.",
        "SY",
        "Telbira",
    ),
]


@pytest.mark.parametrize(("text", "country", "town"), MEANT)
def test_the_town_taken_is_the_one_meant(text: str, country: str, town: str) -> None:
    [taken] = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert [p.name for p in taken.places] == [town]


def test_a_road_is_cut_where_the_words_say() -> None:
    [cut] = [
        c
        for c in claims("The army cut the Homs highway near Rastan on Sunday.")
        if c.kind is Kind.SUPPLY_LINE
    ]
    assert [p.surface for p in cut.places] == ["Rastan"]
