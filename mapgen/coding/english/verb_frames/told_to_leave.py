"""Frames of orders and calls to leave, which say what people should do, not what they did.

A sentence such as "the army ordered residents of Y to leave" becomes a claim of its own kind, an
evacuation order at Y. Whether anybody left is for other words to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention, apart_from, kids
from mapgen.coding.english.sentence_context import (
    ClaimDraft,
    at,
    governed,
    led_place,
    outside_countries,
)
from mapgen.coding.english.verb_frames.ground_taken import lose
from mapgen.core.tables.lexicon import verb_entry
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry

LEAVING = word_list("orders", "leaving")
EVACUATION = word_list("orders", "evacuation")
ISSUING = word_list("orders", "issuing")
COVERED = frozenset({"across", "around", "covering", "for", "from", "in", "of"})


def tell(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X told residents of Y to leave" and "X ordered the evacuation of Y"."""
    going = _going(verb)
    if going is None:
        return _ordered(verb, entry, scene)
    who = next(iter(_told(verb, going)), None)
    if who is None or not scene.people(who) or scene.party(who) is not None:
        return []
    left = [m for o in kids(going, "dobj") for m in scene.places(o)]
    left = left or scene.oblique(going, frozenset({"from"})) or scene.places(who)
    named = any(t.pos_ == "PROPN" for t in who.subtree)  # "families in a camp at Z"
    if not left and not named and not kids(going, "dobj"):
        left = scene.fronted(verb) or led_place(
            scene, verb
        )  # "In Y, the council told residents to leave"
    return _order(verb, entry, scene, left, [going, who])


def give(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X gave residents of Y 48 hours to leave"; otherwise it is read as Y being given up."""
    going = _going(verb)
    people = [o for o in kids(verb, "dative", "dobj", "nsubjpass") if scene.people(o)]
    for limit in kids(verb, "dobj"):
        going = going or _going(limit)
    if going is None or not people:
        return lose(verb, entry, scene)
    left = scene.places(people[0]) or [m for o in kids(going, "dobj") for m in scene.places(o)]
    return _order(verb, verb_entry("order"), scene, left, [going, *people])


def order(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "an evacuation order for Y" and "orders for the residents of Y to leave"."""
    named = any(c.lower_ in EVACUATION for c in kids(noun, "compound", "amod", "nmod"))
    going = next((c for c in kids(noun, "acl") if c.lemma_ in LEAVING), None)
    if not named and going is None:
        return []
    verb = noun.head
    issued = verb.lemma_.lower() in ISSUING and noun.dep_ in {"dobj", "nsubjpass", "nsubj"}
    under = noun.dep_ == "pobj" and verb.lower_ == "under"
    if not issued and not under:
        return []
    left = scene.after(noun, COVERED)
    if issued:
        left += apart_from(scene.oblique(verb, COVERED), left)
    if going is not None:
        left += [m for o in kids(going, "dobj") for m in scene.places(o)]
        left += apart_from(scene.oblique(going, frozenset({"from"})), left)
    if under:
        left += [m for s in kids(verb.head, "nsubj", "nsubjpass") for m in scene.places(s)]
    trigger = verb if issued else noun
    return _order(trigger, entry, scene, left, [noun])


def _ordered(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "ordered the evacuation of Y" and "called for the evacuation of Y"."""
    things = [*kids(verb, "dobj", "nsubjpass"), *governed(verb, "for")]
    nouns = [t for t in things if t.lower_ in EVACUATION]
    left = [m for n in nouns for m in scene.after(n, COVERED)]
    return _order(verb, entry, scene, left, nouns)


def _going(verb: Token) -> Token | None:
    """Return the verb of leaving that somebody is told to carry out: "to leave"."""
    for c in verb.children:
        if c.dep_ not in {"xcomp", "ccomp", "advcl", "acl", "relcl"} or c.i < verb.i:
            continue
        has_to = any(a.lower_ == "to" for a in kids(c, "aux"))
        if _is_leaving(c) and has_to and not kids(c, "neg"):
            return c
    return None


def _is_leaving(verb: Token) -> bool:
    """Whether a verb is one of leaving: "leave", "get out", "clear out"."""
    if verb.lemma_.lower() in LEAVING:
        return True
    return verb.lemma_.lower() in {"clear", "get", "go", "move"} and any(
        c.lower_ == "out" for c in verb.children
    )


def _told(verb: Token, going: Token) -> list[Token]:
    """Return the words for those who are told to leave: "told X", "X was told", "call on X"."""
    return [*kids(verb, "dobj", "nsubjpass", "dative"), *kids(going, "nsubj"),
            *governed(verb, "on", "upon", "to")]  # fmt: skip


def _order(
    trigger: Token,
    entry: LexiconEntry,
    scene: SentenceContext,
    left: list[Mention],
    anchors: list[Token],
) -> list[ClaimDraft]:
    """Return the draft of an evacuation order, or none without a place."""
    mentions = outside_countries(left)
    if not mentions:
        return []
    places = at(mentions, Role.AT)
    return [ClaimDraft(entry.kind, trigger, scene.actor(trigger), places=places, anchors=anchors)]
