"""Frames of people who leave their homes, take refuge or return.

A trigger word with its sentence comes in; drafts of claims with origins, destinations and the
number of people go out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.coding.english.containers import without_locators
from mapgen.coding.english.mentions import Mention, apart_from, holds, kids
from mapgen.coding.english.parties import subject
from mapgen.coding.english.sentence_context import (
    IN,
    INTO,
    ClaimDraft,
    at,
    governed,
    objects,
    outside_countries,
    place_tokens,
)
from mapgen.coding.english.verb_frames.forces_came import entered
from mapgen.core.tables.actors import FORCE_WORDS, REBEL_WORDS
from mapgen.core.tables.lexicon import verb_entry
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.quantities import Figure
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import ClaimPlace

PART = frozenset(
    {"bound", "headed", "heading", "largely", "mainly", "many", "most", "mostly", "part", "partly"}
    | {"some"}
)
REFUGEES = word_list("frames", "refugees")
UNPLACED = Reason(
    ReasonKind.WORDS, "no place"
)  # such a movement is kept only if another rule finds its place
REFUGE = frozenset({"asylum", "refuge", "safety", "sanctuary", "shelter"})


_GOING = frozenset({"cross", "go", "head", "move", "travel", "trek", "walk"})


def _destinations(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places to which people go, by a verb and the participles below it."""
    found = list(scene.oblique(verb, INTO))
    part = next((t.i for t in verb.subtree if t.lower_ == "including" and t.i > verb.i), None)
    for t in verb.subtree:
        if part is not None and t.i > part:
            break  # "including 7,000 who crossed into Y": only these went there
        if (
            t.tag_ == "VBG"
            and t.lemma_
            in {"head", "walk", "travel", "make", "move", "drive", "cross", "go", "stream"}
            and t.i != verb.i
        ) or (t.dep_ == "conj" and t.head.i == verb.i and t.lemma_ in _GOING):
            found += apart_from(scene.oblique(t, INTO), found)
    return found


GOALS = frozenset({"for", "to", "toward", "towards", "into"})


def _partly(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the destination of some of the people: "fled Bara, many of them toward El Obeid"."""
    end = verb.sent.end
    for t in verb.doc[verb.i + 1 : end]:
        if t.lower_ not in PART:
            continue
        for p in verb.doc[t.i + 1 : min(end, t.i + 4)]:
            if p.pos_ in {"AUX", "VERB"} or p.text == ";":
                break  # a clause of its own
            if p.lower_ in INTO and p.i + 1 < end:
                behind = verb.doc[p.i + 1 : min(end, p.i + 4)]
                near = next((n for n in behind if n.i in scene.passage.places), None)
                if near is not None:
                    return scene.places(near)
    return []


def make_it(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "several hundred people made it to Z"."""
    if not any(o.lower_ == "it" for o in kids(verb, "dobj")):
        return []
    return head(verb, verb_entry("go"), scene)


@dataclass(frozen=True, slots=True)
class _Movers:
    """The word for those who move, their number, and whether they are people or fighters."""

    word: Token | None
    figure: Figure | None
    people: bool
    fighters: bool


def flee(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people fled Y" and "people fled from Y to Z"; a figure suffices without a place."""
    who = _movers(verb, scene)
    if who.fighters or not (who.people or who.figure):
        return []
    origins, destinations = _ways(verb, who, scene, _left_behind(verb, scene))
    if not origins and not destinations:
        origins = _when_forces_came(verb, who, scene)
    if not origins and not destinations and who.figure is None:
        return []
    return [_movement(verb, entry, scene, who, origins, destinations)]


def leave(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people left Y for Z", and "troops left Y" as a withdrawal."""
    if are_left(verb):
        return []
    who = _movers(verb, scene)
    if who.fighters:
        return _left(verb, scene)
    if not who.people:
        return []
    origins, destinations = _ways(verb, who, scene, _left_behind(verb, scene))
    if not origins and not destinations:
        origins = _when_forces_came(verb, who, scene)
    if not origins and not destinations:
        return []
    return [_movement(verb, entry, scene, who, origins, destinations)]


def are_left(verb: Token) -> bool:
    """Whether people remain by a verb: "some 5,000 are thought to be left", "were left behind"."""
    return verb.lemma_.lower() == "leave" and bool(kids(verb, "auxpass"))


def _when_forces_came(verb: Token, who: _Movers, scene: SentenceContext) -> list[Mention]:
    """Return the town that people left when forces came; one man who fled is no displacement."""
    alone = who.word is not None and who.word.tag_ in {"NN", "NNP"} and who.figure is None
    return [] if alone else entered(verb.sent, scene)


def cross(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people crossed into Z from Y".

    A figure is required, because travellers cross too.
    """
    who = _movers(verb, scene)
    if not who.people or not who.figure:
        return []
    origins, destinations = _ways(verb, who, scene, [])
    if not origins and not destinations:
        return []
    return [_movement(verb, entry, scene, who, origins, destinations)]


def shelter(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people from Y sheltered in Z".

    An origin is required, because otherwise the text does not report a movement.
    """
    who = _movers(verb, scene)
    if not who.people:
        return []
    inside = scene.oblique(verb, frozenset({"in", "at"}))
    origins, destinations = _ways(verb, who, scene, [], inside)
    if not origins or not destinations:
        return []
    return [_movement(verb, entry, scene, who, origins, destinations)]


def head(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people headed to Z from Y"; "most headed to Z" continues an earlier flight."""
    if is_way_back(verb):
        return come_back(verb, entry, scene)
    who = _movers(verb, scene)
    if not who.people or (verb.lemma_ == "march" and _is_protest(verb)):
        return []
    origins, destinations = _ways(verb, who, scene, [])
    if not origins and not destinations:
        return []
    if origins or who.word is None or who.word.lower_ not in _MOST:
        return [_movement(verb, entry, scene, who, origins, destinations)]
    before = scene.discourse.recent_flight()
    if before is None:
        origins = _town_before(verb, scene, destinations)
        return [_movement(verb, entry, scene, who, origins, destinations)]
    reached = {d.place.id for d in destinations}
    known = tuple(p for p in before if p.place_id not in reached)
    return [_movement(verb, entry, scene, who, [], destinations, known)]


_MOST = frozenset({"most", "many", "thousands", "hundreds"})


def _is_protest(verb: Token) -> bool:
    """Whether those who march leave no place and reach none: "marched on parliament"."""
    return not governed(verb, *_ON_FOOT) and not kids(verb, "advcl", "xcomp")


_ON_FOOT = ("across", "from", "into", "out", "to", "toward", "towards")


def _movers(verb: Token, scene: SentenceContext) -> _Movers:
    """Return those who move by a verb, whether people or fighters."""
    who = subject(verb, scene.passage, scene.cast)
    if who is None and verb.tag_ == "VBN" and verb.dep_ == "acl":
        who = verb.head  # these verbs have no passive: the parser misread the past tense
    if who is None and verb.dep_ == "xcomp":  # "women were seen leaving Y"
        who = next(iter(kids(verb.head, "nsubjpass")), None)
    if who is not None:  # "most of our units"
        parts = [o for p in kids(who, "prep") if p.lower_ == "of" for o in kids(p, "pobj")]
        who = next((o for o in parts if o.lower_ in FORCE_WORDS | REBEL_WORDS), who)
    armed, people = scene.party(who) is not None, scene.people(who)
    return _Movers(who, scene.figure(verb), people, fighters=armed and not people)


def _left_behind(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that are the object of a verb of leaving, or where the homes left are."""
    left = [m for o in objects(verb) for m in scene.places(o)]
    return left or [m for o in objects(verb) for m in _where_homes_are(o, scene)]


def _where_homes_are(home: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places right behind homes: "left their homes in Y", whatever "in" is tied to."""
    behind = home.nbor(1) if home.i + 1 < home.sent.end else home
    if home.lemma_.lower() not in _HOMES or behind.lower_ not in {"across", "around", "in"}:
        return []
    return [m for o in kids(behind, "pobj") for m in scene.places(o)]


_HOMES = frozenset({"farm", "home", "house", "neighborhood", "neighbourhood", "shelter", "village"})


def _ways(
    verb: Token,
    who: _Movers,
    scene: SentenceContext,
    left: list[Mention],
    inside: list[Mention] | None = None,
) -> tuple[list[Mention], list[Mention]]:
    """Return the places from which and to which people moved.

    Parameters
    ----------
    verb
        The verb of movement.
    who
        Those who move.
    scene
        The sentence with its context.
    left
        Places that are the object of the verb: "fled Y".
    inside
        Places where people are by now, if the verb says this ("sheltered in Z"). For other verbs,
        their destinations are searched.
    """
    goals = _goals(verb, scene)
    if left:  # "left El Fasher since Sunday, mostly on foot, for Tawila"
        goals += apart_from(scene.oblique(verb, frozenset({"for"})), goals)
    origins = apart_from(left, goals) or scene.oblique(verb, frozenset({"from"}))
    going = _destinations(verb, scene) if inside is None else inside
    going = goals + apart_from(going, goals)
    going = apart_from(going or _partly(verb, scene), origins)
    # "fled El Fasher in North Darfur"
    destinations = [m for m in going if not any(holds(m, o) for o in origins)]
    destinations = without_locators(destinations, scene.passage.text)
    origins = [m for m in origins if not any(holds(m, o) for o in origins)]
    return origins or _homes(who, scene, destinations), destinations


def _goals(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the destinations after the object: "fled Kamanyola for Burundi"."""
    return [
        m
        for o in kids(verb, "dobj")
        for p in kids(o, "prep")
        if p.lower_ in GOALS
        for x in kids(p, "pobj")
        for m in scene.places(x)
    ]


def _homes(who: _Movers, scene: SentenceContext, destinations: list[Mention]) -> list[Mention]:
    """Return the places in the phrase for the people: "residents of Y"."""
    if who.word is None:
        return []
    return apart_from(outside_countries(scene.places(who.word)), destinations)


def _town_before(verb: Token, scene: SentenceContext, destinations: list[Mention]) -> list[Mention]:
    """Return the town that the text is about, unless it is a destination."""
    ref = scene.discourse.antecedent(scene.passage.starts[verb.i])
    if ref is None or ref.place is None:
        return []
    town = Mention(ref.place, ref.start, ref.end, ref.surface, coref=True)
    return apart_from([town], destinations)


def _movement(
    verb: Token,
    entry: LexiconEntry,
    scene: SentenceContext,
    who: _Movers,
    origins: list[Mention],
    destinations: list[Mention],
    known: tuple[ClaimPlace, ...] = (),
) -> ClaimDraft:
    """Return the draft of a movement; ``known`` has origins from an earlier sentence."""
    places = known + at(origins, Role.ORIGIN) + at(destinations, Role.DESTINATION)
    anchors = [who.word] if who.word is not None else []
    anchors += place_tokens(origins + destinations, scene, verb)
    return ClaimDraft(entry.kind, verb, places=places, figure=who.figure, anchors=anchors)


_POSTS = frozenset(
    {"base", "bases", "camp", "camps", "garrison", "outpost", "outposts", "position", "positions"}
    | {"post", "posts"}
)


def _left(verb: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "troops left the town of Y" and "left their position at Y" as a withdrawal."""
    things = [o for o in kids(verb, "dobj") if o.lower_ not in PART]  # "left X, some for Y"
    mentions = outside_countries([m for o in things for m in scene.places(o)])
    if not mentions and any(o.lower_ in _POSTS for o in things):
        mentions = outside_countries(scene.oblique(verb, IN))
    if not mentions:
        return []
    return [ClaimDraft(Kind.WITHDRAWAL, verb, scene.actor(verb), places=at(mentions, Role.ORIGIN))]


_INSIDE = frozenset({"across", "around", "in", "inside", "throughout", "within"})


def displace(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people were displaced from Y", "in Y" or "across Y", and "X evacuated Y"."""
    if verb.dep_ in {"amod", "pobj", "nsubj", "dobj"}:
        return []  # "the displaced": see `word_orders.flight`
    who = next(iter(objects(verb)), None) or subject(verb, scene.passage, scene.cast)
    figure = scene.figure(verb)
    if not (scene.people(who) or figure):
        return []
    origins = scene.oblique(verb, frozenset({"from"}))
    inside = scene.oblique(verb, _INSIDE) if not origins else []
    if not (origins or inside or figure):
        return []
    places = at(origins, Role.ORIGIN) + tuple(
        m.claim_place(
            Role.REGION if m.place.precision in {"country", "region", "province"} else Role.ORIGIN
        )
        for m in inside
    )
    going = scene.oblique(verb, frozenset({"to", "toward", "towards", "into"}))
    places += at(apart_from(going, origins), Role.DESTINATION)
    return [
        ClaimDraft(
            entry.kind,
            verb,
            places=places,
            figure=figure,
            anchors=[t for t in [who] if t is not None],
        )
    ]


def exodus(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "an exodus from Y" and "Y is witnessing an exodus"."""
    origins = scene.after(noun, frozenset({"from", "of", "out"}))
    verb = noun.head
    if (
        not origins
        and noun.dep_ in {"dobj", "pobj"}
        and verb.lemma_ in {"witness", "see", "face", "experience"}
    ):
        origins = [
            m
            for s in kids(verb, "nsubj")
            for m in scene.places(s)
            if m.place.precision != "country"
        ]
    of = [o for p in kids(noun, "prep") if p.lower_ == "of" for o in kids(p, "pobj")]
    figure = scene.figure(noun) if of else None
    if entry.word in {"flight", "influx"} and not any(scene.people(o) for o in of):
        return []  # "the flight of aircraft", "an influx of money"
    if entry.word == "influx":
        reached = scene.after(noun, frozenset({"in", "into", "to"}))
        if reached:
            places = at(origins, Role.ORIGIN) + at(reached, Role.DESTINATION)
            return [ClaimDraft(entry.kind, noun, places=places, figure=figure)]
    destinations = scene.after(noun, frozenset({"to", "toward", "towards", "into"}))
    if not origins and not destinations:  # kept if another rule finds the place
        return [ClaimDraft(entry.kind, noun, figure=figure, reasons=[UNPLACED])] if figure else []
    trigger_anchors = [verb] if verb.pos_ == "VERB" else []
    return [
        ClaimDraft(
            entry.kind,
            noun,
            places=at(origins, Role.ORIGIN) + at(destinations, Role.DESTINATION),
            figure=figure,
            anchors=trigger_anchors,
        )
    ]


def arrive(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "refugees arrived in Z from Y".

    The words must say that people flee, because visitors arrive too.
    """
    who = subject(verb, scene.passage, scene.cast)
    if who is None or not scene.people(who):
        return []
    origins = scene.oblique(verb, frozenset({"from"}))
    fleeing = any(t.lower_ in REFUGEES for t in who.subtree)
    reached = scene.oblique(verb, frozenset({"in", "at", "to", "into"}))
    reached = apart_from(reached, origins)
    if not reached or not (fleeing or (origins and scene.figure(verb))):
        return []
    places = at(origins, Role.ORIGIN) + at(reached, Role.DESTINATION)
    return [ClaimDraft(entry.kind, verb, places=places, figure=scene.figure(verb), anchors=[who])]


def reach(verb: Token, mentions: list[Mention], scene: SentenceContext) -> list[ClaimDraft]:
    """Read "around 9,000 people reached Z from Y"."""
    figure = scene.figure(verb)
    origins = scene.oblique(verb, frozenset({"from"}))
    who = subject(verb, scene.passage, scene.cast)
    mentions = apart_from(mentions, origins)
    if figure is None or not mentions or not origins or who is None:
        return []
    places = at(origins, Role.ORIGIN) + at(mentions, Role.DESTINATION)
    return [ClaimDraft(Kind.DISPLACEMENT, verb, places=places, figure=figure, anchors=[who])]


def turn_up(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "families turned up in Z" and "people ended up in Z, having fled Y"."""
    if not any(c.lower_ == "up" for c in verb.children):
        return []
    who = subject(verb, scene.passage, scene.cast)
    figure = scene.figure(verb)
    if who is None or not scene.people(who):
        return []
    reached = outside_countries(scene.oblique(verb, frozenset({"in", "at"})))
    origins = scene.oblique(verb, frozenset({"from"})) + [
        m
        for t in verb.subtree
        if t.tag_ == "VBG" and t.i != verb.i
        for m in [*scene.oblique(t, frozenset({"from"})), *scene.oblique(t.head, frozenset())]
    ]
    origins = apart_from(origins, reached)
    if not reached:
        return []
    places = at(origins, Role.ORIGIN) + at(reached, Role.DESTINATION)
    return [ClaimDraft(entry.kind, verb, places=places, figure=figure, anchors=[who])]


def seek(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people sought refuge in Z"."""
    things = [o for o in kids(verb, "dobj") if o.lower_ in REFUGE]
    who = subject(verb, scene.passage, scene.cast)
    if not things or who is None or not scene.people(who):
        return []
    inside = frozenset({"in", "at"})
    reached = scene.oblique(verb, inside) or [m for o in things for m in scene.after(o, inside)]
    origins = scene.places(who)
    origins = apart_from(origins, reached)
    if not reached:
        return []
    places = at(origins, Role.ORIGIN) + at(reached, Role.DESTINATION)
    return [
        ClaimDraft(
            entry.kind, verb, places=places, figure=scene.figure(verb), anchors=[who, *things]
        )
    ]


def is_way_back(verb: Token) -> bool:
    """Whether "back" or "home" directly follows a verb of going, so that people return."""
    behind = verb.i + 1
    return behind < verb.sent.end and verb.doc[behind].lower_ in {"back", "home"}


def come_back(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people returned to Y" and "people went home to Y"."""
    who = subject(verb, scene.passage, scene.cast)
    if who is None or not scene.people(who):
        return []
    reached = scene.oblique(verb, frozenset({"to", "into"}))
    told = scene.figure(verb) or any(t.lower_ in REFUGEES for t in who.subtree)
    if not reached or not told:
        return []
    places = at(reached, Role.DESTINATION)
    origins = scene.oblique(verb, frozenset({"from"}))
    places = at(origins, Role.ORIGIN) + places
    return [ClaimDraft(Kind.RETURN, verb, places=places, figure=scene.figure(verb), anchors=[who])]
