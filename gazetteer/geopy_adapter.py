"""The gazetteer as a geopy geocoder: the same calls as geopy's own, but offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.store import Gazetteer

if TYPE_CHECKING:
    from gazetteer.records import Place


class GazetteerGeocoder(Geocoder):  # type: ignore[misc] # geopy has no type hints
    """Geocode names with the compiled gazetteer.

    Parameters
    ----------
    gazetteer
        An open gazetteer; by default the one of :meth:`gazetteer.Gazetteer.open`.

    Examples
    --------
    ``GazetteerGeocoder().geocode("Homs", country="SY").point``
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__()
        self._gazetteer = gazetteer or Gazetteer.open()

    def geocode(
        self, query: str, *, exactly_one: bool = True, country: str | None = None, limit: int = 10
    ) -> Location | list[Location] | None:
        """Return the places a name may stand for; None when there is none, as geopy's own do.

        Parameters
        ----------
        query
            A place name.
        exactly_one
            Return the best one rather than a list.
        country
            Only places of this country (ISO 3166-1 alpha-2); spellings are then matched loosely.
        limit
            The most places in a list.
        """
        if not isinstance(query, str):
            message = f"expected a place name as text, got {type(query).__name__}"
            raise GeocoderQueryError(message)
        count = 1 if exactly_one else limit
        found = self._gazetteer.lookup(query, country=country, limit=count, fuzzy=True)
        locations = [_location(c.place, {"score": c.score, "level": c.level}) for c in found]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        limit: int = 10,
    ) -> Location | list[Location] | None:
        """Return the nearest settlement or site of a point.

        Parameters
        ----------
        query
            A geopy ``Point``, a pair (latitude, longitude), or text such as "34.72, 36.72".
        exactly_one
            Return the nearest one rather than a list.
        limit
            The most places in a list.
        """
        try:
            point = Point(query)
        except (TypeError, ValueError) as error:
            message = f"not a point: {query!r} ({error})"
            raise GeocoderQueryError(message) from error
        count = 1 if exactly_one else limit
        near = self._gazetteer.nearest(point.latitude, point.longitude, limit=count)
        locations = [_location(place, {"distance_km": round(km, 3)}) for place, km in near]
        if not locations:
            return None
        return locations[0] if exactly_one else locations


def _location(place: Place, more: dict[str, object]) -> Location:
    """Return a place as geopy has it; ``raw`` holds what geopy has no field for."""
    address = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    raw = {"id": place.id, "feature": place.feature, "precision": place.precision, **more}
    return Location(address, Point(place.lat, place.lon), raw)
