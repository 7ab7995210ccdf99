"""Geometry that knows no events: distances, the basemap, frames, roads, areas and fronts.

Coordinates in degrees (EPSG:4326) come in; shapes go out.
"""

__all__ = [
    "area_files",
    "basemap",
    "basemap_records",
    "control_areas",
    "district_lines",
    "drained_lakes",
    "framing",
    "front_line",
    "geodata",
    "projection",
    "river_names",
    "roads",
    "surroundings",
]
