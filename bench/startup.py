"""Measure start-up and a map of two articles: ``python bench/startup.py [--times 5] [--record]``.

The peer is a process that only imports spaCy and folium. The targets on a machine without other
load are 0.3 s for ``mapgen --help``, 3 s for the map of the two dispatches with warm caches, and
5 s for a locator map of the world.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.timing import heading, line, measure, record  # noqa: E402

SEEDS = ROOT / "seeds"
FILLED = ("Brazil=green", "Russia=red", "Malta=blue")  # large ones, and one that gets a ring


def main() -> int:
    """Print the table, and append it to the history with ``--record``."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--record", action="store_true", help="add to bench/history.csv")
    asked = parser.parse_args()
    mapgen = [sys.executable, "-m", "mapgen"]
    with tempfile.TemporaryDirectory() as folder:
        build = [*mapgen, "build", str(SEEDS), "--baseline", str(SEEDS / "baseline.csv")]
        commands = {
            "mapgen --help": ([*mapgen, "--help"], 0),
            "import mapgen": ([sys.executable, "-c", "import mapgen"], 0),
            "mapgen build, two articles": ([*build, "-o", f"{folder}/map.html"], 2),
            "mapgen locator, the world": (
                [*mapgen, "locator", *FILLED, "--zoom", "world", "-o", f"{folder}/world.png"],
                0,
            ),
        }
        peer_command = [sys.executable, "-c", "import spacy, folium"]
        peer = measure("peer: import spacy, folium", peer_command, times=asked.times)
        costs = [
            measure(name, command, times=asked.times, n_articles=n)
            for name, (command, n) in commands.items()
        ]
    print(heading())
    for cost in (*costs, peer):
        print(line(cost, peer))
    if asked.record:
        record([(cost, peer) for cost in costs])
    return 0


if __name__ == "__main__":
    sys.exit(main())
