"""Thin out the signs of a long history, with months of reports on hundreds of places.

A sign with words for each event suits a few articles, but fills the map if events cover two years
of a war. With more than `MANY` dated events over more than `LONG_DAYS` days, three things change,
and the page says so:

- Holders are packed into tracks, with one mark for each place on each day; see
  `mapgen.drawing.data.holder_tracks`.
- Other events are drawn for `RECENT_DAYS` days. All of them stay in the evidence.
- The headline and the summary cover the last `RECENT_DAYS` days.

Doubt is still drawn. A holder is drawn hollow if only a party or a single source names it, and a
contested one as unknown.
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
MAX_DAYS = 3000  # maximum length of the time slider, about eight years

_FlowEnd: TypeAlias = Literal["area", "origin_area"]
_FLOW_ENDS: tuple[_FlowEnd, ...] = ("area", "origin_area")


def is_long(situation: Situation) -> bool:
    """Whether a situation has too many events, over too long a time, for a label on each sign."""
    days = [d for d in map(day_of, situation.events) if d is not None]
    return len(days) > MANY and (max(days) - min(days)).days > LONG_DAYS


def recent(situation: Situation) -> Situation:
    """Return a situation with only the events of the last `RECENT_DAYS` days.

    It is used for the headline and the summary. A situation without a day or without recent events
    is returned unchanged.
    """
    as_of = situation.as_of
    if as_of is None:
        return situation
    since = as_of - timedelta(days=RECENT_DAYS - 1)
    events = tuple(e for e in situation.events if (day_of(e) or date.min) >= since)
    return dataclasses.replace(situation, events=events) if events else situation


def newest_first(events: Sequence[Event]) -> tuple[int, ...]:
    """Return a key that sorts groups of events by latest day first, with undated groups last."""
    days = [d for d in map(day_of, events) if d is not None]
    return (-max(days).toordinal(),) if days else (0,)


def fade(signs: list[Sign]) -> None:
    """Set `to_day` of all dated signs except holders, in place, to `RECENT_DAYS` days later."""
    for sign in signs:
        if sign["type"] != "control" and sign["day"]:
            last = date.fromisoformat(sign["day"]) + timedelta(days=RECENT_DAYS)
            sign["to_day"] = last.isoformat()


def first_day(days: Sequence[date], last: date) -> date:
    """Return the first day of the time slider, at most `MAX_DAYS` before the last one."""
    return max(min(days, default=last), last - timedelta(days=MAX_DAYS - 1))


@dataclass(slots=True)
class _Uses:
    """The signs that share a shape."""

    regions: list[RegionSign] = field(default_factory=list)
    flows: list[tuple[DisplacementSign, _FlowEnd]] = field(default_factory=list)


def shared_shapes(signs: list[Sign]) -> dict[str, Geometry]:
    """Move shapes that several signs share into one table.

    Parameters
    ----------
    signs
        Signs, which are changed in place: keys of the table replace shared shapes.

    Returns
    -------
    dict of str to Geometry
        The shared shapes by key.
    """
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
