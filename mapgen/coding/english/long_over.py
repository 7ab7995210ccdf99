"""Set passing events that ended long before the day of an article in the past.

The claims and sentences of an article come in. Strikes, fighting, withdrawals and movements of
people whose day lies more than two months before the article go out as history: "In July rockets
hit X" of a report in October. Who took or holds a place stays, because it may still stand.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.dates import PASSED_AFTER
from mapgen.coding.english.reasons import why_left_off
from mapgen.model import Kind, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mapgen.model import Claim, SentenceRecord

PASSING = frozenset(
    {
        Kind.ADVANCE,
        Kind.ATTACK_ON_CIVILIANS,
        Kind.CLASH,
        Kind.DISPLACEMENT,
        Kind.EVACUATION_ORDER,
        Kind.REINFORCEMENT,
        Kind.RETURN,
        Kind.STRIKE,
        Kind.THREAT,
        Kind.WITHDRAWAL,
    }
)


def long_over(
    claims: Sequence[Claim], sentences: Sequence[SentenceRecord], text: str, day: date | None
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Set passing events that ended more than `PASSED_AFTER` before a day in the past.

    Parameters
    ----------
    claims, sentences
        Claims and sentences of the article.
    text
        Text of the article.
    day
        Day of publication, or else the latest day that the article names. Without one, nothing
        changes.

    Returns
    -------
    claims : list of Claim
        The claims in the same order.
    sentences : list of SentenceRecord
        The sentences; one that has no claim of now any more has the reason.
    """
    if day is None:
        return list(claims), list(sentences)
    kept = [_past(c) if _is_over(c, sentences, text, day) else c for c in claims]
    changed = {c.start for c, old in zip(kept, claims, strict=True) if c is not old}
    return kept, [
        replace(s, left_off=why_left_off([c for c in kept if s.start <= c.start < s.end]))
        if any(s.start <= start < s.end for start in changed)
        else s
        for s in sentences
    ]


def _is_over(claim: Claim, sentences: Sequence[SentenceRecord], text: str, day: date) -> bool:
    when = claim.date
    if claim.kind not in PASSING or not claim.status.is_current or when is None:
        return False
    if when.end is None or when.end >= day - PASSED_AFTER:
        return False
    around = next((s for s in sentences if s.start <= claim.start < s.end), None)
    words = text[around.start : around.end] if around is not None else claim.quote
    # "since July": it goes on
    going_on = re.search(
        rf"\bsince\s(?:\w+\s){{0,3}}?{re.escape(when.words)}", words, re.IGNORECASE
    )
    return going_on is None


def _past(claim: Claim) -> Claim:
    words = claim.date.words if claim.date is not None else ""
    reason = Reason(ReasonKind.STATUS, Status.HISTORICAL.value, words)
    return replace(claim, status=Status.HISTORICAL, reasons=(*claim.reasons, reason))
