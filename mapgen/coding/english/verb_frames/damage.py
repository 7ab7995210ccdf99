"""Frames of what is burned, wrecked and shot at: "soldiers set fire to Y", "gunmen opened fire".

A trigger word with its sentence comes in; drafts of strikes, clashes and attacks go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids, without_containers
from mapgen.coding.english.parties import subject
from mapgen.coding.english.sentence_context import (
    IN,
    ClaimDraft,
    at,
    governed,
    led_place,
    objects,
    outside_countries,
)
from mapgen.coding.english.verb_frames.fighting import PLANTED, impact
from mapgen.coding.english.verb_frames.weapons import is_aircraft, is_fired, is_weapon
from mapgen.coding.english.verb_frames.whose_town import open_gates
from mapgen.core.tables.actors import FORCE_WORDS
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind
from mapgen.reasons import PLAIN, Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor

_ARMED = word_list("deaths", "armed")
_BUILDINGS = word_list("frames", "buildings")
_POSTS = word_list("frames", "posts")
_SOLDIERS = word_list("frames", "troops") | {"army", "police", "guards"}
_ALIGHT = frozenset({"ablaze", "afire", "aflame", "alight"})
_STRIKES = frozenset(
    {"airstrike", "airstrikes", "bombardment", "bombardments", "shelling", "strike", "strikes"}
)
_ENTERED = frozenset({"into", "in"})


def burn(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X burned a school in Y", "X torched Y" and "X set fire to Y" as attacks on civilians.

    What a weapon sets alight is a strike, and a post of soldiers that burns a clash.
    """
    things = _burned(verb)
    actor, by_arms = _who(verb, scene)
    mentions = outside_countries(_where(verb, things, scene))
    built = any(t.lower_ in _BUILDINGS for o in things for t in (o, *kids(o, "conj", "appos")))
    if things and mentions and _is_hit_by_weapon(verb, scene):
        return [ClaimDraft(Kind.STRIKE, verb, places=at(mentions), anchors=things)]
    if not mentions or not (built or _are_towns(things, scene)):
        return []
    if actor is None and not by_arms:
        return []
    words = {t.lower_ for o in things for t in o.subtree}
    kind = Kind.CLASH if words & _POSTS and words & _SOLDIERS else entry.kind
    why = [Reason(ReasonKind.WORDS, PLAIN)]
    return [ClaimDraft(kind, verb, actor, places=at(mentions), anchors=things, reasons=why)]


def _burned(verb: Token) -> list[Token]:
    """Return what burns: the X of "set fire to X", "set X alight" and "torched X"."""
    if verb.lemma_.lower() != "set":
        return objects(verb)
    fires = [o for o in objects(verb) if o.lower_ == "fire"]
    if fires:
        return governed(verb, "to") or [t for o in fires for t in governed(o, "to")]
    on_fire = any(o.lower_ == "fire" for o in governed(verb, "on"))
    alight = any(t.lower_ in _ALIGHT for t in verb.subtree if verb.i < t.i)
    return objects(verb) if on_fire or alight else []


def _who(verb: Token, scene: SentenceContext) -> tuple[Actor | None, bool]:
    """Return the party that acts by a verb, and whether armed people of no party do."""
    who = subject(verb, scene.passage, scene.cast)
    armed = who is not None and (
        who.lower_ in _ARMED or any(c.lower_ == "armed" for c in kids(who, "amod"))
    )
    return scene.party(who), armed


def _where(verb: Token, things: list[Token], scene: SentenceContext) -> list[Mention]:
    """Return the places of what was burned, else those around the verb."""
    own = [m for o in things for m in scene.places(o) or scene.after(o, IN)]
    own = own or scene.oblique(verb, IN) or scene.there(verb)
    return without_containers(own or led_place(scene, verb))


def _are_towns(things: list[Token], scene: SentenceContext) -> bool:
    """Whether a name of a place is what was burned, not only where something was."""
    return any(o.i in scene.passage.places for o in things)


def _is_hit_by_weapon(verb: Token, scene: SentenceContext) -> bool:
    """Whether a weapon is what acts by a verb."""
    return is_weapon(subject(verb, scene.passage, scene.cast), scene) or is_fired(verb, scene)


def wreck(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "a missile flattened a house in Y" and "a mine blew up a bus near Y".

    What air defences destroy are weapons.
    """
    # the last one: "Y: a mine destroyed a lorry" has two
    who = next((t for t in reversed(kids(verb, "nsubj")) if t.i not in scene.passage.places), None)
    things = kids(verb, "dobj")
    if who is None or (entry.word == "blow" and not _is_up(verb)):
        return []
    if not things:
        return impact(verb, entry, scene) if entry.word == "blow" else []
    if who.lower_ in _STRIKES:
        return []  # the noun tells the strike
    planted = who.lower_ in PLANTED and not is_weapon(who, scene)
    if not planted and not _is_hit_by_weapon(verb, scene):
        return []
    if any(is_weapon(o, scene) or is_aircraft(scene.passage.word(o)) for o in things):
        return []
    mentions = outside_countries(_where(verb, things, scene))
    if not mentions:
        return []
    armed = any(t.lower_ in FORCE_WORDS for o in things for t in o.subtree)
    kind = (Kind.CLASH if armed else Kind.ATTACK_ON_CIVILIANS) if planted else entry.kind
    actor = scene.first_party(kids(who, "amod", "compound", "poss"))
    return [ClaimDraft(kind, verb, actor, places=at(mentions), anchors=[who, *things])]


def _is_up(verb: Token) -> bool:
    return any(c.lower_ == "up" for c in verb.children)


def opened(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "gunmen opened fire at a market in Y" as an attack on civilians, and "opened its gates".

    Shots at soldiers are a clash.
    """
    fires = [o for o in objects(verb) if o.lower_ == "fire"]
    if not fires:
        return open_gates(verb, entry, scene)
    actor, by_arms = _who(verb, scene)
    if actor is None and not by_arms:
        return []
    aimed = IN | {"on", "at", "into"}
    targets = [t for w in (verb, *fires) for t in governed(w, *aimed)]
    if any(t.lower_ == "air" for t in targets):
        return []
    own = [m for t in targets for m in scene.places(t) or scene.after(t, IN)]
    mentions = outside_countries(own or led_place(scene, verb))
    if not mentions:
        return []
    armed = any(t.lower_ in _SOLDIERS | FORCE_WORDS for o in targets for t in o.subtree)
    kind = Kind.CLASH if armed else Kind.ATTACK_ON_CIVILIANS
    return [ClaimDraft(kind, verb, actor, places=at(without_containers(mentions)), anchors=fires)]


def run_into(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "the column ran into an ambush at Y" as a clash."""
    prep = noun.head
    if prep.dep_ != "prep" or prep.lower_ not in _ENTERED or prep.head.pos_ != "VERB":
        return []
    verb = prep.head
    if verb.lemma_.lower() not in _RUNNING:
        return []
    mentions = scene.after(noun, IN) or scene.oblique(verb, IN) or led_place(scene, noun)
    mentions = without_containers(outside_countries(mentions))
    return [ClaimDraft(entry.kind, noun, places=at(mentions), anchors=[verb])] if mentions else []


_RUNNING = frozenset({"blunder", "catch", "drive", "fall", "lead", "lure", "march", "run", "walk"})
