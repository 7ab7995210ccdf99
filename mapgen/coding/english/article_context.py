"""Recognise the parties, places and country of an article before its sentences are coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.tables.actors import ActorMention, Cast, default_table
from mapgen.places.georeference import Geoparse, geoparse, without_far
from mapgen.places.named_after import without_namesakes
from mapgen.places.placed_by_words import placed_by_words
from mapgen.places.village_names import with_villages
from mapgen.reading.passages import reading_text

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapgen.model import Article


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """The parties, places and country of an article.

    Parameters
    ----------
    text
        Text to read. Its character offsets are those of the article.
    mentions
        Mentions of armed parties.
    found
        Georeferences of the place names, and the country.
    cast
        The parties of the article.
    """

    text: str
    mentions: list[ActorMention]
    found: Geoparse
    cast: Cast


def context_of(article: Article, gazetteer: Gazetteer) -> ArticleContext:
    """Recognise the parties and the places of an article; sentences are not parsed.

    Parameters
    ----------
    article
        The article.
    gazetteer
        Gazetteer in which the names of places are looked up.

    Returns
    -------
    ArticleContext
        The text with its parties, georeferences and country.
    """
    table = default_table()
    text = reading_text(article.text, article.paragraphs)
    mentions = table.find(text)
    taken = [(m.start, m.end) for m in mentions]
    home = article.source or article.url
    found = geoparse(text, taken, gazetteer, article.country, home)
    found = without_far(found, text, is_given=article.country is not None)
    found = with_villages(found, text, taken, gazetteer, is_given=article.country is not None)
    found = placed_by_words(without_namesakes(found, text), text, gazetteer)
    mentions = table.find(text, found.country)
    return ArticleContext(text, mentions, found, Cast.of(table, text, found.country))
