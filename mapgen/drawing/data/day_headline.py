"""Write the headline of a single day from the signs that are new on it.

A `Moment` (page data on one day) comes in; one line goes out. It says only what the signs of the
day say, with the source of what is only claimed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.core.words import capital, joined, unique
from mapgen.drawing.data.moment import doubtful_cards, has_spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.drawing.data.moment import Moment
    from mapgen.situation.drawn_records import ControlSign, Sign

_MOST_NAMES = 3
_MOST_CLAUSES = 2


def day_headline(moment: Moment) -> str:
    """Return the headline of a day.

    Parameters
    ----------
    moment
        Page data on the day.

    Returns
    -------
    str
        At most two clauses about what is new on this day, such as ``Alba reported taken by River
        Front; fled to Esta: “about 4,500” (UN)``. Nothing if nothing is new, or all that is new is
        doubtful.
    """
    doubtful = doubtful_cards(moment.data)
    new = [
        s
        for s in moment.data["signs"]
        if s["day"] is not None and s["day"] == moment.day and s["card"] not in doubtful
    ]
    clauses = [*_control(moment, new), *_threats(moment, new), *_flight(new), *_others(new)]
    return capital("; ".join(clauses[:_MOST_CLAUSES]))


def _control(moment: Moment, new: Iterable[Sign]) -> list[str]:
    """Return a clause for each side that took places, and one about contested places."""
    signs = [s for s in new if s["type"] == "control"]
    contested = unique(s["name"] for s in signs if s["standing"] == "contested")
    clauses = []
    for claimed in (False, True):
        own = [
            s
            for s in signs
            if s["standing"] != "contested" and (s["standing"] == "claimed") is claimed
        ]
        clauses += [
            _taken(moment, [s for s in own if (s["side"] or "") == side], claimed)
            for side in unique(s["side"] or "" for s in own)
        ]
    if contested:
        clauses.append(f"who holds {_names(contested)} is contested")
    return clauses


def _taken(moment: Moment, signs: list[ControlSign], claimed: bool) -> str:  # noqa: FBT001
    side = moment.data["sides"].get(signs[0]["side"] or "")
    by = f" by {side['name']}" if side else ""
    return f"{_names(unique(s['name'] for s in signs))} {'reported ' * claimed}taken{by}"


def _threats(moment: Moment, new: Iterable[Sign]) -> list[str]:
    clauses = []
    for sign in new:
        if sign["type"] == "threat":
            side = moment.data["sides"].get(sign["side"] or "")
            who = f"{side['name']} near " if side else ""
            clauses.append(f"{who}{sign['name']}: {sign['label']}")
    return clauses


def _flight(new: Iterable[Sign]) -> list[str]:
    """Return the notes of movements: where to, and the first figure with its source."""
    notes = [s["label"] for s in new if s["type"] == "displacement" and s["label"]]
    return [": ".join([note[0][:1].lower() + note[0][1:], *note[1:2]]) for note in notes]


def _others(new: Iterable[Sign]) -> list[str]:
    """Return clauses about all other signs at places, those with the same words together."""
    told: dict[str, list[str]] = {}
    for sign in new:
        if has_spot(sign) and sign["type"] not in {"control", "threat"}:
            told.setdefault(sign["label"], []).append(sign["name"])
    return [f"{_names(unique(names))}: {label}" for label, names in told.items()]


def _names(names: list[str]) -> str:
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES} more"
    return joined(names)
