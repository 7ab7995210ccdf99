"""An arrow from or to a country begins or ends at its border, not in the middle of it."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import gazetteer

from mapgen.coding import code_articles
from mapgen.merging.events import situation_of
from mapgen.model import Article
from mapgen.settings import Settings
from mapgen.situation.shown import shown
from mapgen.situation.signs import signs_of

DAY = date(2025, 4, 11)


def _arrow(text: str, country: str):
    """Return the path of the one arrow of a text, as (lat, lon), and which of its ends is known."""
    article = Article(id="a", text=text, country=country, published_on=DAY)
    situation = situation_of(code_articles([article], gazetteer()))
    view = shown(situation, gazetteer(), Settings())
    signs = [s for e in situation.events for s in signs_of(view, e, "card")]
    (arrow,) = [s for s in signs if s["type"] == "displacement"]
    return [(lat, lon) for lat, lon in arrow["path"]], arrow["end"]


@pytest.mark.parametrize(
    ("text", "country", "first", "last"),
    [
        ("Some 5,000 people fled from Nigeria to Diffa on Monday.", "NE", (13.3, 12.7), None),
        ("Some 5,000 people fled El Geneina for Chad on Monday.", "SD", None, (13.4, 22.2)),
    ],
)
def test_an_arrow_crosses_the_border_near_the_town(text, country, first, last):
    path, known = _arrow(text, country)
    assert known == "both"
    for told, point in ((first, path[0]), (last, path[-1])):
        if told is not None:
            assert abs(point[0] - told[0]) < 0.8  # the outlines of countries are coarse
            assert abs(point[1] - told[1]) < 0.8


def test_within_one_country_no_direction_is_told():
    path, known = _arrow("Some 5,000 people from across Sudan fled to Port Sudan.", "SD")
    assert known == "destination"
    assert len(path) == 1
