"""Of places that share a name, the one amid those named beside it is meant."""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding.english.article_context import context_of
from mapgen.model import Article
from tests.unit.coding_kit import gazetteer


def found(text: str, country: str) -> dict[str, tuple[float, float] | None]:
    """Return where each name of a text is placed, as (lat, lon) in degrees."""
    article = Article(id="a", text=text, country=country, published_on=date(2024, 11, 2))
    references = context_of(article, gazetteer()).found.references
    return {
        r.surface: None if r.place is None else (round(r.place.lat, 1), round(r.place.lon, 1))
        for r in references
    }


@pytest.mark.parametrize(
    ("text", "country", "name", "where"),
    [
        (
            "KYIV - Kyiv's General Staff said on Friday that fighting went on in Selydove. Russian "
            "troops hold Vyshneve, Tsukuryne and Hirnyk south of it.",
            "UA",
            "Vyshneve",
            (48.2, 37.2),
        ),
        (
            "Russian troops moved on from Vuhledar. They took Shakhtarske and shelled "
            "Velyka Novosilka and Bohoiavlenka.",
            "UA",
            "Shakhtarske",
            (47.9, 37.0),
        ),
    ],
)
def test_the_village_amid_the_towns_of_the_same_lines_is_meant(text, country, name, where):
    assert found(text, country)[name] == where


@pytest.mark.parametrize(
    ("text", "country", "name", "where"),
    [
        # a big town is meant by its name, wherever the rest lies
        (
            "Shells fell on Vuhledar and Velyka Novosilka. Trains to Kostiantynivka and "
            "Zaporizhzhia were late.",
            "UA",
            "Zaporizhzhia",
            (47.9, 35.1),
        ),
        ("Fighting went on in Selydove. A court sat in Hirnyk.", "UA", "Hirnyk", (48.1, 37.4)),
    ],
)
def test_a_town_that_is_known_or_near_stays_as_it_is(text, country, name, where):
    assert found(text, country)[name] == where


def test_a_town_far_from_all_others_of_its_list_is_not_meant():
    text = (
        "The army advanced on Khan Sheikhoun and Morek. It captured al-Habit, Kafr Ein and Madaya "
        "on Sunday, and shelled Hish."
    )
    assert found(text, "SY")["Madaya"] == (35.5, 36.6)
    text = "Aid reached Zabadani and Madaya, and convoys left for Khan Sheikhoun."
    assert found(text, "SY")["Madaya"] == (33.7, 36.1)
