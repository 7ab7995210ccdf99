"""Name articles as a newspaper cites them: outlet and day.

Articles come in; short names go out, each of them different: "BBC News, 14 February 2025".
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mapgen.core.words import day_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mapgen.model import Article

_SURE = {None, "printed", "given"}
"""How the day of an article is known, if the article or the user states it."""


def article_names(articles: Sequence[Article]) -> dict[str, str]:
    """Return a short name of each article.

    Parameters
    ----------
    articles
        The articles in the order in which they are numbered.

    Returns
    -------
    dict of str to str
        By id of the article: outlet and day, or the headline where the outlet is unknown. Articles
        of one outlet and day have their headline as well. An article of which none of this is
        known is "Article 3".
    """
    short = {a.id: _outlet_and_day(a) for a in articles}
    shared = Counter(short.values())
    names: dict[str, str] = {}
    taken: set[str] = set()
    for number, article in enumerate(articles, 1):
        name = short[article.id]
        if shared[name] > 1 and article.source and article.title:
            name = f"{name}: {article.title}"
        if not name:
            name = f"Article {number}"
        elif name in taken:
            name = f"{name} (article {number})"
        taken.add(name)
        names[article.id] = name
    return names


def stated_day(article: Article) -> date | None:
    """Return the day of publication that the article or the user states, and no inferred one."""
    return article.published_on if article.published_on_basis in _SURE else None


def _outlet_and_day(article: Article) -> str:
    """Return outlet and day, headline and day, or nothing if neither is known."""
    head = article.source or article.title
    if not head:
        return ""
    day = stated_day(article)
    return f"{head}, {day_text(day)}" if day else head
