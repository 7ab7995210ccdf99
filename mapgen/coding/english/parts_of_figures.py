"""Tell parts of a figure from new figures: "850 families left; 200 of them are in Bor".

Claims come in and go out. The figures of those that say "of them" of families are then families;
those that say that they "are included above" have no figure of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.quantities import find_figures
from mapgen.model import OF_DISPLACED
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim, Quantity, SentenceRecord

_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|which)\b(?!\s+(?:people|persons|individuals))")
_PERSONS = re.compile(r"[^.;]{0,40}\b(?:adults|babies|boys|children|girls|men|minors|women)\b")
_BARE = re.compile(
    r"\s(?:more\s)?(?:(?:also|already|then)\s)?(?:are|arrived|came|crossed|fled|found|got|had|has|have"
    r"|headed|in|left|made|moved|reached|remain(?:ed)?|settled|stayed|to|went|were)\b"
)
_STOP = re.compile(r"[.!?]\s|\n")
_BACK = 300  # characters in which the whole is looked for


def with_units_of_parts(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return claims with the figures of parts in the unit of the whole.

    Parameters
    ----------
    claims
        Claims of an article.
    text
        Its text.
    """
    return [
        replace(c, quantity=replace(c.quantity, unit="families"))
        if c.quantity is not None and _is_of_families(c, c.quantity, text)
        else c
        for c in claims
    ]


_INCLUDED = re.compile(
    r"\b(?:are|is|were|was|been|being)\s(?:already\s|also\s)?(?:counted|included|part|reflected)"
    r"\s(?:above|there|in\s(?:the|that|this|these)\s(?:\w+\s)?(?:count|figure|number|total)s?"
    r"|of\s(?:the|that|this)\s(?:figure|number|total))\b",
    re.IGNORECASE,
)
_INCLUDES = re.compile(
    r"\W*(?:Of\s(?:these|those),\s)?(?:The|This|That)\s(?:\w+\s)?(?:count|figure|number|total)s?"
    r"\s(?:already\s|also\s)?(?:covers?|includes?)\b"
)
_NOT = re.compile(r"\b(?:not|never)\s(?:\w+\s)?$|n['’]t\s$")


def without_figures_told_before(
    claims: Sequence[Claim], sentences: Sequence[SentenceRecord], text: str
) -> list[Claim]:
    """Return claims without the figures that their sentence says to be included in others.

    "A further 400 have moved on to X and are included above", "The figure includes 2,100 from X":
    nobody is counted twice.

    Parameters
    ----------
    claims
        Claims of an article.
    sentences
        Its sentences.
    text
        Its text.
    """
    parts = {}  # where a sentence says so, by its number
    within = set()  # the sentences that only say what a figure told before includes
    for n, s in enumerate(sentences):
        if _INCLUDES.match(text, s.start, s.end):
            within.add(n)
        told = _INCLUDED.search(text, s.start, s.end)
        if told is not None and not _NOT.search(text[s.start : told.start()] + " "):
            parts[n] = told.start()
    if not parts and not within:
        return list(claims)
    starts = [s.start for s in sentences]
    made = []
    for claim in claims:
        number = bisect_right(starts, claim.start) - 1
        if number in within and claim.kind in OF_DISPLACED:
            continue
        at = parts.get(number)
        if at is None or claim.quantity is None or claim.kind not in OF_DISPLACED:
            made.append(claim)
            continue
        reason = Reason(ReasonKind.FIGURE, "included in another figure")
        places = tuple(p for p in claim.places if p.start < at) or claim.places
        reasons = (*claim.reasons, reason)
        made.append(replace(claim, quantity=None, places=places, reasons=reasons))
    return made


def _is_of_families(claim: Claim, quantity: Quantity, text: str) -> bool:
    """Whether a figure counts some of the families that the words before it speak of."""
    if quantity.unit == "families":
        return False
    at = text.find(quantity.words, claim.start)
    after = at + len(quantity.words)
    if not claim.start <= at < claim.end:
        return False
    of_them = _OF_THEM.match(text, after)
    if of_them is not None and _PERSONS.match(text, of_them.end()):
        return False
    before = find_figures(text[max(0, at - _BACK) : at])
    if of_them is None:  # "900 families fled: 300 have reached X" in one sentence
        whole_at = max(0, at - _BACK) + before[-1].end if before else at
        if _BARE.match(text, after) is None or _STOP.search(text, whole_at, at):
            return False
    whole = before[-1].quantity if before else None
    return whole is not None and whole.unit == "families" and _is_part(quantity, whole)


def _is_part(part: Quantity, whole: Quantity) -> bool:
    """Whether a figure is no larger than another, as far as both are known."""
    return part.low is None or whole.high is None or part.low <= whole.high
