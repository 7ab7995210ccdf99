"""A place that changes hands again in one sentence ends up with whom it names last."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract

from mapgen.model import Kind

PUBLISHED = date(2025, 4, 11)  # a Friday
MONDAY, TUESDAY, THURSDAY = date(2025, 4, 7), date(2025, 4, 8), date(2025, 4, 10)


def _turns(text: str, country: str) -> list[tuple[date | None, str | None]]:
    """Return who held the one town from which day on, in the order of the days."""
    found = extract(text, country, published_on=PUBLISHED).claims
    told = [c for c in found if c.kind is Kind.CONTROL_CHANGE and c.status.is_current and c.places]
    assert len({p.place_id for c in told for p in c.places}) <= 1
    turns = [(c.date.start if c.date else None, c.actor.name if c.actor else None) for c in told]
    return sorted(turns, key=lambda t: t[0] or date.min)


@pytest.mark.parametrize(
    ("text", "country", "turns"),
    [
        (
            "Walikale was seized by the Wazalendo on Monday, only to be retaken by the M23 on "
            "Tuesday.",
            "CD",
            [(MONDAY, "Wazalendo militias"), (TUESDAY, "M23")],
        ),
        (
            "M23 rebels captured Walikale on Monday, but lost it to the army the following day.",
            "CD",
            [(TUESDAY, "Congolese army")],
        ),
        (
            "M23 captured Walikale on Monday, and the Congolese army recovered it on Tuesday.",
            "CD",
            [(MONDAY, "M23"), (TUESDAY, "Congolese army")],
        ),
        (
            "M23 took Walikale on Monday, but the town was back in army hands by Thursday.",
            "CD",
            [(MONDAY, "M23"), (THURSDAY, "Congolese army")],
        ),
        (
            "Al-Shabaab seized Baardheere on Monday, lost it to government forces on Tuesday and "
            "took it again on Thursday.",
            "SO",
            [
                (MONDAY, "Al-Shabaab"),
                (TUESDAY, "Somali government forces"),
                (THURSDAY, "Al-Shabaab"),
            ],
        ),
    ],
)
def test_each_turn_has_its_day(
    text: str, country: str, turns: list[tuple[date | None, str | None]]
) -> None:
    assert _turns(text, country) == turns


def test_a_town_lost_to_nobody_named_has_no_holder() -> None:
    assert _turns("M23 rebels captured Walikale on Monday, only to lose it on Tuesday.", "CD") == []


def test_without_days_the_last_turn_stands() -> None:
    text = "M23 rebels captured Walikale, only to be driven out by the Congolese army."
    assert _turns(text, "CD") == [(None, "Congolese army")]


@pytest.mark.parametrize(
    "text",
    [
        "M23 rebels captured Walikale on Monday, and the army vowed to retake it by Thursday.",
        "M23 rebels captured Walikale on Monday, and the army has not retaken it.",
        "M23 rebels captured Walikale on Monday; the army could retake it on Tuesday.",
        "M23 rebels captured Walikale on Monday, and the army recovered 30 bodies on Tuesday.",
        "M23 rebels captured Walikale on Monday, and the army failed to win it back on Tuesday.",
    ],
)
def test_a_wish_is_no_turn(text: str) -> None:
    assert _turns(text, "CD") == [(MONDAY, "M23")]


def test_a_town_back_in_hands_has_its_holder() -> None:
    assert _turns("Walikale is back in the hands of the Congolese army.", "CD") == [
        (None, "Congolese army")
    ]


@pytest.mark.parametrize(
    ("text", "country", "holder"),
    [
        (
            "Islamic State fighters overran Palma on Sunday, holding the town for several hours "
            "until local militiamen drove them out.",
            "MZ",
            "local militiamen",
        ),
        (
            "The army said its troops had retaken Mucojo on Monday, two days after it was "
            "abandoned to the insurgents by a naval detachment.",
            "MZ",
            "Mozambican forces",
        ),
        ("RSF fighters took Bara before the army drove them out on Tuesday.", "SD", None),
    ],
)
def test_who_holds_it_in_the_end(text: str, country: str, holder: str | None) -> None:
    turns = _turns(text, country)
    assert turns[-1][1] == (holder or "Sudanese army")


def test_what_has_stayed_in_their_hands_has_no_guessed_holder() -> None:
    text = (
        "The Houthis fled. At nightfall the town of Zabid passed to the brigades. It has stayed in "
        "their hands."
    )
    found = extract(text, "YE", published_on=PUBLISHED).claims
    assert not any(
        c.actor and c.actor.name == "Houthi forces" for c in found if "stayed" in c.quote
    )
