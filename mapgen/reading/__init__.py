"""Read articles from files of many formats and parse their sentences.

Files come in; `mapgen.model.Article` records and parsed passages go out.
"""

__all__ = [
    "articles",
    "day_forms",
    "feed_links",
    "passages",
    "printed_day",
    "printed_outlet",
    "publication_day",
]
