"""Read that the men of a party left: "Y: the militia's people drove out on Friday".

"People" are residents elsewhere, but those of a party are its forces, so that nobody fled. A
sentence comes in; drafts of withdrawals go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.sentence_context import ClaimDraft, at, led_place, outside_countries
from mapgen.coding.english.sides_described import forces_of
from mapgen.model import Kind, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.model import Actor, Claim

OWN_MEN = Reason(ReasonKind.WORDS, "the men of a party left, not residents")
"""Reason of a withdrawal whose words the network reads as a flight of people."""

_OUT = re.compile(
    r"['’]s?\s(?:last\s)?(?:fighters|forces|gunmen|men|people|soldiers|troops)\s"
    r"(?:(?:all|have|had|then)\s){0,2}(?P<verb>drove|driven|marched|moved|pulled|walked|went)\s"
    r"(?P<out>out)(?=\s*(?:[.,;)]|$)|\s(?:again|at|before|by|during|in\sthe|last|of|on|overnight|over"
    r"|this|without|yesterday)\b)"
)


def men_leaving(
    sent: Span, scene: SentenceContext, drafts: Sequence[ClaimDraft]
) -> list[ClaimDraft]:
    """Return the withdrawal that a sentence tells of the men or people of a party.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    drafts
        What the sentence is known to say.
    """
    if any(d.kind is Kind.WITHDRAWAL for d in drafts):
        return []
    passage = scene.passage
    for owner in sent:
        out = _OUT.match(passage.text, passage.ends[owner.i], passage.bounds(sent)[1])
        actor = _owner(owner, scene) if out is not None else None
        if out is None or actor is None:
            continue
        verb = next(t for t in sent if passage.ends[t.i] > out.start("verb"))
        left = _left(owner, verb, out.end("out"), scene)
        if left:
            places = at(left, Role.ORIGIN)
            return [ClaimDraft(Kind.WITHDRAWAL, verb, actor, places=places, reasons=[OWN_MEN])]
    return []


def without_their_flight(drafts: Sequence[ClaimDraft]) -> list[ClaimDraft]:
    """Return drafts without the flight of people who are the men of a party.

    Parameters
    ----------
    drafts
        The drafts of a sentence.
    """
    left = {p.start for d in drafts if OWN_MEN in d.reasons for p in d.places}
    return [
        d
        for d in drafts
        if d.kind is not Kind.DISPLACEMENT or d.figure or not left & {p.start for p in d.places}
    ]


def _owner(owner: Token, scene: SentenceContext) -> Actor | None:
    """Return the party whose men they are: one that is named, or that of a leader."""
    return scene.party(owner) or forces_of(scene.passage.word(owner), scene.cast)


def _left(owner: Token, verb: Token, end: int, scene: SentenceContext) -> list[Mention]:
    """Return the place of "drove out of Y", else the one that leads the paragraph."""
    of = re.compile(r"\sof\s(?:the\s)?(?:(?:city|town|village)\sof\s)?")
    behind = of.match(scene.passage.text, end)
    if behind is None:
        name = frozenset({scene.passage.starts[owner.i]})  # of a leader, who may seem a place
        return outside_countries(led_place(scene, verb, name))
    named = [t for t in verb.sent if scene.passage.starts[t.i] == behind.end()]
    return outside_countries([m for t in named for m in scene.places(t)])


def is_of_own_men(claim: Claim) -> bool:
    """Whether a claim tells that the men of a party left."""
    return OWN_MEN in claim.reasons
