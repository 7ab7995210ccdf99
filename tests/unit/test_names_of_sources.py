"""Sources are named without what their sentence says of them by the way."""

from __future__ import annotations

import pytest

from mapgen.core.words import with_article
from tests.unit.coding_kit import claims


@pytest.mark.parametrize(
    ("text", "country", "source"),
    [
        (
            "Three residents of Kamanyola, a border town, said the rebels had entered Uvira.",
            "CD",
            "three residents of Kamanyola",
        ),
        (
            "Rebels have taken Bara and are closing in on El Obeid, 60 km to the south, "
            "analysts and soldiers said.",
            "SD",
            "analysts and soldiers",
        ),
        ("The rebels took Bara, the ministry in Khartoum said.", "SD", "ministry in Khartoum"),
    ],
)
def test_a_source_is_named_without_asides(text, country, source):
    assert {c.attribution.name for c in claims(text, country) if c.attribution} == {source}


@pytest.mark.parametrize(
    ("name", "in_a_sentence"),
    [
        ("ministry in Moscow", "the ministry in Moscow"),
        ("Kurdish official in Erbil", "a Kurdish official in Erbil"),
        ("Iranian source", "an Iranian source"),
        ("spokesman for the army", "a spokesman for the army"),
        ("residents", "residents"),
        ("DeepState", "DeepState"),
        ("Norwegian Refugee Council", "Norwegian Refugee Council"),
    ],
)
def test_a_source_has_the_article_that_a_sentence_needs(name, in_a_sentence):
    assert with_article(name) == in_a_sentence
