"""Grammar rules for English: who did what, where, when, to how many people, and whether at all.

Parsed sentences with their georeferences come in; drafts of claims go out.
"""

__all__ = [
    "antecedents",
    "article_context",
    "asides",
    "attribution",
    "background",
    "calendar_days",
    "claiming",
    "counted_days",
    "dates",
    "days_of_places",
    "dismissed",
    "headings",
    "list_lines",
    "mentions",
    "modality",
    "narrative",
    "off_topic",
    "own_days",
    "parties",
    "patterns",
    "quantities",
    "quoting",
    "reasons",
    "sentence_context",
    "takeback",
    "topic",
    "undated",
    "verb_frames",
    "withdrawn",
    "word_orders",
    "written_days",
]
