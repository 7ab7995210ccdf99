"""Who took a place: speakers and their forces, units of an army, other groups, abbreviations."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding import code_articles
from mapgen.merging.events import situation_of
from mapgen.model import Article, Kind, Standing
from tests.unit.coding_kit import claims, gazetteer


def takers(text: str, country: str) -> list[tuple[str, str | None]]:
    """Return place and party of whatever a text says to be taken or entered."""
    told = {Kind.CONTROL_CHANGE, Kind.ADVANCE, Kind.WITHDRAWAL}
    return [
        (c.places[0].surface, c.actor.id if c.actor else None)
        for c in claims(text, country)
        if c.kind in told
    ]


@pytest.mark.parametrize(
    ("country", "text", "place", "party"),
    [
        ("UA", "The Russian Defence Ministry announced on Sunday that its forces had captured "
               "Kurakhove.", "Kurakhove", "ukraine:rus"),
        ("UA", "Ukraine's General Staff said its troops had retaken Robotyne on Friday.",
         "Robotyne", "ukraine:ukr"),
        ("SD", "The Sudanese army said on Tuesday its forces had taken Wad Madani.",
         "Wad Madani", "sudan:saf"),
        ("MM", "The Arakan Army said its fighters seized Paletwa on Monday.", "Paletwa",
         "myanmar:aa"),
        ("YE", "The Houthis said their forces captured Hareb on Monday.", "Hareb",
         "yemen:houthi"),
    ],
)  # fmt: skip
def test_its_forces_are_the_speaker_s(country: str, text: str, place: str, party: str) -> None:
    assert takers(text, country) == [(place, party)]


@pytest.mark.parametrize(
    ("country", "text", "place", "party"),
    [
        ("UA", "Air Assault Forces recaptured Lyman on Friday.", "Lyman", "ukraine:ukr"),
        ("UA", "The 3rd Brigade retook Andriivka on Friday.", "Andriivka", "ukraine:ukr"),
        ("SD", "The 18th Infantry Division left Nyala on Thursday.", "Nyala", "sudan:saf"),
        ("MM", "Light Infantry Battalion 259 abandoned Lashio on Friday.", "Lashio",
         "myanmar:mil"),
        ("NG", "Troops retook Marte on Sunday from Boko Haram.", "Marte", "nigeria:army"),
    ],
)  # fmt: skip
def test_a_unit_is_its_army(country: str, text: str, place: str, party: str) -> None:
    assert takers(text, country) == [(place, party)]


def test_a_unit_of_one_of_two_armies_keeps_its_own_name() -> None:
    text = "Russian forces shelled Siversk. The 10th Brigade took Vyimka on Friday."
    ((place, party),) = takers(text, "UA")
    assert place == "Vyimka"
    assert party in {"ukraine:rus", "text:10th-brigade"}  # never Ukraine's by a guess
    assert party != "ukraine:ukr"


@pytest.mark.parametrize(
    ("country", "text", "place", "party"),
    [
        ("SY", "Rebels captured Manbij from ISIS on Friday.", "Manbij", "text:rebels"),
        ("SY", "Rebels who had driven Islamic State out of Jarablus took al-Rai on Sunday.",
         "al-Rai", "text:rebels"),
        ("CD", "M23 withdrew from Walikale on Thursday. Rebels of another group, the FDLR, "
               "entered Pinga on Friday.", "Pinga", "drc:fdlr"),
        ("CD", "M23 took Sake on Thursday. Nyatura fighters took Katale on Friday.", "Katale",
         "text:nyatura-fighters"),
        ("ML", "JNIM lost Ber to rival fighters on Sunday. Other rebels took Lere on Monday.",
         "Lere", "text:other-rebels"),
    ],
)  # fmt: skip
def test_rebels_are_not_the_group_that_lost_nor_another_one(
    country: str, text: str, place: str, party: str
) -> None:
    assert (place, party) in takers(text, country)


@pytest.mark.parametrize(
    ("country", "text", "place", "party"),
    [
        ("CD", "M23 entered Sake on Thursday. The rebels took Minova on Friday.", "Minova",
         "drc:m23"),
        ("MM", "The Arakan Army left Ann. Its fighters took Gwa on Friday.", "Gwa",
         "myanmar:aa"),
        ("SY", "Rebels led by Hayat Tahrir al-Sham took Saraqib on Friday.", "Saraqib",
         "syria:hts"),
    ],
)  # fmt: skip
def test_rebels_are_the_group_that_was_named(
    country: str, text: str, place: str, party: str
) -> None:
    assert (place, party) in takers(text, country)


@pytest.mark.parametrize(
    ("country", "text", "party"),
    [
        ("SO", "The SNA recaptured Adan Yabaal on Monday.", "somalia:gov"),
        ("SY", "The SNA captured Tel Rifaat on Monday.", "syria:sna"),
        ("MM", "The AA captured Paletwa on Monday.", "myanmar:aa"),
    ],
)
def test_an_abbreviation_is_its_country_s(country: str, text: str, party: str) -> None:
    assert [p for _, p in takers(text, country)] == [party]


@pytest.mark.parametrize(
    ("country", "text", "party"),
    [
        ("LY", "The Petroleum Facilities Guard (PFG) retook Ras Lanuf on Friday. The PFG also "
               "entered Ben Jawad on Saturday.", "text:petroleum-facilities-guard"),
        ("SY", "The Free Idlib Army (FIA) captured Khan Sheikhoun on Friday. The FIA entered "
               "Morek on Saturday.", "text:free-idlib-army"),
    ],
)  # fmt: skip
def test_an_abbreviation_that_the_text_introduces_is_the_same_party(
    country: str, text: str, party: str
) -> None:
    assert [p for _, p in takers(text, country)] == [party, party]


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("UA", "Ukrainian forces were pushed back from Bohdanivka on Monday."),
        ("SD", "RSF fighters were driven back from El Obeid on Friday."),
        ("ET", "Fano fighters were repelled from Gondar on Sunday."),
        ("MM", "Junta troops were forced back from Loikaw on Sunday."),
        ("CD", "The army pushed M23 fighters back from Kanyabayonga on Sunday."),
    ],
)
def test_who_is_pushed_back_from_a_town_has_not_lost_it(country: str, text: str) -> None:
    assert takers(text, country) == []


def test_who_is_pushed_out_of_a_town_has_lost_it() -> None:
    text = "The army pushed M23 fighters out of Kanyabayonga on Sunday."
    assert takers(text, "CD") == [("Kanyabayonga", "drc:fardc")]


def holders(country: str, *texts: str) -> list[tuple[str, str | None, Standing]]:
    """Return place, side and standing of each event of articles of one day."""
    articles = [
        Article(id=f"a{i}", text=text, country=country, published_on=date(2024, 12, 6))
        for i, text in enumerate(texts)
    ]
    return [
        (str(e.places[0].surface), e.actor.side if e.actor else None, e.standing)
        for e in situation_of(code_articles(articles, gazetteer())).events
    ]


@pytest.mark.parametrize(
    ("country", "texts", "side"),
    [
        ("SY", ("Rebels captured Rastan on Thursday.", "Insurgents seized Rastan on Thursday."),
         "sy:rebels"),
        ("SY", ("Syrian rebels took Rastan on Thursday.",
                "Opposition fighters took Rastan on Thursday."), "sy:rebels"),
        ("CD", ("Rebels took Sake on Thursday.", "M23 took Sake on Thursday."), "drc:m23"),
        ("PH", ("Soldiers took Butig on Thursday.", "The army captured Butig on Thursday."),
         "philippines:army"),
        ("PE", ("Soldiers took Ayacucho on Thursday.", "The army captured Ayacucho on Thursday."),
         "pe:army"),
    ],
)  # fmt: skip
def test_general_words_for_one_party_do_not_contest_each_other(
    country: str, texts: tuple[str, ...], side: str
) -> None:
    ((_, who, standing),) = holders(country, *texts)
    assert who == side
    assert standing is Standing.ASSESSED


def test_rebels_are_not_named_after_a_group_far_away_or_one_of_two() -> None:
    masisi = "Rebels took Masisi on Thursday."
    far = holders("CD", masisi, "ADF rebels captured Oicha on Thursday.")
    assert ("Masisi", "cd:rebels", Standing.STATED) in far
    two = holders(
        "CD", masisi, "M23 took Sake on Thursday.", "Nyatura fighters took Mweso on Thursday."
    )
    assert ("Masisi", "cd:rebels", Standing.STATED) in two


def test_rebels_and_the_army_do_contest_each_other() -> None:
    told = holders(
        "SY", "Rebels captured Rastan on Thursday.", "The army captured Rastan on Thursday."
    )
    assert {standing for _, _, standing in told} == {Standing.CONTESTED}


@pytest.mark.parametrize(
    ("country", "text", "place", "party", "day"),
    [
        ("CD", "Thursday rebels took Rutshuru.", "Rutshuru", "text:rebels", "2024-12-05"),
        ("MM", "On Monday rebels captured Lashio.", "Lashio", "text:rebels", "2024-12-02"),
        ("SD", "On 5 December 2024 fighters entered Bara.", "Bara", "text:fighters", "2024-12-05"),
        ("BF", "On Tuesday morning insurgents took Djibo.", "Djibo", "text:insurgents",
         "2024-12-03"),
        ("ML", "By Sunday jihadists had taken Ber.", "Ber", "text:jihadists", "2024-12-01"),
        ("CD", "On Wednesday M23 fighters took Sake.", "Sake", "drc:m23", "2024-12-04"),
    ],
)  # fmt: skip
def test_a_day_before_the_subject_is_a_day_and_no_party(
    country: str, text: str, place: str, party: str, day: str
) -> None:
    (told,) = claims(text, country)
    assert told.places[0].surface == place
    assert told.actor is not None
    assert told.actor.id == party
    assert told.date is not None
    assert str(told.date.end) == day


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The September Martyrs Battalion seized Brega.", "text:september-martyrs-battalion"),
        ("The Friday Brigade took Brega.", "text:friday-brigade"),
    ],
)
def test_a_name_may_have_a_day_in_it(text: str, party: str) -> None:
    assert [p for _, p in takers(text, "LY")] == [party]
