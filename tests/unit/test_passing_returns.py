"""Who only looks in at home has not returned, nor has who goes back to the refuge."""

from __future__ import annotations

import pytest
from flight_kit import FAMILIES, Move, move
from readers_kit import moved

from mapgen.model import Kind

BACK = [
    (
        "About 3,000 people fled Kodok for Malakal. Several hundred had walked back to Kodok by "
        "Monday to fetch food.",
        set(),
    ),
    (
        "About 3,000 people fled Kodok. Some 300 went back to Kodok to harvest their fields and "
        "left again.",
        set(),
    ),
    ("Some forty families returned to Kodok to see their houses and were sent away again.", set()),
    (
        "Dozens of residents returned to Kodok for a few hours on Friday to collect belongings.",
        set(),
    ),
    ("About 900 residents returned briefly to Kodok on Friday.", set()),
    ("About 600 people went back to Kodok in August, only to flee again when shells fell.", set()),
    (
        "In June 3,000 people had fled again from Kodok to Malakal. About 400 have since gone "
        "back to Malakal.",
        set(),
    ),
    # traps: these stay, and come from where they had fled to
    (
        "In June 3,000 people had fled from Kodok to Malakal. About 400 have since gone back to "
        "Kodok.",
        {move("", "Kodok", 400)},
    ),
    (
        "About 3,000 people fled Kodok. Some 300 have gone back to Kodok to rebuild their houses.",
        {move("", "Kodok", 300)},
    ),
    (
        "Some forty families returned to Kodok on Monday and were given tents.",
        {move("", "Kodok", 40, FAMILIES)},
    ),
    (
        "About 900 residents have returned to Kodok, where the school was forced out of its "
        "building.",
        {move("", "Kodok", 900)},
    ),
    (
        "Some 1,300 people have returned to Kodok town from Wau since 3 August.",
        {move("Wau", "Kodok", 1300)},
    ),
    (
        "Some 900 people returned from Juba to Malakal last week.",
        {move("Juba", "Malakal", 900)},
    ),
    (
        "About 900 people from Malakal have returned from Juba.",
        {move("Juba", "Malakal", 900)},
    ),
]


@pytest.mark.parametrize(("text", "told"), BACK)
def test_only_who_stays_has_returned(text: str, told: set[Move]) -> None:
    assert moved(text, "SS", "2023-09-10", Kind.RETURN) == told


HOME = [
    (
        "About 9,000 people fled Sake for Goma; some 400 have since gone home.",
        {move("", "Sake", 400)},
    ),
    (
        "About 9,000 people fled Sake for Goma, of whom 400 have returned.",
        {move("Goma", "Sake", 400)},
    ),
    (
        "Some 6,000 people left Kitshanga; a few hundred have gone home.",
        {move("", "Kitshanga", 200)},
    ),
    # traps
    ("About 9,000 people fled Sake; 400 more have gone to Goma.", set()),
    ("About 9,000 people fled Sake; nobody has gone home.", set()),
    ("About 9,000 people fled Sake; a few hundred hope to go home.", set()),
]


@pytest.mark.parametrize(("text", "told"), HOME)
def test_home_is_where_people_had_fled_from(text: str, told: set[Move]) -> None:
    assert moved(text, "CD", "2023-11-22", Kind.RETURN) == told
