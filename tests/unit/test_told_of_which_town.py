"""Which town is meant by "the town", and which movements are of before."""

from __future__ import annotations

import pytest

from mapgen.model import Kind
from tests.unit.coding_kit import claims, names


def meant(text: str, country: str, kind: Kind) -> list[str]:
    """Return the ids of the places of the current claims of a kind."""
    found = [c for c in claims(text, country) if c.kind is kind and c.status.is_current]
    return [p.place_id or p.surface for c in found for p in c.places]


def test_people_of_a_town_who_speak_of_the_town_mean_theirs():
    text = (
        "M23 holds Goma. Three residents of Kamanyola, a town on the border, said on Tuesday that "
        "the rebels had entered the town."
    )
    (place,) = meant(text, "CD", Kind.ADVANCE)
    (kamanyola,) = meant("M23 rebels entered Kamanyola.", "CD", Kind.ADVANCE)
    assert place == kamanyola


def test_a_spokesman_in_a_town_does_not_mean_that_town():
    text = (
        "The army shelled Brega. A rebel spokesman in Benghazi said fighters had entered the town."
    )
    (benghazi,) = meant("Fighters entered Benghazi.", "LY", Kind.ADVANCE)
    assert benghazi not in meant(text, "LY", Kind.ADVANCE)


def test_a_region_is_not_taken_with_its_second_city():
    text = "Two days after they took control of eastern Congo's second-largest city, rebels rested."
    assert not meant(text, "CD", Kind.CONTROL_CHANGE)
    assert not meant("They captured Ukraine's last big town.", "UA", Kind.CONTROL_CHANGE)


def test_the_city_is_no_village_where_a_city_is_often_named():
    text = (
        "The Taliban attacked Kunduz on Monday. Shops in Kunduz closed. The column passed Aliabad "
        "on Wednesday. Taliban fighters shelled the city on Thursday."
    )
    *_, place = meant(text, "AF", Kind.STRIKE)
    *_, kunduz = meant("Taliban fighters shelled Kunduz.", "AF", Kind.STRIKE)
    assert place == kunduz


@pytest.mark.parametrize(
    ("text", "country", "kind"),
    [
        ("Before the recent attacks, 6,000 people had fled to Pemba.", "MZ", Kind.DISPLACEMENT),
        ("Prior to the fighting, 2,000 people had fled to Kosti.", "SD", Kind.DISPLACEMENT),
    ],
)
def test_what_had_happened_before_the_attacks_is_past(text, country, kind):
    found = [c for c in claims(text, country) if c.kind is kind]
    assert found
    assert not [c for c in found if c.status.is_current]


def test_what_happened_before_dawn_is_not_past():
    text = "Before dawn, rebels had entered Bara and 2,000 people had fled to El Obeid."
    found = [c for c in claims(text, "SD") if c.kind is Kind.DISPLACEMENT and c.status.is_current]
    assert [n for c in found for n in names(c)] == ["El Obeid"]


def test_the_places_of_a_title_are_no_origins_of_those_told_of_below():
    text = (
        "Flash update on displacement from Quissanga\n\nA further 45,900 people have crossed the "
        "river to Namapa."
    )
    (moved,) = [c for c in claims(text, "MZ") if c.quantity is not None]
    assert names(moved) == ["Namapa"]
