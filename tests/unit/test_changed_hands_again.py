"""Who kept a town that changed hands again, and whom the state calls "the enemy"."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.model import Kind
from tests.unit.coding_kit import extract


def _captures(text: str, country: str, day: date) -> list[tuple[str, str | None, date | None]]:
    return [
        (p.surface, c.actor and c.actor.name, c.date and c.date.start)
        for c in extract(text, country, published_on=day).claims
        if c.kind is Kind.CONTROL_CHANGE and c.status.is_current
        for p in c.places
    ]


@pytest.mark.parametrize(
    ("text", "country", "day", "told"),
    [
        (
            "On the 5th Morek changed hands again; the rebels had taken it in October and given it "
            "back, and this time they kept it.",
            "SY",
            date(2024, 12, 10),
            ("Morek", "rebels", date(2024, 12, 5)),
        ),
        (
            "On Friday Babanusa changed hands again; the RSF had stormed it in June and given it "
            "back, but this time they have kept it.",
            "SD",
            date(2023, 11, 20),
            ("Babanusa", "Rapid Support Forces", date(2023, 11, 17)),
        ),
        (
            "On the 18th Ochamchire changed hands again; the Abkhaz had stormed it in July and "
            "given it back, and this time they kept it.",
            "GE",
            date(1993, 10, 3),
            ("Ochamchire", "Abkhaz forces", date(1993, 9, 18)),
        ),
        (
            "On Friday Babanusa changed hands again; this time the army kept its distance.",
            "SD",
            date(2023, 11, 20),
            ("Babanusa", None, date(2023, 11, 17)),
        ),
        (
            "The enemy took control of Kunduz, the defence ministry says. The Taliban are there.",
            "AF",
            date(2021, 8, 12),
            ("Kunduz", "Taliban", None),
        ),
        (
            "The enemy has taken control of Lalibela, the defence ministry said. The TPLF agreed.",
            "ET",
            date(2021, 8, 12),
            ("Lalibela", "Tigrayan forces (TPLF)", None),
        ),
        (
            "The enemy has taken control of Kunduz, a shopkeeper said. The Taliban are there.",
            "AF",
            date(2021, 8, 12),
            ("Kunduz", None, None),  # whose enemy it is, he does not say
        ),
    ],
)
def test_who_took_it(
    text: str, country: str, day: date, told: tuple[str, str | None, date | None]
) -> None:
    assert _captures(text, country, day) == [told]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("It was in March 2022 that Russian tanks rolled into Kherson.", "UA"),
        ("It was in 2016 that the army retook Aleppo.", "SY"),
        ("The enemy took control of its nerves, the defence ministry says in Kabul.", "AF"),
        ("It is not confirmed that Russian forces have captured Soledar.", "UA"),
    ],
)
def test_nothing_is_taken_now(text: str, country: str) -> None:
    assert _captures(text, country, date(2024, 12, 6)) == []


@pytest.mark.parametrize(
    ("words", "fell"),
    [
        ("On the 18th Ochamchire fell.", date(1993, 9, 18)),
        ("On the 1st Gali was taken by Abkhaz forces.", date(1993, 10, 1)),
        ("On the 5th Brigade fell a rain of shells near Gali.", None),
    ],
)
def test_the_day_before_a_name(words: str, fell: date | None) -> None:
    told = _captures(words, "GE", date(1993, 10, 3))
    assert [day for _, _, day in told] == ([fell] if fell else [])
