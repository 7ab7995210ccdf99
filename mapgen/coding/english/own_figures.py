"""Give each place of a list its own figure: "3,150 are in X, 1,730 in Y and 1,101 in Z".

The claims of an article come in and go out. A claim with one figure and several places at its end
becomes one claim for each place if the text puts a number before each of them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.calendar_days import SOME_MONTH
from mapgen.coding.english.claiming import claim_id
from mapgen.coding.english.quantities import parse_number
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapgen.model import Claim, ClaimPlace

_KINDS = frozenset({Kind.DISPLACEMENT, Kind.HOSTING, Kind.RETURN})
_ENDS = frozenset({Role.DESTINATION, Role.AT})
_NUMBER = re.compile(  # of people: not "12 June", "in 2017"
    rf"\b\d{{1,3}}(?:,\d{{3}})+\b|(?<!\bin )(?<!\bsince )\b\d{{2,}}\b(?!\s{SOME_MONTH})"
)
_ORDINALS = 100  # from here on they count the parts of a claim, which have the same start
# words between a number and its place: "1,730 in Y", "some of the 900 who went to Z"
_TO_PLACE = re.compile(r"[^\d;.]{0,60}?\b(?:in|at|to|near|around|into|for)\s(?:the\s)?$")


def with_own_figures(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Return the claims, those with a list of figures split by the places of the list.

    Parameters
    ----------
    claims
        Claims of an article.
    text
        Its text.
    """
    return [part for claim in claims for part in _parts(claim, text)]


def _parts(claim: Claim, text: str) -> Iterator[Claim]:
    """Yield a claim, or one for each of its places with its own figure."""
    ends = sorted((p for p in claim.places if p.role in _ENDS), key=lambda p: p.start)
    found = _numbers(ends, claim, text) if len(ends) > 1 and claim.kind in _KINDS else []
    if claim.quantity is None or not found:
        yield claim
        return
    others = tuple(p for p in claim.places if p.role not in _ENDS)
    reason = Reason(ReasonKind.FIGURE, "the number before the place")
    for i, (place, number) in enumerate(zip(ends, found, strict=True)):
        words = number.group(0)
        n = parse_number(words)
        start, end = min(claim.start, number.start()), max(claim.end, place.end)
        own = replace(claim.quantity, low=n, high=n, best=n, words=words)
        yield replace(
            claim,
            id=claim_id(claim.article, start, end, claim.kind, _ORDINALS + i),
            start=start,
            end=end,
            quote=text[start:end],
            places=(*others, place),
            quantity=claim.quantity if claim.quantity.words.endswith(words) else own,
            reasons=(*claim.reasons, reason),
        )


def _numbers(ends: Sequence[ClaimPlace], claim: Claim, text: str) -> list[re.Match[str]]:
    """Return the number before each place, or none if one of them has no number of its own."""
    found: list[re.Match[str]] = []
    after = max(min(claim.start, ends[0].start) - 100, 0)
    for place in ends:
        here = list(_NUMBER.finditer(text, after, place.start))
        if not here or not _TO_PLACE.fullmatch(text, here[-1].end(), place.start):
            return []
        found.append(here[-1])
        after = place.end
    return found
