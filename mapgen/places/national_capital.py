"""Find the town that "the capital" or "the political capital" means in an article on one country.

Which towns share the rank is in ``data/capitals.csv``: "the commercial capital" of Ivory Coast is
Abidjan, and "the capital" alone may be either of two.
"""

from __future__ import annotations

import csv
import functools
import re
from importlib import resources
from typing import TYPE_CHECKING

from gazetteer.country_codes import capital_name
from mapgen.core.tables.word_lists import word_list
from mapgen.places.georeference import Georeference

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gazetteer import Gazetteer
    from gazetteer.records import Place

_CAPITAL = re.compile(r"(?P<bare>\b[Tt]he\s)?\bcapitals?\b(?P<of>\sof\b)?", re.IGNORECASE)
_BESIDE = 60  # characters between the word and the name of the town that is one
_BACK = 500  # characters: a paragraph or two in which the capital of a province may be told of
_SURE = 0.9
_OF_ALL = frozenset({"federal", "national", "official", "political"})  # in any country
_MANY_KINDS = word_list("mentions", "kinds_of_capital")
_WORDS = re.compile(r"[a-z]+")
_PHRASE = re.compile(r"(?:the\s)?(?P<words>(?:[a-z-]+\s){0,3})capital", re.IGNORECASE)
ALONE = ""
"""Stands for "the capital" without a word that says which."""


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


def capitals_of(country: str | None, gazetteer: Gazetteer) -> dict[str, Place]:
    """Return the towns that are the capital of a country in some sense, by the word that says so.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    gazetteer
        Gazetteer in which the towns are looked up.

    Returns
    -------
    dict of str to Place
        `ALONE` is not among the keys if "the capital" may be one of several.
    """
    rows = _rows().get(country or "")
    if country is None or rows is None:
        capital = capital_of(country, gazetteer)
        return {} if capital is None else dict.fromkeys({ALONE, *_OF_ALL}, capital)
    found: dict[str, Place] = {}
    for town, words, is_alone in rows:
        place = _town(town, country, gazetteer)
        if place is None:
            continue
        if is_alone:
            found |= {w: place for w in (ALONE, *_OF_ALL) if w not in found}
        found |= dict.fromkeys(words, place)
    return found


def _town(name: str, country: str, gazetteer: Gazetteer) -> Place | None:
    """Return the biggest town of a name in a country."""
    found = [c.place for c in gazetteer.lookup(name, country=country) if c.score > _SURE]
    towns = [p for p in found if p.precision == "settlement"]
    return max(towns, key=lambda p: p.population or 0, default=None)


@functools.cache
def _rows() -> dict[str, list[tuple[str, tuple[str, ...], bool]]]:
    """Return the towns of each country, with their words and whether "the capital" means them."""
    path = resources.files("mapgen").joinpath("data/capitals.csv")
    found: dict[str, list[tuple[str, tuple[str, ...], bool]]] = {}
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        town = (row["town"], tuple(row["words"].split()), row["alone"] == "yes")
        found.setdefault(row["country"], []).append(town)
    return found


def kind_of_capital(words: Collection[str]) -> str | None:
    """Return the word beside "capital" that says in which sense a town is one, or None.

    Parameters
    ----------
    words
        Words before "capital", in lower case.
    """
    parts = [part for word in words for part in _WORDS.findall(word.lower())]
    return next((part for part in parts if part in _MANY_KINDS), None)


def capital_in_words(
    phrase: str, text: str, start: int, capitals: Mapping[str, Place]
) -> Place | None:
    """Return the capital of the country that a phrase means: "the capital", "the interim capital".

    Parameters
    ----------
    phrase
        The phrase as written.
    text
        Text of the article.
    start
        Offset of the phrase.
    capitals
        What `capitals_of` returns.
    """
    match = _PHRASE.fullmatch(phrase)
    if match is None:
        return None
    kind = kind_of_capital(match["words"].split())
    if kind is not None:
        return capitals.get(kind)
    capital = capitals.get(ALONE) if not match["words"] else None
    return capital if capital is not None and is_of_country(text, start, capital) else None


def is_told_capital(text: str, start: int, name: str) -> bool:
    """Whether a town is told to be some capital shortly before an offset.

    Parameters
    ----------
    text
        Text of the article.
    start
        The offset.
    name
        Name of the town, as written.
    """
    for told in _CAPITAL.finditer(text, max(0, start - _BACK), start):
        if name in text[max(0, told.start() - _BESIDE) : told.end() + _BESIDE]:
            return True
    return False


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
