"""The scorer itself: gold against gold is perfect, and each fault lowers its own measure."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from mapgen.model import Claim, ClaimPlace, Kind, Role, Status
from tests.eval.drawn import drawn_right
from tests.eval.score import Record, read_gold, score

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"


@pytest.fixture
def gold() -> list[Record]:
    return read_gold(HERE / "dispatches_gold.jsonl")


def test_quotes_are_in_the_dispatches(gold: list[Record]) -> None:
    for record in gold:
        text = (SEEDS / f"{record['doc']}.md").read_text(encoding="utf-8")
        assert text.count(record["quote"]) == 1, record["id"]
        assert record["status"] in {"asserted", "claimed", "hypothetical", "negated", "historical"}


def test_gold_against_itself_is_perfect(gold: list[Record]) -> None:
    result = score(gold, copy.deepcopy(gold))
    for counts in (result.control_change, result.origin, result.destination, result.figure):
        assert counts.found > 0
        assert counts.f1 == 1.0, counts
    assert result.traps >= 12
    assert result.traps_drawn == []


def test_drawing_everything_is_punished(gold: list[Record]) -> None:
    everything = [{**g, "status": "asserted"} for g in gold]
    result = score(gold, everything)
    assert len(result.traps_drawn) == result.traps
    assert "homs-exodus:Homs" in result.control_change.wrong
    assert "homs-outskirts:Homs" in result.control_change.wrong


def test_drawing_nothing_misses_all(gold: list[Record]) -> None:
    result = score(gold, [])
    assert result.control_change.f1 == 0.0
    assert "homs-outskirts:Ar Rastan" in result.control_change.missed
    assert result.traps_drawn == []


def test_wrong_figure_and_swapped_ends(gold: list[Record]) -> None:
    broken = copy.deepcopy(gold)
    swap = {"origin": "destination", "destination": "origin"}
    for record in broken:
        for place in record["places"]:
            place["role"] = swap.get(place["role"], place["role"])
        if record["quantity"]:
            record["quantity"]["low"] *= 10
    result = score(gold, broken)
    assert result.origin.f1 < 0.5
    assert result.destination.f1 < 0.5
    assert result.figure.f1 == 0.0


def test_strict_counts_a_place_only_where_it_lies() -> None:
    def taken(name: str, lat: float | None, lon: float | None) -> Record:
        place = {"surface": name, "canonical": name, "role": "at", "lat": lat, "lon": lon}
        told = {"doc": "d", "id": "d-1", "type": "control_change", "status": "asserted"}
        more = {"quote": "Rebels took it", "quantity": None, "optional": False, "trap": False}
        return {**told, **more, "places": [place]}

    told, unplaced = taken("Harasta", 33.56, 36.37), taken("Harasta", None, None)
    assert score([told], [unplaced]).control_change.f1 == 1.0
    assert score([told], [unplaced], strict=True).control_change.f1 == 0.0
    assert score([told], [taken("Duma", 33.57, 36.40)], strict=True).control_change.f1 == 1.0


def test_a_sign_is_right_only_where_gold_has_it_at_its_place() -> None:
    def claim(kind: Kind, status: Status, lat: float | None) -> Claim:
        place = ClaimPlace(surface="Alba", start=0, end=4, role=Role.AT, lat=lat, lon=32.5)
        return Claim(id="c", article="d", start=0, end=4, quote="Alba", kind=kind, status=status,
                     places=(place,), confidence=0.8)  # fmt: skip

    place = {"surface": "Alba", "canonical": "Alba", "role": "at", "lat": 15.6, "lon": 32.5}
    taken = {"doc": "d", "type": "control_change", "status": "claimed", "places": [place]}
    order = {"doc": "d", "type": "displacement", "status": "hypothetical", "places": [place],
             "subtype": "told_to_leave"}  # fmt: skip
    capture = claim(Kind.CONTROL_CHANGE, Status.ASSERTED, 15.6)
    assert str(drawn_right([taken], [capture])) == "1.00 of 1"
    assert str(drawn_right([{**taken, "status": "negated"}], [capture])) == "0.00 of 1"
    assert str(drawn_right([order], [claim(Kind.DISPLACEMENT, Status.ASSERTED, 15.6)])) == (
        "0.00 of 1"
    )
    assert str(drawn_right([order], [claim(Kind.EVACUATION_ORDER, Status.ASSERTED, 15.6)])) == (
        "1.00 of 1"
    )
    undrawn = [claim(Kind.CONTROL_CHANGE, Status.NEGATED, 15.6)]
    assert str(drawn_right([taken], undrawn)) == "none"


def test_of_two_villages_close_together_neither_is_wrong(gold: list[Record]) -> None:
    first = copy.deepcopy(next(g for g in gold if g["type"] == "control_change"))
    first["status"] = "asserted"
    places = [("Kanyabayonga", -0.7), ("Kirumba", -0.573), ("Kayna", -0.609), ("Lubero", -0.158)]
    told = [
        {
            **first,
            "optional": False,
            "trap": False,
            "places": [
                {
                    "surface": n,
                    "canonical": n,
                    "role": "at",
                    "lat": lat,
                    "lon": 29.18,
                    "kind": "city",
                }
            ],
        }
        for n, lat in places
    ]
    result = score(told[:3], told)
    assert result.control_change.wrong == [f"{first['doc']}:Lubero"]
    assert result.control_change.missed == []
