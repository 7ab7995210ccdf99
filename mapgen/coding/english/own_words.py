"""The words of a sentence whose dates count for one event of it.

A trigger word comes in; the text of its own clause goes out, without asides about other times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.coding.english.dates import find_dates
from mapgen.coding.english.own_days import MEASURED_SINCE, is_aside, is_participle_aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from mapgen.reading.passages import Passage

_EVENTS = frozenset({"assault", "battle", "campaign", "offensive", "operation", "siege", "war"})
"""Of "a campaign that ended in 2014" the year is that of what happened in it."""


def clause_text(token: Token, above: Sequence[Token], passage: Passage) -> str:
    """Return the text of a trigger's own clause, whose dates count for it.

    Parameters
    ----------
    token
        The trigger.
    above
        The trigger and the heads that its clause depends on, innermost first.
    passage
        The passage that contains it.
    """
    top = token
    if is_of_now(token):
        return passage.span_text(sorted(token.subtree, key=lambda t: t.i))
    if token.dep_ in {"relcl", "advcl"} and any(c.lower_ == "when" for c in token.children):
        top = token.head  # "in the summer of 2006, when a million fled"
    top = next((t for t in above[1:] if t.pos_ in {"VERB", "AUX"}), top)
    top = top if top.sent == token.sent else token
    kept = {top.i, token.i, *(a.i for a in token.ancestors)}
    words = [t for t in top.subtree if t.sent == token.sent]
    # the year of "rebels, who entered X in 2012, captured Y" is not that of Y
    words = _without((t for t in words if _is_about_other(t) and t.i not in kept), words)
    # nor is January the month of "returned in October, after the army regained X in January"
    after = [t for t in words if t.dep_ != "relcl" and is_aside(t) and t.i not in kept]
    alone = passage.words_of(_without(after, words))
    own = alone if after and find_dates(alone, None) else passage.words_of(words)
    return MEASURED_SINCE.sub(" ", own)


def is_of_now(token: Token) -> bool:
    """Whether a verb is in the present perfect after one in the past: "and has since taken".

    Parameters
    ----------
    token
        A verb.
    """
    if token.dep_ != "conj" or token.head.tag_ != "VBD":
        return False
    return any(c.lower_ in {"has", "have"} and c.dep_ == "aux" for c in token.children)


def _is_about_other(token: Token) -> bool:
    """Whether a word heads a relative clause, or "X, bombed in 2022", that is of another time."""
    is_clause = token.dep_ == "relcl" or is_participle_aside(token)
    return is_clause and token.head.lower_ not in _EVENTS


def _without(heads: Iterable[Token], words: Sequence[Token]) -> list[Token]:
    """Return words without those below some heads."""
    below = {x.i for t in heads for x in t.subtree}
    return [t for t in words if t.i not in below]
