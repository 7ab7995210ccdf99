"""Find reports that somebody dismisses, and matters that a sentence leaves open.

Examples are "the supposed seizure of X was denied", "a video ... was dismissed as propaganda", "no
signs that they leave X", "exactly when X changed hands is unclear" and "plans to relocate them were
discussed". The trigger word comes in; a word or phrase that decides goes out.
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

ALLEGED = word_list("dismissed", "alleged")
MEDIA = word_list("dismissed", "media")
UNTRUTHS = word_list("dismissed", "untruths")
SIGNS = word_list("dismissed", "signs")
CONFIRMATION = word_list("dismissed", "confirmation")
UNCLEAR = word_list("dismissed", "unclear")
REPORTED = word_list("modality", "rumours")
INTENT_NOUNS = word_list("modality", "intent_nouns")
MODALS = word_list("modality", "modals")
VERIFYING = word_list("governors", "verifying")
_CLAUSES = frozenset({"acl", "ccomp", "pcomp", "relcl"})
_SUBJECTS = frozenset({"csubj", "csubjpass", "nsubj", "nsubjpass"})


@per_tables
def _dismissed() -> re.Pattern[str]:
    """Return the pattern of "the alleged capture ... was denied", "a video ... as propaganda"."""
    was = one_of(["is", "are", "was", "were", "been"])
    return re.compile(
        rf"""
        \b (?: (?: {one_of(sorted(ALLEGED))} ) \s (?P<event> [^.;]{{3,200}}? ) ,? \s
               {was} \s (?: \w+ly \s )? (?P<no> denied | refuted | disproved | debunked )
             | (?: {one_of(sorted(MEDIA | REPORTED))} s? ) \s (?P<what> [^.;]{{3,200}}? ) ,? \s
               {was} \s (?: \w+ly \s )?
               (?P<as> (?: branded | called | debunked | denounced | described | dismissed
                         | rejected ) \s
                 (?: by \s [^.;,]{{1,40}}? \s )? as \s (?: \w+ \s ){{0,2}}?
                 {one_of(sorted(UNTRUTHS))} )
             | (?: {one_of(sorted(MEDIA | REPORTED))} s? ) \s
               (?P<groundless> [^.;]{{3,200}}? ) ,? \s
               (?P<base> {was} \s not \s (?: backed \s up | borne \s out | supported
                             | substantiated )
                         | {was} \s without \s (?: any \s )? (?: basis | foundation )
                         | ha(?:d|s|ve) \s no \s (?: basis | foundation ) )
             | (?P<active> branded | called | debunked | denounced | dismiss(?:ed|es)
                         | reject(?:ed|s) ) \s
               (?: as \s )? [^\w\s]? (?: \w+ \s ){{0,2}}? {one_of(sorted(UNTRUTHS))} [^\w\s]? \s
               (?: \w+ \s ){{0,3}}? (?: {one_of(sorted(MEDIA | REPORTED))} s? ) \s
               (?P<told> (?: of | that ) \b [^.;]{{3,200}} )
             | (?P<back> recant(?:ed|s) | retract(?:ed|s) | withdr(?:aws|ew)
                       | t(?:akes|ook) \s back | walk(?:ed|s) \s back ) \s
               (?: [\w’'-]+ \s ){{0,3}}?
               (?: {one_of(sorted({"statement"} | MEDIA | REPORTED))} s? ) \s
               (?: [^.;,]{{2,40}}? \s )??
               (?P<unsaid> (?: of | that ) \b [^.;]{{3,200}} )
           ) \b
        """,
        re.VERBOSE | re.IGNORECASE,
    )


_TOLD = {"event": "no", "what": "as", "groundless": "base", "told": "active", "unsaid": "back"}
"""Groups of the pattern: what was told, and the word that dismisses it."""


def dismissed(token: Token, passage: Passage) -> str | None:
    """Return the words by which a sentence says that a report of the trigger is untrue, or None."""
    start, end = passage.bounds(token.sent)
    at = passage.starts[token.i]
    for found in _dismissed().finditer(passage.text, start, end):
        told = next(g for g in _TOLD if found[g])
        if found.start(told) <= at < found.end(told):
            return found[_TOLD[told]]
    return _noted(token, passage, "no") or _no_sign(token, passage)


def _no_sign(token: Token, passage: Passage) -> str | None:
    """Return the "no" of "no signs that they leave X", or the "not" of "did not see signs that"."""
    for cur in (token, *token.ancestors):
        head = cur.head
        if cur.dep_ not in _CLAUSES and cur.dep_ != "conj":
            return None
        if head.lemma_.lower() not in SIGNS or head.pos_ != "NOUN":
            continue
        relative = any(c.tag_ in {"WDT", "WP"} for c in cur.children)
        if relative:
            return None
        none = next((c for c in head.children if c.lower_ in {"no", "little", "without"}), None)
        above = head.head if head.dep_ in {"attr", "dobj", "pobj"} else None
        if none is None and above is not None:
            none = next((c for c in above.children if c.dep_ == "neg"), None)
            none = above if above.lower_ == "without" else none
        return passage.word(none) if none is not None else None
    return None


def left_open(token: Token, passage: Passage) -> str | None:
    """Return the words by which a sentence leaves open whether or when it happened, or None.

    An event that is "not confirmed" is not denied.
    """
    before = token.doc[max(token.sent.start, token.i - 2) : token.i]
    planned = before.text.lower().endswith(" to") and before[0].lemma_.lower() in INTENT_NOUNS
    if planned:  # "Plans to relocate the displaced were discussed", however it is parsed
        return passage.word(before[0])
    return (
        _unclear(token, passage)
        or _unconfirmed(token, passage)
        or _noted(token, passage, "open")
        or _loose_modal(token, passage)
    )


@per_tables
def _note() -> re.Pattern[str]:
    """Return the pattern of "Message that they left X: not confirmed", "Claim ...: denied"."""
    return re.compile(
        rf"""
        (?<! [a-z,] \s ) \b (?: {one_of(sorted(REPORTED))} s? | word ) \s
        (?P<what> (?: of | that ) \b [^.;:]+? )
        \s? [:–—-] \s (?: as \s yet \s | still \s )?
        (?: (?P<open> not \s (?: yet \s )? (?: been \s )? (?: confirmed | verified )
                | unconfirmed | unverified )
          | (?P<no> denied | disproved | fake | false | rejected | untrue | wrong ) ) \b
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _noted(token: Token, passage: Passage, group: str) -> str | None:
    """Return the verdict of a note, if it is of a group: "Message that they left X: denied"."""
    start, end = passage.bounds(token.sent)
    found = _note().search(passage.text, start, end)
    if found is None or not found.start("what") <= passage.starts[token.i] < found.end("what"):
        return None
    verdict: str | None = found[group]
    return verdict


def _unclear(token: Token, passage: Passage) -> str | None:
    """Return the "unclear" of "exactly when X changed hands is unclear"."""
    if token.dep_ not in _SUBJECTS:
        return None
    asks = token.dep_.startswith("csubj") or token.i == token.sent.start
    word = next((c for c in token.head.children if c.lower_ in UNCLEAR), None)
    return passage.word(word) if asks and word is not None else None


def _unconfirmed(token: Token, passage: Passage) -> str | None:
    """Return the "confirmed" of "the capture of X was not confirmed"."""
    head = token.head
    if token.dep_ in _SUBJECTS and token.pos_ == "NOUN" and head.lemma_.lower() in VERIFYING:
        return passage.word(head) if any(c.dep_ == "neg" for c in head.children) else None
    if token.dep_ in _CLAUSES and head.lemma_.lower() in CONFIRMATION:
        no = next((c for c in head.children if c.lower_ == "no"), None)
        return passage.word(no) if no is not None else None
    return None


def _loose_modal(token: Token, passage: Passage) -> str | None:
    """Return the "would" of "the seizure of X would not by itself change the war".

    The words between the modal and its verb hide it from the parser.
    """
    head = token.head
    if token.dep_ not in _SUBJECTS or head.tag_ != "VB" or head.i < token.i:
        return None
    between = token.doc[token.i + 1 : head.i]
    modal = next((t for t in between if t.tag_ == "MD" and t.lower_ in MODALS), None)
    if modal is None or any(t.tag_ in {"WDT", "WP"} for t in between if t.i < modal.i):
        return None
    return passage.word(modal)
