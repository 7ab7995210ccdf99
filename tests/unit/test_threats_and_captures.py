"""A town that a side has taken is not told to be threatened by it."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import gazetteer

from mapgen.coding import code_articles
from mapgen.merging.events import situation_of
from mapgen.model import Article
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from mapgen.situation.summary import summary

DAY = date(2025, 4, 11)


def _told(text: str, country: str) -> str:
    article = Article(id="a", text=text, country=country, published_on=DAY)
    situation = situation_of(code_articles([article], gazetteer()))
    return str(summary(shown(situation, gazetteer(), Settings())))


@pytest.mark.parametrize(
    ("text", "threatened"),
    [
        (
            "The Sudanese army advanced on Bara on Wednesday. The army captured Bara on Thursday.",
            False,
        ),
        ("The Sudanese army advanced on Bara on Wednesday. The RSF still holds Bara.", True),
    ],
)
def test_nobody_threatens_a_town_that_he_holds(text: str, *, threatened: bool) -> None:
    told = _told(text, "SD")
    assert "Bara" in told
    assert ("Threatened" in told or "advancing on" in told) is threatened
