"""Who holds a town by an aside, by "there", "it" or "likewise", and towns held in two halves."""

from __future__ import annotations

import pytest

from mapgen.model import ClaimPlace, Kind, Role
from tests.unit.readers_kit import read_twice

_CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}


def _holders(text: str, country: str, day: str) -> dict[str, str | None]:
    """Return who is drawn as the holder of each town; None if it is contested or nobody's."""
    told = [c for c in read_twice(text, country, day) if c.kind in _CONTROL]
    return {
        p.name or p.surface: c.actor.name if c.actor else None
        for c in told
        for p in c.places
        if p.role in {Role.AT, Role.NEAR}
    }


@pytest.mark.parametrize(
    ("text", "country", "day", "held"),
    [
        (
            "Baiji, in Salahuddin, in IS hands since June, is emptying.",
            "IQ",
            "2014-10-08",
            {"Bayjī": "Islamic State (ISIS)"},
        ),
        (
            "Melitopol, under Russian troops for two weeks, held another rally.",
            "UA",
            "2022-03-10",
            {"Melitopol": "Russian forces"},
        ),
        (
            "Zinjibar: under al-Qaeda since Thursday.",
            "YE",
            "2015-03-28",
            {"Zinjibār": "Al-Qaeda"},
        ),
        (
            "The RSF shelled the town. Shells fired from Nyala, theirs since October, fell on Kas.",
            "SD",
            "2023-12-25",
            {"Nyala": "Rapid Support Forces"},
        ),
        (
            "Chahar Dara, the Taliban's since last year, is where the fighters gathered.",
            "AF",
            "2015-10-02",
            {"Chahar Dara": "Taliban"},
        ),
        (
            "In El Geneina (under the control of the Rapid Support Forces since June) shops open.",
            "SD",
            "2023-12-25",
            {"Al-Junaynah": "Rapid Support Forces"},
        ),
        (
            "The army said that Rutshuru remained firmly its own.",
            "CD",
            "2013-11-20",
            {"Rutshuru": "Congolese army"},
        ),
        (
            "The town of Nawa remained in rebel hands last night, as did Tafas, further west.",
            "SY",
            "2018-06-30",
            {"Nawá": "rebels", "Ţafas": "rebels"},
        ),
        (
            "Tambul is empty. It is now held by the RSF.",
            "SD",
            "2024-10-27",
            {"Tambul": "Rapid Support Forces"},
        ),
        (
            "The garrison of Imam Sahib gave itself up to the Taliban on Wednesday.",
            "AF",
            "2015-09-30",
            {"Imām Şāḩib": "Taliban"},
        ),
        (
            "Bentiu has been quiet since the weekend. The rebels captured the barracks there.",
            "SS",
            "2014-05-15",
            {"Bentiu": "rebels"},
        ),
        (
            "M23 rebels took Sake on Friday. By nightfall they were also in Kirotshe.",
            "CD",
            "2012-11-27",
            {"Sake": "M23", "Kirotshe": "M23"},
        ),
        (
            "The Taliban's spokesman posted that Ghazni has been 'liberated'.",
            "AF",
            "2021-08-12",
            {"Ghazni": "Taliban"},
        ),
        (
            "Days after raising its black flag in Mosul, Islamic State ordered shops to close.",
            "IQ",
            "2014-07-15",
            {"Mosul": "Islamic State (ISIS)"},
        ),
    ],
)
def test_who_is_said_to_hold_or_take_a_town(
    text: str, country: str, day: str, held: dict[str, str | None]
) -> None:
    assert _holders(text, country, day) == held


@pytest.mark.parametrize(
    ("text", "country", "day", "town"),
    [
        (
            "The army has the centre of Wau, the rebels its western quarters.",
            "SS",
            "2016-07-02",
            "Wau",
        ),
        (
            "The army holds the west of Aleppo, and the rebels, who still have its eastern"
            " districts, are short of food.",
            "SY",
            "2016-04-20",
            "Aleppo",
        ),
        (
            "Hezbollah said it still held the middle of the town of Khiam, and that Israeli troops"
            " were on its southern edge.",
            "LB",
            "2024-11-18",
            "Khiam",
        ),
        (
            "Islamic State has had most of Baiji since June, but soldiers hold the refinery.",
            "IQ",
            "2014-08-10",
            "Bayjī",
        ),
        (
            "Less is certain at Baiji. The militants have had most of the town since Tuesday.",
            "IQ",
            "2014-08-10",
            "Bayjī",
        ),
    ],
)
def test_a_town_of_two_halves_is_contested(text: str, country: str, day: str, town: str) -> None:
    assert _holders(text, country, day) == {town: None}


@pytest.mark.parametrize(
    ("text", "country", "day"),
    [
        ("A convoy left for Idlib, once in rebel hands, on Tuesday.", "SY", "2016-12-02"),
        ("A convoy left for Idlib, under fire from the army since Sunday.", "SY", "2016-12-02"),
        ("Raqqa, the government's pride since 1970, lies on the Euphrates.", "SY", "2016-12-02"),
        ("Kandahar, not yet in the Taliban's hands, is under curfew.", "AF", "2021-08-10"),
        ("A truck left for Taloqan, in Taliban hands until Sunday, on Monday.", "AF", "2021-08-10"),
        ("Goma, Kabila's home since 1998, was calm.", "CD", "2012-11-20"),
        ("Tambul has a bridge. The RSF still holds it.", "SD", "2024-10-27"),
        ("The army has the centre of a plan for Aleppo, and rebels the rest.", "SY", "2016-04-20"),
        ("The rebels seized mines and mortars in Bentiu.", "SS", "2014-05-15"),
        ("The army took two mines in Bentiu apart on Friday.", "SS", "2014-05-15"),
        ("Hostages in Ghazni had been 'liberated', a spokesman posted.", "AF", "2021-08-12"),
        ("The elders of Taloqan let the children in on Sunday.", "AF", "2021-08-10"),
        ("A gunman gave himself up to the army in Bentiu on Friday.", "SS", "2014-05-15"),
    ],
)
def test_words_that_only_look_like_holding(text: str, country: str, day: str) -> None:
    assert _holders(text, country, day) == {}


def test_the_army_of_a_neighbour_beside_the_holder_does_not_split_a_town() -> None:
    text = "- Bentiu: SPLA since 10 January.\n- Bor: SPLA and Ugandan troops since 18 January.\n"
    army = "South Sudanese army"
    assert _holders(text, "SS", "2014-01-20") == {"Bentiu": army, "Bor": army}


@pytest.mark.parametrize(
    ("text", "country", "day", "held"),
    [
        ('"We control Goma," an M23 spokesman said.', "CD", "2012-11-20", {"Goma": "M23"}),
        (
            '"We captured Sake this morning," Colonel Vianney Kazarama, an M23 spokesman, told us.',
            "CD",
            "2012-11-20",
            {"Sake": "M23"},
        ),
        (
            '"Goma and Sake are in our hands," M23\'s political chief said.',
            "CD",
            "2012-11-20",
            {"Goma": "M23", "Sake": "M23"},
        ),
        (
            '"We hold Sibut and we will go on to Damara," a rebel commander said.',
            "CF",
            "2013-01-05",
            {"Sibut": "rebels"},
        ),
        (
            '"Shusha is ours," the president of Azerbaijan said in a televised address.',
            "AZ",
            "2020-11-09",
            {"Shusha": "Azerbaijani forces"},
        ),
        (
            "An MNLA officer told AFP his men had taken Kidal.",
            "ML",
            "2012-05-05",
            {"Kidal": "National Movement for the Liberation of Azawad"},
        ),
        (
            "The RSF attacked Kosti and Rabak from Umm Rawaba. Both towns remain with the army.",
            "SD",
            "2023-06-05",
            {"Kosti": "Sudanese army", "Rabak": "Sudanese army"},
        ),
        ("The RSF control most of Nyala, residents said.", "SD", "2023-06-05", {"Nyala": None}),
    ],
)
def test_what_sides_say_of_themselves(
    text: str, country: str, day: str, held: dict[str, str | None]
) -> None:
    assert _holders(text, country, day) == held


@pytest.mark.parametrize(
    "text",
    [
        '"We will take Goma," an M23 spokesman said.',
        '"We would have taken Goma," an M23 spokesman said.',
        '"We have not taken Goma," an M23 spokesman said.',
        '"We held Goma for ten days in 2012," an M23 spokesman said.',
        '"If we lose Sake we lose Goma," an army officer said.',
        '"We took the children to Goma," an army spokesman said.',
        '"We do not control Goma," an army spokesman said.',
        '"We control our fear," said a teacher in Goma.',
        '"Goma is ours to rebuild," the mayor said.',
        '"Bukavu will be ours soon," an M23 commander said.',
    ],
)
def test_what_sides_say_that_holds_no_town(text: str) -> None:
    assert _holders(text, "CD", "2013-11-20") == {}


@pytest.mark.parametrize(
    "text",
    [
        "Who controls Kunduz is anyone's guess.",
        "It is unclear who holds Kunduz.",
        "The attack on Kunduz began on Monday. Who holds the city today is hard to say.",
        "The attack on Kunduz began on Monday. By Tuesday the insurgents, known here as"
        " the students, were masters of most of the city.",
    ],
)
def test_a_town_of_which_nobody_knows_who_has_it_is_contested(text: str) -> None:
    assert _holders(text, "AF", "2015-10-02")["Kunduz"] is None


def test_who_has_the_keys_of_a_town_does_not_hold_it() -> None:
    assert _holders("Who has the keys of Kunduz is unknown.", "AF", "2015-10-02") == {}


def test_a_reporter_on_a_road_takes_no_town() -> None:
    text = (
        "Lachin. Claims that the road has been cut are wrong. Our reporter drove it from Goris to"
        " Stepanakert on Saturday. The nearest Azerbaijani troops are 30 km to the south."
    )
    assert _holders(text, "AZ", "2020-10-24") == {}


def test_the_fighters_of_the_speaker_took_the_place() -> None:
    text = (
        "Forces loyal to Libya's government drove the Libyan National Army (LNA) out of Gharyan on"
        " Wednesday. An LNA spokesman said its troops had pulled back. The government said its"
        " fighters had also entered Tiji, north of Nalut, on Thursday."
    )
    told = _holders(text, "LY", "2019-06-28")
    assert set(told.values()) == {"Government of National Accord (GNA)"}


def test_a_flag_raised_by_the_subject_of_the_main_verb_is_its_own() -> None:
    text = (
        "Karenni fighters attacked Loikaw. A week after raising its flag in Kawlin, the parallel"
        " National Unity Government has reopened the township court."
    )
    assert _holders(text, "MM", "2023-11-15")["Kawlin"] == "National Unity Government"


def test_posts_in_a_township_are_not_its_town() -> None:
    text = "In Rathedaung township the posts at Done Paik have stood in AA hands since Monday."
    assert "Rathedaung" not in _holders(text, "MM", "2023-11-15")


@pytest.mark.parametrize(
    ("who", "loser", "town", "country", "day", "holder"),
    [
        ("Forces loyal to Libya's government", "the Libyan National Army (LNA)", "Gharyan", "LY",
         "2019-06-28", "Government of National Accord (GNA)"),
        ("Fighters loyal to Khalifa Haftar", "government forces", "Gharyan", "LY",
         "2019-06-28", "Libyan National Army (LNA)"),
        ("Forces loyal to President Hadi", "the Houthis", "Aden", "YE",
         "2015-07-28", "Yemeni government forces"),
        ("Fighters allied with the government", "the Houthis", "Aden", "YE",
         "2015-07-28", "Yemeni government forces"),
        ("Fighters loyal to Alassane Ouattara", "the Ivorian army", "Daloa", "CI",
         "2011-03-30", "Republican Forces of Ivory Coast"),
    ],
)  # fmt: skip
def test_who_is_loyal_to_a_side_takes_the_town_for_it(
    who: str, loser: str, town: str, country: str, day: str, holder: str
) -> None:
    text = f"{who} drove {loser} out of {town} on Wednesday."
    assert _holders(text, country, day) == {town: holder}


def test_a_town_that_stays_as_another_does_was_not_taken() -> None:
    text = (
        "The army seized Busra on Friday. Nawa remained in rebel hands last night, as did"
        " Al-Taybah, between Nawa and the frontier."
    )
    told = [c for c in read_twice(text, "SY", "2018-06-30") if c.kind is Kind.CONTROL_CHANGE]
    assert not [p for c in told for p in c.places if p.surface == "Al-Taybah"]


def test_those_who_only_back_the_troops_take_no_town() -> None:
    text = (
        "Syrian government troops backed by Russian jets captured Saraqib and then the villages of"
        " Afis and Jobas on Saturday, state television said."
    )
    assert set(_holders(text, "SY", "2020-02-08").values()) == {"Syrian government"}


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        ("the town", False),
        ("there", False),
        ("Its northern suburbs", False),
        ("both towns", False),
        ("The Gambia", True),
        ("al-Khanadiq", True),
        ("Theba", True),
        ("Itum", True),
    ],
)
def test_words_that_stand_for_a_name_are_none(words: str, *, is_named: bool) -> None:
    place = ClaimPlace(surface=words, start=0, end=len(words), role=Role.AT)
    assert place.is_named is is_named
