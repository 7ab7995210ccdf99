"""Choose the place a toponym means, from the whole article; say why, or why none."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer import fold
from mapgen.demonyms import demonyms
from mapgen.model import Precision
from mapgen.toponyms import BIG_POPULATION, Span, ToponymRecord, find_spans

if TYPE_CHECKING:
    from gazetteer import Candidate, Gazetteer, Place

_LEVEL = {"exact": 1.0, "folded": 0.95, "articles": 0.85, "skeleton": 0.6, "fuzzy": 0.4}
_DIRECTION = r"(?:(?:north|south)-?(?:east|west)|north|south|east|west)(?:ern)?|central"
_PART = re.compile(rf"\b(?P<dir>{_DIRECTION})\s+$", re.IGNORECASE)
_DIR_OF = re.compile(
    r"\b(?:the\s+)?(?P<dir>north|south|east|west|northeast|northwest|southeast|southwest)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BORDER_BEFORE = re.compile(r"\b(?:the\s+)?borders?\s+(?:with|of|between)\s+$", re.IGNORECASE)
_CROSSINGS_NEAR = re.compile(
    r"\b(?:border|crossings?|frontier)\b[^.,;]{0,30}\b(?:near|with)\s+$", re.IGNORECASE
)
_BARE_PART = re.compile(
    r"\b[Ii]n\s+the\s+(?P<a>(?:far\s+)?(?:north|south|east|west)(?:east|west)?)\b(?!\s+of)(?!-)|\bthe\s+(?P<b>coast)(?:al\s+(?:region|area|provinces?))?\b(?!\s+of\b)(?!al\b)"
)


@functools.cache
def _demonym_border() -> re.Pattern[str]:
    names = "|".join(sorted(demonyms(), key=len, reverse=True))
    return re.compile(rf"\b(?:the\s+)?(?P<demonym>{names})\s+(?:border|frontier)\b")


@dataclass(frozen=True, slots=True)
class Georeference:
    """A toponym and what it was resolved to; ``place`` None with a reason when it was not."""

    start: int
    end: int
    surface: str
    place: Place | None
    score: float
    candidates: tuple[str, ...]
    method: str
    reason: str | None = None

    def record(self, article: str) -> ToponymRecord:
        """Return the record of ``toponyms.jsonl``."""
        p = self.place
        return ToponymRecord(
            article=article,
            start=self.start,
            end=self.end,
            surface=self.surface,
            type="place",
            place_id=p.id if p else None,
            name=p.name if p else None,
            lat=p.lat if p else None,
            lon=p.lon if p else None,
            country=p.country if p else None,
            feature=p.feature if p else None,
            geometry_id=p.id if p and Precision(p.precision).is_area else None,
            precision=p.precision if p else None,
            score=round(self.score, 3) if p else None,
            candidates=self.candidates,
            method=self.method,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True)
class Geoparse:
    """All toponyms of an article, and its subject country."""

    country: str | None
    references: tuple[Georeference, ...]


def _importance(place: Place) -> float:
    if place.precision == "country":
        return 1.0
    if place.precision in {"province", "region"}:
        return 0.45
    return min(0.9, math.log10((place.population or 0) + 10) / 8)


def subject_country(spans: list[Span], stated: str | None = None) -> str | None:
    """Return the ISO code of the country an article is about, or None.

    Each mention of a country counts 2, of a city or province of it 1 (shared among the countries
    that have such a name, weighed by importance).
    """
    if stated:
        return stated
    votes: Counter[str] = Counter()
    for span in spans:
        best = span.candidates[0].place
        if best.precision == "country" and best.country:
            votes[best.country] += 2.0  # type: ignore[assignment]
            continue
        shares: dict[str, float] = {}
        for c in span.candidates:
            if c.place.country and c.level in {"exact", "folded", "articles"}:
                weight = _importance(c.place) ** 2 * _LEVEL[c.level]
                shares[c.place.country] = max(shares.get(c.place.country, 0.0), weight)
        total = sum(shares.values())
        for country, share in shares.items():
            votes[country] += share / total if total else 0.0  # type: ignore[assignment]
    if not votes:
        return None
    best_country, n = max(votes.items(), key=lambda kv: (kv[1], kv[0]))
    return best_country if n >= 1 else None


def _score(c: Candidate, country: str | None, mentioned: frozenset[str]) -> float:
    p = c.place
    value = 0.35 * _LEVEL.get(c.level, 0.3) + 0.35 * _importance(p)
    if p.country == country:
        value += 0.35 if p.precision != "country" else 0.3
    elif p.country in mentioned:
        value += 0.2
    return value


def geoparse(
    text: str, taken: list[tuple[int, int]], gazetteer: Gazetteer, country: str | None = None
) -> Geoparse:
    """Find and resolve the toponyms of one article.

    Parameters
    ----------
    text
        The article.
    taken
        Spans of named parties, in which no place is looked for.
    gazetteer
        The list of places.
    country
        The subject country if the user gave it (ISO 3166-1 alpha-2).

    Returns
    -------
    Geoparse
        References in reading order. Names that only fit a place the article gives no ground for are
        left out; names that fit several without a clear choice are kept with a reason.
    """
    wide = find_spans(text, taken, gazetteer)
    focus = subject_country(wide, country)
    spans = find_spans(text, taken, gazetteer, focus) if focus else wide
    mentioned = frozenset(
        s.candidates[0].place.country or ""
        for s in spans
        if s.candidates[0].place.precision == "country"
    )
    references = []
    for i, span in enumerate(spans):
        followed = _stated_container(text, span, spans[i + 1] if i + 1 < len(spans) else None)
        reference = _resolve(span, focus, mentioned, followed)
        if reference is not None:
            references.append(_area_phrase(text, reference, focus, gazetteer))
    references += _bare_parts(text, references, focus, gazetteer)
    references.sort(key=lambda r: (r.start, -r.end))
    return Geoparse(focus, tuple(_without_overlaps(references)))


def _without_overlaps(references: list[Georeference]) -> list[Georeference]:
    kept: list[Georeference] = []
    for r in references:
        if kept and r.start < kept[-1].end:
            continue
        kept.append(r)
    return kept


def _stated_container(text: str, span: Span, following: Span | None) -> Place | None:
    """Return the area named right after a comma: "Damascus, Maryland"."""
    if following is None or not re.fullmatch(r",\s*(?:in\s+)?", text[span.end : following.start]):
        return None
    areas = [c.place for c in following.candidates if c.place.precision in {"country", "province"}]
    return areas[0] if areas else None


def _resolve(
    span: Span, focus: str | None, mentioned: frozenset[str], container: Place | None
) -> Georeference | None:
    scored = sorted(
        ((_score(c, focus, mentioned), c) for c in span.candidates),
        key=lambda sc: (-sc[0], sc[1].place.id),
    )
    if container is not None:
        inside = [
            (s, c)
            for s, c in scored
            if c.place.admin1 == container.id.removeprefix("iso:")
            or c.place.country == container.id.removeprefix("iso:")
        ]
        if inside:
            scored = inside
        elif scored and scored[0][1].place.country != container.country:
            return Georeference(
                span.start,
                span.end,
                span.surface,
                None,
                0.0,
                (),
                "container",
                f"no {span.surface} is known in {container.name}",
            )
    score, best = scored[0]
    place = best.place
    known = fold(place.name) == fold(span.surface)
    at_home = (
        place.country == focus
        or (place.country or "") in mentioned
        or place.precision == "country"
        or container is not None
    )
    if (
        not at_home
        and not (known and (place.population or 0) >= BIG_POPULATION)
        and place.precision not in {"province", "country"}
    ):
        return None  # a small place abroad that only shares the word
    if (
        span.sentence_start
        and " " not in span.surface
        and "-" not in span.surface
        and not at_home
        and (place.population or 0) < 10 * BIG_POPULATION
    ):
        return None
    method = (
        f"{best.level} name, {'in the subject country' if place.country == focus else 'elsewhere'}"
    )
    return Georeference(
        span.start,
        span.end,
        span.surface,
        place,
        min(1.0, score),
        tuple(c.place.id for _, c in scored[:5]),
        method,
    )


def _area_phrase(
    text: str, ref: Georeference, focus: str | None, gazetteer: Gazetteer
) -> Georeference:
    """Widen a country's name to what its phrase means: "eastern X", "the border with X"."""
    place = ref.place
    if place is None or place.precision != "country" or place.country is None:
        return ref
    before = text[max(0, ref.start - 60) : ref.start]
    part = _PART.search(before) or _DIR_OF.search(before)
    if part:
        area = gazetteer.part_of(
            place.country, re.sub(r"ern$|-", "", part["dir"].lower().replace("ern", ""))
        )
        if area is not None:
            return _as_area(
                text,
                ref.start - (len(before) - part.start()),
                ref.end,
                area,
                "part of a country in words",
            )
    border = _BORDER_BEFORE.search(before)
    if (border or _CROSSINGS_NEAR.search(before)) and focus and focus != place.country:
        area = gazetteer.border_of(focus, place.country)
        if area is not None:
            start = ref.start - (len(before) - border.start()) if border else ref.start
            return _as_area(text, start, ref.end, area, "border in words")
    after = re.match(r"(?:['’]s)?\s+(?P<word>coast(?:al\s+\w+)?)\b", text[ref.end : ref.end + 30])
    if after:
        found = [
            c.place
            for c in gazetteer.lookup("the coast", country=place.country)
            if c.place.precision == "region" and c.place.country == place.country
        ]
        if found:
            return _as_area(text, ref.start, ref.end + after.end(), found[0], "region in words")
    return ref


def _as_area(text: str, start: int, end: int, area: Place, method: str) -> Georeference:
    return Georeference(start, end, text[start:end], area, 0.7, (area.id,), method)


def _bare_parts(
    text: str, references: list[Georeference], focus: str | None, gazetteer: Gazetteer
) -> list[Georeference]:
    """Return "in the south", "the coast" as parts of the subject country."""
    if focus is None:
        return []
    found = []
    for m in _demonym_border().finditer(text):
        country = demonyms()[m["demonym"]]
        area = gazetteer.border_of(focus, country) if country != focus else None
        if area is not None:
            found.append(_as_area(text, m.start(), m.end(), area, "border in words"))
    for m in _BARE_PART.finditer(text):
        if any(r.start < m.end() and m.start() < r.end for r in references):
            continue
        if m["b"]:
            near = [
                c.place
                for c in gazetteer.lookup("the coast", country=focus)
                if c.place.precision == "region" and c.place.country == focus
            ]
            area = near[0] if near else None
        else:
            area = gazetteer.part_of(focus, m["a"].lower().removeprefix("far ").strip())
        if area is not None:
            group = "b" if m["b"] else "a"
            start = m.start() if m["b"] else m.start(group) - 4
            found.append(
                Georeference(
                    start,
                    m.end(),
                    text[start : m.end()],
                    area,
                    0.6,
                    (area.id,),
                    "part of the subject country",
                )
            )
    return found
