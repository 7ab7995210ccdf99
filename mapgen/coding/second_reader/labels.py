"""Name what the second reader can say of a place, of a figure and of a party.

The codes are those of the texts in ``training/``: ``[Homs:C]``, ``<30,000 people:F>``,
``{rebels:T}``. A label with an X says that the thing is spoken of, but did not happen or not now.
"""

from __future__ import annotations

from mapgen.coding.second_reader.marked import SpanKind

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

TAKER, LOSER, HOLDER = "T", "L", "H"

PARTY_LABELS = (TAKER, LOSER, HOLDER)
"""Labels of parties, which took, lost or still hold a place, after those of figures."""

LABELS = PLACE_LABELS + FIGURE_LABELS + PARTY_LABELS
NONE = "-"


def labels_of(kind: SpanKind) -> tuple[str, ...]:
    """Return the labels that a span of a kind may have.

    A place may act as well ("Russia took the town"), and an unknown name may be either.
    """
    if kind is SpanKind.FIGURE:
        return FIGURE_LABELS
    return PARTY_LABELS if kind is SpanKind.PARTY else PLACE_LABELS + PARTY_LABELS
