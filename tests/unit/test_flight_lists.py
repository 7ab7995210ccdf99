"""In a list with figures each place has its own: one movement each."""

from __future__ import annotations

import pytest
from flight_kit import FAMILIES, Move, move, moves

TOLD = [
    (
        "Militants attacked Gwoza on Monday. Arrivals were registered in Maiduguri (2,400 "
        "families), in Dikwa (310 families) and in Bama (95 families).",
        "NG",
        {
            move("Gwoza", "Maiduguri", 2400, FAMILIES),
            move("Gwoza", "Dikwa", 310, FAMILIES),
            move("Gwoza", "Bama", 95, FAMILIES),
        },
    ),
    (
        "Households fled the fighting in Sirte and moved mainly to Misrata (1,900), while a "
        "further 250 reached Bani Walid.",
        "LY",
        {
            move("Sirte", "Misrata", 1900, FAMILIES),
            move("Sirte", "Bani Walid", 250, FAMILIES),
        },
    ),
    (
        "Gunmen attacked Pibor on Tuesday. The following arrivals were registered:\n\n"
        "• Bor: 512 families\n• Juba: 240 families",
        "SS",
        {move("Pibor", "Bor", 512, FAMILIES), move("Pibor", "Juba", 240, FAMILIES)},
    ),
    (
        "Rebels stormed Fataki on Monday. People fled the town. By place of arrival: Bunia "
        "5,000; Mahagi 3,100; Drodro 1,100.",
        "CD",
        {
            move("Fataki", "Bunia", 5000),
            move("Fataki", "Mahagi", 3100),
            move("Fataki", "Drodro", 1100),
        },
    ),
    (
        "The army shelled Demoso. Displaced people from the town are in Loikaw (1,200 people), "
        "Taunggyi (450 people) and Hpruso (300 people).",
        "MM",
        {
            move("Demoso", "Loikaw", 1200),
            move("Demoso", "Taunggyi", 450),
            move("Demoso", "Hpruso", 300),
        },
    ),
    (
        "820 households were displaced by the fighting in Harib: 520 HH arrived in Marib, "
        "300 HH in Ataq.",
        "YE",
        {move("Harib", "Marib", 520, FAMILIES), move("Harib", "Ataq", 300, FAMILIES)},
    ),
    (
        "Clashes broke out in Bria on Sunday.\n\nBria: 4,900 individuals fled, mainly to "
        "Bambari (3,000) and Ippy (1,900).",
        "CF",
        {move("Bria", "Bambari", 3000), move("Bria", "Ippy", 1900)},
    ),
    (
        "Militants attacked Gwoza. Arrivals were registered in Maiduguri (900 families) and in "
        "Dikwa, Borno State (310 families).",
        "NG",
        {move("Gwoza", "Maiduguri", 900, FAMILIES), move("Gwoza", "Dikwa", 310, FAMILIES)},
    ),
    (
        "Clashes broke out on Sunday. Bria: 4,900 individuals, mainly to Bambari (3,000) and "
        "Ippy (1,900).",
        "CF",
        {move("Bria", "Bambari", 3000), move("Bria", "Ippy", 1900)},
    ),
    (
        "The following families arrived after the fighting in Las Anod:\n\n- Garowe: 1,200 "
        "families\n- Burco: 3,400 families",
        "SO",
        {move("Las Anod", "Garowe", 1200, FAMILIES), move("Las Anod", "Burco", 3400, FAMILIES)},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), TOLD)
def test_each_place_of_a_list_has_its_own_figure(text: str, country: str, told: set[Move]) -> None:
    assert told <= moves(text, country)


TRAPS = [
    # how many live there
    ("Families fled the fighting in Sake for Goma (670,000 inhabitants).", "CD", 670_000),
    # the dead
    ("Families fled the shelling of Sake (12 dead) and Minova (30 wounded).", "CD", 12),
    ("Families fled the shelling of Sake (12 dead) and Minova (30 wounded).", "CD", 30),
    # distances
    ("People fled the fighting in Pibor for Bor (120 km) and Juba (250 km).", "SS", 120),
    # years
    ("People fled after the battles of Bor (2013) and Malakal (2014).", "SS", 2013),
    # shares
    ("People fled the fighting in Pibor for Bor (60 per cent) and Juba (40 per cent).", "SS", 60),
    # a sum of the list is not one of its places
    (
        "Militants attacked Gwoza. Arrivals were registered in Maiduguri (2,400 families) and "
        "Dikwa (310 families).",
        "NG",
        2710,
    ),
]


@pytest.mark.parametrize(("text", "country", "count"), TRAPS)
def test_other_figures_in_brackets_count_no_displaced(text: str, country: str, count: int) -> None:
    assert count not in {m.number for m in moves(text, country)}


NOBODY_MOVED = [
    (
        "Militants attacked Gwoza. Food went to Maiduguri (500 families) and Dikwa (300 families).",
        "NG",
    ),
    ("Gunmen killed 60 civilians: 40 in Bor and 20 in Pibor.", "SS"),
    ("After the shelling the agency built latrines:\n\n• Bor: 512 latrines\n• Juba: 240", "SS"),
    ("Clashes broke out. Ceasefire monitors: 40 persons, mainly to Bria (30) and Ippy (10).", "CF"),
    ("The fighting cut off Bria (40,000 people) and Ippy (12,000 people).", "CF"),
]


@pytest.mark.parametrize(("text", "country"), NOBODY_MOVED)
def test_a_list_of_something_else_moves_nobody(text: str, country: str) -> None:
    assert moves(text, country) == set()
