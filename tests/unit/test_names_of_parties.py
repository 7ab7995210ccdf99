"""What names a party: an abbreviation of the text does, a day, a place or an adjective does not."""

from __future__ import annotations

import re

import pytest
from coding_kit import claims

from mapgen.core.tables.named_in_text import introduced


def actors(text: str, country: str) -> list[tuple[str, str]]:
    """Return id and name of who acts, per claim with a place."""
    return [(c.actor.id, c.actor.name) for c in claims(text, country) if c.actor and c.places]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Petroleum Facilities Guard (PFG) left.", {"PFG": "Petroleum Facilities Guard"}),
        ("The Coordinating Committee (CCO) left.", {"CCO": "Coordinating Committee"}),
        ("The Macina Liberation Front (FLM) left.", {"FLM": "Macina Liberation Front"}),
        ("The Movement for the Salvation of Azawad (MSA) left.",
         {"MSA": "Movement for the Salvation of Azawad"}),
        ("The Ogaden National Liberation Front (ONLF) left.",
         {"ONLF": "Ogaden National Liberation Front"}),
        # no armed parties
        ("The International Rescue Committee (IRC) left.", {}),
        ("The International Organization for Migration (IOM) left.", {}),
        ("The Human Rights Council (HRC) left.", {}),
        ("The European Union (EU) left.", {}),
        ("The International Committee of the Red Cross (ICRC) left.", {}),
        ("The Workers Union (WU) left.", {}),
    ],
)  # fmt: skip
def test_a_text_spells_out_the_abbreviations_of_parties(
    text: str, expected: dict[str, str]
) -> None:
    assert introduced(text) == expected


@pytest.mark.parametrize(
    ("country", "text", "party"),
    [
        ("CO", "The Coordinating Committee (CCO) seized Tumaco on Monday. The CCO then took "
               "Barbacoas.", "text:coordinating-committee"),
        ("ML", "The Macina Liberation Front (FLM) took Ber on Monday. On Friday FLM fighters took "
               "Lere.", "text:macina-liberation-front"),
        ("ET", "The Oromo Liberation Army (OLA) took Nekemte on Monday. The OLA entered Gimbi.",
         "ethiopia:ola"),
        ("ET", "The Ogaden National Liberation Front (ONLF) took Gode on Monday. The ONLF entered "
               "Kelafo.", "text:ogaden-national-liberation-front"),
        ("LY", "Fighters of the Petroleum Facilities Guard (PFG) took Ras Lanuf on Monday. PFG "
               "forces entered Brega.", "text:petroleum-facilities-guard"),
        ("CF", "The Return, Reclamation and Rehabilitation Army (3R) took Bocaranga on Monday.",
         None),
    ],
)  # fmt: skip
def test_an_abbreviation_and_its_full_name_are_one_party(
    country: str, text: str, party: str | None
) -> None:
    found = {i for i, _ in actors(text, country)}
    assert found == {party} or party is None


DAYS = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|evening|night|"
    r"december|overnight|dawn|today|yesterday)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("country", "text", "place"),
    [
        ("CD", "ON THURSDAY REBELS CAPTURED SAKE.", "SAKE"),
        ("MM", "Monday evening rebels entered Lashio.", "Lashio"),
        ("SD", "On Friday night fighters took Bara.", "Bara"),
        ("SY", "Sunday morning government troops left Rastan.", "Rastan"),
        ("ML", "In the evening jihadists took Ber.", "Ber"),
        ("NG", "By dawn insurgents had taken Marte.", "Marte"),
        ("CF", "On 5 December rebels took Bria.", "Bria"),
        ("YE", "Overnight rebels took Hays.", "Hays"),
    ],
)  # fmt: skip
def test_a_day_or_an_hour_is_no_part_of_a_party(country: str, text: str, place: str) -> None:
    found = [c for c in claims(text, country) if place in {p.surface for p in c.places}]
    assert found
    for c in found:
        assert c.actor is None or not DAYS.search(c.actor.name), c.actor


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("SD", "Friday captured the mood in Bara."),
        ("SY", "Winter took Aleppo on Monday."),
        ("CD", "Overnight seized Sake."),
        ("UA", "Eastern captured Kupiansk on Monday."),
        ("MM", "Tuesday took Lashio by surprise."),
    ],
)
def test_a_day_a_season_or_an_adjective_is_no_party(country: str, text: str) -> None:
    assert actors(text, country) == []
