"""People who go home: where to, how many; and what is no return."""

from __future__ import annotations

import pytest
from flight_kit import FAMILIES, Move, move, moves

from mapgen.model import Kind

TOLD = [
    (
        "Some 420 families who had fled the fighting in Bria went back on Monday.",
        "CF",
        {move("", "Bria", 420, FAMILIES)},
    ),
    (
        "About 900 residents of Derna came home on Monday after the siege.",
        "LY",
        {move("", "Derna", 900)},
    ),
    (
        "About 5,000 people fled Sinjar for Zakho during the fighting. Of these, 600 went back.",
        "IQ",
        {move("", "Sinjar", 600)},
    ),
    (
        "After the ceasefire 2,100 displaced people arrived from Vavuniya in Kilinochchi (return).",
        "LK",
        {move("Vavuniya", "Kilinochchi", 2100)},
    ),
    (
        "Following the end of the shelling, 610 families have gone back to Butig.",
        "PH",
        {move("", "Butig", 610, FAMILIES)},
    ),
    (
        "After the battle a first group of some 500 people was seen coming back to Bangassou.",
        "CF",
        {move("", "Bangassou", 500)},
    ),
    (
        "The fighting is over: 640 returnees were recorded at Kumbo.",
        "CM",
        {move("", "Kumbo", 640)},
    ),
    (
        "Some 492 families fled the fighting in Montepuez. Most of the families had gone home by "
        "Tuesday.",
        "MZ",
        {move("", "Montepuez")},
    ),
    (
        "People of Damara who had fled the rebels to Bangui are cautiously returning.",
        "CF",
        {move("", "Damara")},
    ),
    (
        "Forty families who had fled the shelling of Hays returned two days later.",
        "YE",
        {move("", "Hays", 40, FAMILIES)},
    ),
    (
        "After the fighting the agency counts 2,150 people who have gone home to Leer from Bentiu.",
        "SS",
        {move("Bentiu", "Leer", 2150)},
    ),
    (
        "About 9,000 people fled the battle of Malakal to Renk; the Red Cross counted 700 "
        "coming home on Monday.",
        "SS",
        {move("", "Malakal", 700)},
    ),
    (
        "After the attack about 500 families came out of the bush and back to Bakala.",
        "CF",
        {move("", "Bakala", 500, FAMILIES)},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), TOLD)
def test_people_go_home(text: str, country: str, told: set[Move]) -> None:
    assert moves(text, country, Kind.RETURN) == told


NO_RETURN = [
    ("No families have gone back to Tawergha after the fighting.", "LY"),
    ("Families who fled the fighting in Tawergha hope to go home this summer.", "LY"),
    ("After the clashes 600 soldiers went back to Bria.", "CF"),
    ("Families from Bara who fled to El Obeid in the fighting are preparing to return.", "SD"),
    ("The governor told 3,000 displaced people to go back to Kumbo after the clashes.", "CM"),
    ("About 700 people came to Bunia after the attack on Fataki.", "CD"),
    (
        "After clashes 2,500 people fled Goma for Gisenyi, among them 300 Rwandans going back.",
        "CD",
    ),
    ("Families from Sake who fled the fighting to Goma have not returned.", "CD"),
    ("The rebels fled Sake and returned two days later.", "CD"),
    ("An attack on Kunduz forced 300 people to turn back.", "AF"),
]


@pytest.mark.parametrize(("text", "country"), NO_RETURN)
def test_nobody_goes_home(text: str, country: str) -> None:
    assert moves(text, country, Kind.RETURN) == set()


def test_people_who_came_after_an_attack_fled() -> None:
    text = "About 700 people came to Bunia after the attack on Fataki."
    assert moves(text, "CD") == {move("Fataki", "Bunia", 700)}


def test_those_who_went_back_do_not_flee() -> None:
    text = "Some 420 families who had fled the fighting in Bria went back on Monday."
    assert 420 not in {m.number for m in moves(text, "CF")}
