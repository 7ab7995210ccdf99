"""Who speaks, who acts and on which day, where a report says it in the sentence after or before."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding.english.own_days import day_alone
from mapgen.model import Kind, Role
from tests.unit.coding_kit import claims, names

FRIDAY = date(2024, 12, 6)


@pytest.mark.parametrize(
    ("text", "country", "who"),
    [
        (
            '"We hold the bridge." Rutshuru had fallen to them a day earlier, he added. '
            '"The rebels captured Sake on Monday," a spokesman of M23 said.',
            "CD",
            "spokesman of M23",
        ),
        (
            "The governor said the road was open. The Sudanese army replied on Friday that "
            "the RSF had captured Bara.",
            "SD",
            "Sudanese army",
        ),
        (
            "The governor said the road was open. The defence ministry answered that rebels had "
            "captured Saraqib on Monday.",
            "SY",
            "defence ministry",
        ),
    ],
)
def test_who_answers_or_is_quoted_next_is_the_source(text: str, country: str, who: str) -> None:
    taken = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert taken[-1].attribution is not None
    assert taken[-1].attribution.name == who
    assert not any(c.attribution and c.attribution.name.endswith(" he") for c in taken)


def test_we_is_the_article_itself() -> None:
    (taken,) = claims("We reported that the RSF captured Bara on Monday.", "SD")
    assert taken.attribution is None


def test_the_group_is_the_one_that_the_sentence_names() -> None:
    text = (
        "The MNDAA said on Monday that it had seized Lashio. In Mogok, which the Ta'ang National "
        "Liberation Army took on Tuesday, calm has returned, the group said."
    )
    mogok = next(c for c in claims(text, "MM") if "Mogok" in names(c))
    assert mogok.attribution is not None
    assert mogok.attribution.name == "Ta'ang National Liberation Army"


@pytest.mark.parametrize(
    "text",
    [
        "The Grand Ravine gang seized Kenscoff on Monday. On Wednesday the police announced that "
        "they had retaken the town.",
        "Gunmen of the Taliban gang seized Cabaret on Monday. The police said on Wednesday they "
        "had recaptured the town.",
    ],
)
def test_the_police_are_not_the_gang_named_before(text: str) -> None:
    taken = [c for c in claims(text, "HT") if c.kind is Kind.CONTROL_CHANGE]
    assert taken[-1].actor is not None
    assert taken[-1].actor.name == "police"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We said earlier that Rufaa fell to the RSF on Sunday. It was Monday.", date(2024, 12, 2)),
        ("The RSF captured Bara. It was Tuesday.", date(2024, 12, 3)),
        (
            "The RSF captured Bara on 1 December. That was actually on 3 December.",
            date(2024, 12, 3),
        ),
    ],
)
def test_a_day_alone_is_that_of_the_sentence_before(text: str, day: date) -> None:
    (taken,) = [c for c in claims(text, "SD") if c.kind is Kind.CONTROL_CHANGE]
    assert taken.date is not None
    assert (taken.date.start, taken.date.end) == (day, day)


@pytest.mark.parametrize(
    "text", ["It was Monday's second raid.", "It was quiet on Monday.", "This was the army's."]
)
def test_a_day_with_other_words_is_no_day_alone(text: str) -> None:
    assert day_alone(text, FRIDAY) is None


@pytest.mark.parametrize(
    ("text", "country", "places"),
    [
        ("Minova (Kalehe, South Kivu) has received 4,500 people from Sake.", "CD", ["Minova"]),
        (
            "Some 900 families fled from Bara to Tawila (Tawila locality, North Darfur).",
            "SD",
            ["Tawila"],
        ),
        ("Some 900 families fled Bara to Kosti and Rabak.", "SD", ["Kosti", "Rabak"]),
        ("People fled Goma to camps (Bulengo, Lushagala and Kanyaruchinya).", "CD", []),
    ],
)
def test_what_stands_in_brackets_is_where_the_place_lies(
    text: str, country: str, places: list[str]
) -> None:
    told = [c for c in claims(text, country) if c.kind is Kind.DISPLACEMENT]
    reached = [p for c in told for p in names(c, Role.DESTINATION)]
    assert reached[: len(places)] == places
    assert not {"Kalehe", "South Kivu", "North Darfur"} & set(reached)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Federal troops captured Mekelle in November but left it on Monday.", "ET"),
        ("The rebels took Sake on Monday and abandoned it two days later.", "CD"),
        ("Houthi fighters captured Hays last week, then vacated it on Sunday.", "YE"),
    ],
)
def test_who_took_a_town_and_left_it_holds_it_no_more(text: str, country: str) -> None:
    taken = [c for c in claims(text, country) if c.kind is Kind.CONTROL_CHANGE]
    assert taken
    assert not any(c.status.is_current for c in taken)


@pytest.mark.parametrize(
    "text",
    [
        "M23 rebels captured Sake on Monday and left it in ruins.",
        "M23 rebels captured Sake on Monday and left it without power.",
    ],
)
def test_a_town_left_in_ruins_is_still_held(text: str) -> None:
    (taken,) = [c for c in claims(text, "CD") if c.kind is Kind.CONTROL_CHANGE]
    assert taken.status.is_current


def test_who_retook_another_place_after_several_gains_is_open() -> None:
    text = (
        "The GNA took Tarhuna from the LNA on Monday. It took Bani Walid on Tuesday. "
        "Gharyan was retaken on Wednesday."
    )
    gharyan = next(c for c in claims(text, "LY") if "Gharyan" in names(c))
    assert gharyan.actor is None


def test_who_retook_the_place_is_not_who_took_it_before() -> None:
    text = "The RSF took Bara from the army on Monday. Bara was retaken on Wednesday."
    back = [c for c in claims(text, "SD") if "Bara" in names(c)][-1]
    assert back.actor is not None
    assert back.actor.name == "Sudanese army"


def test_the_dead_are_no_part_of_the_speaker() -> None:
    text = (
        "The army shelled Galkayo on Thursday, killing at least 12 people who had sheltered there, "
        "a doctor at the hospital said."
    )
    hit = next(c for c in claims(text, "SO") if c.kind is Kind.STRIKE)
    assert hit.attribution is not None
    assert hit.attribution.name == "doctor at the hospital"
