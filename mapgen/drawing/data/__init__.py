"""Build the data from which the page and the pictures are drawn.

A `Shown` (the part of a situation that may be shown) comes in; the typed records described in
``docs/page-data.md`` go out.
"""

__all__ = [
    "day_headline",
    "earlier_states",
    "far_views",
    "holder_tracks",
    "legend_rows",
    "moment",
    "page_data",
    "page_records",
    "translation",
]
