"""Both readers on texts that neither had seen when they were first read; see `test_fresh_texts`.

The floors are what was reached at first sight: a change may raise them, never lower them. The texts
of sets l, n and p are unread: look at their figures only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapgen.coding import TwoReaders
from mapgen.situation.certainty import SURE
from tests.eval.drawn import is_right
from tests.eval.report import fresh_texts
from tests.eval.score import Score, from_claim, read_gold, score

if TYPE_CHECKING:
    from gazetteer import Gazetteer

HERE = Path(__file__).parent
FLOORS = {
    "l": {"control_change": 0.62, "origin": 0.76, "destination": 0.78, "figure": 0.58},
    "n": {"control_change": 0.67, "origin": 0.65, "destination": 0.74, "figure": 0.69},
    "p": {"control_change": 0.53, "origin": 0.72, "destination": 0.7, "figure": 0.6},
}
TRAPS_DRAWN_AT_MOST = {"ln": 15, "p": 5}
"""Of the sets of a name together; of l and n the network before this one drew 16."""

RIGHT_OF_SURE = {"l": 0.86, "n": 0.9, "p": 0.91}
"""Least share of claims drawn as sure that are right."""


@dataclass(frozen=True)
class Coded:
    """What was made of a set: its score, and of each claim drawn as sure whether it is right."""

    score: Score
    sure: list[bool]


@pytest.fixture(scope="module")
def coded(gazetteer: Gazetteer) -> dict[str, Coded]:
    coder, found = TwoReaders(gazetteer), {}
    for name in FLOORS:
        gold = read_gold(HERE / f"fresh_{name}_gold.jsonl")
        eventful = {g["doc"] for g in gold}
        claims = [c for a in fresh_texts(name) for c in coder.code(a)[0] if a.id in eventful]
        sure = [
            right
            for c in claims
            if c.confidence >= SURE
            and (right := is_right([g for g in gold if g["doc"] == c.article], c)) is not None
        ]
        found[name] = Coded(score(gold, [from_claim(c) for c in claims]), sure)
    return found


@pytest.mark.parametrize("name", FLOORS)
def test_floors(coded: dict[str, Coded], name: str) -> None:
    result = coded[name].score
    reached = {measure: getattr(result, measure).f1 for measure in FLOORS[name]}
    assert {m: f1 for m, f1 in reached.items() if f1 < FLOORS[name][m]} == {}


@pytest.mark.parametrize("names", TRAPS_DRAWN_AT_MOST)
def test_traps(coded: dict[str, Coded], names: str) -> None:
    drawn = sum(len(coded[name].score.traps_drawn) for name in names)  # the texts stay unread
    assert drawn <= TRAPS_DRAWN_AT_MOST[names]


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_drawn_as_sure_is_right(coded: dict[str, Coded], name: str) -> None:
    sure = coded[name].sure
    assert len(sure) > 50
    assert sum(sure) / len(sure) >= RIGHT_OF_SURE[name]
