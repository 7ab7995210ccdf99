"""Relative clauses that take back what was just said: "the capture of Y, which was untrue".

A trigger word comes in; the words that deny it, or leave it open, go out.
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

UNTRUE = word_list("modality", "untrue")
VERIFYING = word_list("governors", "verifying")


@per_tables
def _untrue() -> re.Pattern[str]:
    """Return the pattern of ", which was untrue"."""
    return re.compile(
        rf"""
        ^ [^.;:]{{0,80}}? [,–—-]\s? \s? which \s
        {one_of(["is", "was", "has been", "proved", "turned out to be"])} \s (?: \w+ly \s )?
        (?P<word> {one_of(sorted(UNTRUE))} ) \b
        """,
        re.IGNORECASE | re.VERBOSE,
    )


@per_tables
def _unchecked() -> re.Pattern[str]:
    """Return the pattern of ", which residents could not confirm"."""
    verbs = one_of(sorted(VERIFYING))
    return re.compile(
        rf"""
        ^ [^.;:]{{0,80}}? , \s which \s (?: [^.;:,]{{1,60}}? \s )?
        {one_of(["can", "could", "did", "has", "had", "have"])} \s? not \s
        (?: {one_of(["be", "been", "immediately", "independently", "yet"])} \s ){{0,3}}
        (?P<word> {verbs} (?: e?d )? | verified | corroborated ) \b
        """,
        re.IGNORECASE | re.VERBOSE,
    )


def taken_back(token: Token, passage: Passage) -> str | None:
    """Return the word of a relative clause that says that a trigger is untrue, or None.

    Parameters
    ----------
    token
        The trigger.
    passage
        The passage that contains it.
    """
    found = _untrue().match(_behind(token, passage))
    return found["word"] if found else None


def left_unchecked(token: Token, passage: Passage) -> str | None:
    """Return the word of a relative clause that says that nobody could confirm a trigger, or None.

    Parameters
    ----------
    token
        The trigger.
    passage
        The passage that contains it.
    """
    found = _unchecked().match(_behind(token, passage))
    return found["word"] if found else None


def _behind(token: Token, passage: Passage) -> str:
    """Return the text of a sentence behind a word."""
    return passage.text[passage.ends[token.i] : passage.bounds(token.sent)[1]]
