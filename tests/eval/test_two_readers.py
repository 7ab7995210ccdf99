"""Both readers on texts that neither had seen when they were first read; see `test_fresh_texts`.

The floors are what was reached at first sight: a change may raise them, never lower them. The texts
of sets l and n are unread: look at their figures only.
"""

from __future__ import annotations

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
    "l": {"control_change": 0.6, "origin": 0.68, "destination": 0.75, "figure": 0.56},
    "n": {"control_change": 0.67, "origin": 0.65, "destination": 0.73, "figure": 0.65},
}
TRAPS_DRAWN_AT_MOST = {"l": 11, "n": 5}
RIGHT_OF_SURE = {"l": 0.86, "n": 0.9}
"""Least share of claims drawn as sure that are right."""


@pytest.fixture(scope="module")
def coder(gazetteer: Gazetteer) -> TwoReaders:
    return TwoReaders(gazetteer)


@pytest.fixture(scope="module", params=sorted(FLOORS))
def coded_set(request: pytest.FixtureRequest, coder: TwoReaders) -> tuple[str, Score, list[bool]]:
    name = request.param
    gold = read_gold(HERE / f"fresh_{name}_gold.jsonl")
    eventful = {g["doc"] for g in gold}
    claims = [c for a in fresh_texts(name) for c in coder.code(a)[0] if a.id in eventful]
    sure = [
        right
        for c in claims
        if c.confidence >= SURE
        and (right := is_right([g for g in gold if g["doc"] == c.article], c)) is not None
    ]
    return name, score(gold, [from_claim(c) for c in claims]), sure


def test_floors(coded_set: tuple[str, Score, list[bool]]) -> None:
    name, result, _ = coded_set
    reached = {measure: getattr(result, measure).f1 for measure in FLOORS[name]}
    assert {m: f1 for m, f1 in reached.items() if f1 < FLOORS[name][m]} == {}


def test_traps(coded_set: tuple[str, Score, list[bool]]) -> None:
    name, result, _ = coded_set
    drawn = len(result.traps_drawn)  # the texts stay unread, so only the number is printed
    assert drawn <= TRAPS_DRAWN_AT_MOST[name]


def test_what_is_drawn_as_sure_is_right(coded_set: tuple[str, Score, list[bool]]) -> None:
    name, _, sure = coded_set
    assert len(sure) > 50
    assert sum(sure) / len(sure) >= RIGHT_OF_SURE[name]
