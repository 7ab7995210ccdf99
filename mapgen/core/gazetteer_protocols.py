"""Define, as protocols, what mapgen needs of a gazetteer, so that others can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry


class GazetteerPlace(Protocol):
    """One entry of a gazetteer."""

    @property
    def id(self) -> str:
        """Identifier such as ``geonames:170063``."""

    @property
    def name(self) -> str:
        """Usual name."""

    @property
    def lat(self) -> float:
        """Latitude; of areas, of a reference point."""

    @property
    def lon(self) -> float:
        """Longitude; of areas, of a reference point."""

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2 code."""

    @property
    def population(self) -> int | None:
        """Number of inhabitants, where known."""

    @property
    def names(self) -> tuple[str, ...]:
        """Other names."""


class MapGazetteer(Protocol):
    """Places by their id, with geometry for areas."""

    def get(self, place_id: str) -> Any:  # noqa: ANN401  # a Place or None; kept open so that any record serves
        """Return the place or ``None``."""

    def geometry(self, place_id: str) -> BaseGeometry | None:
        """Return the area of a place or ``None``; a point has none."""

    def biggest(
        self, bbox: tuple[float, float, float, float], *, limit: int
    ) -> Sequence[GazetteerPlace]:
        """Return the settlements in a box (west, south, east, north), the most populous first.

        Parameters
        ----------
        bbox
            West, south, east, north in degrees, EPSG:4326.
        limit
            Greatest number of settlements.
        """
