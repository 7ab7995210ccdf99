""" "The city" is a city of the same paragraph or post, and none of an aside that is denied."""

from __future__ import annotations

import pytest
from flight_kit import Move, move
from readers_kit import moved, read_twice

from mapgen.model import Kind

FLED = [
    (  # a post that names its own town
        "09:15 The rebels say they are inside Nyala, on the highway to El Fasher. Nyala is quiet.\n"
        "\n17:00 The RSF say they have reached the market in Kadugli and that the city is theirs. "
        '"Lies," says a police spokesman there. Residents describe street fighting in several '
        "districts. They did take the prison on Wednesday. Some 20,000 people have fled to the "
        "city from outlying villages, according to the UN.",
        "SD",
        move("", "Kadugli", 20000),
    ),
    (  # trap: a post that names none
        "09:15 The Taliban say they are inside Ghazni, on the highway to Kandahar. Ghazni is "
        "quiet now.\n\n17:00 Shops are shut. Soldiers stand at every corner. Nobody sells bread. "
        "Some 3,000 people have fled to the city from outlying districts, according to the UN.",
        "AF",
        move("", "Ghazni", 3000),
    ),
    (
        "09:00 Shelling of Kherson since the night.\n\n10:20 The council of Mariupol says 5,000 "
        "people have left the city.",
        "UA",
        move("Mariupol", "", 5000),
    ),
    (
        "09:00 Shelling of Kherson since the night.\n\n10:20 Mariupol's mayor says 5,000 people "
        "have left the city.",
        "UA",
        move("Mariupol", "", 5000),
    ),
    (  # trap: the council of the town told of before
        "09:00 Shelling of Kherson since the night.\n\n10:20 The council says 5,000 people have "
        "left the city.",
        "UA",
        move("Kherson", "", 5000),
    ),
    (  # trap: the mayor of another town speaks
        "09:00 Shelling of Kherson since the night. The mayor of Odesa says Kherson is on fire.\n"
        "\n10:20 About 5,000 people have left the city.",
        "UA",
        move("Kherson", "", 5000),
    ),
    (  # trap: officials in the capital do not speak of the capital
        "The Taliban entered Kunduz on Monday from three sides.\n\nBy Tuesday they were on the "
        "airport road. Thousands of residents have left the city, said officials in Kabul.",
        "AF",
        move("Kunduz", "", 1000),
    ),
    (
        "Kunduz fell on Monday. In Kabul, the ministry said reinforcements were on the way from "
        "Baghlan.\n\nMore than 6,000 people have left the city.",
        "AF",
        move("Kunduz", "", 6000),
    ),
    (
        "Ilovaisk was surrounded on Monday. Kyiv accused Russia of shelling from Taganrog, which "
        "Moscow denied.\n\nThe battalions held the school for two days more. Then they were "
        "ordered out, and 3,000 people fled the town.",
        "UA",
        move("Ilovays’k", "", 3000),
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), FLED)
def test_people_left_or_reached_the_city_of_their_own_paragraph(
    text: str, country: str, told: Move
) -> None:
    assert told in moved(text, country, "2022-03-20")


def _taken(text: str, country: str, day: str) -> set[str | None]:
    made = read_twice(text, country, day)
    return {p.name for c in made if c.kind is Kind.CONTROL_CHANGE for p in c.places}


def test_a_denied_hit_on_another_town_does_not_make_it_the_city() -> None:
    text = (
        "Three days in September: how Kunduz was lost\n\nOn Sunday the Taliban stood at the gates "
        "and flights to Bagram airfield were called off. Islamabad said its guns had answered by "
        "hitting Asadabad, which Kabul denied.\n\nThe garrison held one building for a day more. "
        "On Monday it burned, and with it went the city."
    )
    assert _taken(text, "AF", "2015-09-30") == {"Kunduz"}


def test_the_capital_that_makes_a_claim_is_not_the_settlement() -> None:
    text = (
        "Moscow's claim to have captured Torske does not correspond to reality: soldiers of the "
        "66th Brigade hold the settlement."
    )
    held = [c for c in read_twice(text, "UA", "2025-04-22") if c.kind is Kind.CONTROL_STATE]
    assert [[p.name for p in c.places] for c in held] == [["Torske"]]


def test_the_committee_of_a_town_speaks_of_it() -> None:
    text = (
        "Partners report that the RSF entered Al Hasahisa on 19 December. The resistance "
        "committee in Rufaa says it too has fallen; the RSF has not commented."
    )
    fallen = [c for c in read_twice(text, "SD", "2023-12-24") if c.kind is Kind.CONTROL_CHANGE]
    assert [[p.name for p in c.places] for c in fallen] == [["Rufā‘a"]]
