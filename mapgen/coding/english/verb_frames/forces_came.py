"""Find the town that people left when forces came: "Residents fled as fighters entered Y".

A verb of flight, or a sentence, comes in; the places go out that armed people entered or struck in
a clause of time beside it. Nobody flees *to* such a place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.mentions import kids
from mapgen.coding.english.parties import subject
from mapgen.coding.english.sentence_context import IN, INTO, objects, outside_countries
from mapgen.coding.english.verb_frames.weapons import is_weapon
from mapgen.core.tables.actors import FORCE_WORDS, GROUP_WORDS, REBEL_WORDS
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext

_COMING = word_list("frames", "coming")
_TIME = frozenset({"after", "as", "before", "once", "until", "when", "while"})
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "pcomp", "relcl"})


def came_to(flight: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places that armed people came to when others fled.

    Parameters
    ----------
    flight
        The verb of those who fled.
    scene
        The sentence with its context.
    """
    found = entered(flight.sent, scene)
    return [m for verb, mentions in found for m in mentions if verb.i != flight.i]


def entered(sent: Span, scene: SentenceContext) -> list[tuple[Token, list[Mention]]]:
    """Return the verbs in clauses of time by which armed people came to places, and the places.

    Parameters
    ----------
    sent
        A parsed sentence.
    scene
        The sentence with its context.
    """
    return [(verb, places) for verb in _coming(sent, scene) if (places := _places(verb, scene))]


def _coming(sent: Span, scene: SentenceContext) -> Iterator[Token]:
    """Yield the verbs of coming in clauses of time whose subject is armed."""
    for verb in sent:
        if verb.lemma_.lower() in _COMING and verb.dep_ in _CLAUSES and _is_of_time(verb):
            who = subject(verb, scene.passage, scene.cast)
            words = {t.lower_ for t in who.subtree} if who is not None else set()
            armed = bool(words & (FORCE_WORDS | GROUP_WORDS | REBEL_WORDS))
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
