"""Words that govern a verb and say that it did not happen, or may not have happened.

Examples are "stopped short of", "prevented from" and "did not confirm that". A word and its head
come in; the word that decides goes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

HINDERING = word_list("governors", "hindering")
MISSING = word_list("governors", "missing")
UNABLE = word_list("governors", "unable")
NOT_YET = word_list("governors", "not_yet")
VERIFYING = word_list("governors", "verifying")
MISSTATING = word_list("governors", "misstating")
WRONGLY = word_list("governors", "wrongly")
VERSIONS = word_list("governors", "versions")
EARLIER = word_list("governors", "earlier")
ASKING = word_list("governors", "asking")
SEEMING = word_list("governors", "seeming")
HEARSAY = word_list("governors", "hearsay")
LIKELY = word_list("governors", "likely")
SHOWING = word_list("governors", "showing")
EXPECTING = word_list("governors", "expecting")
DENYING = word_list("modality", "denial")
REPORTED = word_list("modality", "rumours")


def denied_by(cur: Token, head: Token) -> Token | None:
    """Return the word above or beside a verb that says that it did not happen, or None.

    Parameters
    ----------
    cur
        The trigger, or a word above it.
    head
        Its head in the dependency tree.
    """
    if cur.dep_ == "pcomp":
        return _by_preposition(head)
    if cur.dep_ == "xcomp" and head.lower_ in UNABLE:
        return head
    if cur.dep_ in {"acl", "relcl", "ccomp"} and head.lemma_.lower() in REPORTED:
        return _dismissed(head)
    if cur.dep_ == "ccomp" and _is_corrected(head):
        return head
    return _by_own_words(cur)


def _is_corrected(verb: Token) -> bool:
    """Whether a correction follows: "an earlier version said", "wrongly stated"."""
    if any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        return False  # "X was captured, not Y, as an earlier version said"
    if verb.lemma_.lower() in MISSTATING or any(c.lower_ in WRONGLY for c in verb.children):
        return True
    return any(
        c.lower_ in VERSIONS and any(a.lower_ in EARLIER for a in c.children)
        for c in verb.children
        if c.dep_ == "nsubj"
    )


def told_to(cur: Token, head: Token) -> Token | None:
    """Return the verb of "told residents to leave", which does not say that anybody left, or None.

    Parameters
    ----------
    cur
        The trigger, or a word above it.
    head
        Its head in the dependency tree.
    """
    asked = cur.dep_ == "xcomp" and cur.tag_ == "VB" and head.lemma_.lower() in ASKING
    return head if asked and any(c.dep_ == "dobj" for c in head.children) else None


def doubted_by(cur: Token, head: Token) -> Token | None:
    """Return the word by which it only seems to have happened: "may have", "are thought to".

    Parameters
    ----------
    cur
        The trigger, or a word above it.
    head
        Its head in the dependency tree.
    """
    helpers = {c.lower_: c for c in cur.children if c.dep_ == "aux"}
    have = bool({"have", "has", "had"} & set(helpers))
    modal = next((helpers[w] for w in ("may", "might") if w in helpers), None)
    if modal is not None:
        return modal if have else None
    if cur.dep_ == "xcomp" and head.lemma_.lower() in SEEMING and have:
        return head
    if cur.dep_ == "xcomp" and head.lemma_.lower() in HEARSAY and _is_passive(head):
        return head
    if any(c.tag_ in {"MD", "TO"} for c in cur.children) or cur.tag_ not in {"VBD", "VBN"}:
        return None
    return next((c for c in cur.children if c.dep_ == "advmod" and c.lower_ in LIKELY), None)


def _is_passive(verb: Token) -> bool:
    """Whether a verb is passive: "are thought to have taken it"."""
    return verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in verb.children)


def _by_preposition(prep: Token) -> Token | None:
    """Return the denying word of "without taking", "prevented from taking" or "short of taking"."""
    low, above = prep.lower_, prep.head
    if low == "without":
        return prep
    if low == "from" and above.lemma_.lower() in HINDERING:
        return above
    before = prep.nbor(-1) if prep.i else prep
    phrase = f"{before.lower_} {low}"
    return before if phrase in {"short of", "close to", "instead of"} else None


def _dismissed(report: Token) -> Token | None:
    """Return the verb of "dismissed as false claims that", which says that a report is untrue."""
    above = report.head
    if report.dep_ == "pobj" and above.lower_ == "as" and above.head.lemma_.lower() in DENYING:
        return above.head
    return None


def _by_own_words(cur: Token) -> Token | None:
    """Return the "but" of "all but" before a verb, its "nor", or the "no" of its subject."""
    start = cur.i - 2
    if start >= cur.sent.start and [t.lower_ for t in cur.doc[start : cur.i]] == ["all", "but"]:
        return cur.nbor(-1)
    if cur.pos_ not in {"VERB", "AUX"}:
        return None
    helpers = [c for c in cur.children if c.dep_ in {"aux", "auxpass"} and c.i > cur.sent.start]
    nor = next((c.nbor(-1) for c in helpers if c.nbor(-1).lower_ in {"neither", "nor"}), None)
    if nor is not None:
        return nor  # "nor has Y been attacked"
    for who in cur.children:
        if who.dep_ in {"nsubj", "nsubjpass"}:
            no = next((c for c in who.children if c.dep_ == "det" and c.lower_ in MISSING), None)
            if no is not None:
                return no
    return None


def left_open_by(cur: Token, head: Token) -> Token | None:
    """Return the word that leaves open whether it happened, or None.

    Examples are "is likely to" and "did not confirm that", which is not a denial.

    Parameters
    ----------
    cur
        The trigger, or a word above it.
    head
        Its head in the dependency tree.
    """
    if cur.dep_ == "xcomp" and head.lower_ in NOT_YET and head.pos_ == "ADJ":
        return head
    if cur.dep_ == "ccomp" and _is_unverified(head):
        return head
    if cur.dep_ in _PASSIVE_SUBJECTS and cur.tag_ in _EVENTS and head.lemma_ in EXPECTING:
        return head if head.tag_ == "VBN" else None  # "fighting in Y is expected"
    return _shown_as(cur, head)


_PASSIVE_SUBJECTS = frozenset({"csubjpass", "nsubjpass"})
_EVENTS = frozenset({"NN", "NNS", "VBG"})


def hardly_any(subject: Token) -> Token | None:
    """Return the word of a subject that stands for nobody or nearly so: "few", "only a handful".

    Parameters
    ----------
    subject
        The subject of a verb.
    """
    if subject.lower_ == "few" and not _is_some(subject):
        return subject
    for c in subject.children:
        if c.lower_ in {"hardly", "scarcely", "barely"}:
            return c
        if c.lower_ == "few" and c.dep_ == "amod" and not _is_some(c):
            return c
        if c.lower_ == "no" and c.dep_ in {"det", "neg"}:
            return c
        if c.lower_ == "more" and any(n.lower_ == "no" for n in c.children):
            return c  # "no more people are leaving"
    only = any(c.lower_ == "only" for c in subject.children)
    return subject if only and subject.lower_ in {"handful", "few"} else None


def _is_some(few: Token) -> bool:
    """Whether "few" is part of "a few", "the few" or the like, which are some."""
    before = few.nbor(-1).lower_ if few.i > few.sent.start else ""
    return before in {"a", "quite", "the", "these", "those"}


def _shown_as(cur: Token, head: Token) -> Token | None:
    """Return the verb of "presented as the recapture of Y", by which somebody colours a story."""
    if cur.dep_ != "pobj" or head.lower_ != "as" or head.head.lemma_.lower() not in SHOWING:
        return None
    return head.head


def _is_unverified(verb: Token) -> bool:
    """Whether a verb is "could not be verified" or "did not confirm"."""
    return verb.lemma_.lower() in VERIFYING and any(c.dep_ == "neg" for c in verb.children)
