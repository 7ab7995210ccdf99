"""Resolve names to areas that can be filled: countries, provinces and other outlines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from gazetteer import fold
from gazetteer.boundaries import World
from gazetteer.files import read_table
from mapgen.errors import LocatorError
from mapgen.locators.divided import divided
from mapgen.locators.foreign_names import area_ids
from mapgen.locators.former import without_outline

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gazetteer import Candidate, Gazetteer, Place

LEVELS = {"PCLI": 0, "PCLD": 0, "ADM1": 1, "ADM2": 2, "ADM3": 3, "RGN": 4}
"""Features that have outlines, with the rank of each as the meaning of a bare name."""

_SURE = {"exact": 0, "folded": 0, "articles": 1}
_ALL = 1000  # more than the places of any name
_LIKE = 0.62  # least similarity of a suggestion
_SUGGESTED = 3
_QUALIFIED = re.compile(r"(.+?)\s*\(([^()]+)\)")
_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_ID = re.compile(r"(?:iso|ne|region|pcode|geonames):\S+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """An area of the gazetteer that can be filled."""

    id: str  # iso:SY, iso:SY-HI, ne:123, region:ua-donbas, pcode:SY0401 ...
    name: str
    country: str | None  # ISO 3166-1 alpha-2
    feature: str  # a key of `LEVELS`


def find_areas(
    names: Sequence[str], gazetteer: Gazetteer, notes: list[str], *, near: Collection[str] = ()
) -> list[Area]:
    """Resolve names to areas. Countries among the names decide between namesakes.

    Parameters
    ----------
    names
        Names such as "Syria", "Homs Governorate", "Punjab (India)", "SY-HI".
    gazetteer
        Gazetteer for looking up names.
    notes
        List to which messages are added, such as a namesake that was not chosen.
    near
        Further countries that decide between namesakes (ISO 3166-1 alpha-2).

    Returns
    -------
    list of Area
        One per name, in the same order.

    Raises
    ------
    LocatorError
        If a name is unknown or ambiguous. The message lists all such names with suggestions.
    """
    options, faults = _asked(names, gazetteer)
    countries = {str(o.place.country) for found in options.values() for o in found[:1] if o.sure}
    chosen: dict[str, Area] = {}
    for name, found in options.items():
        if not found:
            faults.append(_unknown(name, gazetteer))
            continue
        best = [o for o in found if o.rank == found[0].rank]
        close = [o for o in best if o.place.country in {*countries, *near}]
        if len(best) > 1 and len(close) != 1:
            faults.append(_ask(name, [o.place for o in best]))
            continue
        place = (best if len(best) == 1 else close)[0].place
        chosen[name] = Area(
            id=place.id, name=place.name, country=place.country, feature=place.feature
        )
        others = [o.place for o in found if o.is_primary and o.place.country != place.country]
        if others:
            told = ", ".join(_qualified(other) for other in others[:_SUGGESTED])
            notes.append(f"{name} is drawn as {_qualified(place)}; there is also {told}.")
    if faults:
        raise LocatorError("; ".join(faults))
    notes += _inside_others(list(chosen.values()))
    return [chosen[name] for name in names]


def _asked(
    names: Sequence[str], gazetteer: Gazetteer
) -> tuple[dict[str, list[_Option]], list[str]]:
    """Return the places that each name may mean, and a question for each divided region."""
    questions = {name: divided(name) for name in names}
    options = {n: _options(n, gazetteer) for n, told in questions.items() if told is None}
    return options, [told for told in questions.values() if told is not None]


@dataclass(frozen=True, slots=True)
class _Option:
    """A place that a name may mean."""

    place: Place
    rank: tuple[int, bool, int]  # spelling, whether not the primary name, level
    is_primary: bool

    @property
    def sure(self) -> bool:
        """Whether the place is a country, which then decides between namesakes."""
        return LEVELS[self.place.feature] == 0


def _options(name: str, gazetteer: Gazetteer) -> list[_Option]:
    """Return the places with an outline that a name may mean, most likely first."""
    code = f"iso:{name}" if _CODE.fullmatch(name) else name
    place = gazetteer.get(code) if _ID.fullmatch(code) else None
    if place is not None and gazetteer.geometry(place.id) is not None:
        return [_Option(place, (0, False, LEVELS.get(place.feature, 0)), is_primary=False)]
    inside: set[str] | None = None
    qualified = _QUALIFIED.fullmatch(name.strip())
    if qualified:
        name = qualified[1]
        wholes = [o.place for o in _options(qualified[2], gazetteer)]
        inside = {str(p.country if LEVELS[p.feature] == 0 else p.admin1) for p in wholes}
    found = [o for o in _listed_options(name, gazetteer) if _lies_in(o.place, inside)]
    if not found or not _is_latin(name):
        others = _in_other_languages(name, gazetteer, {o.place.id for o in found})
        found += [o for o in others if _lies_in(o.place, inside)]
    return sorted(found, key=lambda o: (o.rank, o.place.id))


def _lies_in(place: Place, inside: set[str] | None) -> bool:
    return inside is None or bool(inside & {str(place.country), str(place.admin1)})


def _listed_options(name: str, gazetteer: Gazetteer) -> list[_Option]:
    """Return the places with an outline that the gazetteer lists under a name."""
    known = gazetteer.lookup(name, limit=_ALL)
    towns = {c.place.country for c in known if c.place.precision == "settlement"}
    return [
        _option(candidate)
        for candidate in known
        if candidate.level in _SURE
        and not _is_town_of_that_name(name, candidate.place, towns)
        and candidate.place.feature in LEVELS
        and gazetteer.geometry(candidate.place.id) is not None
    ]


def _is_latin(name: str) -> bool:
    """Whether a name has only Latin letters, which the gazetteer knows best."""
    return all(ord(c) < 0x250 or "\u1e00" <= c <= "\u1eff" or not c.isalpha() for c in name)  # noqa: PLR2004


def _in_other_languages(name: str, gazetteer: Gazetteer, known: Collection[str]) -> list[_Option]:
    """Return the areas with a name in another language, such as "سوريا"."""
    places = [gazetteer.get(i) for i in area_ids(name) if i not in known]
    return [
        _Option(p, (0, False, LEVELS[p.feature]), is_primary=False)
        for p in places
        if p is not None and p.feature in LEVELS and gazetteer.geometry(p.id) is not None
    ]


def _ask(name: str, places: Sequence[Place]) -> str:
    """Ask which of several places is meant, each by a name or a code that only it has."""
    told = [_qualified(place) for place in places]
    ways = [
        f'"{way}"' if told.count(way) == 1 else f'"{place.id.removeprefix("iso:")}" ({place.name})'
        for way, place in zip(told, places, strict=True)
    ]
    return f'"{name}" may be {", ".join(ways)}: write it like that'


def _is_town_of_that_name(name: str, place: Place, towns: Collection[str | None]) -> bool:
    """Whether a name means a town and not the district named after it."""
    is_whole = fold(name) == fold(place.name)
    return place.precision == "district" and not is_whole and place.country in towns


def _option(candidate: Candidate) -> _Option:
    place = candidate.place
    is_primary = fold(candidate.name) == fold(place.name)
    rank = (_SURE[candidate.level], not is_primary, LEVELS[place.feature])
    return _Option(place, rank, is_primary)


def _qualified(place: Place) -> str:
    """Return an unambiguous name of a place, such as "Punjab (India)"."""
    if LEVELS.get(place.feature) == 0 or place.country is None:
        return place.name
    country = World.load().countries().get(place.country)
    return f"{place.name} ({country['name'] if country else place.country})"


def _inside_others(areas: list[Area]) -> list[str]:
    """Return a note for each province that is filled along with its country."""
    whole = {a.country: a.name for a in areas if LEVELS[a.feature] == 0}
    return [
        f"{a.name} and {whole[a.country]} are both filled; {a.name} lies in {whole[a.country]}."
        for a in areas
        if LEVELS[a.feature] and a.country in whole
    ]


def _unknown(name: str, gazetteer: Gazetteer) -> str:
    """Explain why a name has no area, and suggest what may have been meant."""
    told = without_outline(name)
    if told is not None:
        return told
    for candidate in gazetteer.lookup(name, limit=1):
        place = candidate.place
        unit = gazetteer.get(f"iso:{place.admin1}") if place.admin1 else None
        where = f' Its province is "{_qualified(unit)}".' if unit else ""
        if place.feature.startswith("ADM"):
            return (
                f'"{name}" is a district, and no outlines of districts are packaged: add them with'
                f" `gazetteer build --layer FILE`.{where}".rstrip(".")
            )
        return f'"{name}" is a place without an outline.{where}'.rstrip(".")
    near = suggestions(name)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return f'"{name}" is not known.{meant}'.rstrip(".")


def suggestions(name: str, *, limit: int = _SUGGESTED) -> list[str]:
    """Return the names of countries and provinces that are most similar to a name.

    Parameters
    ----------
    name
        A name that was not found.
    limit
        Most names to return.

    Returns
    -------
    list of str
        Names, most similar first; countries are preferred to provinces.

    Examples
    --------
    >>> suggestions("Syira")[0]
    'Syria'
    """
    key = fold(name)
    ranked = []
    for penalty, listed in enumerate(_listed()):
        for other, score, _ in process.extract(
            key, list(listed), scorer=OSA.normalized_similarity, limit=limit, score_cutoff=_LIKE
        ):
            ranked.append((penalty * 0.1 - score, listed[other]))
    return list(dict.fromkeys(told for _, told in sorted(ranked)))[:limit]


@cache
def _listed() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of countries and of provinces, each by its folded form."""
    world = World.load()
    names = {code: str(told["name"]) for code, told in world.countries().items()}
    countries = {fold(name): name for name in names.values()}
    for row in read_table("country_aliases.csv"):
        countries |= {fold(n): n for n in row["names"].split("|") if n.islower() or len(n) > 4}  # noqa: PLR2004
    provinces = {
        fold(str(unit["name"])): f"{unit['name']} ({names.get(str(unit['a2']), unit['a2'])})"
        for unit in world.units()
        if unit.get("name")
    }
    return countries, provinces
