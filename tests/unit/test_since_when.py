"""A place that somebody holds since a recent day changed hands; since an old one it did not.

The marks are made by hand: how surely the network says that a place is held is not tested here.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from mapgen.coding.second_reader.labels import PLACE_LABELS
from mapgen.coding.second_reader.marked import Span, SpanKind
from mapgen.coding.second_reader.reader import Mark
from mapgen.coding.second_reader.since_when import with_since_when

PUBLISHED = date(2023, 11, 20)


def marks(text: str, *names: str, **chances: float) -> list[Mark]:
    """Return marks of names in the one sentence of a text, each said to be held."""
    told = {**dict.fromkeys(PLACE_LABELS, 0.01), "HOLD": 0.8, **chances}
    at = [text.index(name) for name in names]
    assert all(a < b for a, b in pairwise(at))
    spans = [Span(a, a + len(n), SpanKind.PLACE) for a, n in zip(at, names, strict=True)]
    return [Mark(s, (0, len(text)), text[s.start : s.end], dict(told)) for s in spans]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Manatuto has been with the militia since 2 November.", ["Manatuto"]),
        ("Since Thursday night the junta's men have sat in Hopong.", ["Hopong"]),
        ("Zemio, Mboki: UPC since end October.", ["Zemio", "Mboki"]),
        ("The rangers hold the ford of Tirba from 3 November onwards.", ["Tirba"]),
        ("Lost for a year, Obo is the army's again since the weekend.", ["Obo"]),
        ("Dirkou went quiet – Seguedine is the rebels' since 11 November.", ["Seguedine"]),
    ],
)
def test_held_since_a_recent_day_is_taken(text: str, names: list[str]) -> None:
    for mark in with_since_when(marks(text, *names), text, PUBLISHED):
        assert mark.since
        assert mark.probabilities["C"] == pytest.approx(0.81)
        assert mark.probabilities["HOLD"] == 0.0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Manatuto has been with the militia since 2 June.", ["Manatuto"]),
        ("The army has sat in Hopong since 2019.", ["Hopong"]),
        ("The army holds Hopong; its radio has been silent since Monday.", ["Hopong"]),
        ("The UPC holds Zemio, but Mboki has had no market since 2 November.", ["Zemio"]),
        ("The rangers hold the ford of Tirba and left the hill on 3 November.", ["Tirba"]),
        ("The rangers hold Tirba.", ["Tirba"]),
        ("From 3 November the road past Tirba, which the rangers hold, is shut.", ["Tirba"]),
    ],
)
def test_held_without_a_recent_since_is_held(text: str, names: list[str]) -> None:
    told = marks(text, *names)
    assert with_since_when(told, text, PUBLISHED) == told


def test_what_goes_on_since_a_day_is_no_capture() -> None:
    text = "Army-held Tirba has been shelled since 2 November."
    told = marks(text, "Tirba", VIOL=0.7)
    assert with_since_when(told, text, PUBLISHED) == told


def test_damage_since_a_day_is_no_capture() -> None:
    text = "Two thirds of Tirba have burnt since 2 November."
    told = marks(text, "Tirba", HOLD=0.05, C=0.7)
    assert with_since_when(told, text, PUBLISHED) == told


def test_without_a_day_of_publication_nothing_is_recent() -> None:
    text = "Manatuto has been with the militia since 2 November."
    told = marks(text, "Manatuto")
    assert with_since_when(told, text, None) == told


@pytest.mark.parametrize(("month", "taken"), [("September", True), ("August", False)])
def test_a_month_counts_by_its_last_day(month: str, taken: bool) -> None:
    text = f"Manatuto has been with the militia since {month}."
    (mark,) = with_since_when(marks(text, "Manatuto"), text, PUBLISHED)
    assert mark.since is taken
