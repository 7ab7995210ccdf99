"""Read how a sentence goes on with a capture of the sentence before: "Y followed on the 9th".

A sentence comes in with the claims of the sentence before; drafts of claims go out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.sentence_context import ClaimDraft, at, outside_countries
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor, Claim, ClaimPlace

# "Fuzuli followed on the 17th, Zangilan on the 20th": a place behind a comma with its own day
_NEXT = re.compile(r"\s(?:on|in)\s[^,;.]{2,24}(?:,\s(?:and\s)?|\sand\s)")
_VACATED = re.compile(
    r"\b(?:abandoned|deserted|evacuated|relinquished|vacated)\s"
    r"(?:areas?|bases?|camps?|cit(?:y|ies)|districts?|localit(?:y|ies)|places?|positions?|posts?|"
    r"settlements?|territory|towns?|villages?)\b"
)
_MOVING_IN = frozenset({"capture", "enter", "fill", "move", "occupy", "seize", "step", "take"})


def taken_next(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Return the changes of control by which a sentence goes on with the one before.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    before
        The claims of the sentence before.
    """
    return _followed(sent, scene, before) + _moved_in(sent, scene, before)


def _followed(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Read "Y followed on the 9th" behind "X captured Z"."""
    takers = {c.actor for c in before if _is_capture(c)}
    verb = next((t for t in sent if t.lower_ == "followed"), None)
    if verb is None or len(takers) != 1 or verb.dep_ not in {"ROOT", "conj", "ccomp"}:
        return []
    if kids(verb, "dobj", "nsubjpass", "aux", "neg", "dative") or _is_followed_by_thing(verb):
        return []
    things = [t for t in sent if t.i < verb.i and t.i in scene.passage.places]
    subjects = kids(verb, "nsubj")
    if not subjects or any(s.i not in scene.passage.places for s in subjects):
        return []
    towns = outside_countries([m for s in subjects for m in scene.places(s)])
    if not towns or len({scene.passage.places[t.i].start for t in things}) != len(towns):
        return []
    actor = next(iter(takers))
    drafts = [_draft(verb, verb, actor, at(towns))]
    end = verb
    for t in sent:
        if t.i > end.i and t.i in scene.passage.places:
            ref = scene.passage.places[t.i]
            if not _NEXT.fullmatch(scene.passage.text, scene.passage.ends[end.i], ref.start):
                break
            mentions = outside_countries([m for m in scene.places(t) if m.start == ref.start])
            drafts += [_draft(t, verb, actor, at(mentions))] if mentions else []
            end = t
    return drafts


def _is_capture(claim: Claim) -> bool:
    """Whether a claim says now that a party took a place."""
    return (
        claim.kind is Kind.CONTROL_CHANGE
        and claim.status.is_current
        and claim.actor is not None
        and any(p.role is Role.AT for p in claim.places)
    )


def _is_followed_by_thing(verb: Token) -> bool:
    """Whether the word behind "followed" is what is followed: "followed suit"."""
    after = verb.nbor(1) if verb.i + 1 < verb.sent.end else None
    return after is not None and after.tag_ in {"DT", "NN", "NNS", "PRP", "PRP$", "RP"}


def _draft(
    trigger: Token, verb: Token, actor: Actor | None, places: tuple[ClaimPlace, ...]
) -> ClaimDraft:
    """Return the draft of a change of control that goes on with another one."""
    reasons = [Reason(ReasonKind.WORDS, "in their order")]
    kind = Kind.CONTROL_CHANGE
    return ClaimDraft(kind, trigger, actor, None, places, anchors=[verb], reasons=reasons)


def _moved_in(sent: Span, scene: SentenceContext, before: Sequence[Claim]) -> list[ClaimDraft]:
    """Read "Z took over the vacated positions" behind "X withdrew from Y"."""
    start, end = scene.passage.bounds(sent)
    words = _VACATED.search(scene.passage.text, start, end)
    left = [c for c in before if c.kind is Kind.WITHDRAWAL and c.status.is_current]
    places = [p for c in left for p in c.places if p.role is Role.ORIGIN]
    if words is None or not places:
        return []
    verbs = [t for t in sent if t.lemma_ in _MOVING_IN and t.pos_ == "VERB"]
    verb = next((t for t in reversed(verbs) if scene.passage.starts[t.i] < words.start()), None)
    actor = scene.actor(verb) if verb is not None else None
    if verb is None or actor is None or any(c.actor == actor for c in left):
        return []
    meant = tuple(
        replace(
            p,
            surface=words.group(0),
            start=words.start(),
            end=words.end(),
            role=Role.AT,
            name=p.name or p.surface,
        )
        for p in places
    )
    reasons = [Reason(ReasonKind.PLACE, "the places left in the sentence before")]
    return [ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, None, meant, reasons=reasons)]
