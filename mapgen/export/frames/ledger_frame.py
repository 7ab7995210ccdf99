"""Make the table of how many articles each source printed on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from mapgen.situation.ledger import ledger

if TYPE_CHECKING:
    from mapgen.situation.shown import Shown

LEDGER_COLUMNS = ("source", "published_on", "n_articles", "n_reprints")


def ledger_frame(shown: Shown) -> pd.DataFrame:
    """Return the articles by source and day, one row for each day of a source with articles.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    pandas.DataFrame
        Columns ``source, published_on, n_articles, n_reprints``:

        - ``source`` is the publication, in its most common spelling; None if an article names none.
        - ``published_on`` is the day that the article or the user states; None for other articles.
        - ``n_articles`` includes ``n_reprints``, those that print nearly the text of an earlier
          article again: of a wire story all but the first.
    """
    found = ledger(tuple(shown.articles.values()), shown.originals)
    rows = [(row.source, row.day, row.n_articles, row.n_reprints) for row in found]
    return pd.DataFrame(rows, columns=list(LEDGER_COLUMNS), dtype=object)
