"""Tell people who are back from those who only looked in: "went back to X to fetch food".

The claims of an article come in and go out. A return for an errand or a few hours, one that ended
("and were sent away again") and a way back to the refuge, from which nobody had fled, are history.
Where people came back from is no place to which they returned.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.coding.english.takeback import decided
from mapgen.model import Kind, Role, Status
from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim, ClaimPlace

_ERRANDS = (
    r"(?:bury|check|collect|fetch|gather|inspect|look|pick|retrieve|salvage|visit"
    r"|see\s(?:their|what|(?:the|whose)\s(?:damage|houses?|homes?|state)))"
)
_PASSING = re.compile(
    rf"\bto\s{_ERRANDS}\b(?!\sif\b)"
    r"|\bfor\s(?:(?:just|only)\s)?(?:an?|one|two|the|a\sfew|several)\s(?:afternoon|days?|hours?"
    r"|minutes|morning|night)\b"
    r"|\bbriefly\b|\bonly\sto\s(?:be\s|find\sthemselves\s)?(?:displaced|flee|leave|run)\b"
    r"|\b(?:and|but|before|then|only\sto)\s(?:(?:be|been|being|had|have|has|now|since|soon|then"
    r"|they|was|were)\s){0,3}(?:(?:sent|turned|driven|chased|forced)\s(?:away|back|out)\b"
    r"|(?:displaced|fled|fleeing|left|leaving|uprooted)\s(?:it\s|there\s)?(?:again|once\smore)\b)"
)
_BEGINS = re.compile(
    r"\b(?:briefly\s(?:\w+\s)?)?(?:return(?:ed|ing|s)?|back|home|resettled)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?][”\"’)]*(?=\s|$)|\n")
_FROM = re.compile(r"(?P<who>[\w-]+)?,?\s?\bfrom\s(?:the\s)?(?:[a-z]+\sof\s)?$")
_PEOPLE = re.compile(
    r"(?:civilians|famil(?:y|ies)|households|inhabitants|men|people|persons|refugees|residents"
    r"|returnees|those|villagers|women|\d+|dozens|hundreds|thousands)"
)
_NEAR = 300  # characters up to which people told of before are those who go back


def with_lasting_returns(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return the claims, those of returns that did not last, or were none, as history.

    Parameters
    ----------
    claims
        Claims of an article.
    text
        Its text.
    """
    flights, made = _Flights.of(claims), []
    for claim in claims:
        told = claim
        if claim.kind is Kind.RETURN and claim.status.is_current:
            told = _with_origins(claim, text)
            words = _passing_words(told, text) or _refuge(told, flights)
            if words is not None:
                past = Status.HISTORICAL
                told = replace(told, status=past, reasons=decided(told, past, words))
        made.append(told)
    return made


def _with_origins(claim: Claim, text: str) -> Claim:
    """Return a return with the place behind "from" as where people were: "to X from Y"."""
    if len(claim.places) < 2:  # noqa: PLR2004 - one alone may be their home: "people from X"
        return claim
    left = [p for p in claim.places if p.role is Role.DESTINATION and _is_left(p, text)]
    if not left or len(left) == len(claim.places):
        return claim
    places = tuple(replace(p, role=Role.ORIGIN) if p in left else p for p in claim.places)
    return replace(claim, places=places)


def with_ways_back(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, returns to a refuge with the way back to where people had fled from.

    Parameters
    ----------
    claims
        Claims of an article, as certain as they are.
    """
    flights = _Flights.of(claims)
    return [
        _turned_round(c, flights) if c.kind is Kind.RETURN and c.status.is_current else c
        for c in claims
    ]


@dataclass(frozen=True, slots=True)
class _Flights:
    """The flights of an article, in reading order, with where they start."""

    claims: tuple[Claim, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> _Flights:
        found = sorted((c for c in claims if c.kind is Kind.DISPLACEMENT), key=lambda c: c.start)
        return cls(tuple(found), tuple(c.start for c in found))

    def between(self, first: int, end: int) -> tuple[Claim, ...]:
        """Return those that start from an offset on and before another."""
        return self.claims[bisect_left(self.starts, first) : bisect_left(self.starts, end)]


def _turned_round(claim: Claim, told: _Flights) -> Claim:
    """Return a return with its ends as the flight of the same words has them, but turned round.

    In "fled X for Y, of whom 400 have returned" they came back to X from Y.
    """
    flights = [c for c in told.between(claim.start, claim.end) if c.end <= claim.end]
    if len(flights) != 1 or len(claim.places) != 1:
        return claim
    [end], [flight] = claim.places, flights
    left = [p for p in flight.places if p.role is Role.ORIGIN]
    reached = [p for p in flight.places if p.role is Role.DESTINATION]
    is_refuge = end.role is Role.DESTINATION and end.start in {p.start for p in reached}
    if not is_refuge or len(left) != 1:
        return claim
    places = (replace(end, role=Role.ORIGIN), replace(left[0], role=Role.DESTINATION))
    return replace(claim, places=places)


def _is_left(place: ClaimPlace, text: str) -> bool:
    before = _FROM.search(text, max(0, place.start - 40), place.start)
    return before is not None and not _PEOPLE.fullmatch(before["who"] or "")


def _passing_words(claim: Claim, text: str) -> str | None:
    """Return the words by which people went back for a while only, or None."""
    trigger = next((r.span for r in claim.reasons if r.what is ReasonKind.TRIGGER and r.span), None)
    start = trigger[0] if trigger is not None else claim.start
    ends = _SENTENCE.search(text, max(start, claim.end - 1))
    end = ends.start() if ends else len(text)
    begins = _BEGINS.search(text, start, end)
    found = _PASSING.search(text, begins.start(), end) if begins is not None else None
    return found[0] if found is not None else None


def _refuge(claim: Claim, told: _Flights) -> str | None:
    """Return the name of a place to which those who "go back" had fled, or None.

    "They fled again to X. Some 400 have since gone back to X": X is their refuge.
    """
    back = {p.place_id for p in claim.places if p.role is Role.DESTINATION} - {None}
    near = told.between(claim.start - 2 * _NEAR, claim.start)
    before = [c for c in near if c.end > claim.start - _NEAR]
    left = {p.place_id for c in before for p in c.places if p.role is not Role.DESTINATION}
    reached = {p.place_id for c in before for p in c.places if p.role is Role.DESTINATION}
    if not back or not back <= reached or back & left:
        return None
    return next(p.surface for p in claim.places if p.place_id in back)
