"""Rules that read the order of words, for sentences that are parsed wrongly.

Words of a sentence come in; drafts of claims go out.
"""

__all__ = [
    "deaths",
    "driven_out",
    "fighting_told",
    "flight",
    "flight_clauses",
    "halved_towns",
    "holder_asides",
    "holder_lines",
    "men_leaving",
    "movements",
    "repelled",
    "seizure",
    "taken_next",
    "turns",
    "whose_it_is",
]
