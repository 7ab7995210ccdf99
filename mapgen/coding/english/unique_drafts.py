"""Drop the drafts of a sentence that repeat another one, or say less than it.

Drafts of claims come in, in the order of the frames' words; those to keep go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.undone import outcome
from mapgen.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.sentence_context import ClaimDraft


def unique_drafts(drafts: list[ClaimDraft]) -> list[ClaimDraft]:
    """Drop drafts that repeat another draft of the sentence or say less than it."""
    kept: list[ClaimDraft] = []
    for d in drafts:
        key = (d.kind, frozenset((p.place_id, p.role) for p in d.places))
        if not d.places and d.kind is Kind.DISPLACEMENT and any(k.kind is d.kind for k in kept):
            continue
        if d.kind is Kind.DISPLACEMENT and any(
            k.kind is d.kind and key[1] < frozenset((p.place_id, p.role) for p in k.places)
            for k in drafts
        ):
            continue  # part of a movement that another word of the sentence gives in full
        same = next(
            (
                k
                for k in kept
                if key == (k.kind, frozenset((p.place_id, p.role) for p in k.places))
                and k.trigger.i != d.trigger.i
                and key[1]
            ),
            None,
        )
        if same is not None and not _changed_hands(same, d, kept):
            continue
        kept.append(d)
    return kept


def _changed_hands(first: ClaimDraft, then: ClaimDraft, kept: list[ClaimDraft]) -> bool:
    """Whether a second draft about a place stands beside the first: "took X, but lost it to Y".

    The draft of "took X, lost it, took it again" is replaced by that of the last verb, and the
    result is then false. "Lost X and regained it" are two changes.
    """
    if _is_before(then.trigger) and not _is_before(first.trigger):
        return False  # "Y changed hands again; X had taken it in May"
    if first.trigger.lemma_ in {"control", "hold"} and then.trigger.lemma_ == "fall":
        then.from_actor = then.from_actor or first.actor  # "Y, held by X since May, fell"
        kept[kept.index(first)] = then
        return False
    loser = first.from_actor if first.actor is None else None
    if loser is not None and then.actor == loser and then.from_actor != loser:
        return True
    last, lost = outcome(first.trigger)
    if last.i != then.trigger.i:
        return False
    if not lost:
        then.actor = then.actor or first.actor
        kept[kept.index(first)] = then
    return lost


def _is_before(verb: Token) -> bool:
    """Whether a verb tells what came before: "had taken it"."""
    return any(c.lower_ == "had" for c in kids(verb, "aux"))
