"""Frames of strikes that a weapon or a noun tells: "an Iskander hit Y", "a drone attack on Y".

A trigger word with its sentence comes in; drafts of strikes and attacks go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids, without_containers
from mapgen.coding.english.parties import subject
from mapgen.coding.english.sentence_context import (
    IN,
    STRIKE_NOUNS,
    ClaimDraft,
    at,
    governed,
    objects,
    outside_countries,
)
from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS, REBEL_WORDS, WEAPON_WORDS
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry

WEAPON_NAMES = word_list("frames", "weapon_names")
AIRCRAFT = word_list("frames", "aircraft")
DROPPED = word_list("frames", "dropped")
_SENT = word_list("frames", "sent")
_SHOT = word_list("frames", "shot")
_AIR_BOMBS = word_list("frames", "air_bombs")
_STRIKERS = word_list("subject", "labour")
_COUNTED = frozenset({"all", "dozens", "few", "hundreds", "many", "most", "one", "scores"})
_COUNTED |= frozenset({"several", "some", "three", "two"})
_UNDER = IN | {"onto", "over"}
_SHOOTING = frozenset({"conduct", "launch", "carry"})


def are_armed(who: Token) -> bool:
    """Whether a phrase names armed people: "rebels and soldiers", "a column of militants".

    Parameters
    ----------
    who
        Head of the phrase.
    """
    return any(t.lower_ in FORCE_WORDS | GROUP_WORDS | REBEL_WORDS for t in who.subtree)


def is_weapon(noun: Token | None, scene: SentenceContext) -> bool:
    """Whether the subject of a verb is a weapon or a strike: "most of the strikes", "an Iskander".

    The strikes of teachers and other workers are not.

    Parameters
    ----------
    noun
        The subject.
    scene
        The sentence with its context.
    """
    if noun is None:
        return False
    if struck_before(noun) is not None:
        return True
    if noun.lower_ in _COUNTED:
        return any(is_weapon(o, scene) for o in governed(noun, "of"))
    if noun.lower_ in {"strike", "strikes"} and any(t.lower_ in _STRIKERS for t in noun.subtree):
        return False
    if noun.lower_ in STRIKE_NOUNS | WEAPON_WORDS | _SHOT:
        return True
    if noun.lower_ == "bomb" and any(c.lower_ in _AIR_BOMBS for c in noun.lefts):
        return True
    if noun.lower_ in _SENT and any(is_arm(c, scene) for c in kids(noun, "amod", "compound")):
        return True
    return scene.passage.word(noun).casefold().removesuffix("s") in WEAPON_NAMES


def struck_before(word: Token) -> Token | None:
    """Return the raid that "another", "a second" and "one" mean: the last one of the paragraph.

    Parameters
    ----------
    word
        The subject of a verb.
    """
    alone = not any(c.dep_ in {"amod", "compound", "nmod"} for c in word.lefts)
    ordinal = any(c.lower_ in {"a", "the", "yet"} for c in word.lefts)
    one = word.lower_ in {"another", "one"} and alone
    if not (one or (word.lower_ in _ORDINALS and ordinal)):
        return None
    if any(c.lower_ == "of" for c in word.rights):
        return None  # "one of them"
    doc = word.doc
    first = max(word.sent.start - 1, 0)
    before = doc[doc[first].sent.start : word.i]
    raids = [t for t in before if t.lower_ in _RAIDS and t.pos_ in {"NOUN", "PROPN"}]
    return raids[-1] if raids else None


_RAIDS = word_list("frames", "raids")
_ORDINALS = frozenset({"second", "third", "fourth", "fifth"})


def is_fired(verb: Token, scene: SentenceContext) -> bool:
    """Whether what does a deed are the "shells fired from Y, theirs since May," before it.

    Parameters
    ----------
    verb
        The verb of the deed.
    scene
        The sentence with its context.
    """
    sent = verb.sent
    for t in sent.doc[sent.start : verb.i]:
        if is_weapon(t, scene) and t.nbor().lower_ in {"fired", "launched"}:
            # nothing else begins right before the verb
            fired = t.nbor()
            return verb.i == fired.i + 1 or verb.nbor(-1).text == "," or verb.head == fired
    return False


# "B-52s", "Su-24", "MiG-29", "F-16s", "Mi-8"
_MODEL = re.compile(r"(?:a|ah|b|f|mi|mig|su|tb|tu)-?\d{1,3}[a-z]?s?", re.IGNORECASE)


def is_aircraft(word: str) -> bool:
    """Whether a word names aircraft, by kind or by model: "warplanes", "B-52s"."""
    return word.casefold() in AIRCRAFT or _MODEL.fullmatch(word) is not None


def weapon_attack(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "a drone attack on Y" and "rocket attacks on Y" as strikes.

    Without a word for a weapon before it, an attack may be anything, and is not read.
    """
    if noun.dep_ == "compound" or noun.head.lemma_ in _SHOOTING:
        return []
    words = kids(noun, "compound", "amod", "nmod")
    if not any(is_arm(c, scene) for c in words):
        return []
    mentions = scene.after(noun, frozenset({"against", "in", "near", "on"}))
    mentions = mentions or scene.behind(noun, frozenset({"on", "against"}))
    mentions = without_containers(outside_countries(mentions))
    if not mentions:
        return []
    actor = scene.first_party(words)
    return [ClaimDraft(entry.kind, noun, actor, places=at(mentions, Role.AT), anchors=[noun])]


def is_arm(word: Token, scene: SentenceContext) -> bool:
    """Whether a word before "attack" names a weapon."""
    name = scene.passage.word(word).casefold()
    return name.removesuffix("s") in WEAPON_NAMES or name in _SHOT | {"air", "drone", "mortar"}


def fallen(verb: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "rockets fall on Y" as a strike.

    Parameters
    ----------
    verb
        The verb "fall".
    scene
        The sentence with its context.
    """
    what = next(iter(kids(verb, "nsubj")), None)
    if what is None or scene.passage.word(what).casefold() not in _SHOT:
        return []
    hit = scene.oblique(verb, IN | {"into", "onto"})
    mentions = outside_countries([m for m in hit if not m.coref])  # "it" may be a house
    if not mentions:
        return []
    actor = scene.first_party(kids(what, "amod", "compound", "poss"))
    return [ClaimDraft(Kind.STRIKE, verb, actor, places=at(mentions), anchors=[what])]


def drop(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "a helicopter dropped bombs on Y" as a strike.

    Parameters
    ----------
    verb
        The verb "drop".
    entry
        Its entry in the lexicon.
    scene
        The sentence with its context.
    """
    things = [o for o in objects(verb) if o.lower_ in DROPPED]
    mentions = [m for o in things for m in scene.after(o, _UNDER)]
    mentions = mentions or scene.oblique(verb, _UNDER)
    mentions = without_containers(outside_countries(mentions))
    if not things or not mentions:
        return []
    who = subject(verb, scene.passage, scene.cast)
    owners = kids(who, "amod", "compound", "poss") if who is not None else []
    actor = scene.party(who) or scene.first_party(owners)
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions, Role.AT), anchors=things)]
