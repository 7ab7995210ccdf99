"""Grammar rules for English: who did what, where, when, to how many people, and whether at all.

Parsed sentences with their georeferences come in; drafts of claims go out.
"""

__all__ = [
    "antecedents",
    "article_context",
    "asides",
    "attribution",
    "background",
    "claiming",
    "dates",
    "list_lines",
    "mentions",
    "modality",
    "off_topic",
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
