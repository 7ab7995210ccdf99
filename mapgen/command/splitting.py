"""Divide claims into the separate conflicts that their articles tell of, for ``--split``.

Claims and the name of a map come in; the claims of each conflict go out, each with a name for its
map, such as ``map-sudan.html``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen import pipeline
from mapgen.model import Extraction
from mapgen.situation.conflicts import conflicts

if TYPE_CHECKING:
    from collections.abc import Collection

    from gazetteer import Gazetteer
    from mapgen.settings import Settings


@dataclass(frozen=True, slots=True)
class Part:
    """The claims of one conflict, and the path of its map."""

    extraction: Extraction
    output: str


def parts_of(
    extraction: Extraction, gazetteer: Gazetteer, settings: Settings, output: str
) -> tuple[list[Part], list[str]]:
    """Divide claims by conflict.

    Parameters
    ----------
    extraction
        Claims of all articles.
    gazetteer
        Gazetteer with the countries of places.
    settings
        Settings of the map.
    output
        Path of the map; each conflict adds its countries to the name.

    Returns
    -------
    list of Part, list of str
        The conflicts, and the ids of articles that belong to none. If there is only one conflict,
        it has all articles and the path as given.
    """
    # Corrections are left out here: a row that concerns one map would be reported for each.
    plain = replace(settings, corrections=None)
    found = conflicts(
        pipeline.shown(pipeline.situate(extraction, gazetteer, plain), gazetteer, plain)
    )
    if len(found) < 2:  # noqa: PLR2004  nothing to divide
        return [Part(extraction, output)], []
    path = Path(output)
    parts, taken = [], set[str]()
    for conflict in found:
        name, n = conflict.file_name, 2
        while name in taken:
            name, n = f"{conflict.file_name}-{n}", n + 1
        taken.add(name)
        own = str(path.with_name(f"{path.stem}-{name}{path.suffix}"))
        parts.append(Part(only(extraction, conflict.articles), own))
    told = {article for conflict in found for article in conflict.articles}
    return parts, [a.id for a in extraction.articles if a.id not in told]


def only(extraction: Extraction, articles: Collection[str]) -> Extraction:
    """Return the articles with the given ids, with their sentences and claims."""
    return Extraction(
        articles=tuple(a for a in extraction.articles if a.id in articles),
        sentences=tuple(s for s in extraction.sentences if s.article in articles),
        claims=tuple(c for c in extraction.claims if c.article in articles),
    )
