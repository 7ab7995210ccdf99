"""Lists of places that are taken: "and then Y", "among them Y", "Y followed on the 9th"."""

from __future__ import annotations

import pytest
from coding_kit import claims

from mapgen.model import Kind, Role


def _taken(text: str, country: str, *, by_name: bool = False) -> dict[str, str | None]:
    """Return the places taken in current claims, each with who took it."""
    return {
        (p.name or p.surface if by_name else p.surface): c.actor.name if c.actor else None
        for c in claims(text, country)
        if c.kind is Kind.CONTROL_CHANGE and c.status.is_current
        for p in c.places
        if p.role is Role.AT
    }


LISTS = [
    ("Rebels took Rastan and then Talbisseh on Thursday.", "SY", {"Rastan", "Talbisseh"}),
    ("The RSF seized Bara and, a day later, Umm Ruwaba.", "SD", {"Bara", "Umm Ruwaba"}),
    (
        "The TNLA seized Namhsan (3 December), Mantong town, except for one hill, and, with its "
        "allies, Namhkam.",
        "MM",
        {"Namhsan", "Mantong", "Namhkam"},
    ),
    (
        "M23 captured five towns on Friday, among them Rutshuru and Minova.",
        "CD",
        {"Rutshuru", "Minova"},
    ),
    ("M23 captured Rutshuru as well as Minova on Friday.", "CD", {"Rutshuru", "Minova"}),
    (
        "The army captured several towns, including Maarat al-Numan and Saraqib, on Friday.",
        "SY",
        {"Maarat al-Numan", "Saraqib"},
    ),
    (
        "Rebels raised their flag in Rastan, Talbisseh and Saraqib on Friday.",
        "SY",
        {"Rastan", "Talbisseh", "Saraqib"},
    ),
    (
        "Rebels captured first Saraqib, then Khan Shaykhun and finally Hama.",
        "SY",
        {"Saraqib", "Khan Shaykhun", "Hama"},
    ),
]


@pytest.mark.parametrize(("text", "country", "places"), LISTS)
def test_every_place_of_a_list_is_taken(text: str, country: str, places: set[str]) -> None:
    found = _taken(text, country)
    assert set(found) == places
    assert len(set(found.values())) == 1
    assert None not in found.values()


@pytest.mark.parametrize(
    ("text", "country", "places"),
    [
        ("Rebels took Rastan and then shelled Talbisseh on Thursday.", "SY", {"Rastan"}),
        ("Rebels took Rastan and then headed for Homs.", "SY", {"Rastan"}),
        ("The RSF seized Bara and, a day later, was beaten back at El Obeid.", "SD", {"Bara"}),
        (
            "M23 captured Rutshuru, among other places held by the army near Goma.",
            "CD",
            {"Rutshuru"},
        ),
        ("M23 captured Rutshuru, whose people fled to Goma and Minova.", "CD", {"Rutshuru"}),
        ("M23 captured Rutshuru, as well as three tanks in Goma.", "CD", {"Rutshuru"}),
        ("M23 captured Rutshuru (27 km from Goma), and the army fled.", "CD", {"Rutshuru"}),
        ("Rebels captured Saraqib and want to go on to Hama.", "SY", {"Saraqib"}),
        ("Rebels captured Saraqib, but not Hama.", "SY", {"Saraqib"}),
    ],
)
def test_a_place_beside_the_list_is_not_taken(text: str, country: str, places: set[str]) -> None:
    assert set(_taken(text, country)) == places


FOLLOWED = [
    (
        "Taliban fighters captured Kunduz. Zaranj went on Friday, Sheberghan on Saturday.",
        "AF",
        {"Kunduz", "Zaranj", "Sheberghan"},
    ),
    (
        "M23 captured Rutshuru together with Minova. Masisi went next.",
        "CD",
        {"Rutshuru", "Minova", "Masisi"},
    ),
    (
        "Taliban fighters captured Zaranj on Friday. Sheberghan followed on Saturday, Kunduz on "
        "Sunday.",
        "AF",
        {"Zaranj", "Sheberghan", "Kunduz"},
    ),
    ("Rebels captured Hama on Thursday. Rastan followed on Friday.", "SY", {"Hama", "Rastan"}),
    (
        "Rebels seized Saraqib. Maarat al-Numan and Khan Shaykhun followed.",
        "SY",
        {"Saraqib", "Maarat al-Numan", "Khan Shaykhun"},
    ),
]


@pytest.mark.parametrize(("text", "country", "places"), FOLLOWED)
def test_a_town_that_followed_was_taken_too(text: str, country: str, places: set[str]) -> None:
    found = _taken(text, country)
    assert set(found) == places
    assert len(set(found.values())) == 1


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rebels captured Hama. Protests in Rastan followed.", {"Hama"}),
        ("Rebels shelled Hama on Thursday. Rastan followed on Friday.", set()),
        ("Rebels captured Hama. Rastan followed the news with fear.", {"Hama"}),
        ("Rebels captured Hama. Homs could follow within days.", {"Hama"}),
        ("The army denied that rebels had captured Hama. Rastan followed on Friday.", set()),
        ("Rebels captured Hama. Rastan went to the polls.", {"Hama"}),
        ("Rebels captured Hama. Rastan went without bread.", {"Hama"}),
        ("Rebels captured Hama. Rastan went on strike.", {"Hama"}),
        ("Rebels captured Hama. Rastan went too far, they said.", {"Hama"}),
        ("Rebels captured Hama. A convoy followed them to Rastan.", {"Hama"}),
    ],
)
def test_what_follows_otherwise_is_not_taken(text: str, places: set[str]) -> None:
    assert set(_taken(text, "SY")) == places


def test_the_loser_and_the_taker_of_vacated_places() -> None:
    text = (
        "The Joint Forces pulled out of Hays and Al Khawkhah on Friday. Houthi forces took over "
        "the vacated areas on Saturday."
    )
    found = _taken(text, "YE", by_name=True)
    assert found == {"Ḩays": "Houthi forces", "Al Khawkhah": "Houthi forces"}


@pytest.mark.parametrize(
    ("text", "country", "places"),
    [
        (
            "The army left Saraqib and Rastan. Rebels moved into the abandoned towns.",
            "SY",
            {"Saraqib", "Ar Rastan"},
        ),
        (
            "Soldiers left Minova and Rutshuru on Monday. M23 occupied the abandoned positions.",
            "CD",
            {"Minova", "Rutshuru"},
        ),
        (
            "Troops abandoned positions in and around Hays, Zabid and Al Khawkhah. The Houthis "
            "have since moved into the vacated areas.",
            "YE",
            {"Ḩays", "Zabīd", "Al Khawkhah"},
        ),
    ],
)
def test_whoever_moves_into_what_was_left_holds_it(
    text: str, country: str, places: set[str]
) -> None:
    found = _taken(text, country, by_name=True)
    assert set(found) == places
    assert len(set(found.values())) == 1


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The army withdrew from Saraqib. Refugees moved into the abandoned houses.", "SY"),
        ("Villagers left Saraqib and Rastan. Rebels took over the abandoned homes.", "SY"),
        ("The army withdrew from Saraqib. Rebels may move into the vacated positions.", "SY"),
        ("Rebels shelled Saraqib. They took over vacated positions.", "SY"),
    ],
)
def test_nothing_is_taken_over_where_no_force_left(text: str, country: str) -> None:
    assert _taken(text, country) == {}


def _days(text: str, country: str) -> dict[str, str]:
    """Return the first day of the capture of each place."""
    return {
        p.surface: str(c.date.start) if c.date else ""
        for c in claims(text, country)
        if c.kind is Kind.CONTROL_CHANGE and c.status.is_current
        for p in c.places
    }


@pytest.mark.parametrize(
    ("text", "country", "days"),
    [
        (
            "Rebels captured Hama on Thursday and Rastan on Friday.",
            "SY",
            {"Hama": "2024-12-05", "Rastan": "2024-12-06"},
        ),
        (
            "Rebels took Saraqib on 1 December, Hama on 3 December and Rastan on 5 December.",
            "SY",
            {"Saraqib": "2024-12-01", "Hama": "2024-12-03", "Rastan": "2024-12-05"},
        ),
        (
            "M23 rebels seized Minova on Tuesday and the town of Masisi on Wednesday.",
            "CD",
            {"Minova": "2024-12-03", "Masisi": "2024-12-04"},
        ),
        (
            "The army captured Saraqib and Hama on Thursday.",
            "SY",
            {"Saraqib": "2024-12-05", "Hama": "2024-12-05"},
        ),
    ],
)
def test_each_place_of_a_list_has_its_own_day(
    text: str, country: str, days: dict[str, str]
) -> None:
    assert _days(text, country) == days
    found = claims(text, country)
    assert len({c.id for c in found}) == len(found)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rebels could capture Hama on Thursday and Rastan on Friday.", set()),
        ("Rebels captured Hama on Thursday and shelled Rastan on Friday.", {"Hama"}),
        ("Rebels captured Hama on Thursday, and Rastan on Friday was still calm.", {"Hama"}),
        ("Rebels denied capturing Hama on Thursday and Rastan on Friday.", set()),
        ("Rebels captured Hama on the way to Homs and Rastan on Friday fell silent.", {"Hama"}),
    ],
)
def test_a_place_with_a_day_need_not_be_taken(text: str, places: set[str]) -> None:
    assert set(_taken(text, "SY")) == places
