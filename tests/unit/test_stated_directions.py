"""A direction that a text states from a place: "20 km north of it"."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind


def directions(text: str) -> list[str | None]:
    return [p.direction for c in claims(text, "SD") for p in c.places if p.distance_km is not None]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The RSF is about 40 km north of El Obeid.", "north"),
        ("RSF fighters were 20 km to the south of El Obeid.", "south"),
        ("The army is 12 miles south-west of Nyala.", "southwest"),
        ("The RSF is 30 km northeast of Kadugli.", "northeast"),
        ("The RSF is 5 km from the northern outskirts of El Obeid.", "north"),
        # no direction is stated from the place
        ("The RSF is 40 km from El Obeid.", None),
        ("The RSF, based in the north of the state, is 40 km from El Obeid.", None),
        ("The RSF moved north and is 40 km from El Obeid.", None),
        ("The RSF is 40 km from El Obeid, north of the White Nile.", None),
        ("The RSF is 40 km from El Obeid after it left a camp south of Bara.", None),
    ],
)
def test_the_direction_is_the_one_stated_with_the_distance(text, direction):
    assert directions(text) == [direction]


def test_a_town_that_lies_north_of_a_force_is_no_direction():
    assert not any(directions("El Obeid lies 40 km north of the RSF positions in Bara."))


def sides(text: str) -> list[str | None]:
    told = [c for c in claims(text, "SD") if c.kind in {Kind.ADVANCE, Kind.THREAT}]
    return [p.direction for c in told for p in c.places]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The RSF is advancing on El Obeid from the north, residents said.", "north"),
        ("RSF fighters are pushing towards El Obeid from the south-west.", "southwest"),
        ("The RSF advanced on El Obeid from the eastern side.", "east"),
        # no side of the town is told, or more than one
        ("The RSF is advancing on El Obeid.", None),
        ("RSF fighters from the north of Darfur are advancing on El Obeid.", None),
        ("The RSF is advancing on El Obeid from the north and from the east.", None),
        ("The RSF is advancing on El Obeid from the northern states.", None),
    ],
)
def test_the_side_from_which_a_force_comes_is_the_one_told(text, side):
    assert sides(text) == [side]
