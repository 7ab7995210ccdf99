"""Say which disputed territories are filled with an area, and which are left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.borders import contested_territories
from gazetteer.boundaries import World
from gazetteer.views import DE_FACTO, VIEWS
from mapgen.core.words import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.borders import Contested
    from mapgen.locators.areas import Area


def disputed_notes(areas: Sequence[Area], view: str) -> list[str]:
    """Return a sentence for each area that contains, lacks or is a disputed territory.

    Parameters
    ----------
    areas
        Filled areas.
    view
        View of disputed borders; see `gazetteer.views`.

    Returns
    -------
    list of str
        Sentences for the user and for the foot of the map.
    """
    known = contested_territories(view)
    return [told for area in areas for told in _of_area(area, known, view)]


def _of_area(area: Area, known: Sequence[Contested], view: str) -> list[str]:
    if area.feature not in {"PCLI", "PCLD"}:
        own = [c for c in known if c.unit is not None and area.id == f"iso:{c.unit}"]
        return [f"{c.name} is held by {_name(c.owner)} {_claims(c.claimants)}." for c in own]
    itself = [c for c in known if c.owner == area.country and c.name == area.name]
    if itself:
        return [f"{area.name} is drawn as a country of its own; {_claim(itself[0])} it."]
    return [told for told in (_with(area, known), _without(area, known, view)) if told]


def _with(area: Area, known: Sequence[Contested]) -> str:
    """Return what a country is filled with that others claim, or an empty string."""
    parts = [c for c in known if c.owner == area.country]
    within = _grouped([(c.name, _claim(c) if c.claimants else "governs itself") for c in parts])
    return f"{area.name} is filled with {within}." if within else ""


def _without(area: Area, known: Sequence[Contested], view: str) -> str:
    """Return what a country is filled without that it claims, or an empty string."""
    parts = [c for c in known if area.country in c.claimants]
    without = _grouped([(c.name, f"{_name(c.owner)} holds") for c in parts])
    if not without:
        return ""
    way = str(area.country) if area.country in VIEWS else "ISO"
    hint = f" --borders {way} fills them too." if view == DE_FACTO else ""
    return f"{area.name} is filled without {without}.{hint}"


def _grouped(parts: Sequence[tuple[str, str]]) -> str:
    """Return the names of territories by what is said of them: "A and B, which X claims"."""
    groups: dict[str, list[str]] = {}
    for name, told in parts:
        groups.setdefault(told, []).append(name)
    return "; ".join(f"{joined(names)}, which {told}" for told, names in groups.items())


def _claim(part: Contested) -> str:
    names = joined([_name(code) for code in part.claimants])
    return f"{names} {'claims' if len(part.claimants) == 1 else 'claim'}"


def _claims(claimants: Sequence[str]) -> str:
    return f"and claimed by {joined([_name(code) for code in claimants])}" if claimants else ""


def _name(code: str) -> str:
    told = World.load().countries().get(code)
    return str(told["name"]) if told else code
