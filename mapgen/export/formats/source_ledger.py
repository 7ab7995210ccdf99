"""Write how many articles each source printed on each day, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.export.formats.csv_parquet import csv_text
from mapgen.export.frames.ledger_frame import LEDGER_COLUMNS

if TYPE_CHECKING:
    from mapgen.export.layers import Layers


def source_ledger(layers: Layers) -> str:
    """Return the articles by source and day as CSV, one row for each day of a source with articles.

    Parameters
    ----------
    layers
        The layers of a situation.

    Returns
    -------
    str
        The columns of `mapgen.export.frames.ledger_frame.ledger_frame`. The source or day is empty
        where it is not known. Lines end in CR LF as in RFC 4180.
    """
    rows = layers.tables["sources"].to_numpy().tolist()
    return csv_text([LEDGER_COLUMNS, *rows])
