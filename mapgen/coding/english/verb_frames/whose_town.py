"""Frames of towns that somebody calls his own: "Y is ours", "Y is in our hands".

A trigger word with its sentence comes in; drafts of changes of control go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import TOWN_NOUNS, kids
from mapgen.coding.english.sentence_context import ClaimDraft, at, governed, outside_countries
from mapgen.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor

_WHOLLY = re.compile(
    r"\b(?:all|completely|entirely|firmly|fully|now|totally|wholly|since|(?:100|hundred|cent)\b)",
    re.IGNORECASE,
)


def whose_town(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X says that Y is theirs" and "Y is ours, X said"."""
    verb = noun.head
    if verb.lemma_ != "be" or noun.dep_ not in {"acomp", "attr", "dobj", "oprd"}:
        return []
    mentions = _towns(verb, scene) or _town_meant(verb, scene)
    actor = scene.speaking_party(verb)
    if not mentions or actor is None:
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions), anchors=[noun])]


def _town_meant(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the town of "the city is theirs" and "fighting for Y: X says it is theirs"."""
    subjects = kids(verb, "nsubj")
    if any(s.lower_ not in TOWN_NOUNS | {"it"} for s in subjects):
        return []
    return [
        m for m in outside_countries([m for s in subjects for m in scene.places(s)]) if not m.near
    ]


def freed_by_speaker(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return the side whose spokesman says that a town "has been liberated": his own."""
    if verb.lemma_ not in {"free", "liberate"} or verb.tag_ != "VBN" or kids(verb, "agent"):
        return None
    return scene.speaking_party(verb)


def in_our_hands(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y is fully in our hands, X said" as a change, and without "fully" as a state."""
    prep = noun.head
    above = [prep.head, prep.head.head]  # the parser may attach "in" to "100 per cent"
    verb = next((t for t in above if t.lemma_ in {"be", "come", "fall"}), None)
    if prep.lower_ not in {"in", "under"} or verb is None:
        return []
    whose = {c.lower_ for c in kids(noun, "poss")} & {"our", "their"}
    if not whose:
        return []
    mentions = _towns(verb, scene)
    actor = scene.speaking_party(verb)
    words = scene.passage.text[scene.passage.starts[verb.i] : scene.passage.ends[noun.i]]
    wholly = _WHOLLY.search(words) is not None
    if not mentions or actor is None or not (wholly or "our" in whose):
        return []
    kind = entry.kind if wholly else Kind.CONTROL_STATE
    return [ClaimDraft(kind, verb, actor, places=at(mentions), anchors=[noun])]


def out_of_hands(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y is out of the army's hands" as a loss."""
    prep = noun.head
    out = prep.head
    if prep.lower_ != "of" or out.lower_ != "out" or out.head.lemma_ != "be":
        return []
    mentions = _towns(out.head, scene)
    loser = scene.first_party(kids(noun, "poss", "compound", "amod"))
    if not mentions or loser is None:
        return []
    return [ClaimDraft(entry.kind, out.head, None, loser, at(mentions), anchors=[noun])]


def open_gates(verb: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "Y opened its gates to X"."""
    gates = [o for o in kids(verb, "dobj") if o.lower_ in {"gates", "doors"}]
    actor = scene.first_party(governed(verb, "to")) or scene.first_party(
        o for g in gates for o in governed(g, "to")
    )
    mentions = _towns(verb, scene)
    if not gates or actor is None or not mentions:
        return []
    return [ClaimDraft(entry.kind, verb, actor, places=at(mentions), anchors=gates)]


def _towns(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that are the subject of a verb, if nothing else is."""
    subjects = kids(verb, "nsubj")
    if not subjects or not all(s.i in scene.passage.places for s in subjects):
        return []
    return outside_countries([m for s in subjects for m in scene.places(s)])
