"""A part is counted in the unit of the whole: of 850 families, "200 of them" are families."""

from __future__ import annotations

import pytest

from tests.unit.coding_kit import claims


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("1,850 families left Bor. About 1,200 of them arrived in El Obeid.", 1200, "families"),
        ("Some 900 households fled Homs, and 300 of them reached Hama.", 300, "families"),
        ("1,850 families left Babanusa. About 200 of them, all children, arrived in El Obeid.",
         200, "people"),
        ("1,850 people left Babanusa. About 1,200 of them arrived in El Obeid.", 1200, "people"),
        ("70 families left Babanusa. About 1,200 of them arrived in El Obeid.", 1200, "people"),
        ("1,850 families left Babanusa. Another 1,200 people arrived in El Obeid.", 1200, "people"),
    ],
)  # fmt: skip
def test_a_part_has_the_unit_of_the_whole(text: str, low: int, unit: str) -> None:
    told = [c.quantity for c in claims(text) if c.quantity is not None]
    assert unit in {q.unit for q in told if low in {q.low, q.best}}
