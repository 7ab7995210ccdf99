"""Say whether people have reviewed a map.

What may be shown of a situation comes in; a sentence goes out that stands beside the day of the
map: how many of its signs an analyst has decided on, who that was, and when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.core.told import number, say
from mapgen.core.words import count_word, day_text, joined, unique
from mapgen.merging.units import place_key
from mapgen.model import Standing

if TYPE_CHECKING:
    from mapgen.model import Decision, Event
    from mapgen.situation.shown import Shown

NOT_REVIEWED = "Machine reading, not reviewed."


def review_text(shown: Shown) -> str:
    """Return the sentence on the review of a map.

    A sign counts as reviewed if an analyst accepted or changed a claim of its event. A rejected
    claim has no sign.
    """
    made = _made(shown)
    n_reviewed = sum(bool(found) for found in made)
    decisions = sorted((d for found in made for d in found), key=lambda d: d.row)
    if not decisions:
        return say(NOT_REVIEWED)
    who = joined(unique(d.by for d in decisions))
    days = sorted({d.on for d in decisions})
    template = "on {day}" if len(days) == 1 else "last on {day}"
    comma = "" if len(days) == 1 else ","
    if n_reviewed == len(made):
        return say(f"Reviewed by {{who}}{comma} {template}.", who=who, day=day_text(days[-1]))
    return say(
        f"Machine reading, {{some}} of {{n}} signs reviewed by {{who}}{comma} {template}.",
        some=count_word(n_reviewed),
        n=number(len(made)),
        who=who,
        day=day_text(days[-1]),
    )


def is_reviewed(shown: Shown) -> bool:
    """Whether an analyst accepted or changed a claim of every sign of a map."""
    made = _made(shown)
    return bool(made) and all(made)


def _made(shown: Shown) -> list[list[Decision]]:
    """Return the decisions on each event that is drawn."""
    drawn = [e for e in shown.situation.events if _is_drawn(shown, e)]
    return [_decisions(shown, event) for event in drawn]


def _is_drawn(shown: Shown, event: Event) -> bool:
    gone = {Standing.DENIED, Standing.OUTDATED}
    return shown.may_draw(event) and event.standing not in gone


def _decisions(shown: Shown, event: Event) -> list[Decision]:
    """Return the decisions that kept or changed the claims of an event."""
    ids, keys = {c.id for c in event.claims}, {place_key(p) for p in event.places}
    return [
        d
        for d in shown.situation.decisions
        if d.claim in ids
        and d.action != "reject"
        and (d.action != "accept" or not d.about or keys & set(d.about))
    ]
