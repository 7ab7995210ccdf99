"""Find the places that a word of a parsed sentence refers to, by name or by "the city" and "it".

Tokens of a parsed passage with its georeferences come in; mentions of places go out.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from gazetteer.worded_areas import is_worded
from mapgen.coding.english.attribution import REPORT
from mapgen.coding.english.containers import is_area_in_chain
from mapgen.core.tables.word_lists import word_list
from mapgen.model import ClaimPlace, Precision, Role
from mapgen.places.national_capital import (
    ALONE,
    is_of_country,
    is_told_capital,
    kind_of_capital,
)
from mapgen.places.stand_ins import UNLISTED, why_unplaced
from mapgen.reading.printed_day import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from spacy.tokens import Span, Token

    from gazetteer import Place
    from mapgen.coding.english.discourse import Discourse
    from mapgen.places.georeference import Georeference
    from mapgen.reading.passages import Passage

TOWN_NOUNS = word_list("mentions", "town_nouns")
SITE_NOUNS = word_list("mentions", "site_nouns")
PART_NOUNS = word_list("mentions", "part_nouns")
EDGE_NOUNS = word_list("mentions", "edge_nouns")
_REACH = word_list("mentions", "reach")
_OTHER_THINGS = (
    word_list("mentions", "other_things")
    | word_list("modality", "rumours")
    | word_list("modality", "intent_nouns")
)
_AT = frozenset({"at", "from", "in", "near", "of", "to"})
_NEAR = frozenset({"near", "outside", "around", "towards", "toward"})
_PREPOSITION_DEPS = frozenset({"dative", "prep", "agent", "advmod", "prt"})
SAYING = REPORT | {"quote", "tell", "speak", "cite", "base", "list", "accuse", "deny"}
DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
)
_COMPOUND = frozenset({"according", "due", "owing", "prior", "thanks"})  # followed by "to"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a phrase refers to, with the words and the character offsets of the phrase.

    ``near`` is true for the surroundings or a part of the place ("outside X"); ``coref`` is true if
    the words refer back to the place ("the city") instead of naming it.
    """

    place: Place
    start: int
    end: int
    surface: str
    near: bool = False
    coref: bool = False

    def claim_place(self, role: Role, *, distance_km: float | None = None) -> ClaimPlace:
        """Return the mention as a place of a claim with this role.

        An unlisted place has no coordinates and keeps the reason why it is unplaced.
        """
        p = self.place
        if p.id.startswith(UNLISTED):
            return ClaimPlace(
                surface=self.surface,
                start=self.start,
                end=self.end,
                role=role,
                name=p.name if self.coref else None,  # the place that "the town" refers to
                distance_km=distance_km,
                unplaced=why_unplaced(p.id),
            )
        return ClaimPlace(
            surface=self.surface,
            start=self.start,
            end=self.end,
            role=role,
            place_id=p.id,
            name=p.name,
            lat=p.lat,
            lon=p.lon,
            precision=Precision(p.precision),
            distance_km=distance_km,
        )


def holds(area: Mention, other: Mention) -> bool:
    """Whether a place lies in an area: "El Fasher, North Darfur".

    A province or district holds places with the same first-order area, if they are also near the
    point of the district. A region or country holds smaller places in the same country.
    """
    outer, inner = area.place, other.place
    if is_worded(outer.id):
        return False
    if is_worded(inner.id):
        return inner.id.endswith(f":{outer.id}")
    if outer.id == inner.id or not Precision(outer.precision).is_area:
        return False
    if outer.precision == "district" and not _is_in_reach(outer, inner):
        return False
    if outer.precision in {"province", "district"}:
        return (
            inner.precision not in {"province", "region", "country"}
            and outer.admin1 is not None
            and outer.admin1 == inner.admin1
            and (outer.precision == "province" or inner.precision != "district")
        )
    return inner.precision not in {"region", "country"} and outer.country == inner.country


_DISTRICT_KM = 60.0  # our own choice: few districts extend further from their point


def _is_in_reach(district: Place, inner: Place) -> bool:
    """Whether a place is close enough to the point of a district, or has no coordinates."""
    if math.isnan(inner.lat):
        return True
    km = distance_km(district.lat, district.lon, inner.lat, inner.lon)
    return km <= _DISTRICT_KM


def without_containers(mentions: list[Mention]) -> list[Mention]:
    """Drop the areas that only say where another place in the list lies."""
    unlisted = [m for m in mentions if m.place.id.startswith(UNLISTED)]
    return [
        m
        for m in mentions
        if not any(holds(m, o) for o in mentions) and not (unlisted and is_wide(m) and not m.near)
    ]


def apart_from(mentions: list[Mention], others: Iterable[Mention]) -> list[Mention]:
    """Return the mentions whose places are not among those of ``others``."""
    ids = {o.place.id for o in others}
    return [m for m in mentions if m.place.id not in ids]


def kids(token: Token, *deps: str) -> list[Token]:
    """Return the children of a token that have one of these dependency relations."""
    return [c for c in token.children if c.dep_ in deps]


def _conjuncts(token: Token, passage: Passage) -> list[Token]:
    """Return a noun with its conjuncts and the names in apposition to it."""
    out = [token]
    for c in token.children:
        if c.nbor(-1 if c.i else 0).lower_ == "not":
            continue  # "captured Dinder, not Singa"
        if (c.dep_ == "conj" and c.pos_ != "VERB" and not _is_other_thing(c, token, passage)) or (
            c.dep_ == "appos" and (c.i in passage.places or c.pos_ == "PROPN")
        ):
            out += _conjuncts(c, passage)
    return out


def _is_other_thing(noun: Token, place: Token, passage: Passage) -> bool:
    """Whether a noun after a place opens another subject: "Y and rumours of an assault on Z"."""
    return place.i in passage.places and noun.lemma_.lower() in _OTHER_THINGS


def _reference(token: Token, passage: Passage, *, near: bool = False) -> Mention | None:
    """Return the mention of the place that a token names, or None."""
    ref = passage.places.get(token.i)
    if ref is None or ref.meant is None:
        return None
    return Mention(ref.meant, ref.start, ref.end, ref.surface, near)


def places_of(
    token: Token, passage: Passage, discourse: Discourse, depth: int = 0
) -> list[Mention]:
    """Return the places that a noun phrase refers to, each once.

    They are named by the noun, its conjuncts, modifiers and prepositional phrases. "The city" and
    "its outskirts" refer to a settlement named earlier. Areas that only say where another of the
    places lies are left out. ``depth`` counts the enclosing phrases.
    """
    out: list[Mention] = []
    for noun in _conjuncts(token, passage):
        own = (
            _reference(noun, passage)
            or _town_of(noun, passage)
            or _capital(noun, passage, discourse)
        )
        if own is not None:
            out.append(own)
            continue
        if _is_explained(noun, passage):
            continue  # "the capital, Kabul": the name is read by itself
        own_words = _of_itself(noun, _modifiers(noun, passage), passage)
        if depth < 3:  # noqa: PLR2004 - phrases nest no deeper in news
            own_words += _inside(noun, passage, discourse, depth)
        if not own_words or all(is_wide(m) and not m.near for m in own_words):
            own_words = _coreferent(noun, passage, discourse) or own_words
        out += own_words
    seen: set[tuple[str, bool]] = set()
    unique = []
    for m in out:
        if (m.place.id, m.near) not in seen:
            seen.add((m.place.id, m.near))
            unique.append(m)
    text = passage.text
    return without_containers([m for m in unique if not is_area_in_chain(m.start, m.end, text)])


def _of_itself(noun: Token, own: list[Mention], passage: Passage) -> list[Mention]:
    """Return the places of a noun without the region whose town it is: "the east's second city"."""
    if noun.lower_ not in TOWN_NOUNS:
        return own
    owners = {t.i for o in kids(noun, "poss") for t in o.subtree}
    starts = {passage.places[i].start for i in owners if i in passage.places}
    return [m for m in own if not (is_wide(m) and m.start in starts)]


def is_wide(mention: Mention) -> bool:
    """Whether a mention is a province, region or country: "the town in the Sagaing region"."""
    return mention.place.precision in {"province", "region", "country"} and not is_worded(
        mention.place.id
    )


def _is_explained(noun: Token, passage: Passage) -> bool:
    """Whether a noun for a town has a name in apposition, or is itself in apposition to one."""
    if noun.lower_ not in TOWN_NOUNS:
        return False
    beside = [c for c in noun.children if c.dep_ == "appos"]
    if noun.dep_ == "appos":
        beside.append(noun.head)
    return any(t.i in passage.places or t.pos_ == "PROPN" for t in beside)


_NAMED_BEHIND = re.compile(r"(?:\s(?!and\b|or\b)[\w-]+)?,\s")


def _town_of(noun: Token, passage: Passage) -> Mention | None:
    """Return the town named behind the area it belongs to: "the capital of Y province, X"."""
    if noun.lower_ not in TOWN_NOUNS:
        return None
    behind = [
        passage.places[t.i]
        for t in noun.doc[noun.i + 1 : min(noun.sent.end, noun.i + 12)]
        if t.i in passage.places
    ]
    area = behind[0] if behind else None
    town = next((r for r in behind if area is not None and r.start > area.end), None)
    if area is None or town is None or area.meant is None or town.meant is None:
        return None
    if passage.text[passage.ends[noun.i] : area.start].strip() not in {"of", "of the"}:
        return None
    if not _NAMED_BEHIND.fullmatch(passage.text, area.end, town.start):
        return None
    held = Mention(town.meant, town.start, town.end, town.surface)
    return held if holds(Mention(area.meant, area.start, area.end, ""), held) else None


def _capital(noun: Token, passage: Passage, discourse: Discourse) -> Mention | None:
    """Return the settlement that "the capital of the province" refers to.

    "The capital" alone is that of the country, unless another is told of before. Of an area, only a
    settlement named earlier that lies in it qualifies, because the gazetteer is not asked which
    town is the capital of which area.
    """
    if noun.lower_ != "capital" or _is_explained(noun, passage):
        return None
    named = [passage.places[t.i].meant for t in noun.subtree if t.i in passage.places]
    areas = [p for p in named if p is not None and not _is_own_country(p, discourse)]
    if any(not Precision(p.precision).is_area for p in areas):
        return None  # "the provincial capital of Qalat"
    start, end = passage.starts[noun.i], passage.ends[noun.i]
    kind = None if areas else kind_of_capital(_words_beside(noun))
    if not areas:
        national = discourse.capitals.get(kind) if kind else _national(noun, passage, discourse)
        if national is not None:
            return Mention(national, start, end, passage.word(noun), coref=True)
    ref = discourse.antecedent(start) if kind is None else None  # no list has "the old capital"
    if ref is None or ref.meant is None or _is_no_capital(ref, noun, passage, discourse):
        return None
    mention = Mention(ref.meant, start, end, passage.word(noun), coref=True)
    return mention if _fits(mention, noun, areas, discourse) else None


def _fits(mention: Mention, noun: Token, areas: list[Place], discourse: Discourse) -> bool:
    """Whether a town may be the capital of the areas named, or of the one that the text is on."""
    if areas:
        return all(holds(Mention(area, 0, 0, ""), mention) for area in areas)
    adjective = next((c.lower_ for c in noun.children if c.dep_ == "amod"), "")
    return adjective not in _OF_AN_AREA or _is_in_sentence(mention.place, discourse)


def _is_own_country(place: Place, discourse: Discourse) -> bool:
    """Whether a place is the country of the article: "Ivory Coast's political capital"."""
    return place.precision == "country" and place.country == discourse.country


def _words_beside(noun: Token) -> list[str]:
    """Return the words before a noun that belong to it: "the de facto capital"."""
    beside = kids(noun, "amod", "compound", "nmod", "advmod", "nummod")
    return [t.lower_ for c in beside if c.i < noun.i for t in c.subtree]


def _is_no_capital(ref: Georeference, noun: Token, passage: Passage, discourse: Discourse) -> bool:
    """Whether a town is not told to be a capital, and only the dateline, or one of two, names it.

    The town from which an article is written is none for that reason.
    """
    line = discourse.dateline
    town, own = ref.meant, line.meant if line is not None else None
    is_line = town is not None and own is not None and town.id == own.id
    if is_line and own is not None and discourse.counts.get(own.id, 0) <= 1:
        return True
    is_open = bool(discourse.capitals) and ALONE not in discourse.capitals
    return is_open and not is_told_capital(passage.text, passage.starts[noun.i], ref.surface)


def _national(noun: Token, passage: Passage, discourse: Discourse) -> Place | None:
    """Return the capital of the country if "the capital" stands alone, and no other is told of."""
    words = [c for c in noun.children if c.dep_ in {"amod", "compound", "det", "nmod", "poss"}]
    own = passage.places.get(words[0].i) if len(words) == 1 else None
    is_own = own is not None and own.meant is not None and _is_own_country(own.meant, discourse)
    is_alone = len(words) == 1 and (words[0].lower_ == "the" or is_own)
    capital = discourse.capitals.get(ALONE) if is_alone else None
    if capital is None or not is_of_country(passage.text, passage.starts[noun.i], capital):
        return None
    return capital


def _is_in_sentence(place: Place, discourse: Discourse) -> bool:
    """Whether the current sentence has already named a settlement."""
    here = discourse.sentences[-1] if discourse.sentences else []
    return any(r.meant is not None and r.meant.id == place.id for r, _ in here)


_OF_AN_AREA = frozenset({"provincial", "regional", "local", "district", "state"})


def _modifiers(noun: Token, passage: Passage) -> list[Mention]:
    """Return the places that modify a noun before it: "Homs outskirts", "Hama's fall"."""
    # the airport of a city is not the city
    near = noun.lower_ in EDGE_NOUNS | PART_NOUNS
    found = [
        _reference(c, passage, near=near) for c in kids(noun, "compound", "nmod", "poss", "amod")
    ]
    return [m for m in found if m is not None and m.place.precision != "country"]


def _inside(noun: Token, passage: Passage, discourse: Discourse, depth: int) -> list[Mention]:
    """Return the places in the prepositional phrases of a noun and after "including"."""
    out: list[Mention] = []
    if noun.lower_ in EDGE_NOUNS:
        for owner in kids(noun, "poss"):
            out += [
                Mention(m.place, m.start, m.end, m.surface, near=True, coref=True)
                for m in _coreferent(owner, passage, discourse)
            ]
    for prep in kids(noun, "prep"):
        if prep.lower_ not in _REACH or (noun.lower_ in TOWN_NOUNS and prep.lower_ in _ONWARD):
            continue
        near = noun.lower_ in EDGE_NOUNS | PART_NOUNS or prep.lower_ in _NEAR
        for o in kids(prep, "pobj"):
            out += [
                Mention(m.place, m.start, m.end, m.surface, m.near or near, m.coref)
                for m in places_of(o, passage, discourse, depth + 1)
            ]
        if prep.lower_ == "including":
            out += [m for c in prep.children for m in [_reference(c, passage)] if m]
    for part in kids(noun, "acl"):
        if part.lower_ == "including":
            for o in kids(part, "dobj", "pobj"):
                out += places_of(o, passage, discourse, depth + 1)
    return out


_ONWARD = frozenset({"for", "into", "to", "toward", "towards"})  # "fled the town for Y"
_TOWNS = frozenset(
    {"cities", "communes", "localities", "municipalities", "places", "settlements", "towns"}
    | {"villages"}
)


def points_back(sent: Span) -> bool:
    """Whether a sentence refers back to several places: "from these two communes"."""
    return any(
        t.lower_ in _TOWNS and any(c.lower_ in {"both", "these", "those"} for c in t.children)
        for t in sent
    )


def _last_two(noun: Token, passage: Passage, discourse: Discourse) -> list[Mention]:
    """Return the last two settlements named, which "both towns" refers to.

    Of more than two that a sentence names, those joined by "and" are meant: "X and Y, from Z".
    """
    told: dict[str, Georeference] = {}
    for sentence in reversed(discourse.sentences[-3:]):
        named = [r for r, _ in sentence if r.meant is not None and r.end <= passage.starts[noun.i]]
        pair = _pair(named, passage.text) if not told and len(named) > _PAIR else []
        for ref in reversed(pair or named):
            told.setdefault(ref.meant.id if ref.meant is not None else "", ref)
        if len(told) > 1:
            break
    start, end = passage.starts[noun.i], passage.ends[noun.i]
    return [
        Mention(ref.meant, start, end, passage.word(noun), coref=True)
        for ref in [*told.values()][:2]
        if ref.meant is not None and len(told) > 1
    ][::-1]


_PAIR = 2


def _pair(named: list[Georeference], text: str) -> list[Georeference]:
    """Return the two settlements that alone of those named are joined by "and"."""
    joined = [
        [one, two] for one, two in pairwise(named) if text[one.end : two.start].strip() == "and"
    ]
    return joined[0] if len(joined) == 1 else []


def _two(noun: Token, passage: Passage, discourse: Discourse) -> list[Mention]:
    """Return the two settlements that "both towns" or "both" refers to.

    For "both" alone, no more than two may have been named just before.
    """
    if noun.lower_ != "both":
        return _last_two(noun, passage, discourse)
    before = [
        [r for r, _ in sentence if r.meant is not None and r.end <= passage.starts[noun.i]]
        for sentence in discourse.sentences[-2:]
    ]
    last = next((refs for refs in reversed(before) if refs), [])
    two = len({r.meant.id for r in last if r.meant is not None}) == 2  # noqa: PLR2004 - both
    return _last_two(noun, passage, discourse) if two else []


def _coreferent(noun: Token, passage: Passage, discourse: Discourse) -> list[Mention]:
    """Return the settlements that "the city", "both towns", "its airport" or "it" refers to."""
    low = noun.lower_
    determiners = kids(noun, "det", "poss")
    words = {c.lower_ for c in determiners}
    if _is_pair(noun):
        return _two(noun, passage, discourse)
    if low == "capital":
        return []  # see `_capital`
    if low == "camp" and words & {"the", "that"}:
        return _last_camp(noun, passage, discourse)
    town = low in TOWN_NOUNS and bool(words & _POINTING)
    near = not town and _is_its_site(low, words)
    if near and noun.dep_ == "conj" and noun.head.i in passage.places:
        return _site_of(noun.head, passage)
    if not (town or near or _is_it(noun)):
        return []
    here = passage.starts[noun.i]
    ref = _meant_by(noun, words, discourse, here)
    if ref is None or ref.meant is None:
        return []
    if town and _is_of_unknown_name(noun, ref.meant, passage, discourse):
        return []
    start = passage.starts[min([noun.i, *(c.i for c in determiners)])]
    end = passage.ends[noun.i]
    return [Mention(ref.meant, start, end, passage.text[start:end], near, coref=True)]


def _meant_by(noun: Token, words: Set[str], discourse: Discourse, here: int) -> Georeference | None:
    """Return what "their town", "that town", "the town" or "it" refers to."""
    fled = _town_they_fled(discourse) if words & _OWNERS else None
    ref = fled or discourse.antecedent(here, last="that" in words, near=_is_it(noun))
    return discourse.as_city(ref) if noun.lower_ == "city" else ref


def _town_they_fled(discourse: Discourse) -> Georeference | None:
    """Return the town of "their town", if people from one were told of just before."""
    origins = discourse.recent_flight() or ()
    keys = {p.place_id or f"{UNLISTED}{p.surface.casefold()}" for p in origins}
    known = [discourse.places[key] for key in keys if key in discourse.places]
    return known[0] if len(known) == 1 == len(keys) else None


def _site_of(town: Token, passage: Passage) -> list[Mention]:
    """Return the surroundings of the town in "Thandwe and its airport"."""
    own = _reference(town, passage, near=True)
    return [replace(own, coref=True)] if own is not None else []


def _is_of_unknown_name(noun: Token, meant: Place, passage: Passage, discourse: Discourse) -> bool:
    """Whether "the village" stands behind "at Y" in its sentence, where no list has a Y."""
    return not _is_in_sentence(meant, discourse) and any(
        t.dep_ == "pobj"
        and t.head.lower_ in _AT
        and t.tag_ == "NNP"
        and t.text[:1].isupper()
        and not t.text.isupper()
        and t.i not in passage.places
        and t.i not in passage.actors
        and t.lower_ not in MONTHS
        and not t.lower_.endswith("day")
        for t in noun.doc[noun.sent.start : noun.i]
    )


def _is_its_site(low: str, words: set[str]) -> bool:
    """Whether a noun with these determiners is "its airport" or "its outskirts"."""
    return "its" in words and low in (SITE_NOUNS | EDGE_NOUNS) - _POWERS


_POWERS = frozenset({"command", "control"})  # its own, in "restored its control over Y"


def _is_it(noun: Token) -> bool:
    """Whether a word is "it" as a subject or an object, where it may refer to a place."""
    if noun.dep_ == "pobj" and noun.head.lower_ in _NOT_THERE:
        return False  # "with it fell the city"
    return noun.lower_ == "it" and noun.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj"}


_NOT_THERE = frozenset({"about", "by", "for", "like", "with", "without"})


def _is_pair(noun: Token) -> bool:
    """Whether a noun is "both towns", "the two cities" or the object "both"."""
    if noun.lower_ == "both":
        return noun.dep_ == "dobj"
    return noun.lower_ in _TOWNS and any(c.lower_ in {"both", "two"} for c in noun.children)


_OWNERS = frozenset({"their", "his", "her"})
_POINTING = _OWNERS | {"the", "this", "that"}


def _last_camp(noun: Token, passage: Passage, discourse: Discourse) -> list[Mention]:
    """Return the last camp named, which "the camp" refers to."""
    camps = [r for s in discourse.sentences[-3:] for r, _ in s if "camp" in r.surface.casefold()]
    ref = next((r for r in reversed(camps) if r.end <= passage.starts[noun.i]), None)
    if ref is None or ref.meant is None:
        return []
    start, end = passage.starts[noun.i], passage.ends[noun.i]
    return [Mention(ref.meant, start, end, passage.word(noun), coref=True)]


def oblique(
    verb: Token, passage: Passage, discourse: Discourse, prepositions: Set[str]
) -> list[Mention]:
    """Return the places in the prepositional phrases of a verb, its particle or its object.

    Only the given prepositions (in lower case) are considered, and each place is returned once.
    """
    out: list[Mention] = []
    for p in verb.subtree:
        joined = p.dep_ == "conj" and p.pos_ == "ADP"  # "to Lyon or towards Nice"
        if p.lower_ not in prepositions or not (joined or p.dep_ in _PREPOSITION_DEPS):
            continue
        if p.head.lower_ in _COMPOUND and p.head.i == p.i - 1:
            continue  # "according to Dhaka"
        if p.lower_ == "of" and p.head.lower_ in DIRECTIONS:
            continue  # "pulled out of X, east of Y"
        if not (
            p.head.i == verb.i
            or (
                p.head.head.i == verb.i
                and p.head.dep_ in {"prep", "advmod", "prt", "attr", "dobj", "acomp", "npadvmod"}
            )
        ):
            continue
        for o in kids(p, "pobj", "pcomp"):
            found = places_of(o, passage, discourse)
            out += [replace(m, near=True) for m in found] if p.lower_ in _NEAR else found
    seen: set[str] = set()
    return [m for m in out if not (m.place.id in seen or seen.add(m.place.id))]  # type: ignore[func-returns-value]


def role_at(mention: Mention) -> Role:
    """Return the role of a place where something happened: at it, near it, or in a region."""
    if mention.near or mention.place.precision == "line":
        return Role.NEAR
    if Precision(mention.place.precision).is_area and mention.place.precision not in {
        "district",
        "province",
    }:
        return Role.REGION
    return Role.AT
