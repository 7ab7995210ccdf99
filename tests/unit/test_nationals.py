"""People named by their nation did not leave the town of the dateline."""

from __future__ import annotations

import pytest

from mapgen.model import Kind, Role
from tests.unit.readers_kit import read_twice


def ends(text: str, country: str) -> set[tuple[str, str]]:
    """Return the role and the name of each place of the movements that both readers draw."""
    told = read_twice(text, country, "2024-10-12")
    moves = [p for c in told if c.kind is Kind.DISPLACEMENT for p in c.places]
    return {(p.role.value, p.name or p.surface) for p in moves}


FROM, TO = Role.ORIGIN.value, Role.DESTINATION.value


@pytest.mark.parametrize(
    ("town", "text", "country", "told"),
    [
        ("BUJUMBURA, Burundi", "Some 90,000 Burundians have fled to Tanzania since April.", "BI",
         {(TO, "Tanzania")}),
        ("LVIV, Ukraine", "Two million Ukrainians have fled to Poland.", "UA",
         {(TO, "Poland")}),
        ("ADDIS ABABA, Ethiopia", "More than 43,000 Ethiopians have crossed into Sudan.", "ET",
         {(TO, "Sudan")}),
        # of another nation than the article's
        ("BEIRUT, Lebanon", "Another 2,000 Syrians have fled to Turkey.", "LB", {(TO, "Turkey")}),
        # they came home
        ("KABUL, Afghanistan", "About 900 people, all Afghans, fled from Iran to Herat.", "AF",
         {(FROM, "Iran"), (TO, "Herāt")}),
        # the town is named for itself
        ("GOMA, DR Congo", "Residents of Goma fled to Rwanda.", "CD",
         {(FROM, "Goma"), (TO, "Rwanda")}),
    ],
)  # fmt: skip
def test_where_a_nation_came_from(town, text, country, told) -> None:
    assert ends(f"{town}, 10 October 2024\n\n{text}", country) == told


def test_a_dateline_does_not_lead_the_paragraphs_below_it() -> None:
    text = "JUBA, South Sudan, 10 October 2024\n\nSome 800,000 people have arrived from Sudan."
    assert ends(text, "SS") == {(FROM, "Sudan")}
