"""Resolve general words such as "rebels" to the party that other reports name.

If one article writes "rebels", another "insurgents", and a third names the group, they do not
dispute who took the town. A general word for rebels or soldiers stands for the named party that
acts at or near the same place, if there is exactly one. Otherwise all such words of a country stand
for one unnamed party.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.core.tables.actors import REBEL_WORDS, default_table
from mapgen.core.tables.group_sorts import can_be_called, strict_sort
from mapgen.core.tables.word_lists import word_list
from mapgen.ground.projection import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.model import Actor, Claim

_NEAR_KM = 150.0  # chosen as about one province, where a war seldom has two rebel sides
REBELS_TOO = word_list("actors", "rebels_too")
SOLDIERS = word_list("actors", "soldiers")
_SORTS = {"rebel": "rebels", "militia": "rebels", "state": "army"}


def with_parties_meant(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return claims with general words for a party replaced by the party they stand for.

    Parameters
    ----------
    claims
        Claims of all articles. Their quotes do not change.

    Returns
    -------
    tuple of Claim
        The same claims, in the same order.
    """
    if not any(_sort_of(a) for c in claims for a in (c.actor, c.from_actor)):
        return tuple(claims)
    named = _Named.of(claims)
    return tuple(
        replace(c, actor=_meant(c.actor, c, named), from_actor=_meant(c.from_actor, c, named))
        for c in claims
    )


_Cell = tuple[str, str, int, int]
_LatLon = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Named:
    """Where named parties act, indexed by cells wider than `_NEAR_KM`."""

    cells: Mapping[_Cell, Mapping[str, set[_LatLon]]]  # side to places
    actors: Mapping[str, Actor]  # by side

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> _Named:
        parties = {p.id: p for p in default_table().parties}
        cells: dict[_Cell, dict[str, set[_LatLon]]] = defaultdict(lambda: defaultdict(set))
        actors: dict[str, Actor] = {}
        for claim in claims:
            actor = claim.actor
            if actor is None or actor.side is None:
                continue
            party = parties.get(actor.id)
            if party is not None:
                country, sort = party.country, _SORTS.get(party.kind)
            else:  # an unlisted group can be meant too
                country = actor.side.partition(":")[0].upper()
                sort = "rebels" if _sort_of(actor) is None else None
            if country is None or sort is None:
                continue
            known = actors.setdefault(actor.side, actor)
            actors[actor.side] = min(known, actor, key=lambda a: a.id)
            for spot in _spots(claim):
                cells[country, sort, *_cell(spot)][actor.side].add(spot)
        return cls(cells, actors)

    def near(self, country: str, sort: str, spots: Iterable[_LatLon]) -> set[str]:
        """Return the sides of a sort that act within `_NEAR_KM` of any of the points."""
        found: set[str] = set()
        for spot in spots:
            row, column = _cell(spot)
            for cell in product((row - 1, row, row + 1), (column - 1, column, column + 1)):
                for side, acting in self.cells.get((country, sort, *cell), {}).items():
                    if any(distance_km(a, spot) <= _NEAR_KM for a in acting):
                        found.add(side)
        return found


def _cell(spot: _LatLon) -> tuple[int, int]:
    return int(spot[0] // 2), int(spot[1] // 4)  # degrees: 4 of longitude are 150 km up to 70 N


def _spots(claim: Claim) -> list[_LatLon]:
    return [(p.lat, p.lon) for p in claim.places if p.lat is not None and p.lon is not None]


def _sort_of(actor: Actor | None) -> str | None:
    """Return "rebels" or "army" for a party named only in general, else None."""
    if actor is None or not actor.id.startswith("text:"):
        return None
    low = _general_words(actor)
    if not low:
        return None
    if low & REBEL_WORDS and low <= REBEL_WORDS | REBELS_TOO:
        return "rebels"
    return "army" if low <= SOLDIERS.now() else None


def _general_words(actor: Actor) -> set[str]:
    """Return the words of an actor's name, without those for a nation."""
    words = re.findall(r"[\w’'-]+", actor.name)
    return {w.casefold() for w in words if w not in demonyms()}


def _meant(actor: Actor | None, claim: Claim, named: _Named) -> Actor | None:
    sort = _sort_of(actor)
    if actor is None or actor.side is None or sort is None:
        return actor
    country = actor.side.partition(":")[0]
    words = _general_words(actor)
    near = [
        who
        for side in named.near(country.upper(), sort, _spots(claim))
        if can_be_called((who := named.actors[side]).id, (who.name,), words)
    ]
    if len(near) == 1:
        return near[0]
    return replace(actor, side=f"{country}:{strict_sort(words) or sort}")
