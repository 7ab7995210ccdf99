""" "Fled to Adre in Chad" is one destination; "to Adre and to Chad" are two."""

import pytest

from mapgen.model import Kind, Role
from tests.unit.coding_kit import extract


def destinations(text: str, country: str) -> list[str | None]:
    return [
        p.name
        for c in extract(text, country).claims
        if c.kind is Kind.DISPLACEMENT
        for p in c.places
        if p.role is Role.DESTINATION
    ]


@pytest.mark.parametrize(
    ("country", "text", "want"),
    [
        (
            "CD",
            "About 8,000 people fled from Goma to Gisenyi in Rwanda, officials said.",
            "Gisenyi",
        ),
        ("SD", "Some 3,000 people fled from El Geneina to Adre, in eastern Chad.", "Adré"),
        (
            "SD",
            "Some 300 people fled from El Geneina to the town of Adre in neighbouring Chad.",
            "Adré",
        ),
        ("UA", "About 900 people fled from Kharkiv to Belgorod in Russia on Monday.", "Belgorod"),
        ("LB", "More than 2,000 people fled from Nabatieh to Damascus in Syria.", "Damascus"),
        ("MM", "Some 1,200 people fled from Myawaddy to Mae Sot in Thailand.", "Mae Sot"),
        (
            "CF",
            "About 10,000 people fled from Bangassou to Zongo, in the Democratic Republic of "
            "Congo's Sud-Ubangi province.",
            "Zongo",
        ),
    ],
)
def test_the_country_of_a_destination_is_no_second_one(country, text, want):
    assert destinations(text, country) == [want]


@pytest.mark.parametrize(
    ("country", "text", "want"),
    [
        (
            "SD",
            "Some 3,000 people fled from El Geneina to Chad and South Sudan.",
            ["Chad", "South Sudan"],
        ),
        (
            "SD",
            "Some 3,000 people fled from Kutum to El Fasher and to Chad.",
            ["El Fasher", "Chad"],
        ),
        (
            "ML",
            "About 400 people fled from Menaka to Niamey in Niger and to Algeria.",
            ["Niamey", "Algeria"],
        ),
        (
            "CD",
            "About 8,000 people fled from Goma to Gisenyi and to Rwanda.",
            ["Gisenyi", "Rwanda"],
        ),
        (
            "SD",
            "Some 3,000 people fled from El Geneina in trucks to Chad.",
            ["Chad"],
        ),
    ],
)
def test_what_is_a_place_of_its_own_stays(country, text, want):
    assert destinations(text, country) == want


def test_a_group_of_whoever_was_told_of_is_no_party_and_its_district_no_second_place():
    text = (
        "Families from Chiure walked to Pemba on Monday. A smaller group has reached Metoro, "
        "Ancuabe District."
    )
    told = extract(text, "MZ").claims
    assert Kind.ADVANCE not in {c.kind for c in told}
    assert "Ancuabe District" not in {p.surface for c in told for p in c.places}
