"""Short sentences of any report: "So is Y", "government fighters took Y", "left homes in Y"."""

from __future__ import annotations

import pytest

from mapgen.model import Claim, Kind, Role
from tests.unit.readers_kit import read_twice

_CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}


def holders(text: str, country: str, day: str) -> dict[str, str | None]:
    """Return who is drawn as the holder of each town, by the words for the town."""
    told = [c for c in read_twice(text, country, day) if c.kind in _CONTROL]
    return {
        p.surface: c.actor.name if c.actor else None
        for c in told
        for p in c.places
        if p.role is Role.AT
    }


def ends(text: str, country: str, day: str) -> tuple[set[str], set[str]]:
    """Return where the people drawn left, and where they went."""
    told: list[Claim] = [c for c in read_twice(text, country, day) if c.kind is Kind.DISPLACEMENT]
    places = [p for c in told for p in c.places]
    left = {p.surface for p in places if p.role is Role.ORIGIN}
    return left, {p.surface for p in places if p.role is Role.DESTINATION}


@pytest.mark.parametrize(
    ("text", "country", "day", "held"),
    [
        (
            "Kupiansk is back in Ukrainian hands. So is Balakliia.",
            "UA",
            "2022-09-12",
            {"Kupiansk": "Ukrainian forces", "Balakliia": "Ukrainian forces"},
        ),
        (
            "Kherson fell on Friday. So did Snihurivka.",
            "UA",
            "2022-03-04",
            {"Kherson": None, "Snihurivka": None},
        ),
        (
            "Hama remains under government control. So is the road to Homs.",
            "SY",
            "2024-12-04",
            {"Hama": "Syrian government"},
        ),
        (
            "Izium was in Russian hands until Saturday. So were Vovchansk and Volokhiv Yar.",
            "UA",
            "2022-09-12",
            {},
        ),
        ("Rebels could take Hama. So could Salamiyah.", "SY", "2024-12-04", {}),
    ],
)
def test_a_town_that_is_so_as_another(
    text: str, country: str, day: str, held: dict[str, str | None]
) -> None:
    assert holders(text, country, day) == held


@pytest.mark.parametrize(
    ("text", "country", "town", "taker"),
    [
        (
            "Government fighters captured Zinjibar on 6 August. The Islamic State claimed a bomb.",
            "YE",
            "Zinjibar",
            "Yemeni government forces",
        ),
        (
            "Government fighters entered Aden on 6 August. The Islamic State claimed a car bomb.",
            "YE",
            "Aden",
            "Yemeni government forces",
        ),
        (
            "Government militiamen retook Panjwai on 6 August. Taliban fighters were near Maiwand.",
            "AF",
            "Panjwai",
            "Afghan government forces",
        ),
        ("Anti-government fighters captured Inkhil.", "SY", "Inkhil", "anti-government fighters"),
    ],
)
def test_the_fighters_of_the_government_take_towns_for_it(
    text: str, country: str, town: str, taker: str
) -> None:
    held = holders(text, country, "2015-08-10")
    name = held[town] or ""
    assert name[:1].lower() + name[1:] == taker[:1].lower() + taker[1:]


@pytest.mark.parametrize(
    "text",
    [
        "Nearly 6,000 families left their homes in Kutum.",
        "Some 6,000 people have left their houses in Kutum since Monday.",
    ],
)
def test_homes_are_where_people_left(text: str) -> None:
    assert ends(text, "SD", "2021-08-10") == ({"Kutum"}, set())


def test_who_march_on_parliament_leave_no_home() -> None:
    text = (
        "In the capital, residents of Carrefour-Feuilles, which was emptied by gangs in August,"
        " marched on the prime minister's office."
    )
    assert ends(text, "HT", "2023-08-20") == (set(), set())


def test_who_march_from_town_to_town_left_it() -> None:
    text = "Thousands of people marched three days from Geneina to Adre."
    assert ends(text, "SD", "2023-08-20") == ({"Geneina"}, {"Adre"})


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Umm Qutayya in Gezira was taken by the RSF on 17 May.", "SD", "Umm Qutayya"),
        ("Tougouligou in Yatenga was taken by the jihadists.", "BF", "Tougouligou"),
    ],
)
def test_a_village_of_no_list_is_not_the_province_it_is_in(
    text: str, country: str, name: str
) -> None:
    assert set(holders(text, country, "2024-05-20")) == {name}


def test_a_name_joined_to_a_listed_one_is_another_place() -> None:
    text = "Jihadists took Kaya-Tenga on Tuesday. Kaya-Tenga has a market and one school."
    [claim] = [c for c in read_twice(text, "BF", "2023-08-20") if c.kind is Kind.CONTROL_CHANGE]
    assert [(p.surface, p.lat) for p in claim.places] == [("Kaya-Tenga", None)]


def test_a_quarter_is_not_the_town_that_its_name_begins_with() -> None:
    text = "Gangs took Carrefour-Feuilles on Tuesday. The Hinche-Maissade road is closed."
    [claim] = [c for c in read_twice(text, "HT", "2023-08-20") if c.kind is Kind.CONTROL_CHANGE]
    [quarter] = claim.places
    assert quarter.surface == "Carrefour-Feuilles"
    # the town of Carrefour lies 9 km to the west, at 72.40 W
    assert quarter.lon == pytest.approx(-72.33, abs=0.02)
