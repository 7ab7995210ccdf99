"""Control told by other words: "is theirs", "in our hands", "entered and hold", "there"."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Role, Status


def _taken(text: str, country: str) -> list[tuple[str | None, str | None]]:
    """Return name of place and actor of every current change of control at a place."""
    return [
        (p.name or p.surface, c.actor.name if c.actor else None)
        for c in claims(text, country)
        if c.kind is Kind.CONTROL_CHANGE and c.status.is_current
        for p in c.places
        if p.role is Role.AT
    ]


HELD = [
    ("HTS-led rebels say Rastan is theirs.", "SY", "Ar Rastan", "HTS-led rebels"),
    ('"Rutshuru is ours since Thursday," an M23 spokesman said.', "CD", "Rutshuru", "M23"),
    ('An M23 spokesman confirmed that Rutshuru is "fully in our hands".', "CD", "Rutshuru", "M23"),
    (
        "The army entered Saraqib on Monday from the south and holds it firmly.",
        "SY",
        "Saraqib",
        "Syrian government",
    ),
    (
        "The rebels entered Rastan after hours of fighting with the army, which pulled out towards "
        "Homs.",
        "SY",
        "Ar Rastan",
        "rebels",
    ),
    (
        "Army troops have re-entered Saraqib after days of fighting with rebels, residents said.",
        "SY",
        "Saraqib",
        "Syrian government",
    ),
    ("M23 rebels marched into Minova on Friday and occupied the airport.", "CD", "Minova", "M23"),
    (
        "M23 rebels captured the Kamanyola causeway town from the army on Friday.",
        "CD",
        "Kamanyola",
        "M23",
    ),
    ("The rebels cleared Saraqib of all army units on Friday.", "SY", "Saraqib", "rebels"),
    (
        "Saraqib, which the army cleared of rebels two days ago, was calm on Friday.",
        "SY",
        "Saraqib",
        "Syrian government",
    ),
    (
        "Al-Shabaab fighters entered Buulobarde after hours of fighting with government troops and "
        "clansmen, who pulled out towards Jalalaqsi.",
        "SO",
        "Buulobarde",
        "Al-Shabaab",
    ),
    (
        'A rebel spokesman, Bashir Omar, confirms that Saraqib is "100 per cent in our hands".',
        "SY",
        "Saraqib",
        "rebel",
    ),
    (
        "Army columns rolled through Saraqib on Monday and cleared it by Tuesday.",
        "SY",
        "Saraqib",
        "Syrian government",
    ),
    (
        'The army said its troops were advancing on Hama and had "liberated" Saraqib.',
        "SY",
        "Saraqib",
        "Syrian government",
    ),
    ("Rebels flew their flag over Saraqib on Friday.", "SY", "Saraqib", "Rebels"),
    ("The army handed Saraqib over to the rebels on Friday.", "SY", "Saraqib", "rebels"),
    ("By agreement the rebels took Saraqib on Friday.", "SY", "Saraqib", "rebels"),
    ('The army said it had "liberated" Saraqib on Friday.', "SY", "Saraqib", "Syrian government"),
]


@pytest.mark.parametrize(("text", "country", "place", "actor"), HELD)
def test_who_holds_a_town_from_now_on(text: str, country: str, place: str, actor: str) -> None:
    names = [(n, a) for n, a in _taken(text, country)]
    assert [n for n, _ in names] == [place]
    assert actor.casefold() in (names[0][1] or "").casefold()


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The choice of Saraqib is theirs, the rebels said.", "SY"),
        ("Rebels say Saraqib will be theirs.", "SY"),
        ("If Saraqib is ours by Monday, a rebel commander said, the road is open.", "SY"),
        ("A rebel spokesman denied that Saraqib was in their hands.", "SY"),
        ("The rebels entered Saraqib on Monday but could not hold it.", "SY"),
        ("The rebels entered Saraqib and left it again within the hour.", "SY"),
        ("The army tried to enter Saraqib and hold it.", "SY"),
        ("The rebels re-entered talks with the army in Saraqib.", "SY"),
        ("The army cleared Saraqib of mines and rubble.", "SY"),
        ("The army rolled through Saraqib and Rastan and cleared it.", "SY"),
        ("The army found a mine in Saraqib and then cleared its minds.", "SY"),
        ("The army cleared the streets of Saraqib of snow.", "SY"),
        ("Rebels flew their drones over Saraqib on Friday.", "SY"),
        ("The army handed over the bodies of rebels in Saraqib.", "SY"),
        ("The rebels' fate is in our hands, an officer in Saraqib said.", "SY"),
        ("The rebels entered Saraqib after the hours of curfew that the army set.", "SY"),
    ],
)
def test_what_does_not_give_a_town_to_anybody(text: str, country: str) -> None:
    assert _taken(text, country) == []


def test_a_town_that_others_mean_to_occupy_is_not_given_to_those_who_left_it() -> None:
    text = (
        "In the east, government troops withdrew from Deir ez-Zor city on Friday and the Syrian "
        "Democratic Forces (SDF) crossed the river to occupy it."
    )
    assert all("government" not in (actor or "") for _, actor in _taken(text, "SY"))


def test_a_town_that_is_cleared_of_fighters_is_lost_by_them() -> None:
    found = [
        c
        for c in claims("The army says Saraqib has been cleared of all rebels.")
        if c.kind is Kind.CONTROL_CHANGE
    ]
    assert [(c.from_actor.name if c.from_actor else None) for c in found] == ["rebels"]
    assert [(c.actor.name if c.actor else None) for c in found] == [None]


ACROSS = [
    (
        "Al-Shabaab overran the army base at Buulobarde. The military says it regained the base.",
        "SO",
    ),
    ("The RSF overran Bara. The army was back in control of the town the next day.", "SD"),
    ("Rebels attacked Saraqib on Monday. Their forces captured it at noon.", "SY"),
    ("Rebels attacked Saraqib on Monday. The town fell at noon.", "SY"),
]


@pytest.mark.parametrize(("text", "country"), ACROSS)
def test_the_town_of_the_sentence_before(text: str, country: str) -> None:
    places = [
        p
        for c in claims(text, country)
        if c.kind is Kind.CONTROL_CHANGE
        for p in c.places
        if p.place_id
    ]
    assert places
    assert len({p.place_id for p in places}) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Rebels shelled Saraqib and Rastan on Monday. They captured the base.", []),
        ("Rebels shelled Saraqib and Rastan on Monday. Rebels seized the building.", []),
        ("Rebels shelled Saraqib and fought in Rastan. Soldiers came there on Friday.", []),
    ],
)
def test_of_two_towns_none_is_guessed(text: str, kept: list[str]) -> None:
    assert [n for n, _ in _taken(text, "SY")] == kept


def test_a_capture_that_the_other_side_says_it_beat_off_is_claimed_and_denied() -> None:
    text = (
        "The RSF claims it took the town of Mellit on Thursday. The Joint Forces reply that they "
        "beat off the attack."
    )
    found = {
        (c.status, c.attribution.name if c.attribution else None)
        for c in claims(text, "SD")
        if c.kind is Kind.CONTROL_CHANGE and [p.surface for p in c.places] != []
    }
    assert (Status.NEGATED, "Joint Forces") in found
    assert {s for s, _ in found} == {Status.CLAIMED, Status.NEGATED}


@pytest.mark.parametrize(
    "text",
    [
        "The RSF took Mellit on Thursday. The army replied that they fight on.",
        "The RSF took Mellit on Thursday. The army says it repelled an attack on Babanusa.",
        "The RSF took Mellit on Thursday. It said it beat off a counterattack.",
        "The RSF took Mellit on Thursday. Its fighters say they beat off a counterattack.",
    ],
)
def test_another_attack_beaten_off_denies_nothing(text: str) -> None:
    found = [
        c.status
        for c in claims(text, "SD")
        if c.kind is Kind.CONTROL_CHANGE and any(p.surface == "Mellit" for p in c.places)
    ]
    assert found
    assert Status.NEGATED not in found
