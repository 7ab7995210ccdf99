"""Provide the gazetteer as a geopy geocoder that works offline.

A name or a point comes in. Locations of geopy go out, as from geopy's own geocoders.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.store import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.records import Place


class LocalGazetteer(Geocoder):  # type: ignore[misc] # geopy has no type hints
    """Geocoder that uses the compiled gazetteer.

    Parameters
    ----------
    gazetteer
        An open gazetteer; by default the one that :meth:`gazetteer.Gazetteer.open` returns.

    Raises
    ------
    GazetteerError
        If the gazetteer can neither be opened nor compiled.

    Notes
    -----
    Like geopy's own geocoders, it works with :class:`geopy.extra.rate_limiter.RateLimiter`
    (although no delay is needed) and, as a class, with ``geopandas.tools.geocode(names,
    provider=LocalGazetteer)``. It may only be used in the thread that created it.

    Examples
    --------
    ``LocalGazetteer().geocode("Talbisseh", country_codes="SY").point``
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__()
        self._gazetteer = gazetteer or Gazetteer.open()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | Sequence[str] | None = None,
        limit: int = 10,
        timeout: object = None,  # noqa: ARG002 - part of geopy's interface
    ) -> Location | list[Location] | None:
        """Return the places that a name may mean.

        Parameters
        ----------
        query
            Name of a place.
        exactly_one
            Whether to return only the best place rather than a list.
        country_codes
            Only places in these countries (ISO 3166-1 alpha-2), such as "SY" or ["SY", "IQ"]; by
            default in all.
        limit
            Maximum length of the list.
        timeout
            Ignored.

        Returns
        -------
        Location | list[Location] | None
            ``point`` is (latitude, longitude) in degrees (WGS 84). ``raw`` is a dict with the
            fields of :class:`gazetteer.Place`, and the ``score``, ``level`` and listed name
            (``matched``) of the matching spelling. None if no place was found.

        Raises
        ------
        GeocoderQueryError
            If the query is not a string, or a country code is not valid.
        """
        if not isinstance(query, str):
            message = f"expected a place name as text, got {type(query).__name__}"
            raise GeocoderQueryError(message)
        found = self._gazetteer.search(
            query, countries=country_codes_of(country_codes), limit=1 if exactly_one else limit
        )
        locations = [
            location_of(c.place, {"score": c.score, "level": c.level, "matched": c.name})
            for c in found
        ]
        return answer(locations, exactly_one=exactly_one)

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        limit: int = 10,
        timeout: object = None,  # noqa: ARG002 - as above
    ) -> Location | list[Location] | None:
        """Return the settlements or sites nearest to a point.

        Parameters
        ----------
        query
            A geopy ``Point``, a pair (latitude, longitude) in degrees, or text such as
            "34.72, 36.72".
        exactly_one
            Whether to return only the nearest place rather than a list.
        limit
            Maximum length of the list.
        timeout
            Ignored.

        Returns
        -------
        Location | list[Location] | None
            As in :meth:`geocode`, but ``raw`` contains the distance to the point (``distance_km``)
            instead of details on the spelling.

        Raises
        ------
        GeocoderQueryError
            If the query is not a point on the globe.
        """
        try:
            point = Point(query)
        except (TypeError, ValueError) as error:
            message = f"not a point: {query!r} ({error})"
            raise GeocoderQueryError(message) from error
        count = 1 if exactly_one else limit
        near = self._gazetteer.nearest(point.latitude, point.longitude, limit=count)
        locations = [location_of(place, {"distance_km": round(km, 3)}) for place, km in near]
        return answer(locations, exactly_one=exactly_one)


def answer(locations: list[Location], *, exactly_one: bool) -> Location | list[Location] | None:
    """Return locations in the form of geopy's own geocoders.

    Parameters
    ----------
    locations
        Locations, best first.
    exactly_one
        Whether to return only the first one.
    """
    if not locations:
        return None
    return locations[0] if exactly_one else locations


def country_codes_of(written: str | Sequence[str] | None) -> list[str]:
    """Return country codes, in one of the forms that geopy accepts, in capitals.

    Parameters
    ----------
    written
        A two-letter code, a sequence of codes, or None.

    Raises
    ------
    GeocoderQueryError
        If a code does not have two letters.
    """
    codes = [written] if isinstance(written, str) else list(written or ())
    for code in codes:
        if len(code) != len("SY") or not code.isalpha():
            message = f"{code!r} is not a two-letter country code such as SY"
            raise GeocoderQueryError(message)
    return [code.upper() for code in codes]


def location_of(place: Place, more: dict[str, object]) -> Location:
    """Return a place as a location of geopy.

    Parameters
    ----------
    place
        The place.
    more
        Further fields for ``raw``, besides those of the place.
    """
    address = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    return Location(address, Point(place.lat, place.lon), {**dataclasses.asdict(place), **more})
