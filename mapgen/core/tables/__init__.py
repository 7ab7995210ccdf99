"""The tables that people extend: actors, sides, the lexicon, word lists, colours, marks, texts.

Rows of ``mapgen/data`` come in; typed values go out.
"""

__all__ = [
    "actors",
    "interface_texts",
    "lexicon",
    "marks",
    "sides",
    "style",
    "word_lists",
]
