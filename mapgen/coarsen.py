"""Hide where exactly people flee from and to: provinces, not towns, before anything is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.grouping import is_area
from mapgen.model import Kind, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.atlas import Atlas
    from mapgen.model import Claim, ClaimPlace, Event, SentenceRecord, Situation

_HIDDEN = "▒"  # one per letter, so that all offsets of a quote stay true
_KINDS = {Kind.DISPLACEMENT, Kind.RETURN}


def coarsened(situation: Situation, atlas: Atlas) -> Situation:
    """Return the situation with displacement by province, and the towns blotted out in its quotes.

    A town whose province is not known becomes its country, of which nothing is drawn.
    """
    extraction = situation.extraction
    moved = [c for c in extraction.claims if c.kind in _KINDS]
    changed = {c.id: _claim(c, atlas) for c in extraction.claims}
    sentences = tuple(_sentence(s, moved) for s in extraction.sentences)
    shown = {(s.article, s.start): s.text for s in sentences}
    spans = [(s.article, s.start, s.end) for s in sentences]
    for claim in changed.values():
        # Claims of other kinds in the same sentence must not show what was blotted out of it.
        home = next(
            (p for p in spans if p[0] == claim.article and p[1] <= claim.start < p[2]), None
        )
        if home is not None and claim.end <= home[2]:
            text = shown[home[0], home[1]][claim.start - home[1] : claim.end - home[1]]
            changed[claim.id] = replace(claim, quote=text)
    return replace(
        situation,
        extraction=replace(
            extraction,
            claims=tuple(changed[c.id] for c in extraction.claims),
            sentences=sentences,
            articles=tuple(replace(a, text="") if sentences else a for a in extraction.articles),
        ),
        events=tuple(_event(e, changed, atlas) for e in situation.events),
    )


def _place(place: ClaimPlace, atlas: Atlas) -> ClaimPlace:
    if is_area(place) or place.place_id is None:
        return place
    entry = atlas.get(place.place_id)
    ids = [f"iso:{code}" for code in (entry.admin1, entry.country) if code] if entry else []
    wider = next((w for i in ids if (w := atlas.get(i)) is not None), None)
    if wider is None:
        return replace(place, place_id=None, name=None, lat=None, lon=None, surface="a place")
    return replace(
        place,
        surface=wider.name,
        place_id=wider.id,
        name=wider.name,
        lat=wider.lat,
        lon=wider.lon,
        precision=Precision.COUNTRY if wider.id == f"iso:{wider.country}" else Precision.PROVINCE,
    )


def _claim(claim: Claim, atlas: Atlas) -> Claim:
    if claim.kind not in _KINDS:
        return claim
    places = tuple(_place(p, atlas) for p in claim.places)
    return replace(claim, places=places, quote=_blotted(claim.quote, [claim]))


def _event(event: Event, changed: dict[str, Claim], atlas: Atlas) -> Event:
    claims = tuple(changed[c.id] for c in event.claims)
    if event.kind not in _KINDS:
        return replace(event, claims=claims)
    places = {(p.place_id, p.role): p for p in (_place(p, atlas) for p in event.places)}
    return replace(event, claims=claims, places=tuple(places.values()))


def _sentence(sentence: SentenceRecord, moved: Iterable[Claim]) -> SentenceRecord:
    own = [
        c
        for c in moved
        if c.article == sentence.article and sentence.start <= c.start < sentence.end
    ]
    return replace(sentence, text=_blotted(sentence.text, own))


def _blotted(text: str, claims: Iterable[Claim]) -> str:
    names = {
        name
        for c in claims
        for p in c.places
        if not is_area(p)
        for name in (p.surface, p.name)
        if name
    }
    for name in sorted(names, key=lambda n: (-len(n), n)):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda m: _HIDDEN * len(m[0]), text)
    return text
