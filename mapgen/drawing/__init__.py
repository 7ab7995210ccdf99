"""Draw a situation as an interactive HTML page and as static pictures.

A `Shown` (the part of a situation that may be shown) comes in. Typed page data go out, as well as
the HTML page and the pictures that are made from them.
"""

__all__ = [
    "data",
    "figure",
    "page",
    "story",
]
