"""Who holds a town by "hands" and "control": a state, a change, or the end of a state."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind

AT_WAR = "Government troops and rebels fought all day. "

CHANGES = [
    ("Izium is back in Ukrainian hands.", "UA", "Izium", "Ukrainian forces"),
    ("Kupiansk was back under Russian control by nightfall.", "UA", "Kupiansk", "Russian forces"),
    ("Arbinda is again in the hands of the army.", "BF", "Arbinda", "Burkina Faso army"),
    ("Stepanakert is back in Azerbaijani hands.", "AZ", "Stepanakert", "Azerbaijani forces"),
]

STATES = [
    ("Bakhmut is still in Ukrainian hands.", "UA", "Bakhmut", "Ukrainian forces"),
    ("Svatove remains firmly in Russian hands.", "UA", "Svatove", "Russian forces"),
    (
        "Djibo is still in the army's hands, but no supplies have come through since May.",
        "BF",
        "Djibo",
        "Burkina Faso army",
    ),
    ("Stepanakert stays under Armenian control.", "AZ", "Stepanakert", "Armenian forces"),
]


@pytest.mark.parametrize(
    ("kind", "row"),
    [*((Kind.CONTROL_CHANGE, r) for r in CHANGES), *((Kind.CONTROL_STATE, r) for r in STATES)],
)
def test_a_town_is_back_or_still_in_somebodys_hands(
    kind: Kind, row: tuple[str, str, str, str]
) -> None:
    text, country, town, holder = row
    [told] = [c for c in claims(AT_WAR + text, country) if c.places[:1]]
    assert told.kind is kind
    assert [p.surface for p in told.places] == [town]
    assert told.actor is not None
    assert told.actor.name == holder


def test_a_town_that_is_no_longer_in_somebodys_hands_was_lost() -> None:
    [told] = claims(AT_WAR + "Kreminna is no longer in Ukrainian hands.", "UA")
    assert told.kind is Kind.CONTROL_CHANGE
    assert told.from_actor is not None
    assert told.from_actor.name == "Ukrainian forces"


NOT_HELD = [
    ("Tongomayel is no longer in the army's hands.", "BF"),
    ("Melitopol is not in Ukrainian hands.", "UA"),
    ("The fate of Djibo is in safe hands, a priest said.", "BF"),
    ("Izium could be back in Ukrainian hands by spring.", "UA"),
    ("Kherson would be safer in Russian hands, he joked.", "UA"),
]


@pytest.mark.parametrize(("text", "country"), NOT_HELD)
def test_nobody_is_said_to_hold_a_town_that_is_not_in_his_hands(text: str, country: str) -> None:
    told = [c for c in claims(AT_WAR + text, country) if c.places[:1] and c.status.is_current]
    assert not [c for c in told if c.actor is not None]
