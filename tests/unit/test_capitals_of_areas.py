"""Who takes "X, the capital of Y province" takes the town X, not the province."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Role

TAKEN = [
    # country, text, places taken with their roles
    ("AF", "The Taliban captured Zaranj, the capital of Nimroz province.", [("Zaranj", Role.AT)]),
    ("AF", "The Taliban captured the capital of Nimroz province, Zaranj.", [("Zaranj", Role.AT)]),
    ("AF", "The Taliban captured Nimroz's capital, Zaranj.", [("Zaranj", Role.AT)]),
    ("CD", "M23 captured the capital of North Kivu, Goma.", [("Goma", Role.AT)]),
    (
        "AF",
        "The Taliban said they captured Kunduz, the capital of Kunduz province, and Taloqan, "
        "the capital of neighbouring Takhar.",
        [("Kunduz", Role.AT), ("Taloqan", Role.AT)],
    ),
    (
        "CF",
        "Seleka rebels seized Bambari, the capital of Ouaka prefecture, and Bria, the capital of "
        "Haute-Kotto.",
        [("Bambari", Role.AT), ("Bria", Role.AT)],
    ),
    ("ML", "Rebels seized Kidal, the capital of the Kidal region.", [("Kidal", Role.AT)]),
    # the town has no name, and the province is not taken
    (
        "AF",
        "The Taliban captured the capital of Nimroz province on Friday.",
        [("Nimroz", Role.REGION)],
    ),
    ("SD", "The RSF seized two towns of North Darfur state.", [("North Darfur", Role.REGION)]),
]


@pytest.mark.parametrize(("country", "text", "places"), TAKEN)
def test_what_is_taken(country: str, text: str, places: list[tuple[str, Role]]) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert [(p.surface, p.role) for c in told for p in c.places] == places


NOT_TAKEN = [
    ("AF", "The Taliban attacked Lashkar Gah, the capital of Helmand province."),
    ("MM", "The KIA controls most of the state but not Myitkyina, the capital of Kachin."),
    ("AF", "The Taliban advanced on Zaranj, the capital of Nimroz province."),
]


@pytest.mark.parametrize(("country", "text"), NOT_TAKEN)
def test_nothing_is_taken(country: str, text: str) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert not [c for c in told if c.status.is_current]
