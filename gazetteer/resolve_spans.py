"""Resolve toponyms whose spans in a text are known.

A text and spans, from any recogniser or by hand, come in. A resolution for each span goes out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.demonyms import places_of_adjectives
from gazetteer.namesake_choice import Choice, Name, Resolver, weight_of
from gazetteer.spelling import is_generic, without_possessive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.matching import Namesake
    from gazetteer.records import Place
    from gazetteer.store import Gazetteer

TIE = 0.25  # below this probability, a choice between places counts as a tie
_PART_SURENESS = 0.3  # sureness of a place within a longer name, such as Aleppo in its university
_WELL_KNOWN = 0.6  # least weight of big cities, provinces and countries
_NEAR = 0.2
_LEAST_CAPITALS = 4  # letters; shorter names in capitals are codes


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """The place that a name was resolved to, or the reason why there is none."""

    start: int  # offsets in code points, end exclusive
    end: int
    surface: str
    place: Place | None  # the most probable place; None if the name is not known
    score: float  # 0 to 1, the probability of the place among those with the name
    is_tie: bool  # no place is probable, so it is better not to draw any
    candidates: tuple[str, ...]  # ids, most probable first
    # "name": the place with the name; "part": a place within the name ("University of Aleppo");
    # "around": the name is not listed; this is the last town named before it, or the next one
    basis: str = "name"
    reason: str | None = None  # why there is no place


def candidates_of(surface: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the places that a name may mean.

    Parameters
    ----------
    surface
        Name as written.
    gazetteer
        Gazetteer in which the name is looked up.

    Returns
    -------
    tuple of Namesake
        Places with the name, possibly without a possessive, in other capitals, or as the adjective
        of a country. If there are none, places with the longest listed name within it (Aleppo in
        "University of Aleppo").
    """
    return _listed(surface, gazetteer) or _within(surface, gazetteer)


def _listed(surface: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the places with a whole name, in one of the forms in which it may be written."""
    name = " ".join(surface.split())
    bare = without_possessive(name)
    if bare in places_of_adjectives():
        return _of_adjective(bare, gazetteer)
    dotted = (f"{bare}.",) if "." in bare and not bare.endswith(".") else ()
    spelt = bare.title() if bare.isupper() and len(bare) >= _LEAST_CAPITALS else bare
    for form in dict.fromkeys((*dotted, name, bare, f"{bare}.", spelt)):
        found = gazetteer.namesakes(form)
        if found:
            return found
    return ()


def _of_adjective(word: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the country or region to which an adjective refers."""
    place_id = places_of_adjectives()[word]
    place = gazetteer.get(place_id)
    named = gazetteer.namesakes(place.name) if place else ()
    return tuple(n for n in named if n.id == place_id)


def _within(name: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the places with the longest listed name inside a name; of several, the best known.

    Words for kinds of things ("Street") do not count as such names.
    """
    words = re.findall(r"[^\W\d_][\w'’.-]*", name)
    for size in range(len(words) - 1, 0, -1):
        parts = [words[i : i + size] for i in range(len(words) - size + 1)]
        found = [
            _listed(" ".join(part), gazetteer)
            for part in parts
            if part[0][0].isupper() and part[-1][0].isupper() and not is_generic(" ".join(part))
        ]
        known = [namesakes for namesakes in found if namesakes]
        if known:
            return max(known, key=lambda namesakes: max(weight_of(n) for n in namesakes))
    return ()


def resolve(
    text: str,
    spans: Iterable[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    country: str | None = None,
) -> list[Resolution]:
    """Resolve the names of one text together.

    Parameters
    ----------
    text
        The document.
    spans
        Spans (start, end) of the names, in code points, end exclusive.
    gazetteer
        Gazetteer in which the names are looked up.
    country
        ISO 3166-1 alpha-2 code of the country that the text is about, if known.

    Returns
    -------
    list of Resolution
        One for each span, in the same order. Unknown names do not affect the others.
    """
    asked = list(spans)
    names: dict[tuple[int, int], Name] = {}
    parts: set[tuple[int, int]] = set()
    for start, end in asked:
        surface = text[start:end]
        namesakes = _listed(surface, gazetteer)
        if not namesakes:
            namesakes = _within(surface, gazetteer)
            parts.add((start, end))
        if namesakes:
            sureness = _PART_SURENESS if (start, end) in parts else 1.0
            names[start, end] = Name(start, end, surface, namesakes, sureness)
    resolver = Resolver(text, names.values(), country)
    resolver.run()
    chosen = {id(n): choice for group, choice in resolver.choices() for n in group}
    towns = [
        (name.start, chosen[id(name)])
        for span, name in names.items()
        if span not in parts and _is_town(chosen[id(name)])
    ]
    out = []
    for start, end in asked:
        name = names.get((start, end))
        choice, basis = (chosen[id(name)], "name") if name else (None, "name")
        if (start, end) in parts:
            basis = "part"
            if choice is None or not _is_supported(choice):
                choice, basis = _town_near(start, towns), "around"
        out.append(_resolution(text, start, end, choice, basis, gazetteer))
    return out


def _is_town(choice: Choice) -> bool:
    """Return whether a name was resolved to a settlement, and not to a tie."""
    return choice.namesake.precision == "settlement" and choice.probability >= TIE


def _is_supported(choice: Choice) -> bool:
    """Return whether a place within a name is well known or lies near other places of the text."""
    return weight_of(choice.namesake) >= _WELL_KNOWN or choice.near >= _NEAR


def _town_near(start: int, towns: list[tuple[int, Choice]]) -> Choice | None:
    """Return the last town named before an offset, or else the first one after it."""
    before = [choice for at, choice in towns if at < start]
    if before:
        return before[-1]
    return towns[0][1] if towns else None


def _resolution(
    text: str,
    start: int,
    end: int,
    choice: Choice | None,
    basis: str,
    gazetteer: Gazetteer,
) -> Resolution:
    """Return the resolution of a span, with its place or the reason why there is none."""
    surface = text[start:end]
    if choice is None:
        return Resolution(
            start=start,
            end=end,
            surface=surface,
            place=None,
            score=0.0,
            is_tie=False,
            candidates=(),
            reason=f"no place named {surface} is known",
        )
    return Resolution(
        start=start,
        end=end,
        surface=surface,
        place=gazetteer.get(choice.namesake.id),
        score=choice.probability,
        is_tie=choice.probability < TIE,
        candidates=(choice.namesake.id, *(n.id for n, _ in choice.runners_up)),
        basis=basis,
    )
