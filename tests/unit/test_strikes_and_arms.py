"""Strikes told by what was dropped, by aircraft and by people with arms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from coding_kit import extract

from mapgen.coding.english.tolls import INCIDENTS

if TYPE_CHECKING:
    from mapgen.model import Kind


MAY = date(2025, 5, 25)


def _told(text: str, country: str) -> list[tuple[Kind, str, str | None]]:
    return [
        (c.kind, c.places[0].name or c.places[0].surface, c.actor.name if c.actor else None)
        for c in extract(text, country, published_on=MAY).claims
        if c.kind in INCIDENTS and c.status.is_current and c.places
    ]


@pytest.mark.parametrize(
    ("text", "country", "town", "attacker"),
    [
        (
            "A helicopter dropped explosives near the market in Bor on Saturday.",
            "SS",
            "Bor",
            None,
        ),
        (
            "An ELN drone dropped a grenade on a police station in Tibú on 22 May.",
            "CO",
            "Tibú",
            "National Liberation Army",
        ),
        ("Planes dropped barrel bombs on Kutum.", "SD", "Kutum", None),
        ("A mechanic said a jet bombed Loikaw on Thursday.", "MM", "Loikaw", None),
        ("Two helicopters shelled Kalemie at dawn.", "CD", "Kalemie", None),
        (
            "Nine people were killed when a mortar round hit a church in Masisi.",
            "CD",
            "Masisi",
            None,
        ),
        (
            "An Israeli air raid flattened a house in Tyre, killing nine.",
            "LB",
            "Tyre",
            "Israeli forces",
        ),
        ("Armed youth attacked an army post at Akobo before dawn.", "SS", "Akobo", None),
        (
            "Artillery hit Loikaw on Friday. A drone bombed a monastery there on Saturday.",
            "MM",
            "Loikaw",
            None,
        ),
    ],
)
def test_a_strike_is_read(text: str, country: str, town: str, attacker: str | None) -> None:
    told = _told(text, country)
    assert told
    place = told[-1][1]
    assert (place.startswith(town), told[-1][2]) == (True, attacker)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The plane dropped leaflets over Bama.", "NG"),
        ("Aid planes dropped food on Bor.", "SS"),
        ("A plane hit a building in Goma after take-off.", "CD"),
        ("A helicopter hit power lines near Gao.", "ML"),
        ("Drought hit Maiduguri in May.", "NG"),
        ("The army did not bomb Loikaw, a spokesman said.", "MM"),
        ("Prices dropped in Gao.", "ML"),
        ("Militants threatened to bomb Damboa.", "NG"),
    ],
)
def test_what_is_no_strike_draws_none(text: str, country: str) -> None:
    assert _told(text, country) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Members of the Gran Grif gang attacked the town of Pont-Sondé in the Artibonite on "
            "Thursday and killed at least 70 people, a United Nations spokesman said.",
            "Gran Grif",
        ),
        ("Armed members of a gang attacked Pont-Sondé on Thursday.", "gang"),
        # members of what is no armed party attack in words
        ("Members of parliament attacked the mayor of Pont-Sondé on Thursday.", None),
        ("Members of the government attacked Pont-Sondé on Thursday.", None),
    ],
)
def test_members_of_a_gang_act_for_it(text: str, who: str | None) -> None:
    told = _told(text, "HT")
    assert [actor for _, _, actor in told] == ([who] if who else [])
    assert all(place == "Pont Sonde" for _, place, _ in told)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In El Fasher, the last army base in Darfur remains under siege.", "El Fasher"),
        ("El Fasher remains under siege.", "El Fasher"),
        ("Towns in North Darfur are under siege.", "North Darfur"),
    ],
)
def test_a_siege_is_of_the_town_that_leads_the_sentence(text: str, place: str) -> None:
    sieges = [c for c in extract(text, "SD").claims if c.kind.value == "siege"]
    assert [p.name for c in sieges for p in c.places] == [place]


def test_the_municipality_of_a_name_is_the_town_not_its_province() -> None:
    text = "An Israeli air strike on the municipality of Nabatieh killed 16 people on Wednesday."
    ((_, place, _),) = _told(text, "LB")
    assert place == "Nabatîyé et Tahta"
    ((_, place, _),) = _told("An Israeli air strike on Nabatieh province killed 16 people.", "LB")
    assert place == "Nabatieh"
