"""A word such as "the army", or an abbreviation, means a party of the country that the text is on.

In a digest of several countries, the country is that of the paragraph or the item.
"""

from __future__ import annotations

import re

import pytest
from coding_kit import claims

from mapgen.core.tables.actors import Cast, Party, default_table
from mapgen.model import Kind
from mapgen.places.toponym_features import common_words

OTHERS = ("AR", "GH", "JP", "CL", "PT")  # countries without a party in the table


def local_names() -> list[tuple[Party, str]]:
    return [(p, a) for p in default_table().parties for a in p.local_aliases]


def takers(text: str, country: str | None) -> list[tuple[str, str | None]]:
    """Return place and party of whatever a text says to be taken, entered or held."""
    told = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE, Kind.ADVANCE, Kind.WITHDRAWAL}
    return [
        (c.places[0].surface if c.places else "", c.actor.id if c.actor else None)
        for c in claims(text, country)
        if c.kind in told
    ]


@pytest.mark.parametrize(
    "words",
    [
        *sorted({a for _, a in local_names()}),
        "the army", "the junta", "the government", "the military", "the regime", "the police",
        "the national army", "government forces", "federal police", "the coalition",
        "regime troops", "government troops", "the security forces", "the rebels",
    ],
)  # fmt: skip
def test_no_general_name_is_a_party_of_another_country(words: str) -> None:
    table = default_table()
    text = f"{words[0].upper()}{words[1:]} took the town on Monday, and {words} stayed there."
    for country in OTHERS:
        assert table.find(text, country) == [], country
        actor = Cast.of(table, text, country).resolve(words)
        assert actor is None or actor.id.startswith("text:"), (country, actor)


@pytest.mark.parametrize(("party", "alias"), local_names())
def test_a_local_name_is_the_party_in_its_own_country(party: Party, alias: str) -> None:
    found = default_table().find(f"On Monday {alias} took the town.", party.country)
    assert [m.party.id for m in found] == [party.id]


def is_general(alias: str) -> bool:
    """Whether words could stand in a text about any country."""
    if alias.isupper() or re.fullmatch(r"[A-Z]+", alias):
        return len(alias) <= 3
    words = re.findall(r"[^\W\d_]+", alias)
    return all(w.islower() or w.casefold() in common_words() for w in words)


def test_each_general_name_of_the_table_is_bound_to_its_country() -> None:
    names_of_one_party_only = {
        "March 23 Movement", "M23", "Government of National Accord",
        "Southern Transitional Council",
        "Afghan government forces", "Afghan forces", "Afghan army", "Afghan troops",
        "Afghan soldiers", "Permanent Strategic Framework", "People's Defense Force",
        "Congo's army", "Chin National Front", "Chin National Army", "peshmerga", "IS",
        "PKK", "Gulf Clan", "Lord's Resistance Army", "Civilian Joint Task Force",
        "Chin Brotherhood", "Justice and Equality Movement",
        "Convention for the Popular Revolution",
        "Convention pour la révolution populaire", "Stability Support Apparatus",
        "Stabilization Support Apparatus", "Anti-balaka", "anti-balaka",
        "Afar forces", "Afar special forces", "Afar regional forces",
        "Afar regional special forces", "Afar militia", "Afar militias", "Afar fighters",
    }  # fmt: skip
    general = {
        (p.id, a)
        for p in default_table().parties
        for a in p.aliases
        if is_general(a) and a not in names_of_one_party_only
    }
    assert general == set()


@pytest.mark.parametrize(
    ("country", "text", "party"),
    [
        # the words of the text, where its country has no such party
        ("IQ", "Federal police entered Hawija on Monday.", "iraq:isf"),
        ("NP", "Federal troops entered Pokhara on Monday.", "text:federal-troops"),
        ("GN", "The junta's soldiers entered Kankan on Monday.", "text:junta-s-soldiers"),
        ("PE", "The military recaptured Ayacucho on Monday.", "text:military"),
        ("TG", "The army retook Dapaong on Monday.", "text:army"),
        ("BJ", "Government forces entered Banikoara on Friday.", "text:government-forces"),
        # the country's own
        ("PH", "The military recaptured Butig on Monday.", "philippines:army"),
        ("TD", "The army retook Moussoro on Monday.", "chad:army"),
        ("CM", "Government forces entered Kumbo on Friday.", "cameroon:army"),
        ("SO", "Jowhar was still in government hands on Monday.", "somalia:gov"),
        ("NE", "The military retook Tillaberi on Monday.", "niger:army"),
        ("YE", "Pro-government forces entered Hays on Monday.", "yemen:gov"),
        ("ML", "The junta's soldiers entered Kidal on Friday.", "mali:army"),
    ],
)  # fmt: skip
def test_general_words_are_the_country_s_own(country: str, text: str, party: str) -> None:
    assert [p for _, p in takers(text, country)] == [party]


@pytest.mark.parametrize(
    ("country", "text", "party"),
    [
        ("SO", "The 14th October Brigade of the Somali National Army (SNA) took Harardhere on "
               "Monday.", "somalia:gov"),
        (None, "The Somali National Army (SNA) took Harardhere on Monday. The SNA then entered "
               "Galcad.", "somalia:gov"),
        ("SY", "The Syrian National Army (SNA) took Tadef on Monday. The SNA then entered "
               "Deir Hafir.", "syria:sna"),
        ("CF", "The Allied Democratic Front (ADF) took Bria on Monday. The ADF then entered "
               "Ippy.", "text:allied-democratic-front"),
        ("TD", "The Rally of Saharan Fighters (RSF) took Zouar on Monday. The RSF then entered "
               "Bardai.", "text:rally-of-saharan-fighters"),
        ("SY", "The Syrian Armed Alliance (SAA) took Tadef on Monday. The SAA then entered "
               "Deir Hafir.", "text:syrian-armed-alliance"),
    ],
)  # fmt: skip
def test_a_name_spelled_out_wins_over_the_table_s_abbreviation(
    country: str | None, text: str, party: str
) -> None:
    assert {p for _, p in takers(text, country)} == {party}


@pytest.mark.parametrize(
    ("country", "text", "party"),
    [
        ("TD", "Sudan's RSF took Abeche on Monday.", "sudan:rsf"),
        ("IQ", "The Syrian Democratic Forces watched. The SDF entered Rabia on Monday.",
         "syria:sdf"),
        ("RW", "Congo's army fled. The ADF entered Goma on Monday.", "drc:adf"),
    ],
)  # fmt: skip
def test_an_abbreviation_counts_abroad_where_the_text_names_its_country(
    country: str, text: str, party: str
) -> None:
    assert (party) in {p for _, p in takers(text, country)}


DIGEST = """WEEKLY BRIEF

Mali: JNIM fighters entered Farabougou on Monday. The army retook the town on Tuesday.

Chad: The army retook Bardai on Thursday. The rebels left Zouar the same day.

Togo: The army retook Dapaong on Thursday.

Sudan: The Rapid Support Forces took Bara on Monday. The army recaptured Bara on Thursday.

Myanmar: The junta retook Mobye on Friday.
"""


def test_each_item_of_a_digest_has_the_parties_of_its_country() -> None:
    found = takers(DIGEST, None)
    assert ("Bardai", "chad:army") in found
    assert ("Dapaong", "text:army") in found
    assert ("Zouar", "text:rebels") in found
    assert ("Bara", "sudan:saf") in found
    assert ("Mobye", "myanmar:mil") in found
    assert ("Farabougou", "mali:jnim") in found


@pytest.mark.parametrize(
    ("text", "place", "party"),
    [
        # a heading, a bullet, capitals, a sentence that begins with "In ..."
        ("BRIEF\n\nCameroon\n\nThe military retook Kumbo on Monday.\n\nNiger\n\nThe military "
         "retook Tera on Monday.\n", "Kumbo", "cameroon:army"),
        ("BRIEF\n\n- Ethiopia: Federal forces entered Dessie.\n- Nigeria: The army took Marte "
         "on Monday.\n- Benin: The army retook Banikoara on Monday.\n", "Banikoara", "text:army"),
        ("MYANMAR. The Kachin Independence Army took Momauk on Monday.\n\nPHILIPPINES. The "
         "military retook Butig on Monday.\n", "Butig", "philippines:army"),
        ("SOMALIA. Al-Shabaab left Bulo Burde.\n\nMYANMAR. The Arakan Army left Ann. The "
         "military retook Gwa on Monday.\n", "Gwa", "myanmar:mil"),
        ("In Sudan, the RSF took Bara on Monday. In Cameroon, the army retook Kumbo on Monday.",
         "Kumbo", "cameroon:army"),
        ("Nigeria: Boko Haram left Dikwa.\n\nLibya: On Monday the 55th Brigade took Zuwara.\n",
         "Zuwara", "text:55th-brigade"),
    ],
)  # fmt: skip
def test_the_country_of_a_heading_or_item_counts(text: str, place: str, party: str) -> None:
    assert (place, party) in takers(text, None)


def test_another_country_in_passing_is_no_item_of_a_digest() -> None:
    text = (
        "In Turkey, officials said nothing. Syrian troops rested.\n\n"
        "The army left Rastan on Thursday. Iraq: no comment was to be had."
    )
    assert takers(text, "SY") == [("Rastan", "syria:gov")]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Rebels took Kumbo on Monday, as M23 did in Goma last year.", "CM"),
        ("The rebels entered Bria on Monday. The Houthis sent their greetings.", "CF"),
    ],
)
def test_rebels_are_not_those_of_a_war_that_is_only_compared(text: str, country: str) -> None:
    assert takers(text, country)[0][1] == "text:rebels"
