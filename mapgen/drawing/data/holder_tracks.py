"""Pack the holders of many places over many days into a few strings for the page.

On a map of a few articles, each change of control has a sign of its own. For a history of years and
thousands of towns that would be too much data. Here `tracks_of` turns the signs of control into one
track per place, and `packed` encodes the tracks with two or three letters per change: 5,500 places
that change hands 20 times each take about 300 KB, where a list of states takes tens of megabytes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mapgen.model import Standing
from mapgen.situation.signs import rank_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import Tracks
    from mapgen.situation.drawn_records import ControlSign, Sign
    from mapgen.situation.shown import Shown

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CLAIMED_MARK = "?"
"""Follows the key of a side if only a party or a single named source says that it holds a place."""

CONTESTED_MARK = "!"
"""Replaces the key of a side where sources name two holders."""

_SURE = {Standing.ASSESSED.value, Standing.STATED.value}
_BASE = len(ALPHABET)
_COORDINATE = 4  # letters; 64^4 values in steps of 0.0001 degrees (about 11 m)


@dataclass(frozen=True, kw_only=True, slots=True)
class Track:
    """A place and its holders over time."""

    id: str
    name: str
    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326."""
    rank: int
    """Rank by population, from 1 (smallest) to 5 (largest)."""
    before: str | None
    """Key of the side that held the place before the first day, or None if unknown."""
    changes: tuple[tuple[date, str | None], ...]
    """Each change: its day, and the key of the side that holds the place from that day on. The key
    ends in `CLAIMED_MARK` if the hold is only claimed; it is `CONTESTED_MARK` if sources name two
    holders, and None if the holder is unknown."""


def packed(tracks: Sequence[Track], days: Sequence[date]) -> Tracks | None:
    """Pack tracks into the form that ``docs/page-data.md`` describes.

    A change on or before the first day sets the holder before it. Changes after the last day are
    left out, as are changes to the side that already holds the place.

    Parameters
    ----------
    tracks
        Tracks in any order. Small places come first in the result, so that the page draws large
        ones over them.
    days
        Every day of the time slider, in order.

    Returns
    -------
    Tracks or None
        The packed tracks, or None if there are no tracks or no days.
    """
    if not tracks or not days:
        return None
    ordered = sorted(tracks, key=lambda t: (t.rank, t.id))
    keys = {t.before for t in ordered} | {side for t in ordered for _, side in t.changes}
    sides = [None, *sorted(k for k in keys if k is not None)]
    index = {side: i for i, side in enumerate(sides)}
    runs = [_run(t, days, index) for t in ordered]
    highest = max((v for _, values in runs for v in values), default=0)
    width = next(w for w in range(1, 9) if highest < _BASE**w)
    return {
        "sides": sides,
        "width": width,
        "ids": "\n".join(_line(t.id) for t in ordered),
        "names": "\n".join(_line(t.name) for t in ordered),
        "rank": "".join(str(t.rank) for t in ordered),
        "lat": "".join(_letters(round((t.lat + 90) * 1e4), _COORDINATE) for t in ordered),
        "lon": "".join(_letters(round((t.lon + 180) * 1e4), _COORDINATE) for t in ordered),
        "base": "".join(ALPHABET[before] for before, _ in runs),
        "changes": ".".join("".join(_letters(v, width) for v in values) for _, values in runs),
    }


def last_holders(
    tracks: Tracks, n_days: int | None = None
) -> list[tuple[float, float, str | None]]:
    """Return who holds each place on the last day, or on an earlier one.

    Parameters
    ----------
    tracks
        Packed tracks.
    n_days
        How many days after the first day of the map; None for the last day.

    Returns
    -------
    list of (float, float, str or None)
        Latitude and longitude (degrees, EPSG:4326) and an entry of ``sides``, small places first.
    """
    sides = tracks["sides"]
    found = []
    for i, changes in enumerate(tracks["changes"].split(".")):
        at = slice(i * _COORDINATE, (i + 1) * _COORDINATE)
        lat, lon = _number(tracks["lat"][at]) / 1e4 - 90, _number(tracks["lon"][at]) / 1e4 - 180
        last = _number(tracks["base"][i])
        since = 0
        for start in range(0, len(changes), tracks["width"]):
            days, side = divmod(_number(changes[start : start + tracks["width"]]), len(sides))
            since += days
            if n_days is not None and since > n_days:
                break
            last = side
        found.append((lat, lon, sides[last % len(sides)]))
    return found


def _number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * _BASE + ALPHABET.index(letter)
    return value


def _run(track: Track, days: Sequence[date], index: dict[str | None, int]) -> tuple[int, list[int]]:
    """Encode a track: the index of the side before, and one number (days and side) per change."""
    holder, last = index[track.before], 0
    values: list[int] = []
    for day, side in sorted(track.changes, key=lambda c: c[0]):
        at = (day - days[0]).days
        if at >= len(days):
            break
        if at <= 0 and not values:
            holder = index[side]
        elif index[side] != (values[-1] % len(index) if values else holder):
            values.append((at - last) * len(index) + index[side])
            last = at
    return holder, values


def _letters(value: int, width: int) -> str:
    text = ""
    for _ in range(width):
        value, rest = divmod(value, _BASE)
        text = ALPHABET[rest] + text
    return text


def _line(text: str) -> str:
    return " ".join(text.split())


def tracks_of(shown: Shown, signs: list[Sign]) -> tuple[list[Track], list[Sign]]:
    """Turn the signs of control into one track per place.

    Parameters
    ----------
    shown
        What may be shown. Its baseline gives the holders before the first change.
    signs
        The signs of all events.

    Returns
    -------
    tuple of (list of Track, list of Sign)
        The tracks, ordered by id of the place, and the remaining signs: all but the signs of
        control that have a day and a place.
    """
    told: dict[str, list[ControlSign]] = defaultdict(list)
    rest: list[Sign] = []
    for sign in signs:
        if sign["type"] == "control" and sign["day"] and sign["place"]:
            told[sign["place"]].append(sign)
        else:
            rest.append(sign)
    points = {r.place_id: (r.place, r.lat, r.lon) for r in shown.situation.baseline}
    points |= {key: (own[-1]["name"], own[-1]["lat"], own[-1]["lon"]) for key, own in told.items()}
    tracks = []
    for key, (name, lat, lon) in sorted(points.items()):
        own = sorted(told[key], key=lambda s: (s["day"] or "", s["turn"]))
        first = own[0] if own else None
        said = (first["from"] or first.get("before")) if first else None
        before = shown.sides.key(shown.before.get(key)) or said
        tracks.append(
            Track(
                id=key,
                name=name,
                lat=lat,
                lon=lon,
                rank=rank_of(shown, key),
                before=before,
                changes=tuple((date.fromisoformat(s["day"]), _holder(s)) for s in own if s["day"]),
            )
        )
    return tracks, rest


def _holder(sign: ControlSign) -> str | None:
    """Return the holder of a place after a sign: a side, a claimed side, contested, or None."""
    if sign["standing"] == Standing.CONTESTED.value:
        return CONTESTED_MARK
    side = sign["side"]
    if side is None or sign["standing"] in _SURE | {Standing.OUTDATED.value}:
        return side
    return f"{side}{CLAIMED_MARK}" if sign["standing"] == Standing.CLAIMED.value else None
