"""From whom a place is taken: only from a party that the text names, and that is at war there."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind


def changes(text: str, country: str) -> list[tuple[str, str | None, str | None]]:
    """Return place, taker and loser of each change of control that a text tells of."""
    return [
        (
            c.places[0].surface,
            c.actor.id if c.actor else None,
            c.from_actor.id if c.from_actor else None,
        )
        for c in claims(text, country)
        if c.kind is Kind.CONTROL_CHANGE and c.places
    ]


@pytest.mark.parametrize(
    ("country", "text", "change"),
    [
        ("NG", "The army took Marte from Boko Haram on Friday.",
         ("Marte", "nigeria:army", "nigeria:bh")),
        ("SD", "The RSF drove the army out of Babanusa on Friday.",
         ("Babanusa", "sudan:rsf", "sudan:saf")),
        ("CD", "Wazalendo fighters seized Kibumba from M23 on Friday.",
         ("Kibumba", "drc:wazalendo", "drc:m23")),
        ("SY", "Turkish-backed fighters seized Tadef from Kurdish-led forces on Friday.",
         ("Tadef", "syria:sna", "syria:sdf")),
        ("LY", "GNA forces expelled the LNA from Gharyan on Friday.",
         ("Gharyan", "libya:gna", "libya:lna")),
        ("MM", "Lashio fell to the Arakan Army on Friday; the junta had held it for years.",
         ("Lashio", "myanmar:aa", "myanmar:mil")),
        ("SD", "The army recaptured RSF-held Bara on Friday.", ("Bara", "sudan:saf", "sudan:rsf")),
        ("CD", "M23 captured government-held Sake on Friday.",
         ("Sake", "drc:m23", "drc:fardc")),
    ],
)  # fmt: skip
def test_who_loses_a_place(
    country: str, text: str, change: tuple[str, str | None, str | None]
) -> None:
    assert change in changes(text, country)


@pytest.mark.parametrize(
    ("country", "text", "never"),
    [
        ("LB", "Israeli forces took Khiam on Friday. Hamas sent its greetings.", "ps:hamas"),
        ("PS", "Israeli forces took Jabalia on Friday. Hezbollah said nothing.", "lb:hezbollah"),
        ("SY", "Syrian troops took Tadef on Friday, state media in Sudan said. The RSF and Hamas "
               "were silent.", "sudan:rsf"),
        ("BF", "JNIM took Djibo on Friday. Malian troops watched from across the border.",
         "mali:army"),
        ("CD", "M23 took Sake from its own allies on Friday.", "drc:m23"),
        ("NG", "The army took Marte from the north on Friday.", "nigeria:army"),
        ("ML", "JNIM took Ber from the east on Friday, according to the Nigerien army.",
         "niger:army"),
        ("SO", "Puntland forces captured Iskushuban from the road to Bosaso on Friday.",
         "somalia:shabaab"),
    ],
)  # fmt: skip
def test_nobody_loses_who_is_not_at_war_there(country: str, text: str, never: str) -> None:
    assert never not in {loser for _, _, loser in changes(text, country)}


def test_a_town_retaken_and_told_again_has_not_changed_hands_twice() -> None:
    text = (
        "The army regained Bara from the RSF on Sunday. The town was retaken without a fight, a "
        "spokesman said."
    )
    assert {taker for _, taker, _ in changes(text, "SD")} == {"sudan:saf"}


def test_a_town_retaken_after_its_capture_is_the_other_side_s() -> None:
    text = (
        "The RSF captured Bara on Thursday. The town was retaken on Sunday. The Sudanese army "
        "rested."
    )
    assert [taker for _, taker, _ in changes(text, "SD")] == ["sudan:rsf", "sudan:saf"]
