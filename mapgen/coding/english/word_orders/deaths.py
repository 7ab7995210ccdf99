"""Find strikes, attacks and clashes by the people who were killed or injured in them.

A sentence comes in; drafts of claims go out: "a strike on X killed 16", "gunmen killed villagers
in X", "20 soldiers died in an ambush near X", "a massacre in X left 300 dead". The sentence must
name a cause of war, so that accidents, floods and diseases are left alone, and a place to which the
cause or the deaths are tied. The rules run only if the frames found no fighting in the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import Mention, kids, without_containers
from mapgen.coding.english.parties import subject
from mapgen.coding.english.sentence_context import (
    IN,
    ClaimDraft,
    at,
    led_place,
    objects,
    outside_countries,
)
from mapgen.coding.english.verb_frames.weapons import is_arm, is_weapon, struck_before
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind
from mapgen.reasons import PLAIN, Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext

STRIKES = word_list("deaths", "strikes")
ATTACKS = word_list("deaths", "attacks")
CLASHES = word_list("deaths", "clashes")
ARMED = word_list("deaths", "armed")
ACCIDENTS = word_list("deaths", "accidents")
_KILLING = frozenset({"kill", "injure", "massacre", "slaughter", "wound"})
_DYING = frozenset({"die", "perish"})
_HARMED = frozenset({"dead", "injured", "wounded"})
_CAUSED = frozenset({"after", "amid", "by", "during", "following", "from", "in"})
_CLAUSES = frozenset({"advcl", "ccomp", "relcl"})
_WHEN = frozenset({"after", "as", "when"})
_OF_CAUSE = ("amod", "compound", "nmod", "poss")
_AIMED = frozenset({"against", "of", "on"})
_FIGHTERS = word_list("frames", "troops") | frozenset({"militants", "rebels", "insurgents"})
_DEPTH = 3  # how deep a place lies in the phrases behind a word: "at a market in X"


def told_deaths(sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the violence that a sentence tells by its dead and injured.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    """
    if any(t.lower_ in ACCIDENTS for t in sent):
        return []
    found = [draft for t in sent for draft in _told_by(t, scene)]
    found = found or [draft for t in sent for draft in _bodies(t, scene) + _civilians(t, scene)]
    return found[:1]  # the killed and the injured of one attack are told by two verbs


def _told_by(verb: Token, scene: SentenceContext) -> Iterator[ClaimDraft]:
    """Yield what a verb of killing, dying or leaving dead tells, if its cause is one of war."""
    victims = _victims(verb)
    if not victims:
        return
    for cause in _causes(verb, scene):
        kind = _kind(cause, victims, scene)
        places = _places(cause, verb, victims, scene) if kind is not None else []
        if kind is not None and places:
            meant = struck_before(cause) or cause  # "another killed five": of the same side
            owner = scene.first_party(kids(meant, *_OF_CAUSE))
            armed = kind is not Kind.STRIKE  # "police drones" are no party, the police are
            actor = owner or (scene.party(cause) if armed else None)
            anchors = [*victims, cause]
            yield ClaimDraft(kind, verb, actor, places=at(places), anchors=anchors)
            return


def _bodies(verb: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "a nurse counted 27 bodies" in a town: nobody knows who killed them."""
    things = [o for o in objects(verb) if o.lower_ in _BODIES and _counted(o)]
    if verb.lemma_.lower() != "count" or not things:
        return []
    found = outside_countries([*_behind(verb, IN, scene), *scene.there(verb)])
    found = found or _town_of_paragraph(verb, scene) or led_place(scene, verb)
    if not found:
        return []
    kind, places = Kind.ATTACK_ON_CIVILIANS, at(without_containers(found))
    why = [Reason(ReasonKind.WORDS, PLAIN)]
    return [ClaimDraft(kind, verb, places=places, anchors=things, reasons=why)]


def _counted(noun: Token) -> bool:
    return any(c.dep_ == "nummod" or c.like_num for c in noun.lefts)


def _town_of_paragraph(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the only town that a paragraph has named, if the sentence names no place itself."""
    if any(t.i in scene.passage.places for t in verb.sent):
        return []
    ref = scene.discourse.antecedent(scene.passage.starts[verb.i], near=True)
    if ref is None or ref.meant is None or ref.start < scene.passage.starts[0]:
        return []
    return [Mention(ref.meant, ref.start, ref.end, ref.surface, coref=True)]


def _civilians(verb: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "22 civilians lost their lives in Y" as an attack on them, if no sum of a war."""
    passive = verb.lemma_ == "kill" and bool(kids(verb, "nsubjpass"))
    who = [t for t in kids(verb, "nsubj", "nsubjpass") if t.lower_ in _CIVILIANS and _counted(t)]
    if not who or not (passive or _lost_lives(verb)):
        return []
    if any(t.lower_ in _OF_A_SUM for t in verb.sent):
        return []
    places = without_containers(outside_countries(scene.oblique(verb, IN)))
    return (
        [ClaimDraft(Kind.ATTACK_ON_CIVILIANS, verb, places=at(places), anchors=who)]
        if places
        else []
    )


_BODIES = frozenset({"bodies", "corpses"})
_CIVILIANS = frozenset({"civilians", "villagers"})
_OF_A_SUM = frozenset({"altogether", "since", "total", "year", "years", "month", "months"})


def _victims(verb: Token) -> list[Token]:
    """Return the words for those whom a verb tells to be killed or injured."""
    lemma = verb.lemma_.lower()
    if _heads_line(verb):
        return [verb.head]
    if lemma in _KILLING and verb.pos_ == "VERB":
        return objects(verb)
    if lemma in _DYING or _lost_lives(verb):
        return kids(verb, "nsubj")
    if lemma == "leave":
        near = [t for t in verb.subtree if t.lower_ in _HARMED and verb.i < t.i]
        heads = [t for n in near for t in (n, n.head) if t.i != verb.i]
        return heads[:2]
    return []


def _lost_lives(verb: Token) -> bool:
    """Whether people "lost their lives"."""
    return verb.lemma_ == "lose" and any(o.lower_ in {"life", "lives"} for o in kids(verb, "dobj"))


def _deed_at(verb: Token) -> list[Token]:
    """Return the "killing" of "the worst killing was in Y, where 90 people died", or nothing."""
    told = verb.dep_ == "relcl" and any(c.lower_ == "where" for c in kids(verb, "advmod"))
    if not told:
        return []
    above = [a for a in verb.head.ancestors if a.sent == verb.sent]
    nouns = [t for a in above for t in (a, *kids(a, "nsubj"))]
    return [t for t in nouns if t.pos_ == "NOUN" and t.lower_ in ATTACKS | CLASHES | STRIKES]


def _heads_line(word: Token) -> bool:
    """Whether a line without a verb begins with the dead: "Six dead in Y after shells hit"."""
    counted = word.dep_ in {"acl", "amod"} and word.head.tag_ == "CD"
    return word.lower_ in _HARMED and counted and word.head.i - word.sent.start <= 1


def _causes_in_line(word: Token, scene: SentenceContext) -> Iterator[Token]:
    """Yield the words for what kills behind the dead of a line without a verb."""
    named = STRIKES | ATTACKS | CLASHES
    behind = (t for t in word.sent if t.i > word.i and t.pos_ == "NOUN")
    yield from (t for t in behind if t.lower_ in named or is_weapon(t, scene))


def _causes(verb: Token, scene: SentenceContext) -> Iterator[Token]:
    """Yield the words for what killed: the subject, the agent, "in a strike", "when shells hit"."""
    if _heads_line(verb):
        yield from _causes_in_line(verb, scene)
        return
    yield from _subjects(verb, scene)
    # "ten were killed and 21 wounded in a strike": the cause of both is tied to the last verb
    harmed = [c for c in kids(verb, "conj") if c.lemma_.lower() in _KILLING and c.tag_ == "VBN"]
    for word in (c for v in (verb, *harmed) for c in v.children):
        if word.dep_ in {"prep", "agent"} and word.lower_ in _CAUSED:
            yield from (t for o in kids(word, "pobj", "pcomp") for t in (o, *kids(o, "conj")))
    yield from _deed_at(verb)
    for clause in _clauses(verb):
        yield from kids(clause, "nsubj", "nsubjpass")
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":  # "struck X, killing 12" without a subject
        yield from kids(verb.head, "nsubj")


def _subjects(verb: Token, scene: SentenceContext) -> Iterator[Token]:
    """Yield the words for what kills by a verb that does not tell of dying."""
    if verb.lemma_.lower() in _DYING or _lost_lives(verb):
        return
    who = subject(verb, scene.passage, scene.cast)
    if who is not None and who not in kids(verb, "nsubjpass"):
        yield who
    yield from (c for c in kids(verb, "csubj") if c.tag_ == "VBG")  # "Shelling in X left ..."


def _clauses(verb: Token) -> list[Token]:
    """Return the verbs of the clauses behind a verb that tell how it came: "when shells hit Y"."""
    behind = [t for t in verb.subtree if t.i > verb.i and t.dep_ in _CLAUSES]
    return [t for t in behind if any(c.lower_ in _WHEN for c in kids(t, "advmod", "mark"))]


def _kind(cause: Token, victims: list[Token], scene: SentenceContext) -> Kind | None:
    """Return what kind of violence a cause is, or None if it is none."""
    word = scene.passage.word(cause).casefold()
    fighters = any(t.lower_ in _FIGHTERS for v in victims for t in v.subtree)
    armed = any(is_arm(c, scene) for c in kids(cause, *_OF_CAUSE))
    if word in CLASHES:
        return Kind.CLASH
    if word in ATTACKS:
        if armed and word not in {"bomb", "bombs"}:
            return Kind.STRIKE
        return Kind.CLASH if fighters else Kind.ATTACK_ON_CIVILIANS
    if word in STRIKES or is_weapon(cause, scene):
        return Kind.STRIKE
    if word in ARMED or scene.party(cause) is not None:
        return Kind.CLASH if fighters else Kind.ATTACK_ON_CIVILIANS
    return None


def _places(
    cause: Token, verb: Token, victims: list[Token], scene: SentenceContext
) -> list[Mention]:
    """Return where it happened: at the cause, else where people died, else where it was aimed."""
    clause = cause.head if cause.head in _clauses(verb) else None
    words = [verb, *([clause] if clause is not None else []), *victims, *kids(verb, "conj")]
    tried = [(cause, IN | _AIMED), *((w, IN) for w in words)]
    for word, prepositions in tried:
        found = without_containers(outside_countries(_behind(word, prepositions, scene)))
        if found:
            return found
    for deed in _deed_at(verb):
        prep = verb.head.head  # "in Y, where 90 died", not "in Y, near Z, where 90 died"
        apart = prep.lower_ not in {"at", "in"} or prep.head not in {deed, deed.head}
        return [] if apart else without_containers(outside_countries(scene.places(verb.head)))
    things = objects(clause) if clause is not None else []
    if verb.dep_ == "advcl" and verb.tag_ == "VBG":  # "flattened a house in X, killing nine"
        things = [*things, *objects(verb.head)]
    hit = outside_countries([m for o in things for m in scene.places(o)])
    hit = hit or outside_countries([*scene.fronted(verb), *scene.there(verb)])
    return hit or led_place(scene, verb)


def _behind(
    word: Token, prepositions: Set[str], scene: SentenceContext, depth: int = _DEPTH
) -> list[Mention]:
    """Return the places in the phrases behind a word: the X of "on a school in X"."""
    found: list[Mention] = []
    for prep in kids(word, "prep"):
        if prep.lower_ not in prepositions:
            continue
        for thing in kids(prep, "pobj"):
            named = [m for m in scene.places(thing) if not m.coref or depth == _DEPTH]
            if not named and depth and thing.pos_ != "PROPN":  # not past a name that is unknown
                named = _behind(thing, IN | _AIMED, scene, depth - 1)
            found += named
    return found
