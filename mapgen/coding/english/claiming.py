"""Decide the id and the date of a claim, which all coders do in the same way."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.asides import sayings
from mapgen.coding.english.dates import few, find_dates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from spacy.tokens import Token

    from mapgen.model import Claim, Kind, When
    from mapgen.reading.passages import Passage


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


# "entered Y on Tuesday, two days after they took Z": Tuesday is the date of Y, not of Z
_APART = re.compile(
    r"\b(?:(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+)?(?P<unit>day|week)s?"
    r"\s+(?P<way>after|before)\s(?P<between>[^,;.]{0,120})$",
    re.IGNORECASE,
)
_DAYS_OF = {"day": 1, "week": 7}


def date_of(trigger: Token, passage: Passage, published_on: date | None) -> When | None:
    """Return the date that a sentence gives for its trigger, or None.

    Parameters
    ----------
    trigger
        The word that names what happened.
    passage
        The passage that contains it.
    published_on
        Day of publication, against which relative dates are resolved.

    Notes
    -----
    The nearest date is used, except for the date at which somebody spoke. If there is no other, the
    event happened on that day or the day before.
    """
    start, end = passage.bounds(trigger.sent)
    words = passage.text[start:end]
    dates = find_dates(words, published_on)
    if not dates:
        return None
    at = passage.starts[trigger.i] - start
    apart = _APART.search(words[:at])
    if apart is not None and not any(d.start >= apart.start("between") for d in dates):
        return _shifted(dates[0].when, apart)
    saying = {passage.starts[i] - start for i in sayings(trigger.sent, deep=False)}
    own = [d for d in dates if d.start not in saying]
    nearest = min(own or dates, key=lambda d: (abs(d.start - at), d.start)).when
    if own or nearest.start is None or nearest.start != nearest.end:
        return nearest
    # "X had been taken, he said on Friday": then, or just before
    return replace(nearest, start=nearest.start - timedelta(days=1))


def _shifted(when: When, apart: re.Match[str]) -> When | None:
    """Return the date a number of days or weeks from another one, or None without a number."""
    number = few(apart["n"]) if apart["n"] else None
    if number is None or when.start is None or when.end is None:
        return None
    n_days = number * _DAYS_OF[apart["unit"].lower()]
    by = timedelta(days=-n_days if apart["way"].lower() == "after" else n_days)
    give = timedelta(days=0 if apart["unit"].lower() == "day" else 3)  # weeks are seldom exact
    words = apart.group(0)[: apart.end("way") - apart.start()]
    return replace(when, start=when.start + by - give, end=when.end + by + give, words=words)


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
