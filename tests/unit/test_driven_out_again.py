"""Those who came into a town and were driven out of it in the next sentence do not hold it."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract

from mapgen.model import Kind

FRIDAY = date(2025, 4, 11)
MONDAY, TUESDAY, THURSDAY = date(2025, 4, 7), date(2025, 4, 8), date(2025, 4, 10)


def _holders(text: str, country: str) -> list[tuple[date | None, str | None]]:
    """Return who came to hold the one town from which day on, in the order of the days."""
    found = extract(text, country, published_on=FRIDAY).claims
    told = [c for c in found if c.kind is Kind.CONTROL_CHANGE and c.status.is_current and c.places]
    assert len({p.place_id for c in told for p in c.places}) <= 1
    held = [(c.date.start if c.date else None, c.actor.name if c.actor else None) for c in told]
    return sorted(held, key=lambda h: h[0] or date.min)


@pytest.mark.parametrize(
    ("text", "country", "held"),
    [
        (
            "The Taliban briefly held the police headquarters in Qala-e-Naw on Tuesday. Government "
            "forces had driven them out by Thursday, the governor said.",
            "AF",
            [(THURSDAY, "Afghan government forces")],
        ),
        (
            "Fighters of the Libyan National Army took Gharyan. They were driven out by forces of "
            "the Government of National Accord on Tuesday.",
            "LY",
            [(TUESDAY, "Government of National Accord (GNA)")],
        ),
        (
            "The RSF captured Merowe on Monday. The army expelled the paramilitaries on Tuesday.",
            "SD",
            [(MONDAY, "Rapid Support Forces"), (TUESDAY, "Sudanese army")],
        ),
        (
            "M23 rebels took Sake. Government troops pushed the rebels out of the town a few "
            "hours later.",
            "CD",
            [(None, "Congolese army")],
        ),
    ],
)
def test_the_last_to_drive_the_others_out_holds_the_town(
    text: str, country: str, held: list[tuple[date | None, str | None]]
) -> None:
    assert _holders(text, country) == held


@pytest.mark.parametrize(
    "then",
    [
        "The army has vowed to drive them out.",
        "The army has not yet driven them out.",
        "The army failed to drive them out on Tuesday.",
        "Soldiers drove them out of the market, residents said.",
        "Hunger drove them out to beg, residents said.",
        "Residents said the fighters drove them out of the town.",
        "Soldiers drove them back towards Dongola.",
        "If they are not driven out, Dongola is next, a colonel said.",
        "The army drove people out of the village.",
    ],
)
def test_a_wish_or_another_place_changes_nothing(then: str) -> None:
    held = _holders(f"The RSF captured Merowe on Monday. {then}", "SD")
    assert held == [(MONDAY, "Rapid Support Forces")]
