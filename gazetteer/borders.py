"""Draw disputed borders according to the view of one state.

First-level units and disputed lines come in, with a view. Owners of the units and classified lines
go out. For each disputed line, Natural Earth states how some thirty states classify it. A few facts
that its lines do not contain (the far sides of the Golan, Western Sahara and Kashmir) are in
``data/border_facts.json``, each with its source. This module takes no position on who is right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
import shapely.ops

from gazetteer.boundaries import World
from gazetteer.views import DE_FACTO, VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely import Geometry

    from gazetteer.boundaries import Feature

Drawn = Literal["solid", "dashed", "hidden", "as_units"]
_DRAWN: dict[str, Drawn] = {
    "International boundary": "solid",
    "Admin-1 boundary": "hidden",
    "Map unit boundary": "hidden",
    "Unrecognized": "hidden",
    # Buffer zones, and borders that are not demarcated; the outlines of the units suffice here.
    "Overlay limit": "as_units",
    "Indefinite": "as_units",
}
_NOT_PURSUED = {"CHN"}  # Taiwan's constitution claims the mainland, its policy does not
_DECIMALS = 7  # about 1 cm; both sides of a cut edge must have the same vertices


@dataclass(frozen=True, slots=True)
class BorderLines:
    """Disputed lines by the way a view draws them, EPSG:4326 (lon, lat)."""

    solid: tuple[Geometry, ...]
    dashed: tuple[Geometry, ...]
    hidden: tuple[Geometry, ...]  # not a border in this view, which has one country on both sides


@dataclass(frozen=True, slots=True)
class Contested:
    """A territory that is drawn as one country's and that another country claims."""

    name: str
    owner: str  # in the view, ISO 3166-1 alpha-2
    claimants: tuple[str, ...]  # by their own view or ISO 3166; none if it governs itself
    unit: str | None  # ISO 3166-2 code, if it is a single first-order unit


@dataclass(frozen=True, slots=True)
class _Area:
    """An area inside the units of one country (the holder) that another one claims."""

    name: str
    holder: str
    claimant: str
    inside: Geometry
    line: Geometry
    claimant_owns: frozenset[str]
    line_hidden: frozenset[str]
    line_is_disputed: bool  # also in the views in which the claimant owns the area


def units_in_view(features: Sequence[Feature], view: str) -> tuple[list[Geometry], list[str]]:
    """Return the first-level units, and the country that owns each of them in a view.

    Parameters
    ----------
    features
        Units of `gazetteer.boundaries.World`, EPSG:4326 (lon, lat).
    view
        `gazetteer.views.DE_FACTO` or one of `gazetteer.views.VIEWS`.

    Returns
    -------
    tuple
        Polygons, and ISO 3166-1 codes of their owners. A unit that is divided by a claim line is
        returned as two polygons.
    """
    shapes = [geometry for geometry, _ in features]
    owners = [_owner(props, view) for _, props in features]
    if view == DE_FACTO:
        return shapes, owners
    basis = _basis(view)
    held = [str(props["a2"]) for _, props in features]
    for area in _areas():
        if basis in area.claimant_owns:
            shapes, owners, held = _parted(shapes, owners, held, area)
    return shapes, owners


@cache
def contested_territories(view: str) -> tuple[Contested, ...]:
    """Return the territories that a view gives to one country and another country claims.

    Parameters
    ----------
    view
        `gazetteer.views.DE_FACTO` or one of `gazetteer.views.VIEWS`.

    Returns
    -------
    tuple of Contested
        A claim is known from the view of the country itself, or from ISO 3166.
    """
    world = World.load()
    listed = {fact["unit"] for fact in _facts()["units"]}
    found: dict[tuple[str, str, str | None], set[str]] = {}
    alone: set[str] = set()  # territories that govern themselves
    for props in world.units():
        whole = bool(world.owners_by_view(str(props["a3"])))
        if not (whole or "un" in props or props.get("iso") in listed):
            continue
        if props["a3"] in _NOT_PURSUED:
            continue
        name = str(world.meta["countries"][props["a3"]]["name"] if whole else props["name"])
        owner = _owner(props, view)
        claims = {o for v in VIEWS if (o := _owner(props, v)) == v or v == "ISO"} - {owner}
        key = (name, owner, None if whole else props.get("iso"))
        found.setdefault(key, set()).update(claims)
    for area in _areas():
        owns = view != DE_FACTO and _basis(view) in area.claimant_owns
        owner, other = (area.claimant, area.holder)[:: 1 if owns else -1]
        found[area.name, owner, None] = {other}
    for fact in _facts()["unmapped"]:
        found[fact["name"], fact["holder"], None] = {fact["claimant"]} - {""}
        alone |= {fact["name"]} if not fact["claimant"] else set()
    return tuple(
        Contested(name, owner, tuple(sorted(claims)), unit)
        for (name, owner, unit), claims in found.items()
        if claims or name in alone
    )


def lines_in_view(features: Iterable[Feature], view: str) -> BorderLines:
    """Return the disputed lines, grouped by the way a view draws them.

    Parameters
    ----------
    features
        Lines of the layer ``disputed``, EPSG:4326 (lon, lat).
    view
        `gazetteer.views.DE_FACTO` or one of `gazetteer.views.VIEWS`.

    Returns
    -------
    BorderLines
        Solid, dashed and hidden lines. Lines for which the outlines of the units suffice are left
        out.
    """
    sorted_: dict[Drawn, list[Geometry]] = {
        k: [] for k in ("solid", "dashed", "hidden", "as_units")
    }
    for geometry, props in features:
        sorted_[_drawn(props, view)].append(geometry)
    for area in _areas():
        owns = view != DE_FACTO and _basis(view) in area.claimant_owns
        # If the claimant owns the area, the units are divided there, which draws the border.
        if area.line_is_disputed or not owns:
            hidden = view != DE_FACTO and _basis(view) in area.line_hidden
            sorted_["hidden" if hidden else "dashed"].append(_beyond(area)[0])
    return BorderLines(tuple(sorted_["solid"]), tuple(sorted_["dashed"]), tuple(sorted_["hidden"]))


def _drawn(props: dict[str, Any], view: str) -> Drawn:
    """Return how a view draws a disputed line."""
    views: dict[str, str] = props.get("views", {})
    told = {name: cls for cls, names in views.items() for name in names.split()}
    if view == DE_FACTO:
        # A border that ISO 3166 does not recognise is disputed; this is the border of Kosovo.
        if props["cls"] == "International boundary" and told.get("ISO") == "Unrecognized":
            return "dashed"
        if props["cls"] == "Unrecognized":
            return "dashed"
        return _DRAWN.get(props["cls"], "dashed")
    return _DRAWN.get(told.get(_basis(view), props["cls"]), "dashed")


def _owner(props: dict[str, Any], view: str) -> str:
    """Return the country (ISO 3166-1) that owns a unit in a view."""
    held = str(props["a2"])
    if view == DE_FACTO:
        return held
    basis = _basis(view)
    for fact in _facts()["units"]:
        if fact["unit"] == props.get("iso") and fact["view"] == basis:
            return str(fact["owner"])
    if "un" in props and basis != held:  # only the country in control sees itself as the owner
        return str(props["un"])
    told = World.load().owners_by_view(str(props["a3"]))
    return told.get(basis, held)


def _parted(
    shapes: list[Geometry], owners: list[str], held: list[str], area: _Area
) -> tuple[list[Geometry], list[str], list[str]]:
    """Divide the holder's units along a claim line; the part beyond it goes to the claimant."""
    if area.holder not in held:
        return shapes, owners, held
    line, beyond = _beyond(area)
    found: list[tuple[Geometry, str, str]] = []
    for raw, owner, holder in zip(shapes, owners, held, strict=True):
        shape = _rounded(raw)
        if holder != area.holder or not shape.intersects(beyond):
            found.append((shape, owner, holder))
            continue
        pieces = [_rounded(p) for p in shapely.ops.split(shape, line).geoms]
        is_beyond = [beyond.covers(p.representative_point()) for p in pieces]
        for side, whose in ((True, area.claimant), (False, owner)):
            parts = [p for p, at in zip(pieces, is_beyond, strict=True) if at is side]
            if parts:
                whole = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
                found.append((whole, whose, holder))
    return [f[0] for f in found], [f[1] for f in found], [f[2] for f in found]


@cache
def _beyond(area: _Area) -> tuple[Geometry, Geometry]:
    """Return the claim line, snapped to the holder's outline, and the area beyond it.

    The ends of the line move to the nearest vertices, so that neighbours keep their common edges.
    """
    whole = _rounded(World.load().country(area.holder))
    corners = shapely.get_coordinates(shapely.boundary(whole))
    points = shapely.get_coordinates(area.line)
    for end in (0, -1):
        points[end] = corners[np.hypot(*(corners - points[end]).T).argmin()]
    line = shapely.LineString(points)
    pieces = shapely.ops.split(whole, line).geoms
    # The pieces are the two sides and any islands; this is the piece around or nearest the point.
    found = min(pieces, key=lambda p: (p.distance(area.inside), -p.area))
    return line, found


def _rounded(geometry: Geometry) -> Geometry:
    """Return a geometry with rounded coordinates."""
    return shapely.transform(geometry, lambda xy: np.round(xy, _DECIMALS))


def _basis(view: str) -> str:
    """Return the view of Natural Earth that is used for a view."""
    like = _facts()["like"].get(view)
    return str(like[0]) if like else view


@cache
def _facts() -> dict[str, Any]:
    """Return the content of ``data/border_facts.json``."""
    resource = files("gazetteer") / "data" / "border_facts.json"
    facts: dict[str, Any] = json.loads(resource.read_text(encoding="utf-8"))
    return facts


@cache
def _areas() -> tuple[_Area, ...]:
    """Return the areas inside units that another country claims."""
    return tuple(
        _Area(
            name=row["name"],
            holder=row["holder"],
            claimant=row["claimant"],
            inside=shapely.Point(row["inside"]),
            line=shapely.LineString(row["line"]),
            claimant_owns=frozenset(row["claimant_owns"].split()),
            line_hidden=frozenset(row["line_hidden"].split()),
            line_is_disputed=row["line_is_disputed"],
        )
        for row in _facts()["areas"]
    )
