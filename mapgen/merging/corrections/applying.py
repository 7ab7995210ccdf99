"""Apply an analyst's corrections to claims, and report them wherever they change the map.

The claims as coded never change: each decision keeps the original. A row that matches nothing is
reported. Rows are matched against the original claims, so their order does not matter. If two rows
decide the same thing, the later day wins, then the more exact target, then the later row.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapgen.core.told import listed, say
from mapgen.core.words import capital, count_word, day_text, fold, joined, unique
from mapgen.merging.certain_enough import certain_enough
from mapgen.merging.corrections.rows import (
    Action,
    CorrectedFigure,
    CorrectedPoint,
    Correction,
    Days,
    Field,
    Target,
)
from mapgen.merging.corrections.wording import (
    bounds_text,
    overruled_text,
    put_at,
    unmatched_text,
    words_of,
)
from mapgen.merging.events import situation_of
from mapgen.merging.units import is_located, place_key, units_of
from mapgen.model import OF_DISPLACED, Actor, Claim, Decision, Kind, Quantity, Role, Status, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mapgen.model import ClaimPlace, Event, Extraction, Holding, Situation

# What a row decides in a claim: a field and, for places, the index of the mention (else -1).
_Slot = tuple[str, int]
_WHOLE = -1
_EXACTNESS = {Target.PLACE: 0, Target.EVENT: 1, Target.CLAIM: 2}


@dataclass(frozen=True, slots=True)
class Corrected:
    """Corrected claims, including those off the map (see ``Decision.is_off``)."""

    extraction: Extraction
    decisions: tuple[Decision, ...]
    unmatched: tuple[tuple[Correction, str], ...]  # each with the reason
    overruled: tuple[tuple[Correction, Correction], ...]  # the second won over the first


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A claim as corrected so far; ``places`` keeps the indices of the original mentions."""

    claim: Claim
    places: tuple[ClaimPlace | None, ...]
    is_off: bool
    decisions: tuple[Decision, ...] = ()
    overruled: tuple[tuple[Correction, Correction], ...] = ()


def situation_with(
    extraction: Extraction,
    corrections: Sequence[Correction],
    *,
    as_of: date | None = None,
    title: str | None = None,
    baseline: tuple[Holding, ...] = (),
    least: float = 0.0,
) -> Situation:
    """Merge corrected claims into a situation that records the decisions.

    Parameters
    ----------
    extraction
        Articles, sentences and claims.
    corrections
        Corrections from :func:`read_corrections`.
    as_of, title, baseline
        As for :func:`mapgen.merging.events.situation_of`.
    least
        Certainty below which claims are kept off the map, unless an analyst accepted them.

    Returns
    -------
    Situation
        The situation, with the decisions and notes on corrections that had no effect.
    """
    if not corrections:
        extraction = certain_enough(extraction, least)
        return situation_of(extraction, as_of=as_of, title=title, baseline=baseline)
    made = apply_corrections(extraction, corrections)
    accepted = {d.claim for d in made.decisions if d.action == "accept"}
    made = replace(made, extraction=certain_enough(made.extraction, least, accepted))
    situation = situation_of(
        _on_the_map(made.extraction, {d.claim for d in made.decisions if d.is_off}),
        as_of=as_of,
        title=title,
        baseline=baseline,
    )
    notes = [unmatched_text(c, reason) for c, reason in made.unmatched]
    notes += [overruled_text(*pair) for pair in made.overruled]
    return replace(
        situation,
        extraction=made.extraction,
        events=tuple(_accepted(e, made.decisions) for e in situation.events),
        decisions=made.decisions,
        correction_notes=tuple(notes),
    )


def apply_corrections(extraction: Extraction, corrections: Sequence[Correction]) -> Corrected:
    """Apply corrections to claims.

    The id of an event follows from its claims. A correction may give the id from the map without
    corrections, or from the map after the other corrections.

    Parameters
    ----------
    extraction
        Articles, sentences and claims.
    corrections
        Corrections from :func:`read_corrections`.

    Returns
    -------
    Corrected
        The corrected claims, the decisions, and the corrections without effect.
    """
    work = _Application(extraction)
    for correction in corrections:
        if correction.target is Target.CLAIM:
            known = [correction.target_id] if correction.target_id in work.outcomes else []
            work.reach(correction, known, frozenset())
        elif correction.target is Target.PLACE:
            work.reach(correction, _naming(extraction.claims, correction.target_id), frozenset())
    work.reach_events([c for c in corrections if c.target is Target.EVENT])
    done = [work.outcomes[c.id] for c in extraction.claims]
    pairs = {(a.row, b.row): (a, b) for o in done for a, b in o.overruled}
    return Corrected(
        replace(extraction, claims=tuple(o.claim for o in done)),
        tuple(d for o in done for d in o.decisions),
        tuple(sorted(work.failed, key=lambda f: f[0].row)),
        tuple(pairs[rows] for rows in sorted(pairs)),
    )


class _Application:
    """The application of corrections to claims, in progress."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.cast = _cast(extraction.claims)
        self.outcomes = {c.id: _Outcome(c, c.places, is_off=False) for c in extraction.claims}
        self.edits: dict[str, list[tuple[Correction, _Slot]]] = defaultdict(list)
        self.failed: list[tuple[Correction, str]] = []

    def reach(self, correction: Correction, ids: Iterable[str], keys: frozenset[str]) -> None:
        """Record what a correction changes in claims; it fails if it changes none of them."""
        reasons = []
        for claim_id in sorted(ids):
            try:
                slots = _slots(correction, self.outcomes[claim_id], keys, self.cast)
            except ValueError as err:
                reasons.append(str(err))
            else:
                self.edits[claim_id].extend((correction, slot) for slot in slots)
                reasons.append("")
        if all(reasons):
            self.failed.append((correction, next(iter(reasons), _UNKNOWN_ID)))

    def reach_events(self, waiting: list[Correction]) -> None:
        """Apply corrections of events, rebuilding the events until no further id is found."""
        first = True
        while waiting:
            events = self._events()
            found = [c for c in waiting if c.target_id in events]
            if not found and not first:
                break
            for correction in found:
                self.reach(correction, *_own(events[correction.target_id]))
            waiting = [c for c in waiting if c.target_id not in events]
            self._correct()
            first = False
        self._correct()
        self.failed += [(c, _UNKNOWN_ID) for c in waiting]

    def _events(self) -> dict[str, Event]:
        """Return the events of the claims as corrected so far, by id."""
        off = {i for i, o in self.outcomes.items() if o.is_off}
        claims = tuple(self.outcomes[c.id].claim for c in self.extraction.claims)
        made = situation_of(_on_the_map(replace(self.extraction, claims=claims), off))
        return {e.id: e for e in made.events}

    def _correct(self) -> None:
        """Recompute the outcomes from the original claims and all recorded edits."""
        for c in self.extraction.claims:
            self.outcomes[c.id] = _corrected(c, self.edits[c.id], self.cast)


_UNKNOWN_ID = "no claim, event or place has this id"


def _on_the_map(extraction: Extraction, off: set[str]) -> Extraction:
    return replace(extraction, claims=tuple(c for c in extraction.claims if c.id not in off))


def _naming(claims: Iterable[Claim], place_id: str) -> list[str]:
    return [c.id for c in claims if any(p.place_id == place_id for p in c.places)]


def _own(event: Event) -> tuple[list[str], frozenset[str]]:
    """Return the ids of the claims that state an event, and the keys of its places."""
    keys = frozenset(place_key(p) for p in event.places)
    # Denials and vaguer reports are quoted with the event but do not state it.
    own = [c.id for c in event.claims if c.status.is_current and _names_any(c, keys)]
    return own, keys


def _names_any(claim: Claim, keys: frozenset[str]) -> bool:
    return any(place_key(p) in keys for p in claim.places)


def _cast(claims: Iterable[Claim]) -> dict[str, Actor]:
    """Return the actors of all claims, by id and by name."""
    actors = {a for c in claims for a in (c.actor, c.from_actor) if a is not None}
    ordered = sorted(actors, key=lambda a: (a.id, a.name), reverse=True)
    return {key: a for a in ordered for key in (fold(a.name), a.id)}


def _known_actor(actor: Actor | None, cast: Mapping[str, Actor]) -> Actor | None:
    """Replace an actor given in words with the actor of that name in the claims, if any."""
    if actor is None or not actor.id.startswith("text:"):
        return actor
    return cast.get(actor.id) or cast.get(fold(actor.name)) or actor


def _slots(
    correction: Correction,
    outcome: _Outcome,
    keys: frozenset[str],
    cast: Mapping[str, Actor],
) -> list[_Slot]:
    """Return what a row decides in a claim.

    Raises
    ------
    ValueError
        If the row cannot apply to the claim. The message says why.
    """
    places, field = outcome.places, correction.field
    if correction.target is Target.PLACE:
        same = (i for i, p in enumerate(places) if p and p.place_id == correction.target_id)
        return [("place", i) for i in same]
    if correction.action is not Action.SET:
        return [("keep", i) for i in _part(outcome, keys)] or [("decision", _WHOLE)]
    if field in {Field.PLACE, Field.ROLE}:
        return [(field.value, i) for i in _mentions(correction.which, places, keys)]
    new = correction.new
    if isinstance(new, CorrectedFigure) and new.unit is None and _unit(outcome.claim) is None:
        msg = "the claim has no figure yet: write people, families, killed or injured after it"
        raise ValueError(msg)
    if isinstance(new, Actor) and new.id == new.name and new.id not in cast:
        msg = "no claim names an actor with this id"
        raise ValueError(msg)
    return [(field.value if field else "", _WHOLE)]


def _part(outcome: _Outcome, keys: frozenset[str]) -> list[int]:
    """Return the mentions of an event's places if the claim reports other events too."""
    units = units_of(outcome.claim, None)
    others = [u for u in units if not any(place_key(p) in keys for p in u.places)]
    if not keys or not others:
        return []
    return [i for i, p in enumerate(outcome.places) if p and place_key(p) in keys]


def _mentions(
    which: str | None, places: Sequence[ClaimPlace | None], keys: frozenset[str]
) -> list[int]:
    named = [(i, p) for i, p in enumerate(places) if p is not None]
    if which is not None:
        words = {fold(which)}
        named = [
            (i, p)
            for i, p in named
            if which == p.place_id or words & {fold(p.surface), fold(p.name or p.surface)}
        ]
    elif keys:
        named = [(i, p) for i, p in named if place_key(p) in keys]
    if not named:
        msg = "the claim does not name that place" if which else "the claim names no place"
        raise ValueError(msg)
    if which is None and len({place_key(p) for _, p in named}) > 1:
        msg = "it names several places: write which one, as OLD -> NEW"
        raise ValueError(msg)
    return [i for i, _ in named]


def _rank(correction: Correction) -> tuple[date, int, int]:
    return correction.on, _EXACTNESS[correction.target], correction.row


def _corrected(
    claim: Claim, edits: Sequence[tuple[Correction, _Slot]], cast: Mapping[str, Actor]
) -> _Outcome:
    """Apply all edits to one claim."""
    winners: dict[_Slot, Correction] = {}
    overruled = []
    for correction, slot in sorted(edits, key=lambda e: _rank(e[0])):
        if slot in winners:
            overruled.append((winners[slot], correction))
        winners[slot] = correction
    places = tuple(_place(p, i, winners) for i, p in enumerate(claim.places))
    changed = replace(claim, places=tuple(p for p in places if p is not None))
    for (name, at), correction in winners.items():
        if at == _WHOLE and correction.action is Action.SET:
            changed = _with(changed, name, correction, cast)
    decided = winners.get(("decision", _WHOLE))
    rejected = decided is not None and decided.action is Action.REJECT
    lost = None in places and not any(map(is_located, changed.places))
    by_row: dict[int, list[_Slot]] = defaultdict(list)
    for slot, correction in winners.items():
        by_row[correction.row].append(slot)
    rows = {c.row: c for c in winners.values()}
    decisions = tuple(
        _decision(claim, changed, c, by_row[c.row], is_off=lost or c is decided)
        for c in sorted(rows.values(), key=lambda c: (c.on, c.target_id, c.field or "", c.row))
    )
    return _Outcome(changed, places, rejected or lost, decisions, tuple(overruled))


def _decision(
    claim: Claim, changed: Claim, correction: Correction, slots: Sequence[_Slot], *, is_off: bool
) -> Decision:
    """Return the record of what a correction changed in a claim.

    ``is_off`` says whether a rejection of this correction takes the claim off the map.
    """
    words = unique(
        words_of(claim, changed, correction, name, None if i == _WHOLE else i) for name, i in slots
    )
    return Decision(
        row=correction.row,
        claim=claim.id,
        original=claim,
        target=correction.target.value,
        action=correction.action.value,
        words=joined(words),
        by=correction.by,
        why=correction.why,
        on=correction.on,
        about=tuple(place_key(claim.places[i]) for name, i in slots if name == "keep"),
        is_off=correction.action is Action.REJECT and is_off,
    )


def _place(place: ClaimPlace, i: int, winners: Mapping[_Slot, Correction]) -> ClaimPlace | None:
    kept, put, role = (winners.get((name, i)) for name in ("keep", "place", "role"))
    if any(c is not None and c.action is Action.REJECT for c in (kept, put)):
        return None
    if role is not None and isinstance(role.new, Role):
        place = replace(place, role=role.new)
    if put is None or not isinstance(put.new, CorrectedPoint):
        return place
    return put_at(place, put.new)


def _unit(claim: Claim) -> str | None:
    if claim.quantity is not None:
        return claim.quantity.unit
    return "people" if claim.kind in OF_DISPLACED else None


def _with(claim: Claim, name: str, correction: Correction, cast: Mapping[str, Actor]) -> Claim:
    """Return a claim with one field set."""
    new = correction.new
    if name in {Field.ACTOR, Field.FROM_ACTOR}:
        actor = _known_actor(new if isinstance(new, Actor) else None, cast)
        return replace(claim, actor=actor) if name == "actor" else replace(claim, from_actor=actor)
    if isinstance(new, Kind):
        return replace(claim, kind=new)
    if isinstance(new, Status):
        return replace(claim, status=new)
    if isinstance(new, Days):
        # No words, as the page would show them as a quote. "stated", as the analyst states the day.
        return replace(claim, date=When(start=new.start, end=new.end, words="", basis="stated"))
    if isinstance(new, CorrectedFigure):
        unit = new.unit or _unit(claim) or "people"
        best = new.low if new.low == new.high else None
        # In square brackets, as editors mark words that are not in the source.
        words = f"[{bounds_text(new.low, new.high)}] {unit}"
        quantity = Quantity(low=new.low, high=new.high, best=best, unit=unit, words=words)
        return replace(claim, quantity=quantity)
    return replace(claim, date=None) if name == Field.DATE else replace(claim, quantity=None)


def _accepted(event: Event, decisions: Iterable[Decision]) -> Event:
    """Add to the rule of an event that an analyst accepted it; its standing does not change."""
    own, keys = _own(event)
    found = [
        d
        for d in decisions
        if d.action == Action.ACCEPT
        and d.target != Target.PLACE
        and d.claim in own
        and (not d.about or keys & set(d.about))
    ]
    if not found:
        return event
    n = len({d.claim for d in found})
    who = joined(unique(say("by {who} on {day}", who=d.by, day=day_text(d.on)) for d in found))
    if n == len(own):
        told = say("Accepted {who}.", who=who)
    else:
        told = say("{n} of its claims accepted {who}.", n=capital(count_word(n)), who=who)
    return replace(event, rule=listed([event.rule, told], "space"))
