"""Paragraphs that a place leads: "Kamanyola: ...". What "the town" means there."""

from __future__ import annotations

import pytest

from mapgen.model import Kind, Role
from tests.unit.coding_kit import claims


def _taken(text: str, country: str) -> list[tuple[str | None, Role]]:
    told = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    return [(p.name, p.role) for c in told if c.status.is_current for p in c.places]


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        (
            "Hsenwi: Families from Kunlong and Lashio are in two monasteries. "
            "On Sunday the MNDAA took the town.",
            "MM",
            "Hsenwi",
        ),
        (
            "• Bara: people who fled Umm Ruwaba are in schools. The RSF seized the town on Friday.",
            "SD",
            "Bārah",
        ),
        (
            "2) Saraqib – residents of Idlib look for shelter there. "
            "Government forces captured the town on Monday.",
            "SY",
            "Saraqib",
        ),
        (
            "**Sake**: people from Minova and Goma sleep in churches. "
            "M23 rebels captured the town on Friday.",
            "CD",
            "Sake",
        ),
        (
            "Mocha. Shells from Hays and Taiz hit it. The Houthis captured the town on Friday.",
            "YE",
            "Mocha",
        ),
    ],
)
def test_the_town_is_the_one_that_leads_the_paragraph(text: str, country: str, town: str) -> None:
    assert _taken(text, country) == [(town, Role.AT)]


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        (
            "Hsenwi: quiet. In Lashio shops are shut since the MNDAA took the town on Sunday.",
            "MM",
            "Lashio",
        ),
        ("Goma: quiet.\n\nM23 attacked Sake. On Friday the rebels took the town.", "CD", "Sake"),
        ("In Goma all is quiet. M23 attacked Sake. On Friday they took the town.", "CD", "Sake"),
    ],
)
def test_another_town_named_nearer_is_meant(text: str, country: str, town: str) -> None:
    assert [name for name, _ in _taken(text, country)] == [town]


def test_a_name_that_no_list_has_leads_as_well() -> None:
    text = "Kambawali: people from Minova are in schools. The town fell to M23 rebels on Friday."
    assert "Minova" not in [name for name, _ in _taken(text, "CD")]


def test_a_base_is_near_the_town_that_leads_the_paragraph() -> None:
    text = "Babanusa: the RSF overran the base of the 22nd Division on Sunday."
    assert _taken(text, "SD") == [("Babanūsah", Role.NEAR)]


def test_a_country_leads_nothing() -> None:
    text = "Sudan: Bara was quiet on Friday. The RSF took the town on Sunday."
    assert _taken(text, "SD") == [("Bārah", Role.AT)]
