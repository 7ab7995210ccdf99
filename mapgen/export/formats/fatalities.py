"""Read how many people an event killed from the sentence that reports it.

The readers of articles collect figures of people who flee. This module reads a single further
figure for the table in ACLED's columns, and only where the words leave no choice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.model import Claim, Extraction

_TO_NINETEEN = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: n for n, word in enumerate(_TO_NINETEEN, 1)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
}
_NUMBER = (
    rf"(?P<n>\d[\d,]*|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_TO_NINETEEN[:9])}))?"
    rf"|{'|'.join(sorted(_TO_NINETEEN, key=len, reverse=True))})"
)
_PEOPLE = (
    r"(?:other |displaced )?(?:people|persons?|civilians?|m[ae]n|wom[ae]n|child(?:ren)?|fighters?|"
    r"soldiers?|residents?|villagers?|militants?|rebels?|worshippers|patients|others?)"
)
_LEAST = r"(?:at least |exactly )?"
_NO_MORE = (
    r"(?! and (?!\w+ (?:wounded|injured|hurt)\b)(?:at least )?(?:\d|(?:one|two|t\w+|f\w+)\b))"
)
_DEAD = (
    re.compile(
        rf"\bkill(?:ed|ing|s) {_LEAST}{_NUMBER}(?: {_PEOPLE})?"
        rf"(?=[,.;:]|$| (?:and|in|near|on|at|when|as|there)\b){_NO_MORE}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:left|leaving) {_LEAST}{_NUMBER}(?: {_PEOPLE})? dead\b", re.IGNORECASE),
    re.compile(
        rf"\b{_LEAST}{_NUMBER}(?: {_PEOPLE})? (?:were|was|have been|had been) killed\b",
        re.IGNORECASE,
    ),
)
# Words with which a figure is a total, a guess, of another day, or not so.
_NOT_THIS_EVENT = re.compile(
    r"\b(?:since|so far|in total|total|overall|altogether|in all|toll|last (?:year|month|week)|"
    r"over the (?:past|last)|years?|months?|earlier|previously|between|up to|as many as|"
    r"more than|over|nearly|almost|around|about|dozens|scores|hundreds|thousands|"
    r"not|no|nobody|never|den(?:y|ies|ied)|could|may|might|would|if|fear(?:s|ed)?|threat\w*|"
    r"killed (?:or|and) (?:wounded|injured)|wounded or killed|dead or)\b",
    re.IGNORECASE,
)
_VIOLENT = {Kind.STRIKE, Kind.CLASH, Kind.ATTACK_ON_CIVILIANS}


def deaths_told(extraction: Extraction, claims: Iterable[Claim]) -> int | None:
    """Return the number of people killed, or None unless the sentences give a single one.

    Parameters
    ----------
    extraction
        The sentences and claims of the articles.
    claims
        Claims that report one event.

    Returns
    -------
    int or None
        The figure of a sentence that reports this event and no other violence. "At least 12" gives
        12, as ACLED's codebook has it. Totals, ranges, rounded figures, and figures that are denied
        or feared give None, and so do sentences that contradict each other.
    """
    found = set()
    for claim in claims:
        if claim.kind not in _VIOLENT:
            continue
        text = _sentence(extraction, claim)
        if text is None or _others(extraction, claim):
            continue
        deaths = _deaths_in(text)
        if deaths is not None:
            found.add(deaths)
    return found.pop() if len(found) == 1 else None


def _sentence(extraction: Extraction, claim: Claim) -> str | None:
    """Return the sentence that a claim is from."""
    for record in extraction.sentences:
        if record.article == claim.article and record.start <= claim.start < record.end:
            return record.text
    return None


def _others(extraction: Extraction, claim: Claim) -> bool:
    """Whether the same sentence reports further violence, whose dead they may be."""
    own = next(
        r
        for r in extraction.sentences
        if r.article == claim.article and r.start <= claim.start < r.end
    )
    return any(
        c.id != claim.id
        and c.article == own.article
        and own.start <= c.start < own.end
        and c.kind in _VIOLENT
        for c in extraction.claims
    )


def _deaths_in(text: str) -> int | None:
    """Return the only number of people killed in a sentence, or None."""
    if _NOT_THIS_EVENT.search(text):
        return None
    found = [m["n"] for pattern in _DEAD for m in pattern.finditer(text)]
    if len(found) != 1:
        return None
    digits = found[0].replace(",", "")
    return int(digits) if digits.isdigit() else sum(_WORDS[w] for w in digits.lower().split("-"))
