"""A long history: months of reports on hundreds of places, where an article has a handful.

What a reader wants of an article, a sign with words for everything it tells, is a wall of signs
over two years of a war. So from `MANY` happenings on, and over more than `LONG_DAYS`, three things
change, and the page says so: who holds a place goes into packed tracks, one mark a place for each
day (``holder_tracks`` of the page data); what happened on a day, a strike, a flight, is drawn for
`RECENT_DAYS` and stays in the evidence; headline and summary tell of the last `RECENT_DAYS`. A
holder that only a party or a single source names is drawn hollow, and a contested one as not
known: doubt stays drawn.
"""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from mapgen.situation.shown import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.core.geojson import Geometry
    from mapgen.model import Event, Situation
    from mapgen.situation.drawn_records import DisplacementSign, RegionSign, Shape, Sign

MANY = 250
LONG_DAYS = 60
RECENT_DAYS = 14
MAX_DAYS = 3000  # of the slider: eight years

_FlowEnd: TypeAlias = Literal["area", "origin_area"]
_FLOW_ENDS: tuple[_FlowEnd, ...] = ("area", "origin_area")


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
        if sign["type"] != "control" and sign["day"]:
            last = date.fromisoformat(sign["day"]) + timedelta(days=RECENT_DAYS)
            sign["to_day"] = last.isoformat()


def first_day(days: Sequence[date], last: date) -> date:
    """Return where the slider of a long history begins."""
    return max(min(days, default=last), last - timedelta(days=MAX_DAYS - 1))


@dataclass(slots=True)
class _Uses:
    """The signs that have one shape."""

    regions: list[RegionSign] = field(default_factory=list)
    flows: list[tuple[DisplacementSign, _FlowEnd]] = field(default_factory=list)


def shared_shapes(signs: list[Sign]) -> dict[str, Geometry]:
    """Put shapes that several signs have into one table, and their keys into the signs."""
    uses: dict[str, _Uses] = defaultdict(_Uses)
    for sign in signs:
        if sign["type"] == "region":
            uses[_text(sign["geometry"])].regions.append(sign)
        elif sign["type"] == "displacement":
            for end in _FLOW_ENDS:
                if shape := sign[end]:
                    uses[_text(shape)].flows.append((sign, end))
    shapes: dict[str, Geometry] = {}
    for text, own in uses.items():
        if len(own.regions) + len(own.flows) > 1:
            key = f"s{len(shapes) + 1}"
            shapes[key] = json.loads(text)
            for region in own.regions:
                region["geometry"] = key
            for flow, end in own.flows:
                flow[end] = key
    return shapes


def _text(shape: Shape) -> str:
    return json.dumps(shape, sort_keys=True)
