"""Sentences with words of war that take no town: sport, elections, weather, distances, roads."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind

GROUND = {Kind.CONTROL_CHANGE, Kind.ADVANCE, Kind.THREAT, Kind.STRIKE, Kind.SIEGE}
WAR = " Rebels clashed with government soldiers on Monday; shelling killed three fighters."


def _ground(text: str, country: str) -> list[tuple[Kind, list[str]]]:
    return [
        (c.kind, [p.surface for p in c.places])
        for c in claims(text, country)
        if c.kind in GROUND and c.status.is_current and c.places
    ]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The ruling party hopes to conquer all councils of Kaduna in June.", "NG"),
        ("The ruling party captured Kaduna in Saturday's election.", "NG"),
        ("The opposition won Mombasa with 54 per cent of the votes.", "KE"),
        ("The water took control of the market of Maiduguri on Monday.", "NG"),
        ("Floods captured the attention of Maiduguri on Monday.", "NG"),
        ("Al-Ahly captured the cup in Cairo on Monday.", "EG"),
        ("The government made gains in Homs in Saturday's election.", "SY"),
        ("Operation Return to Saraqib was announced by the ministry.", "SY"),
        ("The drama Fall of Saigon won a prize in Hanoi.", "VN"),
        ("The team from Aleppo beat Homs to take the title in Damascus.", "SY"),
    ],
)
def test_sport_elections_and_weather_take_no_town(text: str, country: str) -> None:
    assert _ground(text + WAR, country) == []


@pytest.mark.parametrize(
    ("text", "country", "other"),
    [
        ("Al-Shabaab entered Adale, 180 km north of Mogadishu, on Monday.", "SO", "Mogadishu"),
        ("Rebels captured Saraqib, 15 km east of Idlib, on Monday.", "SY", "Idlib"),
        ("Rebels captured Saraqib, on the road to Aleppo, on Monday.", "SY", "Aleppo"),
        ("M23 took Rutshuru, the gateway to Goma, on Friday.", "CD", "Goma"),
        ("M23 took Rutshuru, 25 kilometres from Goma, on Friday.", "CD", "Goma"),
        ("M23 rebels took Minova, a lakeside town south of Goma.", "CD", "Goma"),
        ("The army left Saraqib on the highway towards Aleppo.", "SY", "Aleppo"),
        ("Al-Shabaab entered Xarad Weyn, 220 km north of Mogadishu, on Monday.", "SO", "Mogadishu"),
        (
            "The army sent tanks to the town, which lies about 120 km north of Mandalay.",
            "MM",
            "Mandalay",
        ),
        ("Rebels marched 1,600 civilians from Saraqib to Aleppo as shields.", "SY", "Aleppo"),
    ],
)
def test_a_place_that_only_says_where_another_lies_is_not_at_stake(
    text: str, country: str, other: str
) -> None:
    assert other not in [s for _, places in _ground(text, country) for s in places]


@pytest.mark.parametrize(
    ("text", "country", "near"),
    [
        ("The rebels stand five kilometres from Homs.", "SY", "Homs"),
        ("M23 fighters are about 20 kilometres north of Goma.", "CD", "Goma"),
    ],
)
def test_forces_that_stand_near_a_town_are_still_told(text: str, country: str, near: str) -> None:
    assert near in [s for _, places in _ground(text, country) for s in places]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody fled Rastan, the mayor said, nor has Hama been attacked.",
        "The army did not enter Homs, nor was Hama shelled.",
        "Rebels did not fire, and neither did the army shell Hama.",
    ],
)
def test_nor_denies(text: str) -> None:
    assert "Hama" not in [s for _, places in _ground(text + WAR, "SY") for s in places]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "M23 fighters captured Minova from the army. Thousands were on the road to Goma, the "
            "provincial capital. When the town changed hands was unclear.",
            "Minova",
        ),
        (
            "M23 fighters captured Minova. The highway to Bukavu is closed. The town was "
            "shelled by M23.",
            "Minova",
        ),
    ],
)
def test_the_town_is_not_the_one_that_a_road_leads_to(text: str, place: str) -> None:
    named = {
        p.name for c in claims(text, "CD") for p in c.places if p.surface.casefold() == "the town"
    }
    assert named == {place}


@pytest.mark.parametrize(
    "text",
    [
        "The RSF took Bara on 29 May. The army had held the town since 11 May.",
        "M23 entered Sake on Friday. Government troops had controlled the town for a year.",
        "JNIM seized Diapaga on Monday. The army had occupied it since March.",
    ],
)
def test_who_had_held_a_town_before_does_not_hold_it(text: str) -> None:
    holders = [c.actor.name for c in claims(text, "SD") if c.status.is_current and c.actor]
    assert not any("army" in name.lower() or "troops" in name.lower() for name in holders)


@pytest.mark.parametrize(
    "text",
    [
        "Once Homs is ours, the road is open, a commander said.",
        "The rebels are to take Homs next week.",
        "The army is to vacate Hama under the agreement.",
    ],
)
def test_what_is_to_come_is_not_drawn(text: str) -> None:
    assert [c.kind for c in claims(text) if c.status.is_current] == []
