"""Named parties are found in full; general words mean the party the article names."""

from __future__ import annotations

from coding_kit import actor_name, claim, claims

from mapgen.core.tables.actors import Cast, default_table
from mapgen.model import Kind

TEXT = (
    "Opposition fighters led by Hayat Tahrir al-Sham (HTS) pushed south, and rebels reached"
    " the river. The Syrian National Army stayed out. Syrian troops withdrew; Hamas said nothing."
)


def test_named_parties_are_found_with_their_spans() -> None:
    found = [(TEXT[m.start : m.end], m.party.id) for m in default_table().find(TEXT)]
    assert found == [
        ("Hayat Tahrir al-Sham", "syria:hts"),
        ("HTS", "syria:hts"),
        ("Syrian National Army", "syria:sna"),
        ("Syrian troops", "syria:gov"),
        ("Hamas", "ps:hamas"),
    ]


def test_rebels_are_the_ones_the_article_names_most() -> None:
    cast = Cast.of(default_table(), TEXT, "SY")
    rebels = cast.resolve("the rebels")
    assert rebels is not None
    assert (rebels.id, rebels.name, rebels.side) == ("syria:hts", "HTS-led rebels", "syria:hts")
    army = cast.resolve("government forces")
    assert army is not None
    assert army.id == "syria:gov"


def test_an_unknown_group_is_kept_as_written() -> None:
    cast = Cast.of(default_table(), "Nobody is named here.", "HT")
    actor = cast.resolve("the Kraze gang fighters")
    assert actor is not None
    assert actor.name == "Kraze gang fighters"


def test_the_opponent_is_given_only_when_the_article_names_it() -> None:
    table = default_table()
    hts = Cast.of(table, TEXT, "SY").resolve("HTS")
    opponent = Cast.of(table, TEXT, "SY").opponent(hts)
    assert opponent is not None
    assert opponent.id == "syria:gov"
    assert Cast.of(table, "HTS took the town.", "SY").opponent(hts) is None


def test_people_are_no_party() -> None:
    assert Cast.of(default_table(), TEXT, "SY").resolve("thousands of residents") is None


def test_the_opposition_of_a_country_is_not_its_army() -> None:
    told = claim(
        "Syrian opposition fighters captured Rastan from government forces on Friday.",
        Kind.CONTROL_CHANGE,
    )
    assert told.actor is not None
    assert told.actor.name == "Syrian opposition fighters"
    assert told.from_actor is not None
    assert told.from_actor.id == "syria:gov"


def test_another_nation_s_army_is_not_this_country_s() -> None:
    text = "A Ugandan army spokesman said its soldiers had deployed in Bunia."
    found = claim(text, Kind.REINFORCEMENT, "CD")
    assert actor_name(found) == "Ugandan army"
    found = claim("US military aircraft bombed Palmyra.", Kind.STRIKE)
    assert actor_name(found) == "US military aircraft"


def test_a_weapon_is_no_party() -> None:
    assert claim("A fighter jet bombed a market in Idlib.", Kind.STRIKE).actor is None
    found = claim("Russian warplanes bombed Idlib.", Kind.STRIKE)
    assert actor_name(found) == "Russia"


def test_the_group_is_never_the_army() -> None:
    text = "JNIM attacked Mopti. Malian troops left Tessit. The group captured Menaka."
    found = claim(text, Kind.CONTROL_CHANGE, "ML")
    assert actor_name(found) == "JNIM"


def test_a_relief_group_does_not_fight() -> None:
    text = "Some 9,000 people fled Palmyra, a local relief group said. The group left Idlib."
    assert {c.kind for c in claims(text)} == {Kind.DISPLACEMENT}


def test_an_affiliate_is_not_the_party() -> None:
    text = "JNIM, an al-Qaeda affiliate, attacked. Islamist militants captured Djibo."
    found = claim(text, Kind.CONTROL_CHANGE, "BF")
    assert actor_name(found) == "JNIM"


def test_the_junta_of_one_country_is_nobody_in_another() -> None:
    cast = Cast.of(default_table(), "The junta was silent. The army retook Solenzo.", "BF")
    assert cast.parties == {}
    army = cast.resolve("the army")
    assert army is not None
    assert army.id == "bfa:army"


def test_an_army_named_alone_is_not_that_of_another_country() -> None:
    text = "The South Sudan People's Defence Forces rested. Mogadishu is held by the government."
    found = claim(text, Kind.CONTROL_STATE, "SO")
    assert actor_name(found) == "Somali government forces"


def test_an_apposition_names_the_partner() -> None:
    text = (
        "Its Brotherhood Alliance partner, the Ta'ang National Liberation Army, was busy. "
        "It took Mogok."
    )
    found = claim(text, Kind.CONTROL_CHANGE, "MM")
    assert actor_name(found) == "Ta'ang National Liberation Army"


def test_it_is_not_the_plural_told_of_last() -> None:
    text = (
        "Israel said it would not let regime forces take up positions. "
        "It has occupied parts of the Golan Heights since 1967."
    )
    (found,) = [c for c in claims(text) if c.status.is_current]
    assert found.kind is Kind.CONTROL_STATE  # held for long: no change
    assert actor_name(found) == "Israeli forces"


def test_elements_are_those_of_the_ministry_that_tells() -> None:
    text = "Russia's Defence Ministry announced that elements of the Sever group took Sudzha."
    found = claim(text, Kind.CONTROL_CHANGE, "RU")
    assert found.actor is not None
    assert found.actor.id == "ukraine:rus"


def test_an_army_with_a_name_of_its_own_is_not_the_state_s() -> None:
    cast = Cast.of(default_table(), "Nobody is named here.", "SS")
    named, plain = cast.resolve("the White Army"), cast.resolve("the army")
    assert named is not None
    assert plain is not None
    assert (named.name, plain.id) == ("White Army", "ssudan:sspdf")
