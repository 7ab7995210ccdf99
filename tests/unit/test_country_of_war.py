"""A short report names no country; its parties tell where the war is, if they fight at home."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import gazetteer

from mapgen.coding.english.article_context import context_of
from mapgen.coding.english.country_of_war import country_of_war
from mapgen.core.tables.actors import default_table
from mapgen.model import Article


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Malian soldiers took Boni on Monday; Douentza was quiet.", "ML"),
        ("South Sudan's army retook Nasir after the White Army left.", "SS"),
        ("M23 rebels entered Nyabibwe on Monday, residents said.", "CD"),
        ("Arakan Army fighters took the town on Monday.", "MM"),
        ("Viv Ansanm gunmen burned houses in the commune.", "HT"),
        ("Rwandan soldiers crossed to the village on Monday.", None),
        ("Ugandan troops came to the aid of the town.", None),
        ("American and British officials met.", None),
        ("Israeli troops entered the camp on Monday.", None),
        ("Malian soldiers and M23 rebels were named in one report.", None),
        ("Two ministers met in the capital.", None),
    ],
)
def test_the_parties_tell_the_country(text: str, country: str | None) -> None:
    assert country_of_war(text, default_table()) == country


def test_a_town_is_found_in_the_country_of_the_parties() -> None:
    text = "Malian soldiers drove to Douentza on Monday and left Hombori."
    article = Article(id="a", text=text, published_on=date(2024, 5, 8), language="en")
    found = context_of(article, gazetteer()).found
    assert found.country == "ML"
    assert {r.surface: r.place and r.place.country for r in found.references} == {
        "Douentza": "ML",
        "Hombori": "ML",
    }


def test_a_country_that_the_text_names_comes_first() -> None:
    text = "Malian soldiers trained in Burkina Faso, in Ouagadougou and Djibo."
    article = Article(id="a", text=text, published_on=date(2024, 5, 8), language="en")
    assert context_of(article, gazetteer()).found.country == "BF"
