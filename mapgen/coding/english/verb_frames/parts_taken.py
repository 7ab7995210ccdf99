"""Frames of ground that is less than a town: positions, gains, and towns taken in turns.

A trigger word with its sentence comes in; drafts of advances and clashes go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.sentence_context import IN, ClaimDraft, at, outside_countries
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.coding.english.mentions import Mention
    from mapgen.coding.english.sentence_context import SentenceContext
    from mapgen.core.tables.lexicon import LexiconEntry
    from mapgen.model import Actor

POSITIONS = word_list("frames", "positions")
_VOTES = word_list("frames", "votes")
_WHERE = IN | {"of", "to", "toward", "towards"}
_MAKING = frozenset({"achieve", "claim", "consolidate", "gain", "make", "record", "register"})
_AGAIN = re.compile(
    r"\b(?:twice|more than once|(?:\d+|countless|eight|few|five|four|many|multiple|nine|numerous|"
    r"several|seven|six|ten|three|two) (?:more )?times)\b"
)
_STOPS = frozenset({",", ";", "after", "as", "before", "on", "when", "while"})
_FEW = 8  # words after a verb among which "three times" belongs to it


def positions_taken(
    verb: Token, things: list[Token], actor: Actor | None, scene: SentenceContext
) -> list[ClaimDraft]:
    """Read "X regained positions in Y" as an advance near Y, since Y itself is not taken.

    Parameters
    ----------
    verb
        The verb of taking.
    things
        Its objects.
    actor
        The party that takes them, if known.
    scene
        The sentence with its context.

    Returns
    -------
    list of ClaimDraft
        No drafts if an object is something other than positions, or if no party or place is named.
    """
    if actor is None or not things or not all(o.lower_ in POSITIONS for o in things):
        return []
    mentions = outside_countries([m for o in things for m in _around(o, verb, scene)])
    if not mentions:
        return []
    places = at(mentions, Role.NEAR)
    return [ClaimDraft(Kind.ADVANCE, verb, actor, places=places, anchors=things)]


def of_gains(noun: Token, entry: LexiconEntry, scene: SentenceContext) -> list[ClaimDraft]:
    """Read "X made gains near Y" as an advance."""
    before = reversed(list(noun.doc[max(noun.sent.start, noun.i - _FEW) : noun.i]))
    verb = next((t for t in before if t.pos_ == "VERB" and t.tag_ != "VBN"), None)
    if verb is None or verb.lemma_.lower() not in _MAKING:
        return []
    if any(t.lower_ in _VOTES for t in verb.subtree):
        return []  # "made gains in Y in the election"
    actor = scene.actor(verb)
    mentions = outside_countries(_around(noun, verb, scene))
    if actor is None or not mentions:
        return []
    places = at(mentions, Role.NEAR)
    return [ClaimDraft(entry.kind, noun, actor, places=places, anchors=[noun])]


def _around(noun: Token, verb: Token, scene: SentenceContext) -> list[Mention]:
    """Return the places at which ground is gained."""
    named = scene.places(noun) or scene.behind(noun, _WHERE) or scene.oblique(verb, IN)
    return named or scene.fronted(verb)


def in_turns(verb: Token) -> bool:
    """Whether a town changes hands again and again: "twice before noon", "several times"."""
    behind = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + _FEW)]
    words = [t.lower_ for t in behind]
    stop = next((n for n, w in enumerate(words) if w in _STOPS), len(words))
    return _AGAIN.search(" ".join(words[:stop])) is not None
