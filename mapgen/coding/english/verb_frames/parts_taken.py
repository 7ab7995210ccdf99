"""Frames of ground that is less than a town: positions, gains, and towns taken in turns.

A trigger word with its sentence comes in; drafts of advances and clashes go out, and whether what
is taken is a town or only lies in or near one.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import SITE_NOUNS, TOWN_NOUNS, Mention, is_wide, kids, role_at
from mapgen.coding.english.sentence_context import IN, ClaimDraft, at, outside_countries
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Precision, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor

POSITIONS = word_list("frames", "positions")
_UNNAMED = word_list("frames", "unnamed")
_QUARTERS = word_list("governors", "quarters")
_SHARES = word_list("governors", "shares")
_PREMISES = word_list("mentions", "premises")
STRONGPOINTS = word_list("mentions", "strongpoints")
_VOTES = word_list("frames", "votes")
_WHERE = IN | {"of", "to", "toward", "towards"}
_MAKING = frozenset({"achieve", "claim", "consolidate", "gain", "make", "record", "register"})
_AGAIN = re.compile(
    r"\b(?:twice|more than once|(?:\d+|countless|eight|few|five|four|many|multiple|nine|numerous|"
    r"several|seven|six|ten|three|two) (?:more )?times)\b"
)
_STOPS = frozenset({",", ";", "after", "as", "before", "on", "when", "while"})
_FEW = 8  # words after a verb among which "three times" belongs to it


def positions_taken(
    verb: Token, things: list[Token], actor: Actor | None, scene: SentenceContext
) -> list[ClaimDraft]:
    """Read "X regained positions in Y" as an advance near Y, since Y itself is not taken.

    Parameters
    ----------
    verb
        The verb of taking.
    things
        Its objects.
    actor
        The party that takes them, if known.
    scene
        The sentence with its context.

    Returns
    -------
    list of ClaimDraft
        No drafts if an object is something other than positions, or if no party or place is named.
    """
    if actor is None or not things or not all(o.lower_ in POSITIONS for o in things):
        return []
    mentions = outside_countries([m for o in things for m in _around(o, verb, scene)])
    if not mentions:
        return []
    places = at(mentions, Role.NEAR)
    return [ClaimDraft(Kind.ADVANCE, verb, actor, places=places, anchors=things)]


def of_gains(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X made gains near Y" as an advance."""
    before = reversed(list(noun.doc[max(noun.sent.start, noun.i - _FEW) : noun.i]))
    verb = next((t for t in before if t.pos_ == "VERB" and t.tag_ != "VBN"), None)
    if verb is None or verb.lemma_.lower() not in _MAKING:
        return []
    if any(t.lower_ in _VOTES for t in verb.subtree):
        return []  # "made gains in Y in the election"
    actor = scene.actor(verb)
    mentions = outside_countries(_around(noun, verb, scene))
    if actor is None or not mentions:
        return []
    places = at(mentions, Role.NEAR)
    return [ClaimDraft(entry.kind, noun, actor, places=places, anchors=[noun])]


def _around(noun: Token, verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places at which ground is gained."""
    named = scene.places(noun) or scene.behind(noun, _WHERE) or scene.oblique(verb, IN)
    return named or scene.fronted(verb)


def in_turns(verb: Token) -> bool:
    """Whether a town changes hands again and again: "twice before noon", "several times"."""
    behind = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + _FEW)]
    words = [t.lower_ for t in behind]
    stop = next((n for n, w in enumerate(words) if w in _STOPS), len(words))
    return _AGAIN.search(" ".join(words[:stop])) is not None


def role_taken(mention: Mention, things: list[Token], scene: SentenceContext) -> Role:
    """Return the role of a place that is taken.

    If only a part of it or something unnamed is taken, the role is "near" or "region".
    """
    if any(c.lower_ == "administrative" for o in things for c in o.children):
        return Role.AT  # "the administrative post of Y": a unit of government, with its seat
    if any(_is_part(o) for o in things) and mention.place.precision == "settlement":
        return Role.NEAR
    if mention.coref and are_unnamed(things, scene):
        return Role.NEAR
    if is_wide(mention) and _are_towns_of(things, scene):
        return Role.REGION  # "captured the capital of Y province": the province is not taken
    unnamed = any(o.lemma_ in _UNNAMED and o.i not in scene.passage.places for o in things)
    inside = unnamed or _are_premises(things, scene)
    if inside and any(_says_where(mention, o, scene) for o in things):
        return Role.REGION if Precision(mention.place.precision).is_area else Role.NEAR
    return Role.REGION if unnamed and is_wide(mention) else role_at(mention)


def _are_towns_of(things: list[Token], scene: SentenceContext) -> bool:
    """Whether the objects are towns of an area that are not named: "the capital of Y province"."""
    return bool(things) and all(
        o.lower_ in TOWN_NOUNS and o.i not in scene.passage.places and kids(o, "prep", "poss")
        for o in things
    )


def _is_part(thing: Token) -> bool:
    """Whether an object is a part of a place: "half of Y", "several districts of Y"."""
    words = [c for c in thing.children if c.i < thing.i]
    if any(c.lower_ == "half" and c.dep_ == "predet" for c in words):
        return True  # "half the city"
    if any(c.lower_ in {"final", "last", "remaining"} for c in words):
        return False
    of = any(c.lower_ in {"of", "in"} for c in kids(thing, "prep"))
    if not of or thing.lower_ in _SHARES:
        return of
    return thing.lower_ in _QUARTERS and [c.lower_ for c in words] != ["the"]


def are_unnamed(things: list[Token], scene: SentenceContext) -> bool:
    """Whether the objects are "villages" or "posts" without a name."""
    if any(o.i in scene.passage.places for o in things):
        return False
    return any(o.lemma_ in _UNNAMED and o.tag_ == "NNS" for o in things)


def _are_premises(things: list[Token], scene: SentenceContext) -> bool:
    """Whether the objects are parts of a town: "the jail and the hospital in Y"."""
    return all(o.lemma_.lower() in _PREMISES and o.i not in scene.passage.places for o in things)


def _says_where(mention: Mention, thing: Token, scene: SentenceContext) -> bool:
    """Whether a place only says where something unnamed lies: "three villages outside Y"."""
    passage = scene.passage
    named = next(
        (
            t
            for t in thing.subtree
            if t.i in passage.places and passage.starts[t.i] == mention.start
        ),
        None,
    )
    if named is None or thing.i in passage.places:
        return False
    path = itertools.takewhile(lambda t: t.i != thing.i, named.ancestors)
    return any(t.dep_ == "prep" and t.lower_ in IN for t in path)


def where_taken(verb: Token, things: list[Token], scene: SentenceContext) -> list[Mention]:
    """Return the places of "captured the prison in Y" or "there", only near what was taken.

    If none is named, it is the one that leads the paragraph: "Y: the rebels took the base".
    """
    named = scene.oblique(verb, IN) or scene.there(verb)
    leader = scene.discourse.led.leader if scene.discourse.led is not None else None
    if not named and leader is not None and leader.meant is not None and _are_sites(things):
        named = [Mention(leader.meant, leader.start, leader.end, leader.surface, coref=True)]
    return [replace(m, near=m.near or not is_wide(m)) for m in named]


def _are_sites(things: list[Token]) -> bool:
    """Whether the objects are parts of a town or places without a name: "the base"."""
    return bool(things) and all(o.lemma_.lower() in SITE_NOUNS | _PREMISES for o in things)


def is_search(things: list[Token], actor: Actor | None) -> bool:
    """Whether police take premises: "police seized a radio station" is no change of hands."""
    is_police = actor is not None and actor.name.casefold() == "police"
    return is_police and all(o.lower_ in STRONGPOINTS for o in things)


def is_of_one_town(verb: Token, scene: SentenceContext) -> bool:
    """Whether a sentence names one place before a verb: "rolled through Y and cleared it"."""
    before = [scene.passage.places[t.i] for t in verb.sent if t.i in scene.passage.places]
    named = {r.start for r in before if r.end <= scene.passage.starts[verb.i]}
    return len(named) == 1


def means_town(it: Token, verb: Token, scene: SentenceContext) -> bool:
    """Whether "it" is the town that a sentence is about, or the subject of the one before."""
    if it.dep_ == "nsubjpass" and scene.discourse.has_topic_town():
        return True
    named = [t for t in verb.sent if t.i in scene.passage.places and t.i < verb.i]
    about = all(t.dep_ in {"dobj", "nsubj", "nsubjpass"} for t in named)
    return about and verb.dep_ == "conj" and is_of_one_town(verb, scene)
