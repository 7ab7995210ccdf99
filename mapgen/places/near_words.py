"""Words between two names that say how near one lies to the other: "X, 20 km north of Y"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.distance import KM_PER_MILE, distance_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.places.georeference import Georeference

_DIRECTION = r"(?:north|south)?[- ]?(?:east|west)|north|south"
_ABOUT = (
    r"(?:just|some|about|around|roughly|approximately|nearly|almost|less\sthan|more\sthan|only)\s"
)
_KIND = r"(?:the\s)?(?:(?:[a-z-]+\s)?(?:city|town|village)\sof\s)?"
_LIES = (
    r"(?:,\s|\s\(|\s)(?:an?\s(?:[a-z-]+\s){0,2}(?:hamlet|settlement|village)\s)?"
    r"(?:(?:all|both)\s)?(?:(?:which|that)\s)?(?:is\s)?(?:lies\s|located\s|lying\s|situated\s)?"
)
DISTANCE = re.compile(
    rf"{_LIES}(?:{_ABOUT})?(?P<km>\d+(?:\.\d)?)[\s-]?(?P<unit>km|kilomet(?:er|re)s?|miles?|mi)\s"
    rf"(?:(?:away|distant)\s)?(?:(?:to\s)?(?:the\s)?(?P<direction>{_DIRECTION})\s)?"
    rf"(?:of|from|outside)\s{_KIND}",
    re.IGNORECASE,
)
TOWARDS = re.compile(
    rf"{_LIES}(?:just\s)?(?:to\sthe\s)?(?P<direction>{_DIRECTION})\s(?:of|from)\s{_KIND}",
    re.IGNORECASE,
)
BESIDE = re.compile(
    rf"{_LIES}(?:just\s)?(?:near|by|beside|close\sto|not\sfar\sfrom|in\sthe\svicinity\sof|on\sthe\s(?:edge|outskirts)\sof|outside|next\sto"
    r"|across\sthe\s(?:bridge|lake|river|road|stream|valley|water)\sfrom"
    rf"|(?:down|up)(?:\sthe\s(?:coast|hill|river|road|track|valley))?\sfrom)\s{_KIND}",
    re.IGNORECASE,
)
_ON_SIDE = re.compile(rf"{_LIES}(?:over\s|up\s)?(?:on|towards?)\sthe\s", re.IGNORECASE)
_SIDE = re.compile(r"\s(?:end|side)\b")
BETWEEN = re.compile(rf"{_LIES}(?:halfway\s)?between\s{_KIND}", re.IGNORECASE)
OTHER_END = re.compile(rf"\sand\s{_KIND}", re.IGNORECASE)
_UNIT = r"(?:canton|commune|county|department|district|locality|municipality|parish|township)"
SEAT_BEHIND = re.compile(
    rf"(?:,\s|\s)in\s(?:the\s)?(?P<of>{_UNIT}\sof\s)?|\s\((?P<of2>{_UNIT}\sof\s)?"
)
UNIT_AFTER = re.compile(rf"\s{_UNIT}\b", re.IGNORECASE)
UNIT_KM = 60.0  # from the seat of a municipality to what lies in it
BESIDE_KM = 50.0  # our own choice: what lies "near" or "outside" a town is not further from it
TOWARDS_KM = 75.0  # so is what lies "north of" it
CITY_KM = 200.0  # but reports place towns by a city that is further away
_CITY = 500_000  # inhabitants
_POINTS = frozenset({"settlement", "site"})


def is_beside(gap: str, after: str) -> bool:
    """Whether words put the first of two names near the other: "X, near Y", "X, on the Y side".

    Parameters
    ----------
    gap
        The words between the names.
    after
        The words behind the second.
    """
    on_side = _ON_SIDE.fullmatch(gap) is not None and _SIDE.match(after) is not None
    return on_side or BESIDE.fullmatch(gap) is not None


def nearness(gap: str, after: str = "") -> float | None:
    """Return how far apart two names lie at most, in km, by the words around them, or None."""
    match = DISTANCE.fullmatch(gap)
    if match is not None:
        km = float(match["km"]) * (KM_PER_MILE if match["unit"].startswith("mi") else 1.0)
        return 1.5 * km + BESIDE_KM / 2
    if is_beside(gap, after) or BETWEEN.fullmatch(gap):
        return BESIDE_KM
    return TOWARDS_KM if TOWARDS.fullmatch(gap) else None


def said_near(
    references: Sequence[Georeference], i: int, text: str
) -> tuple[Georeference, float] | None:
    """Return the place that the text says the i-th lies near, and how far at most, in km."""
    if i + 1 >= len(references):
        return None
    anchor = references[i + 1]
    if anchor.place is None or anchor.place.precision not in _POINTS:
        return None
    gap = text[references[i].end : anchor.start]
    after = text[anchor.end : anchor.end + 20]
    km = UNIT_KM if _is_in_unit(gap, after) else nearness(gap, after)
    if km == TOWARDS_KM and (anchor.place.population or 0) >= _CITY:
        km = CITY_KM
    return (anchor, km) if km is not None else None


def _is_in_unit(gap: str, after: str) -> bool:
    """Whether a name lies in the unit around the next: "X, in Y municipality", "X (Y)"."""
    if gap == " (" and after.startswith(")"):
        return True
    behind = SEAT_BEHIND.fullmatch(gap)
    if behind is None:
        return False
    return bool(behind["of"] or behind["of2"] or UNIT_AFTER.match(after))


def is_too_far(r: Georeference, anchor: Georeference, km: float) -> bool:
    """Whether the place chosen for a name lies further off than the text says."""
    if r.place is None or anchor.place is None:
        return False
    off = distance_km(r.place.lat, r.place.lon, anchor.place.lat, anchor.place.lon)
    return off > km
