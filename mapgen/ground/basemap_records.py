"""The basemap inside a page, as JSON: what each key holds."""

from typing import NotRequired, TypedDict

from mapgen.core.geojson import Geometry, LatLonPath


class PointName(TypedDict):
    """A name written at a point of the map."""

    name: str
    """Name in English."""
    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326; above 180 beyond the antimeridian."""


class ProvinceName(TypedDict):
    """The name of a province, with points at which it may stand."""

    name: str
    """Name in the gazetteer."""
    spots: LatLonPath
    """Points as `[[lat, lon], ...]`; the name stands at the first that is free."""


class CountryName(PointName):
    """The name of a country, with further points at which it may stand."""

    spots: LatLonPath
    """Points as `[[lat, lon], ...]`, for where the first is not in view or not free."""


class RoadLine(TypedDict):
    """A main road of the subject country."""

    id: str
    """Its number, such as `M5`."""
    path: LatLonPath
    """Its line as `[[lat, lon], ...]`."""


class DistrictLines(TypedDict):
    """Lines between districts, drawn where a reader is close enough for them."""

    side: float
    """Usual width of a district, in degrees of longitude: where it is a few pixels, the lines are
    not drawn."""
    lines: list[Geometry]
    """The lines; those along borders of provinces are left out."""


class Basemap(TypedDict):
    """The piece of the world around the events. Coordinates have three or four decimals."""

    bbox: list[float]
    """The frame: west, south, east, north in degrees; east exceeds 180 where it crosses 180."""
    focus: Geometry | None
    """The subject country; null if there is none."""
    land: list[Geometry]
    """Land, without inner borders."""
    admin: list[Geometry]
    """Lines of first-level administrative units."""
    districts: NotRequired[DistrictLines]
    """Lines between districts of the subject country. Can be absent: outlines are known of some
    countries, and districts that are too small or too many for the frame are left out."""
    borders: list[Geometry]
    """Lines of borders between countries."""
    coast: list[Geometry]
    """Lines of the coast."""
    disputed: list[Geometry]
    """Lines of disputed borders, drawn dashed."""
    lakes: list[Geometry]
    """Lakes."""
    rivers: list[Geometry]
    """Lines of rivers."""
    roads: list[RoadLine]
    """Main roads of the subject country that cross the frame; empty where none are known."""
    countries: list[CountryName]
    """Names of neighbouring countries, where there is room for them in the frame or close to it."""
    provinces: list[ProvinceName]
    """Names of provinces of the subject country that fill enough of the frame."""
    world: list[list[int]]
    """Coarse land beyond: rings `lon, lat, lon, lat, ...` in tenths of degrees."""
    far: list[float]
    """The box that the fine shapes fill, beyond which the coarse land is drawn."""
    own_beyond: Geometry | None
    """Coarse shape of the subject country beyond that box; null if it has none there."""
    waters: list[PointName]
    """Names of seas, gulfs, lakes and rivers, where there is room for them."""
