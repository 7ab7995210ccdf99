"""Geocode names of places and resolve them in texts, offline.

Names, or the spans of names in a text, come in. Places with coordinates (EPSG:4326) go out. This
package does not depend on ``mapgen``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from gazetteer.errors import GazetteerError
from gazetteer.opening import default_path
from gazetteer.records import Candidate, Place
from gazetteer.spelling import fold
from gazetteer.store import Gazetteer

if TYPE_CHECKING:
    from gazetteer.geocoder import LocalGazetteer

__all__ = [
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "LocalGazetteer",
    "Place",
    "default_path",
    "distance_km",
    "fold",
]


def __getattr__(name: str) -> object:
    """Load the geocoder when it is first used, since importing geopy is slow."""
    if name == "LocalGazetteer":
        from gazetteer.geocoder import LocalGazetteer  # noqa: PLC0415

        return LocalGazetteer
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted(__all__)
