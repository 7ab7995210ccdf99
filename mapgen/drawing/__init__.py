"""Draw a situation: typed page data, the HTML page, and static pictures.

What may be shown comes in; page data, HTML and pictures go out.
"""

__all__ = [
    "data",
    "figure",
    "page",
]
