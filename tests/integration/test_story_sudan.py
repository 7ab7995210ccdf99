"""Eight dispatches from Sudan read one after the other: what a person would draw, day by day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import mapgen
from gazetteer import Gazetteer
from mapgen.drawing.data.page_data import page_data
from mapgen.model import Kind, Standing
from mapgen.settings import Settings
from mapgen.situation.shown import shown

if TYPE_CHECKING:
    from mapgen import Situation

STORY = Path(__file__).parents[1] / "data" / "story_sudan"
UMM_RAWABA, ER_RAHAD, BARA = "geonames:364706", "geonames:378493", "geonames:377724"
EL_OBEID = "geonames:379003"
RSF, ARMY = "sudan:rsf", "sudan:saf"


@pytest.fixture(scope="module")
def read() -> list[Situation]:
    """Return the situation after each dispatch."""
    found: list[Situation] = []
    for path in sorted(STORY.glob("[0-9]*.md")):
        found.append(found[-1] + path if found else mapgen.build(path))
    return found


def holders(situation: Situation) -> dict[str, tuple[str | None, str]]:
    rows = situation.control().to_dict("records")
    return {row["place_id"]: (row["holder"], row["standing"]) for row in rows}


def flows(situation: Situation) -> list[tuple[str, str | None, str | None, int, str]]:
    rows = situation.flows().to_dict("records")
    return [(r["kind"], r["origin"], r["destination"], r["low"], r["unit"]) for r in rows]


def the(situation: Situation, kind: Kind, place_id: str) -> mapgen.Event:
    [event] = [
        e for e in situation.events if e.kind is kind and place_id in {p.place_id for p in e.places}
    ]
    return event


FLED = ("displacement", "Umm Rawaba", "El Obeid", 900, "families")


def test_a_town_falls_and_its_families_flee(read: list[Situation]) -> None:
    assert holders(read[0]) == {UMM_RAWABA: (RSF, "stated")}
    assert the(read[0], Kind.CONTROL_CHANGE, UMM_RAWABA).earliest == date(2031, 2, 2)
    assert flows(read[0]) == [FLED]


def test_silence_is_no_denial(read: list[Situation]) -> None:
    assert holders(read[1])[ER_RAHAD] == (RSF, "claimed")


def test_a_repelled_attack_takes_nothing(read: list[Situation]) -> None:
    assert holders(read[2])[BARA] == (ARMY, "stated")
    taken = [e for e in read[2].events if e.kind is Kind.CONTROL_CHANGE]
    assert BARA not in {p.place_id for e in taken for p in e.places}
    assert the(read[2], Kind.STRIKE, EL_OBEID).latest == date(2031, 2, 5)  # "the same day"


def test_a_denial_contests_the_claim(read: list[Situation]) -> None:
    assert holders(read[3])[ER_RAHAD] == (None, "contested")
    claimed = the(read[3], Kind.CONTROL_CHANGE, ER_RAHAD)
    assert claimed.rule == "Contested: denied by the Sudanese army."


def test_an_order_to_leave_is_no_flight_and_those_hosted_no_arrivals(
    read: list[Situation],
) -> None:
    order = the(read[4], Kind.EVACUATION_ORDER, ER_RAHAD)
    assert order.actor is not None
    assert order.actor.id == RSF
    assert flows(read[4]) == [FLED]
    [hosted] = the(read[4], Kind.HOSTING, EL_OBEID).figures
    assert (hosted.low, hosted.unit) == (120_000, "people")


def test_a_loss_that_the_loser_admits_is_his_word_too(read: list[Situation]) -> None:
    assert holders(read[5])[UMM_RAWABA] == (ARMY, "stated")
    [back] = [e for e in read[5].events if e.kind is Kind.CONTROL_CHANGE and e.actor.id == ARMY]
    assert {c.attribution.name if c.attribution else None for c in back.claims} == {None, "RSF"}


def test_some_of_them_return(read: list[Situation]) -> None:
    assert flows(read[6]) == [FLED, ("return", "El Obeid", "Umm Rawaba", 300, "families")]


def test_who_withdraws_is_followed_by_the_other_side(read: list[Situation]) -> None:
    last = read[7]
    assert holders(last)[ER_RAHAD] == (ARMY, "claimed")
    assert the(last, Kind.WITHDRAWAL, ER_RAHAD).latest == date(2031, 2, 19)
    old = [e for e in last.events if e.kind is Kind.CONTROL_CHANGE and e.actor.id == RSF]
    assert {e.standing for e in old} == {Standing.OUTDATED}


def test_asked_for_a_day_it_gives_the_picture_of_that_day(read: list[Situation]) -> None:
    last = read[-1]
    assert holders(last.at("2031-02-06"))[UMM_RAWABA] == (RSF, "stated")
    assert ER_RAHAD in holders(last.at("2031-02-08"))
    assert holders(last.at("2031-02-08"))[ER_RAHAD] == (None, "contested")
    assert holders(last.at("2031-02-14"))[UMM_RAWABA][0] == ARMY


def test_the_page_draws_the_same_and_nothing_feared_or_past(read: list[Situation]) -> None:
    last = read[-1]
    with Gazetteer.open() as gazetteer:
        page = page_data(shown(last, gazetteer, Settings()))
    signs = page["signs"]
    control = {(s["name"], s["side"]) for s in signs if s["type"] == "control"}
    assert {name for name, _ in control} == {"Umm Rawaba", "Er Rahad", "Bara"}
    assert len([s for s in signs if s["type"] == "displacement"]) == 2
    groups = {g["group"]: [i["text"] for i in g["items"]] for g in page["off"]}
    assert any("fear that thousands" in text for text in groups["Hypothetical"])
    assert any("In 2023 the RSF held the town" in text for text in groups["Past"])
