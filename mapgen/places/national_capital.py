"""Find the town that "the capital" means in an article about one country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.country_codes import capital_name
from mapgen.places.georeference import Georeference

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.records import Place

_CAPITAL = re.compile(r"(?P<bare>\b[Tt]he\s)?\bcapitals?\b(?P<of>\sof\b)?", re.IGNORECASE)
_BESIDE = 60  # characters between the word and the name of the town that is one
_BACK = 500  # characters: a paragraph or two in which the capital of a province may be told of
_SURE = 0.9


def is_of_country(text: str, start: int, capital: Place) -> bool:
    """Whether "the capital" at an offset is that of the country, and not of a province.

    It is if no other capital is told of shortly before.

    Parameters
    ----------
    text
        Text of the article.
    start
        Offset of the words.
    capital
        The capital of the country.
    """
    for told in _CAPITAL.finditer(text, max(0, start - _BACK), start):
        beside = text[max(0, told.start() - _BESIDE) : told.end() + _BESIDE]
        if told["bare"] and not told["of"]:
            continue  # another "the capital"
        if capital.name not in beside:
            return False
    return True


def capital_of(country: str | None, gazetteer: Gazetteer) -> Place | None:
    """Return the capital of a country, or None if it is not listed."""
    name = capital_name(country)
    if name is None or country is None:
        return None
    found = [c.place for c in gazetteer.lookup(name, country=country) if c.score > _SURE]
    return next((p for p in found if p.feature == "PPLC"), None)


def as_capital(words: str, start: int, capital: Place) -> Georeference:
    """Return "the capital" as a name of this town."""
    return Georeference(
        start=start,
        end=start + len(words),
        surface=words,
        place=capital,
        score=_SURE,
        candidates=(capital.id,),
        method="capital of the subject country",
    )
