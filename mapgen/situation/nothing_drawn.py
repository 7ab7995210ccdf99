"""Say what was read, and why nothing is drawn, of a map without signs.

What may be shown of a situation comes in; the places that its articles name and parts of a summary
go out. A map without signs frames these places, so that readers see that the right text was read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mapgen.core.told import listed, number, place, say
from mapgen.core.words import capital, count_word, joined, unique
from mapgen.model import Precision, Standing, Status
from mapgen.situation.places_read import places_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.model import NamedPlace
    from mapgen.situation.shown import Shown

_MOST_NAMES = 8
_WHY = {
    Status.HYPOTHETICAL: (
        "{n} statements are only possible.",
        "{n} statement is only possible.",
    ),
    Status.NEGATED: (
        "{n} statements are denied or not so.",
        "{n} statement is denied or not so.",
    ),
    Status.HISTORICAL: (
        "{n} statements are from before the time of the article.",
        "{n} statement is from before the time of the article.",
    ),
}
_NO_EVENT = "No sentence reports a change, threat or movement."


def draws_nothing(shown: Shown) -> bool:
    """Whether no event of a situation may be drawn and no holder is known from a baseline."""
    gone = {Standing.DENIED, Standing.OUTDATED}
    situation = shown.situation
    return not (
        situation.baseline
        or situation.given_areas
        or any(shown.may_draw(e) and e.standing not in gone for e in situation.events)
    )


def shown_places(shown: Shown) -> list[NamedPlace]:
    """Return the towns to show on a map without signs.

    With `Settings.coarsen_displacement` there are none, since the texts may be about people who
    flee from them.
    """
    if shown.settings.coarsen_displacement or not draws_nothing(shown):
        return []
    return [
        p for p in places_read(shown.situation.extraction) if not (p.precision or _POINT).is_area
    ]


_POINT = Precision.SETTLEMENT


def nothing_parts(shown: Shown) -> list[list[str]]:
    """Return the parts of a summary that say what was read and why nothing is drawn."""
    extraction = shown.situation.extraction
    n = len(extraction.articles)
    names = unique(place(p.surface or p.name or "", p.place_id) for p in shown_places(shown))
    more = len(names) - _MOST_NAMES
    told = [*names[:_MOST_NAMES], say("{n} more", n=number(more))] if more > 0 else names
    country = shown.country_name
    parts = {"n": count_word(n), "names": joined(told)} if names else {"n": count_word(n)}
    if country:
        parts["country"] = country
    if names and country:
        read = say(
            "{n} articles, which name {names} ({country}).",
            one="{n} article, which names {names} ({country}).",
            **parts,
        )
    elif names:
        read = say(
            "{n} articles, which name {names}.",
            one="{n} article, which names {names}.",
            **parts,
        )
    elif country:
        read = say("{n} articles about {country}.", one="{n} article about {country}.", **parts)
    else:
        read = say("{n} articles.", one="{n} article.", **parts)
    why = _why(Counter(c.status for c in extraction.claims))
    return [[say("Read."), capital(read)], [say("Why."), why]]


def _why(statuses: Mapping[Status, int]) -> str:
    """Return a sentence for the statements of each status that keeps them off the map."""
    clauses = [
        capital(say(many, one=one, n=count_word(n)))
        for status, (many, one) in _WHY.items()
        if (n := statuses.get(status, 0))
    ]
    rest = sum(n for status, n in statuses.items() if status.is_current)
    if rest:
        told = say(
            "{n} statements have no place that could be found.",
            one="{n} statement has no place that could be found.",
            n=count_word(rest),
        )
        clauses.append(capital(told))
    if not clauses:
        return say(_NO_EVENT)
    return listed([*clauses, say("Each is listed under Off the map.")], "space")
