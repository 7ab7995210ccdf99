"""Merge the claims of all articles into events, and events into a situation.

Merging never adds up figures, never drops a claim and does not depend on the order of articles.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from mapgen.core.told import listed, lower_first, say
from mapgen.core.words import is_proper, joined
from mapgen.merging.baseline import read_baseline
from mapgen.merging.denials import Denials
from mapgen.merging.event_figures import figures_of
from mapgen.merging.parties_meant import with_parties_meant
from mapgen.merging.reprints import near_duplicates
from mapgen.merging.standing import StandingVerdict, spoken_by, standing_of
from mapgen.merging.units import (
    Unit,
    fineness,
    group,
    place_key,
    units_of,
)
from mapgen.merging.vague_places import attach_vague
from mapgen.model import (
    Claim,
    ClaimPlace,
    Event,
    Extraction,
    Kind,
    Role,
    Situation,
    Standing,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.model import Actor, Article, Holding

__all__ = ["read_baseline", "situation_of"]

_ROLE_ORDER = {Role.AT: 0, Role.ORIGIN: 1, Role.DESTINATION: 2, Role.NEAR: 3, Role.REGION: 4}
# When claims of several kinds report one event, the most specific kind names it.
_KIND_ORDER = {Kind.CONTROL_CHANGE: 0, Kind.ADVANCE: 2, Kind.THREAT: 1, Kind.CONTROL_STATE: 3}


@dataclass(frozen=True, slots=True)
class _Context:
    """What merging needs in addition to the claims."""

    articles: Mapping[str, Article]
    originals: Mapping[str, str]
    denials: Denials
    spelling: Mapping[str, str]  # place key to the most frequent spelling


def situation_of(
    extraction: Extraction,
    *,
    as_of: date | None = None,
    title: str | None = None,
    baseline: tuple[Holding, ...] = (),
) -> Situation:
    """Merge claims into events, and return the situation on a day.

    Parameters
    ----------
    extraction
        Articles, sentences and claims.
    as_of
        Day of the situation. By default the latest day of publication, else the latest day that
        the articles state.
    title
        Headline of the map.
    baseline
        Earlier holders of places, from :func:`read_baseline`.

    Returns
    -------
    Situation
        Events sorted by kind and place, with notes on articles that count as one source.
    """
    articles = {a.id: a for a in extraction.articles}
    claims = with_parties_meant(extraction.claims)
    context = _Context(
        articles=articles,
        originals=near_duplicates(extraction.articles, extraction.sentences),
        denials=Denials((c for c in claims if c.status is Status.NEGATED), articles),
        spelling=_spelling(claims),
    )
    events = _superseded(_events(replace(extraction, claims=claims), context), context)
    day, basis = _as_of(extraction, as_of)
    notes = [
        f"{name} prints nearly the same text as {original}, so the two count as one source."
        for name, original in sorted(context.originals.items())
        if name != original
    ]
    return Situation(
        as_of=day,
        as_of_basis=basis,
        title=title,
        extraction=extraction,
        events=tuple(events),
        baseline=baseline,
        notes=tuple(notes),
    )


def _spelling(claims: Iterable[Claim]) -> dict[str, str]:
    """Return the most frequent spelling of each town, to use on the whole map."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        for place in claim.places:
            if fineness(place) == 0 and is_proper(place.surface, place.name):
                counts[place_key(place)][place.surface] += 1
    return {
        key: min((-times, spelling) for spelling, times in found.items())[1]
        for key, found in counts.items()
    }


def _as_of(extraction: Extraction, given: date | None) -> tuple[date | None, str | None]:
    if given is not None:
        return given, "given"
    dated = [a for a in extraction.articles if a.published_on is not None]
    if dated:
        last = max(a.published_on for a in dated if a.published_on is not None)
        bases = {a.published_on_basis for a in dated if a.published_on == last}
        # The most reliable basis among the articles of that day.
        basis = next((b for b in ("printed", "given", "inferred") if b in bases), None)
        return last, basis
    named = [
        c.date.end or c.date.start
        for c in extraction.claims
        if c.status.is_current and c.date is not None and c.date.basis == "stated"
    ]
    days = [d for d in named if d is not None]
    return (max(days), "inferred") if days else (None, None)


def _events(extraction: Extraction, context: _Context) -> list[Event]:
    current = sorted((c for c in extraction.claims if c.status.is_current), key=lambda c: c.id)
    sentence_of = _sentence_keys(current, extraction)
    units: list[Unit] = []
    for claim in current:
        article = context.articles.get(claim.article)
        units.extend(units_of(claim, article.published_on if article else None))
    vague = [u for u in units if u.family == "vague"]
    groups = group([u for u in units if u.family != "vague"], sentence_of)
    attached, left = attach_vague(groups, vague)
    events = [_event(members, attached.get(i, []), context) for i, members in enumerate(groups)] + [
        _event(members, [], context) for members in group(left, sentence_of)
    ]
    return sorted(events, key=lambda e: (e.kind.value, e.places[0].name or "", e.id))


def _sentence_keys(claims: Iterable[Claim], extraction: Extraction) -> dict[str, str]:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for sentence in extraction.sentences:
        spans[sentence.article].append((sentence.start, sentence.end))
    for own in spans.values():
        own.sort()
    keys = {}
    for claim in claims:
        own = spans.get(claim.article, [])
        i = bisect_right(own, claim.start, key=lambda span: span[0]) - 1
        found = own[i][0] if i >= 0 and claim.start < own[i][1] else claim.start
        keys[claim.id] = f"{claim.article}:{found}"
    return keys


def _commonest(actors: Iterable[Actor | None]) -> Actor | None:
    counts = Counter(a for a in actors if a is not None)
    best = sorted(counts.items(), key=lambda kv: (kv[0].side is None, -kv[1], kv[0].id, kv[0].name))
    return best[0][0] if best else None


def _merged_places(units: Sequence[Unit], spelling: Mapping[str, str]) -> tuple[ClaimPlace, ...]:
    """Return one record per place, finest first, with the smallest stated distance."""
    found: dict[str, list[ClaimPlace]] = defaultdict(list)
    for unit in units:
        for place in unit.places:
            found[place_key(place)].append(place)
    merged = []
    for same in found.values():
        best = min(same, key=lambda p: (_ROLE_ORDER[p.role], p.surface, p.start))
        distances = [p.distance_km for p in same if p.distance_km is not None]
        directions = sorted({p.direction for p in same if p.direction})
        merged.append(
            replace(
                best,
                surface=spelling.get(place_key(best), best.surface),
                distance_km=min(distances) if distances else None,
                direction=directions[0] if len(directions) == 1 else None,
            )
        )
    if units[0].family == "region":  # the most exact area is the one to draw
        return tuple(sorted(merged, key=lambda p: (fineness(p), p.start, place_key(p))))
    order = sorted(merged, key=lambda p: (_ROLE_ORDER[p.role], fineness(p), p.start, place_key(p)))
    return tuple(order)


def _window(units: Sequence[Unit]) -> tuple[date | None, date | None]:
    """Return the days that all claims allow or, if they disagree, that any claim allows."""
    starts = [u.start for u in units if u.start is not None]
    ends = [u.end for u in units if u.end is not None]
    earliest, latest = max(starts, default=None), min(ends, default=None)
    if earliest is not None and latest is not None and earliest > latest:
        return min(starts), max(ends)
    return earliest, latest


def _told(members: Sequence[Unit], context: _Context, denials: Sequence[Claim]) -> StandingVerdict:
    """Decide the standing of an event; for a movement, that of its destination if stated."""
    claims = list({u.claim.id: u.claim for u in members}.values())
    if members[0].family not in {"flow", "return"}:
        return standing_of(claims, denials, context.originals)
    whole = {
        u.claim.id: u.claim for u in members if any(p.role is Role.DESTINATION for p in u.places)
    }
    if not whole or len(whole) == len(claims):
        return standing_of(claims, denials, context.originals)
    verdict = standing_of(list(whole.values()), denials, context.originals)
    who = spoken_by(whole.values(), context.originals)
    only = say("Only {who} named where people went; others say only that they left.", who=who)
    rule = listed([verdict.rule, only], "space")
    return StandingVerdict(verdict.standing, rule)


def _event(members: Sequence[Unit], further: Sequence[Unit], context: _Context) -> Event:
    units = sorted(members, key=lambda u: (u.claim.article, u.claim.start, u.claim.id))
    denials = context.denials.of(units)
    verdict = _told(units, context, denials)
    extra = sorted((u.claim for u in further), key=lambda c: (c.article, c.start, c.id))
    own = [u.claim for u in units]
    claims = tuple({c.id: c for c in [*own, *extra, *denials]}.values())
    earliest, latest = _window(units)
    places = _merged_places(units, context.spelling)
    kind = min((c.kind for c in own), key=lambda k: (_KIND_ORDER.get(k, 0), k.value))
    ids = "|".join([kind.value, *(place_key(p) for p in places), *sorted(c.id for c in own)])
    return Event(
        id="e" + hashlib.sha256(ids.encode()).hexdigest()[:10],
        kind=kind,
        claims=claims,
        standing=verdict.standing,
        rule=verdict.rule,
        actor=_commonest(c.actor for c in own),
        from_actor=_commonest(c.from_actor for c in own),
        places=places,
        earliest=earliest,
        latest=latest,
        figures=figures_of(kind, {c.id: c for c in own}.values()),
    )


def report_order(event: Event, articles: Mapping[str, Article]) -> tuple[date, date]:
    """Return a sort key for reports: the latest day of the event, then the day of publication.

    Denials are ignored, because they do not make a report later.

    Parameters
    ----------
    event
        The event.
    articles
        Articles by id.
    """
    published = [
        a.published_on
        for c in event.claims
        if c.status.is_current
        and (a := articles.get(c.article)) is not None
        and a.published_on is not None
    ]
    reported = max(published, default=date.min)
    return event.latest or reported, reported


def _superseded(events: Sequence[Event], context: _Context) -> list[Event]:
    """Mark holders outdated if a later report names another; equally late ones are contested."""
    by_place: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if _holds(event):
            by_place[place_key(event.places[0])].append(event)
    changed: dict[str, Event] = {}
    for same in by_place.values():
        days = {e.id: report_order(e, context.articles) for e in same}
        last = max(days.values())
        latest = [e for e in same if days[e.id] == last]
        # The latest report of any holder, and the latest report of another side.
        newest = max(same, key=lambda e: (days[e.id], e.id))
        other = max((days[e.id] for e in same if _side(e) != _side(newest)), default=None)
        for event in same:
            later = last if _side(event) != _side(newest) else other
            if days[event.id] != last and later is not None and days[event.id] < later:
                rule = say(
                    "Outdated: a later report names another holder. Before that, {rule}",
                    rule=lower_first(event.rule),
                )
                changed[event.id] = replace(event, standing=Standing.OUTDATED, rule=rule)
            elif days[event.id] == last and len({_side(e) for e in latest}) > 1:
                names = sorted({e.actor.name if e.actor else "an unnamed party" for e in latest})
                rule = say("Contested: {names} are both reported to hold it.", names=joined(names))
                changed[event.id] = replace(event, standing=Standing.CONTESTED, rule=rule)
    return [changed.get(e.id, e) for e in events]


def _side(event: Event) -> str | None:
    return None if event.actor is None else (event.actor.side or event.actor.id)


def _holds(event: Event) -> bool:
    return (
        event.kind in {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}
        and event.places[0].role is Role.AT
        and fineness(event.places[0]) == 0
    )
