"""Read the direction that a text states: "20 km north of it", "toward it from the north"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.areas import normal_direction
from mapgen.model import Kind, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.model import Claim

_COMPASS = r"(?:(?:north|south)(?:[ -]?(?:east|west))?|east|west)"
_EDGES = r"(?:outskirts|suburbs?|edges?|entrances?|gates?|side|limits|districts?|neighbou?rhoods?)"
_THE_CITY = r"(?:(?!from\b|of\b)[\w-]+\s){0,3}(?:of\s)?"  # "the key city of"
_BETWEEN = re.compile(
    rf"\s(?:away\s)?(?:(?:to\s)?the\s|due\s|just\s)?(?P<way>{_COMPASS})\s(?:of|from)\s{_THE_CITY}"
    rf"|\s(?:away\s)?(?:from|outside)\s(?:the|its)\s(?P<edge>{_COMPASS})ern\s{_EDGES}\sof\s{_THE_CITY}",
    re.IGNORECASE,
)


# "toward Y from the south", not "from the south of the country" nor "from north to south"
_FROM_SIDE = re.compile(
    rf"\bfrom\s(?:the\s|its\s)?(?P<way>{_COMPASS})(?P<adjective>ern)?\b"
    r"(?!ern)(?(adjective)\s(?:direction|edges?|flank|outskirts|side)\b)"
    r"(?!\s(?:of|to|and|or)\b|-)",
    re.IGNORECASE,
)
_ANY_SIDE = re.compile(rf"\bfrom\s(?:the\s|its\s)?{_COMPASS}", re.IGNORECASE)
_APPROACHES = frozenset({Kind.ADVANCE, Kind.THREAT})
_GOALS = frozenset({Role.NEAR, Role.DESTINATION, Role.AT})


def with_sides_told(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims of which those of an advance have the side from which it comes, if it is told.

    A side is taken only where a sentence tells of one advance on one town and names one side.

    Parameters
    ----------
    claims
        Claims of one article.

    Examples
    --------
    "Russian forces are pushing toward Kurakhove from the south": Kurakhove has the direction
    ``south``, as in "10 km south of Kurakhove".
    """
    told = list(claims)
    approaches = Counter((c.start, c.end) for c in told if c.kind in _APPROACHES)
    return [_with_side(c) if approaches[c.start, c.end] == 1 else c for c in told]


def _with_side(claim: Claim) -> Claim:
    goals = [p for p in claim.places if p.role in _GOALS and p.precision is Precision.SETTLEMENT]
    if claim.kind not in _APPROACHES or len(goals) != 1 or goals[0].direction is not None:
        return claim
    side = _FROM_SIDE.search(claim.quote)
    if side is None or len(_ANY_SIDE.findall(claim.quote)) > 1:
        return claim
    way = normal_direction(side["way"])
    places = tuple(replace(p, direction=way) if p is goals[0] else p for p in claim.places)
    return replace(claim, places=places)


def stated_direction(between: str) -> str | None:
    """Return the direction from a place to a force, if the text states it with the distance.

    Parameters
    ----------
    between
        The words between the unit of the distance and the name of the place: `` north of `` in
        "20 km north of El Obeid".

    Returns
    -------
    str or None
        ``north``, ``northeast`` and so on; None if these words state none.

    Examples
    --------
    >>> stated_direction(" to the north-east of ")
    'northeast'
    """
    found = _BETWEEN.fullmatch(between)
    return normal_direction(found["way"] or found["edge"]) if found else None
