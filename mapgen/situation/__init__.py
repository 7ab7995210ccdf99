"""Work out what may be shown of a situation, and put it into words.

A situation with its events comes in. What may be shown of it goes out: who holds each place, the
signs and cards of the map, the title block with headline and summary, and what was left off the
map.
"""

__all__ = [
    "attacks",
    "cards",
    "certainty",
    "conflicts",
    "countries",
    "drawn_records",
    "earlier",
    "elsewhere",
    "estimates",
    "evidence",
    "explain",
    "figure_words",
    "flows",
    "headline",
    "holders",
    "ledger",
    "long_history",
    "names",
    "nothing_drawn",
    "shown",
    "signs",
    "silent_articles",
    "summary",
    "title_block",
]
