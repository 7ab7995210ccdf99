"""Each event has its own day: that of its place, of its clause, or counted in the narrative."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.model import Claim, Kind
from tests.unit.coding_kit import FRIDAY, extract, names


def days(text: str, country: str = "SY", *, published_on: date = FRIDAY) -> dict[str, str | None]:
    """Return the day of each place that changed hands, fell or was entered, by its words."""
    found: dict[str, str | None] = {}
    for c in extract(text, country, published_on=published_on).claims:
        if c.kind in {Kind.CONTROL_CHANGE, Kind.ADVANCE, Kind.STRIKE} and c.status.is_current:
            found.update(dict.fromkeys(names(c), _day(c)))
    return found


def _day(claim: Claim) -> str | None:
    """Return a day as "12-05", a span as "12-05/12-06"."""
    if claim.date is None or claim.date.start is None:
        return None
    ends = [f"{d:%m-%d}" for d in (claim.date.start, claim.date.end) if d is not None]
    return ends[0] if ends[0] == ends[-1] else "/".join(ends)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Rebels captured Hama on Thursday and Rastan on Friday.",
            {"Hama": "12-05", "Rastan": "12-06"},
        ),
        (
            "Insurgents took Hama on Tuesday, Salamiyah on Wednesday and Rastan on Thursday.",
            {"Hama": "12-03", "Salamiyah": "12-04", "Rastan": "12-05"},
        ),
        (
            "Rebels seized Hama on 2 December and the nearby town of Salamiyah on 4 December.",
            {"Hama": "12-02", "Salamiyah": "12-04"},
        ),
        (
            "Rebels took Hama (2 December) and Salamiyah (4 December).",
            {"Hama": "12-02", "Salamiyah": "12-04"},
        ),
        (
            "Rebels captured Hama and Salamiyah on Tuesday and Rastan on Thursday.",
            {"Hama": "12-03", "Salamiyah": "12-03", "Rastan": "12-05"},
        ),
        (
            "Rebels captured Hama on Monday and Salamiyah two days later.",
            {"Hama": "12-02", "Salamiyah": "12-04"},
        ),
        (
            "Hama fell on Tuesday, Salamiyah on Wednesday and Rastan on Thursday.",
            {"Hama": "12-03", "Salamiyah": "12-04", "Rastan": "12-05"},
        ),
        (
            "Hama was captured by rebels on Tuesday and Rastan on Thursday.",
            {"Hama": "12-03", "Rastan": "12-05"},
        ),
        # traps
        ("Hama fell on Tuesday and Rastan on Thursday saw protests.", {"Hama": "12-03"}),
        (
            "Hama fell to rebels on Tuesday and their leader left Rastan on Thursday.",
            {"Hama": "12-03"},
        ),
        ("Rebels captured Hama and Rastan on Thursday.", {"Hama": "12-05", "Rastan": "12-05"}),
        ("Rebels captured Hama on Thursday and shelled no town on Friday.", {"Hama": "12-05"}),
        (
            "Rebels captured Hama on Thursday and the president met envoys of Jordan on Friday.",
            {"Hama": "12-05"},
        ),
        (
            "Rebels captured Hama on Thursday and may attack Rastan on Friday.",
            {"Hama": "12-05"},
        ),
        (
            "Rebels captured Hama on Thursday, the monitor in Homs said on Friday.",
            {"Hama": "12-05"},
        ),
        ("Rebels may capture Hama on Thursday and Rastan on Friday.", {}),
    ],
)
def test_each_place_has_its_own_day(sentence: str, expected: dict[str, str]) -> None:
    assert days(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Two days after they took Hama, rebels entered Rastan on Thursday.",
            {"Hama": "12-03", "Rastan": "12-05"},
        ),
        (
            "Rebels who captured Aleppo last week entered Rastan on Thursday.",
            {"Aleppo": "11-23/12-05", "Rastan": "12-05"},
        ),
        (
            "On Thursday, rebels entered Rastan, a day after they took Hama.",
            {"Rastan": "12-05", "Hama": "12-04"},
        ),
        (
            "Rebels who took Hama on Tuesday captured Rastan on Thursday.",
            {"Hama": "12-03", "Rastan": "12-05"},
        ),
        (
            "Rebels entered Rastan on Thursday, the day after they took Salamiyah.",
            {"Rastan": "12-05", "Salamiyah": "12-04"},
        ),
        # traps
        (
            "Rebels who captured Aleppo last week have entered Rastan.",
            {"Aleppo": "11-23/12-05", "Rastan": None},
        ),
        (
            "Rebels advanced on Homs on Friday after capturing Hama.",
            {"Homs": "12-06", "Hama": None},
        ),
        (
            "Rebels captured Rastan, which the army had held since Monday.",
            {"Rastan": None},
        ),
        ("Rebels captured Rastan, where 400 people arrived on Monday.", {"Rastan": None}),
        ("Rebels captured Hama, days after taking Aleppo.", {"Hama": None, "Aleppo": None}),
    ],
)
def test_each_clause_has_its_own_day(sentence: str, expected: dict[str, str | None]) -> None:
    assert days(sentence) == expected


def test_each_of_two_joined_verbs_has_the_day_beside_it() -> None:
    text = (
        "M23 rebels attacked Kamanyola. The group, which captured Goma last month and marched into "
        "Bukavu at the weekend, met little resistance."
    )
    told = extract(text, "CD", published_on=date(2025, 2, 19)).claims
    days = {c.places[0].surface: c.date.words for c in told if c.date is not None}
    assert days["Goma"] == "last month"
    assert days["Bukavu"] == "at the weekend"
