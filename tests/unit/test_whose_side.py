"""Whose side took or holds a town: a wrong side misleads most, so that none is better than it."""

from __future__ import annotations

import functools
from datetime import date

import pytest
from coding_kit import actor_name, gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article, Claim, Kind
from mapgen.reading.line_wrapping import paragraph_starts

CHANGE, STATE = Kind.CONTROL_CHANGE, Kind.CONTROL_STATE


@functools.cache
def readers() -> TwoReaders:
    return TwoReaders(gazetteer())


def drawn(text: str, day: str, country: str | None) -> list[Claim]:
    """Return what a map would show of who took or holds a town."""
    article = Article(
        id="test",
        text=text,
        country=country,
        published_on=date.fromisoformat(day),
        paragraphs=paragraph_starts(text),
    )
    told, _ = readers().code(article)
    kinds = {CHANGE, STATE}
    return [c for c in told if c.kind in kinds and c.status.is_current and c.places]


def at_town(town: str, text: str, day: str, country: str | None) -> Claim:
    """Return the one claim that a map would show at a town."""
    found = [c for c in drawn(text, day, country) if any(p.surface == town for p in c.places)]
    assert len(found) == 1, [(c.kind, actor_name(c), c.quote) for c in found]
    return found[0]


SINCE_AND_STILL = [
    (
        "Azerbaijani troops are regrouping. Zangilan has been Armenian since October.",
        ("1993-11-20", "AZ", "Zangilan", "Armenian forces", CHANGE),
    ),
    (
        "Government forces were bombed. Huambo has been UNITA's since March.",
        ("1993-05-20", "AO", "Huambo", "UNITA", CHANGE),
    ),
    (
        "Turkish jets struck the road. Dabiq has been rebel-held since Sunday.",
        ("2016-10-20", "SY", "Dabiq", "rebels", CHANGE),
    ),
    (
        "The army shelled the market. Zalingei: RSF-held since 31 October.",
        ("2023-11-05", "SD", "Zalingei", "Rapid Support Forces", CHANGE),
    ),
    (
        "Taliban fighters closed the road. Kunduz airport is still the army's.",
        ("2015-10-05", "AF", "Kunduz airport", "Afghan government forces", STATE),
    ),
    (
        "Separatists shelled the road. Volnovakha is still Ukrainian.",
        ("2014-08-10", "UA", "Volnovakha", "Ukrainian forces", STATE),
    ),
    (
        "Abkhaz forces shelled the coast. Ochamchire is with the government.",
        ("1993-09-20", "GE", "Ochamchire", "Georgian army", STATE),
    ),
    (
        "Iraqi troops fled. Tikrit, Baiji, Sharqat: all three have gone over to Islamic State.",
        ("2014-06-20", "IQ", "Baiji", "Islamic State (ISIS)", CHANGE),
    ),
    (
        "The army shelled the coast. Thandwe: the airport and Ngapali beach are under AA control "
        "from 5 July onward.",
        ("2024-07-10", "MM", "Ngapali", "Arakan Army", CHANGE),
    ),
]


@pytest.mark.parametrize(("text", "row"), SINCE_AND_STILL)
def test_whose_town_it_is_since_a_day_or_still(
    text: str, row: tuple[str, str, str, str, Kind]
) -> None:
    day, country, town, holder, kind = row
    told = at_town(town, text, day, country)
    assert (actor_name(told), told.kind) == (holder, kind)


@pytest.mark.parametrize(
    ("text", "day", "country"),
    [
        ("Shells hit the market. Mykolaiv has been dangerous since Monday.", "2022-03-20", "UA"),
        ("Azerbaijani units regroup. Shusha has been Armenian for centuries.", "1992-06-20", "AZ"),
        ("Yugoslav forces dug in. Pristina has been Serbian since 1912.", "1999-04-05", "XK"),
        ("Russian forces dug in. Kherson could be Ukrainian by winter.", "2022-09-20", "UA"),
        ("Russian forces dug in. Donetsk is Ukrainian territory, he said.", "2022-10-05", "UA"),
        ("Russian troops shelled the town. Lyman is not Ukrainian.", "2022-10-05", "UA"),
        ("The RSF shelled the depots. Shendi is the army's main base.", "2023-05-20", "SD"),
        ("The RSF came. Shendi is with the government's help rebuilding.", "2023-05-20", "SD"),
        ("The army shelled Nyala. Nyala: RSF-held areas were bombed.", "2023-05-20", "SD"),
        ("M23 left. Sake, Masisi: both have gone over to cash payments.", "2012-12-05", "CD"),
        ("M23 left. The garrison of Goma went over to the rebels.", "2012-12-05", "CD"),
        ("The army fled. Prices in Goma fell after rebels left.", "2012-11-20", "CD"),
        ("All contact with Chavakachcheri was lost on Sunday.", "2000-05-10", "LK"),
    ],
)
def test_what_a_town_is_like_is_no_holder(text: str, day: str, country: str) -> None:
    assert drawn(text, day, country) == []


OWN_WORDS = [
    (
        "British paratroopers secured Lungi airport. Lunsar fell to the rebels on Sunday.",
        ("2000-05-10", "SL", "Lunsar", "rebels"),
    ),
    (
        "Australian paratroopers secured the port. The militia took Suai on Friday.",
        ("1999-09-20", "TL", "Suai", "militia"),
    ),
    (
        "The army called for help. Ansar Allah (AA) took Bayhan, Usaylan and Ain districts of "
        "Shabwah on 21-23 September.",
        ("2021-10-03", "YE", "Usaylan", "Houthi forces"),
    ),
    (
        "MILF guerrillas lost Camp Abubakar to the army on Sunday.",
        ("2000-07-10", "PH", "Camp Abubakar", "Philippine army"),
    ),
    (
        "Rebels of the Bougainville Revolutionary Army overran Kangu Beach on Sunday.",
        ("1997-03-12", "PG", "Kangu Beach", "Bougainville Revolutionary Army"),
    ),
    (
        "Fighters of the National Patriotic Front of Liberia captured Kakata on Sunday.",
        ("1996-04-10", "LR", "Kakata", "National Patriotic Front of Liberia"),
    ),
    (
        "Troops were reinforced. Byumba, the rebels' first prize, was occupied on 2 November.",
        ("1990-11-05", "RW", "Byumba", "rebels"),
    ),
    ("The army fled. Gitarama has fallen to the RPF.", ("1994-07-10", "RW", "Gitarama", "RPF")),
    # in these nobody is named
    (
        "Canadian peacekeepers are stuck in the enclave. Cerska was lost in February.",
        ("1993-02-20", "BA", "Cerska", None),
    ),
    (
        "Troops were reinforced. Gatuna, the rebels' first base, was captured on 2 November.",
        ("1990-11-05", "RW", "Gatuna", None),
    ),
]


@pytest.mark.parametrize(("text", "row"), OWN_WORDS)
def test_the_taker_is_the_one_of_the_same_words(
    text: str, row: tuple[str, str, str, str | None]
) -> None:
    day, country, town, taker = row
    assert actor_name(at_town(town, text, day, country)) == taker


FELL_OR_LOST = [
    (
        "The army is regrouping. Diabaly fell on Monday after fighters bypassed the garrison.",
        ("2013-01-16", "ML", "Diabaly", "fighters"),
    ),
    (
        "The Northern Alliance regrouped. Mazar-i-Sharif fell on Saturday after Taliban fighters "
        "bypassed the guards.",
        ("1998-08-10", "AF", "Mazar-i-Sharif", "Taliban"),
    ),
    (
        "Dutch peacekeepers withdrew. Srebrenica fell on Tuesday after Serb tanks rolled in.",
        ("1995-07-15", "BA", "Srebrenica", "Bosnian Serb army"),
    ),
    (
        "Seleka rebels took Damara. Bangui fell on Sunday.",
        ("2013-03-25", "CF", "Bangui", "Séléka"),
    ),
    (
        "The loss of Wad Madani stunned the army, whose soldiers fled as the RSF came in.",
        ("2023-12-20", "SD", "Wad Madani", "Rapid Support Forces"),
    ),
    (
        "The loss of Mosul to Islamic State shocked the army.",
        ("2014-06-20", "IQ", "Mosul", "Islamic State (ISIS)"),
    ),
    # traps: the army of the state lost the town, or nobody is named who took it
    (
        "The army took Mushake back. Rutshuru fell on Wednesday.",
        ("2008-11-01", "CD", "Rutshuru", None),
    ),
    (
        "The army was besieged. Tikrit fell on Wednesday after the army withdrew.",
        ("2014-06-12", "IQ", "Tikrit", None),
    ),
    (
        "The army regrouped. Novoazovsk fell on Wednesday after tanks crossed the border.",
        ("2014-08-30", "UA", "Novoazovsk", None),
    ),
    (
        "Following the loss of Vuhledar on 1 October, Ukrainian troops stepped back.",
        ("2024-10-12", "UA", "Vuhledar", None),
    ),
    (
        "The Tigers fled. The loss of Mullaitivu was a heavy blow to the Tigers.",
        ("2009-02-10", "LK", "Mullaitivu", None),
    ),
]


@pytest.mark.parametrize(("text", "row"), FELL_OR_LOST)
def test_who_lost_a_town_did_not_take_it(text: str, row: tuple[str, str, str, str | None]) -> None:
    day, country, town, taker = row
    assert actor_name(at_town(town, text, day, country)) == taker


def test_who_held_a_town_that_fell_lost_it() -> None:
    text = (
        "Rebels had held the coast. Zawiya, held by rebels since May, fell on Saturday after "
        "government tanks broke through."
    )
    told = at_town("Zawiya", text, "2011-08-22", "LY")
    assert told.from_actor is not None
    assert told.from_actor.name == "rebels"
    assert actor_name(told) != "rebels"


TWO_GROUPS = "MUJAO holds Gao. Ansar Dine holds Timbuktu. "


@pytest.mark.parametrize(
    ("text", "town", "holder"),
    [
        (f"{TWO_GROUPS}Kidal is under Islamist rule.", "Kidal", "Islamists"),
        (f"{TWO_GROUPS}Islamist fighters took Douentza.", "Douentza", "Islamist fighters"),
        (f"{TWO_GROUPS}Douentza fell to the Islamists.", "Douentza", "Islamists"),
        ("Ansar Dine left. Islamist fighters took Douentza.", "Douentza", "Ansar Dine"),
    ],
)
def test_islamists_are_none_of_two_groups_by_name(text: str, town: str, holder: str) -> None:
    assert actor_name(at_town(town, text, "2012-07-05", "ML")) == holder


SEVERAL_WARS = (
    "In Maguindanao the MILF attacked Datu Piang on Tuesday, and villagers fled.\n\n"
    "In Buner militants captured Sultanwas on Monday. The gunmen also took Pir Baba.\n\n"
    "Al-Shabaab shelled Mogadishu on Sunday. Rebels took Jowhar, the army said."
)
ON_SWAT = (
    "Taliban fighters held Mingora. The army said troops had cleared Kanju, near Saidu Sharif, "
    "and Barikot. Daggar was retaken by airborne troops. People fled to Mardan and Swabi."
)


def test_no_force_of_another_war_takes_a_town() -> None:
    told = drawn(SEVERAL_WARS, "2009-05-20", None)
    assert {p.surface for c in told for p in c.places} == {"Sultanwas", "Pir Baba", "Jowhar"}
    assert "Moro Islamic Liberation Front" not in {actor_name(c) for c in told}


def test_the_taliban_of_swat_make_the_army_none_of_afghanistan() -> None:
    told = at_town("Daggar", ON_SWAT, "2009-05-20", None)
    assert actor_name(told) == "Pakistani army"


def test_a_section_of_a_digest_takes_no_party_from_another() -> None:
    text = (
        "Sri Lanka: The Tigers lost Mullaitivu. The army took Puthukkudiyiruppu on Tuesday.\n\n"
        "Somalia: The militants captured Jowhar on Sunday, and the army left."
    )
    told = at_town("Mullaitivu", text, "2009-05-20", None)
    assert actor_name(told) is None
    assert told.from_actor is not None
    assert told.from_actor.name == "Tigers"


def test_the_army_that_occupies_is_the_one_from_abroad() -> None:
    text = (
        "Israeli ground forces pushed into the village of Shamaa on Saturday. The army still "
        "occupies Kfar Kila and Odaisseh. In Bint Jbeil district, it has held Maroun al-Ras since "
        "October."
    )
    held = {(n, actor_name(c)) for c in drawn(text, "2024-11-16", "LB") for n in surfaces(c)}
    assert held == {
        ("Kfar Kila", "Israeli forces"),
        ("Odaisseh", "Israeli forces"),
        ("Maroun al-Ras", "Israeli forces"),
    }


def test_the_army_of_the_country_may_be_said_to_occupy() -> None:
    text = "The Syrian army occupied Morek on Tuesday."
    (taken,) = drawn(text, "2024-11-16", "SY")
    assert (surfaces(taken), actor_name(taken)) == (["Morek"], "Syrian government")


def surfaces(claim: Claim) -> list[str]:
    return [p.surface for p in claim.places]
