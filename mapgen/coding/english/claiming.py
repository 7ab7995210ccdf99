"""Decide the ids of claims, which all coders do in the same way."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.model import Claim, Kind


def claim_id(article: str, start: int, end: int, kind: Kind, ordinal: int) -> str:
    """Return the id of a claim, which is a hash.

    Parameters
    ----------
    article
        Id of the article.
    start, end
        Character offsets of the quote.
    kind
        Kind of the event.
    ordinal
        Number that distinguishes claims with the same kind and start.
    """
    return hashlib.sha256(
        f"{article}\0{start}\0{end}\0{kind.value}\0{ordinal}".encode()
    ).hexdigest()[:16]


def unlike(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims of a sentence, each with an id of its own.

    "Captured Y on Thursday and Z on Friday" makes two claims with the same quote and kind.

    Parameters
    ----------
    claims
        The claims in reading order.
    """
    out: list[Claim] = []
    ids: set[str] = set()
    for c in claims:
        n, new = 0, c.id
        while new in ids:
            n += 1
            new = claim_id(f"{c.article}\0{c.id}", c.start, c.end, c.kind, n)
        ids.add(new)
        out.append(c if new == c.id else replace(c, id=new))
    return out
