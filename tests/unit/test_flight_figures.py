"""Figures of one group, of two groups, of parts, and running totals."""

from __future__ import annotations

import pytest
from coding_kit import claims
from flight_kit import FAMILIES, Move, move, moves

from mapgen.model import Claim, Kind

TOLD = [
    (  # one group in two units: as it is written first
        "780 families (3,900 people) fled the fighting in Bria for Bangassou.",
        "CF",
        {move("Bria", "Bangassou", 780, FAMILIES)},
    ),
    (
        "Some 3,900 people (780 families) fled the fighting in Bria for Bangassou.",
        "CF",
        {move("Bria", "Bangassou", 3900)},
    ),
    (
        "An estimated 3,900 individuals, or 780 households, fled Bria after the attack.",
        "CF",
        {move("Bria", "", 3900)},
    ),
    (  # a part went on
        "Some 2,400 people fled the fighting in Loikaw, of whom 620 crossed to Mae Hong Son.",
        "MM",
        {move("Loikaw", "", 2400), move("Loikaw", "Mae Hong Son", 620)},
    ),
    (  # two groups
        "After clashes 1,400 people fled Kutum for Tawila and 350 people fled Mellit for El "
        "Fasher.",
        "SD",
        {move("Kutum", "Tawila", 1400), move("Mellit", "El Fasher", 350)},
    ),
    (  # this event, not the sum
        "Another 400 people fled Bria on Tuesday after the attack, bringing to 3,400 the number "
        "of those who have left the town since Sunday.",
        "CF",
        {move("Bria", "", 400)},
    ),
    (
        "About 11,200 people, including 6,000 children, fled the fighting in Minova for Goma.",
        "CD",
        {move("Minova", "Goma", 11200)},
    ),
    (
        "Fighting in Kidal drove 850 people to Gao, bringing to 9,400 the number of arrivals "
        "since January.",
        "ML",
        {move("Kidal", "Gao", 850)},
    ),
    (  # those who were there before are not those who come
        "After the clashes Dikwa, already hosting 28,000 people, received 640 families from Marte.",
        "NG",
        {move("Marte", "Dikwa", 640, FAMILIES)},
    ),
    (
        "About 560 families (3,100 people) who left Hays for Mocha fled shelling.",
        "YE",
        {move("Hays", "Mocha", 560, FAMILIES)},
    ),
    (  # a part of the figure goes elsewhere
        "About 7,200 people have fled the fighting in Ippy, part of them to Bangassou.",
        "CF",
        {move("Ippy", "Bangassou", 7200)},
    ),
    (  # her family is no figure of the displaced
        '"They shelled us," said Amina, who fled Bara for El Obeid with her three children.',
        "SD",
        {move("Bara", "El Obeid")},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), TOLD)
def test_figures_of_groups(text: str, country: str, told: set[Move]) -> None:
    assert {m._replace(origins=_plain(m), destinations=_ends(m)) for m in moves(text, country)} == (
        told
    )


def _plain(m: Move) -> frozenset[str]:
    return frozenset(name.removeprefix("Al ") for name in m.origins)


def _ends(m: Move) -> frozenset[str]:
    return frozenset(name.removeprefix("Al ") for name in m.destinations)


def _flight(text: str) -> Claim:
    [made] = [c for c in claims(text, "CF") if c.kind is Kind.DISPLACEMENT]
    return made


def test_more_than_is_a_lower_bound() -> None:
    made = _flight("More than 17,000 people fled the fighting in Bria on Monday.")
    assert made.quantity is not None
    assert (made.quantity.low, made.quantity.high) == (17_000, None)


def test_nearly_is_an_upper_bound() -> None:
    made = _flight("Nearly 17,000 people fled the fighting in Bria on Monday.")
    assert made.quantity is not None
    assert (made.quantity.low, made.quantity.high) == (None, 17_000)


TRAPS = [
    # running totals to date
    ("Since 2016 more than 640,000 people have been displaced by fighting in Kidal.", "ML"),
    ("The war has uprooted 2 million people since 2019, and a mortar hit Kaya on Friday.", "BF"),
    # people in a quote, and their ages
    ('"Three armed men came to our house," said Amina, 54, whose brother fights in Bara.', "SD"),
    # villages, not people
    ("Militants attacked 15 villages around Gwoza and burnt 340 houses.", "NG"),
    ("In the fighting the army moved 40 tanks and 12 guns from Bria to Ippy.", "CF"),
    # a stock, and key figures without a verb, are no flight from the town
    ("After the clashes the number of displaced people in Beledweyne stands at 12,000.", "SO"),
    (
        "Key figures: 78,000 displaced since 20 Feb | 11,400 displaced this week, after attacks.",
        "SO",
    ),
    # plans
    (
        "Plans to relocate 900 displaced people from Djibo to Kaya were made after the attack.",
        "BF",
    ),
    # the killed
    ("Shelling killed 60 people in Kutum and wounded 350.", "SD"),
]


@pytest.mark.parametrize(("text", "country"), TRAPS)
def test_other_figures_move_nobody(text: str, country: str) -> None:
    assert moves(text, country) == set()


def test_a_sum_to_date_stands_beside_the_event_of_the_day() -> None:
    text = (
        "Fighting in Kaya on Monday displaced 1,300 people. Since 2019 more than 2 million people "
        "have been displaced."
    )
    assert moves(text, "BF") == {move("Kaya", "", 1300)}


def test_one_group_in_two_units_is_one_claim() -> None:
    text = "About 700 families (4,100 people) were displaced from Harib after the shelling."
    made = [c for c in claims(text, "YE") if c.kind is Kind.DISPLACEMENT]
    assert [(c.quantity.low, c.quantity.unit) for c in made if c.quantity] == [(700, "families")]
