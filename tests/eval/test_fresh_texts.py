"""The coder on texts whose writers had not seen it: 266 texts, some of them without an event.

They tell of real conflicts in invented detail: no record of facts. What was wrong at first was
mended where it was general, so these are development texts now, all but set l: nobody has looked
at its texts or at what is wrong in them, only at its figures. Keep it so, to measure by.
The floors are what the coder reaches: a change may raise them, never lower them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.eval.report import fresh_texts
from tests.eval.score import Score, read_gold, score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.model import Article
    from tests.eval.score import Record

HERE = Path(__file__).parent
FLOORS = {
    "a": {"control_change": 0.88, "origin": 0.92, "destination": 0.8, "figure": 0.66},
    "b": {"control_change": 0.79, "origin": 0.94, "destination": 0.96, "figure": 0.91},
    "c": {"control_change": 0.85, "origin": 0.76, "destination": 0.77, "figure": 0.91},
    "d": {"control_change": 0.81, "origin": 0.68, "destination": 0.7, "figure": 0.69},
    "e": {"control_change": 0.88, "origin": 0.88, "destination": 0.86, "figure": 0.89},
    "f": {"control_change": 0.92, "origin": 0.8, "destination": 0.78, "figure": 0.87},
    "g": {"control_change": 0.67, "origin": 0.66, "destination": 0.74, "figure": 0.76},
    "h": {"control_change": 0.95, "origin": 0.89, "destination": 0.85, "figure": 0.94},
    "i": {"control_change": 0.82, "origin": 0.7, "destination": 0.87, "figure": 0.82},
    "j": {"control_change": 0.65, "origin": 0.63, "destination": 0.73, "figure": 0.71},
    "k": {"control_change": 0.73, "origin": 0.79, "destination": 0.81, "figure": 0.76},
    "l": {"control_change": 0.44, "origin": 0.51, "destination": 0.61, "figure": 0.51},
}
TRAPS_DRAWN_AT_MOST = {
    "a": 0,
    "b": 0,
    "c": 0,
    "d": 3,
    "e": 0,
    "f": 1,
    "g": 0,
    "h": 0,
    "i": 5,
    "j": 5,
    "k": 12,
    "l": 16,
}
# Signs of captures and flight in texts without an event; none in a set that is not named.
IN_EMPTY_TEXTS_AT_MOST = {"i": 2, "k": 1, "l": 2}


@pytest.fixture(scope="module", params=sorted(FLOORS))
def coded_set(
    request: pytest.FixtureRequest, coded: Callable[[Sequence[Article]], list[Record]]
) -> tuple[str, list[Record], Score]:
    name = request.param
    claims = coded(fresh_texts(name))
    gold = read_gold(HERE / f"fresh_{name}_gold.jsonl")
    return name, claims, score(gold, [c for c in claims if c["doc"] in {g["doc"] for g in gold}])


def test_gold_is_in_the_texts(coded_set: tuple[str, list[Record], Score]) -> None:
    name, _, _ = coded_set
    texts = {article.id: article.text for article in fresh_texts(name)}
    for record in read_gold(HERE / f"fresh_{name}_gold.jsonl"):
        assert record["quote"] in texts[record["doc"]], record["id"]


def test_floors(coded_set: tuple[str, list[Record], Score]) -> None:
    name, _, result = coded_set
    for measure, floor in FLOORS[name].items():
        counts = getattr(result, measure)
        assert counts.f1 >= floor, f"{name} {measure}: {counts}"


def test_traps(coded_set: tuple[str, list[Record], Score]) -> None:
    name, _, result = coded_set
    assert len(result.traps_drawn) <= TRAPS_DRAWN_AT_MOST[name], result.traps_drawn


def test_texts_without_an_event_stay_empty(coded_set: tuple[str, list[Record], Score]) -> None:
    name, claims, _ = coded_set
    eventful = {g["doc"] for g in read_gold(HERE / f"fresh_{name}_gold.jsonl") if not g["trap"]}
    drawn = [
        (c["doc"], c["type"], c["quote"])
        for c in claims
        if c["doc"] not in eventful and c["status"] in {"asserted", "claimed"} and c["places"]
    ]
    wrong = [d for d in drawn if d[1] in {"control_change", "displacement"}]
    assert len(wrong) <= IN_EMPTY_TEXTS_AT_MOST.get(name, 0), wrong
