"""Search for places with Nominatim, the geocoder of OpenStreetMap, over the network.

A name comes in. Locations of geopy go out, and are cached in an SQLite file. This module is used
only if the user asks for it.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from gazetteer.errors import GazetteerError
from gazetteer.geocoder import answer, country_codes_of, location_of
from gazetteer.opening import default_path
from gazetteer.records import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geopy.location import Location

CREDIT = "Nominatim, (c) OpenStreetMap contributors, ODbL"
_SERVICE = "Nominatim"
# https://operations.osmfoundation.org/policies/nominatim/: at most one request a second.
_SECONDS_BETWEEN = 1.0
_SECONDS_TO_WAIT = 10
_AT_MOST = 10  # results per name
_TABLE = """
CREATE TABLE IF NOT EXISTS answer (
    name TEXT NOT NULL, countries TEXT NOT NULL, found TEXT NOT NULL, asked_at TEXT NOT NULL,
    PRIMARY KEY (name, countries)) WITHOUT ROWID
"""
# Feature and precision for the kinds of places in Nominatim (``addresstype``).
_KINDS = {
    "country": ("PCLI", "country"),
    "state": ("ADM1", "province"),
    "province": ("ADM1", "province"),
    "region": ("ADM1", "province"),
    "state_district": ("ADM2", "district"),
    "county": ("ADM2", "district"),
    "district": ("ADM2", "district"),
    "municipality": ("ADM3", "district"),
    "city": ("PPL", "settlement"),
    "town": ("PPL", "settlement"),
    "village": ("PPL", "settlement"),
    "hamlet": ("PPL", "settlement"),
    "locality": ("PPL", "settlement"),
    "suburb": ("PPLX", "settlement"),
    "neighbourhood": ("PPLX", "settlement"),
    "quarter": ("PPLX", "settlement"),
}


class SearchService(Protocol):
    """The interface of a geopy geocoder that is used here; tests pass one without network."""

    def geocode(self, query: str, **options: object) -> list[Location] | None:
        """Return the locations with a name, like geopy's Nominatim."""


class OnlineGazetteer:
    """Geocoder that searches OpenStreetMap with Nominatim, over the network.

    Results are cached in an SQLite file, so that a query is sent only once. Delete the file to send
    queries again.

    Parameters
    ----------
    user_agent
        Name of your application, as required by the usage policy of Nominatim.
    service
        Geocoder of geopy; by default geopy's Nominatim.
    cache
        Path of the SQLite file; by default ``nominatim.sqlite`` in the folder of the gazetteer.

    Raises
    ------
    GazetteerError
        If the user agent is empty, or is a sample one that geopy refuses.

    Notes
    -----
    An object of this class sends at most one request per second. The results are licensed under the
    Open Database License; credit "(c) OpenStreetMap contributors" where you show them
    (:data:`CREDIT`).
    """

    def __init__(
        self,
        *,
        user_agent: str,
        service: SearchService | None = None,
        cache: Path | None = None,
    ) -> None:
        if not user_agent.strip():
            problem = "needs a user agent"
            raise GazetteerError(_SERVICE, problem, "Give the name of your application.")
        try:
            asked = service or Nominatim(user_agent=user_agent, timeout=_SECONDS_TO_WAIT)
        except ConfigurationError as error:
            advice = "Give the name of your application."
            raise GazetteerError(_SERVICE, f"refuses the user agent {user_agent!r}", advice) from (
                error
            )
        # A refused request is not repeated; the user decides whether to try again.
        self._ask = RateLimiter(
            asked.geocode,
            min_delay_seconds=_SECONDS_BETWEEN,
            max_retries=0,
            swallow_exceptions=False,
        )
        self.cache = cache or default_path().with_name("nominatim.sqlite")

    def geocode(
        self,
        name: str,
        *,
        exactly_one: bool = True,
        country_codes: str | Sequence[str] | None = None,
        limit: int = _AT_MOST,
    ) -> Location | list[Location] | None:
        """Return the places that Nominatim finds for a name.

        Parameters
        ----------
        name
            Name of a place.
        exactly_one
            Whether to return only the best place rather than a list.
        country_codes
            Only places in these countries (ISO 3166-1 alpha-2); by default in all.
        limit
            Maximum length of the list, at most 10.

        Returns
        -------
        Location | list[Location] | None
            As in :meth:`gazetteer.geocoder.LocalGazetteer.geocode`: ``point`` is (latitude,
            longitude) in degrees (WGS 84), and ``raw`` is a dict with the fields of the place, an
            id such as ``osm:node/...``, and the ``licence``. None if no place was found.

        Raises
        ------
        GazetteerError
            If there is no network, if the service refuses to answer or fails, or if the cache
            cannot be used.
        GeocoderQueryError
            If a country code is not valid.
        """
        countries = sorted(code.lower() for code in country_codes_of(country_codes))
        key = (" ".join(name.split()), ",".join(countries))
        if not key[0]:
            return None
        try:
            found = self._answer(*key)
        except (OSError, sqlite3.Error) as error:
            problem = f"cannot be used ({error})"
            raise GazetteerError(str(self.cache), problem, "Delete it, or check the disk.") from (
                error
            )
        locations = [_location(told) for told in found[: max(limit, 0)]]
        return answer(locations, exactly_one=exactly_one)

    def _answer(self, name: str, countries: str) -> list[dict[str, Any]]:
        """Return the results of a query from the cache, or else from the service."""
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.cache)) as connection:
            connection.execute(_TABLE)
            query = "SELECT found FROM answer WHERE name = ? AND countries = ?"
            row = connection.execute(query, (name, countries)).fetchone()
            if row is not None:
                kept: list[dict[str, Any]] = json.loads(row[0])
                return kept
            found = self._request(name, countries)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            with connection:
                connection.execute(
                    "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)",
                    (name, countries, json.dumps(found, ensure_ascii=False), now),
                )
            return found

    def _request(self, name: str, countries: str) -> list[dict[str, Any]]:
        """Send a query to the service, and raise geopy's errors as `GazetteerError`."""
        try:
            found = self._ask(
                name,
                exactly_one=False,
                limit=_AT_MOST,
                addressdetails=True,
                language="en",
                country_codes=countries or None,
            )
        except (GeocoderUnavailable, GeocoderTimedOut) as error:
            # geopy's message contains a long chain of addresses; it is kept as the cause.
            is_slow = isinstance(error, GeocoderTimedOut)
            problem = "does not answer in time" if is_slow else "cannot be reached"
            advice = "Check the network, or search without --online."
            raise GazetteerError(_SERVICE, problem, advice) from error
        except (
            GeocoderInsufficientPrivileges,
            GeocoderQuotaExceeded,
            GeocoderAuthenticationFailure,
        ) as error:
            advice = "Wait, and ask less often; see operations.osmfoundation.org/policies/nominatim"
            raise GazetteerError(_SERVICE, f"refuses to answer ({error})", advice) from error
        except GeopyError as error:
            raise GazetteerError(_SERVICE, f"gives no usable answer ({error})") from error
        return [location.raw for location in found or []]


def _location(told: Mapping[str, Any]) -> Location:
    """Return a result of Nominatim in the form of the local gazetteer's locations."""
    address = told.get("address", {})
    kind = str(told.get("addresstype") or told.get("type") or "")
    feature, precision = _KINDS.get(kind, (kind or "place", "site"))
    shown = str(told["display_name"])
    name = str(told.get("name") or shown.split(",", maxsplit=1)[0])
    place = Place(
        id=f"osm:{told.get('osm_type', 'place')}/{told.get('osm_id', told.get('place_id'))}",
        name=name,
        lat=float(told["lat"]),
        lon=float(told["lon"]),
        country=str(address["country_code"]).upper() if "country_code" in address else None,
        admin1=address.get("ISO3166-2-lvl4"),
        feature=feature,
        precision=precision,
        population=None,
        names=(),
        source=_SERVICE,
        certainty=None,
    )
    return location_of(place, {"display_name": shown, "licence": CREDIT})
