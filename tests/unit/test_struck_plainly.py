"""Strikes, attacks, sieges and their dead as short reports tell them: where, by whom, how many."""

from __future__ import annotations

import pytest
from readers_kit import read_twice

from mapgen.coding.english.tolls import INCIDENTS
from mapgen.coding.english.victims_listed import listed_victims
from mapgen.model import Kind

WAR = " The army and rebels fought on elsewhere."


def _told(text: str, country: str, day: str = "2022-07-14") -> list[tuple[Kind, str, int | None]]:
    return [
        (c.kind, c.places[0].surface, c.quantity.low if c.quantity else None)
        for c in read_twice(text + WAR, country, day)
        if c.kind in INCIDENTS | {Kind.SIEGE, Kind.SUPPLY_LINE}
    ]


@pytest.mark.parametrize(
    ("text", "country", "told"),
    [
        (
            "A glide bomb hit a hardware shop in Vovchansk, close to the border, and wounded three "
            "people.",
            "UA",
            (Kind.STRIKE, "Vovchansk", 3),
        ),
        (
            "In neighbouring Hama province, Kafr Zita, held by rebels since August, was bombed "
            "three times on Monday.",
            "SY",
            (Kind.STRIKE, "Kafr Zita", None),
        ),
        (
            "Kafr Zita was bombed three times on Monday; a baker and two brothers died.",
            "SY",
            (Kind.STRIKE, "Kafr Zita", 3),
        ),
        (
            "Mortar rounds landed in Lysychansk in the morning, killing two pensioners.",
            "UA",
            (Kind.STRIKE, "Lysychansk", 2),
        ),
        (
            "Rockets fired from Saada, in Houthi hands for years, struck a school at Najran, "
            "killing one.",
            "YE",
            (Kind.STRIKE, "Najran", 1),
        ),
        (
            "Rockets fired from Lebanon set a shed ablaze in Nahariya, in northern Israel, "
            "wounding one person.",
            "IL",
            (Kind.STRIKE, "Nahariya", 1),
        ),
        (
            "Air raids continue; one at Saraqib left five dead on Monday night.",
            "SY",
            (Kind.STRIKE, "Saraqib", 5),
        ),
        (
            "Russian missiles damaged a port warehouse in Izmail.",
            "UA",
            (Kind.STRIKE, "Izmail", None),
        ),
        (
            "The worst reported killing was in Ardamata, where at least 800 people died on Sunday.",
            "SD",
            (Kind.ATTACK_ON_CIVILIANS, "Ardamata", 800),
        ),
        (
            "19 civilians lost their lives at Banibangou on 12 July.",
            "NE",
            (Kind.ATTACK_ON_CIVILIANS, "Banibangou", 19),
        ),
        (
            "Banibangou: gunmen on motorcycles opened fire at the market.",
            "NE",
            (Kind.ATTACK_ON_CIVILIANS, "Banibangou", None),
        ),
        (
            "In Maungdaw township, soldiers torched Kyein Chaung village on Monday.",
            "MM",
            (Kind.ATTACK_ON_CIVILIANS, "Kyein Chaung", None),
        ),
        (
            "Soldiers set the village of Tremseh alight on Monday.",
            "SY",
            (Kind.ATTACK_ON_CIVILIANS, "Tremseh", None),
        ),
        (
            "The patrol ran into an ambush at Amvrosiivka, where nineteen soldiers died, and got "
            "no further.",
            "UA",
            (Kind.CLASH, "Amvrosiivka", 19),
        ),
        (
            "The Islamic State group has now cut every road out of Deir ez-Zor and told soldiers "
            "to surrender.",
            "SY",
            (Kind.SIEGE, "Deir ez-Zor", None),
        ),
        (
            "A car bomb blew up outside a police post in Jamundi on Sunday; two policemen dead, "
            "nine hurt, officials said.",
            "CO",
            (Kind.ATTACK_ON_CIVILIANS, "Jamundi", 2),
        ),
        (
            "Rebels have sealed off Bani Walid on all sides.",
            "LY",
            (Kind.SIEGE, "Bani Walid", None),
        ),
    ],
)
def test_what_short_reports_tell(text: str, country: str, told: tuple[Kind, str, int]) -> None:
    assert told in _told(text, country)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A truck hit a hardware shop in Vovchansk and wounded three people.", "UA"),
        ("A roadside bomb was found and defused in Djibo on 30 March.", "BF"),
        ("A plane of the United Nations landed in Lysychansk in the morning.", "UA"),
        ("Rockets fired from Belgorod at Kharkiv were all intercepted.", "UA"),
        ("Saudi forces held an exercise in which rockets hit a mock village near Jizan.", "SA"),
        (
            "Lawyers compared the killings with those at Ardamata, where 800 people died in "
            "November.",
            "SD",
        ),
        ("Farmers set fire to stubble near Buthidaung.", "MM"),
        ("Lightning set fire to Sittwe's market on Sunday, burning 60 houses.", "MM"),
        ("Soldiers burned 180 kilos of cannabis in Leer on Friday.", "SS"),
        ("Protesters set a police station alight in Juba on Friday.", "SS"),
        ("Residents of Maungdaw said they feared that soldiers would torch it.", "MM"),
        ("Helicopters hit a school in Idlib last year, killing six.", "SY"),
        ("The airport at Man was bombed twice in 2001.", "CI"),
        (
            "Word of an attack on Menaka spread on 11 July; shops closed and nothing came of it.",
            "ML",
        ),
        ("Air defence missiles destroyed twelve drones over Odesa.", "UA"),
        ("The army denied that a column had run into an ambush at Amvrosiivka.", "UA"),
        ("The patrol avoided an ambush near Gwoza.", "NG"),
        ("The worst flooding was in Izium, where nine people died on Friday.", "UA"),
        ("1,900 civilians have lost their lives at Banibangou since January.", "NE"),
        ("20 civilians lost their lives in Pemba when a cyclone hit.", "MZ"),
        ("The Red Cross counted 14 bodies in Bor after the flood.", "SS"),
        ("In 1991 he had counted 200 bodies in Bor.", "SS"),
        ("The army fears that rebels could cut every road out of Idlib.", "SY"),
        ("Hills ring Kramatorsk.", "UA"),
        ("Rebels opened fire in the air at a wedding in Idlib.", "SY"),
        ("A tyre blew up in Jamundi on Sunday.", "CO"),
        ("One in five houses in Beryslav has burned since March.", "UA"),
        ("Boko Haram has not cut every road out of Damboa, the army said.", "NG"),
    ],
)
def test_look_alikes_tell_no_attack(text: str, country: str) -> None:
    assert _told(text, country) == []


def test_another_is_a_raid_of_the_same_side() -> None:
    text = "An Israeli air raid killed four people in a flat in Tyre. Another killed three in Qana."
    found = {
        (c.places[0].surface, c.actor.name if c.actor else None, c.quantity.low)
        for c in read_twice(text, "LB", "2024-10-01")
        if c.kind is Kind.STRIKE and c.quantity
    }
    assert found == {("Tyre", "Israeli forces", 4), ("Qana", "Israeli forces", 3)}


def test_shells_from_a_town_are_those_of_who_holds_it() -> None:
    text = "Shells fired from Enerhodar hit a clinic at Nikopol, killing two."
    held = " Russian troops hold Enerhodar."
    found = [c for c in read_twice(text + held, "UA", "2022-07-09") if c.kind is Kind.STRIKE]
    assert [(c.places[0].surface, c.actor and c.actor.name) for c in found] == [
        ("Nikopol", "Russian forces")
    ]
    alone = [c for c in read_twice(text + WAR, "UA", "2022-07-09") if c.kind is Kind.STRIKE]
    assert [(c.places[0].surface, c.actor) for c in alone] == [("Nikopol", None)]


def test_shells_from_a_town_that_is_theirs_are_those_of_who_took_the_one_before() -> None:
    text = (
        "The Rapid Support Forces seized Rufaa on Monday and have ringed Hasaheisa, where wells "
        "are reported poisoned. Shells fired from Sinja, theirs since June, hit a mosque at "
        "Sennar, killing three."
    )
    found = read_twice(text, "SD", "2024-10-27")
    siege = [c for c in found if c.kind is Kind.SIEGE]
    strike = next(c for c in found if c.kind is Kind.STRIKE)
    assert [c.places[0].surface for c in siege] == ["Hasaheisa"]
    assert strike.actor is not None
    assert (strike.actor.name, strike.places[0].surface) == ("Rapid Support Forces", "Sennar")
    assert strike.date is None or strike.date.start is None or strike.date.start.month != 6
    assert strike.quantity is not None
    assert strike.quantity.low == 3


def test_the_head_of_an_article_leads_none_of_its_paragraphs() -> None:
    text = (
        "Siege tightens\nBOUAKÉ, Ivory Coast, 14 May 2011\n\n"
        "Rebels and soldiers fought with mortars in the west.\n\n"
        "Less is clear elsewhere. A priest counted 35 bodies on Tuesday."
    )
    found = read_twice(text, "CI", "2011-05-14")
    assert not [c for c in found if c.kind is Kind.ATTACK_ON_CIVILIANS]


def test_a_ward_that_no_list_has_is_the_town_of_its_paragraph() -> None:
    text = (
        "Russian troops have been fighting in Rubizhne since Monday. Jets bombed the Pivdenna "
        "quarter twice; four dead, rescuers said."
    )
    found = [c for c in read_twice(text, "UA", "2022-03-19") if c.kind is Kind.STRIKE]
    assert [(c.places[0].name, c.quantity.low) for c in found if c.quantity] == [("Rubizhne", 4)]


def test_a_line_gives_the_toll_of_the_line_before() -> None:
    text = (
        "Soldiers and rebels fought with mortars near Arbinda.\n\n"
        "Djibo (Soum province): a roadside bomb destroyed a lorry on 30 March. Three dead, four "
        "injured."
    )
    found = [c for c in read_twice(text, "BF", "2021-04-02") if c.places[0].surface == "Djibo"]
    assert {c.kind for c in found} == {Kind.ATTACK_ON_CIVILIANS}
    assert [c.quantity.low for c in found if c.quantity] == [3]


@pytest.mark.parametrize(
    ("text", "town"),
    [
        (
            "Less is clear in Malakal. Rebels have held most of the town since Tuesday. A priest "
            "said some 8,000 people were sheltering in his church and that he had counted 35 "
            "bodies on Wednesday.",
            "Malakal",
        ),
        ("Malakal is quiet.\n\nRebels fight the army. A priest counted 35 bodies.", None),
    ],
)
def test_bodies_are_counted_in_the_town_of_the_paragraph(text: str, town: str | None) -> None:
    found = [
        (c.places[0].name, c.quantity.low if c.quantity else None)
        for c in read_twice(text, "SS", "2013-12-19")
        if c.kind is Kind.ATTACK_ON_CIVILIANS
    ]
    assert found == ([(town, 35)] if town else [])


def test_a_cut_road_is_at_no_town_of_another_paragraph() -> None:
    text = (
        "Odesa is quiet. Ukrainian and Russian troops fight on.\n\n"
        "Russian troops have cut the main road."
    )
    assert not [c for c in read_twice(text, "UA", "2022-04-12") if c.kind is Kind.SUPPLY_LINE]


def test_coalition_jets_are_the_coalitions() -> None:
    found = read_twice("Coalition jets bombed Sanaa on Monday.", "YE", "2016-09-11")
    assert [c.actor.name for c in found if c.actor] == ["Coalition"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a monk and two traders died", 3),
        ("A teacher, a cook and her two sons were killed", 4),
        ("twelve men, a woman and 3 children dead", 16),
        ("a truck and two houses burned", None),
        ("two traders died", None),
    ],
)
def test_victims_listed_are_added_up(words: str, number: int | None) -> None:
    assert [v.number for v in listed_victims(words)] == ([number] if number else [])
