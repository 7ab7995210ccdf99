"""Say which provinces are drawn as they were before they were divided.

Some provinces of today have no packaged outline (those of Nepal, three of Kazakhstan, Taoudénit in
Mali). A map can only fill the units that they were made from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer import fold
from gazetteer.files import read_table
from mapgen.core.words import joined, unique

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


def without_outline(name: str) -> str | None:
    """Explain that a province of today has no outline, and name the former units it was part of.

    Parameters
    ----------
    name
        Name as written by the user, of which no area was found.

    Returns
    -------
    str or None
        None if the name is not that of a province of today in ``former_units.csv``.

    Examples
    --------
    >>> without_outline("Ulytau Region")
    '"Ulytau Region" is a province of today without a packaged outline: add it with `gazetteer \
build --layer FILE`, or fill what it was part of until 2022: "KZ-KAR"'
    """
    rows = [
        row for row in read_table(_TABLE) if _bare(name) in map(_bare, _LIST.split(row["today"]))
    ]
    if not rows:
        return None
    units = joined([f'"{row["unit"]}"' for row in rows])
    until = joined(unique(row["until"] for row in rows))
    return (
        f'"{name}" is a province of today without a packaged outline: add it with `gazetteer build'
        f" --layer FILE`, or fill what it was part of until {until}: {units}"
    )


_LIST = re.compile(r", | and ")
_GENERIC = re.compile(r"\s+(?:region|province|pradesh|oblast|oblysy)$|\s*\(.*\)$", re.IGNORECASE)


def _bare(name: str) -> str:
    """Return a name for comparison, without the word for its kind and the country in brackets."""
    return fold(_GENERIC.sub("", _GENERIC.sub("", name.strip())))
