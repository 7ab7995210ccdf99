"""Provide what every room needs: atomic file writing, formats, data tables, English phrases.

Names, words and rows of tables come in; checked values go out. It knows no article and no map.
"""

__all__ = [
    "bounded",
    "bounds",
    "charsets",
    "chosen_columns",
    "clean_articles",
    "clean_text",
    "country_names",
    "files",
    "formats",
    "gazetteer_protocols",
    "geojson",
    "odd_spellings",
    "progress",
    "source_names",
    "spans",
    "spreadsheet_cells",
    "tables",
    "told",
    "visible_text",
    "words",
]
