"""Listed names that are only part of the name in the text: "Mafraq ar Ruwayk", "North Gondar"."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from gazetteer.spelling import without_possessive
from gazetteer.villages import packaged_countries
from mapgen.places.toponym_features import common_words, given_name, surname
from mapgen.places.toponyms import ROMANISED, SITES

if TYPE_CHECKING:
    from collections.abc import Collection

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from mapgen.places.georeference import Georeference

_AGE_OR_SIZE = (
    "Bas|Grande?|Haut|Nova|Novo|Nouveau|Nouvelle|Petite?|Velha|Velho|Viejo|Vieja|Vieille|Vieux"
)
# "Mafraq ar Ruwayk", "Gaza Strip", "Chiúre-Velho"
_LONGER = re.compile(
    r"(?: (?:(?P<article>a[lrz] |(?:a[dlnrsz]|ash|el)-|el ))?(?P<word>[A-Z][\w'’-]+)"
    rf"|-(?P<kind>{_AGE_OR_SIZE})\b)"
)
_SMALL_TOWN = 15_000  # inhabitants
_TOWN = 50_000  # in a country whose villages are listed, so that the longer name would be found
_BEGINNING = re.compile(
    r"(?P<word>[A-Z][\w'’-]+) (?P<small>(?:d[aeiou]|da[ns]|de[ls]|do[ns]|las?|los?|na|ng|sa) )?$"
)
_RANKS = frozenset({"datu", "emir", "raja", "rajah", "sharif", "shariff", "sultan"})
_DAYS = frozenset(
    name.casefold()
    for name in (*calendar.day_name, *calendar.month_name, *calendar.day_abbr)
    if name
)  # "shelled Gusau Tuesday"
_BEFORE = 20  # letters before a name in which a point of the compass is looked for
_POINT_OF_COMPASS = re.compile(r"\b(?P<point>(?:North|South|East|West|Central|Upper|Lower)\w*)\s$")
_OF_AREA = re.compile(r"\s(?:county|department|district|division|province|region|state|zone)\b")


def in_whole_name(
    r: Georeference, text: str, starts: Collection[int], gazetteer: Gazetteer
) -> Georeference:
    """Return the whole name, without a place, if a listed name is only its beginning.

    The place that is listed is another one then: "Mafraq ar Ruwayk" is not Mafraq.

    Parameters
    ----------
    r
        A name with its place.
    text
        The article.
    starts
        Where other names begin.
    gazetteer
        Gazetteer that may list what a hyphen joins to a name: "Kaya-Barsalogho" are two towns.
    """
    place = r.place
    if place is None or place.precision not in {"settlement", "province"}:
        return r
    start = _start_of_longer(r, place, text, starts)
    if start is not None:
        return _unlisted(r, text, start, r.end)
    end = _end_of_joined(r, place, text, starts, gazetteer)
    if end is not None:
        return _unlisted(r, text, r.start, end)
    behind = _LONGER.match(text, r.end)
    if behind is None:
        return r
    if behind["kind"]:
        return _unlisted(r, text, r.start, behind.end())
    word = without_possessive(behind["word"])
    if not behind["article"]:
        is_other_name = behind.start("word") in starts
        if is_other_name or not _may_belong(word):
            return r
    end = behind.start("word") + len(word)
    is_small = _may_be_longer(place) or bool(behind["article"])
    if not is_small and not _is_one_name(text[r.start : end], text, place):
        return r
    return _unlisted(r, text, r.start, end)


# "Carrefour-Feuilles"; not "the Kadugli-Dibebad road", which has two ends
_JOINED = re.compile(r"-(?P<word>[A-Z][a-zà-ÿ'’]{3,})(?![\w-])")
_TWO_ENDS = re.compile(
    r"\s(?:area|axis|border|corridor|crossing|front|frontier|highway|junction|line|motorway|pipeline"
    r"|railway|road|route|sector|stretch|triangle)s?\b"
)


def _end_of_joined(
    r: Georeference, place: Place, text: str, starts: Collection[int], gazetteer: Gazetteer
) -> int | None:
    """Return where a longer name ends that a hyphen joins to a listed one."""
    behind = _JOINED.match(text, r.end)
    if behind is None or place.precision != "settlement":
        return None
    if behind.start("word") in starts or _TWO_ENDS.match(text, behind.end()):
        return None
    word, country = without_possessive(behind["word"]), place.country or ""
    if word in demonyms() or not common_words().isdisjoint({word.casefold()}):
        return None
    if gazetteer.lookup(word, country=country, limit=1) or gazetteer.villages(word, country):
        return None
    end = behind.start("word") + len(word)
    # once only, it may be two towns or a town and its quarter
    return end if _is_one_name(text[r.start : end], text, place) else None


def _unlisted(r: Georeference, text: str, start: int, end: int) -> Georeference:
    """Return a longer name without a place."""
    reason = "not in the gazetteer"
    return replace(
        r,
        start=start,
        end=end,
        surface=text[start:end],
        place=None,
        score=0.0,
        candidates=(),
        method="words",
        reason=reason,
        is_unlisted=True,
    )


def _start_of_longer(
    r: Georeference, place: Place, text: str, starts: Collection[int]
) -> int | None:
    """Return where a longer name starts that a listed one ends: "Sultan sa Barongis"."""
    left = max(0, r.start - 2 * _BEFORE)
    before = _BEGINNING.search(text[left : r.start])
    if before is None or not _may_be_longer(place) or (place.population or 0) >= _SMALL_TOWN:
        return None
    start = left + before.start("word")
    word = before["word"]
    if start in starts or (start and text[start - 1].isalnum()):
        return None
    return start if word.casefold() in _RANKS or before["small"] else None


def _may_be_longer(place: Place) -> bool:
    """Return whether a place is small, in a country whose names are spelt in many ways."""
    if place.precision != "settlement":
        return False
    country = place.country or ""
    people = place.population or 0
    if country in packaged_countries() and people < _TOWN:
        return True
    return people < _SMALL_TOWN and country.casefold() in ROMANISED


def _is_one_name(name: str, text: str, place: Place) -> bool:
    """Return whether a text says a longer name more than once: "Adan Yabaal" is not Aden."""
    whole = re.compile(rf"\b{re.escape(name)}\b")
    return place.precision == "settlement" and sum(1 for _ in whole.finditer(text)) > 1


def _may_belong(word: str) -> bool:
    """Return whether a word behind a name may be part of it: no word, person, people or site."""
    low = word.casefold()
    if low in SITES or low in _DAYS or not common_words().isdisjoint({low, low.removesuffix("s")}):
        return False
    return not (surname(low) or given_name(low) or word in demonyms() or word.isupper())


def part_of_area(r: Georeference, text: str, gazetteer: Gazetteer) -> Georeference:
    """Return "North Gondar zone" as somewhere in the province of Gondar, not as the town.

    Parameters
    ----------
    r
        A name with its place.
    text
        The article.
    gazetteer
        Gazetteer with the provinces.
    """
    place = r.place
    left = max(0, r.start - _BEFORE)
    before = _POINT_OF_COMPASS.search(text[left : r.start])
    if place is None or before is None or place.precision not in {"settlement", "district"}:
        return r
    if not _OF_AREA.match(text, r.end) or place.admin1 is None:
        return r
    area = gazetteer.get(f"iso:{place.admin1}")
    if area is None:
        return r
    start = left + before.start("point")
    method = "the province of the town that an area is named after"
    named = replace(r, start=start, surface=text[start : r.end])
    return named.resolved(area, method, score=0.7, candidates=(area.id,))
