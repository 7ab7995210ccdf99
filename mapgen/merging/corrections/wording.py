"""Describe corrections in words, for cards, the list of claims off the map, and notes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.core.words import capital, day_text, fold, is_proper, quoted, unique
from mapgen.merging.corrections.rows import Action, CorrectedPoint, Correction, Field
from mapgen.model import Claim, ClaimPlace, Decision, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable


def decision_text(decision: Decision) -> str:
    """Return a text that says what was decided, by whom, when and why."""
    words = f"{capital(decision.words)} by {decision.by} on {day_text(decision.on)}"
    return f"{words}: {decision.why}"


def counted(decisions: Iterable[Decision]) -> str:
    """Return ``3 corrections by A. Analyst, 1 by B. Analyst``; empty for none."""
    rows: dict[str, set[int]] = defaultdict(set)
    for decision in decisions:
        rows[decision.by].add(decision.row)
    order = sorted(rows, key=lambda by: (-len(rows[by]), by))
    parts = [f"{len(rows[by])} by {by}" for by in order]
    if parts:
        n, rest = parts[0].split(" ", 1)
        parts[0] = f"{n} {'correction' if n == '1' else 'corrections'} {rest}"
    return ", ".join(parts)


def words_of(old: Claim, new: Claim, correction: Correction, field: str, at: int | None) -> str:
    """Return what a row did, such as ``place changed from Alba to Bero``.

    Parameters
    ----------
    old, new
        The claim as coded and as corrected.
    correction
        The correction in the row.
    field
        Name of the field that it decides.
    at
        Index of the place that it decides, or ``None`` for the whole claim.

    Returns
    -------
    str
        The words, without a capital or a full stop.
    """
    if correction.action is not Action.SET:
        done = f"{correction.action.value}ed"
        return done if at is None else f"place {_called(old.places[at])} {done}"
    name = field.replace("_", " ")
    if at is None:
        before, after = _shown(old, field), _shown(new, field)
    elif isinstance(correction.new, CorrectedPoint):
        was = old.places[at]
        now = put_at(was, correction.new)
        before, after = _called(was), _called(now)
        if was.place_id == now.place_id:
            before = after
        if before == after and was.place_id != now.place_id:  # namesakes
            before, after = f"{before} ({was.place_id or 'not found'})", f"{after} ({now.place_id})"
    else:
        name = f"role of {_called(old.places[at])}"
        before, after = old.places[at].role.value, str(correction.new)
    if before == after:
        return f"{name} kept as {after}"
    return f"{name} changed from {before} to {after}"


def put_at(place: ClaimPlace, spot: CorrectedPoint) -> ClaimPlace:
    """Return a place of a claim, moved to the location that an analyst gives.

    Parameters
    ----------
    place
        Place of a claim.
    spot
        Corrected location.

    Returns
    -------
    ClaimPlace
        The place with the new location. It keeps the spelling of the article unless the new
        location has another name.
    """
    precision = spot.precision
    if precision is None:
        is_point = place.precision is not None and not place.precision.is_area
        precision = place.precision if is_point else Precision.SITE
    # The map uses the spelling of the article, unless it is the name of another place.
    own = spot.name is None or fold(place.surface) in spot.names
    return replace(
        place,
        surface=place.surface if own else spot.shown or place.surface,
        place_id=spot.place_id,
        name=spot.name or place.name,
        lat=spot.lat,
        lon=spot.lon,
        precision=precision,
    )


def _called(place: ClaimPlace) -> str:
    """Return a place as spelt in the article; "the city" is followed by its resolved name."""
    if place.name is None or is_proper(place.surface, place.name):
        return place.surface
    return f"{quoted(place.surface)} ({place.name})"


def _shown(claim: Claim, name: str) -> str:
    """Return the value of a field in words."""
    if name in {Field.ACTOR, Field.FROM_ACTOR}:
        actor = claim.actor if name == Field.ACTOR else claim.from_actor
        return actor.name if actor else "nobody named"
    if name == Field.KIND:
        return claim.kind.value.replace("_", " ")
    if name == Field.STATUS:
        return claim.status.value
    if name == Field.DATE:
        if claim.date is None:
            return "no date"
        days = unique(day_text(d) for d in (claim.date.start, claim.date.end) if d is not None)
        told = " to ".join(days)
        return f"{quoted(claim.date.words)} ({told})" if claim.date.words else told
    if claim.quantity is None:
        return "no figure"
    figure = claim.quantity
    told = f"{bounds_text(figure.low, figure.high)} {figure.unit}"
    return told if figure.words.startswith("[") else f"{quoted(figure.words)} ({told})"


def bounds_text(low: int | None, high: int | None) -> str:
    """Return ``1,000 to 2,000``, ``1,000 or more``, ``up to 2,000``.

    Parameters
    ----------
    low, high
        The bounds, of which at most one is None.
    """
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _told(correction: Correction) -> str:
    what = f"{correction.action.value} {correction.field or ''}".strip()
    return f"row {correction.row} ({what} of {correction.target.value} {correction.target_id}"


def unmatched_text(correction: Correction, reason: str) -> str:
    """Report a row that matches nothing, without its value, which may name a hidden town.

    Parameters
    ----------
    correction
        The row.
    reason
        Why the row had no effect.
    """
    who = f"by {correction.by} on {correction.on}"
    return f"Correction had no effect: {_told(correction)}, {who}): {reason}."


def overruled_text(first: Correction, second: Correction) -> str:
    """Report a row that was overruled by a second one.

    Parameters
    ----------
    first
        The row that was overruled.
    second
        The row that won over it.
    """
    who = f"by {second.by} on {second.on}"
    return f"Correction overruled: {_told(first)}) by the one in row {second.row}, {who}."
