"""Group claims that report the same event.

Each claim is first split into *units*: one per place (a report that two towns fell gives two
units), one per movement of people, one per supply line. Units with the same key, compatible sides
and overlapping days belong to one event. The result does not depend on the order of the claims.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.core.words import fold
from mapgen.ground.projection import distance_km
from mapgen.merging.periods import by_time, by_turns
from mapgen.model import MOVEMENTS, Claim, ClaimPlace, Kind, NamedPlace, Precision, Role
from mapgen.reasons import FROM_UNNAMED, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

_ADJACENT_AREAS_KM = 150.0  # between reference points of two areas that may be the same
_SENTENCE_AREAS_KM = 500.0  # between two areas named in one sentence
_COUNTRY = re.compile(r"^(?:iso|part|border):([A-Z]{2})|^region:([a-z]{2})-")
# From fine to coarse: a border strip is finer than "the east", a district than its province.
_FINENESS = {
    Precision.SITE: 0,
    Precision.SETTLEMENT: 0,
    Precision.LINE: 1,
    Precision.DISTRICT: 2,
    Precision.PROVINCE: 3,
    Precision.REGION: 4,
    Precision.COUNTRY: 5,
    None: 6,
}
_CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """The part of a claim that is about one place, movement or supply line."""

    claim: Claim
    family: str
    key: str  # key of the place, of the origins of a movement, or of the hinge of a line
    places: tuple[ClaimPlace, ...]
    start: date | None
    end: date | None

    @property
    def side(self) -> str | None:
        """Side of the actor, or the actor's id if it has no side, or ``None`` without an actor."""
        return side_of(self.claim)


def side_of(claim: Claim) -> str | None:
    """Return the side of a claim's actor, or the actor's id if it has no side."""
    return None if claim.actor is None else (claim.actor.side or claim.actor.id)


def place_key(place: ClaimPlace) -> str:
    """Return a key that is equal for mentions of the same place."""
    return place.place_id or f"name:{fold(place.name or place.surface)}"


def is_located(place: ClaimPlace) -> bool:
    """Whether the place was found in the gazetteer."""
    return place.place_id is not None or (place.lat is not None and place.lon is not None)


def fineness(place: ClaimPlace) -> int:
    """Return the rank of a place by precision: 0 for points, higher for coarser areas."""
    return _FINENESS[place.precision]


def country_of(place: ClaimPlace | NamedPlace) -> str | None:
    """Return the country code in the id of an area, or ``None`` for points."""
    found = _COUNTRY.match(place.place_id or "")
    return (found.group(1) or found.group(2).upper()) if found else None


def km_apart(a: ClaimPlace, b: ClaimPlace) -> float:
    """Return the distance of two places in km, or infinity if one has no coordinates.

    Parameters
    ----------
    a, b
        Places of claims.
    """
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    return distance_km((a.lat, a.lon), (b.lat, b.lon))


def focus_places(claim: Claim) -> list[ClaimPlace]:
    """Return the places a claim is about, without those that only locate them."""
    placed = list({place_key(p): p for p in claim.places if is_located(p)}.values())
    if claim.kind is not Kind.WITHDRAWAL:
        # "From Hama they moved on Homs" is about Homs. Keep an origin only if it stands alone.
        placed = [p for p in placed if p.role is not Role.ORIGIN] or placed
    # A place known only by the area that the text puts it in counts like a point.
    points = [p for p in placed if not p.is_area or is_worded(p.place_id)]
    if points:
        named = [p for p in placed if p.role is Role.AT and p.precision is Precision.PROVINCE]
        return points + ([] if any(p.role is Role.AT for p in points) else named)
    finest = min((fineness(p) for p in placed), default=0)
    return [p for p in placed if fineness(p) == finest]


def family_of(claim: Claim, place: ClaimPlace) -> str:
    """Return the merging family of a claim: only claims of one family can be merged.

    Parameters
    ----------
    claim
        The claim.
    place
        Place of the claim that the unit is about.
    """
    if place.is_area:
        if claim.kind in _CONTROL or claim.kind is Kind.ADVANCE:
            return "region"
        return f"{claim.kind.value} area"
    if claim.kind in _CONTROL:
        return "control" if place.role is Role.AT else "vague"
    if claim.kind in {Kind.THREAT, Kind.ADVANCE}:
        return "threat"
    return claim.kind.value


def days_of(claim: Claim, published_on: date | None) -> tuple[date | None, date | None]:
    """Return the first and last possible day; without a stated date, only the latter is known.

    Parameters
    ----------
    claim
        The claim.
    published_on
        Day of publication of its article, if known.
    """
    if claim.date is None or (claim.date.start is None and claim.date.end is None):
        return None, published_on
    return claim.date.start, claim.date.end or published_on or claim.date.start


def ends_of(claim: Claim) -> tuple[list[ClaimPlace], list[ClaimPlace]]:
    """Return the origins and destinations of a movement."""
    placed = [p for p in claim.places if is_located(p)]
    origins = [p for p in placed if p.role is Role.ORIGIN]
    destinations = [p for p in placed if p.role is Role.DESTINATION]
    if not origins and not destinations:
        # For people "displaced in the province", the province is the origin.
        finest = min((fineness(p) for p in placed), default=0)
        origins = [p for p in placed if fineness(p) == finest]
    return origins, destinations


WIDE_AREAS = frozenset({Precision.COUNTRY, Precision.REGION, Precision.PROVINCE})


def is_total_claim(claim: Claim) -> bool:
    """Whether a displacement claim is a stock figure of a country or region, not a movement."""
    return (
        claim.kind is Kind.DISPLACEMENT
        and claim.quantity is not None
        and not any(is_worded(p.place_id) for p in claim.places)
        and all(p.precision in WIDE_AREAS for p in claim.places)
        and all(p.role in {Role.REGION, Role.AT} for p in claim.places)
    )


def units_of(claim: Claim, published_on: date | None) -> list[Unit]:
    """Split a claim into units; return none if no place of it was found.

    Parameters
    ----------
    claim
        The claim.
    published_on
        Day of publication of its article, if known.
    """
    start, end = days_of(claim, published_on)
    unit = Unit(claim=claim, family="", key="", places=(), start=start, end=end)
    placed = tuple(p for p in claim.places if is_located(p))
    if not placed:
        return []
    if is_total_claim(claim):
        return [replace(unit, family="total", key=place_key(placed[0]), places=placed)]
    if claim.kind in MOVEMENTS:
        family = "flow" if claim.kind is Kind.DISPLACEMENT else "return"
        origins, destinations = ends_of(claim)
        # A place with role "at" next to stated ends is context, not an end.
        # One figure for people from two towns is one unit; split, it would count twice.
        key = "|".join(sorted(place_key(o) for o in origins))
        return [replace(unit, family=family, key=key, places=(*origins, *destinations))]
    if claim.kind is Kind.SUPPLY_LINE:
        hinge = next((p for p in placed if p.role is Role.AT), None)
        key = place_key(hinge) if hinge else "|".join(sorted(place_key(p) for p in placed))
        return [replace(unit, family="link", key=key, places=placed)]
    return [
        replace(unit, family=family_of(claim, p), key=place_key(p), places=(p,))
        for p in focus_places(claim)
    ]


class _Joined:
    """Sets of items that are linked directly or indirectly (union-find)."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))

    def root(self, i: int) -> int:
        """Return the first member of the set that contains ``i``."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Merge the sets that contain ``i`` and ``j``."""
        i, j = self.root(i), self.root(j)
        self._parent[max(i, j)] = min(i, j)

    def sets(self) -> list[list[int]]:
        """Return the sets ordered by their first member, each sorted."""
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._parent)):
            found[self.root(i)].append(i)
        return list(found.values())


def _by_label(units: Sequence[Unit], label: Callable[[Unit], str | None]) -> list[list[Unit]]:
    """Split units by label; those without one join the others if there is only one label."""
    sets: dict[str, list[Unit]] = defaultdict(list)
    loose: list[Unit] = []
    for unit in units:
        name = label(unit)
        if name is None:
            loose.append(unit)
        else:
            sets[name].append(unit)
    if len(sets) == 1:
        only = next(iter(sets.values()))
        apart = [u for u in loose if any(_counts_others(u, o) for o in only)]
        only.extend(u for u in loose if u not in apart)
        loose = apart
    if loose:
        sets[""] = loose
    return [sets[name] for name in sorted(sets)]


_MOST_IN_FAMILY = 12  # people; our own choice: no report has more to a family
_OTHER_NUMBER = 1.5  # times as many: no two counts of one movement


def _counts_others(one: Unit, other: Unit) -> bool:
    """Whether two units count other people: 8,300 who fled a town, of whom 2,000 went to another.

    Only an article that gives both as numbers tells; "thousands" may be any of them, and what two
    articles say of one movement often differs by more.
    """
    if one.claim.article != other.claim.article:
        return False
    a, b = one.claim.quantity, other.claim.quantity
    if a is None or b is None or a.low is None or b.low is None:
        return False
    if not (any(c.isdigit() for c in a.words) and any(c.isdigit() for c in b.words)):
        return False
    if {a.unit, b.unit} == {"families", "people"}:
        families, people = (a.low, b.low) if a.unit == "families" else (b.low, a.low)
        return not families <= people <= _MOST_IN_FAMILY * families
    return a.unit == b.unit and max(a.low, b.low) > _OTHER_NUMBER * min(a.low, b.low)


def _region_sets(units: Sequence[Unit], sentence_of: Mapping[str, str]) -> list[list[Unit]]:
    """Group areas of one side where one may be a more exact name of another."""
    joined = _Joined(len(units))
    by_key: dict[str, int] = {}
    kinds: dict[tuple[str, ClaimPlace], int] = {}  # each area once, with its first unit
    told: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        joined.join(i, by_key.setdefault(unit.key, i))
        kinds.setdefault((unit.key, _bare(unit.places[0])), i)
        if unit.claim.id in sentence_of:
            told[sentence_of[unit.claim.id]].append(i)
    by_country: dict[str, list[int]] = defaultdict(list)
    for (_, place), i in kinds.items():
        if (country := country_of(place)) is not None:
            by_country[country].append(i)
    near = [(found, _ADJACENT_AREAS_KM) for found in by_country.values()]
    near += [(found, _SENTENCE_AREAS_KM) for found in told.values()]
    for found, reach_km in near:
        for i, j in combinations(found, 2):
            if joined.root(i) != joined.root(j):
                a, b = units[i].places[0], units[j].places[0]
                if _may_be_one(a, b) and km_apart(a, b) <= reach_km:
                    joined.join(i, j)
    return [[units[i] for i in found] for found in joined.sets()]


def _bare(place: ClaimPlace) -> ClaimPlace:
    """Return a place without its wording, so that equal areas compare equal."""
    return ClaimPlace(
        surface="",
        start=0,
        end=0,
        role=Role.AT,
        place_id=place.place_id,
        lat=place.lat,
        lon=place.lon,
        precision=place.precision,
    )


def _may_be_one(a: ClaimPlace, b: ClaimPlace) -> bool:
    """Whether one area may be a more exact name of the other, given that they are close."""
    if country_of(a) is None or country_of(a) != country_of(b):
        return False
    return fineness(a) != fineness(b) and Precision.COUNTRY not in {a.precision, b.precision}


def _destination_label(unit: Unit) -> str | None:
    ends = [place_key(p) for p in unit.places if p.role is Role.DESTINATION]
    return "|".join(sorted(ends)) or None


def group(units: Iterable[Unit], sentence_of: Mapping[str, str]) -> list[list[Unit]]:
    """Return sets of units that report the same event, in a deterministic order.

    Parameters
    ----------
    units
        Units of current claims.
    sentence_of
        Maps the id of a claim to a key of its sentence.

    Returns
    -------
    list of list of Unit
        One list per event.
    """
    ordered = sorted(units, key=lambda u: (u.family, u.key, u.claim.id))
    families: dict[str, list[Unit]] = defaultdict(list)
    for unit in ordered:
        families[unit.family].append(unit)
    groups: list[list[Unit]] = []
    for family, members in sorted(families.items()):
        groups.extend(_group_family(family, members, sentence_of))
    return groups


def _group_family(
    family: str, members: Sequence[Unit], sentence_of: Mapping[str, str]
) -> list[list[Unit]]:
    if family == "region":
        by_side: dict[str, list[Unit]] = defaultdict(list)
        for unit in members:
            by_side[unit.side or ""].append(unit)
        sets = [s for _, us in sorted(by_side.items()) for s in _region_sets(us, sentence_of)]
        return [part for s in sets for part in by_time(s, family)]
    by_key: dict[str, list[Unit]] = defaultdict(list)
    for unit in members:
        by_key[unit.key].append(unit)
    if family in {"flow", "return"}:
        _join_by_destination(by_key)
        label = _destination_label
    elif family in {"link", "total"}:
        label = _no_label
    else:
        label = _side_label
    found: list[list[Unit]] = []
    for _, us in sorted(by_key.items()):
        parts = [p for labelled in _by_label(us, label) for p in by_time(labelled, family)]
        found.extend(by_turns(parts, us) if family == "control" else parts)
    return found


def _join_by_destination(by_key: dict[str, list[Unit]]) -> None:
    """Let a movement without an origin join the only one with the same destination."""
    nowhere: list[Unit] = []
    for unit in by_key.pop("", []):
        named = _unlocated_origins(unit.claim)
        (by_key[named] if named else nowhere).append(unit)
    homes: dict[str | None, set[str]] = defaultdict(set)
    for key, us in by_key.items():
        for unit in us:
            homes[_destination_label(unit)].add(key)
    for unit in nowhere:
        end = _destination_label(unit)
        only = next(iter(homes[end])) if len(homes[end]) == 1 else f"to {end}"
        if any(_counts_others(unit, o) for o in by_key[only] if _destination_label(o) == end):
            only = f"to {end}"  # all who arrived are more than those from one town
        by_key[only].append(unit)


def _unlocated_origins(claim: Claim) -> str:
    """Return a key for the origins that a movement has, none of which is found; else "".

    Those who left villages without a name are others than those from a place that is named.
    """
    named = sorted(place_key(p) for p in claim.places if p.role is Role.ORIGIN)
    unnamed = any(r.what is ReasonKind.ORIGIN and r.how == FROM_UNNAMED for r in claim.reasons)
    return "|".join(named) or (f"around {claim.article}" if unnamed else "")


def _no_label(unit: Unit) -> str | None:  # noqa: ARG001  # one of several label functions
    return ""


def _side_label(unit: Unit) -> str | None:
    return unit.side
