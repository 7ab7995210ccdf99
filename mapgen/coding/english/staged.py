"""Find what was staged and what proved untrue: "in a training exercise", "turned out to be a hoax".

The trigger word comes in; the words that decide go out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.coding.english.patterns import one_of
from mapgen.core.tables.in_force import per_tables
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from mapgen.reading.passages import Passage

STAGED = word_list("dismissed", "staged")
NOT_STAGED = word_list("dismissed", "not_staged")
UNTRUTHS = word_list("dismissed", "untruths")
_PROVING = frozenset({"turn", "prove", "find", "show", "reveal", "expose"})
_SUBJECTS = frozenset({"csubj", "csubjpass", "nsubj", "nsubjpass"})
_SAID_OF = frozenset({"acomp", "advcl", "attr", "ccomp", "dobj", "oprd", "pobj", "prep", "xcomp"})
_BETWEEN = (
    r"(?!(?:after|against|and|as|at|before|by|for|from|in|near|of|on|or|since|to|when|while|with)"
    r"\b)"
)


@per_tables
def _staged() -> re.Pattern[str]:
    """Return the pattern of "in a training exercise" and "as part of a simulation"."""
    return re.compile(
        rf"""
        \b (?: in | during | within | as\ part\ of ) \s
        (?: {_BETWEEN} [\w’'-]+ \s ){{0,4}}? {one_of(sorted(STAGED))} \b
        (?! [-\s] (?: {one_of(sorted(NOT_STAGED))} | of \b ) )
      | \b {one_of(sorted(STAGED))} \s (?: in | during ) \s which \b
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def staged(token: Token, passage: Passage) -> str | None:
    """Return the words by which the sentence of a trigger tells of an exercise, or None."""
    start, end = passage.bounds(token.sent)
    found = _staged().search(passage.text, start, end)
    return found.group(0) if found else None


def proved_untrue(token: Token, passage: Passage) -> str | None:
    """Return the "hoax" of "the capture of X turned out to be a hoax", or None.

    The trigger must belong to the subject of "turned out".
    """
    for verb in token.sent:
        if verb.lemma_.lower() not in _PROVING or verb.i <= token.i:
            continue
        subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if subject is None or not subject.left_edge.i <= token.i <= subject.right_edge.i:
            continue
        for word in _said_of(verb):
            if word.lower_ in UNTRUTHS and not any(c.dep_ == "neg" for c in verb.children):
                return passage.word(word)
    return None


def _said_of(verb: Token) -> list[Token]:
    """Return the words that a verb such as "turned out" says its subject to be."""
    found = [c for c in verb.children if c.dep_ in _SAID_OF and c.i > verb.i]
    for word in found:
        found += [c for c in word.children if c.dep_ in _SAID_OF and c not in found]
    return found
