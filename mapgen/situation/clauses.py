"""Build clauses of the summary: with their source, and joined to sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.core.told import listed, say
from mapgen.core.words import capital, fold, with_article
from mapgen.model import Standing
from mapgen.situation.signs import claimed_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Event
    from mapgen.situation.shown import Shown

ONE_REPORT = "according to one report"
MOST_NAMES = 4
SURE = {Standing.ASSESSED, Standing.STATED}


def hedged(clause: str, event: Event, account: str = "") -> str:
    """Return a clause with its source if the event is only claimed: ``..., according to SOHR``.

    One that sources contradict is told as contested.

    Parameters
    ----------
    clause
        The clause.
    event
        Event that it tells.
    account
        Words for the source in place of the usual ones, as from `by_account`.
    """
    if event.standing is Standing.CONTESTED:
        return say("{clause} (contested)", clause=clause)
    if event.standing is not Standing.CLAIMED:
        return clause
    told = account or according_to(claimed_by(event))
    return say("{clause}, {account}", clause=clause, account=told)


def according_to(who: str) -> str:
    """Return words that attribute a report to a source, or to one report if none is named."""
    return say("according to {who}", who=with_article(who)) if who else say(ONE_REPORT)


def by_account(shown: Shown, side: str, source: str) -> str:
    """Return words that attribute a report to its source, or to the side itself."""
    if not source:
        return say(ONE_REPORT)
    drawn = shown.sides.get(side)
    own = {fold(n) for n in (drawn.name, drawn.short, drawn.phrase)} if drawn else set()
    # Say so if a party is itself the source for its gains.
    if fold(source) in own:
        many = drawn is not None and is_plural(drawn.phrase)
        return say("by their own account" if many else "by its own account")
    return according_to(source)


def is_plural(name: str) -> bool:
    """Whether the name of a party takes a plural verb."""
    return name.endswith("s") and not name.endswith("ss") and " " in name


def as_sentence(clauses: Sequence[str]) -> str:
    """Return clauses as one sentence, or nothing without any."""
    return capital(listed(clauses, "semicolon", ".")) if clauses else ""


def least_of(event: Event) -> int:
    """Return the lower bound of the main figure of an event, or 0 without one."""
    return (event.figure.low or 0) if event.figure is not None else 0
