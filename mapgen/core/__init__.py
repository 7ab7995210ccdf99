"""Provide what every room needs: atomic file writing, formats, data tables, English phrases.

Names, words and rows of tables come in; checked values go out. It knows no article and no map.
"""

__all__ = [
    "bounds",
    "clean_articles",
    "clean_text",
    "files",
    "formats",
    "gazetteer_protocols",
    "geojson",
    "source_names",
    "tables",
    "visible_text",
    "words",
]
