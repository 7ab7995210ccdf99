"""Recognise the parties, places and countries of an article before its sentences are coded."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.coding.english.country_of_war import country_of_war
from mapgen.coding.english.country_sections import CountrySection, country_sections
from mapgen.core.tables.actors import ActorMention, default_table
from mapgen.places.far_places import without_far
from mapgen.places.georeference import Geoparse, geoparse
from mapgen.places.named_after import without_namesakes
from mapgen.places.placed_by_words import placed_by_words
from mapgen.places.set_apart import names_set_apart
from mapgen.places.village_names import with_villages
from mapgen.places.village_sections import with_villages_of_items
from mapgen.reading.passages import reading_text

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapgen.model import Article


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """The parties, places and countries of an article.

    Parameters
    ----------
    text
        Text to read. Its character offsets are those of the article.
    found
        Georeferences of the place names, and the country.
    sections
        Parts of the text, each with its country and its parties.
    """

    text: str
    found: Geoparse
    sections: tuple[CountrySection, ...]

    @property
    def mentions(self) -> list[ActorMention]:
        """The named parties, in the order of the text."""
        return [m for section in self.sections for m in section.mentions]

    @property
    def items(self) -> list[tuple[int, int, str]]:
        """The items of a digest by start, end and country; none of a text about one country."""
        return [(s.start, s.end, s.country) for s in self.sections if s.is_item and s.country]

    def section(self, offset: int) -> CountrySection:
        """Return the section in which an offset lies."""
        starts = [s.start for s in self.sections]
        return self.sections[max(bisect_right(starts, offset) - 1, 0)]


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
    taken = [*table.spans(text), *names_set_apart(text)]
    home = article.source or article.url
    is_given = article.country is not None
    found = geoparse(text, taken, gazetteer, article.country, home)
    told = country_of_war(text, table) if found.country is None else None
    if told is not None:
        found = geoparse(text, taken, gazetteer, told, home)
    found = without_far(found, text, is_given=is_given)
    found = with_villages(found, text, taken, gazetteer, is_given=is_given)
    found = placed_by_words(without_namesakes(found, text), text, gazetteer)
    sections = country_sections(text, found.references, table, found.country, is_given=is_given)
    context = ArticleContext(text, found, sections)
    return replace(
        context, found=with_villages_of_items(found, text, taken, gazetteer, context.items)
    )
