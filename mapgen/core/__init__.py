"""What every room needs: files written whole, formats, the tables of data, small pieces of English.

Names, words and rows of tables come in; checked values go out. It knows no article and no map.
"""

__all__ = [
    "files",
    "formats",
    "gazetteer_protocols",
    "geojson",
    "source_names",
    "tables",
    "words",
]
