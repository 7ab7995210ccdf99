"""Orders and calls to leave: a sign of their own at the place, and no flight."""

from __future__ import annotations

import pytest
from coding_kit import claims, drawn, names
from situation_kit import Desk, FakeAtlas, place

from mapgen.merging.events import situation_of
from mapgen.model import Kind
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from mapgen.situation.summary import headline, summary

TOLD = [
    ("The army ordered residents of Khan Younis to leave.", "PS", ["Khan Younis"]),
    ("The army told 50,000 residents of Pokrovsk to evacuate on Monday.", "UA", ["Pokrovsk"]),
    ("Officials urged people to leave Kupiansk as Russian troops advanced.", "UA", ["Kupiansk"]),
    ("The military issued an evacuation order for Rafah.", "PS", ["Rafah"]),
    ("Evacuation orders were issued for Beit Hanoun and Jabalia on Tuesday.", "PS",
     ["Beit Hanoun", "Jabalia"]),
    ("Authorities called on residents of Kramatorsk to flee the shelling.", "UA", ["Kramatorsk"]),
    ("Residents of Sake were warned to leave for Goma before the rebels came.", "CD", ["Sake"]),
    ("The governor ordered the evacuation of Sloviansk.", "UA", ["Sloviansk"]),
    ("Leaflets dropped over Baalbek told people to leave the town.", "LB", ["the town"]),
    ("The Israeli military ordered the residents of Nabatieh and Tyre to move north of the "
     "Awali river.", "LB", ["Nabatieh", "Tyre"]),
    ("The governor called for the evacuation of Kostiantynivka.", "UA", ["Kostiantynivka"]),
    ("M23 rebels gave residents of Goma 48 hours to leave the town.", "CD", ["Goma"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "where"), TOLD)
def test_an_order_to_leave_stands_at_its_place(text: str, country: str, where: list[str]) -> None:
    found = [c for c in claims(text, country) if c.kind is Kind.EVACUATION_ORDER]
    assert sorted(n for c in found if c.status.is_current for n in names(c)) == sorted(where)


NOT_TOLD = [
    ("The army ordered its troops to leave Avdiivka.", "UA"),
    ("Rebels told residents of Goma to stay at home.", "CD"),
    ("The mayor urged residents of Sumy not to leave.", "UA"),
    ("No evacuation order has been issued for Kharkiv.", "UA"),
    ("The army lifted its evacuation order for Rafah.", "PS"),
    ("The governor said he would order the evacuation of Sloviansk if shelling went on.", "UA"),
    ("The governor denied that residents of Kramatorsk had been told to leave.", "UA"),
    ("The UN asked the rebels to leave Goma.", "CD"),
    ("The court ordered the company to leave Mariupol.", "UA"),
    ("Diplomats told reporters in Kinshasa to leave the room.", "CD"),
    ("Some 5,000 residents left Pokrovsk for Dnipro.", "UA"),
    ("In 2014 the army ordered residents of Shujaiya to leave.", "PS"),
    ("The army may order residents of Rafah to leave.", "PS"),
]


@pytest.mark.parametrize(("text", "country"), NOT_TOLD)
def test_nobody_was_told_to_leave(text: str, country: str) -> None:
    assert Kind.EVACUATION_ORDER not in {k for k, _ in drawn(text, country)}


def test_where_people_are_told_to_go_is_no_place_of_the_order() -> None:
    text = "The army ordered residents of Beit Lahia to move to Gaza City."
    [order] = [c for c in claims(text, "PS") if c.kind is Kind.EVACUATION_ORDER]
    assert names(order) == ["Beit Lahia"]


def test_the_order_names_who_gave_it() -> None:
    text = "The M23 rebels ordered residents of Sake to leave on Friday."
    [order] = [c for c in claims(text, "CD") if c.kind is Kind.EVACUATION_ORDER]
    assert order.actor is not None
    assert order.actor.name == "M23"


def test_people_who_left_on_the_order_fled_all_the_same() -> None:
    text = "Ordered to leave, 10,000 people fled Rafah to Khan Younis."
    assert Kind.DISPLACEMENT in {k for k, _ in drawn(text, "PS")}


def test_the_page_says_that_people_were_told_to_leave_not_that_they_fled() -> None:
    desk = Desk().article("a")
    desk.say("a", "Residents of Bero were told to leave.", Kind.EVACUATION_ORDER, place("t:bero"))
    told = shown(situation_of(desk.extraction()), FakeAtlas(), Settings(parser="test"))
    assert headline(told) == "Told to leave: Bero"
    assert ["Elsewhere.", "An order to leave Bero."] in summary(told)
