"""Which town "the town" is: not one that only says where another lies, nor the dateline's."""

from __future__ import annotations

import pytest

from mapgen.model import Kind
from tests.unit.coding_kit import claims, extract


@pytest.mark.parametrize(
    ("country", "text", "town"),
    [
        ("LY", "The GNA holds Bani Walid, south of Misrata. The LNA concedes it withdrew from the "
               "town.", "Bani Walid"),
        ("SY", "Rebels attacked Talbiseh, 12 km north of Homs. The army then withdrew from the "
               "town.", "Tallbīsah"),
        ("IQ", "Islamic State attacked Qayyarah, just south of Mosul. The army then left the "
               "town.", "Al Qayyārah"),
        ("SY", "Rebels attacked Homs. The army then withdrew from the city.", "Homs"),
    ],
)  # fmt: skip
def test_a_place_that_says_where_another_lies_is_not_meant(
    country: str, text: str, town: str
) -> None:
    left = [c for c in claims(text, country) if c.kind is Kind.WITHDRAWAL]
    assert [p.name for c in left for p in c.places] == [town]


@pytest.mark.parametrize(
    ("country", "text", "town"),
    [
        ("CO", "CÚCUTA, Colombia - Rebels attacked Filo Gringo on Monday. Some 300 people fled the "
               "village and its farms, officials said.", "Cúcuta"),
        ("TR", "ŞIRNAK - Militants attacked Silopi on Monday. Some 300 people fled the town.",
         "Şırnak"),
        ("ML", "BAMAKO - Jihadists attacked Niafunké on Monday. Some 300 people fled the town.",
         "Bamako"),
    ],
)  # fmt: skip
def test_nobody_flees_the_town_of_a_dateline(country: str, text: str, town: str) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.DISPLACEMENT]
    assert town not in {p.name for c in told for p in c.places}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Serbs had seized Jajce before. Rebels captured the town on Monday.", "BA"),
        ("Hutus and Tutsis fled Rutshuru as M23 rebels came near.", "CD"),
        ("A wave of Croat refugees left Vares on Monday after the army seized it.", "BA"),
        ("Masalit and Zaghawa families fled El Geneina on Monday.", "SD"),
    ],
)
def test_a_people_is_no_place(text: str, country: str) -> None:
    people = {"Serbs", "Serb", "Hutus", "Tutsis", "Croat", "Croats", "Masalit", "Zaghawa"}
    told = extract(text, country)
    assert not people & {p.name or p.surface for c in told.claims for p in c.places}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Some 600 Moslems and Croats fled from Banja Luka to Davor on Friday.", 600),
        ("About 400 Tamils fled from Muttur on Friday.", 400),
        ("At least 2,500 Masalits fled from El Geneina on Friday.", 2500),
    ],
)
def test_members_of_a_people_are_counted(text: str, number: int) -> None:
    fled = [c for c in extract(text, None).claims if c.kind is Kind.DISPLACEMENT]
    assert [c.quantity and c.quantity.low for c in fled] == [number]
