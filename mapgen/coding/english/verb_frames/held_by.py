"""Frames of who holds a town: "Y is in the hands of X", "X is in control of Y", "Y stays with X".

A trigger word with its sentence comes in; drafts of changes of control and of states go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.coding.english.mentions import SAYING, kids
from mapgen.coding.english.own_days import clause_of
from mapgen.coding.english.parties import phrase
from mapgen.coding.english.sentence_context import ClaimDraft, at, governed, outside_countries
from mapgen.coding.english.verb_frames.parts_taken import role_taken
from mapgen.coding.english.verb_frames.whose_town import in_our_hands, out_of_hands
from mapgen.core.tables.actors import as_written
from mapgen.core.tables.word_lists import peoples
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor


def in_hands(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y came under the control of X" as a change, and "Y is in the hands of X" as a state."""
    own = in_our_hands(noun, entry, scene) or out_of_hands(noun, entry, scene)
    own = own or _passed_on(noun, scene)
    if own:
        return own
    prep = noun.head
    verb = prep.head.head if prep.head.lower_ == "back" else prep.head
    if prep.lower_ not in {"under", "in", "into"}:
        return []
    if verb.lower_ == "with":
        return _with_town_in_hands(noun, verb, scene)
    if verb.pos_ not in {"VERB", "AUX"}:
        return _aside(noun, verb, scene)
    if verb.lemma_ == "leave":
        return _left_in_control(noun, verb, scene)
    things = kids(verb, "nsubj", "nsubjpass") or _beside_aside(verb)
    if not things and verb.dep_ == "xcomp" and verb.head.lemma_ == "continue":
        things = kids(verb.head, "nsubj")  # "Y continues to be in the hands of X"
    holder = scene.first_party(things)
    if prep.lower_ == "in" and holder is not None and noun.lemma_ in {"control", "possession"}:
        return _in_control(noun, verb, holder, scene)
    return _held(noun, verb, entry, scene, things)


def _passed_on(noun: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "control of Y has passed from Z to X"."""
    verb = noun.head
    if noun.lemma_ != "control" or noun.dep_ != "nsubj" or verb.lemma_ not in _PASSING:
        return []
    actor = scene.first_party(governed(verb, "to"))
    held = outside_countries(scene.after(noun, frozenset({"of", "over"})))
    if actor is None or not held:
        return []
    loser = scene.first_party(governed(verb, "from"))
    return [ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, loser, at(held), anchors=[noun])]


_PASSING = frozenset({"go", "move", "pass", "return", "revert", "shift", "slip", "switch"})


def _with_town_in_hands(noun: Token, prep: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "With Y in their hands, the rebels ..." as a state."""
    towns = kids(prep, "pobj")
    mentions = outside_countries([m for t in towns for m in scene.places(t)])
    verb = prep.head
    whose = kids(noun, "poss")
    theirs = any(p.tag_ == "PRP$" for p in whose) and verb.pos_ in {"AUX", "VERB"}
    actor = scene.actor(verb) if theirs else _owner(noun, mentions, scene)
    if actor is None or not mentions or is_past_of_past(verb):
        return []
    return [ClaimDraft(Kind.CONTROL_STATE, noun, actor, places=at(mentions), anchors=towns)]


def _beside_aside(verb: Token) -> list[Token]:
    """Return the subject of "Y, emptied of troops, is", which the parser ties to the aside."""
    asides = [c for c in kids(verb, "advcl", "acl") if c.i < verb.i]
    asides += [verb.head] if verb.dep_ == "conj" else []
    return [s for a in asides if a.tag_ in {"VBN", "VBD"} for s in kids(a, "nsubj")]


def _left_in_control(noun: Token, verb: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "leaving the rebels in control of Y"."""
    left = scene.first_party(kids(verb, "dobj"))
    held = outside_countries(scene.after(noun, frozenset({"of"})))
    if left is None or not held:
        return []
    return [ClaimDraft(Kind.CONTROL_CHANGE, verb, left, places=at(held), anchors=[noun])]


def _held(
    noun: Token, verb: Token, entry: LexiconEntry, scene: SentenceContext, things: list[Token]
) -> list[ClaimDraft]:
    """Read "Y is in the hands of X", "is back in", "is no longer in" and "came into" them."""
    mentions = outside_countries([m for s in things for m in scene.places(s)])
    actor = _owner(noun, mentions, scene)
    if actor is None or not mentions or is_past_of_past(verb):
        return []
    if _is_over(verb):  # "is no longer in the army's hands"
        return [ClaimDraft(entry.kind, verb, None, actor, at(mentions), anchors=[*things, noun])]
    change = _is_since(verb, noun.head) or verb.lemma_ in {"come", "fall", "pass", "go", "slip"}
    kind = Kind.CONTROL_CHANGE if change else Kind.CONTROL_STATE
    places = tuple(m.claim_place(role_taken(m, things, scene)) for m in mentions)
    return [ClaimDraft(kind, verb, actor, places=places, anchors=[*things, noun])]


def _aside(noun: Token, town: Token, scene: SentenceContext) -> list[ClaimDraft]:
    """Read the aside of "Y, now in Russian hands, lies to the south" as a state."""
    beside = noun.doc[town.i + 1 : noun.head.i]
    mentions = outside_countries(scene.places(town))
    actor = _owner(noun, mentions, scene)
    if actor is None or not mentions or not beside or beside[0].text != ",":
        return []
    if any(t.lower_ in {"formerly", "once", "previously", "then"} for t in beside):
        return []
    return [ClaimDraft(Kind.CONTROL_STATE, noun, actor, places=at(mentions), anchors=[town])]


def stays(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y remained Ukrainian", "Y remains the army's" and "with the government" as a state."""
    people = [c for c in kids(verb, "acomp", "attr", "oprd") if c.text in demonyms()]
    with_whom = governed(verb, "with")
    mentions = outside_countries([m for s in kids(verb, "nsubj") for m in scene.places(s)])
    if not mentions or is_past_of_past(verb):
        return []
    if people:
        actor = scene.cast.resolve(f"{people[0].text} forces")
    else:
        owners = [o for o in kids(verb, "attr", "acomp", "oprd") if _is_owner_alone(o)]
        actor = scene.first_party([*with_whom, *owners]) or _of_capital(owners, mentions, scene)
        actor = actor or (scene.speaking_party(verb) if _is_their_own(verb) else None)
    if actor is None:
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions))]


def _is_their_own(verb: Token) -> bool:
    """Whether speakers say "Y remained firmly its own" or "Y remains ours"."""
    for word in kids(verb, "acomp", "attr", "oprd"):
        own = word.lower_ == "own" and any(p.tag_ == "PRP$" for p in kids(word, "poss"))
        if own or word.lower_ in {"ours", "theirs"}:
            return True
    return False


def _is_owner_alone(noun: Token) -> bool:
    """Whether a noun is the whole of "the army's", not the start of "the army's priority"."""
    after = noun.doc[noun.i + 2] if noun.i + 2 < noun.sent.end else None
    return bool(kids(noun, "case")) and (after is None or after.is_punct or after.pos_ != "NOUN")


_HELD_BY_OTHERS = frozenset({"AF", "YE"})
"""Countries whose capital may stand for those who hold it against the state that is listed."""


def _of_capital(
    owners: Iterable[Token], mentions: Iterable[Mention], scene: SentenceContext
) -> Actor | None:
    """Return the army of "in Bamako's hands": that of the country, or one that the text names."""
    for owner in owners:
        ref = scene.passage.places.get(owner.i)
        place = ref.place if ref is not None else None
        if place is None or place.feature != "PPLC" or place.country in _HELD_BY_OTHERS:
            continue
        states = scene.cast.table.of_country(place.country, frozenset({"state", "foreign"}))
        at_home = all(m.place.country == place.country for m in mentions)
        for party in states:
            if party.id in scene.cast.parties or (at_home and party.kind == "state"):
                return party.actor
    return None


_ARMED_MEN = frozenset({"gangs", "groups", "herders", "herdsmen", "men", "youth", "youths"})


def _armed_men(owners: Iterable[Token], scene: SentenceContext) -> Actor | None:
    """Return the men of "under the control of armed youth", of whom no more is known."""
    for owner in owners:
        if owner.lower_ in _ARMED_MEN and any(c.lower_ == "armed" for c in kids(owner, "amod")):
            return as_written(phrase(owner, scene.passage), scene.cast.country)
    return None


def _owner(noun: Token, mentions: list[Mention], scene: SentenceContext) -> Actor | None:
    """Return in whose hands something is; "their hands" are those of a party of the sentence."""
    owners = governed(noun, "of") + kids(noun, "poss", "compound", "amod")
    actor = scene.first_party(owners) or _by_adjective(owners, scene)
    actor = actor or _of_capital(kids(noun, "poss"), mentions, scene) or _armed_men(owners, scene)
    if any(o.tag_ != "PRP$" for o in owners):
        return actor
    speakers = [s for v in noun.ancestors if v.lemma_.lower() in SAYING for s in kids(v, "nsubj")]
    named = [t for t in noun.sent if t.i in scene.passage.actors]
    return actor if any(scene.party(t) == actor for t in [*named, *speakers]) else None


def _by_adjective(owners: list[Token], scene: SentenceContext) -> Actor | None:
    """Return the party of "Ukrainian hands" or "resistance hands": the forces of that side."""
    beside = [o for o in owners if o.dep_ in {"amod", "compound"}]
    words = [scene.passage.words_of([o]) for o in beside]
    whose = [w for w in words if w in demonyms() or w in peoples() or w in _SIDES]
    return scene.cast.resolve(f"{whose[0]} forces") if whose else None


_SIDES = frozenset({"insurgent", "opposition", "rebel", "resistance", "separatist"})


def _is_over(verb: Token) -> bool:
    """Whether a state has ended: "is no longer in", "are not any more under"."""
    return any(
        c.dep_ == "advmod" and c.lower_ in {"longer", "anymore"} and kids(c, "neg")
        for c in verb.children
    )


def _is_since(verb: Token, prep: Token) -> bool:
    """Whether a sentence says that a state began: "since Monday", "is back in the hands".

    "Since" in another clause does not, nor one of what is "still" so.
    """
    if verb.lemma_ in {"remain", "stay"} or any(c.lower_ == "still" for c in verb.children):
        return False
    if prep.head.lower_ == "back" or any(c.lower_ in {"again", "back"} for c in verb.children):
        return True
    return any(
        t.lower_ == "since" and t.dep_ == "prep" and clause_of(t) == clause_of(verb)
        for t in verb.subtree
    )


def _in_control(
    noun: Token, verb: Token, holder: Actor, scene: SentenceContext
) -> list[ClaimDraft]:
    """Read "X is in control of Y", which is a change with "now" or "full"."""
    held = outside_countries(scene.after(noun, frozenset({"of"})))
    if not held:
        return []
    now = any(c.lower_ == "now" for c in verb.children)
    full = any(c.lower_ in {"complete", "full", "total"} for c in noun.children)
    kind = Kind.CONTROL_CHANGE if now or full else Kind.CONTROL_STATE
    return [ClaimDraft(kind, verb, holder, places=at(held), anchors=[noun])]


def is_past_of_past(verb: Token) -> bool:
    """Whether somebody held a place before what is told: "The army had held it since May".

    What somebody said ("said it had held X") is of the present.
    """
    return verb.dep_ in {"ROOT", "relcl"} and any(c.lower_ == "had" for c in kids(verb, "aux"))
