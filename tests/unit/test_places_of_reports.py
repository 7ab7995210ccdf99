"""Which places a report's event gets: not the area behind a comma, the big town, no name lost.

The sentences are our own and about invented events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer, distance_km
from mapgen.coding import RuleCoder
from mapgen.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapgen.model import ClaimPlace

    Places = Callable[[str, str], list[ClaimPlace]]


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    """Return the places of all claims that are drawn, of a text on a country."""
    with Gazetteer.open() as gazetteer:
        coder = RuleCoder(gazetteer)

        def code(text: str, country: str) -> list[ClaimPlace]:
            claims, _ = coder.code(Article(id="x", text=text, country=country))
            return [p for claim in claims if claim.status.is_current for p in claim.places]

        yield code


def is_at(place: ClaimPlace, lat: float, lon: float, km: float = 15.0) -> bool:
    """Whether a place is a point near these degrees."""
    if place.lat is None or place.lon is None or place.precision is None:
        return False
    return not place.precision.is_area and distance_km(place.lat, place.lon, lat, lon) <= km


@pytest.mark.parametrize(
    ("text", "country", "place", "outer"),
    [
        ("Fighters captured Rabigh, Homs, on Monday.", "SY", None, (34.73, 36.72)),
        ("Rebels seized Kafr Zita, Hama, at dawn.", "SY", (35.37, 36.6), (35.13, 36.75)),
        ("The militia took Kutum, North Darfur, from the army.", "SD", (14.2, 24.67), None),
        (
            "Troops recaptured Kupiansk, Kharkiv, after a week.",
            "UA",
            (49.71, 37.61),
            (49.99, 36.23),
        ),
        ("M23 seized Rutshuru, North Kivu, on Friday.", "CD", (-1.18, 29.45), None),
        ("People fled from Kherson, Ukraine, by bus.", "UA", (46.64, 32.62), None),
        ("Islamists captured Ménaka, in Mali, on Tuesday.", "ML", (15.92, 2.4), None),
        ("Soldiers shelled the village of Urum, in Aleppo province.", "SY", None, (36.2, 37.16)),
        # a list: both are places of the event
        ("Rebels captured Hama and Homs on Friday.", "SY", (35.13, 36.75), None),
        ("Rockets hit Kramatorsk, Sloviansk and Kharkiv.", "UA", (48.72, 37.56), None),
    ],
)
def test_the_area_behind_a_comma_is_no_second_town(
    places: Places,
    text: str,
    country: str,
    place: tuple[float, float] | None,
    outer: tuple[float, float] | None,
) -> None:
    found = places(text, country)
    assert found
    if place is not None:
        assert any(is_at(p, *place) for p in found), found
    if outer is not None:
        assert not any(is_at(p, *outer, km=5.0) for p in found), found


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("A shell struck Aleppo Street in Hama, killing two.", "SY", "Hama"),
        ("Two rockets hit a school in Lysychansk on Monday.", "UA", "Lysychansk"),
        ("Rebels captured #Saraqib on Sunday.", "SY", "Saraqib"),
        ("The army entered Tal Abyad and Ras al-Ain.", "SY", "Ras al-Ain"),
        ("Gangs attacked Croix-des-Bouquets on Saturday.", "HT", "Croix-des-Bouquets"),
        ("Warplanes bombed Maarat al-Numan overnight.", "SY", "Maarat al-Numan"),
        ("Fighters took Sake, near Goma. Families went back to Sake.", "CD", "Sake"),
        ("Shells hit Khan Younis and Deir al-Balah.", "PS", "Deir al-Balah"),
        ("Insurgents seized Mocímboa da Praia.", "MZ", "Mocímboa da Praia"),
        ("The army shelled Al Managil and Wad Madani.", "SD", "Wad Madani"),
    ],
)
def test_no_name_is_lost(places: Places, text: str, country: str, name: str) -> None:
    named = [p for p in places(text, country) if p.surface == name]
    assert named
    assert all(p.place_id is not None for p in named)


@pytest.mark.parametrize(
    ("text", "country", "lat", "lon"),
    [
        # the big town, though hamlets of its name lie near the other town
        ("Russian missiles hit Lyman and Kharkiv on Sunday.", "UA", 48.99, 37.8),
        ("Drones struck Oleksandriia and Kropyvnytskyi.", "UA", 48.67, 33.12),
        ("Russian troops shelled Pokrovsk and Dnipro.", "UA", 48.28, 37.18),
        ("Missiles hit Izium and Poltava on Monday.", "UA", 49.21, 37.26),
        ("The army shelled Nyala and Zalingei.", "SD", 12.05, 24.88),
        ("Jets bombed Taiz and Aden on Friday.", "YE", 13.58, 44.02),
        ("Rockets hit Sumy and Konotop on Sunday.", "UA", 50.91, 34.8),
        ("The rebels shelled Goma and Sake.", "CD", -1.68, 29.22),
        # the hamlet, where the text says so
        ("Russian troops took the village of Pokrovsk, near Kherson.", "UA", 46.64, 32.62),
        ("Rebels captured Jabla, a village near Hama.", "SY", 35.13, 36.75),
    ],
)
def test_a_big_town_comes_before_a_hamlet(
    places: Places, text: str, country: str, lat: float, lon: float
) -> None:
    found = places(text, country)
    assert found
    if "village" not in text:
        assert any(is_at(p, lat, lon) for p in found), found
        return
    points = [p for p in found if p.precision is not None and not p.precision.is_area]
    assert all(is_at(p, lat, lon, km=80.0) for p in points), found
