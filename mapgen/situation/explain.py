"""Explain the coding of articles sentence by sentence, as text or JSON.

What may be shown of an extraction comes in; lines go out that list for each sentence the claims
coded from it, or the reason why it was left off.
"""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

from mapgen.claims.claims_file import claim_record, json_line
from mapgen.core.clean_text import on_terminal
from mapgen.core.tables.lexicon import lexicon
from mapgen.model import SentenceRecord, Status
from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.model import Actor, Article, Claim, ClaimPlace, Extraction, Quantity, When
    from mapgen.situation.shown import Shown

MIN_WIDTH = 40
_OFF_MAP = {
    Status.HYPOTHETICAL: "said to be possible, not to have happened",
    Status.NEGATED: "denied, or said not to have happened",
    Status.HISTORICAL: "before the situation that the article describes",
}


def explain(shown: Shown, *, width: int = 88) -> Iterator[str]:
    """Yield lines of text for each article, its sentences and their claims.

    Parameters
    ----------
    shown
        What may be shown of an extraction, from articles or from a claims file.
    width
        Maximum length of a line in characters. Values below 40 are raised to 40.

    Yields
    ------
    str
        Lines without line ends.
    """
    width, extraction = max(width, MIN_WIDTH), shown.situation.extraction
    for n, article in enumerate(extraction.articles):
        if n:
            yield ""
        yield from _wrapped(_heading(article), width, "", "  ")
        told = list(_told(extraction, article))
        if not told:
            yield "  No sentence was found in it."
        for sentence, claims in told:
            yield ""
            mark = f"[{sentence.start}-{sentence.end}] "
            yield from _wrapped(mark + " ".join(sentence.text.split()), width, "", "    ")
            for claim in claims:
                yield from _claim_lines(claim, width)
            if sentence.left_off is not None:
                yield from _wrapped(f"left off the map: {sentence.left_off}", width, "  - ", "    ")
            elif not claims:
                yield "  - nothing coded"


def explain_json(shown: Shown) -> Iterator[str]:
    """Yield a JSON object for each sentence, in reading order.

    Parameters
    ----------
    shown
        What may be shown of an extraction, from articles or from a claims file.

    Yields
    ------
    str
        Lines without line ends. Each object has ``article``, ``start``, ``end``, ``text`` and
        ``left_off`` as in ``claims.jsonl``, and ``claims``. Each claim has the fields of
        ``claims.jsonl``, ``kept_off`` (why it is not drawn, or null) and ``lexicon``: the row of
        the lexicon that it was coded with (``word``, ``pos``, ``frame``, ``kind``, ``acled``,
        ``plover``, ``cameo``), or null if there is none.
    """
    extraction = shown.situation.extraction
    for article in extraction.articles:
        for sentence, claims in _told(extraction, article):
            record = {
                "article": sentence.article,
                "start": sentence.start,
                "end": sentence.end,
                "text": sentence.text,
                "left_off": sentence.left_off,
                "claims": [
                    {
                        **claim_record(claim),
                        "kept_off": _OFF_MAP.get(claim.status),
                        "lexicon": lexicon_row(claim),
                    }
                    for claim in claims
                ],
            }
            yield json_line(record)


def _told(extraction: Extraction, article: Article) -> Iterator[tuple[SentenceRecord, list[Claim]]]:
    """Yield each sentence of an article with its claims, then each claim without a sentence."""
    claims = [claim for claim in extraction.claims if claim.article == article.id]
    told: set[str] = set()
    sentences = [s for s in extraction.sentences if s.article == article.id]
    for sentence in sorted(sentences, key=lambda s: (s.start, s.end)):
        here = [c for c in claims if sentence.start <= c.start < max(sentence.end, 1)]
        here = [c for c in here if c.id not in told]
        told.update(claim.id for claim in here)
        yield sentence, here
    for claim in claims:
        if claim.id not in told:  # sentences may be missing in an edited file
            yield (
                SentenceRecord(
                    article=claim.article, start=claim.start, end=claim.end, text=claim.quote
                ),
                [claim],
            )


def lexicon_row(claim: Claim) -> dict[str, str | None] | None:
    """Return the row of the lexicon that a claim was coded with, or None.

    Parameters
    ----------
    claim
        The first reason of type `ReasonKind.KIND` names the word. Of a verb and a noun with the
        same form, the one with the kind of the claim is preferred.
    """
    word = next((r.words or r.how for r in claim.reasons if r.what is ReasonKind.KIND), None)
    rows = [entry for pos in ("verb", "noun") if (entry := lexicon().get((word or "", pos)))]
    row = next((r for r in rows if r.kind is claim.kind), rows[0] if rows else None)
    return asdict(row) if row is not None else None


def _heading(article: Article) -> str:
    """Return the heading of an article: id, title, source and day of publication."""
    day = "no day of publication is known"
    if article.published_on is not None:
        day = (
            f"published on {article.published_on} ({article.published_on_basis or 'basis unknown'})"
        )
    parts = [article.title, article.source, day]
    return f"== {article.id}: " + ", ".join(part for part in parts if part)


def _claim_lines(claim: Claim, width: int) -> Iterator[str]:
    """Yield the lines of a claim, one for each field that is known."""
    kind = claim.kind.value.replace("_", " ")
    state = f", {claim.state}" if claim.state else ""
    drawn = _OFF_MAP.get(claim.status)
    where = f"kept off the map: {drawn}" if drawn else f"confidence {claim.confidence:.2f}"
    yield from _wrapped(f"{kind}{state}, {claim.status.value} ({where})", width, "  * ", "    ")
    quantity, said = claim.quantity, claim.attribution
    rows = [
        ("id", claim.id),
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
    """Return the words of a place, its role and the place that it was resolved to."""
    text = f"“{place.surface}”, {place.role.value}"
    if place.place_id is None:
        why = f"not drawn: {place.unplaced}" if place.unplaced else "not found in the gazetteer"
        return f"{text}: {why}"
    spot = place.precision.value if place.precision else "precision unknown"
    text += f": {place.name or place.place_id} ({place.place_id}, {spot})"
    if place.distance_km is not None or place.direction:
        distance = f"{place.distance_km:g} km" if place.distance_km is not None else ""
        way = f"{place.direction} of it" if place.direction else "from it"
        text += f", {distance} {way}" if distance else f", {way}"
    return text


def _figure(quantity: Quantity) -> str:
    """Return the words of a figure and the bounds that they allow."""
    low = f"{quantity.low:,}" if quantity.low is not None else "?"
    high = f"{quantity.high:,}" if quantity.high is not None else "?"
    bounds = low if low == high else f"{low} to {high}"
    best = f", best {quantity.best:,}" if quantity.best is not None and low != high else ""
    return f"“{quantity.words}” = {bounds} {quantity.unit}{best}"


def _date(when: When) -> str:
    """Return the words of a date and the days that they allow."""
    if when.start is None and when.end is None:
        return f"“{when.words}”: no day known"
    days = sorted({str(day) for day in (when.start, when.end) if day is not None})
    told = f"“{when.words}” = " if when.words else ""
    until = "until " if when.start is None else ""
    return f"{told}{until}{' to '.join(days)} ({when.basis or 'basis unknown'})"


def _wrapped(text: str, width: int, first: str, rest: str) -> list[str]:
    """Wrap text into lines of at most ``width`` characters without breaking words."""
    return textwrap.wrap(
        on_terminal(text),
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
