"""Count the articles of each source by day, so that a quiet day differs from a source that stopped.

Articles and their originals come in; counts go out. A wire story that five papers print is one
article and four reprints.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mapgen.core.words import fold
from mapgen.situation.article_names import stated_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.model import Article


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerRow:
    """The articles of one source on one day."""

    source: str | None  # None for articles without a source
    day: date | None  # None for articles of which no day of publication is stated
    n_articles: int  # with the reprints
    n_reprints: int  # those that print nearly the text of an earlier article again

    @property
    def n_stories(self) -> int:
        """How many of the articles are told here first."""
        return self.n_articles - self.n_reprints


def ledger(articles: Sequence[Article], originals: Mapping[str, str]) -> tuple[LedgerRow, ...]:
    """Count articles by source and day of publication.

    An inferred day counts as none, as on the rest of the page. Of articles with nearly the same
    text, the one with the earliest day is the first print and all others are reprints, also if one
    source prints it twice. The sum of `LedgerRow.n_stories` is therefore the number of different
    stories.

    Parameters
    ----------
    articles
        Articles to count.
    originals
        Id of each article to the id that all articles with its text share, from
        `mapgen.merging.reprints.near_duplicates`.

    Returns
    -------
    tuple of LedgerRow
        A row for each source and day with articles, by source and day. What has no source or no
        day comes last. Spellings of a source that differ only in case, accents or signs are one
        source, under the most common spelling.
    """
    first: dict[str, Article] = {}
    for article in sorted(articles, key=_by_day):
        first.setdefault(originals[article.id], article)
    names = _names(articles)
    printed: Counter[tuple[str | None, date | None]] = Counter()
    again: Counter[tuple[str | None, date | None]] = Counter()
    for article in articles:
        key = (names.get(_source_key(article)), stated_day(article))
        printed[key] += 1
        again[key] += first[originals[article.id]].id != article.id
    return tuple(
        LedgerRow(source=source, day=day, n_articles=n, n_reprints=again[source, day])
        for (source, day), n in sorted(printed.items(), key=lambda item: _order(*item[0]))
    )


def _by_day(article: Article) -> tuple[date, str]:
    return stated_day(article) or date.max, article.id


def _source_key(article: Article) -> str:
    """Return a key of the source that does not depend on its spelling; empty without a source."""
    name = (article.source or "").strip()
    return fold(name) or name


def _names(articles: Iterable[Article]) -> dict[str, str]:
    """Return the most common spelling of each source, by its key."""
    spellings: dict[str, Counter[str]] = {}
    for article in articles:
        if article.source and (key := _source_key(article)):
            spellings.setdefault(key, Counter())[article.source.strip()] += 1
    return {key: min(n, key=lambda name: (-n[name], name)) for key, n in spellings.items()}


def _order(source: str | None, day: date | None) -> tuple[bool, str, str, date]:
    return source is None, fold(source or ""), source or "", day or date.max
