"""Who holds a place on a day: the table of cases in tests/data/holders.json, asked everywhere."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mapgen.drawing.data.moment import Moment
from mapgen.drawing.data.page_data import page_data
from mapgen.export.frames.situation_frames import control_frame
from mapgen.export.past_holders import past_holders
from mapgen.merging.events import situation_of
from mapgen.model import Holding, Kind, Situation, Status
from mapgen.settings import Settings
from mapgen.situation.shown import Shown, shown
from mapgen.situation.summary import headline, summary
from tests.unit.situation_kit import ARMY, MONITOR, RIVALS, Desk, FakeAtlas, place

CASES = json.loads((Path(__file__).parents[1] / "data" / "holders.json").read_text())["cases"]
ALBA = "t:alba"
LAST = date(2031, 5, 10)
SIDES = {"army": ARMY, "rivals": RIVALS, None: None}
WAYS = {
    "took": (Kind.CONTROL_CHANGE, Status.ASSERTED),
    "holds": (Kind.CONTROL_STATE, Status.ASSERTED),
    "did not take": (Kind.CONTROL_CHANGE, Status.NEGATED),
    "besieges": (Kind.SIEGE, Status.ASSERTED),
    "withdraws": (Kind.WITHDRAWAL, Status.ASSERTED),
}


def situation_told(case: dict[str, Any]) -> Situation:
    desk = Desk()
    for number, told in enumerate(case["told"]):
        name = f"a{number}"
        desk.article(name, published_on=told["on"] and date.fromisoformat(told["on"]))
        kind, status = WAYS[told["how"]]
        if told.get("by") and status is Status.ASSERTED:
            status = Status.CLAIMED
        days = [date.fromisoformat(d) for d in told.get("days", [])]
        # sentences that differ, so that no report is a reprint of another
        words = ["Early on.", "Towards noon, in heavy rain.", "At night, after long weeks."][number]
        desk.say(
            name,
            f"{words} {told['who']} {told['how']} Alba, report number {number}.",
            kind,
            place(ALBA),
            status=status,
            actor=SIDES[told["who"]],
            from_actor=SIDES[told.get("from")],
            attribution=MONITOR if told.get("by") else None,
            days=(*days, "then") if days else None,
        )
    rows = []
    if case["baseline"]:
        day, holder = date(2031, 5, 1), SIDES[case["baseline"]].id
        rows = [
            Holding(
                place="Alba", country="SD", place_id=ALBA, holder=holder, as_of=day,
                source="a list", lat=15.6, lon=32.5,
            )
        ]  # fmt: skip
    return situation_of(desk.extraction(), baseline=tuple(rows), as_of=LAST)


def shown_told(case: dict[str, Any]) -> Shown:
    return shown(situation_told(case), FakeAtlas(), Settings())


def data_told(case: dict[str, Any]) -> dict[str, Any]:
    return page_data(shown(situation_told(case), FakeAtlas(), Settings()))


def said(holder: str | None, standing: str) -> str:
    """Return what the table says: ``rivals``, ``rivals, claimed``, ``contested``."""
    if standing == "contested":
        return "contested" if holder is None else f"contested, drawn as {holder}"
    if holder is None:
        return "nobody known"
    return f"{holder}, claimed" if standing == "claimed" else holder


def drawn(
    case: dict[str, Any], control: dict[str, Any] | None, phase: str | None, before: str | None
) -> str:
    """Return what a reader of the page or the picture sees."""
    sides = shown_told(case).sides
    names = {sides.key(ARMY.side): "army", sides.key(RIVALS.side): "rivals"}
    if control is None:
        return names.get(before or "", "nobody known")
    if phase == "span":
        return f"{names.get(before or '', 'nobody known')}; perhaps {names[control['side']]}"
    return said(names.get(control["side"] or ""), control["standing"])


def words_by_case(expected: str = "days") -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in CASES if case[expected]]


@pytest.mark.parametrize("case", words_by_case())
def test_timeline(case: dict[str, Any]) -> None:
    holders = shown_told(case).holders
    names = {ARMY.side: "army", RIVALS.side: "rivals"}
    found = {}
    for text in case["days"]:
        day = date.fromisoformat(text)
        spell, coming = holders.on(ALBA, day), holders.perhaps(ALBA, day)
        words = said(names.get(spell.holder), spell.standing.value) if spell else "nobody known"
        if spell is None and (first := holders.spells.get(ALBA)):
            # whom the first report names as the holder before
            named = {e.from_actor for e in first[0].events if e.from_actor}
            words = names[named.pop().side] if named else words
        found[text] = f"{words}; perhaps {names[coming.holder]}" if coming else words
    assert found == case["days"]


@pytest.mark.parametrize("case", words_by_case())
def test_picture(case: dict[str, Any]) -> None:
    data = data_told(case)
    found = {}
    for day in case["days"]:
        moment = Moment(data, day)
        site = next((s for s in moment.sites() if s.key == ALBA), None)
        if site is None:
            base = next(p["base"] for p in data["places"] if p["id"] == ALBA)
            found[day] = drawn(case, None, None, base)
        else:
            phase = site.control and moment.phase(site.control)
            found[day] = drawn(case, site.control, phase, site.before)
    assert found == case["days"]


@pytest.mark.parametrize("case", words_by_case())
def test_exported_holder_of_today(case: dict[str, Any]) -> None:
    rows = control_frame(shown_told(case)).to_dict("records")
    assert [r["place_id"] for r in rows] == [ALBA] * len(rows)
    assert len(rows) <= 1
    names = {ARMY.side: "army", RIVALS.side: "rivals"}
    found = said(names.get(rows[0]["holder"]), rows[0]["standing"]) if rows else "nobody known"
    assert found == case["days"][max(case["days"])]


@pytest.mark.parametrize("case", words_by_case())
def test_exported_holders_of_the_past(case: dict[str, Any]) -> None:
    """On each day the exported spells name the holder; a day before any report is in none."""
    scene = shown_told(case)
    names = {ARMY.side: "army", RIVALS.side: "rivals"}
    rows = [row for row, _ in past_holders(scene)]
    now = control_frame(scene).to_dict("records")
    for text, words in case["days"].items():
        day = date.fromisoformat(text)
        past = [r for r in rows if r["shown_from"] <= day < r["shown_to"]]
        assert len(past) <= 1
        begun = [r for r in now if r["latest"] is None or r["latest"] <= day]
        found = [said(names.get(r["holder"]), r["standing"]) for r in past or begun]
        first = scene.holders.spells[ALBA][0].since
        if first is not None and day < first:
            assert found == []
        elif case["name"].startswith("claimed, later held"):
            # the holder of today is not in the past, also where a newer report tells of it anew
            assert [r["holder_name"] for r in now] == [RIVALS.name]
            assert len(rows) == 1
        else:
            assert found == [words.partition(";")[0]]


CONTESTED = [c for c in CASES if c["days"][max(c["days"])] == "contested"]


@pytest.mark.parametrize("case", CONTESTED, ids=[c["name"] for c in CONTESTED])
def test_a_contested_town_is_one_record_one_card_one_sign_of_no_side(case: dict[str, Any]) -> None:
    data = data_told(case)
    signs = [s for s in data["signs"] if s["type"] == "control" and "to_day" not in s]
    assert [(s["standing"], s["side"], s["from"], s["label"]) for s in signs] == [
        ("contested", None, None, "contested")
    ]
    cards = [c for c in data["cards"] if c["standing"] == "contested"]
    assert [(c["title"], c["side"], c["from"]) for c in cards] == [("Alba: contested", None, None)]
    assert [s["card"] for s in signs] == [cards[0]["id"]]
    # the newest reports are on the card, all of them
    told = {q["text"] for q in cards[0]["quotes"]}
    assert len(told) == len([t for t in case["told"] if t["on"] == "2031-05-10"])


@pytest.mark.parametrize("case", CONTESTED, ids=[c["name"] for c in CONTESTED])
def test_the_summary_says_once_that_a_town_is_contested(case: dict[str, Any]) -> None:
    scene = shown_told(case)
    text = " ".join(sentence for _, sentence in summary(scene))
    assert text.casefold().count("who holds alba is contested") == 1
    assert headline(scene) == "Who holds Alba is contested"


def test_two_towns_contested_in_the_same_breath_share_a_card() -> None:
    desk = Desk().article("one").article("two")
    towns = (place(ALBA), place("t:bero"))
    desk.say("one", "The Front holds Alba and Bero.", Kind.CONTROL_STATE, *towns, actor=RIVALS)
    desk.say("two", "Alba and Bero are held by the army.", Kind.CONTROL_STATE, *towns, actor=ARMY)
    data = page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))
    assert [c["title"] for c in data["cards"]] == ["Alba and Bero: contested"]
    signs = sorted((s["name"], s["side"], s["card"]) for s in data["signs"])
    assert signs == [("Alba", None, "c1"), ("Bero", None, "c1")]
