"""A dateline on a line of its own says where a text was written, not where things happened."""

from __future__ import annotations

import re

import pytest

from mapgen.coding.english.led_lines import is_dateline
from mapgen.model import Kind, Role
from mapgen.places.georeference import Georeference
from tests.unit.readers_kit import read_twice

_FERRY = """Flight by sea

PEMBA, Mozambique, 31 March 2021

Amina came off the ferry in Pemba on Sunday with three children. She had fled Palma.
"""


def _ends(text: str, country: str, day: str, role: Role) -> set[str]:
    told = [c for c in read_twice(text, country, day) if c.kind is Kind.DISPLACEMENT]
    return {p.name or p.surface for c in told for p in c.places if p.role is role}


def test_who_came_off_a_ferry_did_not_leave_its_port() -> None:
    assert _ends(_FERRY, "MZ", "2021-03-31", Role.ORIGIN) == {"Palma"}


def _dateline_of(text: str, line: str) -> bool:
    """Whether the name that opens a line opens a dateline."""
    start = text.index(line)
    name = re.match(r"[\w-]+", line)
    assert name is not None
    town = Georeference(start, start + name.end(), name[0], None, 0.0, (), "test")
    return is_dateline(town, text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("PEMBA, Mozambique, 31 March 2021", True),
        ("Urus-Martan, Chechnya, 24 March 2000", True),
        ("TBILISI, 24 October 2020", True),
        ("Goma, April 3, 2013", True),
        ("Goma", False),
        ("Goma fell on 20 November 2012", False),
        ("Goma. The rebels came on 20 November", False),
    ],
)
def test_a_dateline_has_a_day_and_no_sentence(line: str, *, expected: bool) -> None:
    assert _dateline_of(f"A title\n{line}\n\nWhat happened next.\n", line) is expected


def test_a_line_far_below_is_a_heading_and_no_dateline() -> None:
    line = "Goma, 20 November"
    assert not _dateline_of(f"A title\nOne line.\nAnother.\nA third.\n{line}\n\nThey came.\n", line)


def test_people_confined_to_their_homes_are_hosted_by_nobody() -> None:
    text = "At least 23,800 people remain confined to their homes, most in Teorama and Hacarí."
    assert not [c for c in read_twice(text, "CO", "2025-01-29") if c.kind is Kind.HOSTING]


def test_villagers_who_speak_have_left_nothing() -> None:
    text = "Villagers from Kurta and Tamarasheni, north of Tskhinvali, say houses are on fire."
    assert _ends(text, "GE", "2008-08-12", Role.ORIGIN) == set()


def test_villagers_who_say_that_they_fled_have_left() -> None:
    text = "Villagers from Kurta told us they had fled on foot to Gori."
    assert _ends(text, "GE", "2008-08-12", Role.ORIGIN) == {"Kurta"}
