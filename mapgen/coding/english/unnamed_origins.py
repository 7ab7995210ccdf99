"""Tell where people came from who left villages without a name: "families from nearby hamlets".

Claims come in and go out. A movement whose origin is only described keeps that in its reasons, so
that it is not taken for one more report of those who came to the same place from elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.model import Kind, Role
from mapgen.reasons import FROM_UNNAMED, Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim

_UNNAMED = re.compile(
    r"\b(?:from|of|out\sof)\s(?:(?:the|some|several|many|all|dozens\sof|two|three|four|\d+)\s){0,2}"
    r"(?:surrounding|near-?by|neighbou?ring|outlying|adjacent|adjoining|other)\s(?:[a-z]+\s)?"
    r"(?:areas?|communes?|communities|countryside|districts|farms?|hamlets|localities|settlements"
    r"|towns|villages)\b(?!\s(?:around|in|near|of|like|such\sas)\b)",
    re.IGNORECASE,
)


def with_unnamed_origins(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return the claims, the movements from villages without a name with a reason that says so.

    Parameters
    ----------
    claims
        Claims of an article.
    text
        Its text.
    """
    return [_from_unnamed(c) if _is_from_unnamed(c, text) else c for c in claims]


def _is_from_unnamed(claim: Claim, text: str) -> bool:
    if claim.kind is not Kind.DISPLACEMENT or not claim.status.is_current:
        return False
    if any(p.role is not Role.DESTINATION for p in claim.places):
        return False
    return _UNNAMED.search(text, claim.start, claim.end) is not None


def _from_unnamed(claim: Claim) -> Claim:
    reason = Reason(ReasonKind.ORIGIN, FROM_UNNAMED)
    return replace(claim, reasons=(*claim.reasons, reason))
