"""Resolve names whose spans in a text are known, by any recogniser or by hand."""

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

TIE = 0.25  # probability below which a choice between namesakes is called a tie
_PART_SURENESS = 0.3  # how far a place named in a longer name vouches for others
_WELL_KNOWN = 0.6  # weight: big cities, provinces, countries
_NEAR = 0.2
_LEAST_CAPITALS = 4  # letters: shorter names in capitals are codes


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """What a name was resolved to."""

    start: int  # offsets in code points, end exclusive
    end: int
    surface: str
    place: Place | None  # the likeliest; None when nothing is known of the name
    score: float  # 0 to 1: the probability of that place among its namesakes
    is_tie: bool  # no namesake is likely: better not drawn
    candidates: tuple[str, ...]  # ids, likeliest first
    # "name": its own place; "part": the place named in it ("University of Aleppo"); "around": not
    # listed, the town the text speaks of there, somewhere in or near which it must lie
    basis: str = "name"
    reason: str | None = None  # why there is no place


def candidates_of(surface: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the places a name as written may mean.

    A name that is not listed is tried without its possessive, in usual capitals, as an adjective
    of a country, and last by the longest listed name within ("University of Aleppo": Aleppo).
    """
    return _listed(surface, gazetteer) or _within(surface, gazetteer)


def _listed(surface: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the places that bear a name itself, in one of the ways it may be written."""
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
    place_id = places_of_adjectives()[word]
    place = gazetteer.get(place_id)
    named = gazetteer.namesakes(place.name) if place else ()
    return tuple(n for n in named if n.id == place_id)


def _within(name: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return what the longest listed part of a longer name means; of equals the weightiest.

    Words that only say what kind of thing is named ("Street") are no part of that sort.
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
        Where the names stand: (start, end) in code points, end exclusive.
    gazetteer
        Where they are looked up.
    country
        ISO 3166-1 alpha-2 code of the country the text is about, if known.

    Returns
    -------
    list of Resolution
        One per span, in the order given. One name that is not known leaves the others alone.
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
    return choice.namesake.precision == "settlement" and choice.probability >= TIE


def _is_supported(choice: Choice) -> bool:
    """Whether a place named by a part of a name is known well, or lies where the text is."""
    return weight_of(choice.namesake) >= _WELL_KNOWN or choice.near >= _NEAR


def _town_near(start: int, towns: list[tuple[int, Choice]]) -> Choice | None:
    """Return the town named last before an offset, else the first after it."""
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
