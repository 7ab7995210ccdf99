"""One side leaves a town and the other moves in, in one sentence: who withdrew and who holds it."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind

TAKEN = [
    # country, text, who left, who took the town
    (
        "GE",
        "Tskhinvali was abandoned by its Ossetian militia, and Georgian troops moved in on Friday.",
        "georgia:ossetia",
        "georgia:army",
    ),
    (
        "SY",
        "Hama was abandoned by government troops, and HTS fighters moved in on Thursday.",
        "syria:gov",
        "syria:hts",
    ),
    (
        "ET",
        "Mekelle was abandoned by Ethiopian soldiers, and Tigrayan fighters took it over.",
        "ethiopia:gov",
        "ethiopia:tplf",
    ),
    (
        "SY",
        "Syrian troops abandoned Palmyra, and Islamic State moved in on Wednesday.",
        "syria:gov",
        "isis",
    ),
    (
        "SD",
        "The RSF withdrew from Singa on Monday and the army entered the town hours later.",
        "sudan:rsf",
        "sudan:saf",
    ),
    (
        "SD",
        "Singa was abandoned by the RSF on Saturday, and the Sudanese army took control.",
        "sudan:rsf",
        "sudan:saf",
    ),
]


@pytest.mark.parametrize(("country", "text", "left", "took"), TAKEN)
def test_who_left_and_who_took_it(country: str, text: str, left: str, took: str) -> None:
    told = [c for c in claims(text, country) if c.status.is_current]
    gone = [c for c in told if c.kind is Kind.WITHDRAWAL]
    taken = [c for c in told if c.kind is Kind.CONTROL_CHANGE]
    assert [c.actor.id for c in gone if c.actor] == [left]
    assert [c.actor.id for c in taken if c.actor] == [took]
    assert [c.from_actor.id for c in taken if c.from_actor] == [left]
    assert {p.place_id for c in gone for p in c.places} == {
        p.place_id for c in taken for p in c.places
    }


NOT_TAKEN = [
    ("MM", "Lashio was abandoned by the junta, and MNDAA fighters have not moved in."),
    ("SD", "The RSF withdrew from Singa, and the army could move in within days."),
    ("SY", "The rebels abandoned Palmyra, and residents moved in."),
    ("UA", "Sloviansk was abandoned by the separatists, but the army has not yet entered it."),
    ("SD", "The RSF withdrew from Singa, and its troops moved in the direction of the river."),
    ("MM", "Lashio was abandoned by its residents on Monday."),
]


@pytest.mark.parametrize(("country", "text"), NOT_TAKEN)
def test_nobody_took_it(country: str, text: str) -> None:
    told = [c for c in claims(text, country) if c.status.is_current]
    assert not [c for c in told if c.kind is Kind.CONTROL_CHANGE]


def test_defenders_withdraw_and_do_not_flee() -> None:
    found = claims(
        "Srebrenica was abandoned by its Bosniak defenders, and Serb troops moved in.", None
    )
    assert [(c.kind, c.actor.name if c.actor else None) for c in found] == [
        (Kind.WITHDRAWAL, "Bosniak defenders"),
        (Kind.CONTROL_CHANGE, "Serb troops"),
    ]


def test_whose_militia_is_told_by_its_people() -> None:
    (gone,) = claims("Podujevo was abandoned by its Serb militia on Friday.", None)
    assert gone.kind is Kind.WITHDRAWAL
    assert gone.actor is not None
    assert gone.actor.name == "Serb militia"
