"""Write ``gazetteer/data/world_far.topojson.xz``, simplified boundaries for maps of large regions.

The input is ``world.topojson.xz`` in the same folder (Natural Earth, public domain). The output has
simpler outlines, no small islands and no names, so that a map of half the globe need not read and
simplify details that it cannot show. Run ``python tools/build_far_view.py`` in the repository; the
same input gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from build_boundaries import TARGET, Topology, write

from gazetteer.boundaries import FAR_TOLERANCE_DEG, World
from mapgen.ground.basemap import without_islets

if TYPE_CHECKING:
    from gazetteer.boundaries import Feature

STEPS_PER_DEGREE = 1000
LEAST_DEG2 = 0.002  # least area; two pixels at the largest scale at which the file is used
NEEDED = ("id", "iso", "a2", "a3", "un", "cls", "left", "right", "views", "zoom", "rank")


def split(features: list[Feature]) -> tuple[np.ndarray, list[dict[str, Any]]]:
    """Return the geometries of features, and the properties that a map needs."""
    shapes = np.array([geometry for geometry, _ in features], dtype=object)
    return shapes, [{k: v for k, v in props.items() if k in NEEDED} for _, props in features]


def main() -> None:
    """Simplify each layer as a whole, so that neighbours keep their common borders."""
    world = World.load()
    topology = Topology(STEPS_PER_DEGREE)
    shapes, props = split(world.layer("admin1"))
    shapes = without_islets(shapes, LEAST_DEG2)
    topology.polygons("admin1", shapely.coverage_simplify(shapes, FAR_TOLERANCE_DEG), props)
    shapes, props = split(world.layer("lakes"))
    big = shapely.area(shapes) >= LEAST_DEG2
    lakes = shapely.make_valid(shapely.simplify(shapes[big], FAR_TOLERANCE_DEG))
    topology.polygons("lakes", lakes, [p for p, keep in zip(props, big, strict=True) if keep])
    for name in ("rivers", "disputed"):
        shapes, props = split(world.layer(name))
        topology.lines(name, shapely.simplify(shapes, FAR_TOLERANCE_DEG), props)
    meta = {**world.meta, "tolerance_deg": FAR_TOLERANCE_DEG}
    write(TARGET.with_name("world_far.topojson.xz"), topology.dump(meta))


if __name__ == "__main__":
    main()
