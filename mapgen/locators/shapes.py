"""Prepare the shapes of a locator map: simplify units together, clip and project them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from gazetteer.borders import lines_in_view, units_in_view
from gazetteer.boundaries import FAR_TOLERANCE_DEG, World, dissolve
from gazetteer.provinces import successors
from mapgen.ground.basemap import DISPUTED_SHIFT_DEG, edges_of
from mapgen.ground.projection import degrees_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from numpy.typing import NDArray
    from shapely import Geometry

    from gazetteer import Gazetteer
    from gazetteer.boundaries import Feature
    from mapgen.locators.areas import Area
    from mapgen.locators.extent import Frame

PICTURE_PX = 1400  # details smaller than a pixel at this width are dropped
LEAST_LAKE_PX = 60.0
TINY_PX = 5.0  # areas smaller than a square with this side get a ring

_COUNTRIES = ("PCLI", "PCLD")
_SAME_AREA = 0.02  # largest difference between an area and the sum of its units
_SURELY = 0.9  # degrees of latitude differ by less
_ON_BORDER = 2.0  # lines this close to the border of a former province, in pixels, lie on it


@dataclass(frozen=True, kw_only=True, slots=True)
class Shapes:
    """All shapes of a map, in metres of the frame's plane; empty if there are none."""

    land: Geometry
    areas: tuple[Geometry, ...]  # in the order of the request
    rings: tuple[Geometry | None, ...]  # centre of each area that is too small to be seen
    lakes: Geometry
    coast: Geometry
    borders: Geometry
    provinces: Geometry
    disputed: Geometry
    countries: dict[str, Geometry]  # ISO 3166-1 alpha-2 to the visible part
    globe: Geometry | None  # outline of the whole world


def cut_shapes(
    frame: Frame, areas: Sequence[Area], gazetteer: Gazetteer, *, view: str, provinces: bool
) -> Shapes:
    """Return the shapes of the world within a frame.

    Parameters
    ----------
    frame
        Projection and bounds of the map.
    areas
        Filled areas.
    gazetteer
        Gazetteer with the outlines of areas other than countries.
    view
        View of disputed borders; see `gazetteer.views`.
    provinces
        Whether to draw provinces in all countries; otherwise only where a province is filled.

    Returns
    -------
    Shapes
        Shapes in metres of the plane of the frame.
    """
    # The simplified copy has no small islands, which nobody sees on a map of the world.
    world = World.load(tolerance_deg=FAR_TOLERANCE_DEG if frame.is_world else 0.0)
    found: dict[int, Feature] = {}
    for box in frame.bboxes():
        found |= {int(props["id"]): (shape, props) for shape, props in world.admin1(box)}
    whole, owners = units_in_view(list(found.values()), view)
    tolerance_deg = degrees_of(frame.width_km) / PICTURE_PX
    shapes = np.array(whole, dtype=object)
    if len(shapes):
        shapes = shapely.coverage_simplify(shapes, tolerance_deg)
    by_country: dict[str, list[Geometry]] = {}
    for shape, owner in zip(shapes, owners, strict=True):
        by_country.setdefault(owner, []).append(shape)
    countries = {owner: dissolve(parts) for owner, parts in sorted(by_country.items())}
    filled = []
    for area in areas:
        outline = countries.get(str(area.country)) if area.feature in _COUNTRIES else None
        if outline is None:
            outline = _outline(gazetteer.geometry(area.id), whole, list(shapes), tolerance_deg)
        filled.append(outline)
    edges = edges_of(shapes, owners, None)
    borders, disputed = _borders(edges.borders, frame, view, tolerance_deg)
    shown = None if provinces else _with_provinces(areas)
    admin = _admin(edges.admin, shapes, owners, shown)
    admin = _of_today(admin, found.values(), gazetteer, tolerance_deg, shown)
    pixel_m = frame.width_km * 1000 / PICTURE_PX
    placed = [_placed(frame, shape, pixel_m, keep=True) for shape in filled]
    seen = {code: _placed(frame, shape, pixel_m) for code, shape in countries.items()}
    return Shapes(
        land=_together(list(seen.values())),
        areas=tuple(placed),
        rings=tuple(_ring(shape, pixel_m) for shape in placed),
        lakes=_lakes(world, frame, pixel_m),
        coast=_lines(frame, edges.coast),
        borders=_lines(frame, borders),
        provinces=_lines(frame, admin),
        disputed=_lines(frame, disputed),
        countries={code: shape for code, shape in seen.items() if not shape.is_empty},
        globe=_globe(frame) if frame.is_world else None,
    )


def _with_provinces(areas: Sequence[Area]) -> set[str]:
    """Return the countries in which a province is filled."""
    return {str(a.country) for a in areas if a.feature not in _COUNTRIES}


def _admin(
    whole: Geometry, shapes: NDArray[Any], owners: Sequence[str], shown: Container[str] | None
) -> Geometry:
    """Return the borders of provinces, only those in some countries if these are given."""
    if shown is None:
        return whole
    inner = np.array([owner in shown for owner in owners], dtype=bool)
    return edges_of(shapes[inner], [owner for owner in owners if owner in shown], None).admin


def _of_today(
    admin: Geometry,
    units: Iterable[Feature],
    gazetteer: Gazetteer,
    tolerance_deg: float,
    countries: Container[str] | None,
) -> Geometry:
    """Return the borders of provinces, those of former provinces replaced by today's.

    Natural Earth still has provinces that were divided since, such as Orientale in DR Congo.
    """
    shapes = {str(props.get("iso") or props["id"]): shape for shape, props in units}
    for former, rows in successors().items():
        known = [shapes[code] for code in former if code in shapes]
        if not known or (countries is not None and rows[0]["country"] not in countries):
            continue
        whole = shapely.make_valid(shapely.union_all(known))
        edge = _ON_BORDER * tolerance_deg
        outlines = [gazetteer.geometry(f"iso:{row['iso']}") for row in rows]
        drawn = [shapely.boundary(shape) for shape in outlines if shape is not None]
        today = shapely.simplify(shapely.union_all(drawn), tolerance_deg)
        inside = shapely.difference(today, shapely.boundary(whole).buffer(edge))
        admin = shapely.union(shapely.difference(admin, whole.buffer(-edge)), inside)
    return admin


def _outline(
    outline: Geometry | None,
    whole: Sequence[Geometry],
    shapes: Sequence[Geometry],
    tolerance_deg: float,
) -> Geometry:
    """Return an outline built from its simplified units, so that neighbours share edges."""
    if outline is None:
        return shapely.MultiPolygon()
    near = [i for i, unit in enumerate(whole) if unit.intersects(outline)]
    inside = [i for i in near if outline.covers(whole[i].representative_point())]
    if inside and abs(sum(whole[i].area for i in inside) / outline.area - 1) < _SAME_AREA:
        return dissolve([shapes[i] for i in inside])
    return shapely.make_valid(shapely.simplify(outline, tolerance_deg))


def _placed(frame: Frame, shape: Geometry, pixel_m: float, *, keep: bool = False) -> Geometry:
    """Project a shape, clip it to the frame, and drop islands smaller than a pixel."""
    flat = frame.project(shape)
    if not flat.is_valid:
        flat = shapely.make_valid(flat)
    parts = _polygons(shapely.clip_by_rect(flat, *_wider(frame)))
    large = [part for part in parts if part.area >= pixel_m**2]
    if keep and parts and not large:
        large = [max(parts, key=lambda part: part.area)]
    return shapely.MultiPolygon(large)


def _lines(frame: Frame, lines: Geometry) -> Geometry:
    flat = shapely.clip_by_rect(frame.project(lines), *_wider(frame))
    parts = [p for p in shapely.get_parts(flat) if p.geom_type == "LineString" and not p.is_empty]
    return shapely.MultiLineString(parts)


def _wider(frame: Frame) -> tuple[float, float, float, float]:
    """Return slightly wider bounds, so that clipped edges are not visible."""
    west, south, east, north = frame.bounds_m
    room = (east - west) * 0.01
    return (west - room, south - room, east + room, north + room)


def _borders(
    edges: Geometry, frame: Frame, view: str, tolerance_deg: float
) -> tuple[Geometry, Geometry]:
    """Return the borders that a view draws as solid lines, and those it draws as disputed."""
    world = World.load()
    found = [feature for box in frame.bboxes() for feature in world.layer("disputed", box)]
    lines = lines_in_view(found, view)
    dashed, hidden = _merged(lines.dashed), _merged(lines.hidden)
    shift = max(DISPUTED_SHIFT_DEG, tolerance_deg * 2)  # editions of the data differ
    unsure = edges.intersection(hidden.buffer(shift))  # the extent of the claim is unknown
    drawn = edges.difference(shapely.union(dashed, hidden).buffer(shift))
    return shapely.union(drawn, _merged(lines.solid)), shapely.union(dashed, unsure)


def _merged(lines: Sequence[Geometry]) -> Geometry:
    parts = [part for line in lines for part in shapely.get_parts(line)]
    return shapely.line_merge(shapely.MultiLineString(parts))


def _lakes(world: World, frame: Frame, pixel_m: float) -> Geometry:
    least_m2 = LEAST_LAKE_PX * pixel_m**2
    # a square degree is largest at the equator: what is too small there need not be projected
    least_deg2 = _SURELY * degrees_of(math.sqrt(least_m2) / 1000) ** 2
    lakes = [
        part
        for box in frame.bboxes()
        for shape, _ in world.layer("lakes", box)
        if shape.area >= least_deg2
        for part in shapely.get_parts(_placed(frame, shape, pixel_m))
        if part.area >= least_m2
    ]
    return shapely.MultiPolygon([shapely.simplify(lake, pixel_m / 2) for lake in lakes])


def _ring(shape: Geometry, pixel_m: float) -> Geometry | None:
    """Return a point in an area that is too small to be seen on the map, else None."""
    if shape.is_empty or shape.area >= (TINY_PX * pixel_m) ** 2:
        return None
    return shapely.point_on_surface(shape)


def _globe(frame: Frame) -> Geometry:
    """Return the outline of the whole world in the plane."""
    edge = shapely.segmentize(shapely.box(-180, -90, 180, 90), 1.0)
    return shapely.clip_by_rect(frame.project(edge), *_wider(frame))


def _together(shapes: Sequence[Geometry]) -> Geometry:
    return shapely.MultiPolygon([part for shape in shapes for part in shapely.get_parts(shape)])


def _polygons(shape: Geometry) -> list[Geometry]:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [p for p in parts if p.geom_type == "Polygon" and not p.is_empty]
