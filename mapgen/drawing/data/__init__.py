"""The data that page and pictures are drawn from.

What may be shown comes in; the data of ``docs/page-data.md`` go out.
"""

__all__ = [
    "legend_rows",
    "moment",
    "page_data",
    "page_records",
]
