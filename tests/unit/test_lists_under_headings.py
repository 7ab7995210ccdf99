"""The heading above a list tells what the numbers of its lines count."""

from __future__ import annotations

from functools import cache

import pytest
from coding_kit import gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Claim, Kind, Role


@cache
def _reader() -> TwoReaders:
    return TwoReaders(gazetteer())


def _claims(text: str, country: str) -> list[Claim]:
    found = _reader().code(Article(id="t", text=text, country=country))[0]
    return [c for c in found if c.status.is_current and c.places]


def _told(text: str, country: str, kind: Kind) -> dict[str, tuple[int | None, str | None]]:
    """Return the number and unit of those who came to each place."""
    return {
        p.surface: (c.quantity.low, c.quantity.unit) if c.quantity else (None, None)
        for c in _claims(text, country)
        if c.kind is kind
        for p in c.places
        if p.role is Role.DESTINATION
    }


def test_arrivals_by_location() -> None:
    text = (
        "Mali: Flash Update No. 4\n\nARRIVALS BY LOCATION\n"
        "• Gao town: 2,300\n• Ansongo (Gao Region): 1,150\n• Kambawali: 940\n• Total: 4,390\n\n"
        "ACCESS\n• Gao: 12 checkpoints\n• Bourem: 30\n"
    )
    assert _told(text, "ML", Kind.DISPLACEMENT) == {
        "Gao": (2_300, "people"),
        "Ansongo": (1_150, "people"),
        "Kambawali": (940, "people"),
    }


def test_an_arrival_with_its_origin_and_unit() -> None:
    text = (
        "NEW ARRIVALS\n* Kabul: 5,900 people\n* Kandahar city: 450 families\n"
        "* Herat: 1,020 people, from Badghis.\n"
    )
    assert _told(text, "AF", Kind.DISPLACEMENT) == {
        "Kabul": (5_900, "people"),
        "Kandahar": (450, "families"),
        "Herat": (1_020, "people"),
    }
    (herat,) = [c for c in _claims(text, "AF") if c.quantity and c.quantity.low == 1_020]
    assert [p.surface for p in herat.places if p.role is Role.ORIGIN] == ["Badghis"]


def test_displacement_needs_to_say_where_from() -> None:
    text = (
        "DISPLACEMENT\n- Iligan: 4,200 from Marawi, mostly children.\n"
        "- Cagayan de Oro: 1,900, also from Marawi.\n- Pantar: 300\n"
    )
    assert _told(text, "PH", Kind.DISPLACEMENT) == {
        "Iligan": (4_200, "people"),
        "Cagayan de Oro": (1_900, "people"),
    }


def test_returns_by_district() -> None:
    text = "RETURNS BY DISTRICT\n\n• Mosul: 3,400\n• Baiji: 900 families\n"
    assert _told(text, "IQ", Kind.RETURN) == {
        "Mosul": (3_400, "people"),
        "Baiji": (900, "families"),
    }
    assert _told(text, "IQ", Kind.DISPLACEMENT) == {}


@pytest.mark.parametrize(
    "heading",
    [
        "CASUALTIES BY LOCATION",
        "PEOPLE REACHED WITH FOOD",
        "CHOLERA CASES BY DISTRICT",
        "POPULATION BY TOWN",
        "ARRIVALS OF AID BY PORT",
        "EXPECTED ARRIVALS",
        "NEEDS",
    ],
)
def test_other_headings_tell_of_no_movement(heading: str) -> None:
    text = f"{heading}\n• Hodeidah: 34,000\n• Taiz: 12,000\n"
    assert _claims(text, "YE") == []


def test_other_lines_are_no_arrivals() -> None:
    text = (
        "ARRIVALS BY LOCATION\n• Hodeidah: 34 schools are used as shelters.\n"
        "• Taiz: 12,500 tents were handed out.\n• Aden: 2019 plan is funded.\n"
        "• Ibb: no new arrivals.\n"
    )
    assert _told(text, "YE", Kind.DISPLACEMENT) == {}


def test_a_number_behind_a_colon_is_of_those_who_went_there() -> None:
    text = (
        "Residents of Sake have been going to Minova: 3,150 by Friday night, according to the "
        "mayor."
    )
    assert _told(text, "CD", Kind.DISPLACEMENT) == {"Minova": (3_150, "people")}


def test_the_dead_behind_a_colon_are_not() -> None:
    text = "The rebels were pushed out of Sake: 45 dead by Friday night, according to the mayor."
    assert _told(text, "CD", Kind.DISPLACEMENT) == {}


def test_what_is_included_above_is_not_counted_again() -> None:
    text = (
        "Some 8,200 people reached Aden from Taiz. A further 400 have since gone on to Lahj and "
        "are included above."
    )
    assert _told(text, "YE", Kind.DISPLACEMENT) == {"Aden": (8_200, "people"), "Lahj": (None, None)}


def test_what_comes_on_top_is_counted() -> None:
    text = "Some 8,200 people reached Aden from Taiz. Another 400 arrived in Lahj."
    assert _told(text, "YE", Kind.DISPLACEMENT) == {
        "Aden": (8_200, "people"),
        "Lahj": (400, "people"),
    }


def test_those_of_them_come_from_where_all_come_from() -> None:
    text = (
        "Some 14,300 people have left Nasir since Thursday. About 9,000 of them have reached "
        "Malakal, the commissioner said."
    )
    (part,) = [c for c in _claims(text, "SS") if c.quantity and c.quantity.low == 9_000]
    assert {p.surface: p.role for p in part.places} == {
        "Nasir": Role.ORIGIN,
        "Malakal": Role.DESTINATION,
    }
