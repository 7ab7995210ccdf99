"""Measure pages and exports: ``python bench/export.py [--claims 2000] [--times 3] [--record]``.

There are two situations: the dispatches in `seeds/`, and made-up claims about real towns (those of
`bench/merge.py`). The script prints the median CPU seconds of several runs within one process, with
the gazetteer open and the libraries loaded. The peer is geopandas, which writes the same points as
GeoJSON without evidence, areas, lines or styles, as the cost of a bare table.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import mapgen  # noqa: E402
from bench.merge import made, placed, towns  # noqa: E402
from bench.timing import Cost, heading, line, record  # noqa: E402
from gazetteer import Gazetteer  # noqa: E402
from mapgen.drawing.data.page_data import page_data  # noqa: E402
from mapgen.drawing.page.html import page_html  # noqa: E402
from mapgen.export import write  # noqa: E402
from mapgen.merging.events import situation_of  # noqa: E402
from mapgen.settings import Settings  # noqa: E402
from mapgen.situation.shown import shown  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapgen.model import Situation

FORMATS = ("geojson", "gpkg", "kml", "kmz", "csv", "parquet")


def cost_of(name: str, act: Callable[[], object], *, times: int, n_articles: int) -> Cost:
    """Return the cost of an action, which runs once to warm up and then ``times`` times."""
    cpu, clock = [], []
    for turn in range(times + 1):
        before, start = time.process_time(), time.perf_counter()
        act()
        if turn:
            cpu.append(time.process_time() - before)
            clock.append(time.perf_counter() - start)
    return Cost(name, n_articles, tuple(cpu), tuple(clock), 0.0)


def measured(title: str, situation: Situation, gazetteer: Gazetteer, *, times: int) -> list[Cost]:
    """Measure and print the table of one situation, and return its costs, the peer's last."""
    n, settings = len(situation.extraction.articles), Settings()
    data = page_data(shown(situation, gazetteer, settings))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        acts: dict[str, Callable[[], object]] = {
            "page data": lambda: page_data(shown(situation, gazetteer, settings)),
            "page of data": lambda: page_html(data),
        }
        for kind in FORMATS:
            target = home / f"map.{kind}"
            acts[kind] = lambda target=target: write(shown(situation, gazetteer, settings), target)
        costs = [
            cost_of(f"{title}: {name}", act, times=times, n_articles=n)
            for name, act in acts.items()
        ]
        points = _points(situation)
        bare = home / "bare.geojson"
        costs.append(
            cost_of(
                f"{title}: peer: geopandas, points alone",
                lambda: points.to_file(bare, driver="GeoJSON"),
                times=times,
                n_articles=n,
            )
        )
    print(heading())
    for cost in costs:
        print(line(cost, costs[-1]))
    print()
    return costs


def _points(situation: Situation):  # type: ignore[no-untyped-def]  # noqa: ANN202
    import geopandas

    rows = [
        {"kind": e.kind.value, "name": p.name, "lat": p.lat, "lon": p.lon}
        for e in situation.events
        for p in e.places
        if p.lat is not None
    ]
    return geopandas.GeoDataFrame(
        rows,
        geometry=geopandas.points_from_xy([r["lon"] for r in rows], [r["lat"] for r in rows]),
        crs="EPSG:4326",
    )


def main() -> int:
    """Print both tables, and append them to the history with ``--record``."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--claims", type=int, default=2000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--record", action="store_true", help="add to bench/history.csv")
    asked = parser.parse_args()
    with contextlib.chdir(ROOT):
        small = mapgen.build(["seeds"], baseline="seeds/baseline.csv")
    large = situation_of(made(asked.claims, placed(towns())))
    with Gazetteer.open() as gazetteer:
        tables = [
            measured("two articles", small, gazetteer, times=asked.times),
            measured(f"{asked.claims:,} claims", large, gazetteer, times=asked.times),
        ]
    if asked.record:
        record([(cost, costs[-1]) for costs in tables for cost in costs[:-1]])
    return 0


if __name__ == "__main__":
    sys.exit(main())
