"""The gazetteer as a geopy geocoder: the same calls as geopy's own, but offline."""

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
    """Geocode names, and find the place at a point, with the compiled gazetteer.

    Parameters
    ----------
    gazetteer
        An open gazetteer; by default the one of :meth:`gazetteer.Gazetteer.open`.

    Raises
    ------
    GazetteerError
        If the gazetteer can neither be opened nor compiled.

    Notes
    -----
    As geopy's own geocoders it can be given to :class:`geopy.extra.rate_limiter.RateLimiter` (which
    has nothing to wait for here) and, as a class, to ``geopandas.tools.geocode(names,
    provider=LocalGazetteer)``. It belongs to the thread that made it.

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
        timeout: object = None,  # noqa: ARG002 - others have it; there is nothing to wait for
    ) -> Location | list[Location] | None:
        """Return the places a name may stand for; None when there is none, as geopy's own do.

        Parameters
        ----------
        query
            A place name.
        exactly_one
            Return the best one rather than a list.
        country_codes
            Only places of this country or these (ISO 3166-1 alpha-2), such as "SY" or
            ["SY", "IQ"]; by default of all.
        limit
            The most places in a list.
        timeout
            Ignored.

        Returns
        -------
        Location | list[Location] | None
            ``point`` is (latitude, longitude) in degrees (WGS 84); ``raw`` is the place as a dict
            (the fields of :class:`gazetteer.Place`), and the ``score``, ``level`` and listed name
            (``matched``) of the spelling.

        Raises
        ------
        GeocoderQueryError
            If the query is no text, or a country code is none.
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
        """Return the nearest settlement or site of a point.

        Parameters
        ----------
        query
            A geopy ``Point``, a pair (latitude, longitude) in degrees, or text such as
            "34.72, 36.72".
        exactly_one
            Return the nearest one rather than a list.
        limit
            The most places in a list.
        timeout
            Ignored.

        Returns
        -------
        Location | list[Location] | None
            As of :meth:`geocode`; ``raw`` has the ``distance_km`` from the point instead of how
            the spelling agrees.

        Raises
        ------
        GeocoderQueryError
            If the query is no point on the globe.
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
    """Return what was found in the form that geopy's own geocoders give."""
    if not locations:
        return None
    return locations[0] if exactly_one else locations


def country_codes_of(written: str | Sequence[str] | None) -> list[str]:
    """Return country codes, given as geopy takes them, in capitals."""
    codes = [written] if isinstance(written, str) else list(written or ())
    for code in codes:
        if len(code) != len("SY") or not code.isalpha():
            message = f"{code!r} is not a two-letter country code such as SY"
            raise GeocoderQueryError(message)
    return [code.upper() for code in codes]


def location_of(place: Place, more: dict[str, object]) -> Location:
    """Return a place as geopy has it; ``raw`` holds its fields, and what more is told."""
    address = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    return Location(address, Point(place.lat, place.lon), {**dataclasses.asdict(place), **more})
