"""Files to articles: one reader a format, and sentences with their offsets.

Files come in; `mapgen.model.Article` records and parsed passages go out.
"""

__all__ = [
    "articles",
    "passages",
    "printed_day",
]
