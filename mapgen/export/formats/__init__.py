"""Write the layers in the formats of other programs, with one module for each format.

Layers come in; text or bytes go out.
"""

__all__ = [
    "acled",
    "csv_parquet",
    "geojson",
    "geopackage",
    "kml",
    "source_ledger",
    "zipped",
]
