"""Geoparse articles without coding events.

Articles and a gazetteer come in. Records of all toponyms go out, and of the demonyms and
organisations that contain or derive from the name of a place.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.core.spans import Spans
from mapgen.core.tables.actors import default_table
from mapgen.core.tables.word_lists import word_list
from mapgen.places.georeference import geoparse
from mapgen.places.set_apart import names_set_apart
from mapgen.places.toponyms import ToponymRecord
from mapgen.places.village_names import with_villages
from mapgen.reading.passages import reading_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gazetteer import Gazetteer
    from mapgen.model import Article
    from mapgen.places.georeference import Georeference

# Words that show that a run of capitalised words is the name of an organisation.
_BODIES = word_list("toponyms", "organisation") | word_list("toponyms", "force")
_NAME = r"[A-Z][\w'’-]*"
_BEFORE = re.compile(rf"(?:{_NAME}\s(?:of\s(?:the\s)?|for\s|and\s)?)+$")
_AFTER = re.compile(rf"(?:\s(?:of\s(?:the\s)?|for\s|and\s)?{_NAME})+")
_OPENING = re.compile(r"^(?:The|A|An|In|At|On|From|To|By|But|And)\s")
_REACH = 60  # number of characters searched on each side of a place


def find_toponyms(articles: Iterable[Article], gazetteer: Gazetteer) -> list[ToponymRecord]:
    """Find and resolve the toponyms of articles without a syntactic parser.

    Parameters
    ----------
    articles
        Articles to geoparse.
    gazetteer
        Gazetteer in which names are looked up.

    Returns
    -------
    list of ToponymRecord
        Sorted by article and offset. A record of type ``place`` has a place, or the reason why it
        has none. Records of the types ``demonym`` ("Syrian", with its country) and
        ``organisation`` ("University of Aleppo") have no coordinates, since they are not places.
        The span of an organisation contains the span of the place in its name.
    """
    table = default_table()
    records = []
    for article in articles:
        text = reading_text(article.text, article.paragraphs)
        taken = [*table.spans(text), *names_set_apart(text)]
        found = geoparse(text, taken, gazetteer, article.country, article.source or article.url)
        found = with_villages(found, text, taken, gazetteer, is_given=article.country is not None)
        own = [r.record(article.id) for r in found.references]
        own += _demonyms(article.id, text, found.references)
        own += _organisations(article.id, text, found.references)
        records += sorted(own, key=lambda r: (r.start, -r.end, r.type))
    return records


@functools.cache
def _demonym() -> re.Pattern[str]:
    """Return a pattern for demonyms, which may have a plural ending."""
    names = sorted(demonyms(), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})s?\b")


def _demonyms(article: str, text: str, places: tuple[Georeference, ...]) -> Iterator[ToponymRecord]:
    """Yield the demonyms in a text that are not part of the name of a place."""
    taken = Spans((r.start, r.end) for r in places)
    for match in _demonym().finditer(text):
        start, end = match.span()
        if taken.overlaps(start, end):
            continue
        word = match[0] if match[0] in demonyms() else match[0][:-1]
        code = demonyms()[word]
        yield ToponymRecord(
            article=article,
            start=start,
            end=end,
            surface=match[0],
            type="demonym",
            place_id=f"iso:{code}",
            country=code,
            method="listed adjective of a country",
            reason="no place: an adjective or a people",
        )


def _organisations(
    article: str, text: str, places: tuple[Georeference, ...]
) -> Iterator[ToponymRecord]:
    """Yield the names of organisations that contain the name of a place."""
    for place in places:
        if text[place.start : place.end].count("\n"):
            continue
        before = _BEFORE.search(text[max(0, place.start - _REACH) : place.start])
        after = _AFTER.match(text[place.end : place.end + _REACH])
        start = place.start - len(before[0]) if before else place.start
        end = place.end + (after.end() if after else 0)
        opening = _OPENING.match(text[start:end])
        if opening:
            start = min(start + opening.end(), place.start)
        surface = text[start:end].rstrip(".,'’-")
        around = f"{text[start : place.start]} {text[place.end : start + len(surface)]}"
        words = set(re.findall(r"\w+", around.casefold()))
        if len(surface) > place.end - place.start and words & _BODIES:
            yield ToponymRecord(
                article=article,
                start=start,
                end=start + len(surface),
                surface=surface,
                type="organisation",
                country=place.place.country if place.place else None,
                method="a body's name around a place",
                reason="no place: the name of a body",
            )
