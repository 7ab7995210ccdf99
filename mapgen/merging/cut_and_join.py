"""Cut an extraction at a day, find new articles, and join two extractions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.merging.units import days_of
from mapgen.model import Extraction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from mapgen.model import Article, Claim


def until(extraction: Extraction, day: date) -> Extraction:
    """Return the part of an extraction that had happened by a day.

    A claim is kept if the last day on which it can have happened is not later. Without a stated
    date, the day of publication decides; without either, the claim is kept. A sentence is dropped
    if all its claims are, and so is a later article that has no claim left.

    Parameters
    ----------
    extraction
        Claims, sentences and articles.
    day
        Last day to keep.

    Returns
    -------
    Extraction
        The records that remain, in the same order.
    """
    published = {a.id: a.published_on for a in extraction.articles}

    def stands(last: date | None) -> bool:
        return last is None or last <= day

    claims = tuple(c for c in extraction.claims if stands(days_of(c, published.get(c.article))[1]))
    kept = {c.id for c in claims}
    told = {c.article for c in claims}
    articles = tuple(a for a in extraction.articles if a.id in told or stands(a.published_on))
    ids = {a.id for a in articles}
    now, later = _starts(claims), _starts(c for c in extraction.claims if c.id not in kept)
    sentences = tuple(
        s
        for s in extraction.sentences
        if s.article in ids
        and (
            any(s.start <= at < s.end for at in now.get(s.article, ()))
            or not any(s.start <= at < s.end for at in later.get(s.article, ()))
        )
    )
    return Extraction(articles=articles, sentences=sentences, claims=claims)


def _starts(claims: Iterable[Claim]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for claim in claims:
        found.setdefault(claim.article, []).append(claim.start)
    return found


def unread(articles: Sequence[Article], known: Collection[Article]) -> list[Article]:
    """Return the articles that are not yet known, with unique ids.

    An article is known if one with the same id has the same text. If the text differs, the new
    article gets a number after its id, as if both had been read at once.

    Parameters
    ----------
    articles
        Articles to add.
    known
        Articles that were read before.
    """
    ids = {a.id for a in known}
    texts = {(_bare_name(a.id), a.sha256 or a.text) for a in known}
    found = []
    for article in articles:
        if (_bare_name(article.id), article.sha256 or article.text) in texts:
            continue
        name, n = article.id, 1
        while name in ids:
            n += 1
            name = f"{article.id}-{n}"
        ids.add(name)
        found.append(replace(article, id=name))
    return found


def _bare_name(article_id: str) -> str:
    """Return the id without the number that made it unique."""
    return re.sub(r"-\d+$", "", article_id)


def together(first: Extraction, second: Extraction) -> Extraction:
    """Join two extractions of different articles, as if these had been read at once.

    Parameters
    ----------
    first, second
        Extractions that share no article.
    """
    return Extraction(
        articles=(*first.articles, *second.articles),
        sentences=(*first.sentences, *second.sentences),
        claims=(*first.claims, *second.claims),
    )
