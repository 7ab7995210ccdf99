"""The tables that people extend: actors, sides, the lexicon, word lists, colours, marks, texts.

Rows of ``mapgen/data`` and of a folder of the user come in; typed values go out.
"""

__all__ = [
    "actors",
    "folder",
    "in_force",
    "interface_texts",
    "lexicon",
    "marks",
    "sides",
    "style",
    "word_lists",
]
