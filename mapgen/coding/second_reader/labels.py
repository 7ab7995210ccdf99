"""Name what the second reader can say of a place or of a figure.

The codes are those of the texts in ``training/``: ``[Homs:C]``, ``<30,000 people:F>``. A label
with an X says that the thing is spoken of, but did not happen or not now.
"""

from __future__ import annotations

TAKEN, NOT_TAKEN, HELD, LEFT_BY_TROOPS = "C", "CX", "HOLD", "WD"
ORIGIN, DESTINATION, NOT_ORIGIN, NOT_DESTINATION = "O", "D", "OX", "DX"
TOLD_TO_LEAVE, RETURNED, HOSTS = "ORD", "RET", "HOST"
ADVANCE, VIOLENCE = "ADV", "VIOL"

PLACE_LABELS = (
    TAKEN,
    NOT_TAKEN,
    HELD,
    LEFT_BY_TROOPS,
    ORIGIN,
    DESTINATION,
    NOT_ORIGIN,
    NOT_DESTINATION,
    TOLD_TO_LEAVE,
    RETURNED,
    HOSTS,
    ADVANCE,
    VIOLENCE,
)
"""Labels of places, in the order of the network's outputs."""

MOVED, NOT_MOVED, CAME_BACK, HOSTED, ORDERED, KILLED = "F", "FX", "FR", "FH", "FO", "K"

FIGURE_LABELS = (MOVED, NOT_MOVED, CAME_BACK, HOSTED, ORDERED, KILLED)
"""Labels of figures, in the order of the network's outputs, after those of places."""

LABELS = PLACE_LABELS + FIGURE_LABELS
NONE = "-"
