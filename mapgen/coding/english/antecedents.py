"""Resolve whose "its forces" are, and note who acted in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.attribution import role_of
from mapgen.coding.english.mentions import SAYING, kids
from mapgen.coding.english.parties import (
    POSSESSIVES,
    is_loser,
    is_of_a_people,
    party,
    phrase,
    subject,
)
from mapgen.coding.english.sides_described import without_leader
from mapgen.coding.english.who_acted import Acting
from mapgen.core.tables.actors import GROUP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from mapgen.coding.english.discourse import Discourse
    from mapgen.core.tables.actors import Cast
    from mapgen.model import Actor, Attribution
    from mapgen.reading.passages import Passage

_ELEMENTS = frozenset({"element", "elements"})
"""Words for a part of somebody's forces: "elements took the town", a ministry announced."""

_ENEMY = frozenset({"enemies", "enemy"})
_FREED = frozenset({"free", "liberate"})
_SUBORDINATE = frozenset({"acl", "advcl", "relcl"})


def acting_in(sent: Span, passage: Passage, cast: Cast, discourse: Discourse) -> tuple[Acting, ...]:
    """Return the parties that act in a sentence, in order; each of several subjects counts."""
    return tuple(
        Acting(actor, _rank(noun), noun.tag_ in {"NN", "NNP"})
        for noun in _subjects(sent)
        if (named := party(noun, passage, cast, discourse)) is not None
        and (actor := occupier(named, noun.head, cast, discourse)) is not None
        and not _is_described(actor)
    )


def _is_described(actor: Actor) -> bool:
    """Whether an actor is only described: "its fighters", "a powerful armed group"."""
    words = actor.name.casefold().split()
    is_group = words[-1] in GROUP_WORDS and actor.name.rsplit(maxsplit=1)[-1].islower()
    return actor.id.startswith("text:") and (words[0] in POSSESSIVES or is_group)


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
    return 1 if subject.dep_ != "nsubj" or is_loser(subject) else 2


def whose_forces(
    actor: Actor | None,
    said: Attribution | None,
    trigger: Token,
    passage: Passage,
    cast: Cast,
    discourse: Discourse,
) -> Actor | None:
    """Return the party meant by "its forces", "the enemy" or "we"; others are returned as they are.

    Who freed a town is the side of those who call it freed.

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
        For "its forces", the speaker if it is named before; else the party that the sentence before
        is about. None if both are possible.
    """
    speaker = cast.speaker(without_leader(said.words)) if said is not None else None
    first = _first_word(actor, trigger, passage, cast)
    if first not in POSSESSIVES | _ELEMENTS:
        return _by_side(actor, speaker, said, trigger, cast) or actor
    if speaker is not None and _is_ours(trigger, passage, cast):
        return speaker
    owners, is_other = _subjects_before(trigger, passage, cast, discourse)
    if owners:
        alone = not is_other and all(o.side == owners[0].side for o in owners)
        return owners[0] if alone else None
    if is_other:
        return speaker
    before = discourse.last_actor
    if said is not None and speaker is not None and before is not None:
        start, end = passage.bounds(trigger.sent)
        sentence, at = passage.text[start:end], passage.starts[trigger.i] - start
        said_at = sentence.find(said.words)
        if said_at > at and speaker.side != before.side:
            return before if ";" in sentence[at:said_at] else None
    return speaker or before or (actor if first in _ELEMENTS else None)


def occupier(actor: Actor | None, trigger: Token, cast: Cast, discourse: Discourse) -> Actor | None:
    """Return who occupies a place: if it is "the army", the one from abroad that acted last.

    Parameters
    ----------
    actor
        Who acts, by the words before the verb.
    trigger
        The verb.
    cast, discourse
        The parties of the article, and what earlier sentences named.

    Returns
    -------
    Actor or None
        None instead of the army of the country, if the article does not name it.
    """
    state = cast.state()
    if state is None or actor is None or actor.side != state.side:
        return actor
    if state.id in cast.parties or trigger.lemma_.lower() not in _OF_INVADERS:
        return actor
    last = discourse.last_actor
    return last if last is not None and last.side != state.side else None


_OF_INVADERS = frozenset({"invade", "occupy"})


def _are_speakers(trigger: Token) -> bool:
    """Whether those who are quoted say what they did themselves: "we have retaken X"."""
    return any(t.lower_ == "we" for t in kids(trigger, "nsubj"))


def _by_side(
    actor: Actor | None,
    speaker: Actor | None,
    said: Attribution | None,
    trigger: Token,
    cast: Cast,
) -> Actor | None:
    """Return who acted, if the words tell on whose side: "freed, our army said", "the enemy took".

    None if the words do not, or if the article does not name both sides.
    """
    if speaker is not None and actor is None and _are_speakers(trigger):
        return None if speaker.id.startswith("text:") else speaker
    speaker = speaker or _by_ministry(said, cast)
    foe = cast.opponent(speaker)
    if foe is None or speaker is None:
        return None
    agents = [o for p in kids(trigger, "agent") for o in kids(p, "pobj")]
    done_by = [*agents, *kids(trigger, "nsubj")]
    if any(t.lower_ in _ENEMY for t in done_by):
        return foe
    is_freed = trigger.lemma_.lower() in _FREED and bool(kids(trigger, "nsubjpass"))
    return speaker if actor is None and is_freed and not agents else None


def _first_word(actor: Actor | None, trigger: Token, passage: Passage, cast: Cast) -> str:
    """Return the first word for an actor without a name; "troops of its division" are "its"."""
    if actor is None or not actor.id.startswith("text:") or is_of_a_people(actor.name):
        return ""
    of_somebody = _is_of_somebody(trigger, passage, cast)
    return "its" if of_somebody else actor.name.split()[0].lower()


def _is_ours(trigger: Token, passage: Passage, cast: Cast) -> bool:
    """Whether the subject of a verb is of those who speak: "our gallant forces"."""
    who = subject(trigger, passage, cast)
    return who is not None and any(t.lower_ == "our" for t in who.subtree if t.i < trigger.i)


def _is_of_somebody(trigger: Token, passage: Passage, cast: Cast) -> bool:
    """Whether the subject of a verb is a part of the forces of somebody named before."""
    who = subject(trigger, passage, cast)
    return who is not None and any(
        t.dep_ == "poss" and t.lower_ in POSSESSIVES for t in who.subtree if t.i < trigger.i
    )


_NO_OWNERS = frozenset({"witness", "monitor", "organisation", "media"})


def _subjects_before(
    trigger: Token, passage: Passage, cast: Cast, discourse: Discourse
) -> tuple[list[Actor], bool]:
    """Return the parties that are subjects before "its forces" in the sentence.

    The second value says whether somebody else is one, such as "the Kremlin".
    """
    whose = POSSESSIVES | _ELEMENTS
    mine = max(
        (t.i for t in trigger.sent if t.lower_ in whose and t.i < trigger.i), default=trigger.i
    )
    owners, is_other = [], False
    for t in trigger.doc[trigger.sent.start : mine]:
        acts = t.dep_ in {"nsubj", "nsubjpass"} or (t.dep_ == "pobj" and t.head.dep_ == "agent")
        if not acts or t.pos_ == "PRON" or t.i in passage.places:
            continue
        words = without_leader(phrase(t, passage))
        actor = party(t, passage, cast, discourse)
        if actor is None or t.head.lemma_ in SAYING:
            actor = cast.speaker(words) or actor or _spoken_for(t, passage) or _ministry(t, cast)
        if actor is not None and not _is_described(actor):
            owners.append(actor)
        elif t.pos_ == "PROPN" or t.head.lemma_ in SAYING:
            is_other |= role_of(words) not in _NO_OWNERS
    return owners, is_other


def _spoken_for(speaker: Token, passage: Passage) -> Actor | None:
    """Return the party that a spokesman speaks for: "X, a spokesman for the Arakan Army"."""
    if not any(t.lemma_.startswith("spokes") for t in speaker.subtree):
        return None
    named = {m.party.id: m.party for t in speaker.subtree if (m := passage.actors.get(t.i))}
    return next(iter(named.values())).actor if len(named) == 1 else None


def _ministry(noun: Token, cast: Cast) -> Actor | None:
    """Return the state for which "the ministry" speaks, where the article has only one army."""
    return _only_state(cast) if noun.lemma_.casefold() == "ministry" else None


def _by_ministry(said: Attribution | None, cast: Cast) -> Actor | None:
    """Return the state of "the interior ministry", where the article has only one army."""
    is_ministry = said is not None and said.words.casefold().endswith(" ministry")
    return _only_state(cast) if is_ministry else None


def _only_state(cast: Cast) -> Actor | None:
    armies = {p.side for p in cast.parties.values() if p.kind in {"state", "foreign"}}
    state = cast.state()
    return state.actor if state is not None and armies <= {state.side} else None


def is_where_they_went(trigger: Token) -> bool:
    """Whether a town was taken "where" they had gone: "they crossed into Z, where Y was taken".

    Those who are meant took it, and not who took a place last.

    Parameters
    ----------
    trigger
        The verb of taking.
    """
    if trigger.dep_ != "relcl" or all(c.lower_ != "where" for c in trigger.children):
        return False
    above = [a for a in trigger.ancestors if a.pos_ in {"VERB", "AUX"}]
    return any(c.tag_ == "PRP" and c.dep_ == "nsubj" for a in above for c in a.children)
