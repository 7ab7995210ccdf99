"""Read an article a second time, with a small trained network beside the rules.

The network marks which places changed hands, where people fled from and to, and how many, and
whether it happened. It knows only what the texts in ``training/`` show. What both readers say is
drawn; see `deciding`.
"""

__all__ = [
    "candidates",
    "certainty",
    "deciding",
    "finding",
    "followed",
    "labels",
    "marked",
    "network",
    "outdone",
    "reader",
    "said_by_sides",
    "since_when",
]
