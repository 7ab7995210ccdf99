"""The shapes of a locator map: units of the world, simplified together, cut, and projected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from gazetteer.borders import lines_in_view, units_in_view
from gazetteer.boundaries import World, dissolve
from mapgen.ground.basemap import DISPUTED_SHIFT_DEG, edges_of
from mapgen.ground.projection import degrees_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Geometry

    from gazetteer import Gazetteer
    from gazetteer.boundaries import Feature
    from mapgen.locators.areas import Area
    from mapgen.locators.extent import Frame

PICTURE_PX = 1400  # details smaller than a pixel of such a width are left out
LEAST_LAKE_PX = 60.0
TINY_PX = 5.0  # areas smaller than a square of this side get a ring

_COUNTRIES = ("PCLI", "PCLD")
_SAME_AREA = 0.02  # units make up an area if theirs differs by no more than this share


@dataclass(frozen=True, kw_only=True, slots=True)
class Shapes:
    """All that is drawn, in metres of the frame's plane; empty where there is none."""

    land: Geometry
    areas: tuple[Geometry, ...]  # in the order they were asked for
    rings: tuple[Geometry | None, ...]  # where an area is too small to be seen: its middle
    lakes: Geometry
    coast: Geometry
    borders: Geometry
    provinces: Geometry
    disputed: Geometry
    countries: dict[str, Geometry]  # ISO 3166-1 alpha-2 to what the frame shows of it
    globe: Geometry | None  # outline of the whole world


def cut_shapes(
    frame: Frame, areas: Sequence[Area], gazetteer: Gazetteer, *, view: str, provinces: bool
) -> Shapes:
    """Cut out of the world what a frame shows.

    Parameters
    ----------
    frame
        What is shown, and in which projection.
    areas
        What is filled.
    gazetteer
        Where the outlines are of areas that are not units of the world.
    view
        Whose view of disputed borders; see `gazetteer.views`.
    provinces
        Whether to draw provinces of all countries; else only of those with a filled province.
    """
    world = World.load()
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
    admin = edges.admin
    if not provinces:
        shown = {a.country for a in areas if a.feature not in _COUNTRIES}
        inner = np.array([owner in shown for owner in owners], dtype=bool)
        chosen = [owner for owner in owners if owner in shown]
        admin = edges_of(shapes[inner], chosen, None).admin
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


def _outline(
    outline: Geometry | None,
    whole: Sequence[Geometry],
    shapes: Sequence[Geometry],
    tolerance_deg: float,
) -> Geometry:
    """Return an outline made of the simplified units it consists of, so that neighbours meet."""
    if outline is None:
        return shapely.MultiPolygon()
    near = [i for i, unit in enumerate(whole) if unit.intersects(outline)]
    inside = [i for i in near if outline.covers(whole[i].representative_point())]
    if inside and abs(sum(whole[i].area for i in inside) / outline.area - 1) < _SAME_AREA:
        return dissolve([shapes[i] for i in inside])
    return shapely.make_valid(shapely.simplify(outline, tolerance_deg))


def _placed(frame: Frame, shape: Geometry, pixel_m: float, *, keep: bool = False) -> Geometry:
    """Project a shape, cut it at the frame, and leave out islands nobody could see."""
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
    """Return the frame with a little more, so that no cut is seen at its edge."""
    west, south, east, north = frame.bounds_m
    room = (east - west) * 0.01
    return (west - room, south - room, east + room, north + room)


def _borders(
    edges: Geometry, frame: Frame, view: str, tolerance_deg: float
) -> tuple[Geometry, Geometry]:
    """Return the borders that a view draws solid, and those that are disputed."""
    world = World.load()
    found = [feature for box in frame.bboxes() for feature in world.layer("disputed", box)]
    lines = lines_in_view(found, view)
    dashed, hidden = _merged(lines.dashed), _merged(lines.hidden)
    shift = max(DISPUTED_SHIFT_DEG, tolerance_deg * 2)  # lines are of another edition than units
    unsure = edges.intersection(hidden.buffer(shift))  # the far side of the claim is not known
    drawn = edges.difference(shapely.union(dashed, hidden).buffer(shift))
    return shapely.union(drawn, _merged(lines.solid)), shapely.union(dashed, unsure)


def _merged(lines: Sequence[Geometry]) -> Geometry:
    parts = [part for line in lines for part in shapely.get_parts(line)]
    return shapely.line_merge(shapely.MultiLineString(parts))


def _lakes(world: World, frame: Frame, pixel_m: float) -> Geometry:
    least_m2 = LEAST_LAKE_PX * pixel_m**2
    lakes = [
        part
        for box in frame.bboxes()
        for shape, _ in world.layer("lakes", box)
        for part in shapely.get_parts(_placed(frame, shape, pixel_m))
        if part.area >= least_m2
    ]
    return shapely.MultiPolygon([shapely.simplify(lake, pixel_m / 2) for lake in lakes])


def _ring(shape: Geometry, pixel_m: float) -> Geometry | None:
    """Return the middle of an area that is too small to be seen on the map, else None."""
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
