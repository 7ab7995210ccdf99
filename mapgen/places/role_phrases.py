"""Read phrases that state the country of a town, such as "the rebel-held Syrian town of Azaz".

The text and its spans come in. A span that follows such a phrase keeps only its candidates in
that country.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from gazetteer.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer import Gazetteer
    from gazetteer.matching import Namesake
    from mapgen.places.toponyms import Span

_KINDS = r"(?:city|cities|town|towns|village|villages|hamlet|settlement|port|capital|enclave)"
# Other adjectives, which may stand between the demonym and the noun.
_BETWEEN = (
    r"(?:\w+-\w+|\w+ern|ancient|besieged|big|biggest|border|central|coastal|former|front-?line"
    r"|historic|industrial|key|largest|main|mining|mountain|nearby|northeast|northwest|oasis|port"
    r"|provincial|regional|rural|second|small|southeast|southwest|strategic|third)"
)
_REACH = 80  # number of characters searched before a name


@functools.cache
def _phrase() -> re.Pattern[str]:
    """Return a pattern for phrases such as "Syrian town of" before a name."""
    names = "|".join(sorted(map(re.escape, demonyms()), key=lambda n: (-len(n), n)))
    return re.compile(
        rf"(?<![\w-])(?P<demonym>{names})\s(?:{_BETWEEN},?\s){{0,3}}{_KINDS}\s(?:of\s)?$"
    )


_PIECE = r"(?:[A-Z]|a[dlnrstz]h?-[A-Z]?|[Ee]l-[A-Z]?|d['’])[\w’'-]*"


@functools.cache
def _apposition() -> re.Pattern[str]:
    """Return a pattern for a name with its country behind: "Qaim, the Iraqi border town"."""
    names = "|".join(sorted(map(re.escape, demonyms()), key=lambda n: (-len(n), n)))
    return re.compile(
        rf"{_PIECE}(?:\s{_PIECE}){{0,3}},\s(?:an?|the)\s(?:{_BETWEEN},?\s){{0,2}}"
        rf"(?P<demonym>{names})\s(?:{_BETWEEN},?\s){{0,3}}{_KINDS}\b"
    )


def country_said(text: str, start: int) -> str | None:
    """Return the country that the words beside a name state.

    Parameters
    ----------
    text
        Text of the article.
    start
        Offset of the first character of the name.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-2 code, or None if no such phrase stands before or behind the name.
    """
    before = " ".join(text[max(0, start - _REACH) : start].split()) + " "
    match = _phrase().search(before) or _apposition().match(text, start)
    return demonyms()[match["demonym"]] if match else None


def with_countries_said(spans: Iterable[Span], text: str, gazetteer: Gazetteer) -> set[str]:
    """Restrict the candidates of names to the country that the text states for them.

    If no place in that country has the name as written, looser spellings are tried. A name means
    the same place throughout a text, so all spans with the name change. Names for which the text
    states several countries are left alone.

    Parameters
    ----------
    spans
        Spans of the text; their ``namesakes`` are changed in place.
    text
        Text of the article.
    gazetteer
        Gazetteer in which looser spellings are looked up.

    Returns
    -------
    set of str
        The names whose candidates were restricted, as written.
    """
    spans = list(spans)
    said: dict[str, set[str]] = defaultdict(set)
    for span in spans:
        country = country_said(text, span.start)
        if country is not None:
            said[fold(span.surface)].add(country)
    told: set[str] = set()
    for span in spans:
        countries = said.get(fold(span.surface), set())
        if len(countries) != 1:
            continue
        namesakes = _of_country(span.namesakes, span.surface, next(iter(countries)), gazetteer)
        if namesakes:
            span.namesakes = namesakes
            told.add(span.surface)
    return told


def _of_country(
    namesakes: tuple[Namesake, ...], name: str, country: str, gazetteer: Gazetteer
) -> tuple[Namesake, ...]:
    """Return the settlements with a name in a country, or else those with a looser spelling."""
    for found in (namesakes, gazetteer.loose(name, country)):
        own = [n for n in found if n.country == country and n.precision == "settlement"]
        if own:
            return tuple(own)
    return ()
