"""What every coder decides alike about a claim: its id and its day."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.mentions import sayings
from mapgen.dates import find_dates

if TYPE_CHECKING:
    from datetime import date

    from spacy.tokens import Token

    from mapgen.language import Passage
    from mapgen.model import Kind, When


def claim_id(article: str, start: int, end: int, kind: Kind, ordinal: int) -> str:
    """Return the id of a claim; the ordinal tells claims of one kind and start apart."""
    return hashlib.sha256(
        f"{article}\0{start}\0{end}\0{kind.value}\0{ordinal}".encode()
    ).hexdigest()[:16]


def date_of(trigger: Token, passage: Passage, published_on: date | None) -> When | None:
    """Return the day that a sentence gives for what a trigger word names, or None."""
    start, end = passage.bounds(trigger.sent)
    dates = find_dates(passage.text[start:end], published_on)
    if not dates:
        return None
    at = passage.starts[trigger.i] - start
    saying = {passage.starts[i] - start for i in sayings(trigger.sent, deep=False)}
    own = [d for d in dates if d.start not in saying]
    nearest = min(own or dates, key=lambda d: (abs(d.start - at), d.start)).when
    if own or nearest.start is None or nearest.start != nearest.end:
        return nearest
    # "X had been taken, he said on Friday": then, or just before
    return replace(nearest, start=nearest.start - timedelta(days=1))
