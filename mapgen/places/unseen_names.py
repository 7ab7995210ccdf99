"""Names that nothing but a list makes places, found by the words or the places beside them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from gazetteer.spelling import without_possessive
from gazetteer.villages import marks_of, packaged_countries
from mapgen.core.spans import Spans
from mapgen.core.tables.word_lists import peoples
from mapgen.places.near_words import said_near
from mapgen.places.stated_areas import PIECE, area_behind, is_put_abroad
from mapgen.places.toponym_features import AFFECTING, TITLES, common_words, given_name, surname
from mapgen.places.toponyms import ARTICLES, NOT_PLACES, PROVINCES
from mapgen.places.village_ground import (
    FAR_KM,
    NEAR_KM,
    SAME_KM,
    SMALL_TOWN,
    Ground,
    are_hardly_named,
    as_village,
    chosen_village,
    km_between,
    lies_in,
    listed_towns,
    villages_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from gazetteer.villages import Village
    from mapgen.places.georeference import Georeference

_LEAST_LETTERS = 4
_AT = frozenset(
    {
        "and",
        "around",
        "at",
        "from",
        "in",
        "into",
        "near",
        "of",
        "outside",
        "to",
        "toward",
        "towards",
    }
)
_LIST_GAP = re.compile(r",\s(?:and\s)?|\s(?:and|or)\s")
# "Deir al-Balah", "Port-au-Prince", "Petite-Rivière de l'Artibonite"
_SMALL = r"(?:a[dlnrsz]|ash|e[lnsz]|au|aux|bin|de|des|del|du|ibn|las?|les?|los|sur)[- ]|[dl]['’]"
_INSIDE = rf"(?:{_SMALL}){{0,2}}"
_RUN = re.compile(rf"(?<![\w-]){PIECE}(?:[ -]{_INSIDE}{PIECE})*")
_OPENING = re.compile(r"([A-Z][a-z]+) (?=[A-Z])")


def unseen_names(
    text: str,
    taken: Sequence[tuple[int, int]],
    references: Sequence[Georeference],
    ground: Ground,
) -> list[Georeference]:
    """Return names that nothing but the list of villages makes a place.

    Such a name must be a whole run of capitalised words, must not be a common word or a given name,
    and must lie near another place of the article.
    """
    from mapgen.places.georeference import Georeference  # noqa: PLC0415  it uses this module

    out: list[Georeference] = []
    known: dict[str, Georeference | None] = {}
    blocked = Spans([*taken, *((r.start, r.end) for r in references if not r.is_unlisted)])
    kept = {(r.start, r.end) for r in references if r.is_unlisted}
    for match in _RUN.finditer(text):
        start = match.start()
        opening = _OPENING.match(match[0])
        is_first = re.search(r"(?:^|[.!?:\n”\"]\s*)$", text[max(0, start - 4) : start]) is not None
        if opening is not None and is_first and _is_small_word(opening[1].casefold()):
            start += opening.end()  # "At Kakuma", where "At" opens the sentence
        surface = without_possessive(text[start : match.end()])
        end = start + len(surface)
        if (
            blocked.overlaps(start, end)
            or not _may_be_place(surface, start, text)
            or (start, end) in kept
        ):
            continue
        if known.get(surface) is None:
            name = Georeference(start, end, surface, None, 0.0, (), "")
            is_province = surface.rsplit(" ", 1)[-1].casefold() in PROVINCES
            known[surface] = (
                _province(name, ground)
                if is_province
                else _placed_alone(name, references, ground, text)
            )
        one = known[surface]
        if one is not None:
            out.append(replace(one, start=start, end=end))
    return out


def longest_names(references: Iterable[Georeference]) -> list[Georeference]:
    """Return the names in reading order, without those that are part of a longer one."""
    kept: list[Georeference] = []
    for r in sorted(references, key=lambda r: (r.start, -r.end)):
        while kept and kept[-1].is_unlisted and r.place and _is_part(kept[-1], r):
            kept.pop()
        if not kept or kept[-1].end <= r.start:
            kept.append(r)
    return kept


def _is_part(one: Georeference, other: Georeference) -> bool:
    return other.start <= one.start and one.end <= other.end


def _placed_alone(
    name: Georeference, references: Sequence[Georeference], ground: Ground, text: str
) -> Georeference | None:
    """Return the place of an unmarked name, by the words beside it or the other places."""
    villages = ground.gazetteer.villages(name.surface, ground.country)
    towns = listed_towns(name.surface, ground)
    if not (villages or towns) or is_put_abroad(name, text, ground):
        return None
    if not villages and ground.country not in packaged_countries():
        return _lone(name, ground, NEAR_KM) if ground.spots else None
    i = bisect_left(references, name.start, key=lambda r: r.start)
    order = [*references[:i], name, *references[i : i + 2]]
    said = said_near(order, i, text)
    if said is not None and said[0].place is not None:
        km = said[1]
        spots = ((said[0].place.lat, said[0].place.lon),)
        near = _lone(name, replace(ground, spots=spots, is_stated=True), km)
        if near is not None:
            return near
    area = area_behind(order, i, text)
    areas = (area,) if area is not None else ground.areas
    if area is None and ground.spots:
        is_listed = i > 0 and _LIST_GAP.fullmatch(text[references[i - 1].end : name.start])
        return _lone(name, ground, FAR_KM if is_listed else NEAR_KM)
    inside = _only_inside(name, areas, villages, towns)
    if inside is not None or areas:
        return inside
    if not ground.is_given and not _is_put_there(name, text):
        return None
    return _lone(name, ground, math.inf)


def _is_put_there(name: Georeference, text: str) -> bool:
    """Return whether something is in or near a name, or befell it: "captured Jurf al-Sakhar"."""
    word = re.search(r"([a-z]+)\s$", text[max(0, name.start - 20) : name.start])
    if word is None:
        return False
    return word[1] in _AT or (word[1] in AFFECTING and _has_article(name))


def _has_article(name: Georeference) -> bool:
    """Return whether a name has an Arabic article inside it: "Jurf al-Sakhar"."""
    return not ARTICLES.isdisjoint(re.split(r"[ -]", name.surface)[1:-1])


def provinces_of_countries(
    text: str, references: Sequence[Georeference], gazetteer: Gazetteer
) -> list[Georeference]:
    """Return the provinces that a text calls by their country: "the Gambella Region of Ethiopia".

    Parameters
    ----------
    text
        The text.
    references
        Its georeferences; names among them are left out.
    gazetteer
        Gazetteer with the provinces.
    """
    from mapgen.places.georeference import Georeference  # noqa: PLC0415  it uses this module

    found = []
    for r in references:
        if r.place is None or r.place.precision != "country" or not r.place.country:
            continue
        before = _OF_COUNTRY.search(text, max(0, r.start - 60), r.start)
        span = before.span("name") if before is not None else (0, 0)
        if before is None or any(o.start < span[1] and span[0] < o.end for o in references):
            continue
        name = Georeference(*span, before["name"], None, 0.0, (), "")
        province = _province(name, Ground(r.place.country, gazetteer, (), (), is_given=True))
        found += [province] if province is not None else []
    return found


_OF_COUNTRY = re.compile(
    rf"(?P<name>{PIECE}(?:[ -]{PIECE}){{0,2}} (?i:{'|'.join(sorted(PROVINCES))})) of $"
)


def _province(name: Georeference, ground: Ground) -> Georeference | None:
    """Return the province that "Gambella Region" names, which is no town of that name."""
    found = ground.gazetteer.lookup(name.surface, country=ground.country, limit=10)
    named = {c.place.id: c.place for c in found if c.place.feature == "ADM1"}
    if len(named) != 1:
        return None
    province = next(iter(named.values()))
    method = "the province that the words ask for"
    return replace(name, place=province, score=0.7, candidates=(province.id,), method=method)


def _only_inside(
    name: Georeference,
    areas: Sequence[Georeference],
    villages: Sequence[Village],
    towns: Sequence[Place],
) -> Georeference | None:
    """Return the only place of a name in the areas stated."""
    held = [v for area in areas for v in villages_in(villages, area)]
    places = [p for area in areas for p in towns if area.place and lies_in(p, area.place)]
    if places:
        place = max(places, key=lambda p: (p.population or 0, p.id))
        if held and (place.population or 0) < SMALL_TOWN:
            return None
        method = "listed inside the area stated"
        return replace(name, place=place, score=0.7, candidates=(place.id,), method=method)
    apart = [v for v in held if km_between(held[0], v) > SAME_KM]
    if not held or apart or "short" in held[0].marks:
        return None
    return as_village(name, held[0], held, in_area=True)


def _lone(name: Georeference, ground: Ground, reach: float) -> Georeference | None:
    """Return the place of an unmarked name that lies near, if it is clear which one."""
    villages = ground.gazetteer.villages(name.surface, ground.country)
    towns = listed_towns(name.surface, ground)
    near = [p for p in towns if ground.km_away(p) <= reach]
    if near and not marks_of(name.surface):
        place = max(near, key=lambda p: (p.population or 0, p.id))
        method = "listed once near the other places"
        return replace(name, place=place, score=0.6, candidates=(place.id,), method=method)
    is_open = bool(towns) or are_hardly_named(name.surface, villages)
    chosen = chosen_village(villages, ground) if villages and not is_open else None
    if chosen is not None and ground.is_abroad_too(name.surface, chosen.place):
        return None
    if chosen is None or chosen.marks or ground.km_away(chosen.place) > reach:
        return None
    return as_village(name, chosen, [chosen], in_area=False)


def _may_be_place(surface: str, start: int, text: str) -> bool:
    """Return whether a run of capitalised words is not a title, person or common word."""
    words = surface.replace("-", " ").split()
    low = [w.casefold() for w in words if w[0].isupper() and w.casefold() not in ARTICLES]
    if len(surface) < _LEAST_LETTERS or surface.isupper() or not low:
        return False
    if surface in demonyms() or surface in peoples() or _is_of_person(low):
        return False
    before = re.search(r"([\w'’.-]+)\s$", text[max(0, start - 30) : start])
    word = before[1].rstrip(".") if before else ""
    last = word.casefold()
    if last in TITLES or (word[:1].isupper() and given_name(last)):
        return False
    return len(low) > 1 or not surname(low[0]) or last in _AT or text[:start].endswith(", ")


def _is_of_person(low: list[str]) -> bool:
    """Return whether the words of a name are those of a person, or the only one is no name."""
    return any(w in TITLES or given_name(w) for w in low) or (len(low) == 1 and _is_word(low[0]))


def _is_word(word: str) -> bool:
    """Return whether a lower-case word, or its singular, is a common English word."""
    return not common_words().isdisjoint({word, word.removesuffix("s")})


def _is_small_word(word: str) -> bool:
    return word in _AT or word in NOT_PLACES or _is_word(word)
