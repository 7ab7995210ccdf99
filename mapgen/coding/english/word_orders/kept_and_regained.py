"""Read who keeps a town, and who came back to it: "X is holding on to Y", "X still has Y".

A word of a sentence comes in; a draft of a state or of a change of control goes out, or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.sentence_context import ClaimDraft, at, governed, outside_countries
from mapgen.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext

_CLINGING = frozenset({"cling", "hang", "hold"})
_KEEPING = frozenset({"have", "keep", "maintain", "preserve", "retain"})
_RUNNING = frozenset({"administer", "run"})
_CONTROL = frozenset({"command", "control", "hold", "possession"})
_WITHDRAWING = frozenset({"flee", "leave", "pull", "quit", "retreat", "withdraw"})


def kept_or_regained(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Return who keeps a town by a verb, or came back to it once others had left.

    Parameters
    ----------
    verb
        Any word of the sentence.
    scene
        The sentence with its context.
    """
    if verb.pos_ not in {"AUX", "VERB"} or not _is_so(verb):
        return None
    towns = _kept(verb, scene)
    if towns:
        actor = scene.actor(verb)
        state = Kind.CONTROL_STATE
        return ClaimDraft(state, verb, actor, places=at(towns)) if actor is not None else None
    return _came_back(verb, scene)


def _is_so(verb: Token) -> bool:
    """Whether a verb tells what is so: neither denied nor wished, and not "had held on"."""
    helpers = kids(verb, "aux")
    wished = any(h.tag_ in {"MD", "TO"} for h in helpers)
    return not wished and not kids(verb, "neg") and all(h.lower_ != "had" for h in helpers)


def _kept(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the towns that a verb says somebody keeps."""
    lemma, things = verb.lemma_.lower(), kids(verb, "dobj")
    if lemma in _CLINGING and not things:
        return _named(governed(verb, "to", "onto"), scene)
    if lemma in _RUNNING and verb.tag_ in {"VBP", "VBZ"}:
        return _named(things, scene)
    if lemma not in _KEEPING:
        return []
    control = [o for o in things if o.lower_ in _CONTROL and not kids(o, "neg")]
    if control:
        return outside_countries(scene.after(control[0], frozenset({"of", "over"})))
    still = any(c.lower_ == "still" for c in kids(verb, "advmod"))
    alone = all(c.dep_ in {"advmod", "aux", "dobj", "nsubj", "punct"} for c in verb.children)
    return _named(things, scene) if (lemma == "retain" or still) and alone else []


def _named(things: list[Token], scene: SentenceContext) -> list[Mention]:
    """Return the places that words themselves name, if they name nothing else."""
    if any(t.i not in scene.passage.places for t in things):
        return []
    return [m for t in things for m in scene.named(t)]


def _came_back(verb: Token, scene: SentenceContext) -> ClaimDraft | None:
    """Read "X returned to Y after Z withdrew" as a change of control."""
    if verb.lemma_.lower() != "return" or verb.tag_ not in {"VBD", "VBN"}:
        return None
    towns = _named(governed(verb, "to"), scene)
    actor = scene.actor(verb)
    for left in kids(verb, "advcl") if towns and actor is not None else []:
        after = any(m.lower_ in {"after", "once"} for m in kids(left, "mark"))
        loser = scene.actor(left) if after and left.lemma_ in _WITHDRAWING else None
        if loser is not None and actor is not None and not loser.is_with(actor):
            return ClaimDraft(Kind.CONTROL_CHANGE, verb, actor, loser, at(towns))
    return None
