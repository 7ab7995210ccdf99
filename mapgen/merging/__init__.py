"""Merge the claims of all articles into events, and events into a situation.

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
