"""Strikes, attacks and clashes told by those who died: where, of what kind, and how many."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract

from mapgen.coding.english.tolls import INCIDENTS
from mapgen.model import Kind

MAY = date(2025, 5, 14)
STRIKE, ATTACK, CLASH = Kind.STRIKE, Kind.ATTACK_ON_CIVILIANS, Kind.CLASH


def _told(text: str, country: str) -> list[tuple[Kind, str, int | None]]:
    return [
        (c.kind, c.places[0].surface, c.quantity.low if c.quantity else None)
        for c in extract(text, country, published_on=MAY).claims
        if c.kind in INCIDENTS and c.status.is_current and c.places
    ]


@pytest.mark.parametrize(
    ("text", "country", "told"),
    [
        ("A strike on Nabatieh killed 16 people.", "LB", (STRIKE, "Nabatieh", 16)),
        ("Sixteen people were killed in a strike on Tyre.", "LB", (STRIKE, "Tyre", 16)),
        ("Shelling in Kutum left 12 people dead, medics said.", "SD", (STRIKE, "Kutum", 12)),
        (
            "Four refugees were killed in Bentiu when shells hit the camp.",
            "SS",
            (STRIKE, "Bentiu", 4),
        ),
        ("Gunmen killed 21 villagers in Bokkos on Sunday.", "NG", (ATTACK, "Bokkos", 21)),
        ("A massacre in Bama left 300 people dead.", "NG", (ATTACK, "Bama", 300)),
        ("A car bomb killed seven people in Mogadishu.", "SO", (ATTACK, "Mogadishu", 7)),
        (
            "Suicide bombers killed 30 people at a market in Konduga.",
            "NG",
            (ATTACK, "Konduga", 30),
        ),
        (
            "Fifteen soldiers died in an ambush near Gao, the army said.",
            "ML",
            (CLASH, "Gao", 15),
        ),
        (
            "Clashes between two militias left nine people dead in Zawiya.",
            "LY",
            (CLASH, "Zawiya", 9),
        ),
        (
            "Bandits killed 15 people and abducted 40 in Zurmi, Zamfara.",
            "NG",
            (ATTACK, "Zurmi", 15),
        ),
        ("A shell on 3 May killed two in Malakal.", "SS", (STRIKE, "Malakal", 2)),
        (
            "Shelling of Malakal on 6 May wounded four people, one of them a nurse.",
            "SS",
            (STRIKE, "Malakal", 4),
        ),
    ],
)
def test_deaths_tell_what_happened(text: str, country: str, told: tuple[Kind, str, int]) -> None:
    assert _told(text, country) == [told]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Nine people died in a road accident near Gao after an attack.", "ML"),
        ("Cholera killed 40 people in Bentiu after the fighting.", "SS"),
        ("Floods killed 12 people in Mogadishu.", "SO"),
        ("A strike on Nabatieh could kill hundreds, the mayor warned.", "LB"),
        ("The strike on Nabatieh killed nobody.", "LB"),
        ("In 2017 a bomb killed 587 people in Mogadishu.", "SO"),
        ("Ali, whose brother was killed in a strike on Tyre in 2006, lives in Sidon.", "LB"),
        ("Four soldiers were buried in Bamako, killed in an ambush.", "ML"),
        ("Teachers on strike in Tyre killed time over coffee.", "LB"),
        ("Since January 4,000 people have been killed in clashes in Sudan.", "SD"),
    ],
)
def test_other_deaths_draw_nothing(text: str, country: str) -> None:
    assert _told(text, country) == []


def test_where_a_dead_man_came_from_is_not_where_he_died() -> None:
    told = _told("A teacher from Kutum was killed in an attack on Nyala.", "SD")
    assert told == [(ATTACK, "Nyala", None)]


def test_the_day_of_a_month_is_no_toll() -> None:
    told = _told("An airstrike near Adale on May 3 killed 13 fighters.", "SO")
    assert [n for _, _, n in told] == [13]


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        (
            "In Mekelle, Tigray's capital, ten people were killed and 21 wounded in an air strike.",
            "ET",
            "Mekelle",
        ),
        ("In Nyala eight people were killed and 20 injured in a drone strike.", "SD", "Nyala"),
    ],
)
def test_killed_and_wounded_in_one_strike(text: str, country: str, town: str) -> None:
    ((kind, place, toll),) = _told(text, country)
    assert (kind, place) == (Kind.STRIKE, town)
    assert toll == (10 if town == "Mekelle" else 8)


def test_a_crash_that_kills_and_injures_is_no_strike() -> None:
    assert _told("In Nyala eight people were killed and 20 injured in a bus crash.", "SD") == []
