"""Work out who holds a place on a day, in one timeline that all outputs use.

A baseline and events come in; a `HolderTimeline` goes out. Each place has a sequence of spells, one
for each report of a holder, in the order in which merging sorts the reports. If reports of equal
order name different holders, or if the only report is denied, the spell is contested and has no
holder.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from mapgen.core.tables.actors import default_table
from mapgen.merging.events import report_order
from mapgen.merging.units import place_key
from mapgen.model import Kind, Role, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mapgen.model import Actor, Event, Holding, Situation

_CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}
_SAYS_NOTHING = {Standing.DENIED, Standing.UNKNOWN}
_SUREST = (Standing.ASSESSED, Standing.STATED, Standing.CLAIMED, Standing.OUTDATED)


class Basis(StrEnum):
    """Kind of evidence for a spell."""

    BASELINE = "baseline"
    ARTICLES = "articles"


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """A period in which a place has the same holder."""

    place: str
    """Place key, from :func:`mapgen.merging.units.place_key`."""
    lat: float
    """Degrees, EPSG:4326."""
    lon: float
    """Degrees, EPSG:4326."""
    holder: str | None
    """Side that holds the place; None if it is contested or no party is named."""
    standing: Standing
    basis: Basis
    earliest: date | None
    """First day on which the place can have changed hands."""
    since: date | None
    """Day from which the holder is known; None if no day is known."""
    until: date | None = None
    """Day from which the next spell is known to apply; None if it is not known."""
    is_over: bool = False
    """Whether a spell with another holder follows, even if its day is unknown."""
    events: tuple[Event, ...] = ()
    """Events that the spell rests on, the decisive one first; empty for a baseline."""
    claimants: tuple[str, ...] = ()
    """Sides that are said to hold a contested place."""
    holding: Holding | None = None
    """Row of the baseline, if the spell rests on one."""

    @property
    def is_contested(self) -> bool:
        """Whether sources contradict each other about who holds the place, or call it contested."""
        return self.standing is Standing.CONTESTED

    def is_same(self, other: Spell) -> bool:
        """Whether another spell has the same holder, or continues the same dispute."""
        return (self.holder, self.is_contested) == (other.holder, other.is_contested)


@dataclass(frozen=True, slots=True)
class HolderTimeline:
    """The spells of each place, in order.

    Parameters
    ----------
    spells
        Spells by place key, from :func:`mapgen.merging.units.place_key`.
    """

    spells: Mapping[str, tuple[Spell, ...]]
    _turns: Mapping[str, tuple[Spell, int]] = field(default_factory=dict)

    def now(self, key: str) -> Spell | None:
        """Return the last spell of a place, which applies on the day of the map, or None."""
        own = self.spells.get(key)
        return own[-1] if own else None

    def current(self) -> tuple[Spell, ...]:
        """Return the last spell of each place, sorted by place key."""
        return tuple(self.spells[key][-1] for key in sorted(self.spells))

    def on(self, key: str, day: date) -> Spell | None:
        """Return the spell that is known to apply to a place on a day.

        Parameters
        ----------
        key
            Place key.
        day
            Any day. A spell without a day applies from the beginning.

        Returns
        -------
        Spell or None
            The spell, or None if nothing is known about the place yet.
        """
        begun = [s for s in self.spells.get(key, ()) if s.since is None or s.since <= day]
        return begun[-1] if begun else None

    def perhaps(self, key: str, day: date) -> Spell | None:
        """Return the next spell of a place if it may already have begun on a day, or None."""
        later = [s for s in self.spells.get(key, ()) if s.since is not None and s.since > day]
        return next((s for s in later if s.earliest is not None and s.earliest <= day), None)

    def spell_of(self, event: Event) -> Spell | None:
        """Return the spell that an event belongs to, or None if the event decides no holder."""
        found = self._turns.get(event.id)
        return found[0] if found else None

    def turn_of(self, event: Event) -> int:
        """Return the number of an event in the timeline of its place, the highest being newest.

        Raises
        ------
        KeyError
            If the event belongs to no spell.
        """
        return self._turns[event.id][1]

    def is_contested_now(self, event: Event) -> bool:
        """Whether an event names the holder of a place that is contested on the day of the map."""
        spell = self.spell_of(event)
        last = self.now(spell.place) if spell is not None else None
        return last is not None and last.is_contested

    def before(self, event: Event) -> str | None:
        """Return the side that last held the place of an event before it, if another did."""
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
        """Whether articles report that the holder of a spell took the place."""
        own = self.spells[spell.place]
        run: list[Spell] = []
        for earlier in reversed(own[: own.index(spell) + 1]):
            if not earlier.is_same(spell):
                break
            run.append(earlier)
        return any(e.kind is Kind.CONTROL_CHANGE for s in run for e in s.events)


def side_of_actor(actor: Actor | None) -> str | None:
    """Return the id of an actor's side, or of the actor itself if it has no side."""
    return None if actor is None else (actor.side or actor.id)


def side_of_holder(holder: str) -> str:
    """Return the id of a baseline holder's side, or of the holder itself if it is not listed."""
    party = next((p for p in default_table().parties if p.id == holder), None)
    return party.side if party else holder


def is_control_sign(event: Event) -> bool:
    """Whether an event says who holds a place that is drawn as a point."""
    place = event.places[0]
    return event.kind in _CONTROL and place.role is Role.AT and not place.is_area


def day_of(event: Event) -> date | None:
    """Return the day from which an event is shown, the last on which it can have happened."""
    return event.latest or event.earliest


def is_after(event: Event, as_of: date | None) -> bool:
    """Whether an event can only have happened after the day of the map."""
    first = event.earliest
    return as_of is not None and first is not None and first > as_of


def holder_timeline(situation: Situation) -> HolderTimeline:
    """Make the timeline of holders from the baseline and the events of a situation.

    Events that are denied or that happened after the day of the map change no holder. Nor does a
    threat, a siege or a withdrawal, until a report says who holds the place.
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
        # The decisive event has the highest number in its spell.
        order = [(spell, event) for spell in own for event in reversed(spell.events)]
        turns |= {event.id: (spell, n) for n, (spell, event) in enumerate(order)}
    return HolderTimeline(spells, turns)


def _weight(event: Event) -> tuple[int, bool, str]:
    """Return a key that sorts the surest event first, and changes of hands before states."""
    sure = _SUREST.index(event.standing) if event.standing in _SUREST else len(_SUREST)
    return sure, event.kind is not Kind.CONTROL_CHANGE, event.id


def _of_row(row: Holding) -> Spell:
    """Make the spell for a row of a baseline."""
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
    """Make the spell for events of equal order, which is contested if they disagree."""
    sides = {side_of_actor(e.actor) for e in events}
    disputed = len(sides) > 1 or any(e.standing is Standing.CONTESTED for e in events)
    days = [d for d in map(day_of, events) if d is not None]
    firsts = [e.earliest for e in events if e.earliest is not None]
    first = events[0]
    place = first.places[0]
    return Spell(
        place=key,
        lat=place.lat or 0.0,  # the caller has checked that both are known
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
    """Join consecutive contested spells into one."""
    found: list[Spell] = []
    for disputed, group in groupby(spells, key=lambda s: s.is_contested):
        own = list(group)
        if disputed and len(own) > 1:
            own = [_of_events(own[0].place, [e for s in own for e in s.events])]
        found.extend(own)
    return found


def _with_ends(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Set the end of each spell to the day from which the next one is known to apply."""
    own = list(spells)
    following = [*own[1:], None]
    return tuple(
        spell
        if after is None
        else replace(spell, until=after.since, is_over=not spell.is_same(after))
        for spell, after in zip(own, following, strict=True)
    )
