"""Leave out lakes that were drained, on maps of later days.

Outlines of lakes come in; those that hold water on a day go out. Natural Earth draws lakes as they
were when it was made. The table `mapgen/data/drained_lakes.csv` lists lakes that are gone since.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.boundaries import Feature


def lakes_on(day: date | None, lakes: Iterable[Feature]) -> list[Feature]:
    """Return the lakes that hold water on a day.

    Parameters
    ----------
    day
        The day; None keeps all lakes.
    lakes
        Outlines of lakes and what is known of them.

    Returns
    -------
    list of (shapely.Geometry, dict)
        The lakes, without those that were drained on that day or earlier.
    """
    gone = {name for name, since in _drained().items() if day is not None and day >= since}
    return [lake for lake in lakes if lake[1].get("name") not in gone]


@cache
def _drained() -> dict[str, date]:
    """Return the first day without water, by the name of the lake."""
    text = (files("mapgen") / "data" / "drained_lakes.csv").read_text(encoding="utf-8")
    return {
        r["name"]: date.fromisoformat(r["drained_on"]) for r in csv.DictReader(text.split("\n"))
    }
