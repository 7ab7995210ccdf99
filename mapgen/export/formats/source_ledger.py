"""Write how many articles each source printed on each day, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.export.formats.csv_parquet import csv_text
from mapgen.situation.ledger import ledger

if TYPE_CHECKING:
    from mapgen.export.layers import Layers

LEDGER_COLUMNS = ("source", "published_on", "n_articles", "n_reprints")


def source_ledger(layers: Layers) -> str:
    """Return the articles by source and day as CSV, one row for each day of a source with articles.

    Parameters
    ----------
    layers
        The layers of a situation.

    Returns
    -------
    str
        The columns in `LEDGER_COLUMNS`. ``n_articles`` includes ``n_reprints``. The source or day
        is empty where it is not known. Lines end in CR LF as in RFC 4180.
    """
    shown = layers.shown
    found = ledger(tuple(shown.articles.values()), shown.originals)
    rows = [[r.source, r.day, r.n_articles, r.n_reprints] for r in found]
    return csv_text([LEDGER_COLUMNS, *rows])
