"""Write ``mapgen/data/globe.json``, coarse outlines of land for the locator globe of pictures.

The input is the packaged boundaries (Natural Earth, public domain). The output contains rings as
``[lon, lat, lon, lat, ...]`` in tenths of a degree. Run ``python tools/build_globe.py`` in the
repository.
"""

from __future__ import annotations

import json
from pathlib import Path

import shapely

from gazetteer.boundaries import World, dissolve

TOLERANCE_DEG = 0.3
LEAST_DEG2 = 0.4  # smaller islands are not visible on a globe of two centimetres
OUTPUT = Path(__file__).parents[1] / "mapgen" / "data" / "globe.json"


def main() -> None:
    """Dissolve all units, simplify the land, drop small islands and write the file."""
    land = dissolve([shape for shape, _ in World.load().layer("admin1")])
    rings = []
    for part in shapely.get_parts(shapely.simplify(land, TOLERANCE_DEG)):
        if part.area >= LEAST_DEG2:
            xy = shapely.get_coordinates(part.exterior)
            rings.append([round(float(v) * 10) for point in xy for v in point])
    rings.sort()
    OUTPUT.write_text(json.dumps(rings, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{OUTPUT.name}: {len(rings)} rings, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
