"""Who acted is not guessed: defenders, gunmen, allies of an army; and what a semicolon parts."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import actor_name, claim, claims, drawn, names
from readers_kit import read_twice

from mapgen.model import Kind, Role


def test_the_defenders_are_not_those_who_attacked_last() -> None:
    text = (
        "Russian troops shelled Lyman on Tuesday. Russian forces took Yampil on Wednesday. The "
        "town of Siversk was still held by the defenders on Thursday."
    )
    assert actor_name(claim(text, Kind.CONTROL_STATE, "UA")) == "defenders"


def test_defenders_with_a_name_are_known() -> None:
    text = "Siversk was still held by Ukrainian defenders on Thursday."
    assert actor_name(claim(text, Kind.CONTROL_STATE, "UA")) == "Ukrainian forces"


def test_gunmen_are_not_the_only_rebels_of_the_article() -> None:
    text = (
        "Islamic State fighters left Hajin on Tuesday. Gunmen on motorcycles killed two farmers "
        "in Dhiban on Thursday."
    )
    assert actor_name(claim(text, Kind.ATTACK_ON_CIVILIANS)) == "Gunmen"


def test_the_gunmen_are_those_named_before() -> None:
    text = (
        "Islamic State gunmen left Hajin on Tuesday. The gunmen killed two farmers in Dhiban on "
        "Thursday."
    )
    killed = claim(text, Kind.ATTACK_ON_CIVILIANS)
    assert killed.actor is not None
    assert killed.actor.id == "isis"


def test_allies_beside_the_army_are_not_its_foes() -> None:
    text = (
        "Islamic State fighters hold Hajin. Mayadin is in the hands of the Syrian army and "
        "Iranian-backed militias, who shelled Hajin on Thursday."
    )
    assert actor_name(claim(text, Kind.STRIKE)) == "Iranian-backed militias"


def test_the_foes_of_the_army_are_still_known() -> None:
    text = "The M23 left Kibumba. The army and the rebels fought in Sake on Thursday."
    fought = claim(text, Kind.CLASH, "CD")
    assert fought.actor is not None
    assert "gunmen" not in fought.actor.name


def test_each_part_of_a_sentence_has_its_own_movement() -> None:
    text = "People from Sake slept in a church in Goma; others from Minova had walked to Bukavu."
    moves = {
        (*names(c, Role.ORIGIN), *names(c, Role.DESTINATION))
        for c in claims(text, "CD")
        if c.kind is Kind.DISPLACEMENT
    }
    assert moves == {("Sake", "Goma"), ("Minova", "Bukavu")}


def test_one_movement_goes_on_behind_a_semicolon() -> None:
    text = "Thousands fled Sake on Monday; most went to Goma."
    ends = {p for c in claims(text, "CD") for p in names(c, Role.DESTINATION)}
    assert ends == {"Goma"}


def test_each_part_of_a_sentence_has_its_own_day() -> None:
    text = "In early October the army lost Sake; Minova was taken on 15 November by the M23."
    days = {
        place: (str(c.date.start), str(c.date.end))
        for c in claims(text, "CD")
        if c.kind is Kind.CONTROL_CHANGE and c.date
        for place in names(c)
    }
    assert days == {"Sake": ("2024-10-01", "2024-10-10"), "Minova": ("2024-11-15",) * 2}


@pytest.mark.parametrize(
    "text",
    [
        "Families who fled Sake mean to reach Goma and then Gisenyi.",
        "Most of the families from Sake hope to reach Goma.",
        "The families left Sake and plan to walk to Goma by Sunday.",
    ],
)
def test_where_people_mean_to_go_nobody_came_yet(text: str) -> None:
    came = [
        p
        for c in claims(text, "CD")
        if c.status.is_current and c.kind is Kind.DISPLACEMENT
        for p in names(c, Role.DESTINATION)
    ]
    assert came == []


@pytest.mark.parametrize(
    "text",
    [
        "The shelling of Sake meant that 500 families fled to Goma.",
        "The families hoped to stay in Sake but fled to Goma on Thursday.",
    ],
)
def test_where_people_came_after_all(text: str) -> None:
    came = [
        p
        for c in claims(text, "CD")
        if c.status.is_current and c.kind is Kind.DISPLACEMENT
        for p in names(c, Role.DESTINATION)
    ]
    assert came[-1:] == ["Goma"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Army tanks entered Rastan on Thursday.", ["Rastan"]),
        ("Israeli tanks entered Khan Younis and Rafah on Thursday.", ["Khan Younis", "Rafah"]),
        ("An army patrol entered Rastan on Thursday and left again.", ["Rastan"]),
    ],
)
def test_vehicles_that_entered_a_town_have_not_taken_it(text: str, places: list[str]) -> None:
    country = None if "Israeli" in text else "SY"
    assert names(claim(text, Kind.ADVANCE, country)) == places
    taken = {p for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE for p in names(c)}
    assert taken == set()


@pytest.mark.parametrize(
    "text",
    [
        "Army tanks entered Rastan on Thursday and now control it.",
        "Rebels entered Rastan on Thursday and took the town.",
    ],
)
def test_who_entered_a_town_and_took_it(text: str) -> None:
    assert Kind.CONTROL_CHANGE in {kind for kind, _ in drawn(text)}


def test_who_is_named_as_entering_a_town_is_not_lost_to_a_capture_by_nobody() -> None:
    """The second reader takes an entry for a capture, and names nobody: the rules know who."""
    text = "Rebels who captured Aleppo last week entered Rastan on Thursday."
    read = read_twice(text, "SY", "2024-12-06")
    entered = next(c for c in read if c.kind is Kind.ADVANCE)
    assert (names(entered), entered.actor and entered.actor.name) == (["Rastan"], "Rebels")
    assert entered.date is not None
    assert entered.date.start == entered.date.end == date(2024, 12, 5)
    assert [names(c) for c in read if c.kind is Kind.CONTROL_CHANGE] == [["Aleppo"]]
