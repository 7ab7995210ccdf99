"""Towns taken, in sentences that are long or parsed wrongly; what is meant by "the town"."""

from __future__ import annotations

import pytest
from coding_kit import claim, claims, extract, names

from mapgen.model import Kind, Precision, Role, Status

TAKEN = [  # sentence, country, actor, places
    (
        "Between 1 and 3 December the southern Giants Brigades, backed by air strikes, recaptured "
        "the districts of Usaylan and Bayhan.",
        "YE",
        "Giants Brigades",
        ["Usaylan", "Bayhan"],
    ),
    (
        "Nurdugub, in Middle Shabelle, was overrun by Al-Shabaab.",
        "SO",
        "Al-Shabaab",
        ["Nurdugub"],
    ),
    (
        "Kamanyola, where three countries meet, passed into rebel hands at dawn.",
        "CD",
        None,
        ["Kamanyola"],
    ),
    ("Nigerian troops were back in Banki the next day.", "NG", "Nigerian army", ["Banki"]),
    ("The army raised its flag over Rastan on Friday.", "SY", "Syrian government", ["Rastan"]),
    ("Rastan was attacked last week and taken on Monday by the army.", "SY", None, ["Rastan"]),
    ("Troops entered Rastan on Sunday without meeting resistance.", "SY", "Troops", ["Rastan"]),
    (
        "Army units entered Rastan after the rebels pulled out.",
        "SY",
        "Syrian government",
        ["Rastan"],
    ),
    ("The insurgents walked into Rastan on Saturday.", "SY", "insurgents", ["Rastan"]),
    ("Rastan surrendered on Friday after talks with the army.", "SY", None, ["Rastan"]),
    ("Local officials surrendered Rastan to the rebels.", "SY", "rebels", ["Rastan"]),
]


@pytest.mark.parametrize(
    ("sentence", "country", "actor", "places"), TAKEN, ids=lambda v: str(v)[:30]
)
def test_towns_that_change_hands(
    sentence: str, country: str, actor: str | None, places: list[str]
) -> None:
    found = claim(sentence, Kind.CONTROL_CHANGE, country)
    assert found.status is Status.ASSERTED
    assert names(found, Role.AT) == places
    if actor is not None:
        assert found.actor is not None
        assert found.actor.name == actor


def test_both_towns_are_the_two_told_of_last() -> None:
    text = "Rebels attacked Rastan and Talbisseh at dawn. By noon they had captured both towns."
    found = [c for c in claims(text) if c.kind is Kind.CONTROL_CHANGE]
    assert {p.name for c in found for p in c.places} == {"Ar Rastan", "Tallbīsah"}


def test_the_town_can_be_one_that_no_list_knows() -> None:
    text = "Rebels attacked the town of Xqarvat on Monday. They captured the town on Friday."
    found = [c for c in claims(text) if c.kind is Kind.CONTROL_CHANGE][-1]
    place = found.places[0]
    assert (place.surface, place.name, place.place_id, place.lat) == (
        "the town",
        "Xqarvat",
        None,
        None,
    )


def test_the_capital_beside_its_name_is_that_name() -> None:
    found = claim("Rebels captured the provincial capital, Idlib, on Friday.", Kind.CONTROL_CHANGE)
    assert [p.surface for p in found.places] == ["Idlib"]


def test_a_province_named_beside_a_town_is_not_taken() -> None:
    found = claim("Rebels captured the town of Saraqib in Idlib province.", Kind.CONTROL_CHANGE)
    assert [p.surface for p in found.places] == ["Saraqib"]


def test_villages_of_a_province_are_somewhere_in_it() -> None:
    found = claim("Rebels captured several villages in Idlib province.", Kind.CONTROL_CHANGE)
    assert [(p.place_id, p.role) for p in found.places] == [("iso:SY-ID", Role.REGION)]


def test_a_lone_namesake_far_away_is_not_drawn() -> None:
    text = (
        "Militants captured the town of Quilmes in Cabo Delgado on Wednesday. "
        "Soldiers still held Pemba and Mueda, in northern Mozambique."
    )
    made = extract(text, "MZ").claims
    taken = next(c for c in made if c.kind is Kind.CONTROL_CHANGE)
    quilmes = next(p for p in taken.places if p.surface == "Quilmes")
    assert quilmes.place_id == "within:Quilmes:iso:MZ-P"  # somewhere in Cabo Delgado
    assert quilmes.precision is Precision.PROVINCE


def test_a_village_of_the_country_comes_before_a_city_abroad() -> None:
    text = (
        "Militants captured the town of Palma in Cabo Delgado on Wednesday. "
        "Soldiers still held Pemba and Mueda, in northern Mozambique."
    )
    made = extract(text, "MZ").claims
    taken = next(c for c in made if c.kind is Kind.CONTROL_CHANGE)
    palma = next(p for p in taken.places if p.surface == "Palma")
    assert palma.place_id == "geonames:1029248"
    assert palma.lat == pytest.approx(-10.78, abs=0.01)


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The authorities dismissed reports that gunmen had taken Rastan.", Status.NEGATED),
        ("There was no truth in reports that Rastan had been captured.", Status.NEGATED),
        ("The army has denied that Rastan itself is about to fall.", Status.NEGATED),
        ("The rebels made no claim to have captured Rastan.", Status.NEGATED),
        ("Were Rastan to fall, the road would be open.", Status.HYPOTHETICAL),
        ("Rebels briefly held and then lost Rastan in 2012.", Status.HISTORICAL),
        ("That year the army captured Rastan.", Status.HISTORICAL),
    ],
)
def test_what_did_not_happen_stays_off(sentence: str, status: Status) -> None:
    made = [c for c in claims(sentence) if c.kind is Kind.CONTROL_CHANGE]
    assert {c.status for c in made} <= {status}
    assert not [
        c for c in claims(sentence) if c.status.is_current and c.kind is Kind.CONTROL_CHANGE
    ]


def test_who_said_it_goes_on_saying_it() -> None:
    text = (
        "The International Organization for Migration said 3,000 people had fled Rastan. "
        "It said 500 people had reached Tartus from Homs."
    )
    told = [c.attribution.name for c in claims(text) if c.attribution]
    assert told == ["International Organization for Migration"] * 2


def test_the_day_it_was_said_is_not_the_day_it_happened() -> None:
    found = claim("Rebels have captured Rastan, the army said on Thursday.", Kind.CONTROL_CHANGE)
    assert found.date is not None
    assert [str(d) for d in (found.date.start, found.date.end)] == ["2024-12-04", "2024-12-05"]


def test_the_passive_goes_on_with_who_took_the_last_town_and_turns_when_it_is_retaken() -> None:
    text = "Rebels led by HTS captured Hama. Rastan was taken on Thursday, the army said."
    assert [c.actor.name for c in claims(text) if c.actor] == ["HTS-led rebels"] * 2
    text = "Rebels led by HTS captured Hama from the Syrian army. Rastan was retaken on Thursday."
    found = [c for c in claims(text) if c.kind is Kind.CONTROL_CHANGE]
    assert [c.actor.id if c.actor else None for c in found] == ["syria:hts", "syria:gov"]
