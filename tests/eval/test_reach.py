"""Places of wars on our own lists: how many are found and placed right, and how many wrong.

The floors are what is reached: a change may raise them, never lower them. Of the villages about
half are in no list that we may ship, or only in another spelling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.eval import reach

if TYPE_CHECKING:
    from gazetteer import Gazetteer

# list, least that is right, most that is answered wrong
FLOORS = {"towns": (0.90, 0.02), "villages": (0.49, 0.05)}
NOTES = (0.85, 0.05)
NAMES_EXACT, NAMES_OVERLAPPING = 0.92, 0.97


@pytest.mark.parametrize("name", FLOORS)
def test_places_are_right(name: str, gazetteer: Gazetteer) -> None:
    share = reach.places(reach.read_rows(name), gazetteer)
    least, most = FLOORS[name]
    assert share.rows == 100
    assert share.right / share.rows >= least, share.failed
    assert share.wrong / share.rows <= most, share.failed


def test_notes_are_right(gazetteer: Gazetteer) -> None:
    share = reach.notes(reach.read_rows("notes"), gazetteer)
    assert share.rows == 40
    assert share.right / share.rows >= NOTES[0], share.failed
    assert share.wrong / share.rows <= NOTES[1], share.failed


def test_names_are_found(gazetteer: Gazetteer) -> None:
    found = reach.names(gazetteer)
    assert len(reach.read_excerpts()) == 40
    assert round(found.f1(found.exact), 2) >= NAMES_EXACT, found.failed
    assert round(found.f1(found.overlapping), 2) >= NAMES_OVERLAPPING, found.failed


def test_names_stand_in_their_sentences_once() -> None:
    for name in (*FLOORS, "notes"):
        for row in reach.read_rows(name):
            assert row.text.count(row.name) == 1, row.text
            assert -90 <= row.lat <= 90
            assert -180 <= row.lon <= 180


def test_brackets_are_no_part_of_the_excerpts() -> None:
    text, spans = reach.read_excerpts()[0]
    assert [text[start:end] for start, end in spans][:2] == ["Maiduguri", "Borno State"]
    assert "[[" not in text
