"""Which town "the capital" means: never the dateline, of two the one that the adjective says."""

from __future__ import annotations

import pytest
from coding_kit import gazetteer

from mapgen.model import Kind
from mapgen.places.national_capital import ALONE, capitals_of
from tests.unit.readers_kit import read_twice

HAPPENED = {Kind.CONTROL_CHANGE, Kind.STRIKE, Kind.CONTROL_STATE, Kind.CLASH}


def drawn(text: str, country: str, day: str = "2019-08-11") -> set[str]:
    """Return the names of the places where both readers say something happened."""
    told = read_twice(text, country, day)
    places = [p for c in told if c.kind in HAPPENED for p in c.places]
    return {p.name or p.surface for p in places if p.lat is not None}


@pytest.mark.parametrize(
    ("town", "text", "country", "names"),
    [
        (
            "ABIDJAN, Ivory Coast",
            "Rebels captured the political capital on Friday.",
            "CI",
            {"Yamoussoukro"},
        ),
        (
            "BOUAKE, Ivory Coast",
            "Rebels captured Ivory Coast's commercial capital.",
            "CI",
            {"Abidjan"},
        ),
        (
            "RIYADH, Saudi Arabia",
            "Separatists captured the temporary capital on Friday.",
            "YE",
            {"Aden"},
        ),
        ("ADEN, Yemen", "Houthi fighters captured the capital on Friday.", "YE", {"Sanaa"}),
        (
            "LA PAZ, Bolivia",
            "Soldiers captured the constitutional capital on Friday.",
            "BO",
            {"Sucre"},
        ),
        # it may be either of two
        ("ABIDJAN, Ivory Coast", "Rebels captured the capital on Friday.", "CI", set()),
        ("COTONOU, Benin", "Rebels captured the capital on Friday.", "BJ", set()),
        # no list says which town that is
        ("DAMASCUS, Syria", "Shells hit the northern capital on Friday.", "SY", set()),
        # the dateline is no capital for being one
        (
            "KANDAHAR, Afghanistan",
            "The Taliban took Spin Boldak and Zaranj. They captured the provincial capital too.",
            "AF",
            {"Spīn Bōldak", "Zaranj"},
        ),
        # a town that is told to be one is meant
        (
            "KABUL, Afghanistan",
            "The Taliban attacked Zaranj, the provincial capital, on "
            "Friday. They captured the capital on Saturday.",
            "AF",
            {"Zaranj"},
        ),
    ],
)
def test_which_capital_is_meant(town, text, country, names) -> None:
    assert drawn(f"{town}, 9 August 2019\n\n{text}", country) == names


@pytest.mark.parametrize(
    ("country", "word", "town"),
    [
        ("SD", ALONE, "Khartoum"),
        ("SD", "interim", "Port Sudan"),
        ("MM", "commercial", "Yangon"),
        ("ZA", "judicial", "Bloemfontein"),
        ("NG", "federal", "Abuja"),
        ("AF", "national", "Kabul"),
        ("CI", ALONE, None),
        ("UA", "temporary", None),
    ],
)
def test_the_table_of_capitals(country, word, town) -> None:
    place = capitals_of(country, gazetteer()).get(word)
    assert (place.name if place else None) == town
