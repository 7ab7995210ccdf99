"""What may be shown of a situation, and the words for it.

Events come in; holders, signs, cards, summary and reasons go out.
"""

__all__ = [
    "cards",
    "drawn_records",
    "estimates",
    "evidence",
    "explain",
    "figure_words",
    "flows",
    "holders",
    "long_history",
    "names",
    "shown",
    "signs",
    "title_block",
]
