"""Say which filled provinces are drawn as they were before they were divided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.files import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.locators.areas import Area

_TABLE = "former_units.csv"


def former_notes(areas: Sequence[Area]) -> list[str]:
    """Return a sentence for each filled province whose outline is one of before a reform.

    Parameters
    ----------
    areas
        Filled areas.

    Returns
    -------
    list of str
        Sentences for the user and for the foot of the map.
    """
    rows = {f"iso:{row['unit']}": row for row in read_table(_TABLE)}
    return [
        f"{area.name} is drawn as it was until {row['until']}; it now belongs to {row['today']}."
        for area in areas
        if (row := rows.get(area.id))
    ]
