"""Main roads as corridors of towns, packaged or from a user's file.

A country or a file comes in; routes between places go out.
"""

__all__ = [
    "corridors",
    "road_files",
]
