"""Count a part of a figure in the unit of the whole: "850 families left; 200 of them are in Bor".

Claims come in and go out; the figures of those that say "of them" of families are then families.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.quantities import find_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim, Quantity

_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|which)\b(?!\s+(?:people|persons|individuals))")
_PERSONS = re.compile(r"[^.;]{0,40}\b(?:adults|babies|boys|children|girls|men|minors|women)\b")
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


def _is_of_families(claim: Claim, quantity: Quantity, text: str) -> bool:
    """Whether a figure counts some of the families that the words before it speak of."""
    if quantity.unit == "families":
        return False
    at = text.find(quantity.words, claim.start)
    after = at + len(quantity.words)
    of_them = _OF_THEM.match(text, after) if claim.start <= at < claim.end else None
    if of_them is None or _PERSONS.match(text, of_them.end()):
        return False
    before = find_figures(text[max(0, at - _BACK) : at])
    whole = before[-1].quantity if before else None
    return whole is not None and whole.unit == "families" and _is_part(quantity, whole)


def _is_part(part: Quantity, whole: Quantity) -> bool:
    """Whether a figure is no larger than another, as far as both are known."""
    return part.low is None or whole.high is None or part.low <= whole.high
