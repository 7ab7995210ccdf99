"""Whose forces act: purpose clauses, "its brigade", "the group", a party named beside "rebels"."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Claim, Kind, Role

GROUND = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE, Kind.ADVANCE, Kind.WITHDRAWAL, Kind.STRIKE}


def told(text: str, country: str) -> list[Claim]:
    return [c for c in claims(text, country) if c.kind in GROUND and c.places]


def acts(text: str, country: str) -> set[tuple[str, str | None]]:
    """Return place and party of whatever a text says to be taken, held, left, entered or hit."""
    return {(c.places[-1].surface, c.actor.id if c.actor else None) for c in told(text, country)}


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        # the subject of the purpose is that of the nearest clause before it
        ("SD", "The army pulled out of Dilling on Friday and the RSF crossed the river to occupy "
               "the town.", ("the town", "sudan:rsf")),
        ("MM", "Junta troops fled Hsihseng on Monday and the Arakan Army marched in to take over "
               "the town.", ("the town", "myanmar:aa")),
        ("CD", "Congolese troops left Sake on Sunday, and M23 fighters came down the hills to "
               "seize it.", ("it", "drc:m23")),
        ("ML", "The army left Ber and JNIM fighters arrived on Sunday to occupy it.",
         ("it", "mali:jnim")),
        # one subject alone
        ("SD", "The RSF crossed the river on Friday to occupy Bara.", ("Bara", "sudan:rsf")),
    ],
)  # fmt: skip
def test_the_subject_of_a_purpose_is_that_of_its_clause(
    country: str, text: str, expected: tuple[str, str]
) -> None:
    place, party = expected
    assert {p for s, p in acts(text, country) if s == place} <= {party, None}
    assert (place, "sudan:saf") not in acts(text, country)


@pytest.mark.parametrize(
    ("country", "text", "loser"),
    [
        ("SD", "The RSF fled and the army crossed the river to occupy Bara.", "sudan:rsf"),
        ("MM", "The Arakan Army withdrew and junta troops returned to retake Ann.", "myanmar:aa"),
        ("CD", "M23 fighters withdrew and Congolese troops came to seize Sake.", "drc:m23"),
    ],
)
def test_who_left_did_not_come_to_take_it(country: str, text: str, loser: str) -> None:
    assert loser not in {p for _, p in acts(text, country)}


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        # the subject of the sentence before
        ("LY", "The LNA answered with rockets on Zawiya. On Tuesday its 9th Brigade attacked "
               "Zuwara; a GNA commander said it was thrown back.", ("Zuwara", "libya:lna")),
        ("SD", "The RSF shelled Omdurman. On Friday its fighters entered Bara.",
         ("Bara", "sudan:rsf")),
        ("MM", "The Arakan Army left Ann on Monday. Their fighters took Gwa on Friday.",
         ("Gwa", "myanmar:aa")),
        ("CD", "M23 shelled Goma. The group captured Sake on Friday.", ("Sake", "drc:m23")),
        ("SO", "Al-Shabaab fighters shelled Jowhar. They captured Galcad on Friday.",
         ("Galcad", "somalia:shabaab")),
        # the speaker, who speaks of itself
        ("SD", "The RSF shelled Omdurman. The army said its troops had retaken Bara.",
         ("Bara", "sudan:saf")),
        ("IQ", "The commander of the Counter Terrorism Service said that Bashiqa was now in its "
               "hands.", ("Bashiqa", "iraq:cts")),
        ("YE", "The Houthis said Hays was now in their hands.", ("Hays", "yemen:houthi")),
        # who is said to act, and who withdrew, are two
        ("LY", "GNA forces took Surman from the LNA, which withdrew from Sabratha.",
         ("Sabratha", "libya:lna")),
        ("CD", "M23 fighters said they had captured Sake.", ("Sake", "drc:m23")),
    ],
)  # fmt: skip
def test_its_forces_are_those_of_the_last_subject_or_the_speaker(
    country: str, text: str, expected: tuple[str, str]
) -> None:
    assert expected in acts(text, country)


@pytest.mark.parametrize(
    ("country", "text", "place", "never"),
    [
        # two are possible: none is given
        ("SD", "The army and the RSF shelled Omdurman. Its fighters took Bara on Friday.", "Bara",
         {"sudan:saf", "sudan:rsf"}),
        ("MM", "The Arakan Army and the Kachin Independence Army met. The group took Gwa on "
               "Friday.", "Gwa", {"myanmar:aa", "myanmar:kia"}),
        ("CD", "M23 and CODECO fighters clashed near Beni. They took Sake on Friday.", "Sake",
         {"drc:codeco"}),
        ("CF", "The CPC attacked Bria and the army attacked Ippy. Their fighters took Bambari.",
         "Bambari", {"car:cpc", "car:faca"}),
        # the loser of the sentence before is no taker
        ("SD", "The army drove the RSF out of Bara. It then captured Nahud.", "Nahud",
         {"sudan:rsf"}),
        ("YE", "The Houthis were driven out of Hays. Government forces then captured Mocha.",
         "Mocha", {"yemen:houthi"}),
    ],
)  # fmt: skip
def test_where_two_are_possible_none_is_given(
    country: str, text: str, place: str, never: set[str]
) -> None:
    assert not {p for s, p in acts(text, country) if s == place} & never


@pytest.mark.parametrize(
    ("country", "text", "place", "party"),
    [
        ("CD", "The M23 shelled Goma. On Friday the rebels took Sake.", "Sake", "drc:m23"),
        ("CD", "The rebels, the M23, took Sake on Friday.", "Sake", "drc:m23"),
        ("ML", "Fighters from the jihadist group JNIM took Ber on Friday.", "Ber", "mali:jnim"),
        ("NG", "Islamist insurgents from Boko Haram took Marte on Friday.", "Marte", "nigeria:bh"),
        ("SO", "The militants of al-Shabaab took Galcad on Friday.", "Galcad", "somalia:shabaab"),
        ("CD", "CODECO and M23 are both active. CODECO shelled Djugu on Monday. The militia took "
               "Fataki on Friday.", "Fataki", "drc:codeco"),
        ("MM", "The ethnic armed group, the Kachin Independence Army, took Momauk on Friday.",
         "Momauk", "myanmar:kia"),
    ],
)  # fmt: skip
def test_a_description_is_the_party_named_beside_it(
    country: str, text: str, place: str, party: str
) -> None:
    assert (place, party) in acts(text, country)


@pytest.mark.parametrize(
    ("country", "text", "never"),
    [
        ("CD", "The M23 shelled Goma. Other rebels took Sake on Friday.", "drc:m23"),
        ("ML", "JNIM left Ber. The army took Ber on Friday.", "mali:jnim"),
        ("CD", "The M23 lost Sake to another militia on Friday. The militia took Kibumba.",
         "drc:m23"),
        ("SY", "Hayat Tahrir al-Sham and the Syrian National Army met. The militia took Tadef.",
         "syria:hts"),
    ],
)  # fmt: skip
def test_a_description_of_others_is_not_the_party_named_before(
    country: str, text: str, never: str
) -> None:
    assert never not in {
        c.actor.id for c in told(text, country) if c.kind is Kind.CONTROL_CHANGE and c.actor
    }


def test_districts_in_its_hands_are_not_the_city() -> None:
    text = "The army said that six districts in the east of Omdurman were now in its hands."
    assert {p.role for c in told(text, "SD") for p in c.places} <= {Role.NEAR}
