"""Make a page that tells a story with the map, chapter by chapter.

A story file in Markdown comes in, and the data of a page; one HTML page goes out, in which each
chapter has its day, its part of the map and its signs.
"""

__all__ = [
    "chapters",
    "fields",
    "story_file",
    "story_page",
]
