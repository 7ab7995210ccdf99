"""Find attacks that were beaten off: there was fighting, and the town did not change hands.

A sentence comes in; drafts of clashes go out: "troops repelled an assault on X", "an attack on X
was pushed back", "an attempt to reach X was stopped", "they tried to enter X and were driven out",
"X held out against an attack". What air defences shoot down is no fighting on the ground. The
rules run only if the frames found no fighting in the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention, kids, without_containers
from mapgen.coding.english.sentence_context import (
    FROM,
    IN,
    INTO,
    TOWARD,
    ClaimDraft,
    at,
    led_place,
    objects,
    outside_countries,
)
from mapgen.coding.english.tolls import INCIDENTS
from mapgen.coding.english.verb_frames.weapons import are_armed, is_arm
from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS, REBEL_WORDS
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Precision
from mapgen.reasons import BEATEN_OFF, Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor

ATTACKS = word_list("repelled", "attacks")
ATTEMPTS = word_list("repelled", "attempts")
TRYING = word_list("repelled", "trying")
BEATING_OFF = word_list("repelled", "beating_off")
BEATING_BACK = word_list("repelled", "beating_back")
FAILING = word_list("repelled", "failing")
WITHSTANDING = word_list("repelled", "withstanding")
MOVING = word_list("repelled", "moving")
DENIAL = word_list("modality", "denial") - {"fail"}
_OF_ATTACK = INCIDENTS | {Kind.ADVANCE, Kind.THREAT}
_ATTACKERS = FORCE_WORDS | GROUP_WORDS | REBEL_WORDS | {"assailants", "attackers"}
_BACK = frozenset({"back", "off", "away"})
_AIMED = IN | INTO | TOWARD | {"against", "on", "onto", "of"}


def with_repelled(drafts: list[ClaimDraft], sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the drafts of a sentence with an attack that it tells to have been beaten off.

    The clash replaces what the frames made of the attack itself: "tried to storm X" is no advance
    on X any more. It is left out if the sentence tells of other fighting.

    Parameters
    ----------
    drafts
        What the frames read.
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    """
    if any(t.dep_ == "neg" or t.lemma_.lower() in DENIAL for t in sent):
        return drafts
    told = next((draft for verb in sent for draft in _told_by(verb, scene)), None)
    if told is None:
        return drafts
    words = {w.i for a in told.anchors for w in (a, *kids(a, "acl", "xcomp"))} | {told.trigger.i}
    others = [d for d in drafts if d.kind not in _OF_ATTACK or d.trigger.i not in words]
    others = [d for d in others if not _says_less(d, told)]
    return others if any(d.kind in INCIDENTS for d in others) else [*others, told]


def _says_less(draft: ClaimDraft, told: ClaimDraft) -> bool:
    """Whether a draft is of the same clash and names nobody.

    "Fighting was reported in Y, where troops repelled an assault" tells one clash.
    """
    if draft.kind is not Kind.CLASH or draft.actor is not None:
        return False
    spots = {p.place_id or p.surface for p in told.places}
    return {p.place_id or p.surface for p in draft.places} <= spots


def _told_by(verb: Token, scene: SentenceContext) -> Iterator[ClaimDraft]:
    """Yield the clash that a verb of beating off, failing or withstanding tells."""
    for attack in _attacks(verb, scene):
        attacker = _attacker(attack, scene)
        is_armed = attacker is not None or scene.actor(verb) is not None
        where = _aimed_at(attack, scene, is_armed=is_armed) or _beside(verb, scene)
        if not where and is_armed:
            where = led_place(scene, verb)  # "Y: troops repelled an attack by rebels"
        places = without_containers(outside_countries(where))
        if places:
            yield _clash(verb, places, attacker, [attack])
            return
    held = _held(verb, scene)
    if held:
        yield _clash(verb, held)
        return
    attacker, where = _driven_back(verb, scene)
    if where:
        yield _clash(verb, where, attacker, kids(verb, "nsubjpass"))


def _driven_back(verb: Token, scene: SentenceContext) -> tuple[Actor | None, list[Mention]]:
    """Return who was beaten back, and where: "They were driven back near Y", without an attack."""
    who = kids(verb, "nsubjpass") if _beats_off(verb) else []
    attacker = scene.first_party(who)
    is_known = attacker is not None and not attacker.id.startswith("text:")
    if not is_known and not any(are_armed(t) for t in who):
        return None, []
    agents = [o for p in kids(verb, "agent") for o in kids(p, "pobj")]
    where = scene.oblique(verb, IN) or [m for a in agents for m in scene.after(a, IN)]
    return attacker, without_containers(outside_countries(where))


def _clash(
    verb: Token, places: list[Mention], actor: Actor | None = None, anchors: Sequence[Token] = ()
) -> ClaimDraft:
    """Return the draft of a clash in which an attack was beaten off."""
    why = [Reason(ReasonKind.WORDS, BEATEN_OFF)]
    return ClaimDraft(
        Kind.CLASH, verb, actor, places=at(places), anchors=list(anchors), reasons=why
    )


def _attacks(verb: Token, scene: SentenceContext) -> Iterator[Token]:
    """Yield the words for the attack: a noun, or the verb of those who tried and were beaten."""
    named: list[Token] = []
    if _beats_off(verb):
        named = objects(verb)
        if verb.dep_ == "conj" and kids(verb, "auxpass") and verb.head.lemma_.lower() in TRYING:
            yield verb.head
    elif _holds_out(verb):
        named = _withstood(verb)
    elif verb.lemma_.lower() in FAILING:
        named = kids(verb, "nsubj")
    for noun in named:
        word = scene.passage.word(noun).casefold()
        tried = any(_moves(c) for c in kids(noun, "acl")) or _is_on_a_town(noun, scene)
        if (word in ATTACKS or (word in ATTEMPTS and tried)) and not any(
            is_arm(c, scene) for c in kids(noun, "amod", "compound", "nmod")
        ):
            yield noun


def _is_on_a_town(noun: Token, scene: SentenceContext) -> bool:
    """Whether armed people made "a first attempt on Y"; one on a man's life is none on a town."""
    on_it = [o for p in kids(noun, "prep") if p.lower_ == "on" for o in kids(p, "pobj")]
    aimed = any(o.i in scene.passage.places for o in on_it)
    return aimed and any(t.lower_ in _ATTACKERS for t in noun.sent)


def _beats_off(verb: Token) -> bool:
    """Whether a verb means to beat an attack off: "repel", "push back"; "stop", if passive."""
    lemma = verb.lemma_.lower()
    if lemma in BEATING_OFF:
        return True
    particles = {c.lower_ for c in verb.children if c.dep_ in {"advmod", "prt", "advcl"}}
    return lemma in BEATING_BACK and bool(particles & _BACK)


def _moves(verb: Token) -> bool:
    """Whether a verb means to go at a place: "to advance on", "to storm"."""
    return verb.lemma_.lower() in MOVING


def _aimed_at(attack: Token, scene: SentenceContext, *, is_armed: bool) -> list[Mention]:
    """Return the places at which an attack was aimed.

    Without an armed party, "attacks in X" may be those of a football team.
    """
    towards = (
        _AIMED
        if is_armed or attack.pos_ == "VERB"
        else _AIMED - {"across", "in", "inside", "within"}
    )
    for word in (*(c for c in kids(attack, "acl", "xcomp") if _moves(c)), attack):
        things = objects(word) if word.pos_ == "VERB" else []
        found = [m for o in things for m in scene.places(o)]
        found = found or scene.oblique(word, towards)
        if not found and word.pos_ != "VERB":
            found = scene.after(word, towards) or scene.behind(word, towards)
        if found:
            return found
    return []


def _beside(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places beside a verb: "failed to dislodge X from Y", "beaten back in Y"."""
    goals = [c for c in kids(verb, "xcomp") if c.lemma_.lower() in {"dislodge", "expel", "oust"}]
    ousted = [m for g in goals for m in scene.oblique(g, FROM | IN)]
    armed = scene.actor(verb) is not None or any(
        s.lower_ in FORCE_WORDS for s in kids(verb, "nsubj")
    )
    if not ousted and not armed and not kids(verb, "nsubjpass"):
        return []
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in kids(verb, "advmod")):
        return _town_before(verb, scene)  # "in Y, West Leka, where troops repelled an assault"
    return ousted or scene.oblique(verb, IN) or scene.fronted(verb)


def _town_before(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the last town that a sentence names before a relative clause."""
    before = verb.doc[verb.sent.start : verb.left_edge.i]
    found = [m for t in before if t.i in scene.passage.places for m in scene.places(t)]
    return [m for m in found if not Precision(m.place.precision).is_area][-1:]


def _attacker(attack: Token, scene: SentenceContext) -> Actor | None:
    """Return who attacked: "an M23 attack", "an attack by M23", "M23 tried to enter"."""
    if attack.pos_ == "VERB":
        return scene.actor(attack)
    words = kids(attack, "amod", "compound", "nmod", "poss")
    agents = [o for p in kids(attack, "prep") if p.lower_ == "by" for o in kids(p, "pobj")]
    return scene.first_party([*words, *agents])


def _holds_out(verb: Token) -> bool:
    """Whether a verb means to withstand an attack: "resist", "hold out"."""
    is_out = any(c.lower_ == "out" for c in kids(verb, "prt"))
    return verb.lemma_.lower() in WITHSTANDING or (verb.lemma_.lower() == "hold" and is_out)


def _withstood(verb: Token) -> list[Token]:
    """Return what a town or its defenders withstood."""
    against = [o for p in kids(verb, "prep") if p.lower_ == "against" for o in kids(p, "pobj")]
    return [*objects(verb), *against]


def _held(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the town that withstood an attack: "X held out against a third assault"."""
    what = _withstood(verb) if _holds_out(verb) else []
    if not any(scene.passage.word(o).casefold() in ATTACKS for o in what):
        return []
    found = [m for s in kids(verb, "nsubj") for m in scene.places(s)]
    return without_containers(outside_countries(found))
