"""One module for each file format that other programs read.

Layers come in; bytes go out.
"""

__all__ = [
    "acled",
    "csv_parquet",
    "geojson",
    "geopackage",
    "kml",
    "zipped",
]
