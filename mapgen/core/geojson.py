"""The types of GeoJSON geometries and of paths, wherever they go into a file as JSON."""

from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable

LatLonPath: TypeAlias = list[list[float]]
"""A line as ``[[lat, lon], ...]``, degrees, EPSG:4326."""

Coordinates: TypeAlias = list["float | Coordinates"]
"""A position ``[lon, lat]`` in degrees (EPSG:4326), or positions nested as GeoJSON nests them."""

_Nested: TypeAlias = "Iterable[float | _Nested]"


class Geometry(TypedDict):
    """A GeoJSON geometry (RFC 7946).

    In an HTML page, lines and polygons are packed: the key `steps` is the number of decimals, and
    each line or ring is one list of whole numbers, `lon, lat` in units of the last decimal and then
    the steps from one position to the next. The scripts unpack it as they load.
    """

    type: Literal["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"]
    """Kind of geometry."""
    coordinates: Coordinates
    """`[lon, lat]` in degrees, EPSG:4326, nested as the kind asks."""


def shortened(nested: _Nested, decimals: int) -> Coordinates:
    """Return coordinates, nested to any depth, as lists of rounded numbers.

    Parameters
    ----------
    nested
        Coordinates of a GeoJSON geometry.
    decimals
        Number of decimal places.
    """
    return [
        round(float(value), decimals)
        if isinstance(value, int | float)
        else shortened(value, decimals)
        for value in nested
    ]
