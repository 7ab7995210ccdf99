"""Who takes "X, the capital of Y province" takes the town X, not the province."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import claims, gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Kind, Precision, Role

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


HELD = [
    ("SY", "Rebels said they controlled Idlib, the capital of Idlib province.", "Idlib"),
    ("YE", "Government forces control Marib, the capital of Marib governorate.", "Marib"),
]


@pytest.mark.parametrize(("country", "text", "town"), HELD)
def test_who_holds_it_is_kept_though_the_network_is_unsure_of_a_capture(
    country: str, text: str, town: str
) -> None:
    article = Article(id="t", text=text, country=country, published_on=date(2024, 12, 6))
    (told,) = TwoReaders(gazetteer()).code(article)[0]
    assert told.kind is Kind.CONTROL_STATE
    assert [(p.surface, p.precision) for p in told.places] == [(town, Precision.SETTLEMENT)]


def test_a_capture_of_which_the_network_is_sure_is_told_once() -> None:
    article = Article(
        id="t", text="The army entered Manbij on Monday night.", published_on=date(2024, 12, 6)
    )
    told = TwoReaders(gazetteer()).code(article)[0]
    assert [c.kind for c in told] == [Kind.CONTROL_CHANGE]


def test_control_of_it() -> None:
    found = claims("The army entered Manbij on Monday night and took control of it.", "SY")
    (taken,) = [c for c in found if c.kind is Kind.CONTROL_CHANGE]
    assert [p.name or p.surface for p in taken.places] == ["Manbij"]
    assert taken.actor is not None
    assert taken.actor.id == "syria:gov"
