"""Find people who flee by the words before and after each place in a clause.

The frames in `verb_frames.people` depend on the parse, which is often wrong in long sentences. They
also miss wordings such as "In Cucuta nearly 2,000 of the displaced spent the night" and "the
number of people who have crossed from X into Y has passed 100,000". Here each clause about flight
is read word by word: the words near a place ("from", "fled", "to", "hosts") say whether people
left it or arrived there. A sentence and the drafts of its frames come in; the drafts with the
additional or completed movements go out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from mapgen.coding.english.containers import without_locators
from mapgen.coding.english.goals_meant import is_only_meant
from mapgen.coding.english.mentions import (
    EDGE_NOUNS,
    SITE_NOUNS,
    TOWN_NOUNS,
    Mention,
    apart_from,
    holds,
    is_wide,
    kids,
    without_containers,
)
from mapgen.coding.english.parties import PASSERS_BY, PEOPLE_NOUNS
from mapgen.coding.english.quantities import find_figures
from mapgen.coding.english.sentence_context import ClaimDraft, at
from mapgen.coding.english.verb_frames.forces_came import entered
from mapgen.coding.english.verb_frames.people import REFUGE, UNPLACED
from mapgen.coding.english.word_orders.flight_clauses import (
    DISPLACED,
    DRIVING,
    GOING,
    HOSTING,
    LEAVING,
    STAYING,
    UPROOTING,
    FlightClause,
    clauses_of,
    cues_of,
)
from mapgen.coding.english.word_orders.flight_merging import BY_WORDS_BEFORE
from mapgen.core.tables.actors import FORCE_WORDS
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.quantities import Figure
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import ClaimPlace

FIGHTING = word_list("flight", "fighting")
WITHIN = word_list("flight", "within")
TOWARD = word_list("flight", "toward")
CAUSES = word_list("flight", "causes")
OTHERS = word_list("flight", "others")
_CUES = LEAVING | UPROOTING | DRIVING | GOING | STAYING | HOSTING | {"find", "get", "seek", "take"}
_CUES |= {"home", "homeless"}
_WHEN = frozenset({"after", "before", "following", "when"})
_HOMES = frozenset({"home", "homes", "house", "houses"})

_Ways = tuple[list[Mention], list[Mention], list[Mention]]
Way = Literal["from", "to", "in", "host", "leave", "reach", "within"]


def told_flight(sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the movements of people in a sentence, clause by clause."""
    if not any(t.lower_ in DISPLACED | {"headed"} or t.lemma_.lower() in _CUES for t in sent):
        return []
    drafts: list[ClaimDraft] = []
    before = scene.discourse.recent_flight()
    clauses = list(clauses_of(sent))
    for n, tokens in enumerate(clauses):
        clause = FlightClause(tokens, cues_of(tokens, scene))
        draft = _draft(clause, scene, before) if clause.cues else None
        if draft is not None:
            after = clauses[n + 1] if n + 1 < len(clauses) else []
            if after and after[0].lower_ in _WHEN:  # "fled after X fell in 2014": use its date
                draft.clause = tokens[0].i, after[-1].i + 1
            drafts.append(draft)
            before = tuple(p for p in draft.places if p.role is Role.ORIGIN) or before or ()
    return drafts


def _draft(
    clause: FlightClause, scene: SentenceContext, before: tuple[ClaimPlace, ...] | None
) -> ClaimDraft | None:
    """Return the movement in a clause, or None.

    ``before`` has the origins of a flight in earlier sentences, or None if there was no flight.
    """
    figure = _figure(clause, scene)
    told_before = before is not None and bool(_subjects(clause) & (_SAME | _COUNTED))
    ways = _ways_of_flight(clause, scene, counted=figure is not None, told_before=told_before)
    if ways is None:
        return None
    origins, destinations, inside = _left_and_reached(clause, *ways)
    total = figure is not None and clause.has("uprooting", "driving")  # of the country
    if figure is None:
        enough = (told_before or _leaves(clause)) and bool(origins or destinations)
    else:
        enough = bool(origins or destinations) or total or clause.has("leaving")
    if not enough:
        return None
    places = _left_places(origins, [] if destinations else inside)
    places += at(destinations, Role.DESTINATION)
    reasons = [BY_WORDS_BEFORE if places else _UNPLACED[total]]
    if told_before and before and _goes_on_from(clause, origins, destinations):
        going = {p.place_id for p in places}
        places = tuple(p for p in before if p.place_id not in going) + places
        reasons.append(Reason(ReasonKind.ORIGIN, "of those told of before"))
    span = clause.tokens[0].i, clause.tokens[-1].i + 1
    draft = ClaimDraft(
        Kind.DISPLACEMENT,
        _trigger(clause),
        None,
        None,
        places,
        figure,
        reasons=reasons,
        clause=span,
    )
    return _hosted(draft, clause)


def _hosted(movement: ClaimDraft, clause: FlightClause) -> ClaimDraft:
    """Return those who only stay somewhere, with a figure, as people whom the place hosts."""
    only_reached = {p.role for p in movement.places} == {Role.DESTINATION}
    if movement.figure is None or not only_reached or not _stay(clause):
        return movement
    places = tuple(replace(p, role=Role.AT) for p in movement.places)
    return replace(movement, kind=Kind.HOSTING, places=places)


def _stay(clause: FlightClause) -> bool:
    """Whether people stay at a place by the words of a clause, and none of them go or leave."""
    if clause.has("leaving", "uprooting", "driving", "going"):
        return False
    cues = {t.lemma_.lower() for t in clause.tokens if t.i in clause.cues}
    return bool(cues & _HOUSING) or (bool(cues & _LODGING) and clause.has("displaced"))


_HOUSING = frozenset({"accommodate", "host", "house", "shelter"})
_LODGING = frozenset({"live", "lodge", "remain", "stay"})


def _ways_of_flight(
    clause: FlightClause, scene: SentenceContext, *, counted: bool, told_before: bool
) -> _Ways | None:
    """Return the origins, destinations and other places of a clause; None if nobody flees in it."""
    flight = told_before or _is_flight(clause)
    if not counted and not (flight and _movers(clause, scene)):
        return None
    if _is_force(_trigger(clause), clause, scene) or _comes_home(clause):
        return None
    ways = _ways(clause, scene)
    text = scene.passage.text
    goals = [m for m in ways[1] if not _FOUGHT_FOR.search(text, max(0, m.start - 40), m.start)]
    left = scene.passage.starts[_trigger(clause).i]
    goals = [m for m in goals if not is_only_meant(text, left, m.start)]
    came = {m.start for m in entered(clause.tokens[0].sent, scene)}
    goals = [m for m in goals if m.start not in came]
    ways = without_locators(ways[0], text), without_locators(goals, text), ways[2]
    if not flight and not _is_journey(clause, *ways):
        return None  # "hundreds came to the market"
    return ways


_FOUGHT_FOR = re.compile(r"\b(?:battle|campaign|fight|fighting|struggle)s?\s+for\s+(?:the\s+)?$")
"""Words before a town to which nobody moved: "displaced by the battle for X"."""


def _left_places(origins: list[Mention], inside: list[Mention]) -> tuple[ClaimPlace, ...]:
    """Return the places that people left; a wide area in which they fled is a region."""
    return tuple(
        m.claim_place(Role.REGION if is_wide(m) and m in inside else Role.ORIGIN) for m in origins
    )


def _comes_home(clause: FlightClause) -> bool:
    """Whether people come home in a clause, which is left to `verb_frames.people`."""
    return any(t.lemma_ == "return" or t.lower_ == "back" for t in clause.tokens)


def _is_journey(
    clause: FlightClause, origins: list[Mention], destinations: list[Mention], inside: list[Mention]
) -> bool:
    """Whether people go from one place to another, or across a border."""
    return bool(origins and (destinations or inside)) or _passes_border(clause)


def _left_and_reached(
    clause: FlightClause, origins: list[Mention], destinations: list[Mention], inside: list[Mention]
) -> _Ways:
    """Return the origins, the destinations, and the places that a clause is merely located in.

    The last are also among the others: the displaced in X came there; those who fled in X left it.
    """
    inside = [m for m in inside if not any(holds(m, o) for o in origins + destinations)]
    came = clause.has("displaced", "staying", "going", "hosting")
    if origins and clause.has("uprooting") and not clause.has("leaving", "driving"):
        if clause.has("hosting", "staying"):  # "hosts 5,000 displaced from X at Y"
            destinations = destinations + inside
        inside = []
    if came and not clause.has("leaving", "uprooting"):
        destinations = destinations + inside
    else:
        origins = origins + inside
    origins = [m for m in origins if not any(holds(m, o) for o in origins)]
    return origins, without_containers(apart_from(destinations, origins)), inside


def _leaves(clause: FlightClause) -> bool:
    """Whether people leave or are made to leave, which makes a movement even without a figure."""
    if clause.has("leaving", "uprooting", "driving"):
        return True
    return clause.has("going") and any(t.lower_ == "out" for t in clause.tokens)


def _goes_on_from(
    clause: FlightClause, origins: list[Mention], destinations: list[Mention]
) -> bool:
    """Whether people from earlier sentences go on: "Most headed for X"."""
    return bool(destinations) and not origins and bool(_subjects(clause) & _SAME)


def _is_flight(clause: FlightClause) -> bool:
    """Whether the words of a clause express flight without any context."""
    words = {t.lower_ for t in clause.tokens}
    if clause.has("leaving", "uprooting", "driving", "displaced") or words & REFUGE:
        return True
    if any(t.i in clause.cues and t.lemma_ in _SHELTERING for t in clause.tokens):
        return True
    if any(t.i in clause.cues and t.lemma_ == "take" for t in clause.tokens):
        return True  # "has taken in 300 families"
    return clause.has("going") and (bool(words & {"out", "ashore"}) or _from_homes(clause))


_SHELTERING = frozenset({"admit", "camp", "huddle", "receive", "register", "shelter"})


def _from_homes(clause: FlightClause) -> bool:
    """Whether people come "from villages", "from occupied areas" or "from the fighting"."""
    homes = SITE_NOUNS | TOWN_NOUNS | FIGHTING | _HOMES | {"front"}
    words = [t.lower_ for t in clause.tokens]
    return any(w == "from" and homes & {*words[n + 1 : n + 4]} for n, w in enumerate(words))


def _subjects(clause: FlightClause) -> set[str]:
    """Return the subjects of a clause and its first word if that is one like "most".

    A number is returned as "CD".
    """
    words = {
        "CD" if t.tag_ == "CD" else t.lower_
        for t in clause.tokens
        if t.dep_ in {"nsubj", "nsubjpass"}
    }
    return words | {clause.tokens[0].lower_} & (OTHERS | {"including"})


# words for people who were named before ("Most headed for X"), and words that may be for others
_SAME = OTHERS | {"they", "arrivals", "including", "hundreds", "thousands", "dozens", "scores"}
_SAME |= {"tens"}
_COUNTED = frozenset({"CD", "families", "people"})
_UNPLACED = {True: Reason(ReasonKind.WORDS, "a total"), False: UNPLACED}


def _trigger(clause: FlightClause) -> Token:
    """Return the word that decides whether it happened; verbs of leaving have priority."""
    order = ("leaving", "uprooting", "driving", "staying", "going", "hosting", "displaced")
    first = min(clause.cues.items(), key=lambda cue: (order.index(cue[1]), cue[0]))[0]
    return clause.tokens[0].doc[first]


def _figure(clause: FlightClause, scene: SentenceContext) -> Figure | None:
    """Return the figure of people that is nearest to the trigger, with offsets in its sentence."""
    passage = scene.passage
    start = passage.starts[clause.tokens[0].i]
    end = passage.ends[clause.tokens[-1].i]
    figures = find_figures(passage.text[start:end])
    trigger = passage.starts[_trigger(clause).i] - start
    nearest = min(figures, key=lambda f: abs(f.start - trigger), default=None)
    if nearest is None:
        return None
    behind = start - passage.bounds(clause.tokens[0].sent)[0]
    return nearest._replace(start=nearest.start + behind, end=nearest.end + behind)


def _movers(clause: FlightClause, scene: SentenceContext) -> bool:
    """Whether a clause names people, displaced people or "others", and no passers-by."""
    words = {t.lower_ for t in clause.tokens if t.i not in scene.passage.places}
    return bool(words & (PEOPLE_NOUNS | DISPLACED | OTHERS)) and not words & (PASSERS_BY | _GOODS)


_GOODS = frozenset({"bags", "barrels", "litres", "sacks", "tonnes", "tons"})


def _is_force(trigger: Token, clause: FlightClause, scene: SentenceContext) -> bool:
    """Whether those who move are armed: "the army left the town"."""
    driven = kids(trigger, "dobj") if clause.cues.get(trigger.i) == "driving" else []
    if any(scene.party(o) is not None and not scene.people(o) for o in driven):
        return True  # "driving army units to retreat toward Y"
    if clause.has("driving", "hosting", "displaced") and not clause.has("leaving", "going"):
        return False
    if trigger.pos_ not in {"VERB", "AUX"} or trigger.dep_ == "amod":
        return False
    who = next(iter(kids(trigger, "nsubj", "nsubjpass")), None)
    if who is not None and who.lower_ in OTHERS:  # "most of the insurgents"
        who = next((o for p in kids(who, "prep") for o in kids(p, "pobj")), who)
        if who.lower_ in FORCE_WORDS:
            return True  # "most of our units"
    return who is not None and scene.party(who) is not None and not scene.people(who)


def _passes_border(clause: FlightClause) -> bool:
    """Whether a clause has people crossing a border."""
    words = {t.lower_ for t in clause.tokens}
    return bool(words & {"border", "frontier"}) and clause.has("going")


def _ways(clause: FlightClause, scene: SentenceContext) -> _Ways:
    """Return the origins, the destinations, and the places that a clause is merely located in."""
    ways: dict[Way, list[Mention]] = {
        way: [] for way in ("from", "to", "in", "host", "leave", "reach", "within")
    }
    last: tuple[int, Way] | None = None
    for n, t in enumerate(clause.tokens):
        mentions = _named(t, clause, scene)
        if not mentions:
            continue
        way = _way(clause, n, last, scene)
        if way is not None:
            ways[way] += mentions
            last = (n, way)
    origins = _unique([*ways["from"], *ways["leave"]])
    destinations = _unique([*ways["to"], *ways["reach"], *ways["host"]])
    return origins, destinations, _unique(ways["in"])


def _named(token: Token, clause: FlightClause, scene: SentenceContext) -> list[Mention]:
    """Return the place that a word names, or that "the city" refers to if people are uprooted."""
    ref = scene.passage.places.get(token.i)
    if ref is not None:
        return [m for m in scene.places(token) if m.start == ref.start]
    if token.lower_ in TOWN_NOUNS and clause.has("leaving", "uprooting", "hosting"):
        return [m for m in scene.places(token) if m.coref]
    return []


def _unique(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions without repeated places."""
    seen: dict[str, Mention] = {}
    for m in mentions:
        seen.setdefault(m.place.id, m)
    return list(seen.values())


@per_tables
def _way_words() -> dict[str, Way]:
    """Return the way that people take by the preposition before a place."""
    return {
        "from": "from",
        "out": "from",
        "far": "to",  # "trekked as far as X"
        **dict.fromkeys(sorted(TOWARD), "to"),
        **dict.fromkeys(sorted(WITHIN), "in"),
    }


def _way(
    clause: FlightClause, n: int, last: tuple[int, Way] | None, scene: SentenceContext
) -> Way | None:
    """Return the way that people take with regard to a place, by the words around it."""
    tokens = clause.tokens
    behind = _way_behind(clause, n, scene)
    if behind is not None:
        return None if behind == "other" else behind
    for k in range(n - 1, -1, -1):
        t = tokens[k]
        if last is not None and k == last[0]:
            return _beside(tokens[k + 1 : n], last[1])
        if t.i in clause.cues:
            return _of_cue(clause, t)
        if _is_aside(tokens, k, n):
            return None
        if t.lower_ in _way_words() and not _goes_on(tokens, k):
            return _around(clause, k) if _way_words()[t.lower_] == "in" else _way_words()[t.lower_]
        before = tokens[k - 1].lower_ if k else ""
        if t.lower_ == "of":
            if before in PEOPLE_NOUNS:
                return "leave"
            if before not in TOWN_NOUNS | SITE_NOUNS | EDGE_NOUNS | {"out"}:
                return None
        elif t.pos_ in {"VERB", "AUX", "SCONJ"} or t.text in {".", "(", "”", '"'}:
            return None
    return None


def _is_aside(tokens: list[Token], k: int, n: int) -> bool:
    """Whether "into" or "to" is no way of people: "an incursion into X", "according to X".

    Nor is the "through" of "out through X".
    """
    if k == n - 1 and tokens[k].lower_ in {"through", "via"}:
        return True
    if tokens[k].lower_ == "into":
        raids = CAUSES | {"advance", "bridge", "crossing", "gate", "march", "push"}
        return any(t.lower_ in raids and t.pos_ == "NOUN" for t in tokens[max(0, k - 4) : k])
    return tokens[k].lower_ == "to" and k > 0 and tokens[k - 1].lower_ in {"according", "due"}


def _goes_on(tokens: list[Token], k: int) -> bool:
    """Whether "in X" only says where villages are: "from villages in X"."""
    if tokens[k].lower_ not in WITHIN or not k:
        return False
    places = tokens[k - 1].lower_ in SITE_NOUNS | TOWN_NOUNS
    return places and any(t.lower_ in _way_words() for t in tokens[max(0, k - 4) : k - 1])


def _way_behind(
    clause: FlightClause, n: int, scene: SentenceContext
) -> Way | Literal["other"] | None:
    """Return the way by the words after a place: "Homs residents", "the Mosul fighting"."""
    tokens = clause.tokens
    words = [t.lower_ for t in tokens[n + 1 : n + 5]]
    if not words:
        return None
    if words[0] == ":":
        return "from" if clause.has("leaving", "uprooting", "driving") else "to"
    if tokens[n + 1].tag_ == "POS":
        if any(t.i in scene.passage.places for t in tokens[n + 2 : n + 5]):
            return "other"  # "Ethiopia's Gambella region"
        known = PEOPLE_NOUNS | TOWN_NOUNS | SITE_NOUNS | EDGE_NOUNS
        if not known & set(words[1:]):
            return "other"  # "Sudan's war"
        words = words[1:]
    if words[0] in PEOPLE_NOUNS:
        return "leave"
    if words[0] in FIGHTING and clause.has("uprooting", "displaced"):
        return "leave"
    come_from = n > 0 and tokens[n - 1].lower_ == "from"
    return "host" if not come_from and _hosts(clause, n) else None


def _around(clause: FlightClause, k: int) -> Way:
    """Return whether "in X" is where homes were left, where people came, or neither."""
    tokens = clause.tokens
    before = tokens[k - 1].lower_ if k else ""
    if before in _HOMES or (before in CAUSES and clause.has("leaving", "driving", "uprooting")):
        return "from"
    nearest = next((clause.cues[t.i] for t in reversed(tokens[:k]) if t.i in clause.cues), None)
    return "to" if nearest in {"going", "staying", "hosting"} else "in"


def _beside(between: list[Token], way: Way) -> Way | None:
    """Return the way of a place by the one before it: the next in a list, or an area around it."""
    words = [t.lower_ for t in between]
    if all(w in {",", "and", "or", "the", "&", "as", "well", "towns", "villages"} for w in words):
        return way
    if words and words[0] in {"in", ","}:
        return "within"
    for word in reversed(words):
        if word in {"from", "out"}:
            return "from"
        if word in TOWARD:
            return "to"
    return None


def _of_cue(clause: FlightClause, cue: Token) -> Way | None:
    """Return the way of a place that directly follows a cue: it was left, reached, or neither."""
    kind = clause.cues[cue.i]
    if kind == "leaving":
        return "leave"
    return "reach" if cue.lemma_.lower() in {"reach", "enter"} else None


def _hosts(clause: FlightClause, n: int) -> bool:
    """Whether a place takes people in: "X hosts 600,000", "X, already housing ..."."""
    place = clause.tokens[n]
    for i, kind in clause.cues.items():
        if kind != "hosting" or i < place.i:
            continue
        cue = place.doc[i]
        verb = cue.head if cue.dep_ == "conj" and not kids(cue, "nsubj") else cue
        who = next(iter(kids(verb, "nsubj")), None)
        if who is not None and place.i in {t.i for t in who.subtree}:
            return True
        between = [t for t in clause.tokens[n + 1 :] if t.i < i]
        if all(t.pos_ not in {"VERB", "NOUN", "ADP"} or t.lower_ in _UNITS for t in between):
            return True
    return False


_UNITS = frozenset({"state", "province", "region", "city", "camp"})
