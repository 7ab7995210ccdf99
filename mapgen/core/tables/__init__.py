"""Load the tables that users can extend: actors, sides, lexicon, words, colours, marks, texts.

Rows from ``mapgen/data`` and from a folder of the user come in; typed values go out.
"""

__all__ = [
    "actors",
    "folder",
    "group_sorts",
    "in_force",
    "interface_texts",
    "lexicon",
    "marks",
    "named_in_text",
    "sentences",
    "sides",
    "sources",
    "style",
    "word_lists",
]
