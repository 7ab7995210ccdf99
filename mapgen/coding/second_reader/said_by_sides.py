"""Judge what a side says of itself: "We have taken X" is its own claim, "we are in X" no flight.

Claims come in; whether such a one stands comes out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.second_reader.certainty import is_of_network
from mapgen.model import Kind, Status

if TYPE_CHECKING:
    from mapgen.core.tables.actors import Cast
    from mapgen.model import Claim

_OF_GROUND = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})
_WE = re.compile(r"\b(?:[Ww]e|[Oo]urs?|(?:[Hh]is|[Tt]heir) (?:fighters|forces|men|troops))\b")
_FREED = re.compile(r"[\"'“‘](?:fully )?(?:freed|liberated)\b")
_OF_PEOPLE = re.compile(
    r"\b(?:children|civilians|evacuat\w+|famil(?:y|ies)|fled|flee\w*|home|homes|houses?|people"
    r"|refugees|residents|villagers)\b",
    re.IGNORECASE,
)


def is_own_deed(claim: Claim) -> bool:
    """Whether a side says that it took a place itself: "We have retaken X," its spokesman said.

    The network takes such a quote for what is not so, and the quotation marks of "X has been
    'liberated'" too. It is a claim, and drawn as one.

    Parameters
    ----------
    claim
        A claim of the rules.
    """
    if claim.kind not in _OF_GROUND or claim.status is not Status.CLAIMED:
        return False
    is_known = claim.actor is not None and not claim.actor.id.startswith("text:")
    return is_known and (_WE.search(claim.quote) or _FREED.search(claim.quote)) is not None


def is_flight_of_a_side(claim: Claim, cast: Cast) -> bool:
    """Whether the network takes fighters who are in a place for people who came there.

    Parameters
    ----------
    claim
        A claim of either reader.
    cast
        The parties of the section of the claim.
    """
    if claim.kind is not Kind.DISPLACEMENT or not is_of_network(claim):
        return False
    if claim.attribution is None or _WE.search(claim.quote) is None:
        return False
    side = cast.speaker(claim.attribution.name)
    is_known = side is not None and not side.id.startswith("text:")
    return is_known and _OF_PEOPLE.search(claim.quote) is None
