"""A badge, the largest figure of a map, is drawn only where the words name the country."""

from __future__ import annotations

import pytest
from situation_kit import Desk, FakeAtlas, place

from mapgen.drawing.data.page_data import page_data
from mapgen.merging.events import situation_of
from mapgen.model import Attribution, Kind, Role, Status
from mapgen.settings import Settings
from mapgen.situation.shown import shown

UN = Attribution(name="United Nations", role="organisation", words="the United Nations")


def page(text, *places, figure="Some 90,000"):
    desk = Desk().article("one")
    desk.say(
        "one",
        text,
        Kind.DISPLACEMENT,
        *places,
        figure=(90_000, 90_000, figure),
        status=Status.CLAIMED,
        attribution=UN,
    )
    return page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))


def badges(data):
    return [s for s in data["signs"] if s["type"] == "badge"]


NAMED = [
    ("Some 90,000 people are displaced across Sudan.", "displaced across Sudan"),
    ("Some 90,000 people have been displaced in Sudan.", "displaced in Sudan"),
    ("The war has displaced some 90,000 people throughout Sudan.", "displaced across Sudan"),
    ("Nationwide, some 90,000 people are displaced.", "displaced across Sudan"),
    ("Some 90,000 people are displaced across the country.", "displaced across Sudan"),
    ("Some 90,000 people are displaced in the country.", "displaced in Sudan"),
]


@pytest.mark.parametrize(("text", "label"), NAMED)
def test_a_total_of_which_the_words_name_the_country_is_a_badge(text, label):
    (badge,) = badges(page(text, place("iso:SD", Role.REGION)))
    assert (badge["big"], badge["label"]) == ("Some 90,000", label)


UNPLACED = [
    "Some 90,000 people are displaced.",
    "Some 90,000 people have been displaced since April.",
    "Some 90,000 people are displaced, the capital heard on Monday.",
    "Some 90,000 people, mostly women, remain displaced in the country's east.",
    "Some 90,000 people are displaced across the countryside.",
]


@pytest.mark.parametrize("text", UNPLACED)
def test_a_total_without_a_place_is_a_card_and_no_badge(text):
    data = page(text, place("iso:SD", Role.REGION))
    assert badges(data) == []
    (card,) = data["cards"]
    assert card["title"] == "Some 90,000 displaced (no place stated)"
    assert card["quotes"][0]["text"] == text
    assert "the map shows no badge" in card["note"]
    told = " ".join(" ".join(part) for part in data["meta"]["summary"])
    assert "Some 90,000 are displaced (no place stated)" in told
    assert "Sudan" not in told


def test_a_total_names_its_country_so_that_two_countries_cannot_be_confused():
    desk = Desk().article("one").article("two")
    for name, code, country in (("one", "iso:SD", "Sudan"), ("two", "iso:ER", "Eritrea")):
        desk.say(
            name,
            f"Some 90,000 people are displaced across {country}.",
            Kind.DISPLACEMENT,
            place(code, Role.REGION),
            figure=(90_000, 90_000, "Some 90,000"),
        )
    data = page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    assert sorted(b["label"] for b in badges(data)) == [
        "displaced across Eritrea",
        "displaced across Sudan",
    ]
