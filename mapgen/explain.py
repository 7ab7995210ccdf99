"""Tell in plain text, sentence by sentence, what was coded, what was left off, and why."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from mapgen.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.model import Actor, Article, Claim, ClaimPlace, Extraction, Quantity, When

MIN_WIDTH = 40
_OFF_MAP = {
    Status.HYPOTHETICAL: "said to be possible, not to have happened",
    Status.NEGATED: "denied, or said not to have happened",
    Status.HISTORICAL: "before the situation the article tells of",
}


def explain(extraction: Extraction, *, width: int = 88) -> Iterator[str]:
    """Yield lines of text: each article, its sentences in order, and what came of each.

    Parameters
    ----------
    extraction
        What was read from articles or from a claims file.
    width
        Longest line, in characters; at least 40.
    """
    width = max(width, MIN_WIDTH)
    for n, article in enumerate(extraction.articles):
        if n:
            yield ""
        yield from _wrapped(_heading(article), width, "", "  ")
        claims = [claim for claim in extraction.claims if claim.article == article.id]
        told: set[str] = set()
        sentences = [s for s in extraction.sentences if s.article == article.id]
        if not sentences and not claims:
            yield "  No sentence was found in it."
        for sentence in sorted(sentences, key=lambda s: (s.start, s.end)):
            here = [c for c in claims if sentence.start <= c.start < max(sentence.end, 1)]
            here = [c for c in here if c.id not in told]
            told.update(claim.id for claim in here)
            yield ""
            mark = f"[{sentence.start}-{sentence.end}] "
            yield from _wrapped(mark + " ".join(sentence.text.split()), width, "", "    ")
            for claim in here:
                yield from _claim_lines(claim, width)
            if sentence.left_off is not None:
                yield from _wrapped(f"left off the map: {sentence.left_off}", width, "  - ", "    ")
            elif not here:
                yield "  - nothing coded"
        for claim in claims:
            if claim.id not in told:  # an edited file need not have all its sentences
                yield ""
                mark = f"[{claim.start}-{claim.end}] "
                yield from _wrapped(mark + " ".join(claim.quote.split()), width, "", "    ")
                yield from _claim_lines(claim, width)


def _heading(article: Article) -> str:
    """Return the line that names an article."""
    day = "no day of publication is known"
    if article.published_on is not None:
        day = (
            f"published on {article.published_on} ({article.published_on_basis or 'basis unknown'})"
        )
    parts = [article.title, article.source, day]
    return f"== {article.id}: " + ", ".join(part for part in parts if part)


def _claim_lines(claim: Claim, width: int) -> Iterator[str]:
    """Yield what one claim says, a line for each thing known."""
    kind = claim.kind.value.replace("_", " ")
    state = f", {claim.state}" if claim.state else ""
    drawn = _OFF_MAP.get(claim.status)
    where = f"kept off the map: {drawn}" if drawn else f"confidence {claim.confidence:.2f}"
    yield from _wrapped(f"{kind}{state}, {claim.status.value} ({where})", width, "  * ", "    ")
    quantity, said = claim.quantity, claim.attribution
    rows = [
        ("actor", _actor(claim.actor)),
        ("from", _actor(claim.from_actor)),
        *(("place", _place(place)) for place in claim.places),
        ("figure", _figure(quantity) if quantity else None),
        ("date", _date(claim.date) if claim.date else None),
        (
            "said by",
            f"{said.name} ({said.role or 'role unknown'}): “{said.words}”" if said else None,
        ),
        ("rules", "; ".join(claim.rules) or None),
    ]
    for label, words in rows:
        if words:
            yield from _wrapped(f"{label + ':':<9}{words}", width, "      ", " " * 15)


def _actor(actor: Actor | None) -> str | None:
    return f"{actor.name} ({actor.side or 'side unknown'})" if actor else None


def _place(place: ClaimPlace) -> str:
    """Return a place as its words, its role and what it was resolved to."""
    text = f"“{place.surface}”, {place.role.value}"
    if place.place_id is None:
        return f"{text}: not found in the gazetteer"
    spot = place.precision.value if place.precision else "precision unknown"
    text += f": {place.name or place.place_id} ({place.place_id}, {spot})"
    if place.distance_km is not None or place.direction:
        distance = f"{place.distance_km:g} km" if place.distance_km is not None else ""
        text += f", seen from it {' '.join(part for part in (distance, place.direction) if part)}"
    return text


def _figure(quantity: Quantity) -> str:
    """Return a figure as its words and the bounds they allow."""
    low = f"{quantity.low:,}" if quantity.low is not None else "?"
    high = f"{quantity.high:,}" if quantity.high is not None else "?"
    bounds = low if low == high else f"{low} to {high}"
    best = f", best {quantity.best:,}" if quantity.best is not None and low != high else ""
    return f"“{quantity.words}” = {bounds} {quantity.unit}{best}"


def _date(when: When) -> str:
    """Return a date as its words and the days they allow."""
    if when.start is None and when.end is None:
        return f"“{when.words}”: no day known"
    days = sorted({str(day) for day in (when.start, when.end) if day is not None})
    return f"“{when.words}” = {' to '.join(days)} ({when.basis or 'basis unknown'})"


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    """Return text as lines of at most ``width`` characters; words are not broken."""
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
