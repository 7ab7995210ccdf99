"""Frames of forces that move: they advance, approach, withdraw or reinforce.

A trigger word with its sentence comes in; drafts of claims with actors and places go out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.by_agreement import INVITED
from mapgen.coding.english.mentions import TOWN_NOUNS, Mention, kids, role_at
from mapgen.coding.english.parties import subject
from mapgen.coding.english.place_lists import continued
from mapgen.coding.english.quantities import KM_PER_MILE, parse_number
from mapgen.coding.english.sentence_context import (
    FROM,
    IN,
    INTO,
    TOWARD,
    ClaimDraft,
    at,
    governed,
    is_locative,
    objects,
    outside_countries,
)
from mapgen.coding.english.stated_direction import stated_direction
from mapgen.coding.english.verb_frames.people import head, leave, reach
from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS, REBEL_WORDS
from mapgen.core.tables.lexicon import verb_entry
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role
from mapgen.reasons import PLAIN, Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor, ClaimPlace

COMPASS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
)
TROOPS = word_list("frames", "troops")


def enter(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X entered Y"; it is a change of control if the other side left or X holds it."""
    actor = scene.actor(verb)
    mentions = [m for o in objects(verb) for m in scene.places(o)]
    if actor is None or not mentions:
        return []
    if INVITED.search(scene.passage.text, *scene.passage.bounds(verb.sent)):
        return [ClaimDraft(Kind.REINFORCEMENT, verb, actor, places=at(mentions))]
    taken = _is_left_to(verb, actor, scene) or _is_kept(verb, scene)
    kind = Kind.CONTROL_CHANGE if taken else entry.kind
    return [ClaimDraft(kind, verb, actor, places=at(mentions))]


def _is_left_to(verb: Token, actor: Actor, scene: SentenceContext) -> bool:
    """Whether the sentence says that the other side left: "entered Y after Z pulled out"."""
    words = scene.passage.text[slice(*scene.passage.bounds(verb.sent))]
    if _UNOPPOSED.search(words):
        return True
    for t in verb.sent:
        if t.lemma_ not in _LEAVING or t.i < verb.i:
            continue
        if not any(x.lower_ in _ONCE for x in verb.doc[verb.i + 1 : t.i]):
            continue
        other = _foe_before(t, verb, actor, scene) or scene.actor(t)
        if other is not None and other.side != actor.side:
            return True
    return False


def _is_kept(verb: Token, scene: SentenceContext) -> bool:
    """Whether those who entered a town hold it: "entered Y and hold it firmly"."""
    end = scene.passage.bounds(verb.sent)[1]
    return _KEPT.search(scene.passage.text, scene.passage.ends[verb.i], end) is not None


def _foe_before(leaving: Token, verb: Token, actor: Actor, scene: SentenceContext) -> Actor | None:
    """Return the foe of "entered Y after fighting with troops and their allies, who left"."""
    if not any(s.tag_ in {"WDT", "WP"} for s in kids(leaving, "nsubj")):
        return None
    between = [t for t in leaving.doc[verb.i + 1 : leaving.i] if t.pos_ in {"NOUN", "PROPN"}]
    parties = (scene.party(t) for t in reversed(between) if t.i not in scene.passage.places)
    return next((p for p in parties if p is not None and p.side != actor.side), None)


_KEPT = re.compile(
    r"\band\s(?:(?:firmly|now|still)\s)?(?:control|hold|keep)s?\s"
    r"(?:it|the\s(?:city|place|town|village))\b"
)
_UNOPPOSED = re.compile(
    r"\bunopposed\b|\bwithout (?:firing|fighting|a (?:fight|shot|battle))\b|"
    r"\bwithout (?:meeting |any |much )*resistance\b"
)
_LEAVING = frozenset({"abandon", "flee", "leave", "pull", "retreat", "withdraw"})
_ONCE = frozenset({"after", "as", "because", "once", "since", "when"})


def advance(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X advanced into Y", "on Y" or "toward Y".

    With "distance" or "reach" the forces only came near. "Into Y" is a change of control if the
    other side left.
    """
    actor = scene.actor(verb)
    if actor is None:
        return _people_advance(verb, scene)
    prepositions = frozenset({"into"}) if entry.frame == "advance_into" else TOWARD
    near = any(t.lower_ in {"distance", "reach"} for t in verb.subtree)
    mentions = scene.oblique(verb, prepositions)
    taken = [m for m in mentions if role_at(m) is Role.AT]
    if not near and taken and entry.frame == "advance_into" and _is_left_to(verb, actor, scene):
        return [ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, places=at(taken))]
    places = _advanced_to(mentions, near=near)
    if not places:
        inside = [m for m in scene.oblique(verb, frozenset({"in"})) if role_at(m) is Role.REGION]
        places = at(inside, Role.REGION)
    if not places and entry.word not in {"advance", "push"}:
        return []
    return [ClaimDraft(Kind.THREAT if near else entry.kind, verb, actor, places=places)]


def _people_advance(verb: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "200 families moved from Y to Z" and "displaced families move toward Z"."""
    counted = scene.oblique(verb, FROM) and scene.figure(verb) is not None
    if counted or scene.people(subject(verb, scene.passage, scene.cast)):
        return head(verb, verb_entry("head"), scene)
    return []


def _advanced_to(mentions: list[Mention], *, near: bool) -> tuple[ClaimPlace, ...]:
    """Return the goals of an advance; a country counts only if it is the only place."""
    reached = Role.NEAR if near else Role.DESTINATION
    places = tuple(
        m.claim_place(Role.REGION if role_at(m) == Role.REGION else reached) for m in mentions
    )
    return tuple(p for p in places if p.precision != "country" or len(places) == 1)


def approach(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X approached Y" and "X besieged Y"."""
    actor = scene.actor(verb)
    things = objects(verb) or _described(verb)
    if entry.kind is Kind.SIEGE and actor is None and _is_by_things(verb, scene):
        return []  # "surrounded by olive groves"
    mentions = [m for o in things for m in scene.places(o) if m.place.precision != "country"]
    who = subject(verb, scene.passage, scene.cast)
    if who is not None and who.pos_ == "PRON" and entry.word == "reach":
        actor = None  # "they reached Ankawa in under an hour"
    if actor is None and entry.word == "reach":
        return reach(verb, mentions, scene)
    if not mentions or (actor is None and entry.kind is not Kind.SIEGE):
        return []
    if verb.lower_ in {"rang", "rung"}:  # by telephone
        return []
    return [
        ClaimDraft(
            entry.kind,
            verb,
            actor,
            places=at(mentions, Role.AT if entry.kind is Kind.SIEGE else Role.NEAR),
            reasons=_why_ringed(verb, actor),
        )
    ]


def _why_ringed(verb: Token, actor: Actor | None) -> list[Reason]:
    """Return why "X have ringed Y" leaves nothing open."""
    ringed = verb.lemma_ == "ring" and actor is not None and bool(kids(verb, "dobj"))
    return [Reason(ReasonKind.WORDS, PLAIN)] if ringed else []


def _described(word: Token) -> list[Token]:
    """Return the town of an adjective: "Y remains besieged", "Y, encircled, holds out"."""
    if word.dep_ == "acomp":
        return kids(word.head, "nsubj")
    if word.dep_ == "amod" and word.i > word.head.i:
        return [word.head]
    aside = word.i > word.sent.start and word.nbor(-1).text == ","
    return kids(word, "nsubj") if word.tag_ == "JJ" or aside else []


def _is_by_things(verb: Token, scene: SentenceContext) -> bool:
    """Whether what surrounds a town is no armed party, nor people: "by hills", "by mines"."""
    by = [o for p in kids(verb, "agent", "prep") if p.lower_ == "by" for o in kids(p, "pobj")]
    return any(o.pos_ == "NOUN" and o.lower_ not in _BESIEGERS and not scene.people(o) for o in by)


_BESIEGERS = FORCE_WORDS | REBEL_WORDS | GROUP_WORDS | {"enemies", "enemy", "side", "sides"}


def close_in(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X closed in on Y".

    Without a place, it is the settlement that the text is about.
    """
    if not any(c.lower_ == "in" for c in verb.children):
        return []
    actor = scene.actor(verb) or scene.first_party(verb.lefts)
    if actor is None:
        return []
    mentions = outside_countries(scene.oblique(verb, frozenset({"on", "in"})))
    reasons = []
    if not mentions:
        ref = scene.discourse.antecedent(scene.passage.starts[verb.i])
        if ref is None or ref.place is None:
            return []
        mentions = [Mention(ref.place, ref.start, ref.end, ref.surface, near=True, coref=True)]
        reasons.append(Reason(ReasonKind.PLACE, "the settlement the sentence is about"))
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions, Role.NEAR), reasons=reasons)]


def withdraw(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X withdrew from Y" and "X pulled out of Y"."""
    if entry.frame == "withdraw_prt" and not any(
        c.lower_ in {"out", "back"} for c in verb.children
    ):
        return []
    actor = scene.actor(verb)
    mentions = scene.oblique(verb, FROM)
    mentions += continued(mentions, verb, scene)
    return (
        [ClaimDraft(entry.kind, verb, actor, places=at(mentions, Role.ORIGIN))]
        if actor and mentions
        else []
    )


def withdrawal_of(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "the withdrawal of X from Y" and "X's retreat from Y"."""
    mentions = outside_countries(scene.after(noun, FROM))
    owners = governed(noun, "of", "by")
    owners += kids(noun, "poss", "compound", "amod")
    actor = scene.first_party(owners)
    if not mentions or actor is None:
        return []
    return [ClaimDraft(entry.kind, noun, actor, places=at(mentions, Role.ORIGIN))]


def abandon(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X abandoned Y"; without an armed party, it is read as people leaving Y."""
    actor = scene.actor(verb)
    things = [o for o in objects(verb) if is_locative(o, scene)]
    if actor is None and things:
        return leave(verb, verb_entry("leave"), scene)  # "families abandoned Y"
    if actor is None or not things:
        return []
    mentions = [m for o in things for m in scene.places(o)] or scene.oblique(verb, IN)
    mentions = mentions or scene.there(verb)  # "abandoned their positions there"
    mentions += continued(mentions, verb, scene)
    places = at(mentions, Role.ORIGIN)
    taker = scene.first_party(governed(verb, "to"))
    if taker is not None:  # "abandoned Y to X"
        loser = actor if actor != taker else None
        held = at(mentions)
        return [ClaimDraft(Kind.CONTROL_CHANGE, verb, taker, loser, held, anchors=things)]
    return [ClaimDraft(entry.kind, verb, actor, places=places, anchors=things)]


def left(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "people left Y", and "X left Y to Z", by which Z holds it."""
    given = scene.actor(verb) is not None and scene.first_party(governed(verb, "to")) is not None
    return (abandon if given else leave)(verb, entry, scene)


def reinforce(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X reinforced Y" and "X deployed troops to Y"."""
    actor = scene.actor(verb)
    if actor is None:
        return []
    prepositions = INTO | {"within", "around", "inside"}
    mentions = [m for o in objects(verb) for m in scene.places(o)] or scene.oblique(
        verb, prepositions
    )
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions, Role.AT))] if mentions else []


def on_doorstep(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X is on the doorstep of Y", which means near Y, not in it."""
    mentions = [m for m in scene.places(noun) if m.place.precision != "country"]
    if not mentions or noun.head.lower_ not in {"on", "at"}:
        return []
    verb = noun.head.head
    who = scene.first_party([*kids(verb, "dobj"), *kids(verb, "nsubj"), verb])
    return [
        ClaimDraft(
            entry.kind, noun, who, places=at(mentions, Role.NEAR), anchors=kids(verb, "dobj")
        )
    ]


def proximity(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X stands 10 km from Y"; distances in miles are converted to kilometres."""
    number = next(
        (parse_number(scene.passage.word(c)) or _decimal(c.text) for c in kids(noun, "nummod")),
        None,
    )
    if number is None:
        return []
    km = float(number) * (KM_PER_MILE if noun.lemma_.startswith("mile") else 1.0)
    # "10 km from the outskirts": the parser may attach the distance to the preposition
    verb = noun.head.head if noun.head.pos_ in {"ADP", "ADV"} else noun.head
    sources = _measured_from(noun, verb)
    mentions = _settlements(sources, scene)
    if not mentions:
        sources = _measured_from_later(noun)
        mentions = _settlements(sources, scene)
    actor = scene.first_party(kids(verb, "nsubj"))
    if actor is None and verb.pos_ in {"VERB", "AUX"}:
        actor = scene.actor(verb)
    if not mentions or actor is None or _is_conversion(noun):
        return []
    if _says_where(noun, scene) or _is_of_place(verb, scene):
        return []
    near = mentions[0]
    way = stated_direction(scene.passage.text[scene.passage.ends[noun.i] : near.start])
    place = replace(near.claim_place(Role.NEAR, distance_km=round(km, 2)), direction=way)
    return [ClaimDraft(entry.kind, noun, actor, None, (place,), anchors=[noun, *sources])]


def _measured_from(noun: Token, verb: Token) -> list[Token]:
    """Return the words from which a distance is measured, by the parse."""
    inner = [word for t in noun.subtree for word in governed(t, *_AWAY)]
    return [*governed(noun, *_AWAY), *governed(verb, *_AWAY), *inner]


def _measured_from_later(noun: Token) -> list[Token]:
    """Return the words from which a distance is measured: "10 km to the north of Y".

    The prepositions in the words after the distance are used, whatever the parse says.
    """
    later = [t for t in noun.sent if noun.i < t.i <= noun.i + _REACH_OF_WORDS and _points_away(t)]
    return [o for p in later for o in kids(p, "pobj")]


def _points_away(token: Token) -> bool:
    """Whether a word is "from", "outside", or the "of" of "north of"."""
    if token.lower_ == "of":
        return token.nbor(-1).lower_ in COMPASS
    return token.lower_ in {"from", "outside"}


def _settlements(words: list[Token], scene: SentenceContext) -> list[Mention]:
    """Return the settlements that these words refer to."""
    return [m for o in words for m in scene.places(o) if m.place.precision == "settlement"]


def _says_where(noun: Token, scene: SentenceContext) -> bool:
    """Whether a distance only says where a place lies: "captured Y, 15 km east of Z"."""
    words = [noun, *(c for c in kids(noun, "nummod", "quantmod", "advmod") if c.i < noun.i)]
    first = min(t.i for w in words for t in [w, *w.lefts])
    before = noun.doc[noun.sent.start : first]
    while before and before[-1].lower_ in {"about", "around", "just", "nearly", "roughly", "some"}:
        before = before[:-1]
    if len(before) < 2 or before[-1].text not in {",", "("}:  # noqa: PLR2004 - a place and a mark
        return False
    named = before[-2]
    unknown = named.pos_ == "PROPN" and scene.party(named) is None  # a village of no list
    return named.i in scene.passage.places or unknown


def _is_of_place(verb: Token, scene: SentenceContext) -> bool:
    """Whether a verb says where a place lies: "the town, which lies 120 km north of Y"."""
    subjects = [verb.head if s.tag_ in {"WDT", "WP"} else s for s in kids(verb, "nsubj")]
    return any(s.i in scene.passage.places or s.lower_ in TOWN_NOUNS for s in subjects)


def _is_conversion(noun: Token) -> bool:
    """Whether a distance in miles repeats one in kilometres: "10 km (six miles)"."""
    return noun.lemma_.startswith("mile") and any(
        t.lemma_.startswith(("kilomet", "km")) for t in noun.sent
    )


_AWAY = ("from", "outside", "of")
_REACH_OF_WORDS = 14


def _decimal(text: str) -> float | None:
    """Return the number that digits express, or None."""
    try:
        return float(text.replace(",", ""))
    except ValueError:  # a word that is not a number, as in "several kilometres"
        return None


def send(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X sent troops to Y"."""
    things = [o for o in kids(verb, "dobj") if o.lower_ in TROOPS]
    actor = scene.actor(verb)
    mentions = scene.oblique(verb, INTO) or [m for o in things for m in scene.after(o, INTO)]
    if actor is None or not things or not mentions:
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions, Role.AT), anchors=things)]


def mass(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X massed near Y"."""
    actor = scene.actor(verb)
    mentions = outside_countries(scene.oblique(verb, IN))
    if actor is None or not mentions:
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions, Role.NEAR))]
