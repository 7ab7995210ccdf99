"""Faults that pages of unseen articles showed: washes, tolls, speakers, and who went home."""

from __future__ import annotations

import functools
from types import SimpleNamespace

import pytest
from coding_kit import FRIDAY, claims, gazetteer, names
from situation_kit import place

from mapgen.coding import TwoReaders
from mapgen.model import Article, Claim, Kind, Role, SentenceRecord
from mapgen.situation import elsewhere

MOZAMBIQUE = (
    "Militants seize coastal post in northern Mozambique, residents say\n\n"
    "PEMBA, Mozambique - Islamist fighters overran the administrative post of Mucojo on "
    "Mozambique's northern coast on Tuesday after government troops pulled out, two sources said."
)


@functools.cache
def _coder() -> TwoReaders:
    return TwoReaders(gazetteer())


def read(text: str, country: str) -> tuple[list[Claim], list[SentenceRecord]]:
    """Return what both readers find."""
    return _coder().code(Article(id="a", text=text, country=country, published_on=FRIDAY))


def test_a_title_without_the_town_colours_no_part_of_the_country() -> None:
    found, sentences = read(MOZAMBIQUE, "MZ")
    taken = [c for c in found if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    assert [names(c) for c in taken] == [["Mucojo"]]
    assert sentences[0].left_off == "the places are named elsewhere in the article"


def test_an_administrative_post_is_taken_with_its_town() -> None:
    [taken] = [c for c in read(MOZAMBIQUE, "MZ")[0] if names(c) == ["Mucojo"]]
    assert taken.places[0].role is Role.AT


def test_an_office_in_a_town_is_still_only_near_it() -> None:
    text = (
        "Rebels and soldiers fought near Palma on Monday. Rebels captured the police post in Palma."
    )
    taken = [c for c in read(text, "MZ")[0] if c.kind is Kind.CONTROL_CHANGE]
    assert [p.role for c in taken for p in c.places] == [Role.NEAR]


def test_who_denies_a_claim_behind_a_semicolon_does_not_quote_it() -> None:
    text = (
        "Rebels and soldiers fought near Goma. M23 claimed that it had also entered Kamanyola; the "
        "army denied this and said its forces were still present."
    )
    said = {c.attribution.name for c in claims(text, "CD") if names(c) == ["Kamanyola"]}
    assert said == {"M23"}


def test_most_of_our_units_are_no_people_who_flee() -> None:
    text = (
        "Libya's GNA and the LNA fight for Tripoli. An LNA official said that “most of our units” "
        "have left Gharyan, some of them for Tarhuna."
    )
    found = [c for c in claims(text, "LY") if c.status.is_current]
    assert not [c for c in found if c.kind is Kind.DISPLACEMENT]
    assert [names(c) for c in found if c.kind is Kind.WITHDRAWAL] == [["Gharyan"]]


def test_who_has_gone_home_is_displaced_no_more() -> None:
    text = (
        "Fighters took Mucojo on Tuesday. About a million people were displaced at the height of "
        "the war in Mozambique, of whom some 600,000 have gone home."
    )
    figures = [
        c.quantity.best for c in claims(text, "MZ") if c.kind is Kind.DISPLACEMENT if c.quantity
    ]
    assert 600_000 not in figures


def _hit(key: str, unit: str) -> SimpleNamespace:
    return SimpleNamespace(id=key, kind=Kind.STRIKE, places=(place(key),), unit=unit)


@pytest.mark.parametrize(
    ("units", "lead"),
    [
        (["killed", "killed"], "Killed."),
        (["injured"], "Injured."),
        (["killed", "injured"], "Killed and injured."),
    ],
)
def test_the_lead_says_whether_people_were_killed_or_injured(
    monkeypatch: pytest.MonkeyPatch, units: list[str], lead: str
) -> None:
    monkeypatch.setattr(elsewhere, "toll_words", lambda e: f"one {e.unit}")
    monkeypatch.setattr(elsewhere, "first_toll", lambda e: e.unit)
    monkeypatch.setattr(elsewhere, "least_of", lambda _: 1)
    events = [_hit(f"t:{name}", unit) for name, unit in zip(("alba", "bero"), units, strict=False)]
    told = elsewhere.tolls_part(events)
    assert told[0] == lead
    assert told[1].startswith("Alba: one ")


DIGEST = (
    "North-east Nigeria digest, 6 December 2024\n\nMARTE\n\nFighters of ISWAP overran the town on "
    "Monday and the garrison withdrew to Dikwa, two security sources said. Some 7,000 people from "
    "Marte have arrived in Dikwa.\n\nRANN\n\nSoldiers beat off an ISWAP assault on Wednesday. A "
    "resident of Rann confirmed it.\n\nDAMBOA\n\nSome 320 households have moved to Damboa town."
)


def test_the_town_below_a_heading_is_the_town_that_it_names() -> None:
    taken = [c for c in read(DIGEST, "NG")[0] if c.kind is Kind.CONTROL_CHANGE]
    assert [[p.name for p in c.places] for c in taken] == [["Marte"]]


def test_fighting_below_a_heading_is_there_and_who_moved_came_from_no_other_item() -> None:
    found = read(DIGEST, "NG")[0]
    assert [[p.name for p in c.places] for c in found if c.kind is Kind.CLASH] == [["Rann"]]
    [came] = [c for c in found if names(c, Role.DESTINATION) == ["Damboa"]]
    assert names(came, Role.ORIGIN) == []


ROADS = [
    (
        "One driver was killed when CPC gunmen ambushed lorries near Baboua, on the supply road "
        "from Garoua-Boulai to Bangui.",
        "CF",
        ["Baboua"],
    ),
    (
        "Rebels attacked a convoy near Damboa, on the Biu-Maiduguri road, on Monday.",
        "NG",
        ["Damboa"],
    ),
]


@pytest.mark.parametrize(("text", "country", "towns"), ROADS)
def test_the_ends_of_a_road_were_not_attacked(text: str, country: str, towns: list[str]) -> None:
    fought = [c for c in claims(text, country) if c.kind in {Kind.CLASH, Kind.STRIKE}]
    assert [names(c) for c in fought] == [towns]


def test_forty_one_children_are_no_movement_beside_those_they_belong_to() -> None:
    text = (
        "Russian troops shelled Kharkiv. Buses brought 260 people, 41 of them children, to Kharkiv "
        "today from Kupiansk-Vuzlovyi and the eastern bank of Kupiansk, the governor says."
    )
    moved = [c for c in read(text, "UA")[0] if c.kind is Kind.DISPLACEMENT and c.quantity]
    assert [(c.quantity.best, names(c, Role.DESTINATION)) for c in moved] == [(260, ["Kharkiv"])]


def test_those_who_move_do_not_speak() -> None:
    text = (
        "Rebels seized Dekoa on Thursday. About 4,500 residents have left Dekoa since, most of "
        "them for the bush, a worker with a medical charity said."
    )
    [fled] = [c for c in claims(text, "CF") if c.kind is Kind.DISPLACEMENT]
    assert fled.attribution is not None
    assert fled.attribution.name == "worker with a medical charity"


def test_a_continent_is_no_name_of_a_town() -> None:
    text = "Rebels seize Central African town\n\nRebels seized the town of Dekoa on Thursday."
    assert "African" not in {p.surface for c in read(text, "CF")[0] for p in c.places}
