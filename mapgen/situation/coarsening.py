"""Hide the towns that people flee from and to, to protect them, before anything is drawn.

Displacement and returns come in by town and go out by admin area. A town mentioned only in
connection with displacement is redacted everywhere. A town that other events mention too is kept
for them, and redacted in sentences about displacement.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from gazetteer.worded_areas import is_worded
from mapgen.core.told import Told, rewritten
from mapgen.core.words import fold, is_proper
from mapgen.merging.units import place_key
from mapgen.model import OF_DISPLACED, Precision
from mapgen.situation.hidden_names import HiddenNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import Claim, ClaimPlace, Event, SentenceRecord, Situation

_HIDDEN = "▒"  # one for each letter, so that all offsets in a quote stay valid
_FINER = {
    "admin1": {Precision.SITE, Precision.SETTLEMENT, Precision.DISTRICT, None},
    "admin2": {Precision.SITE, Precision.SETTLEMENT, None},
}
_SHORTEST_OTHER_NAME = 4  # shorter alternate names are often ordinary words
_KEYS = {"place_id", "id", "sha256", "kind", "status", "role", "precision", "side", "unit", "state"}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Patterns of the names to redact, in all texts and in certain sentences."""

    everywhere: re.Pattern[str] | None
    beside_movement: Mapping[tuple[str, int], re.Pattern[str] | None]  # by article and sentence
    all_names: re.Pattern[str] | None
    in_any_script: HiddenNames


def coarsened(situation: Situation, gazetteer: MapGazetteer, level: str = "admin1") -> Situation:
    """Replace the places of displacement by admin areas, and redact their names in all texts.

    Parameters
    ----------
    situation
        A merged situation, because standing and figures are worked out from exact places.
    gazetteer
        Gazetteer of the admin areas.
    level
        ``admin1`` for provinces, or ``admin2`` for districts. If no outline of the district is
        known, the province is used, and if the province is unknown, the country, for which nothing
        is drawn.

    Returns
    -------
    Situation
        The coarse situation. Events of displacement and return get new ids, and articles whose id
        names a hidden place are renamed.
    """
    return coarsened_with_names(situation, gazetteer, level)[0]


def coarsened_with_names(
    situation: Situation, gazetteer: MapGazetteer, level: str
) -> tuple[Situation, HiddenNames]:
    """Return the situation of `coarsened`, and the hidden names.

    Parameters
    ----------
    situation, gazetteer, level
        As for `coarsened`.

    Returns
    -------
    situation : Situation
        The coarse situation.
    names : HiddenNames
        The hidden names, to check texts that the user gives, such as a title.
    """
    wider = _Wider(gazetteer, level)
    homes = _homes(situation.extraction.sentences)
    hidden = _hidden(situation, wider, homes)
    return _coarsened(situation, wider, homes, hidden), hidden.in_any_script


def _coarsened(
    situation: Situation,
    wider: _Wider,
    homes: Mapping[str, list[SentenceRecord]],
    hidden: _Hidden,
) -> Situation:
    """Return the situation with areas in place of hidden towns, in all of its parts."""
    extraction = situation.extraction
    names_it = hidden.in_any_script.are_in
    renamed = {
        a.id: f"article-{n}"
        for n, a in enumerate(sorted(extraction.articles, key=lambda a: a.id), 1)
        if _shows(a.id, hidden.all_names)
    }
    claims = {c.id: _claim(c, wider, hidden, homes, renamed) for c in extraction.claims}
    articles = tuple(
        replace(
            _blotted(a, hidden.all_names),
            id=renamed.get(a.id, a.id),
            url=None if _shows(a.url or "", hidden.all_names) else a.url,
        )
        for a in extraction.articles
    )
    sentences = tuple(
        replace(
            _blotted(_blotted(s, hidden.everywhere), hidden.beside_movement.get(_spot(s))),
            article=renamed.get(s.article, s.article),
        )
        for s in extraction.sentences
    )
    return replace(
        situation,
        extraction=replace(
            extraction,
            articles=articles,
            sentences=sentences,
            claims=tuple(claims[c.id] for c in extraction.claims),
        ),
        events=tuple(_event(e, claims, wider, hidden) for e in situation.events),
        title=None if situation.title and names_it(situation.title) else situation.title,
        given_areas=tuple(
            replace(a, source="the user") if names_it(a.source) else a
            for a in situation.given_areas
        ),
        notes=_blotted(_renamed_in(situation.notes, renamed), hidden.all_names),
        correction_notes=_blotted(
            _renamed_in(situation.correction_notes, renamed), hidden.all_names
        ),
        decisions=tuple(
            replace(
                _blotted(d, hidden.all_names),
                original=_claim(d.original, wider, hidden, homes, renamed),
                about=() if d.original.kind in OF_DISPLACED else d.about,
            )
            for d in situation.decisions
        ),
    )


class _Wider:
    """Finds the admin area that replaces a place."""

    def __init__(self, gazetteer: MapGazetteer, level: str) -> None:
        self._atlas = gazetteer
        self._finer = _FINER[level]
        self._by_district = level == "admin2"

    def hides(self, place: ClaimPlace) -> bool:
        """Whether a place is too exact to be shown."""
        return place.precision in self._finer or is_worded(place.place_id)

    def names(self, place: ClaimPlace) -> set[str]:
        """Return the names of a place in the text and in the gazetteer, for redaction."""
        entry = self._atlas.get(place.place_id) if place.place_id else None
        others = getattr(entry, "names", ()) if entry is not None else ()
        found = {place.surface, place.name or "", entry.name if entry is not None else ""}
        found |= {n for n in others if len(n) >= _SHORTEST_OTHER_NAME and n != n.lower()}
        return {n for n in found if n.strip()}

    def names_in_any_script(self, place: ClaimPlace) -> set[str]:
        """Return all names of a place, but no general words such as "the town"."""
        entry = self._atlas.get(place.place_id) if place.place_id else None
        found = {place.name or "", entry.name if entry is not None else ""}
        found |= set(getattr(entry, "names", ()))
        if is_proper(place.surface, place.name) or place.surface.upper() == place.surface:
            found.add(place.surface)
        return found

    def of(self, place: ClaimPlace) -> ClaimPlace:
        """Return the area around a place, or the place itself if it need not be hidden."""
        if not self.hides(place):
            return place
        entry = self._atlas.get(place.place_id) if place.place_id else None
        bare = replace(place, direction=None, distance_km=None)
        area = self._area(entry) if entry is not None else None
        if area is None:
            return replace(bare, place_id=None, name=None, lat=None, lon=None, surface="a place")
        return replace(
            bare,
            surface=area.name,
            place_id=area.id,
            name=area.name,
            lat=area.lat,
            lon=area.lon,
            precision=Precision(area.precision),
        )

    def _area(self, entry: Any) -> Any:  # noqa: ANN401  # an entry of the gazetteer
        find = getattr(self._atlas, "district_at", None)
        if self._by_district and find is not None:
            district = find(entry.lat, entry.lon, entry.country)
            if district is not None:
                return district
        ids = [f"iso:{code}" for code in (entry.admin1, entry.country) if code]
        return next((a for i in ids if (a := self._atlas.get(i)) is not None), None)


def _homes(sentences: Iterable[SentenceRecord]) -> dict[str, list[SentenceRecord]]:
    """Return the sentences of each article."""
    found: dict[str, list[SentenceRecord]] = defaultdict(list)
    for sentence in sentences:
        found[sentence.article].append(sentence)
    return found


def _spot(sentence: SentenceRecord) -> tuple[str, int]:
    return sentence.article, sentence.start


def _touched(claim: Claim, homes: Mapping[str, list[SentenceRecord]]) -> list[SentenceRecord]:
    """Return the sentences that a claim overlaps."""
    return [s for s in homes.get(claim.article, ()) if s.start < claim.end and claim.start < s.end]


def _hidden(
    situation: Situation, wider: _Wider, homes: Mapping[str, list[SentenceRecord]]
) -> _Hidden:
    """Collect the names to redact from all claims, including those before corrections."""
    claims = [*situation.extraction.claims, *(d.original for d in situation.decisions)]
    told = {place_key(p) for c in claims if c.kind not in OF_DISPLACED for p in c.places}
    shown = {
        fold(name)
        for c in claims
        for p in c.places
        for area in [wider.of(p)]
        if c.kind in OF_DISPLACED or not wider.hides(p)
        for name in (area.name, area.surface)
        if name
    }
    everywhere: set[str] = set()
    everything: set[str] = set()
    in_any_script: set[str] = set()
    beside: dict[tuple[str, int], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.kind not in OF_DISPLACED:
            continue
        for place in claim.places:
            if not wider.hides(place):
                continue
            names = wider.names(place)
            everything |= names
            in_any_script |= wider.names_in_any_script(place)
            for sentence in _touched(claim, homes):
                beside[_spot(sentence)] |= names
            if place_key(place) not in told:
                # The name of an area on the map ("Idlib") stays where nobody flees.
                everywhere |= {n for n in names if fold(n) not in shown}
    return _Hidden(
        everywhere=_pattern(everywhere),
        beside_movement={spot: _pattern(names) for spot, names in beside.items()},
        all_names=_pattern({n for n in everything if fold(n) not in shown}),
        in_any_script=HiddenNames.of(in_any_script, shown=shown),
    )


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that matches any of the names as whole words, or None without names."""
    # Ignore case and treat spaces, hyphens and underscores alike: "TEL-RIFAAT" in a headline,
    # "tel-rifaat" in a file name.
    words = sorted({n.strip() for n in names if n.strip()}, key=lambda n: (-len(n), n))
    parts = [r"[\s_-]+".join(map(re.escape, re.split(r"[\s_-]+", n))) for n in words]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})(?![^\W_])", re.I) if parts else None


def _shows(text: str, pattern: re.Pattern[str] | None) -> bool:
    return pattern is not None and pattern.search(text) is not None


def _blotted(value: _T, pattern: re.Pattern[str] | None) -> _T:
    """Return a record, tuple or text with all matching names redacted."""
    return value if pattern is None else _walk(value, pattern)


def _walk(value: Any, pattern: re.Pattern[str]) -> Any:  # noqa: ANN401  # any record, as given
    if type(value) is str or isinstance(value, Told):
        return rewritten(
            value, lambda text: pattern.sub(lambda m: re.sub(r"\S", _HIDDEN, m[0]), text)
        )
    if isinstance(value, tuple):
        return tuple(_walk(v, pattern) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            f.name: new
            for f in fields(value)
            if f.name not in _KEYS
            and (new := _walk(old := getattr(value, f.name), pattern)) is not old
        }
        return replace(value, **changes) if changes else value
    return value


def _renamed_in(texts: tuple[str, ...], renamed: Mapping[str, str]) -> tuple[str, ...]:
    for old, new in renamed.items():
        texts = tuple(text.replace(old, new) for text in texts)
    return texts


def _claim(
    claim: Claim,
    wider: _Wider,
    hidden: _Hidden,
    homes: Mapping[str, list[SentenceRecord]],
    renamed: Mapping[str, str],
) -> Claim:
    """Return a claim with its places coarsened or with hidden names redacted in its texts."""
    if claim.kind in OF_DISPLACED:
        own = _pattern({n for p in claim.places if wider.hides(p) for n in wider.names(p)})
        places = tuple(wider.of(p) for p in claim.places)
        # Replace places after redacting, because an area may have the name of its town.
        return replace(
            _blotted(_clean(claim, hidden, homes), own),
            places=places,
            article=renamed.get(claim.article, claim.article),
        )
    shown = _clean(claim, hidden, homes)
    return replace(shown, places=claim.places, article=renamed.get(claim.article, claim.article))


def _clean(claim: Claim, hidden: _Hidden, homes: Mapping[str, list[SentenceRecord]]) -> Claim:
    """Redact the hidden names in the texts of a claim."""
    found = _blotted(claim, hidden.everywhere)
    for sentence in _touched(claim, homes):
        found = _blotted(found, hidden.beside_movement.get(_spot(sentence)))
    return found


def _event(event: Event, changed: Mapping[str, Claim], wider: _Wider, hidden: _Hidden) -> Event:
    """Return an event with its coarse claims and, for displacement, coarse places and a new id."""
    claims = tuple(changed[c.id] for c in event.claims)
    # Figures contain only numbers and ids of claims, which are kept.
    plain = _blotted(replace(event, claims=(), places=(), figures=()), hidden.everywhere)
    coarse = replace(plain, claims=claims, places=event.places, figures=event.figures)
    if event.kind not in OF_DISPLACED:
        return coarse
    places = {(p.place_id, p.role): p for p in (wider.of(p) for p in event.places)}
    # The old id is a hash of exact places, so trying all towns could reveal them.
    ids = "|".join([event.kind.value, *map(place_key, places.values()), *(c.id for c in claims)])
    return replace(
        coarse,
        id="e" + hashlib.sha256(ids.encode()).hexdigest()[:10],
        places=tuple(places.values()),
    )
