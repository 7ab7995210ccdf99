"""Who holds a town, in plain words: "which fell to A", "with Y in their hands", "once held"."""

from __future__ import annotations

import pytest

from mapgen.model import Kind, Role
from tests.unit.readers_kit import read_twice
from tests.unit.test_said_shortly import ends, holders

RSF, SAF = "Rapid Support Forces", "Sudanese army"
_SUDAN = [
    ("Sennar, which fell to the Rapid Support Forces on Monday, has no power.", {"Sennar": RSF}),
    ("The town of Sennar is now held by the Rapid Support Forces.", {"Sennar": RSF}),
    ("Sennar is once more held by the Sudanese army.", {"Sennar": SAF}),
    ("Sennar continues to be controlled by the Rapid Support Forces.", {"Sennar": RSF}),
    ("The Rapid Support Forces are in full control of Sennar.", {"Sennar": RSF}),
    ("The army is holding on to Sennar.", {"Sennar": SAF}),
    ("Sennar has been under the Rapid Support Forces since June.", {"Sennar": RSF}),
    (
        "With Sennar in their hands, the Rapid Support Forces control the bridge.",
        {"Sennar": RSF},
    ),
    ("Control of Sennar has passed to the Rapid Support Forces.", {"Sennar": RSF}),
    ("The Rapid Support Forces completed the capture of Sennar on Monday.", {"Sennar": RSF}),
    ("The army restored its control over Sennar on Monday.", {"Sennar": SAF}),
    (
        "The Rapid Support Forces captured Sennar on Monday but failed to take Dinder.",
        {"Sennar": RSF},
    ),
    (
        "The Rapid Support Forces took Sennar on Monday but did not reach Dinder.",
        {"Sennar": RSF},
    ),
    ("The army has extended its control over Sennar.", {"Sennar": SAF}),
    ("The Rapid Support Forces took Sennar, not Singa.", {"Sennar": RSF}),
    ("The Rapid Support Forces took Sennar but not Singa.", {"Sennar": RSF}),
    ("The army left Sennar to the Rapid Support Forces.", {"Sennar": RSF}),
]


@pytest.mark.parametrize(("text", "held"), _SUDAN, ids=[text for text, _ in _SUDAN])
def test_who_holds_a_town_in_plain_words(text: str, held: dict[str, str]) -> None:
    assert holders(text, "SD", "2024-07-02") == held


@pytest.mark.parametrize(
    "text",
    [
        "The Rapid Support Forces once held Sennar.",
        "Sennar was once held by the Rapid Support Forces.",
        "The Rapid Support Forces captured twelve soldiers in Sennar.",
        "The Rapid Support Forces occupied Sennar for several hours in May.",
        "The Rapid Support Forces brought up guns with a view to capturing Sennar.",
        "The Rapid Support Forces are preparing to take Sennar.",
        "The Rapid Support Forces hope to complete the capture of Sennar.",
        "Residents protested in Sennar, where the army controls aid.",
        "Fighters of the Rapid Support Forces, who once ringed Sennar, are gone.",
    ],
)
def test_what_is_past_or_only_meant_holds_no_town(text: str) -> None:
    assert holders(text, "SD", "2024-07-02") == {}


@pytest.mark.parametrize(
    ("text", "country", "town", "holder"),
    [
        ("Security forces retook Bria on Monday.", "CF", "Bria", "central african forces"),
        (
            "Koidu is held by the rebels, as does the diamond centre of Tongo.",
            "SL",
            "Koidu",
            "rebels",
        ),
    ],
)
def test_words_for_a_side(text: str, country: str, town: str, holder: str) -> None:
    assert holder in (holders(text, country, "2021-02-02")[town] or "").lower()


def test_a_capital_of_a_province_before_the_first_paragraph_is_read() -> None:
    text = "KUITO - The Bié capital was shelled on Monday. Rebels are around the city."
    claims = read_twice(text, "AO", "1993-03-02")
    struck = {p.surface for c in claims if c.kind is Kind.STRIKE for p in c.places}
    assert len(struck) == 1


def test_lines_that_a_town_opens_tell_of_that_town() -> None:
    text = (
        "KUITO - Shells killed six people on Monday.\n\n"
        "HUAMBO - Rebels entered on Tuesday and hold the airport.\n\n"
        "MALANJE - Some 4,000 people have fled since Monday.\n"
    )
    claims = read_twice(text, "AO", "1993-03-02")
    told = {(c.kind, p.surface.title()) for c in claims for p in c.places}
    assert (Kind.STRIKE, "Kuito") in told
    assert (Kind.DISPLACEMENT, "Malanje") in told


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Some 4,000 people have fled since Monday.", Role.ORIGIN),
        ("Around 6,000 people have come in since Monday.", Role.DESTINATION),
    ],
)
def test_people_of_a_line_that_a_town_opens_left_or_reached_it(words: str, role: Role) -> None:
    text = f"SENNAR - Shells fell.\n\nDINDER - Camps are full.\n\nSINGA - {words}\n"
    [flow] = [c for c in read_twice(text, "SD", "2024-07-02") if c.kind is Kind.DISPLACEMENT]
    assert [(p.role, p.name) for p in flow.places] == [(role, "Singa")]


def test_people_of_two_towns_go_to_two_towns_each() -> None:
    text = (
        "About 4,000 people from Kailahun registered at Kenema and about 700 from Pujehun"
        " made it to Zimmi."
    )
    claims = read_twice(text, "SL", "1999-01-20")
    flows = {
        (
            next((p.surface for p in c.places if p.role is Role.ORIGIN), None),
            next((p.surface for p in c.places if p.role is Role.DESTINATION), None),
        )
        for c in claims
        if c.kind is Kind.DISPLACEMENT
    }
    assert ("Kailahun", "Zimmi") not in flows
    assert ("Pujehun", "Kenema") not in flows


def test_people_of_two_towns_who_go_to_one_all_go_there() -> None:
    text = "About 300 people from Kailahun and 700 from Pujehun reached Zimmi on Monday."
    assert ends(text, "SL", "1999-01-20") == ({"Kailahun", "Pujehun"}, {"Zimmi"})


def test_who_moves_in_where_an_army_left_holds_the_town() -> None:
    text = "The army abandoned Sennar and the Rapid Support Forces moved in."
    [taken] = [c for c in read_twice(text, "SD", "2024-07-02") if c.kind is Kind.CONTROL_CHANGE]
    assert taken.actor is not None
    assert (taken.actor.name, taken.places[0].name) == (RSF, "Sennar")


def test_who_return_when_an_army_left_go_home() -> None:
    text = "Some 3,000 people returned to Sennar after the Rapid Support Forces withdrew."
    [home] = [c for c in read_twice(text, "SD", "2024-12-10") if c.kind is Kind.RETURN]
    assert [(p.role, p.surface) for p in home.places] == [(Role.DESTINATION, "Sennar")]
