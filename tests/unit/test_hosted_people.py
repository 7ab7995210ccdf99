"""Displaced people who stay at a place: a stock, drawn there, and no arrow."""

from __future__ import annotations

import pytest
from coding_kit import claims, drawn, names
from situation_kit import Desk, FakeAtlas, place

from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from mapgen.situation.signs import signs_of
from mapgen.situation.summary import headline, summary

HOSTED = [
    ("Goma hosts 600,000 displaced people.", "CD", "Goma", 600_000),
    ("Kassala is sheltering 300,000 people displaced by the war.", "SD", "Kassala", 300_000),
    ("The town of Adre hosted some 200,000 Sudanese refugees in June.", "TD", "Adre", 200_000),
    ("About 12,000 displaced people are sheltering in Dikwa.", "NG", "Dikwa", 12_000),
    ("Kaya still houses 90,000 displaced people, the UN said.", "BF", "Kaya", 90_000),
    ("Some 4,000 displaced families are staying in Marib.", "YE", "Marib", 4_000),
    ("Schools in Loikaw accommodate 5,000 displaced people.", "MM", "Loikaw", 5_000),
]


@pytest.mark.parametrize(("text", "country", "town", "count"), HOSTED)
def test_people_who_stay_at_a_place(text: str, country: str, town: str, count: int) -> None:
    [found] = [c for c in claims(text, country) if c.kind is Kind.HOSTING]
    assert names(found) == [town]
    assert [p.role for p in found.places] == [Role.AT]
    assert found.quantity is not None
    assert found.quantity.low == count
    assert Kind.DISPLACEMENT not in {kind for kind, _ in drawn(text, country)}


NOT_HOSTED = [
    ("Goma hosts a regional airport and 2 million people.", "CD"),
    ("Adre is ready to host 20,000 refugees.", "TD"),
    ("Kassala could shelter 50,000 displaced people.", "SD"),
    ("Doha hosted talks between the two sides after fighting in Goma.", "CD"),
    ("Kaya no longer hosts displaced people after the attack.", "BF"),
    ("In 2012 Dikwa hosted 12,000 displaced people.", "NG"),
    ("Juba housed 40 soldiers of the peace mission.", "SS"),
]


@pytest.mark.parametrize(("text", "country"), NOT_HOSTED)
def test_nobody_is_hosted(text: str, country: str) -> None:
    assert Kind.HOSTING not in {kind for kind, _ in drawn(text, country)}


MOVED = [
    ("Goma hosts 60,000 people who fled Rutshuru.", "CD", "Rutshuru"),
    ("Some 9,000 people fled Sake and are sheltering in Goma.", "CD", "Sake"),
    ("About 3,000 people from Bara are sheltering in El Obeid.", "SD", "Bara"),
]


@pytest.mark.parametrize(("text", "country", "origin"), MOVED)
def test_people_whose_home_is_named_have_moved(text: str, country: str, origin: str) -> None:
    [found] = [c for c in claims(text, country) if c.kind is Kind.DISPLACEMENT]
    assert names(found, Role.ORIGIN) == [origin]


def test_the_page_says_where_they_stay_and_draws_no_arrow() -> None:
    desk = Desk().article("a")
    desk.say(
        "a",
        "Bero hosts 12,000 displaced people.",
        Kind.HOSTING,
        place("t:bero"),
        figure=(12_000, 12_000, "12,000 displaced people"),
    )
    told = shown(situation_of(desk.extraction()), FakeAtlas(), Settings(parser="test"))
    [event] = told.situation.events
    [sign] = signs_of(told, event, "c1")
    assert (sign["type"], sign["label"]) == ("hosting", "hosts “12,000 displaced people”")
    assert headline(told) == "Displaced people in Bero"
    assert ["Displaced.", "“12,000 displaced people” stay in Bero."] in summary(told)
