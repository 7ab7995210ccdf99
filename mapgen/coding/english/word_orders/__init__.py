"""Readers that go by the order of words, where the parse of a sentence fails.

Words of a sentence come in; claims in the making go out.
"""

__all__ = [
    "flight",
    "flight_clauses",
    "seizure",
]
