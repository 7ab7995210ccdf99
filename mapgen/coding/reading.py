"""What is known of an article before its sentences are coded: names, parties, country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.actors import ActorMention, Cast, default_table
from mapgen.georeference import Geoparse, geoparse, without_far
from mapgen.language import reading_text

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapgen.model import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it is read: offsets into ``text`` are those of the article."""

    text: str
    mentions: list[ActorMention]
    found: Geoparse
    cast: Cast


def read_article(article: Article, gazetteer: Gazetteer) -> Reading:
    """Find the parties and the places of an article; its sentences are not parsed for it."""
    table = default_table()
    text = reading_text(article.text, article.paragraphs)
    mentions = table.find(text)
    taken = [(m.start, m.end) for m in mentions]
    home = article.source or article.url
    found = without_far(geoparse(text, taken, gazetteer, article.country, home), text)
    mentions = table.find(text, found.country)
    return Reading(text, mentions, found, Cast.of(table, text, found.country))
