"""Plain sentences on people who leave, and on journeys and counts that are no flight."""

from __future__ import annotations

import pytest

from mapgen.coding.english.other_travellers import other_journeys
from mapgen.model import OF_DISPLACED, Kind, Role
from tests.unit.readers_kit import read_twice

_WARS = {
    "SY": ("2024-12-05", {"X": "Rastan", "Y": "Talbisseh", "Z": "Latakia", "A": "rebels"}),
    "UA": ("2024-10-10", {"X": "Vuhledar", "Y": "Selydove", "Z": "Dnipro", "A": "Russian forces"}),
    "CD": ("2025-02-10", {"X": "Masisi", "Y": "Sake", "Z": "Goma", "A": "M23 rebels"}),
}


def told(sentence: str, country: str, *kinds: Kind) -> tuple[set[str], set[str], set[int | None]]:
    """Return where people left, where they are or went, and how many, by both readers."""
    day, names = _WARS[country]
    claims = [c for c in read_twice(sentence.format(**names), country, day) if c.kind in kinds]
    words = {name: letter for letter, name in names.items()}
    ends = [(words.get(p.surface, p.surface), p.role) for c in claims for p in c.places]
    left = {name for name, role in ends if role is Role.ORIGIN}
    return left, {n for n, r in ends if n not in left and r}, {_best(c) for c in claims} - {None}


def _best(claim) -> int | None:
    return claim.quantity.best if claim.quantity is not None else None


@pytest.mark.parametrize("country", _WARS)
@pytest.mark.parametrize(
    ("sentence", "left", "reached"),
    [
        ("People are still leaving {X}, the mayor said.", {"X"}, set()),
        ("Hundreds fled when {A} took {X}.", {"X"}, set()),
        ("As {A} advanced on {X}, thousands fled.", {"X"}, set()),
        ("When {A} took {X}, its people fled to {Z}.", {"X"}, {"Z"}),
        ("Residents fled to {Z} when {X} fell.", {"X"}, {"Z"}),
        ("People fled in every direction from {X}.", {"X"}, set()),
        ("The road out of {X} is full of families.", {"X"}, set()),
        ("The road from {X} to {Z} is full of people on foot and in carts.", {"X"}, {"Z"}),
        ("Cars packed with families queued on the road out of {X}.", {"X"}, set()),
        ("Schools in {Z} are full of families from {X}.", {"X"}, {"Z"}),
        ("Churches in {Z} are packed with people who fled {X}.", {"X"}, {"Z"}),
        ("Families from {X} are staying with relatives in {Z}.", {"X"}, {"Z"}),
        ("Displaced people from {X} told reporters in {Z} that they had walked.", {"X"}, {"Z"}),
        ("Only a few old people are left in {X}; the others have gone to {Z}.", {"X"}, {"Z"}),
    ],
)
def test_plain_words_say_who_left_where(
    sentence: str, left: set[str], reached: set[str], country: str
) -> None:
    assert told(sentence, country, Kind.DISPLACEMENT)[:2] == (left, reached)


@pytest.mark.parametrize("country", _WARS)
def test_a_town_that_is_home_to_those_who_fled(country: str) -> None:
    text = "{Z} is now home to 40,000 people who fled {X}."
    assert told(text, country, Kind.DISPLACEMENT) == ({"X"}, {"Z"}, {40_000})
    assert told(text, country, Kind.RETURN) == (set(), set(), set())


@pytest.mark.parametrize("country", _WARS)
@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("The capture of {X} by {A} displaced 7,000 people.", 7_000),
        ("The attack on {X} forced 300 families to flee.", 300),
    ],
)
def test_what_forced_people_out_says_where_they_left(
    sentence: str, count: int, country: str
) -> None:
    left, _, counts = told(sentence, country, Kind.DISPLACEMENT)
    assert (left, counts) == ({"X"}, {count})


@pytest.mark.parametrize("country", _WARS)
@pytest.mark.parametrize(
    "sentence",
    [
        "The wounded were taken from {X} to {Z}.",
        "The bodies of twelve civilians were taken from {X} to {Z}.",
        "Forty prisoners of war were moved from {X} to {Z}.",
        "Detainees were transferred from {X} to a prison in {Z}.",
        "Aid workers left {X} for {Z}.",
        "Three journalists left {X} for {Z} on Monday.",
        "Diplomats left {X} for {Z} before {A} came.",
        "UN staff left {X} for {Z}.",
        "The UN relocated 60 staff from {X} to {Z}.",
        "Some 400 tourists left {X} for {Z}.",
        "Traders from {X} bring onions to {Z}.",
        "The grain was taken from {X} to {Z}.",
        "Cattle were driven from {X} to {Z}.",
        "Farmers from {X} sell vegetables in {Z}.",
        "Teachers from {X} went to {Z} for training.",
        "Nine thousand people gathered in {Z} for a rally.",
        "Hundreds of people from {X} attended a wedding in {Z}.",
        "Thousands marched from {X} to {Z} for peace.",
        "Markets in {Z} are full of traders from {X}.",
        "1,200 soldiers arrived in {Z} from {X}.",
        "More than 4,000 people are without water in {X}.",
        "The road out of {X} is full of troops.",
        "Hundreds will flee when {A} take {X}.",
        "Thousands fled when {A} took {X} in 2013.",
        "Soldiers fled when {A} took {X}.",
        "Nobody fled when {A} took {X}.",
        "People are not leaving {X}, the mayor said.",
        "The fall of {X} would displace 7,000 people.",
        "The capture of {X} by {A} in 2012 displaced 7,000 people.",
        "People displaced from {X} have begun to return.",
        "The road out of {X} is full of people returning from {Z}.",
    ],
)
def test_other_journeys_are_no_flight(sentence: str, country: str) -> None:
    assert told(sentence, country, Kind.DISPLACEMENT) == (set(), set(), set())


@pytest.mark.parametrize("country", _WARS)
@pytest.mark.parametrize(
    "sentence",
    [
        "Ten thousand people live in {X}.",
        "{X}, a town of 10,000 people, lies north of {Z}.",
        "{X} is home to 60,000 people.",
        "{X} had 14,000 inhabitants before the war.",
        "{X} has a population of 30,000.",
    ],
)
def test_those_who_live_in_a_town_are_hosted_by_nobody(sentence: str, country: str) -> None:
    assert told(sentence, country, *OF_DISPLACED, Kind.RETURN) == (set(), set(), set())


@pytest.mark.parametrize(
    ("sentence", "left", "reached"),
    [
        ("Residents and aid workers left {X} for {Z}.", {"X"}, {"Z"}),
        ("Soldiers moved 300 families from {X} to {Z}.", {"X"}, {"Z"}),
        ("Fighters and their families were taken from {X} to {Z} by bus.", {"X"}, {"Z"}),
        ("Prisoners were taken away, and thousands of residents fled {X}.", {"X"}, set()),
        ("Journalists in {Z} said thousands had left {X}.", {"X"}, set()),
        ("{X}, a town of 40,000 people, has emptied.", {"X"}, set()),
        ("Residents of {Y} fled when {A} took {X}.", {"Y"}, set()),
        ("Hundreds fled {Y} for {Z} after {A} shelled {X}.", {"Y"}, {"Z"}),
    ],
)
def test_those_who_flee_beside_others_are_drawn(
    sentence: str, left: set[str], reached: set[str]
) -> None:
    assert told(sentence, "SY", Kind.DISPLACEMENT)[:2] == (left, reached)


def test_displaced_people_who_live_in_a_town_are_hosted() -> None:
    text = "More than 9,000 displaced people live in {Z}."
    assert told(text, "SY", Kind.HOSTING)[1] == {"Z"}


def test_those_who_go_home_are_drawn_as_such() -> None:
    for text in ("Two thousand people went home to {X}.", "Families displaced from {X} went home."):
        assert told(text, "SY", Kind.RETURN)[1] == {"X"}


@pytest.mark.parametrize(
    ("words", "stretch"),
    [
        ("Thousands fled and soldiers left Goma.", []),
        ("The survivors were moved by soldiers to Sittwe.", []),
        ("Volunteers brought 200 women from Sake to Goma.", []),
        (
            "Residents fled Sake; the journalists left.",
            ["the journalists left"],
        ),
        ("The agency evacuated 15 wounded from Sake.", ["evacuated 15 wounded from Sake"]),
    ],
)
def test_the_stretch_of_a_journey_ends_with_its_clause(words: str, stretch: list[str]) -> None:
    found = [
        words[start:end].rstrip(".").removeprefix("and ") for start, end in other_journeys(words)
    ]
    assert found == stretch
