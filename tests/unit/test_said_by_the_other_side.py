"""Denials are shown beside what they deny, and nobody loses a town by a guess."""

from __future__ import annotations

import pytest
from coding_kit import claims, gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Kind, Status


def _of_control(text: str, country: str) -> list[tuple[str, str | None]]:
    article = Article(id="t", text=text, country=country)
    found = TwoReaders(gazetteer()).code(article)[0]
    return [
        (c.status.value, c.attribution.name if c.attribution else None)
        for c in found
        if c.kind is Kind.CONTROL_CHANGE
    ]


@pytest.mark.parametrize(
    ("text", "country", "who"),
    [
        (
            "M23 claims to have taken Bukavu; the governor denies it, saying the town is calm.",
            "CD",
            "governor",
        ),
        (
            "The RSF said it had captured El Obeid. In a statement, the army rejected that.",
            "SD",
            "army",
        ),
        (
            "The RSF said it had captured El Obeid. Hours later the army dismissed the claim.",
            "SD",
            "army",
        ),
        (
            "The RSF said it had captured El Obeid; the governor called that a fantasy.",
            "SD",
            "governor",
        ),
    ],
)
def test_both_sides_are_shown(text: str, country: str, who: str) -> None:
    told = _of_control(text, country)
    assert [status for status, _ in told] == [Status.CLAIMED.value, Status.NEGATED.value]
    assert told[1][1] == who


def test_a_loss_without_a_loser_is_not_the_last_partys() -> None:
    text = (
        "The Taliban took Aybak on Monday, following the loss of Zaranj on Friday, the police said."
    )
    lost = [c.from_actor.name for c in claims(text, "AF") if c.from_actor]
    assert "Taliban" not in lost


def test_who_frees_a_town_is_not_who_took_the_last_one() -> None:
    text = (
        "Al-Shabaab took Jalalaqsi on Monday and Jowhar on Tuesday. The Ugandan contingent "
        "announced the liberation of Baardheere."
    )
    freed = [c for c in claims(text, "SO") if "Baardheere" in {p.surface for p in c.places}]
    assert freed
    assert not any(c.actor and c.actor.name == "Al-Shabaab" for c in freed)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Clan fighters abandoned Buloburde to al-Shabaab on Monday.", "SO"),
        ("Local police had abandoned Jowhar to Al-Shabaab by noon.", "SO"),
    ],
)
def test_a_town_abandoned_to_somebody_is_theirs(text: str, country: str) -> None:
    (taken,) = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert taken.actor is not None
    assert taken.actor.name == "Al-Shabaab"


def test_half_a_city_is_no_city() -> None:
    text = "The Islamic State took Mosul. Residents said half the city had fallen."
    halves = [c for c in claims(text, "IQ") if "half" in c.quote]
    assert halves
    assert {p.role.value for c in halves for p in c.places} == {"near"}


def test_where_troops_left_from_is_not_what_it_lies_beside() -> None:
    text = "Israeli forces pulled out of Rafah, south of Khan Younis, on Friday."
    (left,) = [c for c in claims(text, "PS") if c.kind is Kind.WITHDRAWAL]
    assert [p.surface for p in left.places] == ["Rafah"]


def test_talk_of_cutting_a_road_cuts_none() -> None:
    text = "Militia commanders speak of cutting the road at Tal Afar within a week."
    assert not any(c.status.is_current for c in claims(text, "IQ"))


def test_a_plan_to_cut_a_road_cuts_none() -> None:
    text = "The plan was to cut the highway at Zabid and let the garrison starve."
    assert not any(c.status.is_current for c in claims(text, "YE"))


def test_the_wounded_who_are_carried_to_hospital_do_not_flee() -> None:
    text = (
        "Two raids hit Zabid, and twenty-one people were carried to the hospital in Bayt al-Faqih."
    )
    article = Article(id="t", text=text, country="YE")
    found = TwoReaders(gazetteer()).code(article)[0]
    assert not any(c.kind is Kind.DISPLACEMENT and c.status.is_current for c in found)


def test_a_loss_that_is_only_mentioned_takes_nothing_from_who_holds_it_now() -> None:
    text = (
        "M23 rebels seized Walikale on Monday. Following the loss of Walikale, the army brought in "
        "reinforcements. Its troops retook Walikale on Thursday."
    )
    found = [c for c in claims(text, "CD") if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    assert [(c.actor and c.actor.name, c.date and c.date.words) for c in found] == [
        ("M23", "Monday"),
        ("Congolese army", "Thursday"),
    ]


def test_who_was_there_before_is_not_where_others_came_from() -> None:
    text = (
        "The raid sent some 9,400 people to Chiúre, where two schools were already housing 11,000 "
        "from Ocua. A further 1,870 families are being hosted in Namapa."
    )
    moved = [c for c in claims(text, "MZ") if "1,870" in c.quote]
    assert moved
    assert "Ocua" not in {p.surface for c in moved for p in c.places}
