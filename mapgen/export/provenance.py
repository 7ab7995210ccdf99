"""Give the evidence for each exported row: claims with their quotes, and their articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapgen.core.source_names import source_name
from mapgen.core.words import quoted, unique
from mapgen.export.plain_text import cut_quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.model import Claim, Event
    from mapgen.situation.shown import Shown

COLUMNS = ("rule", "claim_ids", "quotes", "articles", "publishers", "urls")
BASELINE_RULE = "From the baseline: a table of who held what before the events in the articles."


class Provenance:
    """Finds the evidence for events.

    Parameters
    ----------
    shown
        What may be shown. Its settings limit the length of quotes.
    """

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._claims = {c.id: c for c in shown.situation.extraction.claims}

    def quote(self, claim: Claim) -> str:
        """Return the quote of a claim, shortened as the settings require."""
        return cut_quote(claim.quote, self._shown.settings.quote_chars)

    def of(self, events: Sequence[Event]) -> dict[str, str | None]:
        """Return the evidence for a row.

        Parameters
        ----------
        events
            Events that the row rests on.

        Returns
        -------
        dict of str to str or None
            The columns in `COLUMNS`. Ids, publishers and addresses are joined by "; ".
        """
        claims = list({c.id: c for e in events for c in e.claims}.values())
        articles = [self._shown.articles.get(c.article) for c in claims]
        known = [a for a in articles if a is not None]
        return {
            "rule": " ".join(unique(e.rule for e in events)) or None,
            "claim_ids": _listed(c.id for c in claims),
            "quotes": " ".join(unique(quoted(self.quote(c)) for c in claims)) or None,
            "articles": _listed(c.article for c in claims),
            "publishers": _listed(a.source for a in known if a.source),
            "urls": _listed(a.url for a in known if a.url),
        }

    def records(self, claim_ids: str | None) -> list[dict[str, Any]]:
        """Return the claims of a row as records, for formats with nested values.

        Parameters
        ----------
        claim_ids
            The column ``claim_ids`` of the row.
        """
        found = [self._claims[i] for i in (claim_ids or "").split("; ") if i in self._claims]
        return [self._record(claim) for claim in found]

    def _record(self, claim: Claim) -> dict[str, Any]:
        """Return a claim and its article as one record."""
        article = self._shown.articles.get(claim.article)
        day = article.published_on if article else None
        return {
            "claim": claim.id,
            "quote": self.quote(claim),
            "status": claim.status.value,
            "said_by": source_name(claim.attribution) if claim.attribution else None,
            "date_words": claim.date.words if claim.date else None,
            "article": claim.article,
            "start": claim.start,
            "end": claim.end,
            "title": article.title if article else None,
            "publisher": article.source if article else None,
            "url": article.url if article else None,
            "published_on": day.isoformat() if day else None,
        }


def _listed(parts: Iterable[str]) -> str | None:
    return "; ".join(unique(parts)) or None
