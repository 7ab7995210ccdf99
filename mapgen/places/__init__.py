"""Find the toponyms in articles and resolve each of them to a place.

Articles and a gazetteer come in. Georeferences go out, each with its method or the reason why it
has no place.
"""

__all__ = [
    "below_headings",
    "far_places",
    "geoparsing",
    "georeference",
    "named_after",
    "named_places",
    "names_read",
    "national_capital",
    "near_words",
    "placed_by_words",
    "set_apart",
    "stand_ins",
    "subject_country",
    "toponym_features",
    "toponyms",
    "village_names",
    "village_sections",
]
