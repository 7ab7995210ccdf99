"""A name is placed by what stands beside it, or not at all."""

from __future__ import annotations

import pytest
from coding_kit import claims, gazetteer

from mapgen.coding import TwoReaders
from mapgen.model import Article


def _points(text: str, country: str | None) -> dict[str, tuple[float, float] | None]:
    return {
        p.surface: (round(p.lat, 1), round(p.lon, 1))
        if p.lat is not None and p.lon is not None
        else None
        for c in claims(text, country)
        for p in c.places
    }


def test_a_hamlet_with_the_name_of_a_country_is_no_country() -> None:
    text = "The army captured the hamlet of Honduras, in Cauca, from dissidents on Monday."
    assert _points(text, "CO")["Honduras"] == (2.4, -76.9)  # somewhere in Cauca


def test_the_villages_of_a_country_are_still_the_country() -> None:
    text = "Rebels captured villages of Lebanon and the town of Tyre on Monday."
    assert _points(text, "LB")["Tyre"] == (33.3, 35.2)


@pytest.mark.parametrize("where", ["in Teorama municipality", "in the municipality of Teorama"])
def test_a_namesake_outside_the_municipality_is_not_meant(where: str) -> None:
    text = f"Some 60 families fled Tibú. ELN rebels captured San Pablo, {where}, on Monday."
    assert _points(text, "CO")["San Pablo"] is None


def test_villages_of_the_other_country_of_the_war_are_known() -> None:
    text = (
        "Israeli troops fought in Gaza City, Rafah and Khan Younis. In Lebanon they struck "
        "Tyre and Nabatieh, and Israeli troops captured Maroun al-Ras on Monday."
    )
    assert _points(text, None)["Maroun al-Ras"] == (33.1, 35.4)


def test_the_village_is_not_the_last_town_known_where_another_is_named() -> None:
    text = (
        "Some 215 families fled Kaya. On Monday men ordered the people of Qqotou to leave the "
        "village within 72 hours."
    )
    assert "the village" not in _points(text, "BF")


def test_a_town_in_a_province_is_no_namesake_abroad() -> None:
    assert _points("Insurgents overran Palma in Cabo Delgado on Sunday.", None)["Palma"] == (
        -10.8,
        40.5,
    )


def test_a_name_means_one_place_all_through() -> None:
    text = (
        "Rebels seized Nasir, Upper Nile, on 1 May, and the army retook the town on 8 May. "
        "Following the loss of Nasir, the army brought in reinforcements from Malakal."
    )
    article = Article(id="t", text=text, country="SS")
    found = TwoReaders(gazetteer()).code(article)[0]
    points = {
        (round(p.lat or 0, 1), round(p.lon or 0, 1))
        for c in found
        for p in c.places
        if p.surface in {"Nasir", "the town"}
    }
    assert points == {(8.6, 33.1)}


def test_people_may_flee_far_but_a_quarter_is_no_village_across_the_country() -> None:
    text = (
        "Some 5,800 people from Kunduz are camping in Kabul, most of them in the Shahr-e Naw park "
        "and the others in two schools in Khair Khana and Khair Abad."
    )
    found = TwoReaders(gazetteer()).code(Article(id="t", text=text, country="AF"))[0]
    points = {p.surface: p.lat for c in found for p in c.places}
    assert points["Kabul"] is not None
    assert round(points["Khair Khana"] or 0, 1) == 34.6  # a quarter of Kabul
    assert points.get("Khair Abad") is None  # villages of this name lie far from it
    text = "Fighting went on in Malakal. Partners in Renk report 3,100 arrivals from Ulang."
    found = TwoReaders(gazetteer()).code(Article(id="t", text=text, country="SS"))[0]
    points = {p.surface: p.lat for c in found for p in c.places}
    assert round(points["Renk"] or 0, 1) == 11.7
