"""Name the articles from which nothing was coded, with the reason.

An extraction comes in. Articles without a claim go out, so that the page and the command line can
say that nothing on the map comes from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapgen.model import Article, Extraction, SentenceRecord

NO_EVENT = "no event was recognised in it"
_OF_TOPIC = "the article is "  # so begin the reasons that are about the whole article


@dataclass(frozen=True, slots=True)
class SilentArticle:
    """An article from which nothing was coded.

    Attributes
    ----------
    article
        The article.
    first
        Its first sentence; ``None`` if it has none.
    reason
        Why, in words: "it is about sport (goal, league)".
    """

    article: Article
    first: SentenceRecord | None
    reason: str

    @property
    def title(self) -> str:
        """Its title, or else its first sentence, or else its id."""
        return self.article.title or (self.first.text if self.first else "") or self.article.id


def silent_articles(extraction: Extraction) -> list[SilentArticle]:
    """Return the articles without a claim, in the order of the extraction."""
    heard = {claim.article for claim in extraction.claims}
    found = []
    for article in extraction.articles:
        if article.id in heard:
            continue
        own = [s for s in extraction.sentences if s.article == article.id]
        whole = (s.left_off for s in own if s.left_off and s.left_off.startswith(_OF_TOPIC))
        reason = next(whole, None)
        words = NO_EVENT if reason is None else "it is " + reason.removeprefix(_OF_TOPIC)
        found.append(SilentArticle(article, own[0] if own else None, words))
    return found
