"""A long history: months of reports on hundreds of places, where an article has a handful.

What a reader wants of an article, a sign with words for everything it tells, is a wall of signs
over two years of a war. So from `MANY` happenings on, and over more than `LONG_DAYS`, three things
change, and the page says so: who holds a place goes into packed tracks, one mark a place for each
day (``mapgen/tracks.py``); what happened on a day, a strike, a flight, is drawn for `RECENT_DAYS`
and stays in the evidence; headline and summary tell of the last `RECENT_DAYS`. A holder that only a
party or a single source names is drawn hollow, and a contested one as not known: doubt stays drawn.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from mapgen.model import Standing
from mapgen.scene import day_of
from mapgen.signs import rank_of
from mapgen.tracks import CLAIMED_MARK, Track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Event, Situation
    from mapgen.scene import Scene
    from mapgen.signs import Sign

MANY = 250
LONG_DAYS = 60
RECENT_DAYS = 14
MAX_DAYS = 3000  # of the slider: eight years
_SURE = {Standing.ASSESSED.value, Standing.STATED.value}


def is_long(situation: Situation) -> bool:
    """Whether events are too many, over too long a time, for a sign with words each."""
    days = [d for d in map(day_of, situation.events) if d is not None]
    return len(days) > MANY and (max(days) - min(days)).days > LONG_DAYS


def recent(situation: Situation) -> Situation:
    """Return the situation with the events of its last days only, for headline and summary."""
    as_of = situation.as_of
    if as_of is None:
        return situation
    since = as_of - timedelta(days=RECENT_DAYS - 1)
    events = tuple(e for e in situation.events if (day_of(e) or date.min) >= since)
    return dataclasses.replace(situation, events=events) if events else situation


def newest_first(events: Sequence[Event]) -> tuple[int, ...]:
    """Return a key that puts groups of events with the latest day first; undated ones last."""
    days = [d for d in map(day_of, events) if d is not None]
    return (-max(days).toordinal(),) if days else (0,)


def fade(signs: list[Sign]) -> None:
    """Give everything but holders a day from which it is no longer drawn."""
    for sign in signs:
        if sign["type"] != "control" and sign.get("day"):
            last = date.fromisoformat(sign["day"]) + timedelta(days=RECENT_DAYS)
            sign["to_day"] = last.isoformat()


def tracks_of(scene: Scene, signs: list[Sign]) -> tuple[list[Track], list[Sign]]:
    """Return who held each place when, and the signs that are left.

    Parameters
    ----------
    scene
        Its baseline says who held places before.
    signs
        Of all events; the signs of control with a day are taken out.
    """
    told: dict[str, list[Sign]] = defaultdict(list)
    rest: list[Sign] = []
    for sign in signs:
        if sign["type"] == "control" and sign["day"] and sign.get("place"):
            told[sign["place"]].append(sign)
        else:
            rest.append(sign)
    points = {r.place_id: (r.place, r.lat, r.lon) for r in scene.situation.baseline}
    points |= {key: (own[-1]["name"], own[-1]["lat"], own[-1]["lon"]) for key, own in told.items()}
    tracks = []
    for key, (name, lat, lon) in sorted(points.items()):
        own = sorted(told[key], key=lambda s: (s["day"], s["card"]))
        before = scene.sides.key(scene.before.get(key)) or (own[0]["from"] if own else None)
        tracks.append(
            Track(
                id=key,
                name=name,
                lat=lat,
                lon=lon,
                rank=rank_of(scene, key),
                before=before,
                changes=tuple((date.fromisoformat(s["day"]), _holder(s)) for s in own),
            )
        )
    return tracks, rest


def _holder(sign: Sign) -> str | None:
    """Return who holds a place after a sign, as far as that is sure."""
    side: str | None = sign["side"]
    if side is None or sign["standing"] in _SURE | {Standing.OUTDATED.value}:
        return side
    return f"{side}{CLAIMED_MARK}" if sign["standing"] == Standing.CLAIMED.value else None


def first_day(days: Sequence[date], last: date) -> date:
    """Return where the slider of a long history begins."""
    return max(min(days, default=last), last - timedelta(days=MAX_DAYS - 1))


def shared_shapes(signs: list[Sign]) -> dict[str, Any]:
    """Put shapes that several signs have into one table, and their keys into the signs."""
    spots: dict[str, list[tuple[Sign, str]]] = defaultdict(list)
    for sign in signs:
        for field in ("geometry", "area", "origin_area"):
            if sign.get(field):
                text = json.dumps(sign[field], sort_keys=True)
                spots[text].append((sign, field))
    shapes: dict[str, Any] = {}
    for text, found in spots.items():
        if len(found) > 1:
            key = f"s{len(shapes) + 1}"
            shapes[key] = json.loads(text)
            for sign, field in found:
                sign[field] = key
    return shapes
