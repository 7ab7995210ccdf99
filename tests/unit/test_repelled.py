"""Attacks that were beaten off: fighting at the town, which does not change hands."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract

from mapgen.coding.english.tolls import INCIDENTS
from mapgen.model import Kind
from mapgen.reasons import BEATEN_OFF

MAY = date(2024, 5, 14)


def _fighting(text: str, country: str) -> list[tuple[Kind, str, str | None]]:
    return [
        (c.kind, c.places[0].surface, c.actor.name if c.actor else None)
        for c in extract(text, country, published_on=MAY).claims
        if c.kind in INCIDENTS and c.status.is_current and c.places
    ]


@pytest.mark.parametrize(
    ("text", "country", "town", "attacker"),
    [
        ("Ukrainian forces repelled two assaults on Chasiv Yar.", "UA", "Chasiv Yar", None),
        ("Troops beat back a dawn attack on El Obeid, a medic said.", "SD", "El Obeid", None),
        (
            "An RSF attack on Babanusa was pushed back before dawn, commanders say.",
            "SD",
            "Babanusa",
            "Rapid Support Forces",
        ),
        ("A JNIM attack on the airport at Sévaré failed.", "ML", "Sévaré", "JNIM"),
        (
            "An attempt by the RSF to move on Kosti on 1 May was turned back.",
            "SD",
            "Kosti",
            "Rapid Support Forces",
        ),
        (
            "An attack on Mocímboa da Praia was repelled by the Local Force; four people died.",
            "MZ",
            "Mocímboa da Praia",
            None,
        ),
        (
            "M23 tried to storm Mweso on Monday but was driven back by the army.",
            "CD",
            "Mweso",
            "M23",
        ),
        (
            "A government column twice tried to reach Kyaukme and was driven back each time.",
            "MM",
            "Kyaukme",
            "Myanmar military",
        ),
        (
            "A counterattack from Lyman failed to dislodge Russian troops from Torske.",
            "UA",
            "Torske",
            None,
        ),
        ("Djibo held out against a third assault by JNIM.", "BF", "Djibo", None),
        (
            "Azerbaijani forces then attempted to advance on Martakert and were repulsed.",
            "AZ",
            "Martakert",
            "Azerbaijani forces",
        ),
        ("The offensive against Hodeidah stalled at the gates.", "YE", "Hodeidah", None),
    ],
)
def test_an_attack_that_was_beaten_off_is_fighting(
    text: str, country: str, town: str, attacker: str | None
) -> None:
    assert _fighting(text, country) == [(Kind.CLASH, town, attacker)]
    found = extract(text, country, published_on=MAY).claims
    told = [c for c in found if c.status.is_current]
    assert {c.kind for c in told} == {Kind.CLASH}, "the town changed hands"
    assert all(any(r.how == BEATEN_OFF for r in c.reasons) for c in told)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The visitors repelled late attacks in Lviv to win 2-1.", "UA"),
        ("Police beat back protesters in Kinshasa.", "CD"),
        ("Firefighters beat back a blaze near Odesa.", "UA"),
        ("The army did not repel the attack on Goma.", "CD"),
        ("In March 2022, an attack on Mykolaiv was repelled.", "UA"),
        ("The army will repel any attack on Gao, a general said.", "ML"),
        ("Talks in Juba stalled on Monday.", "SS"),
        ("The bid to reopen the market in Goma failed.", "CD"),
        ("If an assault on Rafah is repelled, talks may follow.", "PS"),
    ],
)
def test_what_is_no_beaten_attack_draws_no_fighting(text: str, country: str) -> None:
    assert _fighting(text, country) == []


def test_what_was_tried_does_not_govern_what_came_of_it() -> None:
    text = "The rebels tried to enter Goma and were driven back. They wanted to take Sake as well."
    claims = extract(text, "CD", published_on=MAY).claims
    current = [(c.kind, c.places[0].surface) for c in claims if c.status.is_current]
    assert current == [(Kind.CLASH, "Goma")]


def test_what_air_defences_shoot_down_is_no_fighting_on_the_ground() -> None:
    text = "Israel said its air defences repelled a drone attack on Haifa."
    assert all(c.kind is not Kind.CLASH for c in extract(text, "IL", published_on=MAY).claims)
