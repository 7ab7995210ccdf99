"""Find the place names of a text, and choose the place that each one means.

Articles and a gazetteer come in; georeferences go out, each with its reason.
"""

__all__ = [
    "geoparsing",
    "georeference",
    "named_after",
    "placed_by_words",
    "stand_ins",
    "toponym_features",
    "toponyms",
    "village_names",
]
