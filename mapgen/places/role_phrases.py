"""Phrases that say in which country a town lies: "the rebel-held Syrian town of Azaz"."""

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
# What may stand between the adjective and the noun: other adjectives, no noun of its own.
_BETWEEN = (
    r"(?:\w+-\w+|\w+ern|ancient|besieged|big|biggest|border|central|coastal|former|front-?line"
    r"|historic|industrial|key|largest|main|mining|mountain|nearby|northeast|northwest|oasis|port"
    r"|provincial|regional|rural|second|small|southeast|southwest|strategic|third)"
)
_REACH = 80  # letters before a name that are looked at


@functools.cache
def _phrase() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, demonyms()), key=lambda n: (-len(n), n)))
    return re.compile(
        rf"(?<![\w-])(?P<demonym>{names})\s(?:{_BETWEEN},?\s){{0,3}}{_KINDS}\s(?:of\s)?$"
    )


def country_said(text: str, start: int) -> str | None:
    """Return the country (ISO 3166-1 alpha-2) that the words before a name put it in, or None.

    Parameters
    ----------
    text
        The article.
    start
        Where the name begins.
    """
    before = " ".join(text[max(0, start - _REACH) : start].split()) + " "
    match = _phrase().search(before)
    return demonyms()[match["demonym"]] if match else None


def with_countries_said(spans: Iterable[Span], text: str, gazetteer: Gazetteer) -> set[str]:
    """Leave names only the places of the country that the text puts them in; return these names.

    Looser spellings are tried where no place there bears the name as written. A name is one place
    all through a text, so that all its mentions change.
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
    """Return the settlements of a name in a country, looser spellings last."""
    for found in (namesakes, gazetteer.loose(name, country)):
        own = [n for n in found if n.country == country and n.precision == "settlement"]
        if own:
            return tuple(own)
    return ()
