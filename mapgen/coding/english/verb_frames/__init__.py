"""Readers of one verb and its arguments each, named in the lexicon.

A parsed verb comes in; claims in the making go out.
"""

__all__ = [
    "by_name",
    "people",
]
