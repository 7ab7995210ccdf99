"""Nominatim, the search of OpenStreetMap, when it is asked for by name. Nothing else calls it."""

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
_AT_MOST = 10  # answers to a name
_TABLE = """
CREATE TABLE IF NOT EXISTS answer (
    name TEXT NOT NULL, countries TEXT NOT NULL, found TEXT NOT NULL, asked_at TEXT NOT NULL,
    PRIMARY KEY (name, countries)) WITHOUT ROWID
"""
# What Nominatim calls the kind of address part that an answer is (``addresstype``).
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
    """What is needed of a geopy geocoder; tests give one that uses no network."""

    def geocode(self, query: str, **options: object) -> list[Location] | None:
        """Return what is found under a name, as geopy's Nominatim does."""


class OnlineGazetteer:
    """Look place names up in OpenStreetMap, over the network.

    Answers are kept in an SQLite file, so that the same question is asked once. Delete the file to
    have them asked anew.

    Parameters
    ----------
    user_agent
        Who asks: the name of your application, as the usage policy of Nominatim wants it.
    service
        The geopy geocoder to ask; by default geopy's Nominatim.
    cache
        The SQLite file of answers; by default ``nominatim.sqlite`` beside the gazetteer.

    Raises
    ------
    GazetteerError
        If the user agent is empty or a sample one.

    Notes
    -----
    At most one request a second goes out from an object of this class. Answers are under the Open
    Database License: say "(c) OpenStreetMap contributors" where you show them (:data:`CREDIT`).
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
        # A refused request is not repeated: that is for the user to decide.
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
        """Return the places that Nominatim finds under a name; None when there is none.

        Parameters
        ----------
        name
            A place name.
        exactly_one
            Return the best one rather than a list.
        country_codes
            Only places of this country or these (ISO 3166-1 alpha-2); by default of all.
        limit
            The most places in a list, at most 10.

        Returns
        -------
        Location | list[Location] | None
            As of :meth:`gazetteer.geocoder.LocalGazetteer.geocode`: ``raw`` is the place as a dict,
            with the id ``osm:node/...``, and the ``licence``.

        Raises
        ------
        GazetteerError
            If there is no network, the service refuses or fails, or the file of answers cannot be
            used.
        GeocoderQueryError
            If a country code is none.
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
        """Return the answers to a question from the file, else from the service."""
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
        """Ask the service; geopy's errors become ours."""
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
            # geopy's words are a long chain of addresses; they stay in the cause.
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
    """Return an answer of Nominatim as the local gazetteer gives its places."""
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
