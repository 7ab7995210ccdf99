"""Build ``gazetteer/data/villages/XX.xz`` from tables of Who's On First.

    python -m tools.build_villages FOLDER

FOLDER contains a table ``XX.tsv.gz`` for each country, with a header (id, name, asciiname,
alternates, lat, lon, placetype, gn_code, country, admin1, admin2, population, gn_id, source,
current), and ``COMMITS.txt`` with a line ``whosonfirst-data-admin-xx COMMIT DAY`` for each. Only
localities and neighbourhoods that still exist are kept. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import unicodedata
from pathlib import Path

from rapidfuzz import fuzz

from gazetteer.ukrainian import romanised
from gazetteer.village_files import SEPARATOR, VillageRow, pack

# Iran, Pakistan, the Philippines would make the wheel larger than 30 MB; others are not measured.
COUNTRIES = """
    AF AM AZ BF CD CF CM ET HT IQ KE LB LY ML MM MZ NE NG PS SD SO SS SY TD UA YE
"""
DATA = Path(__file__).resolve().parent.parent / "gazetteer" / "data"
KEPT = {"locality": "PPL", "neighbourhood": "PPLX"}
GONE = {"PPLH", "PPLQ", "PPLW", "FRM", "FRMS", "UNIV"}  # no longer inhabited, or not villages
LICENCE = "CC BY 4.0, GeoNames and Quattroshapes; CC0, Who's On First"


def is_latin(name: str) -> bool:
    """Return whether all letters of a name are Latin."""
    return all(
        not c.isalpha() or unicodedata.category(c) == "Lm" or "LATIN" in unicodedata.name(c, "")
        for c in name
    )


def latin_name(row: dict[str, str], others: list[str]) -> str:
    """Return the name of a row in Latin letters, if there is one.

    If neither the name nor ``asciiname`` is Latin, this is an alternate name; in Ukraine, the one
    that is most similar to the romanisation of the name, or else the romanisation.

    Parameters
    ----------
    row
        Row of the table.
    others
        Alternate names of the row.
    """
    if row["asciiname"] and not is_latin(row["name"]):
        return row["asciiname"]
    if is_latin(row["name"]):
        return row["name"]
    latin = [name for name in others if is_latin(name) and not name.isupper()]
    if row["country"] != "UA":
        return latin[0] if latin else row["name"]
    own = romanised(row["name"])
    return max([own, *latin], key=lambda n: (n == own, fuzz.ratio(n, own))) if latin else own


def village_of(row: dict[str, str]) -> VillageRow | None:
    """Return the row for the packaged file, or None if the place is not an existing village."""
    feature = row["gn_code"] or KEPT.get(row["placetype"], "")
    if row["placetype"] not in KEPT or row["current"] == "0" or feature in GONE:
        return None
    others = [name.strip() for name in row["alternates"].split("|") if name.strip()]
    name = " ".join(latin_name(row, others).split())
    kept = dict.fromkeys([row["name"], *others])
    kept.pop(name, None)
    return VillageRow(
        # some records have a negative number where they have no id of GeoNames
        id=f"geonames:{row['gn_id']}" if row["gn_id"].isdigit() else f"wof:{row['id']}",
        name=name,
        others=tuple(o for o in kept if SEPARATOR not in o),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        feature=feature if feature.startswith("PPL") else "PPL",
        admin1=row["admin1"],
        admin2=row["admin2"],
        population=int(float(row["population"])) if row["population"] else None,
        source=row["source"],
    )


def once(rows: list[VillageRow]) -> list[VillageRow]:
    """Return one row for each id, the one with the most names, as some records are duplicates."""
    best: dict[str, VillageRow] = {}
    for row in rows:
        old = best.get(row.id)
        if old is None or (len(row.others), row.name) > (len(old.others), old.name):
            best[row.id] = row
    return list(best.values())


def main() -> int:
    """Write a file for each country, and print its size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where the tables are")
    parser.add_argument("--out", type=Path, default=DATA / "villages")
    arguments = parser.parse_args()
    lines = (arguments.folder / "COMMITS.txt").read_text("utf-8").splitlines()
    commits = {line.split()[0][-2:].upper(): line.split()[1:] for line in lines if line}
    arguments.out.mkdir(parents=True, exist_ok=True)
    total = 0
    for country in COUNTRIES.split():
        with gzip.open(arguments.folder / f"{country}.tsv.gz", "rt", encoding="utf-8") as stream:
            table = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
            rows = once([v for v in map(village_of, table) if v is not None])
        commit, day = commits[country]
        about = {
            "country": country,
            "name": f"Who's On First ({country})",
            "licence": LICENCE,
            "date": day,
            "commit": commit,
        }
        data = pack(about, rows)
        (arguments.out / f"{country}.xz").write_bytes(data)
        total += len(data)
        print(f"{country}.xz: {len(rows)} rows, {len(data)} bytes")
    print(f"together {total} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
