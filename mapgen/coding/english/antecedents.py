"""Resolve whose "its forces" are, and note who acted in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.parties import POSSESSIVES, is_loser, party
from mapgen.coding.english.who_acted import Acting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Discourse
    from mapgen.core.tables.actors import Cast
    from mapgen.model import Actor, Attribution
    from mapgen.reading.passages import Passage

_ELEMENTS = frozenset({"element", "elements"})
"""Words for a part of somebody's forces: "elements took the town", a ministry announced."""

_SUBORDINATE = frozenset({"acl", "advcl", "relcl"})


def acting_in(sent: Span, passage: Passage, cast: Cast, discourse: Discourse) -> tuple[Acting, ...]:
    """Return the parties that act in a sentence, in order; each of several subjects counts."""
    return tuple(
        Acting(actor, _rank(noun), noun.tag_ in {"NN", "NNP"})
        for noun in _subjects(sent)
        if (actor := party(noun, passage, cast, discourse)) is not None
        and actor.name.split()[0].casefold() not in POSSESSIVES  # theirs who acted before
    )


def _subjects(sent: Span) -> Iterator[Token]:
    for t in sent:
        heads = kids(t, "pobj") if t.dep_ == "agent" else [t]
        if t.dep_ in {"agent", "nsubj", "nsubjpass"}:
            for head in heads:
                yield head
                yield from (c for c in kids(head, "conj") if c.pos_ in {"NOUN", "PROPN"})


def _rank(noun: Token) -> int:
    """Return how likely the next sentence is about a party, as in `Acting`."""
    subject = noun if noun.dep_ != "conj" else noun.head
    verb = subject.head if subject.dep_ != "pobj" else subject.head.head
    clause = [verb, *verb.ancestors]
    if any(v.dep_ in _SUBORDINATE for v in clause):
        return 0
    return 1 if subject.dep_ == "nsubjpass" or is_loser(subject) else 2


def whose_forces(
    actor: Actor | None,
    said: Attribution | None,
    trigger: Token,
    passage: Passage,
    cast: Cast,
    discourse: Discourse,
) -> Actor | None:
    """Return the party meant by "its forces"; any other actor is returned as it is.

    Parameters
    ----------
    actor
        Who acts, in the words of the text.
    said
        Who is quoted.
    trigger
        The verb.
    passage, cast, discourse
        The passage, the parties of the article, and what earlier sentences named.

    Returns
    -------
    Actor or None
        The speaker, if it is named before; else the party that the sentence before is about. None
        if both are possible.
    """
    first = actor.name.split()[0].lower() if actor and actor.id.startswith("text:") else ""
    if first not in POSSESSIVES | _ELEMENTS:
        return actor
    speaker = cast.speaker(said.words) if said is not None else None
    before = discourse.last_actor
    if said is not None and speaker is not None and before is not None:
        start, end = passage.bounds(trigger.sent)
        sentence, at = passage.text[start:end], passage.starts[trigger.i] - start
        said_at = sentence.find(said.words)
        if said_at > at and speaker.side != before.side:
            apart = ";" in sentence[at:said_at]
            return before if apart else None
    return speaker or before or (actor if first in _ELEMENTS else None)
