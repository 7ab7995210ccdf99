"""People on the move told in many wordings: who left where, who came where, how many."""

from __future__ import annotations

import pytest
from coding_kit import claim, claims, names

from mapgen.model import Kind, Role, Status

MOVES = [  # sentence, origins, destinations, bounds of the figure
    (
        "Nearly 2,000 of the displaced spent Sunday night in a school in Tartus.",
        [],
        ["Tartus"],
        (None, 2000),
    ),
    (
        "The number of people who have crossed from Homs into Lebanon has passed 100,000.",
        ["Homs"],
        ["Lebanon"],
        (100000, None),
    ),
    (
        "Officials reported 2,300 new arrivals from Homs and Hama.",
        ["Homs", "Hama"],
        [],
        (2300, 2300),
    ),
    (
        "Over 4,400 inhabitants took flight to Tartus and Latakia.",
        [],
        ["Tartus", "Latakia"],
        (4400, None),
    ),
    (
        "Latakia is already home to more than 60,000 displaced people.",
        [],
        ["Latakia"],
        (60000, None),
    ),
    ("Tartus has taken in several hundred families more.", [], ["Tartus"], (200, 999)),
    (
        "Around 6,200 people from villages in Hama have arrived in Homs.",
        ["Hama"],
        ["Homs"],
        (6200, 6200),
    ),
    ("Palestinians streamed out of Rastan through the night.", ["Rastan"], [], None),
    (
        "Those escaping Rastan are arriving in Homs and Tartus.",
        ["Rastan"],
        ["Homs", "Tartus"],
        None,
    ),
    (
        "Rebels seized Rastan, sending more than 30,000 civilians fleeing into Lebanon.",
        ["Rastan"],
        ["Lebanon"],
        (30000, None),
    ),
    (
        "More than 50,000 people were uprooted by the Rastan fighting.",
        ["Rastan"],
        [],
        (50000, None),
    ),
    ("Some 1,500 families had quitted Rastan for Tartus.", ["Rastan"], ["Tartus"], (1500, 1500)),
]


@pytest.mark.parametrize(
    ("sentence", "origins", "goals", "bounds"), MOVES, ids=lambda v: str(v)[:40]
)
def test_who_left_where_and_came_where(
    sentence: str,
    origins: list[str],
    goals: list[str],
    bounds: tuple[int | None, int | None] | None,
) -> None:
    found = claim(sentence, Kind.DISPLACEMENT)
    assert names(found, Role.ORIGIN) == origins
    assert names(found, Role.DESTINATION) == goals
    told = (found.quantity.low, found.quantity.high) if found.quantity else None
    assert told == bounds


def test_others_went_on_from_where_those_before_had_fled() -> None:
    text = (
        "Some 3,000 people fled Rastan on Friday. Most headed to Tartus. Others made for Latakia."
    )
    moves = [c for c in claims(text) if c.kind is Kind.DISPLACEMENT]
    assert [(names(c, Role.ORIGIN), names(c, Role.DESTINATION)) for c in moves] == [
        (["Rastan"], []),
        (["Rastan"], ["Tartus"]),
        (["Rastan"], ["Latakia"]),
    ]
    assert "origin:of those told of before" in moves[1].rules


def test_where_the_speaker_sits_is_no_place_of_flight() -> None:
    text = (
        "Some 3,000 people fled Rastan for Tartus, the agency's spokesman told reporters in Geneva."
    )
    found = claim(text, Kind.DISPLACEMENT)
    assert {p.surface for p in found.places} == {"Rastan", "Tartus"}


def test_the_area_a_town_lies_in_is_not_where_people_went() -> None:
    found = claim(
        "More than 62,000 people fled El Fasher in North Darfur.", Kind.DISPLACEMENT, "SD"
    )
    assert [(p.surface, p.role) for p in found.places] == [("El Fasher", Role.ORIGIN)]


def test_fighters_who_leave_withdraw() -> None:
    kinds = {c.kind for c in claims("Most of the rebels left Rastan on Friday.")}
    assert Kind.DISPLACEMENT not in kinds


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Up to 130,000 people could be expected to flee Rastan.", Status.HYPOTHETICAL),
        (
            "In the summer of 2006, when around a million people fled Tyre, few came back.",
            Status.HISTORICAL,
        ),
        ("In the early 1990s some 50,000 people fled Rastan.", Status.HISTORICAL),
        ("The governor denied that people had fled Rastan.", Status.NEGATED),
        ("Were the rebels to return, 5,000 people would flee Rastan.", Status.HYPOTHETICAL),
    ],
)
def test_flight_that_did_not_happen_now(sentence: str, status: Status) -> None:
    assert {c.status for c in claims(sentence) if c.kind is Kind.DISPLACEMENT} <= {status}


@pytest.mark.parametrize(
    "sentence",
    [
        "Hundreds of supporters arrived in Tartus for the match.",
        "Thousands of shoppers headed to Homs on Friday.",
        "At least 60 people were killed in Rastan.",
    ],
)
def test_what_is_no_flight(sentence: str) -> None:
    assert [c for c in claims(sentence) if c.kind is Kind.DISPLACEMENT] == []


@pytest.mark.parametrize(
    ("text", "country", "origin", "goal"),
    [
        ("M23 took Goma. About 900 families fled the town for Bukavu.", "CD", "the town", "Bukavu"),
        ("The RSF took Bara. Some 700 people left the town for El Obeid.", "SD", "the town",
         "El Obeid"),
        ("Rebels seized Palmyra. Thousands fled the city for Homs.", "SY", "the city", "Homs"),
    ],
)  # fmt: skip
def test_the_town_that_people_flee_is_not_where_they_go(
    text: str, country: str, origin: str, goal: str
) -> None:
    [moved] = [c for c in claims(text, country) if c.kind is Kind.DISPLACEMENT]
    assert names(moved, Role.ORIGIN) == [origin]
    assert names(moved, Role.DESTINATION) == [goal]
