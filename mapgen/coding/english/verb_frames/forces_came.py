"""Find the town that people left when forces came: "Residents fled as fighters entered Y".

A sentence comes in; the places go out that armed people entered or struck in a clause of time.
Nobody flees *to* such a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.parties import subject
from mapgen.coding.english.sentence_context import IN, INTO, objects, outside_countries
from mapgen.coding.english.verb_frames.weapons import are_armed, is_weapon
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext

_COMING = word_list("frames", "coming")
_TIME = frozenset({"after", "as", "before", "once", "until", "when", "while"})
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "pcomp", "relcl"})


def entered(sent: Span, scene: SentenceContext) -> list[Mention]:
    """Return the places that armed people came to, by the clauses of time in a sentence.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    """
    return [m for verb in _coming(sent, scene) for m in _places(verb, scene)]


def _coming(sent: Span, scene: SentenceContext) -> Iterator[Token]:
    """Yield the verbs of coming in clauses of time whose subject is armed."""
    for verb in sent:
        if verb.lemma_.lower() in _COMING and verb.dep_ in _CLAUSES and _is_of_time(verb):
            who = subject(verb, scene.passage, scene.cast)
            armed = who is not None and are_armed(who)
            if armed or is_weapon(who, scene) or scene.actor(verb) is not None:
                yield verb


def _is_of_time(verb: Token) -> bool:
    """Whether a clause says when: "as fighters entered Y", "by the time they reached Y"."""
    if any(c.lower_ in _TIME for c in kids(verb, "mark", "advmod")):
        return True
    above = verb.head
    return above.lower_ in _TIME | {"time"} and verb.dep_ in {"acl", "pcomp", "relcl"}


def _places(verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that are entered, or struck."""
    named = [m for o in objects(verb) for m in [*scene.places(o), *scene.after(o, IN)]]
    return outside_countries(named or scene.oblique(verb, IN | INTO))
