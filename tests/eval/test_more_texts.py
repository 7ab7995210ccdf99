"""The coder on short texts about other conflicts, and on texts without any: development data.

The events are invented. The floors are what the coder reaches: a change may raise them, never
lower them. ``python -m tests.eval.report`` prints the numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.eval.report import PEACEFUL
from tests.eval.score import Record, Score, read_gold, score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.model import Article

GOLD = Path(__file__).parent / "more_gold.jsonl"
FLOORS = {"control_change": 1.0, "origin": 1.0, "destination": 1.0, "figure": 1.0}
TRAPS_DRAWN_AT_MOST = 0


@pytest.fixture(scope="module")
def claims(
    coded: Callable[[Sequence[Article]], list[Record]], more_texts: Sequence[Article]
) -> list[Record]:
    return coded(more_texts)


@pytest.fixture(scope="module")
def result(claims: list[Record]) -> Score:
    return score(read_gold(GOLD), [c for c in claims if c["doc"] not in PEACEFUL])


def test_gold_is_in_the_texts(more_texts: Sequence[Article]) -> None:
    texts = {article.id: article.text for article in more_texts}
    for record in read_gold(GOLD):
        assert texts[record["doc"]].count(record["quote"]) == 1, record["id"]
    assert set(texts) - {r["doc"] for r in read_gold(GOLD)} == PEACEFUL


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_floor(result: Score, measure: str) -> None:
    counts = getattr(result, measure)
    assert counts.f1 >= FLOORS[measure], f"{measure}: {counts}"


def test_traps(result: Score) -> None:
    assert len(result.traps_drawn) <= TRAPS_DRAWN_AT_MOST, result.traps_drawn


def test_peaceful_texts_stay_empty(claims: list[Record]) -> None:
    drawn = [
        (c["doc"], c["type"], c["quote"])
        for c in claims
        if c["doc"] in PEACEFUL and c["status"] in {"asserted", "claimed"} and c["places"]
    ]
    assert [d for d in drawn if d[1] in {"control_change", "displacement"}] == []
