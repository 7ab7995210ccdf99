"""Read the direction that a text states with a distance: "20 km north of it"."""

from __future__ import annotations

import re

from gazetteer.areas import normal_direction

_COMPASS = r"(?:(?:north|south)(?:[ -]?(?:east|west))?|east|west)"
_EDGES = r"(?:outskirts|suburbs?|edges?|entrances?|gates?|side|limits|districts?|neighbou?rhoods?)"
_THE_CITY = r"(?:(?!from\b|of\b)[\w-]+\s){0,3}(?:of\s)?"  # "the key city of"
_BETWEEN = re.compile(
    rf"\s(?:away\s)?(?:(?:to\s)?the\s|due\s|just\s)?(?P<way>{_COMPASS})\s(?:of|from)\s{_THE_CITY}"
    rf"|\s(?:away\s)?(?:from|outside)\s(?:the|its)\s(?P<edge>{_COMPASS})ern\s{_EDGES}\sof\s{_THE_CITY}",
    re.IGNORECASE,
)


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
