"""Frames of the lexicon: each reads one verb or noun with its arguments.

A parsed trigger word comes in; drafts of claims go out.
"""

__all__ = [
    "by_name",
    "contested",
    "forces_came",
    "people",
    "weapons",
]
