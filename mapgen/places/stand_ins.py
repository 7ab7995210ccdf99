"""Stand-ins for places that have a name and no coordinates: claims keep them, no map draws them."""

from __future__ import annotations

import math

from gazetteer.records import Place
from mapgen.model import Precision

UNLISTED = "unlisted:"  # how the id of a stand-in begins
SEVERAL = "several places of this name"  # why a name has no place though places bear it
_TIED = f"{UNLISTED}several:"  # how the id of a stand-in for one of several places begins


def why_unplaced(place_id: str) -> str | None:
    """Return why a stand-in has no coordinates, if more is known than that it is not listed."""
    return SEVERAL if place_id.startswith(_TIED) else None


def unlisted_place(name: str, *, is_tie: bool = False) -> Place:
    """Return a stand-in for a place that no gazetteer lists: it has a name and nothing else.

    ``is_tie`` says that places of this name are listed, and none can be chosen.
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
