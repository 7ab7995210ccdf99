"""A country or a baseline that the articles do not fit is told, and one that fits is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coding_kit import extract

from gazetteer import Gazetteer
from mapgen.command.country_check import remarks
from mapgen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

SYRIA = "Rebels captured Rastan and Talbisah on Thursday."


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as places:
        yield places


@pytest.mark.parametrize(
    ("text", "country", "baseline", "told"),
    [
        (SYRIA, "CD", None, "No place of the articles was found in CD; Rastan"),
        (SYRIA, "CD", None, "If that is meant, give --country SY."),
        ("RSF fighters captured Nyala on Thursday.", "SD", "syria-2024-11", "is about SY, and the"),
        (SYRIA, "SY", "syria-2024-11", None),
        (SYRIA, None, None, None),
        ("Rebels captured Qwertyville on Thursday.", "SY", None, None),
        ("It rained on Thursday.", "CD", "syria-2024-11", None),
    ],
)
def test_what_does_not_fit_the_articles_is_told(
    text: str, country: str | None, baseline: str | None, told: str | None, gazetteer: Gazetteer
) -> None:
    extraction = extract(text, country)
    found = remarks(extraction, gazetteer, Settings().updated(country=country, baseline=baseline))
    assert bool(found) == (told is not None), found
    assert told is None or told in found[0]
