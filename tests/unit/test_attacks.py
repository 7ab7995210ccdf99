"""Attacks by gunmen are told as attacks; only what strikes from afar is a strike."""

from __future__ import annotations

import pytest
from situation_kit import RIVALS, Desk, FakeAtlas, place

from mapgen.export.report.content import report_of
from mapgen.merging.events import situation_of
from mapgen.model import Kind
from mapgen.settings import Settings
from mapgen.situation.attacks import is_attack
from mapgen.situation.shown import shown
from mapgen.situation.signs import signs_of
from mapgen.situation.summary import summary


def told_of(*texts, kind=Kind.STRIKE):
    desk = Desk().article("one")
    for text, key in zip(texts, ("t:alba", "t:bero"), strict=False):
        desk.say("one", text, kind, place(key), actor=RIVALS)
    return shown(situation_of(desk.extraction()), FakeAtlas(), Settings())


@pytest.mark.parametrize(
    ("text", "attack"),
    [
        ("Gunmen attacked Alba on Monday.", True),
        ("The River Front raided Alba at dawn.", True),
        ("Air-strikes hit Alba.", False),
        ("A drone attack on Alba killed two.", False),
        ("Mortar shells fell on Alba.", False),
    ],
)
def test_only_what_strikes_from_afar_is_a_strike(text, attack):
    told = told_of(text)
    (event,) = told.situation.events
    assert is_attack(event) is attack
    (sign,) = signs_of(told, event, "c1")
    assert sign["label"] == ("attacked" if attack else "struck")


def test_fighting_is_neither():
    (event,) = told_of("Fighting in Alba.", kind=Kind.CLASH).situation.events
    assert not is_attack(event)


def test_the_summary_and_the_report_tell_them_apart():
    told = told_of("Gunmen attacked Alba.", "Jets bombed Bero.")
    assert summary(told) == [["Elsewhere.", "Strikes on Bero; attacks on Alba."]]
    assert "Attack on" not in report_of(told).title
