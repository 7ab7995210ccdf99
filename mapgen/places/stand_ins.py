"""Make stand-ins for places whose name is known but whose coordinates are not.

Claims refer to stand-ins as to other places, but no map draws them.
"""

from __future__ import annotations

import math

from gazetteer.records import Place
from mapgen.model import Precision

UNLISTED = "unlisted:"  # prefix of the ids of stand-ins
SEVERAL = "several places of this name"  # reason shown for a name that several places share
_TIED = f"{UNLISTED}several:"  # prefix of the ids of stand-ins for one of several listed places


def why_unplaced(place_id: str) -> str | None:
    """Return `SEVERAL` for a stand-in that may be one of several listed places, else None."""
    return SEVERAL if place_id.startswith(_TIED) else None


def unlisted_place(name: str, *, is_tie: bool = False) -> Place:
    """Return a stand-in for a place without known coordinates.

    Parameters
    ----------
    name
        Name of the place, as written in the article.
    is_tie
        Whether the gazetteer lists several places with this name, and none could be chosen.

    Returns
    -------
    Place
        A settlement with an id and a name, whose latitude and longitude are NaN.
    """
    return Place(
        id=f"{_TIED if is_tie else UNLISTED}{name.casefold()}",
        name=name,
        lat=math.nan,
        lon=math.nan,
        country=None,
        admin1=None,
        feature="PPL",
        precision=Precision.SETTLEMENT.value,
        population=None,
        names=(),
        source="the article",
        certainty=None,
    )
