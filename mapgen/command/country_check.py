"""Tell when the country or the baseline that the user named is not that of the articles."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mapgen.merging.events import read_baseline
from mapgen.merging.given_areas import is_area_file

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapgen.model import Extraction
    from mapgen.settings import Settings

NAMES_CHECKED = 50
"""Most names of places that are looked up in other countries."""

_NAMES_SHOWN = 3
_CLOSE = frozenset({"exact", "folded"})


def remarks(extraction: Extraction, gazetteer: Gazetteer, settings: Settings) -> list[str]:
    """Return what the user should know of a country or baseline that the articles do not fit.

    Parameters
    ----------
    extraction
        What the articles claim.
    gazetteer
        Gazetteer in which the places were looked up.
    settings
        Settings of the run.
    """
    by_name: dict[str, str | None] = {}
    for place in (place for claim in extraction.claims for place in claim.places):
        found = gazetteer.get(place.place_id) if place.place_id else None
        if found is not None or place.surface not in by_name:
            by_name[place.surface] = found.country if found is not None else None
    if not by_name:
        return []
    told = [_of_country(settings.country, by_name, gazetteer)] if settings.country else []
    if settings.baseline and not is_area_file(settings.baseline):
        about = {row.country for row in read_baseline(settings.baseline, gazetteer)}
        told.append(_of_baseline(about, {country for country in by_name.values() if country}))
    return [remark for remark in told if remark]


def _of_country(country: str, by_name: dict[str, str | None], gazetteer: Gazetteer) -> str | None:
    """Return a remark if no place lies in the country, and most names are found in another one."""
    if country in by_name.values():
        return None
    elsewhere: dict[str, list[str]] = defaultdict(list)
    for name, known in list(by_name.items())[:NAMES_CHECKED]:
        where = known or next(
            (c.place.country for c in gazetteer.lookup(name, limit=1) if c.level in _CLOSE), None
        )
        if where:
            elsewhere[where].append(name)
    other = max(elsewhere, key=lambda code: len(elsewhere[code]), default=None)
    if other is None or 2 * len(elsewhere[other]) <= min(len(by_name), NAMES_CHECKED):
        return None
    names = elsewhere[other]
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    listed = ", ".join(names[:_NAMES_SHOWN])
    is_are = "is" if len(names) == 1 else "are"
    return (
        f"No place of the articles was found in {country}; {listed}{more} {is_are} in {other}. "
        f"If that is meant, give --country {other}."
    )


def _of_baseline(about: set[str], told: set[str]) -> str | None:
    """Return a remark if the baseline and the articles have no country in common."""
    if not about or not told or about & told:
        return None
    return (
        f"The baseline is about {', '.join(sorted(about))}, and the articles are about "
        f"{', '.join(sorted(told))}. Give another --baseline, or none."
    )
