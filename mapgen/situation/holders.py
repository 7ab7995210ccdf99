"""Who holds a place on a day: one timeline that every output asks.

A place has spells: one for each thing that a baseline or the articles say of its holder, in the
order in which merging puts the reports. Where reports of the same order name different holders, or
where the one report is denied, the spell is contested: it has no holder, whoever is named last.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from mapgen.core.tables.actors import default_table
from mapgen.merging.events import report_order
from mapgen.merging.units import is_area, place_key
from mapgen.model import Kind, Role, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mapgen.model import Actor, Event, Holding, Situation

_CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}
_SAYS_NOTHING = {Standing.DENIED, Standing.UNKNOWN}
_SUREST = (Standing.ASSESSED, Standing.STATED, Standing.CLAIMED, Standing.OUTDATED)


class Basis(StrEnum):
    """What a spell rests on."""

    BASELINE = "baseline"
    ARTICLES = "articles"


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """One holder of one place, from one day to another."""

    place: str
    """Place key, as :func:`mapgen.merging.units.place_key` makes it."""
    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326."""
    holder: str | None
    """Side that holds the place; None where it is contested or nobody is named."""
    standing: Standing
    basis: Basis
    earliest: date | None
    """First day on which the place can have changed hands."""
    since: date | None
    """Day from which the place is known to be held so; None where no day is known."""
    until: date | None = None
    """Day from which the next spell is known to stand; None where that is not known."""
    is_over: bool = False
    """Whether another spell with another holder follows, also on an unknown day."""
    events: tuple[Event, ...] = ()
    """The events that say so, the one that decides first; empty for a baseline."""
    claimants: tuple[str, ...] = ()
    """Sides that are said to hold a contested place."""
    holding: Holding | None = None
    """The row of the baseline."""

    @property
    def is_contested(self) -> bool:
        """Whether sources contradict each other about who holds the place."""
        return self.standing is Standing.CONTESTED

    def is_same(self, other: Spell) -> bool:
        """Whether the same holder goes on holding the place, or the same dispute goes on."""
        return (self.holder, self.is_contested) == (other.holder, other.is_contested)


@dataclass(frozen=True, slots=True)
class HolderTimeline:
    """The spells of every place, in order."""

    spells: Mapping[str, tuple[Spell, ...]]
    _turns: Mapping[str, tuple[Spell, int]] = field(default_factory=dict)

    def now(self, key: str) -> Spell | None:
        """Return the last spell of a place: who holds it on the day of the picture."""
        own = self.spells.get(key)
        return own[-1] if own else None

    def current(self) -> tuple[Spell, ...]:
        """Return the last spell of each place, in the order of the keys."""
        return tuple(self.spells[key][-1] for key in sorted(self.spells))

    def on(self, key: str, day: date) -> Spell | None:
        """Return who is known to hold a place on a day.

        A spell without a day stands on every day until the next one. None is returned where
        nothing is known of the place yet.
        """
        begun = [s for s in self.spells.get(key, ()) if s.since is None or s.since <= day]
        return begun[-1] if begun else None

    def perhaps(self, key: str, day: date) -> Spell | None:
        """Return the next spell if it can have begun by a day, though it is not known to have."""
        later = [s for s in self.spells.get(key, ()) if s.since is not None and s.since > day]
        return next((s for s in later if s.earliest is not None and s.earliest <= day), None)

    def spell_of(self, event: Event) -> Spell | None:
        """Return the spell that an event belongs to; None where it says nothing of a holder."""
        found = self._turns.get(event.id)
        return found[0] if found else None

    def turn_of(self, event: Event) -> int:
        """Return the number of an event in the timeline of its place: the highest one is newest."""
        return self._turns[event.id][1]

    def is_contested_now(self, event: Event) -> bool:
        """Whether an event says who holds a place of which sources now contradict each other."""
        spell = self.spell_of(event)
        last = self.now(spell.place) if spell is not None else None
        return last is not None and last.is_contested

    def before(self, event: Event) -> str | None:
        """Return who held the place of an event before, as far as it is known to be another."""
        own = self.spells.get(place_key(event.places[0]), ())
        spell = self.spell_of(event)
        if spell is not None:
            earlier = own[: own.index(spell)]
        else:
            earlier = own[:-1] if own and own[-1].events else own
        side = None if spell is not None and spell.is_contested else side_of_actor(event.actor)
        known = [s.holder for s in earlier if s.holder is not None and s.holder != side]
        return known[-1] if known else None

    def was_taken(self, spell: Spell) -> bool:
        """Whether the holder of a spell took the place since the articles begin."""
        own = self.spells[spell.place]
        run: list[Spell] = []
        for earlier in reversed(own[: own.index(spell) + 1]):
            if not earlier.is_same(spell):
                break
            run.append(earlier)
        return any(e.kind is Kind.CONTROL_CHANGE for s in run for e in s.events)


def side_of_actor(actor: Actor | None) -> str | None:
    """Return the side of an actor, or the actor itself when it has none."""
    return None if actor is None else (actor.side or actor.id)


def side_of_holder(holder: str) -> str:
    """Return the side of a holder in a baseline, or the holder itself when it is in no table."""
    party = next((p for p in default_table().parties if p.id == holder), None)
    return party.side if party else holder


def is_control_sign(event: Event) -> bool:
    """Whether an event says who holds a place that is drawn as a point."""
    place = event.places[0]
    return event.kind in _CONTROL and place.role is Role.AT and not is_area(place)


def day_of(event: Event) -> date | None:
    """Return the day from which an event stands: the last day it can have happened."""
    return event.latest or event.earliest


def is_after(event: Event, as_of: date | None) -> bool:
    """Whether an event lies wholly after the day of the picture."""
    first = event.earliest
    return as_of is not None and first is not None and first > as_of


def holder_timeline(situation: Situation) -> HolderTimeline:
    """Return who holds each place when, by the baseline and the events of a situation.

    Denied events, and what happened after the day of the picture, change no holder; nor does a
    threat, a siege or a withdrawal, until somebody is said to hold the place.
    """
    found: dict[str, list[Spell]] = {row.place_id: [_of_row(row)] for row in situation.baseline}
    articles = {a.id: a for a in situation.extraction.articles}
    told: dict[str, list[Event]] = {}
    for event in situation.events:
        place = event.places[0]
        if (
            is_control_sign(event)
            and event.standing not in _SAYS_NOTHING
            and not is_after(event, situation.as_of)
            and place.lat is not None
            and place.lon is not None
        ):
            told.setdefault(place_key(place), []).append(event)
    for key, events in told.items():
        events.sort(key=lambda e: (report_order(e, articles), _weight(e)))
        groups = groupby(events, key=lambda e: report_order(e, articles))
        found.setdefault(key, []).extend(_joined([_of_events(key, list(g)) for _, g in groups]))
    spells = {key: _with_ends(own) for key, own in found.items()}
    turns: dict[str, tuple[Spell, int]] = {}
    for own in spells.values():
        # The event that decides has the highest number of its spell.
        order = [(spell, event) for spell in own for event in reversed(spell.events)]
        turns |= {event.id: (spell, n) for n, (spell, event) in enumerate(order)}
    return HolderTimeline(spells, turns)


def _weight(event: Event) -> tuple[int, bool, str]:
    """Return a key that puts the surest event first, of two a change of hands."""
    sure = _SUREST.index(event.standing) if event.standing in _SUREST else len(_SUREST)
    return sure, event.kind is not Kind.CONTROL_CHANGE, event.id


def _of_row(row: Holding) -> Spell:
    return Spell(
        place=row.place_id,
        lat=row.lat,
        lon=row.lon,
        holder=side_of_holder(row.holder),
        standing=Standing.STATED,
        basis=Basis.BASELINE,
        earliest=row.as_of,
        since=row.as_of,
        holding=row,
    )


def _of_events(key: str, events: list[Event]) -> Spell:
    """Return the spell of events of the same order: contested when they differ."""
    sides = {side_of_actor(e.actor) for e in events}
    disputed = len(sides) > 1 or any(e.standing is Standing.CONTESTED for e in events)
    days = [d for d in map(day_of, events) if d is not None]
    firsts = [e.earliest for e in events if e.earliest is not None]
    first = events[0]
    place = first.places[0]
    return Spell(
        place=key,
        lat=place.lat or 0.0,  # both known: the caller has checked
        lon=place.lon or 0.0,
        holder=None if disputed else side_of_actor(first.actor),
        standing=Standing.CONTESTED if disputed else first.standing,
        basis=Basis.ARTICLES,
        earliest=min(firsts, default=None) if disputed else first.earliest,
        since=min(days, default=None) if disputed else day_of(first),
        events=tuple(events),
        claimants=tuple(sorted(s for s in sides if s is not None)) if disputed else (),
    )


def _joined(spells: list[Spell]) -> list[Spell]:
    """Join disputes that follow each other: a contested place is one record."""
    found: list[Spell] = []
    for disputed, group in groupby(spells, key=lambda s: s.is_contested):
        own = list(group)
        if disputed and len(own) > 1:
            own = [_of_events(own[0].place, [e for s in own for e in s.events])]
        found.extend(own)
    return found


def _with_ends(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Give each spell the day on which the next one is known to stand."""
    own = list(spells)
    following = [*own[1:], None]
    return tuple(
        spell
        if after is None
        else replace(spell, until=after.since, is_over=not spell.is_same(after))
        for spell, after in zip(own, following, strict=True)
    )
