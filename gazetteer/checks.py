"""Check the coordinates in a user's file.

Text or numbers come in. Coordinates in degrees go out, or an error that names the file and the row.
"""

from __future__ import annotations

from math import isfinite

from gazetteer.errors import GazetteerError

_MAX_LAT = 90.0
_MAX_LON = 180.0


def point_of(lat: str | float, lon: str | float, where: str) -> tuple[float, float]:
    """Return coordinates as numbers, after checking them.

    Parameters
    ----------
    lat, lon
        Degrees (WGS 84), as written in a file.
    where
        File and row, for the error message.

    Returns
    -------
    tuple[float, float]
        (lat, lon) in degrees.

    Raises
    ------
    GazetteerError
        If one of them is not a number, or is outside -90 to 90 (lat) or -180 to 180 (lon).
    """
    try:
        north, east = float(lat), float(lon)
    except ValueError as error:
        problem = f"lat {lat!r} and lon {lon!r} are not both numbers"
        raise GazetteerError(where, problem, "Write degrees, such as 34.72.") from error
    told = f"lat {lat}, lon {lon}"
    if not (isfinite(north) and isfinite(east)):
        raise GazetteerError(where, f"{told} are not both numbers", "Write degrees, such as 34.72.")
    if abs(north) <= _MAX_LAT and abs(east) <= _MAX_LON:
        return north, east
    if abs(north) <= _MAX_LON and abs(east) <= _MAX_LAT:
        raise swapped(told, where)
    problem = f"{told} lie off the globe (lat is -90 to 90, lon -180 to 180)"
    raise GazetteerError(where, problem, "Write degrees of WGS 84, not metres of a projection.")


def swapped(told: str, where: str) -> GazetteerError:
    """Return the error for coordinates that look swapped.

    Parameters
    ----------
    told
        The coordinates, in words.
    where
        File and row.
    """
    return GazetteerError(where, f"{told} look swapped", "lat is north-south, lon is east-west.")
