"""People who are sent back, who go home, and towns whose people are told to leave."""

from __future__ import annotations

from functools import cache

import pytest
from coding_kit import gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Claim, Kind


@cache
def _reader() -> TwoReaders:
    return TwoReaders(gazetteer())


def _claims(text: str, country: str, kind: Kind) -> list[Claim]:
    found = _reader().code(Article(id="t", text=text, country=country))[0]
    return [c for c in found if c.status.is_current and c.places and c.kind is kind]


def _ways(claim: Claim) -> set[tuple[str, str]]:
    return {(p.surface, p.role.value) for p in claim.places}


@pytest.mark.parametrize(
    ("text", "country", "ways", "number"),
    [
        (
            "The governor sent about 1,200 displaced people from Kirkuk back to Mosul.",
            "IQ",
            {("Kirkuk", "origin"), ("Mosul", "destination")},
            1_200,
        ),
        (
            "Officials bused 2,000 people from Marib back to Taiz; similar returns to Ibb are "
            "planned.",
            "YE",
            {("Marib", "origin"), ("Taiz", "destination")},
            2_000,
        ),
        (
            "About 1,200 people have gone back to Bor from Malakal since the middle of April.",
            "SS",
            {("Malakal", "origin"), ("Bor", "destination")},
            1_200,
        ),
        (
            "DISPLACEMENT\n• Erbil: around 5,100 people have gone back since April, mainly from "
            "Mosul.",
            "IQ",
            {("Mosul", "origin"), ("Erbil", "destination")},
            5_100,
        ),
        (
            "People at Sake, where shells fell last month, are more hopeful. About 400 of them "
            "have gone home since Tuesday, village leaders say.",
            "CD",
            {("Sake", "destination")},
            400,
        ),
    ],
)
def test_a_return(text: str, country: str, ways: set[tuple[str, str]], number: int) -> None:
    (back,) = _claims(text, country, Kind.RETURN)
    assert _ways(back) == ways
    assert back.quantity is not None
    assert back.quantity.low == number


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The army sent 400 soldiers from Goma back to Sake.", "CD"),
        ("The ministry wants to send 3,000 displaced people from Goma back to Sake.", "CD"),
        ("Doctors sent 30 patients back to Aden.", "YE"),
        ("The army sent the truck with 300 tents back to Goma.", "CD"),
        ("Goma hosts 900 displaced people. About 400 of them have gone home since Tuesday.", "CD"),
    ],
)
def test_no_return(text: str, country: str) -> None:
    assert _claims(text, country, Kind.RETURN) == []


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        (
            "In Bambari, still held by rebels, the town council told residents to leave before the "
            "column arrived.",
            "CF",
            "Bambari",
        ),
        (
            "In Marib, close to the front, officials asked families to move out before the assault "
            "on Sirwah.",
            "YE",
            "Marib",
        ),
    ],
)
def test_a_town_told_to_leave_stands_at_the_beginning(text: str, country: str, town: str) -> None:
    (order,) = _claims(text, country, Kind.EVACUATION_ORDER)
    assert [p.surface for p in order.places] == [town]
    assert _claims(text, country, Kind.DISPLACEMENT) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("In Goma, the mayor told residents to stay calm.", "CD"),
        ("In Bria, the army told traders to leave the market by noon.", "CF"),
        ("In Kabul, the government told civil servants to leave their offices.", "AF"),
        ("The group's leader told its fighters to leave Sake.", "CD"),
    ],
)
def test_nobody_is_told_to_leave_a_town(text: str, country: str) -> None:
    assert _claims(text, country, Kind.EVACUATION_ORDER) == []
