"""Tell where the part of a group went whose place is told beside its number.

The claims of an article come in and go out. "116,000 have crossed into X, 1,300 of them through Y
on Tuesday" and "families have come to Y and Z, 800 of them to the former" tell of a part with its
own place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.dates import find_dates
from mapgen.coding.english.mentions import Mention
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_places import SentencePlaces
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mapgen.model import Claim, ClaimPlace, Quantity, SentenceRecord
    from mapgen.places.georeference import Georeference

_ORDINALS = 170  # from here on they count the claims made here
_NUMBER = (
    r"(?P<number>(?:(?:about|almost|around|at\sleast|more\sthan|nearly|over|roughly|some)\s)?"
    r"(?:\d{1,3}(?:,\d{3})+|\d{2,}|dozens|hundreds|thousands))"
)
_OF_THEM = (
    r"\sof\s(?:them|these|those|whom)\s"
    r"(?:(?:are|arrived|came|crossed|entered|have\scome|passed)\s)?"
)
_FORMER = re.compile(
    rf"(?:,|;|\sand)\s(?:of\swhom\s)?{_NUMBER}{_OF_THEM}(?:at|in|into|to)\s"
    r"the\s(?P<which>former|first|latter|second)(?:\s(?:city|town|village))?(?=\s*(?:[.,;]|$))"
)
_THROUGH = re.compile(
    rf"(?:,|;|\sand|\s\()\s?{_NUMBER}{_OF_THEM}(?:at|by\sway\sof|through|via)\s"
    r"(?:the\s(?:crossing|port|town|village)\s(?:at|of)\s)?$"
)
_FAMILIES = re.compile(r"\b(?:families|households)\b", re.IGNORECASE)
_SHORT = 120  # characters that the words before such a place take
_TWO = 2  # places, of which one is the former
_REASON = Reason(ReasonKind.FIGURE, "that of the part with this place")


def with_parts_at_places(
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    references: Sequence[Georeference],
    text: str,
    day: date | None,
) -> list[Claim]:
    """Return the claims, with one for each part of a group that has its own place.

    Parameters
    ----------
    claims
        Claims of an article.
    sentences
        Its sentences.
    references
        The places that it names.
    text
        Its text.
    day
        Day of its publication.
    """
    places = SentencePlaces(sentences, references)
    made: list[Claim] = []
    done: set[int] = set()  # sentences whose part is told
    for claim in claims:
        number = places.number(claim.start)
        is_move = claim.kind is Kind.DISPLACEMENT and claim.status.is_current
        if not is_move or number < 0 or number in done:
            made.append(claim)
            continue
        bounds = places.bounds(number)
        parts = _of_former(claim, bounds, text) or _through(
            claim, places.named(number), bounds, text, day
        )
        done |= {number} if parts else set()
        made += parts or [_with_whole(claim, bounds, text)]
    return made


_SOME_THROUGH = re.compile(
    rf"(?:,|;|\sand|\s\()\s?{_NUMBER}{_OF_THEM}(?:by\sway\sof|through|via)\b"
)


def _with_whole(claim: Claim, bounds: tuple[int, int], text: str) -> Claim:
    """Return a claim with the number of all who went, not that of "900 of them through a ford"."""
    found = _SOME_THROUGH.search(text, *bounds) if claim.quantity is not None else None
    if found is None or claim.quantity is None or claim.quantity.words != found["number"]:
        return claim
    before = find_figures(text[bounds[0] : found.start()])
    if not before or any(p.start > found.start() for p in claim.places):
        return claim
    return replace(claim, quantity=before[-1].quantity)


def _of_former(claim: Claim, bounds: tuple[int, int], text: str) -> list[Claim]:
    """Return the claims of "came to X and Y, 800 of them to the former", or none."""
    found = _FORMER.search(text, *bounds)
    ends = [p for p in claim.places if p.role is Role.DESTINATION]
    if found is None or len(ends) != _TWO or any(p.end > found.start() for p in ends):
        return []
    ends.sort(key=lambda p: p.start)
    counted = _quantity(found["number"], claim, text[bounds[0] : found.start()])
    if counted is None:
        return []
    is_first = found["which"] in {"former", "first"}
    mine, other = ends if is_first else reversed(ends)
    whole = claim.quantity
    if whole is not None and (whole.low, whole.high) == (counted.low, counted.high):
        whole = None  # the number of the part alone
    rest = tuple(p for p in claim.places if p.role is not Role.DESTINATION)
    total = [replace(claim, places=rest)] if whole is not None and rest else []
    lone = replace(claim, places=(*rest, other), quantity=None)
    if total:
        lone = _renamed(lone, 1)
    return [*total, lone, _part(claim, (*rest, mine), counted, found.end())]


def _through(
    claim: Claim,
    named: Sequence[Georeference],
    bounds: tuple[int, int],
    text: str,
    day: date | None,
) -> list[Claim]:
    """Return the claims of "900 crossed into X, 80 of them through Y on Tuesday", or none."""
    ends = [p for p in claim.places if p.role is Role.DESTINATION]
    for r in named:
        found = _THROUGH.search(text, max(bounds[0], r.start - _SHORT), r.start)
        place = r.meant
        if found is None or place is None or place.precision == "country":
            continue
        goals = [p for p in ends if p.end <= found.start()]
        if not any(_holds(p, place.country) for p in goals):
            continue
        counted = _quantity(found["number"], claim, text[bounds[0] : found.start()])
        if counted is None:
            continue
        others = tuple(p for p in claim.places if p.start != r.start)
        left = tuple(p for p in others if p.role is Role.ORIGIN)
        spot = Mention(place, r.start, r.end, r.surface).claim_place(Role.DESTINATION)
        part = _part(claim, (*left, spot), counted, r.end)
        behind = find_dates(text[found.start() : bounds[1]], day)
        if behind:
            part = replace(part, date=behind[0].when)
        return [_with_whole(replace(claim, places=others), bounds, text), part]
    return []


def _holds(place: ClaimPlace, country: str | None) -> bool:
    """Whether a place is the country of another one."""
    return country is not None and place.place_id == f"iso:{country}"


def _part(claim: Claim, places: tuple[ClaimPlace, ...], counted: Quantity, end: int) -> Claim:
    start, last = claim.start, max(claim.end, end)
    own = replace(claim, places=places, quantity=counted, reasons=(*claim.reasons, _REASON))
    return replace(own, id=claim_id(claim.article, start, last, claim.kind, _ORDINALS))


def _renamed(claim: Claim, number: int) -> Claim:
    ordinal = _ORDINALS + number
    return replace(claim, id=claim_id(claim.article, claim.start, claim.end, claim.kind, ordinal))


def _quantity(words: str, claim: Claim, before: str) -> Quantity | None:
    """Return the number of a part, in the unit of the whole."""
    families = claim.quantity is None and _FAMILIES.search(before) is not None
    unit = claim.quantity.unit if claim.quantity is not None else "people"
    if _FAMILIES.search(before) is not None and claim.quantity is not None:
        families = claim.quantity.words == words or unit == "families"
    told = find_figures(f"{words} {'families' if families else unit}")
    return told[0].quantity if len(told) == 1 else None
