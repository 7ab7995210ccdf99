"""Claims of all articles become events, and events a situation.

Claims, a baseline and an analyst's corrections come in; events with their standing go out.
"""

__all__ = [
    "baseline",
    "corrections",
    "cut_and_join",
    "denials",
    "events",
    "given_areas",
    "periods",
    "reprints",
    "standing",
    "units",
    "vague_places",
]
