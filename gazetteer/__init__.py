"""Place names to coordinates, offline. Knows nothing of events or maps."""

from __future__ import annotations

from gazetteer.distance import distance_km
from gazetteer.errors import GazetteerError
from gazetteer.geocoder import LocalGazetteer
from gazetteer.records import Candidate, Place
from gazetteer.spelling import fold
from gazetteer.store import Gazetteer, default_path

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
