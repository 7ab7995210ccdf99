"""Find changes of control by the order of words, for sentences that are parsed wrongly.

Long sentences are often parsed wrongly ("Adan Yabaal, in Middle Shabelle, was overrun by ..."), and
the frames in `verb_frames.ground_taken` then find no object. Here the words near a verb of taking
are read in their order: a place directly after it, or before "was taken". The rules run only if the
frames found nothing about control. A sentence comes in; drafts of claims go out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import (
    PART_NOUNS,
    SITE_NOUNS,
    TOWN_NOUNS,
    Mention,
    kids,
    without_containers,
)
from mapgen.coding.english.parties import phrase
from mapgen.coding.english.sentence_context import (
    ClaimDraft,
    at,
    clears_things,
    is_hyphenated,
    outside_countries,
    tells_holder,
)
from mapgen.core.tables.lexicon import lexicon
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor

TAKING = frozenset({"gain", "gain_strict", "gain_control"})
HOLDS = word_list("seizure", "holds")
POSITIONS = word_list("frames", "positions")
BETWEEN = word_list("seizure", "between")
PASSES = word_list("seizure", "passes")
_BE = frozenset({"be", "was", "were", "been", "being", "is", "are", "get", "got"})
_VERB = frozenset({"VBD", "VBN", "VBZ", "VBP", "VBG", "VB"})
_REACH = 12  # largest number of words from a verb to the place that is taken
_BY = 8


def told_seizure(sent: Span, scene: SentenceContext) -> list[ClaimDraft]:
    """Return the changes of control that the order of words in a sentence shows.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    """
    return [
        d
        for t in sent
        for d in (_taken(t, scene), _passed(t, scene), _back(t, scene), _owned(t, scene))
        if d is not None
    ]


def _taken(token: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read a verb of taking with the places before or after it."""
    entry = lexicon().get((token.lemma_.lower(), "verb"))
    if entry is None or entry.frame not in TAKING or token.tag_ not in _VERB:
        return None
    if token.i in scene.passage.places or token.i in scene.passage.actors:
        return None
    if is_hyphenated(token) or tells_holder(token) or clears_things(token, scene):
        return None
    if token.tag_ == "VBN" and _is_passive(token):
        mentions = _before(token, scene)
        actor = _by(token, scene)
    else:
        mentions = _behind(token, entry.frame, scene)
        actor = _acting(token, scene)
        if actor is None:
            return None
    mentions = outside_countries(mentions)
    if not mentions:
        return None
    return _change(token, actor, mentions)


def _change(token: Token, actor: Actor | None, mentions: list[Mention]) -> ClaimDraft:
    """Return the draft of a change of control."""
    reasons = [Reason(ReasonKind.WORDS, "in their order")]
    return ClaimDraft(Kind.CONTROL_CHANGE, token, actor, None, at(mentions), reasons=reasons)


def _is_passive(verb: Token) -> bool:
    """Whether a form of "be" or "get" shortly precedes a participle."""
    before = verb.doc[max(verb.sent.start, verb.i - 4) : verb.i]
    return any(t.lower_ in _BE for t in before)


def _behind(verb: Token, frame: str, scene: SentenceContext) -> list[Mention]:
    """Return the places directly after a verb, with at most articles and common nouns between."""
    found: list[Mention] = []
    control = False
    site = False
    for t in verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 1 + _REACH)]:
        if t.lower_ in POSITIONS and not found:
            return []  # "regained positions in Y" is an advance
        site = site or t.lower_ in PART_NOUNS
        if t.i in scene.passage.places:
            if frame == "gain" or control:
                found += [replace(m, near=m.near or site) for m in _own(t, scene)]
        elif t.lower_ in HOLDS:
            control = True
        elif (t.lower_ == "in" and found) or not _may_stand(t):
            break
    return without_containers(found)


def _may_stand(token: Token) -> bool:
    """Whether a word may come between a verb and the place that is taken."""
    low = token.lower_
    if (
        low in BETWEEN
        or low in SITE_NOUNS | TOWN_NOUNS
        or token.text in {",", "(", ")", '"', "“", "”", "‘", "’"}
    ):
        return True
    return token.tag_ in {"DT", "JJ", "JJR", "JJS", "CD", "POS", "PRP$", "CC"}


def _before(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places at the beginning of the clause of "was taken": "X, in Y, and Z"."""
    taken = kids(verb, "nsubjpass")
    if taken and not any(t.i in scene.passage.places or _may_stand(t) for t in taken):
        return []  # "until landmines have been cleared"
    found: list[Mention] = []
    start = verb.sent.start
    for t in reversed(verb.doc[start : verb.i]):
        if t.text in {";", ":"} or (t.tag_ in _VERB and t.lower_ not in _BE and found):
            start = t.i + 1
            break
    for t in verb.doc[start : verb.i]:
        if t.i in scene.passage.places and not _is_inside(t):
            found += _own(t, scene)
        elif found and t.tag_ in {"VBD", "VBZ", "MD"} and t.lower_ not in _BE:
            found = []  # the places so far belong to another verb
    return without_containers(found)


def _is_inside(place: Token) -> bool:
    """Whether a place follows "in", "near" or "by", so that it only says where."""
    before = place.doc[max(place.sent.start, place.i - 4) : place.i]
    for t in reversed(list(before)):
        if t.lower_ in {"in", "near", "from", "to", "at", "by", "outside", "on", "with"}:
            return True
        if t.tag_ not in {"DT", "JJ", "NN", "NNS", "NNP", "POS"}:
            return False
    return False


def _own(token: Token, scene: SentenceContext) -> list[Mention]:
    """Return the mention of the place that a token names."""
    ref = scene.passage.places[token.i]
    behind = token.doc[token.i + 1 : min(token.sent.end, token.i + 4)]
    part = any(t.lower_ in PART_NOUNS for t in behind)  # the airport of a city is not the city
    return [replace(m, near=m.near or part) for m in scene.places(token) if m.start == ref.start]


def _by(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return the party named after "by"."""
    behind = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 1 + _BY)]
    by = next((t for t in behind if t.lower_ == "by"), None)
    if by is None:
        return None
    for t in verb.doc[by.i + 1 : min(verb.sent.end, by.i + 6)]:
        actor = scene.party(t) if t.pos_ in {"NOUN", "PROPN"} else None
        if actor is not None:
            return actor
    return None


def _acting(verb: Token, scene: SentenceContext) -> Actor | None:
    """Return the party named last before a verb in its own clause."""
    for t in reversed(verb.doc[verb.sent.start : verb.i]):
        if t.text == ";":
            return None
        if t.pos_ in {"NOUN", "PROPN"} and not _is_inside(t):
            actor = scene.party(t)
            if actor is not None:
                return actor
    return None


def _passed(token: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "Kamanyola, where three countries meet, passed into rebel hands"."""
    if token.lemma_.lower() not in PASSES or token.tag_ not in _VERB:
        return None
    behind = list(token.doc[token.i + 1 : min(token.sent.end, token.i + 8)])
    into = next((n for n, t in enumerate(behind[:3]) if t.lower_ in {"into", "under", "in"}), None)
    hands = next((t for t in behind if t.lower_ in HOLDS | {"hands"}), None)
    if into is None or hands is None or hands.i < behind[into].i:
        return None
    owners = token.doc[behind[into].i + 1 : min(token.sent.end, hands.i + 5)]
    named = (scene.party(t) for t in owners if t.i in scene.passage.actors or t.pos_ == "NOUN")
    actor = next((a for a in named if a is not None), None) or _adjective(hands, scene)
    mentions = outside_countries(_before(token, scene))
    if actor is None or not mentions:
        return None
    return _change(token, actor, mentions)


def _back(token: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "Nigerian troops were back in Banki the next day"."""
    if token.lower_ != "back" or token.i + 2 > token.sent.end or token.i <= token.sent.start + 1:
        return None
    after = list(token.doc[token.i + 1 : min(token.sent.end, token.i + 6)])
    if token.nbor(-1).lower_ not in _BE or not after or after[0].lower_ != "in":
        return None
    actor = _acting(token, scene)
    town = next((t for t in after if t.i in scene.passage.places), None)
    mentions = outside_countries(_own(town, scene)) if town is not None else []
    if actor is None or not mentions:
        return None
    return _change(token, actor, mentions)


def _owned(token: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "Marte, though, is Boko Haram's again"."""
    if token.text not in {"'s", "’s"} or token.nbor(-1).i not in scene.passage.actors:
        return None
    after = token.nbor(1).lower_ if token.i + 1 < token.sent.end else "."
    if after not in {"again", "now", ".", ",", ";"}:
        return None
    before = token.doc[max(token.sent.start, token.i - _BY) : token.i]
    be = next((t for t in reversed(before) if t.lemma_ == "be" and t.tag_ != "VBN"), None)
    towns = kids(be, "nsubj") if be is not None else []
    mentions = outside_countries([m for t in towns for m in scene.places(t)])
    actor = scene.party(token.nbor(-1))
    if be is None or actor is None or not all(t.i in scene.passage.places for t in towns):
        return None
    return _change(be, actor, mentions) if mentions else None


def _adjective(hands: Token, scene: SentenceContext) -> Actor | None:
    """Return the party of "rebel hands" or "Russian control"."""
    words = phrase(hands, scene.passage).split()[:-1]
    return scene.cast.resolve(" ".join([*words, "forces"])) if words else None
