"""A capture without a day never puts a town on a day on which the text says another held it."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.merging.events import situation_of
from mapgen.situation.holders import holder_timeline
from tests.unit.coding_kit import extract

WEDNESDAY, THURSDAY, FRIDAY = (date(2024, 12, n) for n in (4, 5, 6))
ARMY = "On Thursday the army recaptured Hama."


def holder(text: str, day: date) -> str | None:
    """Return who holds the only town of a text on a day."""
    found = holder_timeline(situation_of(extract(text)))
    assert len(found.spells) == 1
    spell = found.on(next(iter(found.spells)), day)
    return None if spell is None else spell.holder or spell.standing.value


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (f"{ARMY}\n\nRebels captured Hama without a fight.", "syria:gov"),
        (f"{ARMY}\n\nRebels took Hama after a long siege, residents said.", "syria:gov"),
        (f"Rebels seized Hama on Monday.\n\n{ARMY}\n\nRebels seized Hama at night.", "syria:gov"),
        (
            "Rebels seized Hama on Thursday.\n\nThe army captured Hama without a fight.",
            "sy:rebels",
        ),
        ("The army captured Hama on 4 December.\n\nInsurgents took Hama.", "syria:gov"),
        # traps: here the town did change hands again, or nothing says that another held it
        (f"{ARMY}\n\nRebels have captured Hama.", "sy:rebels"),
        (f"{ARMY}\n\nOn Friday rebels captured Hama.", "sy:rebels"),
        (f"{ARMY}\n\nThe army captured Hama without a fight.", "syria:gov"),
        (f"Rebels captured Hama, a monitor said.\n\n{ARMY}", "sy:rebels"),
        (f"{ARMY}\n\nRebels retook Hama.", "sy:rebels"),
        ("The army may recapture Hama on Thursday.\n\nRebels captured Hama.", "sy:rebels"),
    ],
)
def test_a_capture_without_a_day_is_not_later_than_the_holder_with_a_day(
    text: str, last: str
) -> None:
    assert holder(text, FRIDAY) == last


def test_the_town_has_its_holder_on_each_day() -> None:
    text = f"Rebels seized Hama on Monday.\n\n{ARMY}\n\nRebels seized Hama at night."
    assert [holder(text, d) for d in (WEDNESDAY, THURSDAY, FRIDAY)] == [
        "sy:rebels",
        "syria:gov",
        "syria:gov",
    ]
