"""On whose side those act whom a text only describes: allies, claimants, liberators, enemies."""

from __future__ import annotations

import pytest
from coding_kit import actor_name, claim, claims, names

from mapgen.model import Kind

LIBYA = "Libya's GNA and the LNA fight for Tripoli. "
GNA, LNA = "Government of National Accord (GNA)", "Libyan National Army (LNA)"

ALLIES = [
    ("Gharyan was captured by GNA-aligned fighters.", GNA),
    ("LNA-allied fighters seized Mizda.", LNA),
    ("Pro-GNA militias captured Tarhuna.", GNA),
    ("Forces loyal to the Government of National Accord took Gharyan on Tuesday.", GNA),
    ("Gharyan is back in the hands of forces allied to the Government of National Accord.", GNA),
    ("Fighters affiliated with the LNA took Mizda.", LNA),
]


@pytest.mark.parametrize(("text", "side"), ALLIES)
def test_forces_on_the_side_of_a_party_take_towns_for_it(text: str, side: str) -> None:
    found = claim(LIBYA + text, Kind.CONTROL_CHANGE, "LY")
    assert found.actor is not None
    assert found.from_actor is not None
    assert {found.actor.name, found.from_actor.name} == {GNA, LNA}
    assert found.actor.name == side


KIVU = "The Congolese army and M23 fought near Goma. "
M23, ARMY = "M23", "Congolese army"

BY_SPEAKER = [
    ("M23's spokesman claimed the capture of Nyabibwe.", M23),
    ("An army spokesman announced the recapture of Ihusi on Tuesday.", ARMY),
    ('"Bukavu is liberated," said an M23 spokesman.', M23),
    ('"Kamanyola has been freed," the army said in a statement.', ARMY),
    ('"Katana has been taken by the enemy," an army officer said.', M23),
    ('"The enemy captured Katana," an army officer said.', M23),
    ("The army admitted the loss of Kalehe.", M23),
]


@pytest.mark.parametrize(("text", "side"), BY_SPEAKER)
def test_who_speaks_tells_whose_gain_it_is(text: str, side: str) -> None:
    found = claim(KIVU + text, Kind.CONTROL_CHANGE, "CD")
    assert found.actor is None or found.actor.name == side
    assert found.from_actor is None or found.from_actor.name != side
    assert found.actor or found.from_actor


def test_the_spokesman_of_a_party_is_not_the_army_of_the_country() -> None:
    text = "Yemen's army and the Houthis fought in Marib. The Houthi military spokesman claimed "
    found = claim(text + "the capture of Bayhan.", Kind.CONTROL_CHANGE, "YE")
    assert found.actor is not None
    assert found.actor.name == "Houthi forces"


def test_who_only_confirms_the_capture_by_others_did_not_make_it() -> None:
    text = "The Houthis and the army fought in Marib. The Houthi spokesman confirmed the capture "
    found = claim(text + "of Bayhan by government forces.", Kind.CONTROL_CHANGE, "YE")
    assert found.actor is not None
    assert found.actor.name == "Yemeni government forces"


def test_the_group_is_not_the_guards_who_fled() -> None:
    text = (
        "The Taliban captured Islam Qala on Thursday. An official said that border guards had fled "
        "across the frontier. On Friday the group said it had also taken Torghundi."
    )
    found = [c for c in claims(text, "AF") if names(c) == ["Torghundi"]]
    assert [actor_name(c) for c in found] == ["Taliban"]


def test_the_abbreviation_of_a_party_is_not_the_army() -> None:
    text = (
        "Mali's army fought Tuareg-led separatists. The Permanent Strategic Framework (CSP) said "
        "it had overrun the army camp at Ber on Friday."
    )
    found = [c for c in claims(text, "ML") if names(c) == ["Ber"]]
    assert [actor_name(c) for c in found] == ["Tuareg-led rebels"]
