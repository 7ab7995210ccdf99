"""Resolve each toponym of an article to a place, with the help of the whole article.

A text and a gazetteer come in. Georeferences go out, with a place and the method by which it was
chosen, or with the reason why there is none. Names are judged by the words around them, resolved
together and judged again. Parts of countries and unlisted places are added.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from gazetteer.namesake_choice import Name, Resolver
from gazetteer.resolve_spans import TIE
from gazetteer.worded_areas import is_worded
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import peoples, word_list
from mapgen.model import Precision
from mapgen.places.district_names import town_or_district, town_or_province
from mapgen.places.longer_names import in_whole_name, part_of_area
from mapgen.places.no_places import is_no_place
from mapgen.places.probability import probability
from mapgen.places.rare_names import is_rare, is_strange_camp
from mapgen.places.repeats import repeated
from mapgen.places.role_phrases import with_countries_said
from mapgen.places.stand_ins import unlisted_place
from mapgen.places.subject_country import subject_country
from mapgen.places.toponym_features import (
    add_resolution,
    fill,
    first_weights,
    sureness,
)
from mapgen.places.toponyms import (
    ToponymRecord,
    Words,
    find_loose,
    find_spans,
)
from mapgen.places.unlisted import find_unlisted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gazetteer import Gazetteer, Place
    from gazetteer.matching import Namesake
    from gazetteer.namesake_choice import Choice
    from mapgen.places.toponyms import Span

HOME_SURENESS = 0.5  # sureness of the place in a publisher's name, compared with names of the text
_LEAST_HOME = 4  # fewest letters of a place in a publisher's name
PRESS = word_list("toponyms", "press")
FIRST_LEAST = 0.12  # names below this sureness are not resolved
TOLD = 0.8  # least sureness of X in "the Syrian town of X", if Syria has a town named X
LEAST = 0.5  # names from this sureness on count as places
LEAST_TIE = 0.6  # sureness, by its words alone, from which an unresolved name is kept
_TELLING = ("placed_at", "in_stated", "kind_of", "dateline")  # features that only places have
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


@per_tables
def _press() -> list[str]:
    """Return the words with which names of newspapers end, longest first."""
    return sorted(PRESS, key=lambda end: (-len(end), end))


@functools.cache
def _demonym_border() -> re.Pattern[str]:
    """Return a pattern for phrases such as "the Syrian border"."""
    names = "|".join(sorted(demonyms(), key=len, reverse=True))
    return re.compile(
        rf"\b(?:the\s+)?(?P<demonym>{names})\s+(?:border|frontier)\b"
        r"(?!\s+(?:towns?|cit(?:y|ies)|villages?|guards?|police|forces?|troops)\b)"
    )


@dataclass(frozen=True, slots=True)
class Georeference:
    """A toponym and the place it was resolved to, or the reason why it has no place.

    Offsets are in code points, end exclusive. ``candidates`` are ids, the chosen place first.
    """

    start: int
    end: int
    surface: str
    place: Place | None
    score: float
    candidates: tuple[str, ...]
    method: str
    reason: str | None = None
    is_unlisted: bool = False  # a place according to the words, but none can be chosen

    @property
    def meant(self) -> Place | None:
        """The place, or for an unlisted one a stand-in without coordinates, which is not drawn."""
        if not self.is_unlisted:
            return self.place
        return unlisted_place(self.surface, is_tie=self.method == "tie")

    @property
    def is_open(self) -> bool:
        """Whether the name is that of a place, but the place is not known yet."""
        return self.place is None and (self.is_unlisted or self.method in {"tie", "container"})

    @property
    def probability(self) -> float | None:
        """Share of places matched like this one that were right; None of an area put in words."""
        if self.place is None or is_worded(self.place.id):
            return None
        return probability(self.score, self.method)

    def resolved(
        self, place: Place, method: str, *, score: float, candidates: tuple[str, ...]
    ) -> Georeference:
        """Return the georeference resolved to a place, with a score from 0 to 1."""
        return replace(
            self,
            place=place,
            method=method,
            score=score,
            candidates=candidates,
            reason=None,
            is_unlisted=False,
        )

    def record(self, article: str) -> ToponymRecord:
        """Return the record for ``toponyms.jsonl``; ``article`` is the id of the article."""
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
            probability=self.probability,
            candidates=self.candidates,
            method=self.method,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True)
class Geoparse:
    """All toponyms of an article, and its subject country (ISO 3166-1 alpha-2)."""

    country: str | None
    references: tuple[Georeference, ...]


def _select(spans: Iterable[Span], least: float) -> list[Span]:
    """Return names that are sure enough; of overlapping ones the longest, then the surest."""
    ranked = sorted(
        (s for s in spans if s.sureness >= least),
        key=lambda s: (s.first - s.last, -s.sureness, s.start),
    )
    taken: set[int] = set()
    kept = []
    for span in ranked:
        inside = range(span.first, span.last)
        if taken.isdisjoint(inside):
            taken.update(inside)
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def _judge(words: Words, spans: list[Span], told: Collection[str] = ()) -> list[Span]:
    """Judge names by the words around them; ``told`` are stated to be towns in a country."""
    fill(words, spans)
    for span in spans:
        span.sureness = sureness(span.features, first_weights())
        if span.surface in told:
            span.sureness = max(span.sureness, TOLD)
    return _select(spans, FIRST_LEAST)


@dataclass(frozen=True, slots=True)
class Look:
    """The names of a text that may be places, resolved, before unsure ones are left out."""

    country: str | None
    words: Words
    spans: list[Span]
    resolver: Resolver
    told: frozenset[str] = frozenset()  # names that the text states to be towns in a country


def home_of(publisher: str, gazetteer: Gazetteer) -> list[Name]:
    """Return the places in the name or web address of a publisher, with negative offsets.

    Articles of "The Aleppo Times" or "aleppo-times.example" more often name places near Aleppo.
    """
    host = re.sub(r"^\w+://|^www\.|[/:?#].*$", "", publisher.strip())
    if "." in host and " " not in host:
        label = max(host.split(".")[:-1], key=len, default="")
        words = [w for w in re.split(r"[-_\d]+", label) if w]
        names = [_without_press(word).title() for word in words]
    else:
        spans = _select(_judge(Words.of(publisher), find_spans(Words.of(publisher), gazetteer)), 0)
        names = [span.surface for span in spans]
    found = [(name, gazetteer.namesakes(name)) for name in names if len(name) >= _LEAST_HOME]
    return [
        Name(-10 * i - 2, -10 * i - 1, name, namesakes, HOME_SURENESS)
        for i, (name, namesakes) in enumerate(found, start=1)
        if namesakes
    ]


def _without_press(word: str) -> str:
    """Return a word of a host name without words for newspapers: "thetowntimes" gives "town"."""
    word = word.casefold()
    while True:
        bare = word.removeprefix("the").removeprefix("my")
        end = next((p for p in _press() if bare.endswith(p) and len(bare) > len(p)), "")
        bare = bare.removesuffix(end)
        if bare == word:
            return word
        word = bare


def look(
    text: str,
    taken: list[tuple[int, int]],
    gazetteer: Gazetteer,
    country: str | None = None,
    home: str | None = None,
) -> Look:
    """Find the names of a text that may be places, and resolve them together.

    The parameters are those of `geoparse`. Names that are hardly places are included.
    """
    outside = home_of(home, gazetteer) if home else []
    words = Words.of(text, taken)
    spans = find_spans(words, gazetteer)
    told = with_countries_said(spans, text, gazetteer)
    likely = _judge(words, spans, told)
    resolver = _resolved(text, likely, country, outside)
    focus = subject_country(resolver, text, country)
    loose = find_loose(words, likely, gazetteer, focus) if focus else []
    if loose:
        spans = sorted([*spans, *loose], key=lambda s: (s.first, -s.last))
        likely = _judge(words, spans, told)
        resolver = _resolved(text, likely, country, outside)
    return Look(focus, words, likely, resolver, frozenset(told))


def _resolved(text: str, spans: list[Span], country: str | None, outside: list[Name]) -> Resolver:
    """Return a resolver that has resolved the names of a text and of its publisher."""
    names = [
        *outside,
        *(Name(s.start, s.end, s.surface, s.namesakes, s.sureness) for s in spans),
    ]
    resolver = Resolver(text, names, country)
    resolver.run()
    return resolver


def choices_of(found: Look) -> list[tuple[Span, Choice]]:
    """Return each name with the choice of its place, in reading order."""
    by_start = {span.start: span for span in found.spans}
    pairs = [
        (by_start[n.start], choice)
        for names, choice in found.resolver.choices()
        for n in names
        if n.start >= 0  # a place in the publisher's name is not part of the text
    ]
    return sorted(pairs, key=lambda pair: pair[0].start)


def geoparse(
    text: str,
    taken: list[tuple[int, int]],
    gazetteer: Gazetteer,
    country: str | None = None,
    home: str | None = None,
) -> Geoparse:
    """Find and resolve the toponyms of one article.

    Parameters
    ----------
    text
        Text of the article.
    taken
        Spans of named parties, in which no places are searched.
    gazetteer
        Gazetteer in which the names are looked up.
    country
        Subject country, if the user stated it (ISO 3166-1 alpha-2).
    home
        Name or web address of the publisher, which may contain the name of a place.

    Returns
    -------
    Geoparse
        Georeferences in reading order. Names that are more likely those of persons or organisations
        are left out. Names that fit several places equally well have no place, but a reason.
    """
    found = look(text, taken, gazetteer, country, home)
    pairs = choices_of(found)
    kept = _places_of(found, pairs, gazetteer)
    references = [
        _area_phrase(
            text,
            _town_or_area(_reference(span, choice, found.country, gazetteer), text, gazetteer),
            found.country,
            gazetteer,
        )
        for span, choice in kept
        if not is_strange_camp(choice, found.country, text[span.end :])
    ]
    starts = {r.start for r in references} | {start for start, _ in taken}
    references = [in_whole_name(r, text, starts, gazetteer) for r in references]
    references = [part_of_area(r, text, gazetteer) for r in references]
    borrowed = [r for r in references if is_no_place(r, text)]
    references = [r for r in references if r not in borrowed]
    references += _bare_parts(text, references, found.country, gazetteer)
    references += repeated(text, [*references, *borrowed], taken, found.country)
    told = [(r.start, r.end) for r in [*references, *borrowed]]
    words = replace(found.words, blocked=sorted([*taken, *told]))
    for start, end in find_unlisted(words, told, _area_starts(found.country, pairs)):
        reason = "not in the gazetteer"
        surface = " ".join(text[start:end].split())
        if surface in peoples():
            continue
        references.append(
            Georeference(start, end, surface, None, 0.0, (), "words", reason, is_unlisted=True)
        )
    references.sort(key=lambda r: (r.start, -r.end))
    return Geoparse(found.country, tuple(_without_overlaps(references)))


def _places_of(
    found: Look, pairs: list[tuple[Span, Choice]], gazetteer: Gazetteer
) -> list[tuple[Span, Choice]]:
    """Judge the names again, now that they are resolved; return those that count as places."""
    for span, choice in pairs:
        add_resolution(span, choice)
        is_told = span.sureness >= LEAST_TIE and any(span.features[k] for k in _TELLING)
        is_tie = is_told and choice.probability < TIE
        span.sureness = LEAST if is_tie else sureness(span.features)
        if span.surface in found.told:
            span.sureness = max(span.sureness, TOLD)
        elif not is_tie and is_rare(span, choice, found.country, found.words.text, gazetteer):
            span.sureness = max(span.sureness, LEAST)
    kept = {id(span) for span in _select([span for span, _ in pairs], LEAST)}
    return [(span, choice) for span, choice in pairs if id(span) in kept]


def _area_starts(country: str | None, pairs: list[tuple[Span, Choice]]) -> set[int]:
    """Return where names begin that a province or district bears."""
    return {
        span.start
        for span, choice in pairs
        if any(
            n.feature in {"ADM1", "ADM2"}
            for n in span.namesakes
            if n.country == (country or choice.namesake.country)
        )
    }


def _reference(span: Span, choice: Choice, focus: str | None, gazetteer: Gazetteer) -> Georeference:
    """Return the georeference of a name, with its place or the reason why it has none."""
    best = _capital(choice)
    surface = " ".join(span.surface.split())
    if choice.elsewhere:
        reason = f"no {surface} is known in {choice.elsewhere}"
        return Georeference(span.start, span.end, surface, None, 0.0, (), "container", reason)
    ids = (best.id, *(n.id for n, _ in choice.runners_up))
    if choice.probability < TIE:
        others = ", ".join(
            sorted({n.country or "?" for n, _ in choice.runners_up} | {best.country or "?"})
        )
        reason = f"a tie: several places are named {surface} (in {others})"
        return Georeference(
            span.start, span.end, surface, None, 0.0, ids, "tie", reason, is_unlisted=True
        )
    place = gazetteer.get(best.id)
    how = (
        "inside the area stated"
        if choice.is_inside_stated
        else ("in the subject country" if best.country == focus else "elsewhere")
    )
    method = f"{best.level} name, {how}"
    score = choice.probability * span.sureness
    return Georeference(span.start, span.end, surface, place, score, ids, method)


def _town_or_area(r: Georeference, text: str, gazetteer: Gazetteer) -> Georeference:
    """Return a georeference with the town, district or province that the words ask for."""
    return town_or_province(town_or_district(r, text, gazetteer), text, gazetteer)


def _capital(choice: Choice) -> Namesake:
    """Return the capital if the likeliest place is the province with its name.

    In "Riyadh province" the city is not a candidate, so this only changes names without such words.
    """
    best = choice.namesake
    if best.feature != "ADM1":
        return best
    capitals = (n for n, _ in choice.runners_up if n.feature == "PPLC")
    return next((n for n in capitals if n.country == best.country), best)


def _without_overlaps(references: list[Georeference]) -> list[Georeference]:
    """Return sorted georeferences without those that overlap an earlier one."""
    kept: list[Georeference] = []
    for r in references:
        if kept and r.start < kept[-1].end:
            continue
        kept.append(r)
    return kept


def _area_phrase(
    text: str, ref: Georeference, focus: str | None, gazetteer: Gazetteer
) -> Georeference:
    """Extend the name of a country to its phrase: "eastern X", "the border with X"."""
    place = ref.place
    if place is None or place.country is None or place.precision not in {"country", "province"}:
        return ref
    before = text[max(0, ref.start - 60) : ref.start]
    part = _PART.search(before) or _DIR_OF.search(before)
    if part and place.id.startswith("iso:"):
        area = gazetteer.part_of(
            place.id.removeprefix("iso:"),
            re.sub(r"ern$|-", "", part["dir"].lower().replace("ern", "")),
        )
        if area is not None:
            return _as_area(
                text,
                ref.start - (len(before) - part.start()),
                ref.end,
                area,
                f"part of a {place.precision} in words",
            )
    if place.precision != "country":
        return ref
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
    """Return a georeference for a span of text that means a computed or listed area."""
    return Georeference(start, end, text[start:end], area, 0.7, (area.id,), method)


def _bare_parts(
    text: str, references: list[Georeference], focus: str | None, gazetteer: Gazetteer
) -> list[Georeference]:
    """Return phrases such as "in the south" or "the coast" as parts of the subject country."""
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
