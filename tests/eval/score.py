"""Scores claims against hand-made gold: what a map would draw, and what it must not draw.

Gold is JSON Lines, one record per statement of a text: ``doc, id, type, status, actor,
from_actor, places[{surface, canonical, role, lat, lon, kind}], quantity{low, high, unit}, quote,
optional, trap``. Only *current* statements (asserted or claimed) belong on a map. A gold place is
found when a claim has a place of the same name or one within reach of it. Records marked
``optional`` are neither demanded nor punished; a *trap* is a hypothetical, negated or historical
statement that must stay off the map.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gazetteer.worded_areas import is_worded
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from mapgen.model import Claim, ClaimPlace

Record = dict[str, Any]

CURRENT = {"asserted", "claimed"}
GROUP = {
    "threat": "advance",
    "threatened": "advance",
    "advance": "advance",
    "clash": "violence",
    "contested_or_clash": "violence",
    "siege": "violence",
    "strike": "violence",
    "attack_on_civilians": "violence",
}  # a kind not named here is a group of its own
NOT_DRAWN = {"other", "control_state", "supply_line", "return"}
REACH_KM = {"line": 75.0, "region": 60.0, "country": 150.0}  # how far a reference point may be
STRICT_KM, STRICT_ROUGH_KM = 25.0, 40.0  # where only the point counts; of a place known roughly
REACH_POINT_KM = 5.0  # neighbouring towns of one story can lie 10 km apart
EARTH_RADIUS_KM = 6371.0
SAME_NAME_MAX_KM = 300.0  # the same name farther away is another place


@dataclass
class Counts:
    """Found, wrong and missed units of one measure."""

    found: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        total = 2 * self.found + len(self.wrong) + len(self.missed)
        return 2 * self.found / total if total else 1.0

    def __str__(self) -> str:
        return f"F1 {self.f1:.2f} (found {self.found}, wrong {self.wrong}, missed {self.missed})"


@dataclass
class Score:
    """All measures over a set of texts."""

    control_change: Counts = field(default_factory=Counts)
    origin: Counts = field(default_factory=Counts)
    destination: Counts = field(default_factory=Counts)
    figure: Counts = field(default_factory=Counts)
    traps: int = 0
    traps_drawn: list[str] = field(default_factory=list)


def read_gold(path: Path) -> list[Record]:
    """Return the records of a gold file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _place(place: ClaimPlace) -> Record:
    """Return the parts of a place that are scored.

    The middle of "somewhere in Borno State" says nothing of where the place lies: such a place
    counts by its name, like one that was not found.
    """
    worded = is_worded(place.place_id)
    return {
        "surface": place.surface,
        "canonical": place.surface if worded else place.name,
        "place_id": place.place_id,
        "role": str(place.role),
        "lat": None if worded else place.lat,
        "lon": None if worded else place.lon,
        "distance_km": place.distance_km,
    }


def from_claim(claim: Claim) -> Record:
    """Return the parts of a claim that are scored, in the form of a gold record."""
    quantity = claim.quantity
    hosted = claim.kind is Kind.HOSTING
    return {
        "doc": claim.article,
        "type": "displacement" if hosted else str(claim.kind),
        "status": str(claim.status),
        "quote": claim.quote,
        "actor": claim.actor and claim.actor.id,
        "from_actor": claim.from_actor and claim.from_actor.id,
        "attribution": claim.attribution and claim.attribution.name,
        # gold has those who stay at a place as people who came there
        "places": [_place(p) | ({"role": "destination"} if hosted else {}) for p in claim.places],
        "quantity": quantity
        and {"low": quantity.low, "high": quantity.high, "unit": quantity.unit},
    }


Same = Callable[[Record, Record], bool]


def score(gold: Sequence[Record], predicted: Iterable[Record], *, strict: bool = False) -> Score:
    """Compare predictions with gold, text by text.

    Parameters
    ----------
    gold
        The gold records.
    predicted
        The records of `from_claim`.
    strict
        Whether places match by coordinates only, as a map draws them, within
        `STRICT_KM` of a point: a name without a point, or a point elsewhere, is no hit.
    """
    same = _same_point if strict else same_place
    result = Score()
    predictions = list(predicted)
    for doc in sorted({g["doc"] for g in gold} | {p["doc"] for p in predictions}):
        told = [g for g in gold if g["doc"] == doc]
        made = [p for p in predictions if p["doc"] == doc]
        for counts, group, roles in (
            (result.control_change, "control_change", {"at", "near"}),
            (result.origin, "displacement", {"origin"}),
            (result.destination, "displacement", {"destination"}),
        ):
            _count_places(counts, _current(told, group), _current(made, group), roles, same)
        _count_figures(
            result.figure, _current(told, "displacement"), _current(made, "displacement")
        )
        for trap in told:
            if trap["trap"] and trap["places"] and _group(trap) not in NOT_DRAWN:
                result.traps += 1
                if _is_drawn(trap, _current(told, _group(trap)), _current(made, _group(trap))):
                    result.traps_drawn.append(f"{trap['id']}: {trap['quote']}")
    return result


def _group(record: Record) -> str:
    kind: str = record["type"]
    return GROUP.get(kind, kind)


def _current(records: Iterable[Record], group: str) -> list[Record]:
    return [r for r in records if r["status"] in CURRENT and _group(r) == group]


def _count_places(
    counts: Counts, told: Sequence[Record], made: Sequence[Record], roles: set[str], same: Same
) -> None:
    need = _distinct(
        p for g in told if not g["optional"] for p in g["places"] if p["role"] in roles
    )
    # a region named beside a required place, or a place of an optional record, may be drawn or not
    spare = [p for g in told for p in g["places"] if g["optional"] or p["role"] not in roles]
    have = [p for m in made for p in m["places"] if p["role"] in roles]
    have = _distinct(sorted(have, key=lambda p: p["role"] != "at"))  # the boldest reading counts
    label = f"{told[0]['doc'] if told else made[0]['doc'] if made else ''}:"
    left = _pair(counts, need, have, same, lambda p: f"{label}{_label(p)}")
    wrong = [p for p in left if not any(_excuses(s, p, same) for s in spare)]
    # of two required places within reach of each other only one is demanded, but both are told
    named = [p for g in told for p in g["places"] if p["role"] in roles]
    wrong = [
        p for p in wrong if not any(_names(s) & _names(p) and _excuses(s, p, same) for s in named)
    ]
    counts.wrong += [f"{label}{_label(p)}" for p in wrong]


def _excuses(spare: Record, made: Record, same: Same) -> bool:
    # "towns near X were taken" never excuses a claim that X itself was
    if made["role"] == "at" and spare["role"] != "at":
        return False
    return same(spare, made)


def _count_figures(counts: Counts, told: Sequence[Record], made: Sequence[Record]) -> None:
    need = [g for g in told if g["quantity"] and not g["optional"]]
    spare = [g for g in told if g["quantity"] and g["optional"]]
    bounds: dict[tuple[Any, Any], Record] = {}
    for m in made:
        if m["quantity"] and m["quantity"]["unit"] in {"people", "families"}:
            bounds.setdefault((m["quantity"]["low"], m["quantity"]["high"]), m)
    left = _pair(counts, need, list(bounds.values()), _same_figure, lambda g: str(g["quantity"]))
    counts.wrong += [str(m["quantity"]) for m in left if not any(_same_figure(s, m) for s in spare)]


def _pair(
    counts: Counts,
    need: list[Record],
    have: list[Record],
    same: Same,
    label: Callable[[Record], str],
) -> list[Record]:
    """Match one to one, count hits and misses, return what was made without need."""
    left = list(have)
    for wanted in need:
        hit = next((p for p in left if same(wanted, p)), None)
        if hit is None:
            counts.missed.append(label(wanted))
        else:
            left.remove(hit)
            counts.found += 1
    return left


def _is_drawn(trap: Record, told: Sequence[Record], made: Sequence[Record]) -> bool:
    """Return whether a current claim draws the trap rather than something the text does say."""
    for m in made:
        if not any(same_place(t, p) for t in trap["places"] for p in m["places"]):
            continue
        truly_told = [
            g for g in told if any(same_place(a, b) for a in g["places"] for b in m["places"])
        ]
        if not truly_told:
            return True
        if _overlap(trap["quote"], m["quote"]) and not any(
            _overlap(g["quote"], m["quote"]) for g in told
        ):
            return True
    return False


def _overlap(gold_quote: str, quote: str) -> bool:
    return gold_quote in quote or (len(quote) > len(gold_quote) / 2 and quote in gold_quote)


def _distinct(places: Iterable[Record]) -> list[Record]:
    out: list[Record] = []
    for place in places:
        if not any(same_place(place, other) for other in out):
            out.append(place)
    return out


def same_place(gold: Record, other: Record) -> bool:
    """Return whether two places share a name or lie within reach of each other."""
    apart = _distance_km(gold, other)
    if _names(gold) & _names(other):
        return apart is None or apart <= SAME_NAME_MAX_KM
    return apart is not None and apart <= REACH_KM.get(gold.get("kind", ""), REACH_POINT_KM)


def _same_point(gold: Record, other: Record) -> bool:
    """Return whether the second place lies where the first does."""
    apart = _distance_km(gold, other)
    near = STRICT_ROUGH_KM if gold.get("approx") else STRICT_KM
    return apart is not None and apart <= max(near, REACH_KM.get(gold.get("kind", ""), 0.0))


def _same_figure(gold: Record, other: Record) -> bool:
    g, p = gold["quantity"], other["quantity"]
    return g["unit"] == p["unit"] and (g["low"], g["high"]) == (p["low"], p["high"])


def _label(place: Record) -> str:
    return str(place.get("canonical") or place.get("surface"))


def _names(place: Record) -> set[str]:
    return {_plain(place[k]) for k in ("canonical", "surface") if place.get(k)} - {
        "city",
        "town",
        "",
    }


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    letters = re.sub(r"[^a-z0-9]+", " ", re.sub("[’'`‘ʿʾ]", "", letters)).strip()
    return re.sub(r"^(?:(?:the|al|el|as|ar|ash|ad|an|at) )+", "", letters)


def _distance_km(a: Record, b: Record) -> float | None:
    if None in (a.get("lat"), a.get("lon"), b.get("lat"), b.get("lon")):
        return None
    lat_a, lon_a, lat_b, lon_b = (math.radians(v) for v in (a["lat"], a["lon"], b["lat"], b["lon"]))
    h = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))
