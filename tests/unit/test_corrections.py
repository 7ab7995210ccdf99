"""Corrections: each action and field, what matches nothing, what is wrong with a file."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from situation_kit import MONITOR, PLACES, RIVALS, Desk, FakeAtlas, campaign, place

from mapgen.core.tables.actors import read_actors
from mapgen.drawing.data.page_data import page_data
from mapgen.errors import FormatError, InputError
from mapgen.merging.corrections import apply_corrections, counted, read_corrections, situation_with
from mapgen.merging.corrections.rows import COLUMNS, CorrectedFigure, CorrectedPoint, Correction
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Precision, Role, Standing, Status
from mapgen.settings import Settings
from mapgen.situation.shown import shown

if TYPE_CHECKING:
    from pathlib import Path

ACTORS = read_actors(
    "id,name,short,side,country,kind,aliases,opponents,source\n"
    "t:rivals,River Front,River Front,t:rivals,SD,rebel,River Front|the Front,t:army,invented\n"
    "t:army,Northern army,the army,t:army,SD,state,Northern army,t:rivals,invented\n"
)


@dataclass(frozen=True)
class Found:
    place: object
    level: str = "exact"


class Names(FakeAtlas):
    """Places found by name, two of them namesakes."""

    def lookup(self, name, *, country=None, limit=10):
        twin = replace(PLACES["t:dumo"], id="t:dumo2", population=60_000, country="ER")
        return [
            Found(p)
            for p in [*PLACES.values(), twin]
            if name.casefold() == p.name.casefold() and country in {None, p.country}
        ][:limit] or [Found(PLACES["t:esta"], "skeleton") for _ in range(name == "Ezta")]


def write(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(target, target_id, action="set", field="", value="", **more):
    plain = {"by": "A. Analyst", "why": "seen on a video", "on": "2031-05-11"}
    return {
        "target_type": target,
        "target_id": target_id,
        "action": action,
        "field": field,
        "value": value,
        **plain,
        **more,
    }


@pytest.fixture
def read(tmp_path):
    def rows(*given: dict[str, str]) -> tuple[Correction, ...]:
        return read_corrections(write(tmp_path / "c.csv", *given), Names(), actors=ACTORS)

    return rows


def claim_of(desk, words):
    return next(c for c in desk.claims if words in c.quote)


def event_at(situation, name, kind=Kind.CONTROL_CHANGE):
    return next(e for e in situation.events if e.kind is kind and e.places[0].name == name)


def after(desk, corrections, words):
    """Return the claim with these words, corrected, and what was decided."""
    made = apply_corrections(desk.extraction(), corrections)
    claim = next(c for c in made.extraction.claims if words in c.quote)
    return claim, [d.words for d in made.decisions if d.claim == claim.id]


# --- set, field by field ------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["t:esta", "Esta", "Esta, SD", "esta, sd", "Ezta, SD"])
def test_a_corrected_place_is_drawn(read, value):
    desk = campaign()
    bero = claim_of(desk, "Bero fell")
    made = situation_with(desk.extraction(), read(row("claim", bero.id, "set", "place", value)))
    data = page_data(shown(made, FakeAtlas(), Settings()))
    taken = {s["name"]: s for s in data["signs"] if s["type"] == "control"}
    assert "Bero" not in taken
    written = value.split(",")[0].replace("t:esta", "Esta")  # as the analyst writes it
    assert taken[written]["lat"] == 13.2
    (card,) = [c for c in data["cards"] if c["decisions"]]
    assert card["decisions"] == [
        f"Place changed from Bero to {written} by A. Analyst on 11 May 2031: seen on a video"
    ]
    assert card["quotes"][0]["text"] == bero.quote  # the source's words stay
    (decision,) = made.decisions
    assert decision.original == bero


def test_a_point_of_the_analysts_own_is_a_place_of_its_own(read):
    desk = campaign()
    bero = claim_of(desk, "Bero fell")
    fixed = read(row("claim", bero.id, "set", "place", "15.5, 32.25"))
    claim, words = after(desk, fixed, "Bero fell")
    (spot,) = claim.places
    assert (spot.lat, spot.lon, spot.precision) == (15.5, 32.25, Precision.SETTLEMENT)
    assert (spot.place_id, spot.surface, spot.name) == ("point:15.5000,32.2500", "Bero", "Bero")
    assert words == ["place changed from Bero (t:bero) to Bero (point:15.5000,32.2500)"]
    signs = page_data(shown(situation_with(desk.extraction(), fixed), FakeAtlas(), Settings()))[
        "signs"
    ]
    assert [s["lat"] for s in signs if s["type"] == "control" and s["name"] == "Bero"] == [15.5]


def test_an_area_put_at_a_point_is_a_site(read):
    desk = Desk().article("one")
    claim = desk.say("one", "Fighting in the east.", Kind.CLASH, place("part:SD:east"))
    fixed = read(row("claim", claim.id, "set", "place", "15, 35"))
    assert after(desk, fixed, "Fighting")[0].places[0].precision is Precision.SITE


def test_a_name_that_was_not_found_can_be_placed(read):
    desk = Desk().article("one")
    lost = replace(place("t:bero"), place_id=None, lat=None, lon=None, name=None, precision=None)
    claim = desk.say("one", "Fighting in Bero.", Kind.CLASH, lost)
    assert not situation_of(desk.extraction()).events
    fixed = read(row("claim", claim.id, "set", "place", "Bero"))
    made = situation_with(desk.extraction(), fixed)
    assert [e.places[0].place_id for e in made.events] == ["t:bero"]
    assert made.decisions[0].words == "place changed from Bero (not found) to Bero (t:bero)"


def test_one_of_several_places_is_named(read):
    desk = campaign()
    both = claim_of(desk, "captured Alba and Dumo")
    claim, words = after(
        desk, read(row("claim", both.id, "set", "place", "dumo -> Caro")), "captured"
    )
    assert [p.place_id for p in claim.places] == ["t:alba", "t:caro"]
    assert words == ["place changed from Dumo to Caro"]
    made = apply_corrections(desk.extraction(), read(row("claim", both.id, "set", "place", "Caro")))
    ((_, reason),) = made.unmatched
    assert reason == "it names several places: write which one, as OLD -> NEW"
    absent = read(row("claim", both.id, "set", "place", "Esta → Caro"))
    ((_, reason),) = apply_corrections(desk.extraction(), absent).unmatched
    assert reason == "the claim does not name that place"


def test_role(read):
    desk = campaign()
    near = claim_of(desk, "villages around Caro")
    claim, words = after(desk, read(row("claim", near.id, "set", "role", "at")), "villages")
    assert claim.places[0].role is Role.AT
    same = read(row("claim", near.id, "set", "place", "t:caro"))
    assert after(desk, same, "villages")[1] == ["place kept as Caro"]
    assert words == ["role of Caro changed from near to at"]


@pytest.mark.parametrize(
    ("value", "name", "side"),
    [
        ("t:army", "Northern army", "t:army"),
        ("northern army", "Northern army", "t:army"),
        ("Hill Scouts", "Hill Scouts", "xx:hill-scouts"),
        ("none", None, None),
    ],
)
def test_actors(read, value, name, side):
    desk = campaign()
    bero = claim_of(desk, "Bero fell")
    for field in ("actor", "from_actor"):
        claim, words = after(desk, read(row("claim", bero.id, "set", field, value)), "Bero fell")
        actor = getattr(claim, field)
        assert (actor and actor.name, actor and actor.side) == (name, side)
        was = "River Front" if field == "actor" else "Northern army"
        verb = (
            f"kept as {name}" if name == was else f"changed from {was} to {name or 'nobody named'}"
        )
        assert words == [f"{field.replace('_', ' ')} {verb}"]


def test_an_actor_in_words_is_the_articles_own(read):
    desk = Desk().article("one")
    scouts = replace(RIVALS, id="text:hill-scouts", name="Hill Scouts", side="sd:hill-scouts")
    desk.say("one", "Hill Scouts hold Bero.", Kind.CONTROL_STATE, place("t:bero"), actor=scouts)
    claim = desk.say("one", "Someone holds Caro.", Kind.CONTROL_STATE, place("t:caro"))
    for value in ("hill scouts", "text:hill-scouts"):
        fixed = read(row("claim", claim.id, "set", "actor", value))
        assert after(desk, fixed, "Someone")[0].actor == scouts
    gone = read(row("claim", claim.id, "set", "actor", "text:nobody"))
    assert apply_corrections(desk.extraction(), gone).unmatched


@pytest.mark.parametrize(
    ("value", "start", "end", "told"),
    [
        ("2031-05-06", date(2031, 5, 6), date(2031, 5, 6), "6 May 2031"),
        ("2031-05-05/2031-05-06", date(2031, 5, 5), date(2031, 5, 6), "5 May 2031 to 6 May 2031"),
        ("none", None, None, "no date"),
    ],
)
def test_dates(read, value, start, end, told):
    desk = campaign()
    walked = claim_of(desk, "walked into Dumo")
    claim, words = after(desk, read(row("claim", walked.id, "set", "date", value)), "walked")
    assert (claim.date and claim.date.start, claim.date and claim.date.end) == (start, end)
    assert words == [f"date changed from “this week” (4 May 2031 to 10 May 2031) to {told}"]
    made = situation_with(desk.extraction(), read(row("claim", walked.id, "set", "date", value)))
    assert event_at(made, "Alba").earliest == start
    cards = page_data(shown(made, FakeAtlas(), Settings()))["cards"]
    assert "this week" not in " ".join(c["when"] for c in cards)  # its words no longer decide


@pytest.mark.parametrize(
    ("value", "low", "high", "unit", "words"),
    [
        ("3000", 3000, 3000, "people", "[3,000] people"),
        ("3,000..5,000", 3000, 5000, "people", "[3,000 to 5,000] people"),
        ("3000..", 3000, None, "people", "[3,000 or more] people"),
        ("..500 families", None, 500, "families", "[up to 500] families"),
    ],
)
def test_figures_stand_in_editors_brackets(read, value, low, high, unit, words):
    desk = campaign()
    left = claim_of(desk, "have left Caro")
    fixed = read(row("claim", left.id, "set", "figure", value))
    figure = after(desk, fixed, "have left")[0].quantity
    assert (figure.low, figure.high, figure.unit, figure.words) == (low, high, unit, words)
    signs = page_data(shown(situation_with(desk.extraction(), fixed), FakeAtlas(), Settings()))[
        "signs"
    ]
    (arrow,) = [s for s in signs if s["type"] == "displacement"]
    assert (
        f"“{words}” (the article)" in arrow["label"]
        or f"“{words}” (another article)" in arrow["label"]
    )
    assert "everal thousand" not in json.dumps(signs)


def test_a_figure_where_none_was_needs_its_unit(read):
    desk = campaign()
    bero = claim_of(desk, "Bero fell")
    fixed = read(row("claim", bero.id, "set", "figure", "12"))
    ((_, reason),) = apply_corrections(desk.extraction(), fixed).unmatched
    assert reason.startswith("the claim has no figure yet")
    fixed = read(row("claim", bero.id, "set", "figure", "12 killed"))
    claim, words = after(desk, fixed, "Bero fell")
    assert (claim.quantity.best, claim.quantity.unit) == (12, "killed")
    assert words == ["figure changed from no figure to 12 killed"]


def test_kind_and_status(read):
    desk = campaign()
    bero = claim_of(desk, "Bero fell")
    made = situation_with(desk.extraction(), read(row("claim", bero.id, "set", "kind", "clash")))
    assert event_at(made, "Bero", Kind.CLASH).claims[0].id == bero.id
    fixed = read(row("claim", bero.id, "set", "status", "hypothetical"))
    data = page_data(shown(situation_with(desk.extraction(), fixed), FakeAtlas(), Settings()))
    (group,) = [g for g in data["off"] if g["group"] == "Hypothetical"]
    told = {i["text"]: i["reason"] for i in group["items"]}[bero.quote]
    assert told == (
        "coded as hypothetical; Status changed from claimed to hypothetical by A. Analyst on "
        "11 May 2031: seen on a video"
    )


# --- accept and reject --------------------------------------------------------------------------


def test_accept_vouches_and_changes_nothing_else(read):
    desk = campaign()
    plain = situation_of(desk.extraction())
    bero = claim_of(desk, "Bero fell")
    made = situation_with(desk.extraction(), read(row("claim", bero.id, "accept")))
    event, before = event_at(made, "Bero"), event_at(plain, "Bero")
    assert event.rule == f"{before.rule} Accepted by A. Analyst on 11 May 2031."
    assert replace(event, rule=before.rule) == before
    assert event.standing is Standing.CLAIMED
    assert made.extraction == plain.extraction
    could = claim_of(desk, "could decide")
    off = situation_with(desk.extraction(), read(row("claim", could.id, "accept")))
    assert off.events == plain.events  # vouching does not make it happen
    assert "Accepted by A. Analyst" in json.dumps(
        page_data(shown(off, FakeAtlas(), Settings()))["off"]
    )


def test_accepting_one_of_two_claims_says_so(read):
    desk = campaign()
    one = claim_of(desk, "captured Alba")
    made = situation_with(desk.extraction(), read(row("claim", one.id, "accept")))
    assert event_at(made, "Alba").rule.endswith(
        "One of its claims accepted by A. Analyst on 11 May 2031."
    )


def test_accepting_an_event_says_nothing_of_the_other_town_of_its_claims(read):
    desk = campaign()
    alba = event_at(situation_of(desk.extraction()), "Alba")
    made = situation_with(desk.extraction(), read(row("event", alba.id, "accept")))
    assert "Accepted by" in event_at(made, "Alba").rule
    assert "Accepted by" not in event_at(made, "Dumo").rule
    cards = {c["title"]: c for c in page_data(shown(made, FakeAtlas(), Settings()))["cards"]}
    assert cards["Alba taken"]["decisions"]  # else one card: "Alba and Dumo taken"
    assert not cards["Dumo taken"]["decisions"]


def test_a_rejected_claim_is_never_drawn_and_is_listed(read):
    desk = campaign()
    for claim in desk.claims:
        made = situation_with(desk.extraction(), read(row("claim", claim.id, "reject")))
        data = page_data(shown(made, FakeAtlas(), Settings()))
        assert claim.id not in {c.id for e in made.events for c in e.claims}
        assert claim.id not in {i for c in data["cards"] for q in c["quotes"] for i in q["claims"]}
        (group,) = [g for g in data["off"] if g["group"] == "Rejected by an analyst"]
        (item,) = group["items"]
        assert item["text"] == claim.quote
        assert item["reason"] == "Rejected by A. Analyst on 11 May 2031: seen on a video"
        assert made.extraction == desk.extraction()


def test_a_rejected_denial_contests_nothing(read):
    desk = Desk().article("one").article("two")
    desk.say("one", "They took Bero.", Kind.CONTROL_CHANGE, place("t:bero"), actor=RIVALS)
    denied = desk.say(
        *("two", "They did not take Bero.", Kind.CONTROL_CHANGE, place("t:bero")),
        status=Status.NEGATED,
        attribution=MONITOR,
        actor=RIVALS,
    )
    assert event_at(situation_of(desk.extraction()), "Bero").standing is Standing.CONTESTED
    made = situation_with(desk.extraction(), read(row("claim", denied.id, "reject")))
    assert event_at(made, "Bero").standing is Standing.STATED


# --- events and places --------------------------------------------------------------------------


def test_rejecting_one_of_two_events_of_a_claim_leaves_the_other(read):
    desk = campaign()
    alba = event_at(situation_of(desk.extraction()), "Alba")
    made = situation_with(desk.extraction(), read(row("event", alba.id, "reject")))
    taken = [e.places[0].name for e in made.events if e.kind is Kind.CONTROL_CHANGE]
    assert "Alba" not in taken
    assert "Dumo" in taken
    data = page_data(shown(made, FakeAtlas(), Settings()))
    assert "Place Alba rejected by A. Analyst" in json.dumps(data["cards"])
    bero = event_at(situation_of(desk.extraction()), "Bero")
    gone = situation_with(desk.extraction(), read(row("event", bero.id, "reject")))
    assert "Bero" not in {e.places[0].name for e in gone.events}
    off = page_data(shown(gone, FakeAtlas(), Settings()))["off"]
    assert [g["group"] for g in off if "Bero" in json.dumps(g)] == ["Rejected by an analyst"]


def test_set_on_an_event_reaches_its_own_claims_only(read):
    desk = campaign()
    bero = event_at(situation_of(desk.extraction()), "Bero")
    assert any("villages" in c.quote for c in bero.claims)  # quoted beside it
    made = situation_with(desk.extraction(), read(row("event", bero.id, "set", "place", "Esta")))
    assert event_at(made, "Esta").claims[0].quote.startswith("Bero fell")
    assert {d.claim for d in made.decisions} == {claim_of(desk, "Bero fell").id}
    alba = event_at(situation_of(desk.extraction()), "Alba")
    moved = situation_with(desk.extraction(), read(row("event", alba.id, "set", "place", "Esta")))
    assert {e.places[0].name for e in moved.events if e.kind is Kind.CONTROL_CHANGE} == {
        *("Bero", "Dumo", "Esta")
    }
    assert event_at(moved, "Esta").standing is Standing.ASSESSED


def test_an_event_of_the_corrected_map_can_be_named_too(read):
    desk = campaign()
    bero = claim_of(desk, "Bero fell")
    first = row("claim", bero.id, "set", "place", "Esta")
    esta = event_at(situation_with(desk.extraction(), read(first)), "Esta")
    for rows in (
        [first, row("event", esta.id, "reject")],
        [row("event", esta.id, "reject"), first],
    ):
        made = situation_with(desk.extraction(), read(*rows))
        assert not {"Bero", "Esta"} & {e.places[0].name for e in made.events}
        assert made.correction_notes == ()


def test_a_place_is_moved_wherever_it_was_resolved(read):
    desk = campaign()
    made = situation_with(desk.extraction(), read(row("place", "t:caro", "set", "place", "Esta")))
    ids = {p.place_id for c in made.extraction.claims for p in c.places}
    assert "t:caro" not in ids
    n = sum(any(p.place_id == "t:caro" for p in c.places) for c in desk.claims)
    assert len(made.decisions) == n == 6
    assert counted(made.decisions) == "1 correction by A. Analyst"


def test_a_rejected_place_takes_off_what_names_no_other(read):
    desk = campaign()
    made = situation_with(desk.extraction(), read(row("place", "t:dumo", "reject")))
    names = {p.name for e in made.events for p in e.places}
    assert "Dumo" not in names
    assert "Alba" in names
    caro = situation_with(desk.extraction(), read(row("place", "t:caro", "reject")))
    off = page_data(shown(caro, FakeAtlas(), Settings()))["off"]
    (group,) = [g for g in off if g["group"] == "Rejected by an analyst"]
    assert len(group["items"]) == 5  # the sixth still goes to the shore
    assert group["items"][0]["reason"].startswith("Place Caro rejected by A. Analyst")


def test_an_accepted_place_is_told_on_the_card(read):
    made = situation_with(campaign().extraction(), read(row("place", "t:bero", "accept")))
    cards = page_data(shown(made, FakeAtlas(), Settings()))["cards"]
    (card,) = [c for c in cards if c["decisions"]]
    assert card["decisions"][0].startswith("Place Bero accepted by A. Analyst")
    assert "Accepted by" not in card["rule"]


# --- what matches nothing, what is overruled ----------------------------------------------------


def test_what_matches_nothing_is_reported_on_the_page(read):
    rows = [
        row("claim", "0123", "reject"),
        row("event", "e0123", "accept"),
        row("place", "t:alba2", "accept"),
    ]
    made = situation_with(campaign().extraction(), read(*rows))
    assert made.decisions == ()
    assert made.correction_notes == tuple(
        f"Correction had no effect: row {n} ({r['action']} of {r['target_type']} "
        f"{r['target_id']}, by A. Analyst on 2031-05-11): no claim, event or place has this id."
        for n, r in enumerate(rows, 2)
    )
    assert set(made.correction_notes) <= set(
        page_data(shown(made, FakeAtlas(), Settings()))["meta"]["warnings"]
    )


def test_the_later_day_wins_then_the_exacter_target_then_the_later_row(read):
    desk = campaign()
    bero = claim_of(desk, "Bero fell")
    event = event_at(situation_of(desk.extraction()), "Bero")

    def goes_to(*rows):
        made = apply_corrections(desk.extraction(), read(*rows))
        claim = next(c for c in made.extraction.claims if c.id == bero.id)
        return claim.places[0].place_id, [(a.row, b.row) for a, b in made.overruled]

    late = row("claim", bero.id, "set", "place", "Esta", on="2031-05-13")
    early = row("claim", bero.id, "set", "place", "Caro", on="2031-05-12")
    assert goes_to(late, early) == ("t:esta", [(3, 2)])
    assert goes_to(early, late) == ("t:esta", [(2, 3)])
    assert goes_to(early, {**late, "on": "2031-05-12"}) == ("t:esta", [(2, 3)])
    wide = row("event", event.id, "set", "place", "Caro", on="2031-05-13")
    assert goes_to(late, wide) == ("t:esta", [(3, 2)])
    assert goes_to(late, {**wide, "on": "2031-05-14"}) == ("t:caro", [(2, 3)])
    made = situation_with(desk.extraction(), read(late, early))
    assert made.correction_notes == (
        f"Correction overruled: row 3 (set place of claim {bero.id}) by the one in row 2, "
        "by A. Analyst on 2031-05-13.",
    )
    undone = [
        row("claim", bero.id, "reject"),
        row("claim", bero.id, "accept", on="2031-05-12", by="B"),
    ]
    again = situation_with(desk.extraction(), read(*undone))
    assert event_at(again, "Bero").rule.endswith("Accepted by B on 12 May 2031.")


def test_counting_by_analyst(read):
    desk = campaign()
    ids = [c.id for c in desk.claims[:4]]
    rows = [row("claim", i, "accept", by="B" if n == 3 else "A") for n, i in enumerate(ids)]
    made = situation_with(desk.extraction(), read(*rows))
    assert counted(made.decisions) == "3 corrections by A, 1 by B"
    method = page_data(shown(made, FakeAtlas(), Settings()))["meta"]["method"]
    assert method[-1][:2] == ["Corrections", "3 corrections by A, 1 by B."]
    assert "Corrections" not in json.dumps(
        page_data(shown(situation_of(desk.extraction()), FakeAtlas(), Settings()))["meta"]["method"]
    )


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_order_of_rows_with_different_targets_does_not_matter(tmp_path_factory, data):
    desk = campaign()
    events = situation_of(desk.extraction()).events
    pool = [
        row("claim", desk.claims[0].id, "set", "date", "2031-05-02"),
        row("claim", desk.claims[1].id, "reject"),
        row("claim", desk.claims[2].id, "set", "place", "Esta"),
        row("claim", desk.claims[6].id, "set", "figure", "10..20"),
        row("event", event_at(SimpleNamespace(events=events), "Alba").id, "set", "place", "Bero"),
        row("event", event_at(SimpleNamespace(events=events), "Bero").id, "accept"),
        row("place", "t:caro", "set", "place", "Dumo, SD"),
        row("place", "t:bero", "set", "place", "15.1, 32.1"),
    ]
    chosen = data.draw(st.lists(st.sampled_from(range(len(pool))), unique=True))
    shuffled = data.draw(st.permutations(chosen))
    file = tmp_path_factory.mktemp("c") / "c.csv"

    def drawn(order):
        rows = read_corrections(write(file, *(pool[i] for i in order)), Names(), actors=ACTORS)
        made = situation_with(desk.extraction(), rows)
        assert not [n for n in made.correction_notes if "had no effect" in n]
        page = page_data(shown(replace(made, correction_notes=()), FakeAtlas(), Settings()))
        return json.dumps(page, sort_keys=True)

    assert drawn(chosen) == drawn(shuffled)


# --- the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target_type": "town"}, "row 2, target_type: “town” is none of claim, event, place"),
        ({"action": "delete"}, "row 2, action: “delete” is none of accept, reject, set"),
        ({"field": "colour"}, "row 2, field: “colour” is none of place, role, actor"),
        ({"by": ""}, "row 2, by: is empty"),
        ({"why": "  "}, "row 2, why: is empty"),
        ({"on": ""}, "row 2, on: is empty"),
        ({"on": "20310511"}, "row 2, on: “20310511” is not a day like"),
        ({"on": "2031-02-30"}, "row 2, on: “2031-02-30” is not in the calendar"),
        ({"field": ""}, "row 2, field: is empty"),
        ({"value": ""}, "row 2, value: is empty"),
        ({"action": "reject"}, "row 2, field: is only for set"),
        ({"target_type": "place", "field": "kind"}, "field: kind cannot be set of a place"),
        ({"field": "place", "value": "Zoro"}, "row 2, value: “Zoro” is not in the gazetteer"),
        ({"field": "place", "value": "Ezta"}, "not in the gazetteer; write “Name, CC”"),
        ({"field": "place", "value": "Dumo"}, "“Dumo” can be t:dumo2 (ER), t:dumo (SD); write"),
        ({"field": "place", "value": "95, 10"}, "are not degrees"),
        ({"field": "place", "value": "none"}, "“none” is not in the gazetteer"),
        ({"field": "actor", "value": "t:nobody"}, "“t:nobody” is not an actor in the table"),
        ({"field": "role", "value": "by"}, "“by” is none of at, near, origin"),
        ({"field": "kind", "value": "war"}, "“war” is none of control_change"),
        ({"field": "status", "value": "true"}, "“true” is none of asserted"),
        ({"field": "date", "value": "May"}, "row 2, value: “May” is not a day like"),
        ({"field": "date", "value": "2031-05-02/2031-05-01"}, "ends before it starts"),
        ({"field": "date", "value": "2031-05-02/2031-05-03/2031-05-04"}, "separated by a slash"),
        ({"field": "figure", "value": "many"}, "“many” is not a figure: write 1000"),
        ({"field": "figure", "value": "9..3"}, "lower bound above"),
        ({"field": "figure", "value": ".."}, "is not a figure"),
        ({"field": "figure", "value": "9 goats"}, "is not a figure"),
    ],
)
def test_bad_rows_are_told_by_file_row_and_field(read, change, message):
    with pytest.raises(FormatError) as caught:
        read({**row("claim", "c1", "set", "kind", "clash"), **change})
    assert message in str(caught.value)
    assert "c.csv: " in str(caught.value)


def test_all_faults_at_once(read):
    with pytest.raises(FormatError, match=r"row 2, by: is empty; row 4, action: “x” is none"):
        read(
            row("claim", "c1", "accept", by=""),
            row("claim", "c1", "accept"),
            row("claim", "c1", "x"),
        )
    with pytest.raises(FormatError, match="; and 5 more"):
        read(*(row("claim", "c1", "x") for _ in range(15)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "column target_type is missing"),
        ("a;b\n", "column a;b is unknown"),
        (",".join([*COLUMNS, "note"]) + "\n", "column note is unknown"),
        (",".join([*COLUMNS, "by"]) + "\n", "column by appears twice"),
        (",".join(COLUMNS) + "\nclaim,c,accept,,,A,why, not,2031-05-11\n", "row 2, has 9 cells"),
    ],
)
def test_bad_headers(tmp_path, text, message):
    file = tmp_path / "c.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        read_corrections(file, Names(), actors=ACTORS)
    assert message in str(caught.value)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match=r"c\.csv: does not exist"):
        read_corrections(tmp_path / "c.csv", Names())
    file = tmp_path / "d.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read as text"):
        read_corrections(file, Names())
    file.write_text('target_type\n"open', encoding="utf-8")
    with pytest.raises(InputError, match="is not CSV"):
        read_corrections(file, Names())


def test_spreadsheets_and_hostile_cells(tmp_path):
    file = tmp_path / "c.csv"
    head = ",".join(COLUMNS)
    why = '"<b>\x1b[31m""quoted"",\nof two lines"'
    file.write_text(
        f"\ufeff{head}\r\n,,,,,,,\r\n\r\nclaim,c1,accept,,, A ,{why},2031-05-11\r\n",
        encoding="utf-8",
        newline="",
    )
    (found,) = read_corrections(file, Names(), actors=ACTORS)
    assert (found.row, found.by, found.why) == (4, "A", '<b>[31m"quoted", of two lines')


def test_values_are_typed(read):
    (spot,) = read(row("place", "t:x", "set", "place", "t:alba"))
    assert isinstance(spot.new, CorrectedPoint)
    (figure,) = read(row("claim", "c", "set", "figure", "5.. killed"))
    assert figure.new == CorrectedFigure(5, None, "killed")


# --- people who flee ----------------------------------------------------------------------------


def test_coarsened_displacement_hides_the_town_before_and_after(read):
    desk = campaign()
    left = claim_of(desk, "have left Caro")
    fixed = read(row("claim", left.id, "set", "place", "Esta", why="Caro is Esta"))
    made = situation_with(desk.extraction(), fixed)
    data = page_data(shown(made, FakeAtlas(), Settings(coarsen_displacement="admin1")))
    (card,) = [c for c in data["cards"] if c["decisions"]]
    assert "Caro" not in json.dumps(card)
    assert "Esta" not in json.dumps(card)
    assert "Place changed from ▒▒▒▒ to ▒▒▒▒ by A. Analyst" in card["decisions"][0]
