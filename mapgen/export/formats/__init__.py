"""One module for each file format that other programs read.

Layers come in; bytes go out.
"""

__all__ = [
    "acled",
    "arrows",
    "csv_parquet",
    "geojson",
    "geopackage",
    "kml",
    "kml_icons",
    "qgis_styles",
    "zipped",
]
