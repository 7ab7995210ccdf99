"""A headline that counts towns colours no province if the article names the towns."""

from __future__ import annotations

import pytest

from mapgen.coding.english.counted_towns import NAMED
from mapgen.model import Kind
from tests.unit.coding_kit import claims, extract


def taken(text: str, country: str) -> list[str]:
    """Return the names of the places that a text says were taken."""
    found = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    return [p.surface for c in found if c.status.is_current for p in c.places]


@pytest.mark.parametrize(
    ("country", "text", "names"),
    [
        ("SD", "The RSF captured two towns in North Darfur. It took Kutum on Thursday and Mellit "
               "on Friday.", ["Kutum", "Mellit"]),
        ("LB", "Israeli forces captured two villages in southern Lebanon. They seized Yaroun at "
               "dawn.", ["Yaroun"]),
        ("UA", "Russian forces captured Toretsk. In all they captured three towns in Donetsk "
               "oblast.", ["Toretsk"]),
    ],
)  # fmt: skip
def test_towns_counted_and_named_are_drawn_once(country: str, text: str, names: list[str]) -> None:
    assert taken(text, country) == names


@pytest.mark.parametrize(
    ("country", "text", "area"),
    [
        ("SD", "The RSF captured two towns in North Darfur. It took El Geneina in West Darfur.",
         "North Darfur"),  # the town named is elsewhere
        ("SD", "The army captured two towns in North Darfur. The RSF captured Kutum.",
         "North Darfur"),  # another side
        ("SD", "The RSF captured all towns in North Darfur. It took Kutum on Thursday.",
         "North Darfur"),  # the whole area
        ("SD", "The RSF captured North Darfur. It took Kutum on Thursday.", "North Darfur"),
        ("SD", "The RSF captured North Darfur after the army left its positions. It took Kutum.",
         "North Darfur"),  # what is counted is not in the area that was taken
        ("SD", "The RSF captured two towns in North Darfur.", "North Darfur"),
    ],
)  # fmt: skip
def test_other_areas_stay(country: str, text: str, area: str) -> None:
    assert area in taken(text, country)


def test_the_sentence_that_counts_has_the_reason() -> None:
    text = "The RSF captured two towns in North Darfur. Its fighters took Kutum on Thursday."
    first, second = extract(text, "SD").sentences
    assert first.left_off == NAMED
    assert second.left_off is None
