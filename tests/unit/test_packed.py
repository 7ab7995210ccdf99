"""Shapes are written as steps, and come back as the same numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.drawing.page.packed import packed, unpacked

NUMBERS = st.integers(-(10**7), 10**7)


def test_a_line_is_its_start_and_the_steps_from_it() -> None:
    line = {"type": "LineString", "coordinates": [[36.72, 34.73], [36.75, 34.7], [36.7, 35.0]]}
    assert packed({"roads": [line]})["roads"][0] == {
        "type": "LineString",
        "coordinates": [3672, 3473, 3, -3, -5, 30],
        "steps": 2,
    }
    assert "steps" not in line


@given(
    st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=6), max_size=4),
    st.integers(0, 5),
)
def test_polygons_come_back_as_they_were(rings: list[Any], decimals: int) -> None:
    unit = 10**decimals
    coordinates = [[[[x / unit, y / unit] for x, y in ring] for ring in rings]]
    shape = {"type": "MultiPolygon", "coordinates": coordinates, "name": "a"}
    short = packed([{"deep": shape}])
    assert short[0]["deep"]["steps"] <= decimals
    assert unpacked(short) == [{"deep": shape}]


@pytest.mark.parametrize(
    "coordinates",
    [
        [[1 / 3, 2.0], [3.0, 4.0]],
        [[1.0, 2.0, 300.0], [3.0, 4.0, 310.0]],
        [[float("inf"), 2.0], [3.0, 4.0]],
        [[float("nan"), 2.0], [3.0, 4.0]],
    ],
)
def test_what_steps_cannot_say_is_left_alone(coordinates: list[Any]) -> None:
    shape = {"type": "LineString", "coordinates": coordinates}
    assert packed(shape) is not None
    assert "steps" not in packed(shape)
    assert packed(shape)["coordinates"][1] == coordinates[1]


def test_points_texts_and_numbers_are_left_alone() -> None:
    data = {
        "at": {"type": "Point", "coordinates": [36.72, 34.73]},
        "summary": [["Taken.", "Rebels took Homs."]],
        "type": "control",
        "none": None,
        "days": ["2024-12-05"],
    }
    assert packed(data) == data


def test_shapes_of_a_page_need_less_than_half_the_room() -> None:
    line = [[36 + i / 1000, 34 + (i * 7 % 13) / 1000] for i in range(500)]
    assert all(a != b for a, b in pairwise(line))
    shape = {"type": "LineString", "coordinates": line}
    assert len(str(packed(shape)).replace(" ", "")) < len(str(shape).replace(" ", "")) / 2
