"""How English says what happened: who, where, when, how many, and whether at all.

Parsed sentences with their places come in; claims in the making go out.
"""

__all__ = [
    "article_context",
    "attribution",
    "background",
    "claiming",
    "dates",
    "list_lines",
    "mentions",
    "modality",
    "parties",
    "patterns",
    "quantities",
    "quoting",
    "reasons",
    "sentence_context",
    "takeback",
    "topic",
    "verb_frames",
    "word_orders",
]
