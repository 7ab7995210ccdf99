"""The data that page and pictures are drawn from.

What may be shown comes in; the data of ``docs/page-data.md`` go out.
"""

__all__ = [
    "holder_tracks",
    "local_names",
    "orientation_towns",
    "page_data",
]
