"""Resolve names whose spans in a text are known, by any recogniser or by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from gazetteer.resolution import Name, Resolver, weight_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.matching import Namesake
    from gazetteer.records import Place
    from gazetteer.store import Gazetteer

TIE = 0.25  # probability below which a choice between namesakes is called a tie
_POSSESSIVE = re.compile(r"['’]s?$")
_LEAST_CAPITALS = 4  # letters: shorter names in capitals are codes


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """What a name was resolved to."""

    start: int  # offsets in code points, end exclusive
    end: int
    surface: str
    place: Place | None  # the likeliest; None when the gazetteer knows no such name
    score: float  # 0 to 1: the probability of that place among its namesakes
    is_tie: bool  # no namesake is likely: better not drawn
    candidates: tuple[str, ...]  # ids, likeliest first
    reason: str | None = None  # why there is no place


def candidates_of(surface: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the places a name as written may mean.

    A name that is not listed is tried without its possessive, in usual capitals, as an adjective
    of a country, and last by the longest listed name within ("University of Aleppo": Aleppo).
    """
    name = " ".join(surface.split())
    bare = _POSSESSIVE.sub("", name)
    spelt = bare.title() if bare.isupper() and len(bare) >= _LEAST_CAPITALS else bare
    for form in dict.fromkeys((name, bare, f"{bare}.", spelt)):
        found = gazetteer.namesakes(form)
        if found:
            return found
    if bare in demonyms():
        return _country(demonyms()[bare], gazetteer)
    return _within(spelt, gazetteer)


def _country(code: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    place = gazetteer.get(f"iso:{code}")
    named = gazetteer.namesakes(place.name) if place else ()
    return tuple(n for n in named if n.id == f"iso:{code}")


def _within(name: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return what the longest listed part of a longer name means; of equals the weightiest."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", name)
    for size in range(len(words) - 1, 0, -1):
        parts = [words[i : i + size] for i in range(len(words) - size + 1)]
        found = [
            gazetteer.namesakes(" ".join(part))
            or (_country(demonyms()[part[0]], gazetteer) if part[0] in demonyms() else ())
            for part in parts
            if part[0][0].isupper() and part[-1][0].isupper()
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
    for start, end in asked:
        namesakes = candidates_of(text[start:end], gazetteer)
        if namesakes:
            names[start, end] = Name(start, end, text[start:end], namesakes)
    resolver = Resolver(text, names.values(), country)
    resolver.run()
    chosen = {id(n): choice for group, choice in resolver.choices() for n in group}
    out = []
    for start, end in asked:
        name = names.get((start, end))
        surface = text[start:end]
        if name is None:
            reason = f"no place named {surface} is known"
            out.append(
                Resolution(
                    start=start,
                    end=end,
                    surface=surface,
                    place=None,
                    score=0.0,
                    is_tie=False,
                    candidates=(),
                    reason=reason,
                )
            )
            continue
        choice = chosen[id(name)]
        out.append(
            Resolution(
                start=start,
                end=end,
                surface=surface,
                place=gazetteer.get(choice.namesake.id),
                score=choice.probability,
                is_tie=choice.probability < TIE,
                candidates=(choice.namesake.id, *(n.id for n, _ in choice.runners_up)),
            )
        )
    return out
