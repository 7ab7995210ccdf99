"""Headline and summary: hedged, short, and never more than the events say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from situation_kit import ARMY, MONITOR, RIVALS, Desk, FakeAtlas, campaign, place

from mapgen.drawing.data.page_data import page_data
from mapgen.merging.events import situation_of
from mapgen.model import Attribution, ClaimPlace, Kind, Role, Status
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from mapgen.situation.summary import NOTHING, headline, summary


def scene(desk, **more):
    return shown(situation_of(desk.extraction(), **more), FakeAtlas(), Settings())


def texts(desk):
    return dict(summary(scene(desk)))


def test_headline_names_threat_and_flight():
    assert headline(scene(campaign())) == "The River Front near Caro as residents flee to the shore"


def test_the_users_title_comes_first():
    assert headline(scene(campaign(), title="My map")) == "My map"


def test_summary_tells_what_was_taken_and_by_whose_account():
    assert texts(campaign())["Taken."] == (
        "The River Front took Alba and Dumo from the Northern army; according to RWG, also Bero."
    )


def test_summary_names_the_source_of_a_distance_and_of_figures():
    found = texts(campaign())
    assert "7 km from the outskirts (RWG)" in found["Threatened."]
    assert found["Displaced."].startswith("“Some 20,000” fled Caro for the shore (RWG; ")
    assert "300,000 people are displaced in Sudan" in found["Displaced."]
    assert "according to the United Nations" in found["Displaced."]


def test_a_hypothetical_loss_is_never_told():
    assert all("Caro" not in text for lead, text in texts(campaign()).items() if lead == "Taken.")


def test_claimed_only_is_told_as_claimed():
    desk = Desk().article("one")
    desk.say(
        "one",
        "Esta fell, the RWG said.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        status=Status.CLAIMED,
        actor=RIVALS,
        attribution=MONITOR,
    )
    assert headline(scene(desk)) == "The River Front said to have taken Esta"
    assert texts(desk)["Taken."] == "The River Front took Esta, according to RWG."


def test_nothing_found_says_so():
    desk = Desk().article("one")
    assert headline(scene(desk)) == NOTHING
    assert summary(scene(desk)) == [
        ["Nothing drawn.", NOTHING],
        ["Read.", "One article."],
        ["Why.", "No sentence reports a change, threat or movement."],
    ]


def test_one_clash_is_enough_for_a_headline():
    desk = Desk().article("one")
    desk.say("one", "Fighting went on in Esta.", Kind.CLASH, place("t:esta"), actor=ARMY)
    assert headline(scene(desk)) == "Fighting: Esta"
    assert texts(desk) == {"Elsewhere.": "Fighting in Esta."}


@pytest.mark.parametrize("many", [2, 12])
def test_headlines_stay_short(many):
    desk = Desk().article("one")
    for n in range(many):
        name = f"Esta under the very long hill number {n}"
        desk.say(
            "one",
            f"The Front took {name}.",
            Kind.CONTROL_CHANGE,
            place("t:esta", surface=name),
            actor=RIVALS,
        )
    assert len(headline(scene(desk))) <= 70


def test_a_place_near_an_area_is_told_in_the_words_of_the_article():
    desk = Desk().article("one")
    desk.say(
        "one",
        "The Front took posts along the border with Eritrea.",
        Kind.CONTROL_CHANGE,
        place("border:SD-ER", Role.NEAR, "the border with Eritrea"),
        actor=RIVALS,
    )
    assert texts(desk)["Elsewhere."] == (
        "The River Front took ground along the border with Eritrea."
    )


def test_an_unnamed_source_is_called_unnamed():
    desk = Desk().article("one")
    unnamed = Attribution(name="reports", role="unnamed", words="reports")
    desk.say(
        "one",
        "Esta fell, reports said.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        status=Status.CLAIMED,
        actor=RIVALS,
        attribution=unnamed,
    )
    assert "according to unnamed reports" in texts(desk)["Taken."]


def test_a_partys_own_word_is_told_as_its_own():
    desk = Desk().article("one")
    own = Attribution(name="River Front", role="party", words="River Front")
    desk.say(
        "one",
        "Esta is ours, the River Front said.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        status=Status.CLAIMED,
        actor=RIVALS,
        attribution=own,
    )
    assert texts(desk)["Taken."] == "The River Front took Esta, by its own account."


def test_a_figure_that_opened_its_sentence_is_small_inside_another():
    desk = Desk().article("one")
    desk.say(
        "one",
        "Some 300 families fled Caro.",
        Kind.DISPLACEMENT,
        place("t:caro", Role.ORIGIN),
        figure=(300, 300, "Some 300"),
    )
    desk.say(
        "one",
        "More than 50,000 people in all of Sudan are displaced.",
        Kind.DISPLACEMENT,
        place("iso:SD", Role.REGION),
        figure=(50000, None, "More than 50,000"),
    )
    assert "; more than 50,000 are displaced" in texts(desk)["Displaced."]


def test_a_town_that_no_list_knows_is_told_to_be_missing():
    nowhere = ClaimPlace(
        surface="Farab", start=0, end=5, role=Role.AT, place_id=None, name=None, lat=None,
        lon=None, precision=None, distance_km=None,
    )  # fmt: skip
    desk = Desk().article("one")
    desk.say("one", "The River Front seized Farab.", Kind.CONTROL_CHANGE, nowhere, actor=RIVALS)
    desk.say("one", "Its base fell too.", Kind.CONTROL_CHANGE,
             replace(nowhere, surface="Its base"), status=Status.NEGATED)  # fmt: skip
    (told,) = texts(desk).items()
    assert told == (
        "Not on the map.",
        "Farab, reported taken by River Front: location not known.",
    )


def test_a_part_of_such_a_town_is_not_told_as_the_town():
    part = ClaimPlace(
        surface="Farab", start=0, end=5, role=Role.NEAR, place_id=None, name=None, lat=None,
        lon=None, precision=None, distance_km=None,
    )  # fmt: skip
    desk = Desk().article("one")
    words = "The River Front pushed the army out of part of Farab."
    desk.say("one", words, Kind.CONTROL_CHANGE, part, actor=RIVALS)
    assert "Farab" not in " ".join(texts(desk).values())


def test_the_headline_is_of_the_last_week_and_the_summary_of_all():
    desk = Desk().article("a")
    old, new = date(2031, 4, 20), date(2031, 5, 9)
    for name, day in (("alba", old), ("bero", new)):
        text = f"The River Front took {name.capitalize()}."
        when = (day, day, "then")
        desk.say("a", text, Kind.CONTROL_CHANGE, place(f"t:{name}"), actor=RIVALS, days=when)
    told = scene(desk)
    assert headline(told) == "The River Front takes Bero"
    assert "Alba and Bero" in dict(map(tuple, summary(told)))["Taken."]


def test_no_capital_stands_after_a_semicolon():
    desk = Desk().article("a")
    desk.say("a", "The River Front took Alba.", Kind.CONTROL_CHANGE, place("t:alba"), actor=RIVALS)
    desk.say("a", "The army took Bero.", Kind.CONTROL_CHANGE, place("t:bero"), actor=ARMY)
    assert "; the Northern army took Bero" in dict(map(tuple, summary(scene(desk))))["Taken."]


def test_ground_in_an_area_that_sources_contradict_is_told_as_contested():
    desk = Desk().article("one").article("two")
    east = place("part:SD:east", Role.REGION, "eastern Sudan")
    took = {"actor": RIVALS, "from_actor": ARMY}
    desk.say("one", "The River Front took ground in eastern Sudan.", Kind.CONTROL_CHANGE, east,
             **took)  # fmt: skip
    desk.say("two", "The River Front took no ground in eastern Sudan, the army said.",
             Kind.CONTROL_CHANGE, east, status=Status.NEGATED, **took)  # fmt: skip
    whole = scene(desk)
    assert dict(summary(whole))["Elsewhere."] == (
        "The River Front took ground in eastern Sudan (contested)."
    )
    signs = page_data(whole)["signs"]
    assert [s["label"][:2] for s in signs if s["type"] == "region"] == [
        ["River Front", "contested"]
    ]
