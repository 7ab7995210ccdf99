"""Read the exports of datasets of events: ACLED, UCDP GED and IDMC's displacement updates.

Rows come in; drafts go out, each with an event as the dataset coded it, in mapgen's terms. The
event is never coded again from the words of the row. What mapgen has no sign for is counted and
told, not drawn.

Notes
-----
The columns and their meanings are those of the codebooks: ACLED Codebook (acleddata.com), UCDP
Georeferenced Event Dataset Codebook (ucdp.uu.se/downloads), and IDMC's documentation of the
Internal Displacement Updates (internal-displacement.org/database/api-documentation).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.reading.coded_cells import Cells, CodedRow, Export, NotDrawn
from mapgen.reading.columns import plain_name
from mapgen.reading.event_datasets import EXPORTS
from mapgen.reading.read_text import ArticleDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapgen.reading.table_rows import Row


def export_of(header: Sequence[str]) -> Export | None:
    """Return which dataset a table is an export of, by its columns, or None."""
    names = {plain_name(column) for column in header}
    return next((export for export in EXPORTS if export.needed <= names), None)


def coded_drafts(
    name: str,
    export: Export,
    rows: Iterable[Row | InputError],
    order: str | None,
    notes: list[str],
) -> Iterator[ArticleDraft | InputError]:
    """Yield a draft for each event that is drawn, or the reason why a row is refused.

    Parameters
    ----------
    name
        The file, for messages.
    export
        What the file is an export of.
    rows
        Its rows.
    order
        Order of the numbers in its days, if it needed settling.
    notes
        List to which remarks on the file are added.

    Raises
    ------
    InputError
        If no row is drawn and none is refused.
    """
    notes.append(
        f"read as events of {export.name}, which are drawn as it coded them; to read the words "
        "of the rows instead, name their column with --columns text=COLUMN"
    )
    left_out: Counter[str] = Counter()
    n_told = 0
    for row in rows:
        if isinstance(row, InputError):
            n_told += 1
            yield row
            continue
        try:
            draft = _draft(export, export.read(Cells(row, order)))
        except NotDrawn as err:
            left_out[str(err)] += 1
            continue
        except InputError as err:
            n_told += 1
            yield err
            continue
        n_told += 1
        yield draft
    if left_out:
        told = ", ".join(f"{n:,} {what}" for what, n in sorted(left_out.items()))
        notes.append(f"rows not drawn: {told}")
        if not n_told:
            raise InputError(name, f"has no event of {export.name} that is drawn ({told})")


def _draft(export: Export, row: CodedRow) -> ArticleDraft:
    """Return the draft of a row, dated by the last day on which its event can have happened."""
    return ArticleDraft(
        text=row.text,
        id=row.id,
        title=row.title,
        source=export.name,
        url=row.url,
        published_on=row.event.end,
        published_on_basis="inferred",
        country=row.country,
        coded=row.event,
    )
