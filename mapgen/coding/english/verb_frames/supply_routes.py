"""Frames of supply routes: the places that a route links, and the routes that are cut.

A trigger word with its sentence comes in; drafts of claims with the state of the route go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention, apart_from, is_wide, kids
from mapgen.coding.english.parties import subject
from mapgen.coding.english.sentence_context import (
    SUPPLY_NOUNS,
    ClaimDraft,
    at,
    governed,
    objects,
    outside_countries,
)
from mapgen.model import Kind, Role
from mapgen.reasons import PLAIN, Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry


def link(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y links A to B", where the route from A to B passes through Y."""
    hinge = _hinge(verb, scene)
    first = [m for o in kids(verb, "dobj") for m in scene.places(o)]
    # "Latakia and Tartus, the provinces on the coast" does not name a third end
    first = [m for m in first if m.place.precision == "settlement"] or first
    first = apart_from(first, hinge)
    second = scene.oblique(verb, frozenset({"to", "with", "and"}))
    second = apart_from(second, [*hinge, *first])
    if not hinge or not (first or second):
        return []
    places = at(hinge[:1], Role.AT) + at(first, Role.ORIGIN) + at(second, Role.DESTINATION)
    return [ClaimDraft(entry.kind, verb, places=places, state="open")]


def _hinge(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that link others: the subject, or a settlement that is an earlier subject.

    The second case is for sentences that are parsed wrongly.
    """
    hub = subject(verb, scene.passage, scene.cast)
    hinge = outside_countries(scene.places(hub)) if hub is not None else []
    if hinge:
        return hinge
    subjects = [t for t in verb.sent if t.dep_ == "nsubj" and t.i < verb.i]
    found = [scene.passage.places[t.i] for t in subjects if t.i in scene.passage.places]
    return [
        Mention(r.place, r.start, r.end, r.surface)
        for r in found
        if r.place is not None and r.place.precision == "settlement"
    ][:1]


def gateway(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y is a gateway to Z"."""
    second = scene.after(noun, frozenset({"to", "into"}))
    verb = noun.head if noun.head.pos_ in {"VERB", "AUX"} else noun.head.head
    hinge = [
        m for s in kids(verb, "nsubj") for m in scene.places(s) if m.place.precision == "settlement"
    ]
    if not hinge or not second:
        return []
    return [
        ClaimDraft(
            entry.kind,
            noun,
            places=at(hinge[:1], Role.AT) + at(second, Role.DESTINATION),
            state="open",
            anchors=[verb, *kids(verb, "nsubj")],
        )
    ]


_SIDES = frozenset({"direction", "side"})
_ALL = frozenset({"all", "both", "every", "four", "three"})
_CUT_AT = frozenset({"at", "near", "outside"})


def _cut_off(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the town that "is cut off on all sides", or that X cut or sealed off, or nothing."""
    if not objects(verb) or all(c.lower_ != "off" for c in verb.children):
        return []
    if kids(verb, "dobj") and scene.actor(verb) is None:
        return []
    sides = [n for n in governed(verb, "from", "on") if n.lemma_.lower() in _SIDES]
    whole = any(_ALL & {c.lower_ for c in n.children} for n in sides)
    if not whole and not _by_troops(verb, scene):
        return []
    towns = [*objects(verb), *_explained(verb)]
    found = outside_countries([m for t in towns for m in scene.places(t)])
    return [m for m in found if not is_wide(m)][:1]


def _by_troops(verb: Token, scene: SentenceContext) -> bool:
    """Whether an armed party cut a town off: "X have cut off Y", but not "police sealed off Y"."""
    actor = scene.actor(verb) if verb.lemma_.lower() == "cut" else None
    return actor is not None and actor.name.casefold() != "police"


def _explained(verb: Token) -> list[Token]:
    """Return the town of "Y, the capital of the region, which is cut off"."""
    above = verb.ancestors if verb.dep_ == "relcl" else ()
    return [a.head for a in above if a.dep_ == "appos"]


_INTO = frozenset({"from", "into", "of", "to"})


def _all_cut(verb: Token, roads: list[Token], scene: SentenceContext) -> list[Mention]:
    """Return the town of "has cut every road out of Y", if an armed party other than police did."""
    actor = scene.actor(verb)
    all_roads = any(_ALL & {c.lower_ for c in o.children} for o in roads)
    if not all_roads or actor is None or actor.name.casefold() == "police":
        return []
    return [m for m in _roads_of(verb, roads, scene) if not is_wide(m)][:1]


def _roads_of(verb: Token, roads: list[Token], scene: SentenceContext) -> list[Mention]:
    """Return the towns of "the roads out of Y"."""
    steps = [p for w in (verb, *roads) for p in kids(w, "prep")]
    steps += [p for s in steps for p in kids(s, "prep")]  # "out of"
    ends = [o for s in steps if s.lower_ in _INTO for o in kids(s, "pobj")]
    return outside_countries([m for o in ends for m in scene.places(o)])


def _town_told_of(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the town of the paragraph of a road that is cut, if the sentence names no place."""
    named = any(t.i in scene.passage.places for t in verb.sent)
    ref = scene.discourse.antecedent(scene.passage.starts[verb.i])
    if ref is None or ref.place is None:
        return []
    led = scene.discourse.led is not None
    if not led and (named or ref.start < scene.passage.starts[0]):
        return []
    return [Mention(ref.place, ref.start, ref.end, ref.surface, coref=True)]


def cut_route(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X cut off supply lines", "the road to Y was cut" and "Y is cut off on all sides"."""
    besieged = _cut_off(verb, scene)
    if besieged:
        plain = [Reason(ReasonKind.WORDS, PLAIN)] if _by_troops(verb, scene) else []
        return [ClaimDraft(Kind.SIEGE, verb, scene.actor(verb), places=at(besieged), reasons=plain)]
    things = [o for o in objects(verb) if o.lower_ in SUPPLY_NOUNS]
    besieged = _all_cut(verb, things, scene)
    if besieged:
        besieger, why = scene.actor(verb), [Reason(ReasonKind.WORDS, PLAIN)]
        return [
            ClaimDraft(Kind.SIEGE, verb, besieger, places=at(besieged), anchors=things, reasons=why)
        ]
    who = next(iter(kids(verb, "nsubj")), None)
    if not things or (scene.people(who) and scene.actor(verb) is None):
        return []  # "residents blocked the road with burning lorries"
    # "cut the Leka road near Bara": the cut is near Bara
    cut_at = [m for o in things for m in scene.after(o, _CUT_AT)] or scene.oblique(verb, _CUT_AT)
    mentions = cut_at or [m for o in things for m in scene.places(o)]
    if not mentions:
        mentions = _roads_of(verb, things, scene) or _town_told_of(verb, scene)
    return [
        ClaimDraft(
            entry.kind,
            verb,
            scene.actor(verb),
            places=at(mentions, Role.AT),
            state="cut",
            anchors=things,
        )
    ]
