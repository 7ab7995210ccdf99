"""What is less than a town: positions, a base or streets in it, and towns that change hands."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Role, Status


def _captures(text: str, country: str) -> list[str]:
    """Return the places that are taken themselves, in a current claim."""
    return [
        p.surface
        for c in claims(text, country)
        if c.kind is Kind.CONTROL_CHANGE and c.status.is_current
        for p in c.places
        if p.role is Role.AT
    ]


def _kinds_at(text: str, country: str, surface: str) -> set[tuple[Kind, Role]]:
    return {
        (c.kind, p.role)
        for c in claims(text, country)
        if c.status.is_current
        for p in c.places
        if p.surface == surface
    }


ADVANCES = [
    ("Government forces regained positions in northern Aleppo on Monday.", "SY", "Aleppo"),
    ("Separatist fighters took positions near Donetsk on Tuesday.", "UA", "Donetsk"),
    ("M23 rebels made confirmed gains near Minova on Friday.", "CD", "Minova"),
    ("The army made marginal gains southwest of Bara on Friday.", "SD", "Bara"),
    ("The RSF seized new positions inside Babanusa on Sunday.", "SD", "Babanusa"),
    ("Houthi fighters recaptured several positions around Hays.", "YE", "Hays"),
    ("Junta troops regained lost positions in eastern Loikaw.", "MM", "Loikaw"),
]


@pytest.mark.parametrize(("text", "country", "town"), ADVANCES)
def test_positions_taken_in_a_town_are_an_advance(text: str, country: str, town: str) -> None:
    assert _captures(text, country) == []
    kinds = _kinds_at(text, country, town)
    assert kinds
    assert {kind for kind, _ in kinds} == {Kind.ADVANCE}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rebels captured a police post in Kaya on Monday.", "BF"),
        ("Al-Shabaab overran a base outside Baidoa on Monday.", "SO"),
        ("The army recaptured the prison in Deir ez-Zor on Monday.", "SY"),
        ("Fighters of the MNDAA seized two streets in Lashio.", "MM"),
        ("Libyan rebels took the outskirts of Ras Lanuf on Monday.", "LY"),
        ("The army retook the hinterland of Bambari this week.", "CF"),
        ("The RSF captured the army barracks in Zalingei.", "SD"),
        ("M23 rebels seized the town jail and the hospital in Sake on Friday.", "CD"),
        ("Rebels took prisoners in Idlib on Monday and gained supporters in Hama.", "SY"),
    ],
)
def test_a_site_in_a_town_is_not_the_town(text: str, country: str) -> None:
    assert _captures(text, country) == []


@pytest.mark.parametrize(
    ("text", "country", "towns"),
    [
        ("The SDF captured Raqqa except for the stadium on Monday.", "SY", ["Raqqa"]),
        ("Rebels regained their positions and captured Saraqib on Monday.", "SY", ["Saraqib"]),
        ("M23 rebels gained ground and took Minova on Friday.", "CD", ["Minova"]),
        ("The army took the garrison town of Babanusa on Sunday.", "SD", ["Babanusa"]),
    ],
)
def test_the_town_itself_is_still_taken(text: str, country: str, towns: list[str]) -> None:
    assert _captures(text, country) == towns


TO_AND_FRO = [
    ("Um Rawaba changed hands twice before noon on Friday.", "SD", "Um Rawaba"),
    ("Saraqib has changed hands several times this week.", "SY", "Saraqib"),
    (
        "Rutshuru has changed hands so many times that nobody can say who holds it.",
        "CD",
        "Rutshuru",
    ),
    ("Taiz changed hands three times on Sunday.", "YE", "Taiz"),
    ("Saraqib changed hands more than once on Sunday.", "SY", "Saraqib"),
]


@pytest.mark.parametrize(("text", "country", "town"), TO_AND_FRO)
def test_a_town_that_changes_hands_again_and_again_is_fought_over(
    text: str, country: str, town: str
) -> None:
    assert _kinds_at(f"{text} Rebels shelled the army.", country, town) == {(Kind.CLASH, Role.AT)}


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        ("Saraqib changed hands for the first time in modern times on Sunday.", "SY", "Saraqib"),
        ("Saraqib changed hands on Sunday as the rebels advanced.", "SY", "Saraqib"),
        ("Rutshuru changed hands on Monday, two days after M23 attacked twice.", "CD", "Rutshuru"),
        ("The rebels attacked three times before Hays changed hands.", "YE", "Hays"),
    ],
)
def test_a_town_that_changes_hands_once_is_taken(text: str, country: str, town: str) -> None:
    assert _captures(text, country) == [town]


@pytest.mark.parametrize(
    "text",
    [
        "The supposed capture of Rastan by rebels was denied by the mayor.",
        "The alleged fall of Rastan to the rebels worried residents of Homs.",
        "The purported seizure of Rastan by rebels was widely shared on Thursday.",
        "The fall of Rastan to the rebels was denied by the army on Friday.",
        "The capture of Rastan by the rebels, announced at noon, was refuted by residents.",
        "Media reported the fall of Rastan to rebels, which residents could not confirm.",
        "Rebels announced the capture of Rastan, which was untrue.",
    ],
)
def test_a_capture_that_is_only_said_to_be_one_stays_off(text: str) -> None:
    assert _captures(f"{text} Rebels fought the army near Homs.", "SY") == []


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("Media reported the capture of Rastan and rumours of an assault on Homs.", ["Rastan"]),
        ("Rebels announced the capture of Rastan and plans for Homs.", ["Rastan"]),
        (
            "The capture of Rastan and Talbisseh by rebels was confirmed by the army.",
            ["Rastan", "Talbisseh"],
        ),
        (
            "Rebels did not mention Hama on Friday but said their forces had captured Rastan.",
            ["Rastan"],
        ),
        ("Rebels captured Rastan but did not enter Homs.", ["Rastan"]),
    ],
)
def test_what_is_told_beside_a_capture_is_told_by_itself(text: str, towns: list[str]) -> None:
    assert _captures(text, "SY") == towns


@pytest.mark.parametrize(
    ("text", "country", "place"),
    [
        ("The army captured three villages in Saraqib district on Friday.", "SY", "Saraqib"),
        ("Al-Shabaab regained two settlements outside Kismayo on Friday.", "SO", "Kismayo"),
        ("M23 captured several hamlets around Minova on Friday.", "CD", "Minova"),
        ("The army took a village in the district of Bara on Friday.", "SD", "Bara"),
        ("The army drove the RSF from six villages around Bara on Friday.", "SD", "Bara"),
    ],
)
def test_villages_near_a_town_are_not_the_town(text: str, country: str, place: str) -> None:
    assert _captures(text, country) == []
    assert {role for _, role in _kinds_at(text, country, place)} <= {Role.NEAR, Role.REGION}


@pytest.mark.parametrize(
    ("text", "country", "towns"),
    [
        (
            "The army captured the villages of Halfaya and Suran on Friday.",
            "SY",
            ["Halfaya", "Suran"],
        ),
        ("The army captured three villages, including Halfaya, on Friday.", "SY", ["Halfaya"]),
        ("Al-Shabaab captured the settlement of Buulobarde on Friday.", "SO", ["Buulobarde"]),
        ("The army drove the RSF from the towns of Bara and Babanusa.", "SD", ["Bara", "Babanusa"]),
    ],
)
def test_villages_that_are_named_are_taken(text: str, country: str, towns: list[str]) -> None:
    assert _captures(text, country) == towns


@pytest.mark.parametrize(
    "text",
    [
        "The capture of Rastan does not by itself open the road to Homs.",
        "The fall of Rastan would not change much for the rebels.",
        "The seizure of Rastan has not been announced by the rebels.",
        "The capture of Rastan was not celebrated by the rebels.",
    ],
)
def test_a_capture_that_does_not_do_something_is_not_denied(text: str) -> None:
    found = [c for c in claims(f"{text} Rebels shelled Homs.") if c.kind is Kind.CONTROL_CHANGE]
    assert [c.status for c in found] == [Status.HYPOTHETICAL]


@pytest.mark.parametrize(
    "text",
    [
        "The capture of Rastan by the rebels did not happen.",
        "The fall of Rastan never took place, the army said.",
    ],
)
def test_a_capture_that_did_not_happen_is_denied(text: str) -> None:
    found = [c for c in claims(f"{text} Rebels shelled Homs.") if c.kind is Kind.CONTROL_CHANGE]
    assert [c.status for c in found] == [Status.NEGATED]
