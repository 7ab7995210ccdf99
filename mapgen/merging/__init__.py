"""Claims of all articles become events, and events a situation.

Claims, a baseline and an analyst's corrections come in; events with their standing go out.
"""

__all__ = [
    "corrections",
    "cut_and_join",
    "events",
    "given_areas",
    "reprints",
    "standing",
    "units",
]
