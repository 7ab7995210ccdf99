"""Drop a capture of unnamed towns, where the article names them: "two towns in North Darfur".

The claims and sentences of an article come in. A claim that some towns of an area were taken goes
out if another claim of the article says that the same side took a town there: drawn as well, it
would colour the whole area for what happened in a few places of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention, holds
from mapgen.coding.english.patterns import one_of
from mapgen.coding.english.quantities import sites
from mapgen.core.tables.in_force import per_tables
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapgen.model import Actor, Claim, ClaimPlace, SentenceRecord
    from mapgen.places.georeference import Georeference

NAMED = "the places are named elsewhere in the article"
_WHOLE = re.compile(r"\b(?:all|entire|entirety|whole)\b", re.IGNORECASE)


def without_counted_towns(
    claims: Sequence[Claim],
    sentences: Sequence[SentenceRecord],
    references: Sequence[Georeference],
) -> tuple[list[Claim], list[SentenceRecord]]:
    """Return claims and sentences without captures that only count towns named elsewhere.

    Parameters
    ----------
    claims, sentences
        Claims and sentences of an article.
    references
        Georeferences of the article.

    Returns
    -------
    claims : list of Claim
        The claims that stay, in the same order.
    sentences : list of SentenceRecord
        The sentences; one that lost its last claim has the reason.
    """
    known = {r.start: r for r in references if r.meant is not None}
    taken = [c for c in claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    again = {c.id for c in taken if _counts(c) and any(_names(o, c, known) for o in taken)}
    kept = [c for c in claims if c.id not in again]
    dropped = [c for c in claims if c.id in again]
    return kept, [_noted(s, kept, dropped) for s in sentences]


@per_tables
def _counted() -> re.Pattern[str]:
    """Return the pattern of a noun for towns without a name before the name of an area."""
    alone = one_of(["barracks", "base", "camp", "capital", "city", "garrison", "outpost", "post"])
    return re.compile(rf"\b(?:{sites()}|{alone}|town|village)\b[^.,;:]{{0,40}}$", re.IGNORECASE)


def _counts(claim: Claim) -> bool:
    """Whether a claim says that towns of an area were taken, not the area: "a post in Y"."""
    if not claim.places or not all(p.is_area for p in claim.places):
        return False
    ahead = [claim.quote[: max(p.start - claim.start, 0)] for p in claim.places]
    return all(_counted().search(a) for a in ahead) and _WHOLE.search(claim.quote) is None


def _names(other: Claim, claim: Claim, known: Mapping[int, Georeference]) -> bool:
    """Whether another claim names a town, in an area of a claim, that the same side took."""
    if other.id == claim.id:
        return False
    if claim.actor and other.actor and not _may_be_one(claim.actor, other.actor):
        return False
    areas = [m for p in claim.places if (m := _mention(p, known)) is not None]
    towns = [m for p in other.places if not p.is_area if (m := _mention(p, known)) is not None]
    return any(
        holds(area, town) or (area.place.precision == "region" and _is_of_country(area, town))
        for area in areas
        for town in towns
    )


def _may_be_one(one: Actor, other: Actor) -> bool:
    """Whether two actors are of one side, or both only described: "militants", "fighters"."""
    described = one.id.startswith("text:") and other.id.startswith("text:")
    return described or one.is_with(other)


def _is_of_country(area: Mention, town: Mention) -> bool:
    """Whether a region that no list of provinces has, "the north of Y", is of a town's country."""
    return area.place.country is not None and area.place.country == town.place.country


def _mention(place: ClaimPlace, known: Mapping[int, Georeference]) -> Mention | None:
    reference = known.get(place.start)
    meant = reference.meant if reference is not None else None
    return Mention(meant, place.start, place.end, place.surface) if meant is not None else None


def _noted(
    sentence: SentenceRecord, kept: Sequence[Claim], dropped: Sequence[Claim]
) -> SentenceRecord:
    def here(claims: Sequence[Claim]) -> bool:
        return any(sentence.start <= c.start < sentence.end for c in claims)

    if sentence.left_off is None and here(dropped) and not here(kept):
        return replace(sentence, left_off=NAMED)
    return sentence
