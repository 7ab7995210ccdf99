"""Build ``gazetteer/data/districts/XX.xz`` from outlines of Who's On First.

    python -m tools.build_outlines FOLDER

FOLDER contains a file ``XX.geojson.gz`` for each country, with its second-order units and their
properties ``id``, ``name`` and ``src``. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path

import shapely

from gazetteer.district_outlines import pack

DATA = Path(__file__).resolve().parent.parent / "gazetteer" / "data"


def main() -> int:
    """Write a file for each country, and print its size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where the outlines are")
    parser.add_argument("--out", type=Path, default=DATA / "districts")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    total = 0
    for path in sorted(arguments.folder.glob("??.geojson.gz")):
        country = path.name[:2]
        features = json.loads(gzip.decompress(path.read_bytes()))["features"]
        units = []
        for feature in features:
            told = feature["properties"]
            if told["name"]:
                kept = {"id": told["id"], "name": told["name"], "source": told["src"]}
                units.append((kept, shapely.geometry.shape(feature["geometry"])))
        about = {"country": country, "licence": "CC0, Mesoshapes; CC BY, Quattroshapes"}
        data = pack(about, units)
        (arguments.out / f"{country}.xz").write_bytes(data)
        total += len(data)
        print(f"{country}.xz: {len(units)} outlines, {len(data)} bytes")
    print(f"together {total} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
