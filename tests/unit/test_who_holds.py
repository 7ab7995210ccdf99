"""X-occupied, X-held, "which is controlled by X": who holds a place, never a capture of it."""

from __future__ import annotations

import pytest
from coding_kit import claims, drawn

from mapgen.model import Kind

HELD = [
    ("Drones hit Houthi-held Hodeidah on Sunday.", "YE"),
    ("Aid reached rebel-controlled Goma on Monday after heavy fighting.", "CD"),
    ("Shells fell on RSF-controlled Nyala on Monday.", "SD"),
    ("Ukraine bombed Russian-occupied Melitopol overnight.", "UA"),
    ("The army shelled Goma, which is controlled by M23 rebels, on Monday.", "CD"),
    ("Warplanes struck Nyala, held by the RSF, on Sunday.", "SD"),
    ("Drones struck Mariupol, a city occupied by Russia, on Sunday.", "UA"),
    ("The army shelled Lashio, now under rebel control, on Monday.", "MM"),
    ("Militants attacked government-held Marib on Monday.", "YE"),
    ("Troops clashed with rebels near Russian-occupied Enerhodar.", "UA"),
]


@pytest.mark.parametrize(("text", "country"), HELD)
def test_who_holds_a_place_did_not_take_it_now(text: str, country: str) -> None:
    assert Kind.CONTROL_CHANGE not in {k for k, _ in drawn(text, country)}


TAKEN = [
    ("Houthi fighters captured government-held Marib on Sunday.", "YE", "Marib"),
    ("Russian troops occupied Kupiansk on Sunday.", "UA", "Kupiansk"),
    ("Goma was occupied by M23 rebels on Monday.", "CD", "Goma"),
    ("The army retook RSF-controlled Omdurman on Monday.", "SD", "Omdurman"),
    ("Goma, which was captured by M23 rebels on Monday, was quiet.", "CD", "Goma"),
    ("Rebels seized Lashio, a town held by the army, on Monday.", "MM", "Lashio"),
]


@pytest.mark.parametrize(("text", "country", "town"), TAKEN)
def test_a_capture_beside_such_words_is_drawn(text: str, country: str, town: str) -> None:
    assert town in {
        p.surface
        for c in claims(text, country)
        if c.kind is Kind.CONTROL_CHANGE and c.status.is_current
        for p in c.places
    }
