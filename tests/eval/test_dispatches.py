"""The coder on the two dispatches: everything they state is found, nothing they only imagine is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.eval.score import Record, Score, read_gold, score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.model import Article

GOLD = Path(__file__).parent / "dispatches_gold.jsonl"


@pytest.fixture(scope="module")
def claims(
    coded: Callable[[Sequence[Article]], list[Record]], dispatches: Sequence[Article]
) -> list[Record]:
    return coded(dispatches)


@pytest.fixture(scope="module")
def result(claims: list[Record]) -> Score:
    return score(read_gold(GOLD), claims)


def test_control_changes(result: Score) -> None:
    assert result.control_change.f1 == 1.0, result.control_change


def test_displacement(result: Score) -> None:
    assert result.origin.f1 == 1.0, result.origin
    assert result.destination.f1 == 1.0, result.destination
    assert result.figure.f1 == 1.0, result.figure


def test_no_trap_is_drawn(result: Score) -> None:
    assert result.traps_drawn == []


def current(claims: list[Record], kind: str) -> list[Record]:
    return [c for c in claims if c["type"] == kind and c["status"] in {"asserted", "claimed"}]


def test_homs_is_not_taken(claims: list[Record]) -> None:
    homs = "geonames:169577"
    taken = {
        p["place_id"]
        for c in current(claims, "control_change")
        for p in c["places"]
        if p["role"] == "at"
    }
    assert homs not in taken
    threats = [*current(claims, "threat"), *current(claims, "advance")]
    assert any(
        p["distance_km"] == 5 and p["place_id"] == homs for c in threats for p in c["places"]
    )


def test_who_said_what(claims: list[Record]) -> None:
    by_place = {p["surface"]: c for c in current(claims, "control_change") for p in c["places"]}
    assert by_place["Rastan"]["status"] == "claimed"
    assert by_place["Rastan"]["attribution"] in {
        "SOHR",
        "Syrian Observatory for Human Rights",
    }
    assert by_place["Aleppo"]["status"] == "asserted"
    assert by_place["Aleppo"]["actor"] == "syria:hts"
    assert by_place["Aleppo"]["from_actor"] in {"syria:gov", None}


def test_country_total_is_not_a_flight_from_homs(claims: list[Record]) -> None:
    totals = [
        c
        for c in current(claims, "displacement")
        if c["quantity"] and c["quantity"]["low"] == 370_000
    ]
    assert len(totals) == 1
    assert "Homs" not in {p["canonical"] for p in totals[0]["places"]}
    assert "United Nations" in totals[0]["attribution"]


def test_nothing_happens_abroad(claims: list[Record]) -> None:
    countries = {"Ukraine", "Iran", "Russia", "Iraq", "Jordan", "United States"}
    drawn = {
        p["canonical"]
        for c in claims
        if c["status"] in {"asserted", "claimed"} and c["type"] != "other"
        for p in c["places"]
    }
    assert drawn & countries == set()
