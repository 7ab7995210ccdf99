"""Who counts as displaced: those who flee the war, and nobody else."""

from __future__ import annotations

import pytest
from flight_kit import Move, move, moves

NOBODY_FLED = [
    # deported by a state that is not at war there
    ("Some 4,800 Afghans were deported through Torkham in June as fighting went on.", "AF"),
    ("Despite the fighting 300 Eritreans were deported from Khartoum to Asmara.", "SD"),
    # a rally, a vote, a pilgrimage
    ("About 12,000 supporters came to Juba from Bor for the rally after the attack.", "SS"),
    ("Despite the militants 15,000 pilgrims arrived in Karbala from Basra.", "IQ"),
    ("Some 20,000 voters left Bria for Bambari to vote, under threat of rebel attack.", "CF"),
    # wounded and troops
    ("After the shelling 40 wounded fighters were evacuated from Bakhmut to Dnipro.", "UA"),
    ("After the clashes 30 wounded people were evacuated from Bria to Bangui.", "CF"),
    ("About 250 police were evacuated from Kunduz to Kabul under fire from the Taliban.", "AF"),
    ("Gunmen attacked Gwoza. The mayor asked for help for 10,000 displaced people.", "NG"),
    ("After the shelling 150 families of Marib received cash.", "YE"),
    (
        "After the raid relief flights brought food to 30,000 displaced people in Duk from Juba.",
        "SS",
    ),
    ("Despite the fighting near Kidal, Algeria expelled 1,200 migrants to Assamaka.", "ML"),
    ("Fighting goes on. The number of displaced people in Goma has reached 240,000.", "CD"),
    ("After the shelling 2,000 people marched from Taiz to Aden to protest.", "YE"),
    # a raid, not a flight
    ("They left Kutum on Friday, some 250 pick-ups of rebels, after the clashes.", "SD"),
    # needs and aid
    ("About 1.3 million people in Darfur are in need after the fighting.", "SD"),
    ("After the fighting 9,000 people in Bor will receive food from Juba.", "SS"),
    ("The agency sent food from Juba to 9,000 people in Bor after the clashes.", "SS"),
]


@pytest.mark.parametrize(("text", "country"), NOBODY_FLED)
def test_others_are_not_displaced(text: str, country: str) -> None:
    assert moves(text, country) == set()


FLED = [
    (
        "About 15,000 refugees from El Geneina arrived in Adre after the militia attack.",
        "SD",
        {move("Geneina", "Adré", 15000)},
    ),
    (
        "After the shelling 600 civilians were evacuated from Bakhmut to Dnipro.",
        "UA",
        {move("Bakhmut", "Dnipro", 600)},
    ),
    (
        "After the attack 900 women and children were evacuated from Bria to Bangui.",
        "CF",
        {move("Bria", "Bangui", 900)},
    ),
    (
        "After rebels took Bor, 2,300 residents fled the town for Juba.",
        "SS",
        {move("Bor", "Juba", 2300)},
    ),
    (
        "Dikwa received 640 families from Marte after the militants' attack.",
        "NG",
        {move("Marte", "Dikwa", 640)},
    ),
    (
        "After the raid 900 villagers were expelled by the militia from Duk to Bor.",
        "SS",
        {move("Duk", "Bor", 900)},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), FLED)
def test_those_who_flee_are(text: str, country: str, told: set[Move]) -> None:
    made = moves(text, country)
    assert {(m.number, len(m.origins), len(m.destinations)) for m in made} == {
        (m.number, 1, 1) for m in told
    }
