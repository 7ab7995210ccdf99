"""Who still holds a town, and what is told of a road or a flag alone."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import actor_name, extract, names

from mapgen.model import Kind, Status

CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}

HOLDERS = [
    (
        "Kupiansk remained Ukrainian on Thursday, officials said.",
        "UA",
        date(2025, 2, 20),
        Kind.CONTROL_STATE,
        ("Kupiansk", "Ukrainian forces"),
    ),
    (
        "Herat remains with the government.",
        "AF",
        date(2021, 8, 10),
        Kind.CONTROL_STATE,
        ("Herat", "Afghan government forces"),
    ),
    (
        "Avdiivka, now in Russian hands, lies to the south.",
        "UA",
        date(2024, 3, 1),
        Kind.CONTROL_STATE,
        ("Avdiivka", "Russian forces"),
    ),
    (
        "The army said on Wednesday that Bara was once again under its control.",
        "SD",
        date(2025, 9, 12),
        Kind.CONTROL_CHANGE,
        ("Bara", "Sudanese army"),
    ),
    (
        "Macomia town was again under the control of the defence and security forces.",
        "MZ",
        date(2024, 6, 3),
        Kind.CONTROL_CHANGE,
        ("Macomia", "Mozambican forces"),
    ),
    (
        "Defence and security forces have retaken Djibo.",
        "BF",
        date(2023, 6, 3),
        Kind.CONTROL_CHANGE,
        ("Djibo", "Burkina Faso army"),
    ),
    (
        "The Ukrainian flag is flying over Kherson again.",
        "UA",
        date(2022, 11, 12),
        Kind.CONTROL_CHANGE,
        ("Kherson", "Ukrainian forces"),
    ),
    (
        "The MNDAA added Kunlong to its gains on Sunday.",
        "MM",
        date(2023, 11, 15),
        Kind.CONTROL_CHANGE,
        ("Kunlong", "MNDAA"),
    ),
    (
        "The army controls Kosti and the road to Rabak.",
        "SD",
        date(2024, 1, 12),
        Kind.CONTROL_STATE,
        ("Kosti", "Sudanese army"),
    ),
    (
        "M23 commander Sultani Makenga said his men had captured Minova.",
        "CD",
        date(2025, 1, 22),
        Kind.CONTROL_CHANGE,
        ("Minova", "M23"),
    ),
    (
        "The separatist leader Ivan Horban was pleased. On Tuesday his men captured Chornukhyne.",
        "UA",
        date(2015, 2, 19),
        Kind.CONTROL_CHANGE,
        ("Chornukhyne", "separatists"),
    ),
]


@pytest.mark.parametrize(("text", "country", "day", "kind", "who"), HOLDERS)
def test_who_holds_a_town(
    text: str, country: str, day: date, kind: Kind, who: tuple[str, str]
) -> None:
    (told,) = [c for c in extract(text, country, published_on=day).claims if c.kind in CONTROL]
    assert told.status.is_current
    assert told.kind is kind
    assert (names(told), actor_name(told)) == ([who[0]], who[1])


TRAPS = [
    ("Kherson should remain Ukrainian, the president said.", "UA"),
    ("He remained Ukrainian all his life and never left Lviv.", "UA"),
    ("A Ukrainian flag flew over Kherson before the war.", "UA"),
    ("Russian planes were flying over Kherson.", "UA"),
    ("The fighting moved west of Avdiivka, then in Ukrainian hands.", "UA"),
    ("The black flag is flying over Mosul again.", "IQ"),
    ("The group added Lashio to its list of targets.", "MM"),
    ("The general says his troops control the road between Tibú and El Tarra.", "CO"),
    ("Rebels seized the Aleppo-Damascus highway.", "SY"),
    ("The army took control of the Kosti-Rabak road.", "SD"),
    ("The army captured the road between Kosti and Rabak.", "SD"),
    ("The army denied that Wad Madani was under its control again.", "SD"),
    ("Opposition leader Merera Gudina said his people had walked to Ambo.", "ET"),
]


@pytest.mark.parametrize(("text", "country"), TRAPS)
def test_nobody_holds_it_now(text: str, country: str) -> None:
    found = extract(text, country, published_on=date(2024, 12, 6)).claims
    assert [c.quote for c in found if c.kind in CONTROL and c.status.is_current] == []


def test_a_day_put_in_before_a_name_is_the_day_of_that_name_alone() -> None:
    text = "The RSF captured Bara, Rahad and, on Monday, Umm Ruwaba."
    first, last = extract(text, "SD", published_on=date(2023, 5, 2)).claims
    assert (names(first), first.date) == (["Bara", "Rahad"], None)
    assert names(last) == ["Umm Ruwaba"]
    assert last.date is not None
    assert (last.date.start, last.date.end) == (date(2023, 5, 1), date(2023, 5, 1))


def test_mortars_that_were_exchanged_are_fighting() -> None:
    (clash,) = extract("Mortars were exchanged at Avdiivka on Thursday.", "UA").claims
    assert (clash.kind, names(clash)) == (Kind.CLASH, ["Avdiivka"])


def test_prisoners_that_were_exchanged_are_none() -> None:
    assert extract("Prisoners were exchanged at Avdiivka on Thursday.", "UA").claims == ()


def test_a_town_on_a_road_that_was_taken_is_not_at_its_end() -> None:
    text = "The army captured Kosti, on the road between Rabak and Sennar."
    (taken,) = extract(text, "SD", published_on=date(2024, 1, 12)).claims
    assert names(taken) == ["Kosti"]


@pytest.mark.parametrize(
    ("text", "country", "town"),
    [
        ("Laukkai is now cut off on every side.", "MM", "Laukkai"),
        ("El Fasher has been cut off from all sides since May.", "SD", "El Fasher"),
    ],
)
def test_a_town_that_is_cut_off_on_all_sides_is_besieged(
    text: str, country: str, town: str
) -> None:
    (siege,) = extract(text, country, published_on=date(2024, 11, 15)).claims
    assert siege.kind is Kind.SIEGE
    assert siege.status is Status.ASSERTED
    assert names(siege) == [town]


def test_floods_besiege_nobody() -> None:
    text = "El Fasher was cut off by floods. The army shelled the town."
    found = extract(text, "SD", published_on=date(2024, 11, 15)).claims
    assert [c.kind for c in found if c.kind is Kind.SIEGE] == []


@pytest.mark.parametrize(
    "text",
    [
        "The army lost Monguno on 25 January and regained it in February.",
        "The army, which lost Monguno on 25 January and regained it in February, let people in.",
    ],
)
def test_who_lost_a_town_and_regained_it_holds_it(text: str) -> None:
    lost, regained = extract(text, "NG", published_on=date(2015, 3, 10)).claims
    assert (actor_name(lost), lost.from_actor and lost.from_actor.name) == (None, "Nigerian army")
    assert actor_name(regained) == "Nigerian army"
    assert regained.date is not None
    assert regained.date.start == date(2015, 2, 1)
    assert {p.place_id for p in lost.places} == {p.place_id for p in regained.places}


def test_who_lost_a_town_and_failed_to_regain_it_does_not_hold_it() -> None:
    text = "The army lost Monguno on 25 January and failed to regain it in February."
    told = extract(text, "NG", published_on=date(2015, 3, 10)).claims
    assert [actor_name(c) for c in told if c.status.is_current] == [None]
