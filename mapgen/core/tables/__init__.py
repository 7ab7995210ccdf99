"""The tables that people extend: actors, sides, the lexicon, word lists, colours, interface texts.

Rows of ``mapgen/data`` come in; typed values go out.
"""

__all__ = [
    "actors",
    "interface_texts",
    "lexicon",
    "sides",
    "style",
    "word_lists",
]
