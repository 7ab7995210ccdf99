"""Claims that the words after them take back: a town retaken, a report denied at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.model import Kind, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from mapgen.model import Claim

BACK = frozenset({"retake", "recapture", "regain", "reclaim"})


def retaken(claims: list[Claim]) -> list[Claim]:
    """Make history of a capture that the same sentence says was undone ("and retook it")."""
    back = [
        c
        for c in claims
        if c.status.is_current and c.kind is Kind.CONTROL_CHANGE and c.reasons[0].words in BACK
    ]
    ids = {p.place_id for c in back for p in c.places}
    return [
        replace(c, status=Status.HISTORICAL, reasons=_decided(c, Status.HISTORICAL, "retook"))
        if c.kind is Kind.CONTROL_CHANGE
        and c.status.is_current
        and c not in back
        and ids & {p.place_id for p in c.places}
        else c
        for c in claims
    ]


_THEY_DID_NOT = re.compile(
    r"(?P<words>(?:He|It|She|That|They|This) (?:are|did|do|does|had|has|have|is|was|were)"
    r"(?: not|n['’]t))(?: (?:the case|so|true))?\s*[.:;—–]"
    r"|(?P<flat>(?:That|This) (?:is|was) (?:a lie|false|fake|untrue)|Not so|Not true)\b"
)


def denial(sentence: str) -> str | None:
    """Return the words by which a sentence only denies the one before: "They haven't: ..."."""
    found = _THEY_DID_NOT.match(sentence)
    return (found["words"] or found["flat"]) if found else None


def denied(claims: list[Claim], words: str) -> list[Claim]:
    """Return claims as denied by the sentence after them."""
    return [
        replace(c, status=Status.NEGATED, reasons=_decided(c, Status.NEGATED, words))
        if c.status.is_current
        else c
        for c in claims
    ]


def _decided(claim: Claim, status: Status, words: str) -> tuple[Reason, ...]:
    """Return the reasons of a claim with one more: the words that give it a status."""
    return (*claim.reasons, Reason(ReasonKind.STATUS, status.value, words))
