"""Towns that a text itself calls contested, and towns told of before that are taken as "it"."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import actor_name, claims, gazetteer, names

from mapgen.coding import code_articles
from mapgen.merging.events import situation_of
from mapgen.model import Article, Kind, Standing, Status
from mapgen.reasons import says_contested
from mapgen.situation.holders import holder_timeline

CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}


@pytest.mark.parametrize(
    ("text", "country", "towns"),
    [
        ("Half of Lashio is disputed.", "MM", {"Lashio"}),
        ("Vovchansk remains contested.", "UA", {"Vovchansk"}),
        ("Control of Toretsk is contested.", "UA", {"Toretsk"}),
        ("The centre of Pokrovsk is contested.", "UA", {"Pokrovsk"}),
        ("Kupiansk is hotly contested by both sides.", "UA", {"Kupiansk"}),
        ("Who controls Bakhmut is disputed.", "UA", {"Bakhmut"}),
        ("Kupiansk, which is contested, was shelled.", "UA", {"Kupiansk"}),
        ("Rebels entered Bama on Monday. Half of the town is contested.", "NG", {"the town"}),
        ("In Loikaw, both sides still hold parts of the city.", "MM", {"the city"}),
        ("The gangs of Viv Ansanm control most of Port-au-Prince.", "HT", {"Port-au-Prince"}),
        ("Russian troops hold half of Toretsk.", "UA", {"Toretsk"}),
        ("The Arakan Army controls large parts of Sittwe.", "MM", {"Sittwe"}),
    ],
)
def test_a_town_that_the_text_calls_contested_has_no_holder(text, country, towns):
    found = [c for c in claims(text, country) if says_contested(c.reasons)]
    assert {n for c in found for n in names(c)} == towns
    assert {c.kind for c in found} == {Kind.CONTROL_STATE}
    assert all(c.actor is None and c.status is Status.ASSERTED for c in found)


def test_who_holds_a_share_of_a_town_does_not_have_it() -> None:
    text = "Russian forces control around 80 percent of Toretsk, the Ukrainian military said."
    (found,) = claims(text, "UA")
    assert says_contested(found.reasons)
    assert (names(found), found.status) == (["Toretsk"], Status.CLAIMED)
    assert found.attribution is not None
    assert found.attribution.name == "Ukrainian military"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Nagorno-Karabakh has long been disputed.", "AZ"),
        ("The election in Ganja was contested.", "AZ"),
        ("Lachin is disputed between the two countries.", "AZ"),
        ("The figure for Agdam is disputed.", "AZ"),
        ("The army disputed the claim about Bara.", "SD"),
        ("Bara is not contested.", "SD"),
        ("The RSF controls most of the trade in Nyala.", "SD"),
        ("The RSF controls most of Darfur.", "SD"),
        ("The Arakan Army controls all of Sittwe.", "MM"),
        ("Bara had been contested for months before the army took it.", "SD"),
        ("The sovereignty of Abyei is disputed by both states.", "SD"),
    ],
)
def test_what_else_is_contested_or_disputed_is_no_contested_town(text, country):
    assert not [c for c in claims(text, country) if says_contested(c.reasons)]


def test_it_is_drawn_as_contested_with_who_says_so():
    text = "Control of Toretsk is contested, according to DeepState."
    article = Article(id="a", text=text, country="UA", published_on=date(2024, 7, 30))
    situation = situation_of(code_articles([article], gazetteer()))
    (event,) = situation.events
    assert event.standing is Standing.CONTESTED
    assert event.rule == "Contested: so says DeepState."
    assert holder_timeline(situation).spell_of(event).is_contested


TAKEN = [
    ("Wad Madani was calm until last week. On Monday the RSF took it.", "SD", "RSF"),
    ("Bara was calm until last week. The RSF took it on the 18th.", "SD", "RSF"),
    ("Then Sinjar, the last town before the mountain. Islamic State took it.", "IQ", "ISIS"),
    ("Damasak, occupied for a week before soldiers took it back, is calm.", "NG", "soldiers"),
]


@pytest.mark.parametrize(("text", "country", "party"), TAKEN)
def test_a_town_told_of_before_is_it_that_was_taken(text, country, party):
    (taken,) = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert names(taken) == ["it"]
    assert taken.places[0].place_id is not None
    name = actor_name(taken) or ""
    assert party in name or {"RSF": "Rapid Support", "ISIS": "Islamic State"}[party] in name


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Wad Madani was calm until last week. The RSF took it seriously.", "SD"),
        ("A convoy with food left Wad Madani on Monday. The RSF took it.", "SD"),
        ("Wad Madani fears an attack. The army took it upon itself to warn people.", "SD"),
        ("Wad Madani fears an attack. Army soldiers took it as a sign.", "SD"),
        ("Tigyaing was held by the rebels for a day.", "MM"),
        ("Zemio, held in June by the UPC until peacekeepers came, was quiet.", "CF"),
        (
            "Loikaw was quiet. A dash that a rebel spokesman presented as the capture of the city "
            "ended at the first houses.",
            "MM",
        ),
        ("In the west, people rest; in the east, the GNA flag was raised.", "LY"),
    ],
)
def test_what_else_is_taken_or_held_for_a_day_is_no_holder_of_now(text, country):
    found = claims(text, country)
    assert not [c for c in found if c.kind in CONTROL and c.status.is_current]


@pytest.mark.parametrize(
    ("text", "country", "town", "party"),
    [
        (
            "In the west, Tarhuna was quiet; the GNA flag was raised over its central square.",
            "LY",
            "Tarhuna",
            "Government of National Accord (GNA)",
        ),
        ("The RSF flag was raised over Sinja.", "SD", "Sinja", "Rapid Support Forces"),
        (
            "In the east, rebels left Sloviansk, and the Ukrainian flag was flying over the hall.",
            "UA",
            "Sloviansk",
            "Ukrainian forces",
        ),
    ],
)
def test_a_flag_flies_over_a_town_for_the_side_whose_it_is(text, country, town, party):
    (taken,) = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert names(taken) == [town]
    assert actor_name(taken) == party


@pytest.mark.parametrize(
    ("text", "country", "town", "n"),
    [
        ("Six dead in Kostiantynivka after a shell struck a minibus.", "UA", "Kostiantynivka", 6),
        ("Seven dead in Talish, five of them in a house hit by a rocket.", "AZ", "Talish", 7),
        ("Nine wounded in Idlib as warplanes bombed a market.", "SY", "Idlib", 9),
    ],
)
def test_a_line_that_begins_with_the_dead_tells_a_strike(text, country, town, n):
    (strike,) = [c for c in claims(text, country) if c.kind is Kind.STRIKE]
    assert names(strike) == [town]
    assert strike.quantity is not None
    assert strike.quantity.best == n


@pytest.mark.parametrize(
    ("text", "country", "towns"),
    [
        ("Only Hasakah, encircled, still holds out.", "SY", ["Hasakah"]),
        ("Zintan, besieged, was shelled.", "LY", ["Zintan"]),
        ("Nalut, surrounded by olive groves, is calm.", "LY", []),
        ("Six dead in a bus crash in Lviv.", "UA", []),
        ("Taiz, surrounded by mountains, was quiet.", "YE", []),
    ],
)
def test_a_town_besieged_by_an_aside_and_one_among_hills(text, country, towns):
    sieges = [c for c in claims(text, country) if c.kind is Kind.SIEGE]
    assert [n for c in sieges for n in names(c)] == towns


def test_a_town_explained_before_its_siege_is_told():
    text = "Laukkai, the capital of the Kokang region, which is cut off on all sides, is hungry."
    (siege,) = [c for c in claims(text, "MM") if c.kind is Kind.SIEGE]
    assert names(siege) == ["Laukkai"]


@pytest.mark.parametrize(
    ("text", "country", "town", "party"),
    [
        ("Khampat also remains in resistance hands.", "MM", "Khampat", "resistance forces"),
        ("Saraqib is still in opposition hands.", "SY", "Saraqib", "opposition"),
        ("Kupiansk is in Ukrainian hands.", "UA", "Kupiansk", "Ukrainian forces"),
    ],
)
def test_a_town_is_in_the_hands_of_a_side_named_by_an_adjective(text, country, town, party):
    (held,) = [c for c in claims(text, country) if c.kind in CONTROL]
    assert names(held) == [town]
    assert party.casefold() in (actor_name(held) or "").casefold()
