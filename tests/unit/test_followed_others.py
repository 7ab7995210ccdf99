"""The town that "followed" others fell on the day; the others had fallen before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mapgen.coding import TwoReaders
from mapgen.model import Article, Kind
from tests.unit.coding_kit import gazetteer

if TYPE_CHECKING:
    from mapgen.model import Claim


def _captures(text: str, country: str, day: date) -> list[tuple[str, Claim]]:
    article = Article(id="a", text=text, country=country, published_on=day, language="en")
    told, _ = TwoReaders(gazetteer()).code(article)
    taken = [c for c in told if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    return [(p.surface, c) for c in taken for p in c.places]


@pytest.mark.parametrize(
    ("text", "country", "day", "town", "fell", "earlier"),
    [
        (
            "The rebels took Aleppo, Hama and Homs last week. "
            "Damascus followed Aleppo, Hama and Homs on Sunday.",
            "SY",
            date(2024, 12, 10),
            "Damascus",
            date(2024, 12, 8),
            {"Aleppo", "Hama", "Homs"},
        ),
        (
            "Ukraine retook Balakliya on Thursday. Izium followed Kupiansk on Saturday.",
            "UA",
            date(2022, 9, 12),
            "Izium",
            date(2022, 9, 10),
            {"Kupiansk"},
        ),
        (
            "The Taliban captured Zaranj. Kabul followed Herat and Ghazni on Sunday.",
            "AF",
            date(2021, 8, 16),
            "Kabul",
            date(2021, 8, 15),
            {"Herat", "Ghazni"},
        ),
    ],
)
def test_only_the_town_that_followed_fell_on_the_day(
    text: str, country: str, day: date, town: str, fell: date, earlier: set[str]
) -> None:
    told = _captures(text, country, day)
    days = {name: c.date.start if c.date else None for name, c in told}
    assert days[town] == fell
    assert all(days.get(name) != fell for name in earlier)


@pytest.mark.parametrize(
    ("text", "country", "wrong"),
    [
        (
            "Rebels took Hama on Thursday. A convoy followed the road to Homs on Friday.",
            "SY",
            "Homs",
        ),
        ("Rebels took Hama. Damascus followed events in Homs on Friday.", "SY", "Damascus"),
        ("Kyiv followed Warsaw in closing its airspace on Saturday.", "UA", "Kyiv"),
        ("Rebels took Hama on Thursday. Fighters from Idlib followed.", "SY", "Idlib"),
    ],
)
def test_who_follows_something_else_did_not_fall(text: str, country: str, wrong: str) -> None:
    assert wrong not in [name for name, _ in _captures(text, country, date(2024, 12, 6))]
